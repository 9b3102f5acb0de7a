import { anonymous } from '@polity/kernel/testing/harness';
import {
  aPerson,
  aTenant,
  codesOf,
  fieldsOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  SIGN_IN,
  startIdentity,
} from './harness.ts';
import { ceremonies } from './passkey-ceremony.ts';

let world: IdentityWorld;
let person: Person;
beforeAll(async () => {
  world = await startIdentity();
  await aTenant(world);
});
beforeEach(async () => {
  person = await aPerson(world);
});
afterAll(() => world.close());

const UPDATE = 'mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { displayName username } }';
const CHANGE = 'mutation($e: String!) { changeEmail(newEmail: $e) }';
const CONFIRM = 'mutation($t: String!) { confirmEmail(token: $t) { id } }';
const DELETE = 'mutation($p: String!) { deleteAccount(password: $p) }';

describe('updateAccount', () => {
  test('it changes what is given and leaves the rest', async () => {
    const { updateAccount } = await world.data<{ updateAccount: unknown }>(person.viewer, UPDATE, {
      input: { displayName: ' Ada Lovelace ' },
    });
    expect(updateAccount).toEqual({ displayName: 'Ada Lovelace', username: person.username });
  });

  test('a user name belongs to one account, also when twenty want it at once', async () => {
    const people = [person, await aPerson(world), await aPerson(world), await aPerson(world)];
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        world.gql(people[n % 4]!.viewer, UPDATE, { input: { username: 'wanted-by-all' } }),
      ),
    );
    const winners = new Set(replies.flatMap((reply, n) => (reply.errors ? [] : [n % 4])));
    expect(winners.size).toBe(1);
    expect(new Set(replies.flatMap(codesOf))).toEqual(new Set(['ALREADY_EXISTS']));
  });

  test('names that cannot be are refused by field', async () => {
    expect(fieldsOf(await world.gql(person.viewer, UPDATE, { input: { displayName: '', username: 'Root!' } }))).toEqual(
      ['displayName', 'username'],
    );
    expect(codesOf(await world.gql(anonymous, UPDATE, { input: {} }))).toEqual(['UNAUTHENTICATED']);
  });
});

describe('changeEmail', () => {
  test('the account moves when the link was used, and the old address is told', async () => {
    const email = `moved-${person.username}@people.test`;
    await world.data(person.viewer, CHANGE, { e: email });
    expect((await world.gql(anonymous, SIGN_IN, { email, password: PASSWORD })).errors).toHaveLength(1);
    await world.data(anonymous, CONFIRM, { t: world.mailedToken(email) });
    expect((await world.gql(anonymous, SIGN_IN, { email, password: PASSWORD })).errors).toBeUndefined();
    expect(world.mails(person.email)[0]!.subject).toBe('Your address was changed');
  });

  test('an address of somebody else gets the same answer and no link', async () => {
    const other = await aPerson(world);
    expect(await world.data(person.viewer, CHANGE, { e: other.email })).toEqual({ changeEmail: true });
    expect(world.mails(other.email)[0]!.links[0]).not.toContain('token');
  });

  test('it needs a fresh session', async () => {
    world.clock.advance(16 * 60_000);
    const reply = await world.gql(person.viewer, CHANGE, { e: 'late@people.test' });
    expect(reply.errors?.[0]?.extensions).toMatchObject({ code: 'STEP_UP_REQUIRED', details: { maxAgeSeconds: 900 } });
  });

  test('a password reset that was mailed to the old address dies with it', async () => {
    await world.data(anonymous, 'mutation($e: String!) { requestPasswordReset(email: $e) }', { e: person.email });
    const old = world.mailedToken(person.email);
    await world.data(person.viewer, CHANGE, { e: `safe-${person.username}@people.test` });
    await world.data(anonymous, CONFIRM, { t: world.mailedToken(`safe-${person.username}@people.test`) });
    const reset = 'mutation($t: String!) { resetPassword(token: $t, newPassword: "yet another long phrase") }';
    expect(codesOf(await world.gql(anonymous, reset, { t: old }))).toEqual(['TOKEN_INVALID']);
  });

  test('two accounts cannot end at one address', async () => {
    const other = await aPerson(world);
    const email = `both-${person.username}@people.test`;
    await world.data(person.viewer, CHANGE, { e: email });
    const first = world.mailedToken(email);
    await world.data(other.viewer, CHANGE, { e: email });
    const second = world.mailedToken(email);
    const codes = (await Promise.all([first, second].map((t) => world.gql(anonymous, CONFIRM, { t })))).flatMap(
      codesOf,
    );
    expect(codes).toEqual(['CONFLICT']);
  });
});

