import { randomUUID } from 'node:crypto';
import { anonymous } from '@polity/kernel/testing/harness';
import { inviteOwner } from '../src/domain/invitation/bootstrap.ts';
import {
  ACTIVATE,
  aPerson,
  aTenant,
  codesOf,
  fieldsOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  type Place,
  SIGN_UP,
  startIdentity,
} from './harness.ts';

let world: IdentityWorld;
let place: Place;
let outsider: Person;
beforeAll(async () => {
  world = await startIdentity();
});
beforeEach(async () => {
  await aTenant(world);
  outsider = await aPerson(world);
  place = await aTenant(world, 'INVITATION');
});
afterAll(() => world.close());

const INVITE =
  'mutation($input: CreateInvitationInput!) { createInvitation(input: $input) { token invitation { id email maxUses uses expiresAt roleKey status community { id } createdBy { id } } } }';
const REVOKE = 'mutation($id: ID!) { revokeInvitation(id: $id) { status } }';
const JOIN =
  'mutation($slug: String!, $invitation: String) { joinTenant(slug: $slug, invitation: $invitation) { status } }';
const LIST = '{ invitations { edges { node { id status uses usedBy { user { id } } } } } }';

interface Created {
  createInvitation: { token: string; invitation: { id: string; expiresAt: string } };
}
const invite = async (input: Record<string, unknown> = {}) =>
  (await world.data<Created>(place.owner.viewer, INVITE, { input })).createInvitation;
const join = (person: Person, invitation?: string) => world.gql(person.viewer, JOIN, { slug: place.slug, invitation });
const rolesOf = async (person: Person) => {
  const reply = await world.ask(
    'access',
    person.viewer,
    'query($id: ID!) { roleBindings(userId: $id) { edges { node { role { key } } } } }',
    { id: person.id },
  );
  return (reply.data as { roleBindings: { edges: { node: { role: { key: string } } }[] } }).roleBindings.edges.map(
    ({ node }) => node.role.key,
  );
};

test.each(['', 'nonsense', '01890000-0000-7000-8000-00000000abcg'])(
  'a community %j, which is no id, is refused',
  async (communityId) => {
    const reply = await world.gql(place.owner.viewer, INVITE, { input: { communityId } });
    expect([codesOf(reply), fieldsOf(reply)]).toEqual([['VALIDATION_ERROR'], ['communityId']]);
  },
);

test('an invitation lets one person in for seven days, unless it says otherwise', async () => {
  const { token, invitation } = await invite();
  expect(invitation).toMatchObject({
    email: null,
    maxUses: 1,
    uses: 0,
    roleKey: 'tenant.member',
    status: 'OPEN',
    createdBy: { id: place.owner.id },
  });
  expect(new Date(invitation.expiresAt).getTime()).toBe(world.clock.nowMs() + 7 * 24 * 3600_000);
  expect(codesOf(await join(outsider))).toEqual(['FORBIDDEN']);
  expect((await join(outsider, token)).data).toEqual({ joinTenant: { status: 'ACTIVE' } });
  expect(await rolesOf(outsider)).toEqual(['tenant.member']);
  const listed = await world.data<{ invitations: { edges: { node: unknown }[] } }>(place.owner.viewer, LIST);
  expect(listed.invitations.edges.map(({ node }) => node)).toEqual([
    { id: invitation.id, status: 'USED', uses: 1, usedBy: [{ user: { id: outsider.id } }] },
  ]);
  expect(codesOf(await join(await aForeigner(), token))).toEqual(['INVITATION_INVALID']);
});

test('who used invitations is read in pages, and for all invitations of a page at once', async () => {
  const used = async () => {
    const made = await invite({ maxUses: 3 });
    for (let n = 0; n < 2; n++) await join(await aForeigner(), made.token);
    return made;
  };
  await used();
  const pages = `query ($after: String) { invitations { edges { node { usedBy { id } useHistory(first: 1, after: $after) {
    edges { node { id user { id } } } pageInfo { hasNextPage endCursor } } } } } }`;
  const read = async () => {
    const { result, counts } = await world.count(() => world.data<never>(place.owner.viewer, pages));
    return { nodes: nodesOf(result), statements: counts.statements.identity?.length };
  };
  const [one] = (await read()).nodes;
  expect(one?.usedBy).toHaveLength(2);
  expect(one?.useHistory).toMatchObject({
    edges: [{ node: { id: one?.usedBy[0]?.id } }],
    pageInfo: { hasNextPage: true },
  });
  const after = one?.useHistory.pageInfo.endCursor;
  const [rest] = nodesOf(await world.data<never>(place.owner.viewer, pages, { after }));
  expect(rest?.useHistory).toMatchObject({
    edges: [{ node: { id: one?.usedBy[1]?.id } }],
    pageInfo: { hasNextPage: false },
  });
  const { statements } = await read();
  for (let n = 0; n < 3; n++) await used();
  const many = await read();
  expect(many.nodes).toHaveLength(4);
  expect(many.statements).toBe(statements);
});

