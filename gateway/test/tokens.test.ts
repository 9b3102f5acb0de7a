import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { manualClock } from '@polity/kernel/clock';
import { memoryStore } from '@polity/kernel/kv/memory';
import { tokenEpoch } from '@polity/kernel/request/token-epoch';
import type { ServiceClient } from '@polity/kernel/service/client';
import { tokenReader } from '../src/bearer.ts';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const ME = '{ me { email } }';
const CREATE_TOKEN =
  'mutation ($input: CreatePersonalTokenInput!) { createPersonalToken(input: $input) { secret personalToken { id } } }';
const REGISTER =
  'mutation ($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } secret } }';
const POST = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';

let at: GatewayWorld;
let alice: Browser;
let admin: Browser;
let community: string;

beforeAll(async () => {
  at = await startGatewayWorld();
  alice = await at.person('alice');
  admin = await at.person('admin');
  community = (await alice.get('{ community(slug: "builders") { id } }')).id;
});
afterAll(() => at?.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const post = () => ({ input: { scope: { type: 'COMMUNITY', id: community }, title: 'By a script', body: 'Text' } });

async function tokenOf(person: Browser, scopes: string[]): Promise<{ secret: string; id: string }> {
  const { secret, personalToken } = await person.get(CREATE_TOKEN, { input: { name: randomUUID(), scopes } });
  return { secret, id: personalToken.id };
}

describe('an access token of a person', () => {
  it('makes them the viewer without a cookie, and gives none', async () => {
    const { secret } = await tokenOf(alice, ['graph.read']);
    const script = at.browser();
    const { data, headers } = await script.ask(ME, {}, bearer(secret));
    expect(data).toEqual({ me: { email: 'alice@demo.test' } });
    expect(headers['set-cookie']).toBeUndefined();
  });

  it('reads only where a scope reaches', async () => {
    const { secret } = await tokenOf(alice, ['portal.read']);
    const { data, codes, errors } = await at
      .browser()
      .ask('{ me { id } communities { edges { node { slug } } } graphVersion }', {}, bearer(secret));
    expect(data).toEqual({
      me: null,
      communities: { edges: [{ node: { slug: 'builders' } }] },
      graphVersion: expect.any(String),
    });
    expect(codes).toEqual(['FORBIDDEN']);
    expect(errors[0].extensions.details).toEqual({ scopes: ['identity.read', 'graph.read'] });
  });

  it('reads no further by way of what it may read than at the root', async () => {
    const read = async (scopes: string[], query: string) => {
      const { secret } = await tokenOf(admin, scopes);
      return at.browser().ask(query, {}, bearer(secret));
    };
    for (const field of [
      'author { email }',
      'author { tenantMemberships { status } }',
      'author { mfa { totp } }',
      'author { masterFlags }',
      'author { roleBindings { edges { node { id } } } }',
      'scope { ... on Tenant { members { edges { node { status } } } } }',
    ]) {
      const { data, codes } = await read(['portal.read'], `{ posts { edges { node { ${field} } } } }`);
      expect([data, codes]).toEqual([{ posts: null }, ['FORBIDDEN']]);
    }
    const bindings = (field: string) =>
      `{ roleBindings { edges { node { scope { ... on Community { ${field} { edges { cursor } } } } } } } }`;
    expect((await read(['access.read'], bindings('posts'))).codes).toEqual(['FORBIDDEN']);
    expect((await read(['identity.read'], '{ me { communities { edges { cursor } } } }')).codes).toEqual(['FORBIDDEN']);
    expect((await read(['access.read', 'portal.read'], bindings('posts'))).errors).toEqual([]);
    expect((await read(['portal.read'], '{ posts { edges { node { author { username } } } } }')).errors).toEqual([]);
  });

  it.each([[['portal.post.create']], [['portal.write']], [['graph.write']]])('acts within %j', async (scopes) => {
    const { secret } = await tokenOf(alice, scopes);
    expect((await at.browser().ask(POST, post(), bearer(secret))).errors).toEqual([]);
  });

  it.each([[['graph.read']], [['openid', 'profile', 'email']], [['portal.post.read', 'identity.write']]])(
    'does not act within %j',
    async (scopes) => {
      const { secret } = await tokenOf(alice, scopes);
      const { data, codes } = await at.browser().ask(POST, post(), bearer(secret));
      expect([data, codes]).toEqual([{ createPost: null }, ['FORBIDDEN']]);
    },
  );

  it('gives no right that its person lacks', async () => {
    const { secret } = await tokenOf(alice, ['graph.read', 'graph.write', 'identity.user.read']);
    expect((await at.browser().ask('{ users { edges { cursor } } }', {}, bearer(secret))).codes).toEqual(['FORBIDDEN']);
  });

  it('reaches neither the account nor the sessions of its person, whatever its scopes', async () => {
    const { secret } = await tokenOf(alice, ['graph.read', 'graph.write', 'identity.read', 'identity.write']);
    const script = at.browser();
    const tries = [
      'mutation { updateAccount(input: { displayName: "Mallory" }) { id } }',
      'mutation { deleteAccount(password: "polity-demo-password") }',
      'mutation { changeEmail(newEmail: "mallory@evil.test") }',
      'mutation { createPersonalToken(input: { name: "more", scopes: ["graph.write"] }) { secret } }',
      'mutation { revokeOtherSessions }',
      'mutation { switchTenant(slug: "demo") { id } }',
    ];
    for (const query of tries) expect((await script.ask(query, {}, bearer(secret))).codes).toEqual(['FORBIDDEN']);
    expect((await script.get('{ me { sessions { id } } }', {}, bearer(secret))).sessions).toBeNull();
  });

  it('is dead once its revocation is acknowledged, and others are not', async () => {
    const { secret, id } = await tokenOf(alice, ['graph.read']);
    const other = await tokenOf(alice, ['graph.read']);
    for (const each of [secret, other.secret])
      expect((await at.browser().ask(ME, {}, bearer(each))).data).toEqual({ me: { email: 'alice@demo.test' } });
    await alice.get('mutation ($id: ID!) { revokePersonalToken(id: $id) { id } }', { id });
    expect((await at.browser().ask(ME, {}, bearer(secret))).status).toBe(401);
    expect((await at.browser().ask(ME, {}, bearer(other.secret))).status).toBe(200);
  });

  it('is dead once the membership of its tenant has ended', async () => {
    const bob = await at.person('bob');
    const { secret } = await tokenOf(bob, ['graph.read']);
    expect((await at.browser().ask(ME, {}, bearer(secret))).status).toBe(200);
    await bob.get('mutation ($id: ID!) { leaveTenant(id: $id) { id } }', {
      id: (await bob.get('{ tenant { id } }')).id,
    });
    expect((await at.browser().ask(ME, {}, bearer(secret))).status).toBe(401);
  });

  it('is asked about once in a while, not once per request', async () => {
    const { secret } = await tokenOf(alice, ['graph.read']);
    await at.browser().ask('{ graphVersion }', {}, bearer(secret));
    const { counts } = await at.world.count(() => at.browser().ask('{ graphVersion }', {}, bearer(secret)));
    expect(counts.calls).toEqual({});
  });
});

describe('what is remembered of a token', () => {
  const facts = { kind: 'user', id: 'alice', scopes: [], amr: [], acr: null, authTime: null, tenantId: null };

  /** A reader whose identity does something between finding out and answering. */
  function reading(meanwhile: () => Promise<void>) {
    const clock = manualClock();
    const epoch = tokenEpoch(memoryStore({ clock }), clock);
    let asked = 0;
    const call = async () => {
      asked++;
      await meanwhile();
      return { _introspectToken: facts };
    };
    const reader = tokenReader(() => ({ call }) as unknown as ServiceClient, epoch, clock);
    return { epoch, asked: () => asked, read: () => reader.read({ token: 'secret', proof: null }) };
  }

  it('holds until a token ends', async () => {
    const { epoch, asked, read } = reading(async () => {});
    for (let n = 0; n < 3; n++) expect(await (await read())?.isStillValid()).toBe(true);
    expect(asked()).toBe(1);
    await epoch.advance();
    expect(await (await read())?.isStillValid()).toBe(false);
    expect(await (await read())?.isStillValid()).toBe(true);
    expect(asked()).toBe(2);
  });

  it('does not hold where a token ended while identity answered', async () => {
    const { epoch, read } = reading(() => epoch.advance());
    await read();
    expect(await (await read())?.isStillValid()).toBe(false);
  });

  it('moves on with every ending, also with several in one moment', async () => {
    const { epoch } = reading(async () => {});
    const seen = [await epoch.read()];
    for (let n = 0; n < 3; n++) {
      await Promise.all([epoch.advance(), epoch.advance()]);
      seen.push(await epoch.read());
    }
    expect(seen.map(Number)).toEqual([...new Set(seen.map(Number))].sort((a, b) => a - b));
  });

  it('is found out once where many come with it at once, and holds for none of them where it ended meanwhile', async () => {
    let end = async () => {};
    const { asked, epoch, read } = reading(() => end());
    const holding = async () => {
      const found = await Promise.all(Array.from({ length: 20 }, read));
      return Promise.all(found.map((each) => each?.isStillValid()));
    };
    end = epoch.advance;
    expect(new Set(await holding())).toEqual(new Set([false]));
    expect(asked()).toBe(1);
    end = async () => {};
    expect(new Set(await holding())).toEqual(new Set([true]));
    expect(asked()).toBe(2);
  });
});

describe('what is no token', () => {
  function reading() {
    const clock = manualClock();
    const asked: string[] = [];
    const call = async (_subgraph: string, _query: string, { token }: { token: string }) => {
      asked.push(token);
      return { _introspectToken: null };
    };
    const epoch = tokenEpoch(memoryStore({ clock }), clock);
    const reader = tokenReader(() => ({ call }) as unknown as ServiceClient, epoch, clock);
    const read = (token: string) => reader.read({ token, proof: null });
    return { clock, asked, read };
  }

  it('is asked about once in two seconds', async () => {
    const { clock, asked, read } = reading();
    for (let n = 0; n < 5; n++) expect(await read('made up')).toBeNull();
    expect(asked).toEqual(['made up']);
    clock.advance(2_001);
    await read('made up');
    expect(asked).toEqual(['made up', 'made up']);
  });

  it('is forgotten once there is too much of it', async () => {
    const { asked, read } = reading();
    await read('first');
    for (let n = 0; n < 10_000; n++) await read(String(n));
    await read('first');
    expect(asked.filter((token) => token === 'first')).toHaveLength(2);
  });
});

describe('a token that does not fit', () => {
  it.each([['Bearer nonsense'], ['Bearer '], ['Basic YTpi'], ['Bearer a b'], ['DPoP abc'], ['']])(
    'answers %j with 401 and says how to authenticate',
    async (authorization) => {
      const { status, codes, headers, data } = await at.browser().ask(ME, {}, { authorization });
      expect([status, codes, data]).toEqual([401, ['UNAUTHENTICATED'], undefined]);
      expect(headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    },
  );

  it('is refused by its length alone', async () => {
    expect((await at.browser().ask(ME, {}, bearer('a'.repeat(4_097)))).status).toBe(401);
  });

  it('is refused beside the cookie of somebody else, and rules beside one of the same person', async () => {
    const { secret } = await tokenOf(alice, ['portal.read']);
    const bob = await at.person('bob');
    expect((await bob.ask(ME, {}, bearer(secret))).codes).toEqual(['VIEWER_MISMATCH']);
    expect((await alice.ask(ME, {}, bearer(secret))).codes).toEqual(['FORBIDDEN']);
  });

  it('stays in its own tenant', async () => {
    const { secret } = await tokenOf(alice, ['graph.read']);
    await alice.get('mutation { createTenant(input: { slug: "other", name: "Other" }) { id } }');
    const elsewhere = await at.browser().ask('{ tenant { slug } }', {}, { ...bearer(secret), 'x-tenant': 'other' });
    expect([elsewhere.status, elsewhere.codes]).toEqual([400, ['TENANT_MISMATCH']]);
    expect((await at.browser().ask('{ tenant { slug } }', {}, bearer(secret))).data).toEqual({
      tenant: { slug: 'demo' },
    });
  });
});

describe('an application that acts for itself', () => {
  interface Issued {
    accessToken: string;
    applicationId: string;
    basic: string;
  }

  async function issued(scopes: string[], headers: Record<string, string> = {}): Promise<Issued> {
    const input = { name: `App ${randomUUID().slice(0, 8)}`, redirectUris: ['https://app.test/callback'], scopes };
    const { application, secret } = await admin.get(REGISTER, { input });
    await admin.get('mutation ($id: ID!) { approveApplication(id: $id) { status } }', { id: application.id });
    const basic = Buffer.from(`${encodeURIComponent(application.id)}:${encodeURIComponent(secret)}`).toString('base64');
    const form = new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }).toString();
    const type = 'application/x-www-form-urlencoded';
    const answer = await at
      .browser()
      .send('POST', '/oidc/token', { authorization: `Basic ${basic}`, 'content-type': type, ...headers }, form);
    return { accessToken: JSON.parse(answer.text).access_token, applicationId: application.id, basic };
  }

  const token = async (scopes: string[], headers: Record<string, string> = {}) =>
    (await issued(scopes, headers)).accessToken;

  it('is stopped at once with its tokens', async () => {
    const { accessToken, applicationId } = await issued(['graph.read']);
    expect((await at.browser().ask('{ tenant { slug } }', {}, bearer(accessToken))).status).toBe(200);
    await admin.get('mutation ($id: ID!) { disableApplication(id: $id) { status } }', { id: applicationId });
    expect((await at.browser().ask('{ tenant { slug } }', {}, bearer(accessToken))).status).toBe(401);
  });

  it('takes its own token back at once (RFC 7009)', async () => {
    const { accessToken, basic } = await issued(['graph.read']);
    expect((await at.browser().ask('{ tenant { slug } }', {}, bearer(accessToken))).status).toBe(200);
    const type = 'application/x-www-form-urlencoded';
    const headers = { authorization: `Basic ${basic}`, 'content-type': type };
    const revoked = await at.browser().send('POST', '/oidc/revocation', headers, `token=${accessToken}`);
    expect(revoked.status).toBe(200);
    expect((await at.browser().ask('{ tenant { slug } }', {}, bearer(accessToken))).status).toBe(401);
  });

  it('is nobody in particular, reads within its scopes and has no rights that nobody gave it', async () => {
    const headers = bearer(await token(['graph.read']));
    const script = at.browser();
    expect((await script.ask('{ me { id } tenant { slug } }', {}, headers)).data).toEqual({
      me: null,
      tenant: { slug: 'demo' },
    });
    expect((await script.ask(POST, post(), headers)).codes).toEqual(['FORBIDDEN']);
    expect((await script.ask('mutation { updateAccount(input: {}) { id } }', {}, headers)).codes).toEqual([
      'FORBIDDEN',
    ]);
  });

  it('that is bound to a key is taken with a fresh proof for this very request, once', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) });
    const proof = (htm: string, htu: string, claims = {}) => {
      const text = `${header}.${encode({ htm, htu, jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims })}`;
      return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    };
    const unbound = await token(['graph.read']);
    const athOfUnbound = createHash('sha256').update(unbound).digest('base64url');
    const asIfBound = {
      authorization: `DPoP ${unbound}`,
      dpop: proof('POST', 'http://localhost:4000/graphql', { ath: athOfUnbound }),
    };
    expect((await at.browser().ask('{ tenant { slug } }', {}, asIfBound)).status).toBe(401);
    expect((await at.browser().ask('{ tenant { slug } }', {}, bearer(unbound))).status).toBe(200);
    const accessToken = await token(['graph.read'], { dpop: proof('POST', 'http://localhost:4000/oidc/token') });
    const ath = createHash('sha256').update(accessToken).digest('base64url');
    const good = {
      authorization: `DPoP ${accessToken}`,
      dpop: proof('POST', 'http://localhost:4000/graphql', { ath }),
    };
    const script = at.browser();
    expect((await script.ask('{ tenant { slug } }', {}, good)).data).toEqual({ tenant: { slug: 'demo' } });
    expect((await script.ask('{ tenant { slug } }', {}, good)).status).toBe(401);
    expect((await script.ask('{ tenant { slug } }', {}, bearer(accessToken))).status).toBe(401);
    const elsewhere = { ...good, dpop: proof('POST', 'http://localhost:4000/oidc/token', { ath }) };
    expect((await script.ask('{ tenant { slug } }', {}, elsewhere)).status).toBe(401);
    // A resource server that was shown a proof must not be able to use it here by writing its own name into the `Host` header.
    const stolen = { ...good, dpop: proof('POST', 'http://resource.test/graphql', { ath }) };
    expect((await at.browser('resource.test').ask('{ tenant { slug } }', {}, stolen)).status).toBe(401);
    const sub = { ...good, dpop: proof('POST', 'http://demo.localhost:4000/graphql', { ath }) };
    expect((await at.browser('demo.localhost:4000').ask('{ tenant { slug } }', {}, sub)).status).toBe(200);
  });
});
