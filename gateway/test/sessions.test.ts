import { uuidv7 } from '@polity/kernel/ids';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const ME = '{ me { email } }';
const SESSIONS = '{ me { sessions { id current device methods createdAt lastSeenAt address } } }';
const HOUR = 3600;
const DAY = 24 * HOUR;

let at: GatewayWorld;

beforeAll(async () => {
  at = await startGatewayWorld();
});
afterAll(() => at?.close());

const idsOf = (sessions: { id: string }[]) => sessions.map(({ id }) => id);

describe('signing in', () => {
  it('answers with a cookie that only the server reads and that no other site sends', async () => {
    const { headers, data } = await at.browser().signIn('alice@demo.test');
    expect(data.signIn.__typename).toBe('SignedIn');
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^polity=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/),
    ]);
  });

  it('makes the next request that of the person, and reads as that person in the same answer', async () => {
    const browser = at.browser();
    const answer = await browser.ask(
      'mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { user { email sessions { current } } } } }',
      { input: { email: 'alice@demo.test', password: 'polity-demo-password' } },
    );
    expect(answer.data.signIn.user.email).toBe('alice@demo.test');
    expect(answer.data.signIn.user.sessions).toContainEqual({ current: true });
    expect(await browser.get(ME)).toEqual({ email: 'alice@demo.test' });
  });

  it('gives a new id each time and ends the session that was there, so that nobody can plant one', async () => {
    const browser = await at.person('alice');
    const planted = browser.cookie;
    await browser.signIn('bob@demo.test');
    expect(browser.cookie).not.toBe(planted);
    const thief = at.browser();
    thief.cookie = planted;
    expect(await thief.get(ME)).toBeNull();
  });

  it('takes no id that the client made up', async () => {
    const browser = at.browser();
    browser.cookie = 'A'.repeat(43);
    await browser.signIn('alice@demo.test');
    expect(browser.cookie).not.toBe('A'.repeat(43));
  });

  it('gives no cookie for a wrong password', async () => {
    const { codes, headers } = await at.browser().signIn('bob@demo.test', 'not the password at all');
    expect(codes).toEqual(['INVALID_CREDENTIALS']);
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('stores no cookie value, so that a copy of the store signs nobody in', async () => {
    const browser = await at.person('alice');
    const kv = at.world.platform.kv;
    expect(await kv.get(`session:${browser.cookie}`)).toBeNull();
    expect(await browser.get(ME)).not.toBeNull();
  });
});

describe('the list of sessions', () => {
  it('shows the person their devices and marks the one that asks', async () => {
    const phone = at.browser();
    await phone.send('GET', '/', {});
    await phone.signIn('bob@demo.test');
    const { sessions } = await phone.get(SESSIONS, {}, { 'user-agent': 'Phone/1' });
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ methods: ['pwd'], address: '127.0.0.1' });
  });

  it('is null for everyone else, administrators too', async () => {
    const alice = await at.person('alice');
    const { id } = await alice.get('{ me { id } }');
    const root = await at.person('root');
    expect((await root.get('query ($id: ID!) { user(id: $id) { sessions { id } } }', { id })).sessions).toBeNull();
  });
});