describe('deleteAccount', () => {
  test('it needs the password', async () => {
    expect(codesOf(await world.gql(person.viewer, DELETE, { p: 'not the right passphrase' }))).toEqual([
      'INVALID_CREDENTIALS',
    ]);
  });

  describe('without a password', () => {
    const LEAVE = 'mutation { deleteAccount }';
    const statusOf = async () => {
      const em = world.subgraph('identity').runtime.em(world.tenantId);
      const [row] = await em.execute<{ status: string }[]>('select status from user_account where id = ?', [person.id]);
      return row?.status;
    };
    const dropPassword = () =>
      world
        .subgraph('identity')
        .runtime.em(world.tenantId)
        .execute('delete from credential where user_id = ?', [person.id]);

    test('an account that has one is not erased by a fresh session', async () => {
      expect(fieldsOf(await world.gql(person.viewer, LEAVE))).toEqual(['password']);
      expect(await statusOf()).toBe('ACTIVE');
    });

    test('an account that has none needs a session that has just proved itself', async () => {
      const ceremony = ceremonies(world);
      const { authenticator } = await ceremony.register(person);
      await dropPassword();
      world.clock.advance(16 * 60_000);
      for (const variables of [{ p: PASSWORD }, { p: null }]) {
        const query = 'mutation($p: String) { deleteAccount(password: $p) }';
        expect(codesOf(await world.gql(person.viewer, query, variables))).toEqual(['STEP_UP_REQUIRED']);
      }
      expect(await statusOf()).toBe('ACTIVE');
      const passkey = authenticator.get((await ceremony.beginSignIn()).options);
      const prove = 'mutation($i: ReauthenticateInput!) { reauthenticate(input: $i) { __typename } }';
      const { notes } = await world.gql(person.viewer, prove, { i: { passkey } });
      const { authTime } = notes!.session as { authTime: number };
      const reply = await world.gql({ ...person.viewer, authTime }, LEAVE);
      expect(reply.data).toEqual({ deleteAccount: true });
      expect(reply.notes?.session).toEqual({ kind: 'endAll', userId: person.id });
      expect(await statusOf()).toBe('DELETED');
    });

    test.each([
      ['who acts as the person', { amr: ['act:01890000-0000-7000-8000-000000000000'] }],
      ['who holds a token of theirs', { scopes: ['graph.write'] }],
    ])('nobody erases it %s, however fresh they are', async (_, more) => {
      await dropPassword();
      const other = world.viewerOf(person.id, more);
      expect(codesOf(await world.gql(other, LEAVE))).toEqual(['FORBIDDEN']);
      expect(codesOf(await world.gql(other, DELETE, { p: PASSWORD }))).toEqual(['FORBIDDEN']);
      expect(await statusOf()).toBe('ACTIVE');
    });
  });

  test('it erases what names the person and ends their sessions and memberships', async () => {
    const reply = await world.gql(person.viewer, DELETE, { p: PASSWORD });
    expect(reply.data).toEqual({ deleteAccount: true });
    expect(reply.notes?.session).toEqual({ kind: 'endAll', userId: person.id });
    const [row] = await world
      .subgraph('identity')
      .runtime.em(world.tenantId)
      .execute('select * from user_account where id = ?', [person.id]);
    expect(JSON.stringify(row)).not.toContain(person.username);
    expect(codesOf(await world.gql(anonymous, SIGN_IN, { email: person.email, password: PASSWORD }))).toEqual([
      'INVALID_CREDENTIALS',
    ]);
    const owned = [
      'credential',
      'token',
      'passkey',
      'totp_factor',
      'recovery_code',
      'trusted_device',
      'tenant_membership',
    ];
    for (const table of owned) {
      const [{ n } = { n: -1 }] = await world
        .subgraph('identity')
        .runtime.em(world.tenantId)
        .execute<{ n: number }[]>(`select count(*)::int as n from ${table} where user_id = ?`, [person.id]);
      expect([table, n]).toEqual([table, 0]);
    }
    const again = await aPerson(world, person.username);
    expect(again.id).not.toBe(person.id);
  });

  test('the only owner of one tenant keeps what they are in the others', async () => {
    const shared = await aTenant(world);
    const second = await aPerson(world);
    const bind = 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }';
    const scope = { type: 'TENANT', id: shared.id };
    await world.services(shared.id).call('access', bind, { i: { userId: second.id, roleKey: 'tenant.owner', scope } });
    const joined = await aTenant(world);
    const create = 'mutation($i: CreateTenantInput!) { createTenant(input: $i) { id } }';
    const slug = `own-${Date.now()}`;
    await world.data(shared.owner.viewer, create, { i: { slug, name: 'Mine' } });
    await world.data(shared.owner.viewer, 'mutation($s: String!) { joinTenant(slug: $s) { status } }', {
      s: joined.slug,
    });
    const rolesAt = async (tenantId: string) => {
      const rows = 'query($u: ID!) { _accessRows(subjectId: $u) }';
      const { _accessRows: held } = await world
        .services(tenantId)
        .call<{ _accessRows: { roles: { key: string }[] } }>('access', rows, { u: shared.owner.id });
      return held.roles.map(({ key }) => key).sort();
    };
    const before = [await rolesAt(shared.id), await rolesAt(joined.id)];
    expect(before).toEqual([['tenant.owner'], ['tenant.member']]);
    expect(codesOf(await world.gql(shared.owner.viewer, DELETE, { p: PASSWORD }))).toEqual(['LAST_OWNER']);
    expect([await rolesAt(shared.id), await rolesAt(joined.id)]).toEqual(before);
  });

  test('the only owner of a tenant cannot go, and keeps the memberships', async () => {
    const before = world.tenantId;
    const { owner, id } = await aTenant(world);
    expect(codesOf(await world.gql(owner.viewer, DELETE, { p: PASSWORD }))).toEqual(['LAST_OWNER']);
    const { me } = await world.data<{ me: { tenantMemberships: { tenant: { id: string } }[] } }>(
      owner.viewer,
      '{ me { tenantMemberships { tenant { id } } } }',
    );
    expect(me.tenantMemberships.map(({ tenant }) => tenant.id)).toContain(id);
    world.tenantId = before;
  });
});