interface Used {
  usedBy: { id: string }[];
  useHistory: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}
const nodesOf = ({ invitations }: { invitations: { edges: { node: Used }[] } }) =>
  invitations.edges.map(({ node }) => node);

async function aForeigner(): Promise<Person> {
  const before = world.tenantId;
  world.tenantId = null;
  const person = await aPerson(world);
  world.tenantId = before;
  return person;
}

test('one person uses it once: who left does not come back with it, and is not told that they are a member', async () => {
  const { token } = await invite({ maxUses: 3 });
  const guest = await aForeigner();
  expect((await join(guest, token)).data).toEqual({ joinTenant: { status: 'ACTIVE' } });
  expect(codesOf(await join(guest, token))).toEqual(['ALREADY_EXISTS']);
  await world.gql(guest.viewer, 'mutation($id: ID!) { leaveTenant(id: $id) { id } }', { id: world.tenantId });
  expect(codesOf(await join(guest, token))).toEqual(['INVITATION_INVALID']);
});

test('a new account comes in with it, at activation', async () => {
  const { token } = await invite();
  const email = `guest-${place.slug}@people.test`;
  const input = { email, password: PASSWORD, username: null };
  expect(codesOf(await world.gql(anonymous, SIGN_UP, { input }))).toEqual(['FORBIDDEN']);
  expect(
    codesOf(await world.gql(anonymous, SIGN_UP, { input: { ...input, invitation: 'polity_in_guessed' } })),
  ).toEqual(['INVITATION_INVALID']);
  await world.data(anonymous, SIGN_UP, { input: { ...input, invitation: token } });
  const { activateAccount } = await world.data<{ activateAccount: { id: string } }>(anonymous, ACTIVATE, {
    token: world.mailedToken(email),
  });
  const { me } = await world.data<{ me: unknown }>(
    world.viewerOf(activateAccount.id),
    '{ me { tenantMemberships { tenant { slug } } } }',
  );
  expect(me).toEqual({ tenantMemberships: [{ tenant: { slug: place.slug } }] });
  expect(codesOf(await join(outsider, token))).toEqual(['INVITATION_INVALID']);
});

test('twenty people at once use an invitation for three three times', async () => {
  const { token } = await invite({ maxUses: 3 });
  const people: Person[] = [];
  for (let n = 0; n < 20; n++) people.push(await aForeigner());
  const replies = await Promise.all(people.map((person) => join(person, token)));
  expect(replies.flatMap(codesOf)).toEqual(Array(17).fill('INVITATION_INVALID'));
});

test('one person does not use it twice', async () => {
  const { token, invitation } = await invite({ maxUses: 3 });
  await Promise.all(Array.from({ length: 5 }, () => join(outsider, token)));
  const listed = await world.data<{ invitations: { edges: { node: { id: string; uses: number } }[] } }>(
    place.owner.viewer,
    LIST,
  );
  expect(listed.invitations.edges.find(({ node }) => node.id === invitation.id)?.node.uses).toBe(1);
});

test('an invitation to an address is mailed there and is for nobody else', async () => {
  const { token } = await invite({ email: outsider.email.toUpperCase() });
  expect(world.mailedToken(outsider.email)).toBe(token);
  expect(codesOf(await join(await aForeigner(), token))).toEqual(['INVITATION_INVALID']);
  expect((await join(outsider, token)).errors).toBeUndefined();
});

test('it ends when it is revoked, and when its time is over', async () => {
  const revoked = await invite();
  expect(await world.data(place.owner.viewer, REVOKE, { id: revoked.invitation.id })).toEqual({
    revokeInvitation: { status: 'REVOKED' },
  });
  expect(codesOf(await join(outsider, revoked.token))).toEqual(['INVITATION_INVALID']);
  const { token } = await invite({ expiresAt: new Date(world.clock.nowMs() + 60_000).toISOString() });
  world.clock.advance(60_000);
  expect(codesOf(await join(outsider, token))).toEqual(['INVITATION_INVALID']);
});

test('an invitation of one tenant opens no other', async () => {
  const { token } = await invite();
  const other = await aTenant(world, 'INVITATION');
  expect(codesOf(await world.gql(outsider.viewer, JOIN, { slug: other.slug, invitation: token }))).toEqual([
    'INVITATION_INVALID',
  ]);
});

test('an owner can invite an owner; who may only invite gives membership', async () => {
  const { token } = await invite({ roleKey: 'tenant.owner' });
  await join(outsider, token);
  expect(await rolesOf(outsider)).toEqual(['tenant.owner']);
  expect(codesOf(await world.gql(place.owner.viewer, INVITE, { input: { roleKey: 'no.such.role' } }))).toEqual([
    'FORBIDDEN',
  ]);
});