describe('ending sessions', () => {
  it('ends the cookie with signOut at once, and tells the browser to forget it', async () => {
    const browser = await at.person('alice');
    const before = browser.cookie;
    expect(await browser.get('mutation { signOut }')).toBe(true);
    expect(browser.cookie).toBeNull();
    browser.cookie = before;
    expect(await browser.get(ME)).toBeNull();
    expect(await browser.get('mutation { signOut }')).toBe(false);
  });

  it('goes on as nobody when an operation signs out first', async () => {
    const browser = await at.person('alice');
    const answer = await browser.ask('mutation { signOut updateAccount(input: { displayName: "Gone" }) { id } }');
    expect(answer.data).toEqual({ signOut: true, updateAccount: null });
    expect(answer.codes).toEqual(['UNAUTHENTICATED']);
  });

  it('revokes one session on another device, and only of the person themselves', async () => {
    const [laptop, phone, other] = [await at.person('bob'), await at.person('bob'), await at.person('alice')];
    const { sessions } = await phone.get(SESSIONS);
    const mine = sessions.find(({ current }: { current: boolean }) => current).id;
    const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) { id methods current } }';
    expect((await other.ask(revoke, { id: mine })).codes).toEqual(['NOT_FOUND']);
    expect(await phone.get(ME)).not.toBeNull();
    expect(await laptop.get(revoke, { id: mine })).toEqual({ id: mine, methods: ['pwd'], current: false });
    expect((await laptop.ask(revoke, { id: mine })).codes).toEqual(['NOT_FOUND']);
    expect(await phone.get(ME)).toBeNull();
    expect(await laptop.get(ME)).not.toBeNull();
  });

  it('clears the cookie of the session that revokes itself', async () => {
    const browser = await at.person('bob');
    const { sessions } = await browser.get(SESSIONS);
    const { id } = sessions.find(({ current }: { current: boolean }) => current);
    const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) { id methods current } }';
    expect(await browser.get(revoke, { id })).toEqual({ id, methods: ['pwd'], current: true });
    expect(browser.cookie).toBeNull();
  });

  it('revokes all others and keeps the one that asks', async () => {
    const [staying, first, second] = [await at.person('bob'), await at.person('bob'), await at.person('bob')];
    expect(await staying.get('mutation { revokeOtherSessions }')).toBeGreaterThanOrEqual(2);
    expect(await first.get(ME)).toBeNull();
    expect(await second.get(ME)).toBeNull();
    expect(await staying.get(ME)).not.toBeNull();
    expect(idsOf((await staying.get(SESSIONS)).sessions)).toHaveLength(1);
  });

  it('keeps the one that asks when it asks several times at once', async () => {
    const staying = await at.person('bob');
    await Promise.all(Array.from({ length: 8 }, () => staying.ask('mutation { revokeOtherSessions }')));
    expect(await staying.get(ME)).not.toBeNull();
  });

  it('ends the others when the password changes', async () => {
    const [laptop, phone] = [await at.person('bob'), await at.person('bob')];
    const change =
      'mutation ($from: String!, $to: String!) { changePassword(currentPassword: $from, newPassword: $to) }';
    const other = 'another quite long passphrase';
    expect(await laptop.get(change, { from: 'polity-demo-password', to: other })).toBe(true);
    expect(await phone.get(ME)).toBeNull();
    expect(await laptop.get(ME)).not.toBeNull();
    await laptop.get(change, { from: other, to: 'polity-demo-password' });
  });

  it('ends the others also when the same operation goes on to change the session again', async () => {
    const [laptop, phone] = [await at.person('bob'), await at.person('bob')];
    const query =
      'mutation ($to: String!, $in: SignInInput!) { changePassword(currentPassword: "polity-demo-password", newPassword: $to) signIn(input: $in) { __typename } }';
    const to = 'another quite long passphrase';
    const before = laptop.cookie;
    const answer = await laptop.ask(query, { to, in: { email: 'bob@demo.test', password: to } });
    expect(answer.data).toEqual({ changePassword: true, signIn: { __typename: 'SignedIn' } });
    expect(laptop.cookie).not.toBe(before);
    expect(await phone.get(ME)).toBeNull();
    expect(await laptop.get(ME)).not.toBeNull();
    await laptop.get(
      'mutation ($from: String!, $to: String!) { changePassword(currentPassword: $from, newPassword: $to) }',
      { from: to, to: 'polity-demo-password' },
    );
  });

  it('runs the fields after a sign-in as the person who signed in', async () => {
    const browser = at.browser();
    const { data, codes } = await browser.ask(
      'mutation { first: updateAccount(input: { displayName: "Nobody" }) { id } }',
    );
    expect([data, codes]).toEqual([{ first: null }, ['UNAUTHENTICATED']]);
    const { data: both } = await (await at.person('alice')).ask(
      'mutation { signIn(input: { email: "bob@demo.test", password: "polity-demo-password" }) { __typename } updateAccount(input: { displayName: "Bob" }) { email } }',
    );
    expect(both.updateAccount).toEqual({ email: 'bob@demo.test' });
  });

  it('ends every session of a person who is suspended, through the event as well', async () => {
    const [alice, root] = [await at.person('alice'), await at.person('root')];
    const { id } = await alice.get('{ me { id } }');
    expect(
      (await root.ask('mutation ($id: ID!) { suspendUser(id: $id, reason: "spam") { id } }', { id })).errors,
    ).toEqual([]);
    await at.world.settle();
    expect(await alice.get(ME)).toBeNull();
    await root.get('mutation ($id: ID!) { reinstateUser(id: $id) { id } }', { id });
  });
});

