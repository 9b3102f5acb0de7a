import { withClient } from '@polity/kernel/db/provision';
import { testAdminUrl } from '@polity/kernel/testing/postgres';
import { aPerson, aTenant, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';

/** Takes row level security off every table of this world's identity. */
async function tearDownTheDatabaseWall(world: IdentityWorld): Promise<void> {
  const url = new URL(testAdminUrl());
  url.pathname = `/${world.subgraph('identity').orm?.config.get('dbName')}`;
  await withClient(url.href, async (admin) => {
    const { rows } = await admin.query<{ name: string }>('select relname as name from pg_class where relrowsecurity');
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['audit_entry', 'invitation', 'invitation_use', 'tenant_membership']),
    );
    for (const { name } of rows) await admin.query(`alter table ${name} disable row level security`);
  });
}

// The two walls of design section 8: the queries name tenant or person, and PostgreSQL shows only its rows.
describe.each([
  ['both walls', true],
  ['the queries alone', false],
])('with %s', (_, database) => {
  let world: IdentityWorld;
  let place: Place;
  let member: Person;
  let stranger: Place;
  let invitationId: string;
  beforeAll(async () => {
    world = await startIdentity();
    if (!database) await tearDownTheDatabaseWall(world);
    place = await aTenant(world);
    member = await aPerson(world);
    const invite = 'mutation { createInvitation(input: {}) { invitation { id } } }';
    const { createInvitation } = await world.data<{ createInvitation: { invitation: { id: string } } }>(
      place.owner.viewer,
      invite,
    );
    invitationId = createInvitation.invitation.id;
    stranger = await aTenant(world);
  });
  afterAll(() => world.close());

  const foreign = () => ({ u: member.id, t: place.id, s: place.slug, i: invitationId });

  test('an owner of another tenant reads nothing of this one', async () => {
    const { data } = await world.gql(
      stranger.owner.viewer,
      'query($u: ID!, $s: String!) { user(id: $u) { id } users { edges { node { id } } } tenant(slug: $s) { members { edges { cursor } } } auditLog(filter: { userId: $u }) { edges { cursor } } auditExport(filter: { userId: $u }) { ndjson } invitations { edges { cursor } } me { tenantMemberships { tenant { id } } } }',
      foreign(),
    );
    expect(data).toEqual({
      user: null,
      users: { edges: [{ node: { id: stranger.owner.id } }] },
      tenant: { members: null },
      auditLog: { edges: [] },
      auditExport: { ndjson: '' },
      invitations: { edges: [] },
      me: { tenantMemberships: [{ tenant: { id: stranger.id } }] },
    });
  });

  test.each([
    'mutation($u: ID!) { suspendUser(id: $u, reason: "r") { id } }',
    'mutation($u: ID!) { reinstateUser(id: $u) { id } }',
    'mutation($u: ID!) { startPasswordReset(userId: $u) }',
    'mutation($u: ID!) { resetMfa(id: $u, reason: "r") { id } }',
    'mutation($i: ID!) { revokeInvitation(id: $i) { id } }',
    'mutation($u: ID!) { removeTenantMember(userId: $u) { id } }',
    'mutation($t: ID!) { leaveTenant(id: $t) { id } }',
  ])('%s answers as if it did not exist', async (query) => {
    const answer = async (variables: Record<string, string>) => {
      const { errors } = await world.gql(stranger.owner.viewer, query, variables);
      return errors?.map(({ message, extensions }) => ({ message, code: extensions?.code }));
    };
    const missing = '01900000-0000-7000-8000-000000000000';
    expect(await answer(foreign())).toEqual(await answer({ u: missing, t: missing, i: missing, s: 'missing' }));
    expect(await answer(foreign())).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

test('with the rows alone, a query that forgot the tenant shows nothing of another', async () => {
  const world = await startIdentity();
  const place = await aTenant(world);
  await aPerson(world);
  const stranger = await aTenant(world);
  const em = world.subgraph('identity').runtime.em(stranger.id);
  expect(await em.execute('select 1 from tenant_membership where tenant_id = ?', [place.id])).toEqual([]);
  expect(await em.execute('select 1 from audit_entry where tenant_id = ?', [place.id])).toEqual([]);
  const insert =
    'insert into tenant_membership (id, created_at, tenant_id, user_id, status, joined_at) values (?, now(), ?, ?, ?, now())';
  await expect(
    em.execute(insert, ['01900000-0000-7000-8000-000000000001', place.id, stranger.owner.id, 'ACTIVE']),
  ).rejects.toThrow(/row-level security/);
  await world.close();
});