test('members may not invite, see or revoke, and another tenant sees nothing', async () => {
  const { invitation, token } = await invite();
  await join(outsider, token);
  for (const [query, variables] of [
    [INVITE, { input: {} }],
    [REVOKE, { id: invitation.id }],
    [LIST, {}],
  ] as const) {
    expect(codesOf(await world.gql(outsider.viewer, query, variables))).toEqual(['FORBIDDEN']);
    expect(codesOf(await world.gql(anonymous, query, variables))).toEqual(['UNAUTHENTICATED']);
  }
  const other = await aTenant(world);
  expect(codesOf(await world.gql(other.owner.viewer, REVOKE, { id: invitation.id }))).toEqual(['NOT_FOUND']);
});

test.each([
  [{ maxUses: 0 }, 'maxUses'],
  [{ maxUses: 1001 }, 'maxUses'],
  [{ email: 'nobody' }, 'email'],
  [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  [{ communityId: 'x' }, 'communityId'],
])('%j is refused by name', async (input, field) => {
  expect(fieldsOf(await world.gql(place.owner.viewer, INVITE, { input }))).toEqual([field]);
});

test('a command invites the first owner of a tenant that does not exist yet', async () => {
  const { runtime } = world.subgraph('identity');
  const slug = `first-${place.slug}`;
  const token = await inviteOwner((tenantId) => runtime.em(tenantId), {
    slug,
    name: 'First',
    email: null,
    now: world.clock.now(),
  });
  await world.settle();
  expect((await world.gql(outsider.viewer, JOIN, { slug, invitation: token })).errors).toBeUndefined();
  const { tenant } = await world.data<{ tenant: { id: string } }>(
    anonymous,
    'query($slug: String) { tenant(slug: $slug) { id } }',
    { slug },
  );
  world.tenantId = tenant.id;
  expect(await rolesOf(outsider)).toEqual(['tenant.owner']);
  await expect(
    inviteOwner((tenantId) => runtime.em(tenantId), {
      slug: 'www',
      name: 'First',
      email: null,
      now: world.clock.now(),
    }),
  ).rejects.toThrow('reserved');
});

test('an invitation to a community gives the role there, and tells portal whom to take in', async () => {
  const services = world.services(place.id);
  const role = {
    key: 'portal.member',
    name: 'Member',
    description: 'Belongs.',
    scopeType: 'COMMUNITY',
    permissions: [],
  };
  const declaration = { permissions: [], roles: [role] };
  await services.call('access', 'mutation($d: JSON!) { _registerAccess(subgraph: "portal", declaration: $d) }', {
    d: declaration,
  });
  const communityId = randomUUID();
  const scope = { type: 'COMMUNITY', id: communityId, parentId: place.id };
  await services.call('access', 'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }', { i: scope });
  const events: unknown[] = [];
  const handle = async ({ data }: { data: unknown }) => void events.push(data);
  await world.bus.subscribe({ name: 'test', types: ['identity.invitation.used'], handle });

  const { token, invitation } = await invite({ communityId });
  expect(invitation).toMatchObject({ community: { id: communityId } });
  await join(outsider, token);
  await world.settle();
  expect((await rolesOf(outsider)).sort()).toEqual(['portal.member', 'tenant.member']);
  expect(events).toEqual([
    {
      tenantId: place.id,
      userId: outsider.id,
      invitationId: invitation.id,
      roleKey: 'portal.member',
      communityId,
      invitedBy: place.owner.id,
    },
  ]);
});

test('nobody opens a community by invitation that is closed to themselves', async () => {
  const services = world.services(place.id);
  const declare = (holders: string[]) => {
    const code = 'portal.community.read';
    const roles = ['portal.member COMMUNITY', ...holders].map((name) => {
      const [key, scopeType] = name.split(' ');
      return { key, scopeType, name: 'Role', description: 'Belongs.', permissions: [code] };
    });
    const declaration = { permissions: [{ code, description: 'See it.', scopeTypes: ['COMMUNITY'] }], roles };
    const register = 'mutation($d: JSON!) { _registerAccess(subgraph: "portal", declaration: $d) }';
    return services.call('access', register, { d: declaration });
  };
  const communityId = randomUUID();
  const scope = { type: 'COMMUNITY', id: communityId, parentId: place.id };
  await services.call('access', 'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }', { i: scope });
  await declare([]);
  expect(codesOf(await world.gql(place.owner.viewer, INVITE, { input: { communityId } }))).toEqual(['FORBIDDEN']);
  await declare(['tenant.owner TENANT']);
  expect((await invite({ communityId })).token).toMatch(/^polity_in_/);
});

test('invitations are no way to write to strangers without end', async () => {
  const to = (n: number) => ({ input: { email: `stranger${n}.${place.slug}@people.test` } });
  for (let n = 0; n < 12; n++) await world.data(place.owner.viewer, INVITE, to(0));
  expect(world.mails(to(0).input.email)).toHaveLength(10);
  for (let n = 12; n < 100; n++) await world.data(place.owner.viewer, INVITE, to(n));
  expect(codesOf(await world.gql(place.owner.viewer, INVITE, to(100)))).toEqual(['RATE_LIMITED']);
  expect((await invite()).token).toMatch(/^polity_in_/);
});