describe('the event that sessions ended', () => {
  const publish = (data: object, atMs: number) =>
    at.world.bus.publish({
      specversion: '1.0',
      id: uuidv7(),
      source: '/polity/identity',
      type: 'identity.sessions.ended',
      subject: 'a subject',
      time: new Date(atMs).toISOString(),
      datacontenttype: 'application/json',
      tenantid: null,
      actorid: null,
      requestid: null,
      data,
    });

  it('ends those of the person in the tenant it names, and none that began after it', async () => {
    const browser = await at.person('bob');
    const { id: userId } = await browser.get('{ me { id } }');
    const { id: tenantId } = await browser.get('{ tenant { id } }');
    const now = at.world.clock.nowMs();
    await publish({ userId, tenantId, reason: 'late' }, now - 1_000);
    await publish({ userId, tenantId: uuidv7(), reason: 'elsewhere' }, now + 1_000);
    await at.world.bus.idle();
    expect(await browser.get(ME)).not.toBeNull();
    await publish({ userId, tenantId, reason: 'removed' }, now + 1_000);
    await at.world.bus.idle();
    expect(await browser.get(ME)).toBeNull();
  });
});

describe('races', () => {
  it('lets one of two changes of a session win, so that no session is doubled', async () => {
    const browser = await at.person('alice');
    const { store } = at.gateway.runtime;
    const found = await store.find(browser.cookie as string);
    const renewed = await Promise.all(Array.from({ length: 10 }, () => store.renew(found!, { tenantId: null })));
    expect(renewed.filter(Boolean)).toHaveLength(1);
  });

  it('keeps at most fifty sessions of one person, those that were used last', async () => {
    const { store } = at.gateway.runtime;
    const fields = { tenantId: null, amr: ['pwd'], acr: 'aal1', authTime: 0, device: null, address: null };
    const busy = uuidv7();
    const started: { cookie: string }[] = [];
    for (let n = 0; n < 55; n++) {
      at.world.clock.advance(1_000);
      started.push(await store.start({ userId: busy, ...fields }));
    }
    expect(await store.list(busy)).toHaveLength(50);
    expect(await store.find(started[4]!.cookie)).toBeNull();
    expect(await store.find(started[5]!.cookie)).not.toBeNull();
  });

  it('does not revive a session that ends while it is marked as seen', async () => {
    const browser = await at.person('alice');
    const { store } = at.gateway.runtime;
    at.world.clock.advance(2 * 60 * 1000);
    const found = await store.find(browser.cookie as string);
    at.world.clock.advance(2 * 60 * 1000);
    await Promise.all([store.find(browser.cookie as string), store.end(found!)]);
    expect(await store.find(browser.cookie as string)).toBeNull();
  });

  it('does not let a sign-in under way outlive the end of all sessions', async () => {
    const { store } = at.gateway.runtime;
    const userId = uuidv7();
    const started = Array.from({ length: 20 }, () =>
      store.start({ userId, tenantId: null, amr: ['pwd'], acr: 'aal1', authTime: 0, device: null, address: null }),
    );
    await store.endAll(userId);
    await Promise.all(started);
    await store.endAll(userId);
    expect(await store.list(userId)).toEqual([]);
  });
});

describe('lifetimes', () => {
  it('ends a session after 24 hours without use, and not before', async () => {
    const browser = await at.person('alice');
    at.world.clock.advance((DAY - 60) * 1000);
    expect(await browser.get(ME)).not.toBeNull();
    at.world.clock.advance((DAY - 60) * 1000);
    expect(await browser.get(ME)).not.toBeNull();
    at.world.clock.advance((DAY + 60) * 1000);
    expect(await browser.get(ME)).toBeNull();
  });

  it('ends a session after 30 days however much it is used', async () => {
    const browser = await at.person('alice');
    for (let day = 0; day < 31; day++) {
      at.world.clock.advance((DAY - HOUR) * 1000);
      expect(await browser.get(ME)).not.toBeNull();
    }
    at.world.clock.advance(23 * HOUR * 1000);
    expect(await browser.get(ME)).toBeNull();
  });
});
