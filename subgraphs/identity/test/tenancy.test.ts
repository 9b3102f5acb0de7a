import { aPerson, aTenant, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';

// The two walls of design section 8, one at a time: the queries name the tenant, and PostgreSQL shows only its rows.
describe.each([
  ['both walls', { queries: true, rows: true }],
  ['the queries alone', { queries: true, rows: false }],
])('with %s', (_, { queries, rows }) => {
  let world: IdentityWorld;
  let place: Place;
  let member: Person;
  let stranger: Place;
  beforeAll(async () => {
    world = await startIdentity({ walls: { queries, rows } as never });
    place = await aTenant(world);
    member = await aPerson(world);
    stranger = await aTenant(world);
  });
  afterAll(() => world.close());

  const foreign = () => ({ u: member.id, t: place.id, s: place.slug });

  test('an owner of another tenant reads nothing of this one', async () => {
    const { data } = await world.gql(
      stranger.owner.viewer,
      'query($u: ID!, $s: String!) { user(id: $u) { id } users { edges { node { id } } } tenant(slug: $s) { members { edges { cursor } } } auditLog(filter: { userId: $u }) { edges { cursor } } }',
      foreign(),
    );
    expect(data).toEqual({
      user: null,
      users: { edges: [{ node: { id: stranger.owner.id } }] },
      tenant: { members: null },
      auditLog: { edges: [] },
    });
  });

  test.each([
    'mutation($u: ID!) { suspendUser(id: $u, reason: "r") { id } }',
    'mutation($u: ID!) { reinstateUser(id: $u) { id } }',
    'mutation($u: ID!) { startPasswordReset(userId: $u) }',
    'mutation($u: ID!, $t: ID!) { removeTenantMember(tenantId: $t, userId: $u) }',
    'mutation($t: ID!) { leaveTenant(id: $t) }',
    'mutation($t: ID!) { updateTenant(id: $t, input: { name: "Mine" }) { id } }',
  ])('%s answers as if it did not exist', async (query) => {
    const answer = async (variables: Record<string, string>) => {
      const { errors } = await world.gql(stranger.owner.viewer, query, variables);
      return errors?.map(({ message, extensions }) => ({ message, code: extensions?.code }));
    };
    const missing = '01900000-0000-7000-8000-000000000000';
    expect(await answer({ u: member.id, t: place.id })).toEqual(await answer({ u: missing, t: missing }));
    expect(await answer({ u: member.id, t: place.id })).toMatchObject([{ code: 'NOT_FOUND' }]);
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
