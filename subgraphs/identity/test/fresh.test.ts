import { aPerson, aTenant, codesOf, type IdentityWorld, type Person, type Place, startIdentity } from './harness.ts';

let world: IdentityWorld;
let place: Place;
let warden: Person;
let member: Person;
beforeAll(async () => {
  world = await startIdentity();
});
beforeEach(async () => {
  place = await aTenant(world);
  [warden, member] = [await aPerson(world), await aPerson(world)];
});
afterAll(() => world.close());

const CODES = [
  'identity.user.suspend',
  'identity.user.resetMfa',
  'identity.user.resetPassword',
  'identity.member.remove',
  'identity.member.invite',
  'identity.tenant.update',
  'identity.application.read',
  'identity.application.manage',
];

async function asOwner<Data>(query: string, i: unknown): Promise<Data> {
  const { data, errors } = await world.ask('access', place.owner.viewer, query, { i });
  expect(errors).toBeUndefined();
  return data as Data;
}

async function anInvitation(): Promise<string> {
  const make = 'mutation { createInvitation(input: {}) { invitation { id } } }';
  const { createInvitation } = await world.data<{ createInvitation: { invitation: { id: string } } }>(
    place.owner.viewer,
    make,
  );
  return createInvitation.invitation.id;
}

async function anApplication(): Promise<string> {
  const make =
    'mutation($input: RegisterApplicationInput!) { registerApplication(input: $input) { application { id } } }';
  const input = { name: 'Notes', redirectUris: ['https://notes.example/cb'], scopes: ['openid', 'graph.read'] };
  const { registerApplication } = await world.data<{ registerApplication: { application: { id: string } } }>(
    member.viewer,
    make,
    { input },
  );
  return registerApplication.application.id;
}

describe('verbs that destroy or hand over', () => {
  it.each([
    ['suspendUser', 'mutation($member: ID!) { suspendUser(id: $member, reason: "x") { id } }'],
    ['resetMfa', 'mutation($member: ID!) { resetMfa(id: $member, reason: "x") { id } }'],
    ['startPasswordReset', 'mutation($member: ID!) { startPasswordReset(userId: $member) }'],
    ['removeTenantMember', 'mutation($member: ID!) { removeTenantMember(userId: $member) { id } }'],
    ['updateTenant', 'mutation { updateTenant(input: { name: "Ours" }) { id } }'],
    ['createInvitation', 'mutation { createInvitation(input: {}) { token } }'],
    ['revokeInvitation', 'mutation($invitation: ID!) { revokeInvitation(id: $invitation) { id } }'],
    ['approveApplication', 'mutation($application: ID!) { approveApplication(id: $application) { id } }'],
    ['rejectApplication', 'mutation($application: ID!) { rejectApplication(id: $application, reason: "x") { id } }'],
    ['disableApplication', 'mutation($application: ID!) { disableApplication(id: $application) { id } }'],
    [
      'updateApplication',
      'mutation($application: ID!) { updateApplication(id: $application, input: { name: "Mine" }) { id } }',
    ],
    ['rotateApplicationSecret', 'mutation($application: ID!) { rotateApplicationSecret(id: $application) { secret } }'],
  ])('%s rests on no stamp from before a revoke that was acknowledged', async (_name, mutation) => {
    const ids = {
      member: member.id,
      invitation: await anInvitation(),
      application: await anApplication(),
    };
    await asOwner('mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }', {
      key: 'staff.warden',
      name: 'Warden',
      scopeType: 'TENANT',
      permissions: CODES,
    });
    const { bindRole } = await asOwner<{ bindRole: { id: string } }>(
      'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }',
      { userId: warden.id, roleKey: 'staff.warden', scope: { type: 'TENANT', id: place.id } },
    );
    const stamp = await world.access.stamp(place.id, warden.id);
    await world.access.load(place.id, warden.id, stamp);
    await asOwner('mutation($i: ID!) { unbindRole(id: $i) { id } }', bindRole.id);
    expect(codesOf(await world.gql(warden.viewer, mutation, ids, { stamp }))).toEqual(['FORBIDDEN']);
  });
});
