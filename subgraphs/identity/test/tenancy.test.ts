import { takeDownRowSecurity } from '@polity/kernel/testing/walls';
import { aPerson, aTenant, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';

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
    if (!database) await takeDownRowSecurity(world, 'identity');
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
