import { SubgraphUnavailable } from '@polity/kernel/graph/errors';
import type { Viewer } from '@polity/kernel/request/context';
import {
  aPerson,
  aTenant,
  codesOf,
  type IdentityWorld,
  PASSWORD,
  type Person,
  type Place,
  startIdentity,
} from './harness.ts';

const LEAVE = 'mutation ($id: ID!) { leaveTenant(id: $id) { id } }';
const REMOVE = 'mutation ($u: ID!) { removeTenantMember(userId: $u) { id } }';
const DELETE = 'mutation ($password: String!) { deleteAccount(password: $password) }';
const JOIN = 'mutation ($slug: String!) { joinTenant(slug: $slug) { status } }';

let world: IdentityWorld;
let place: Place;
let bob: Person;
beforeAll(async () => {
  world = await startIdentity();
});
afterAll(() => world?.close());
beforeEach(async () => {
  place = await aTenant(world);
  bob = await aPerson(world);
});

/**
 * Access takes the roles, and the answer never arrives: what a kill between a revoke and its commit leaves behind. `meanwhile` runs before
 * any event has told of it.
 */
async function cutOff(
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  await world.withoutEvents(async () => {
    await withLostAnswer(viewer, query, variables);
    await meanwhile();
  });
}

async function withLostAnswer(viewer: Viewer, query: string, variables: Record<string, unknown>): Promise<void> {
  const { transport } = world.platform;
  const { execute } = transport;
  transport.execute = async (name, request, info) => {
    const reply = await execute.call(transport, name, request, info);
    if (request.query.includes('_unbindRoles')) throw new SubgraphUnavailable('access');
    return reply;
  };
  try {
    expect(codesOf(await world.gql(viewer, query, variables))).toEqual(['SUBGRAPH_UNAVAILABLE']);
  } finally {
    transport.execute = execute;
  }
}

async function rolesOf({ id, viewer }: Person): Promise<string[]> {
  const query = 'query ($u: ID!) { roleBindings(userId: $u, first: 100) { edges { node { role { key } } } } }';
  const { data } = await world.ask('access', viewer, query, { u: id });
  const { roleBindings } = data as { roleBindings: { edges: { node: { role: { key: string } } }[] } };
  return roleBindings.edges.map(({ node }) => node.role.key).sort();
}

const restored = () =>
  world
    .subgraph('identity')
    .runtime.em(place.id)
    .execute(
      `select payload->>'userId' as id from outbox where type = 'identity.membership.restored' and tenant_id = ?`,
      [place.id],
    );

describe('an end of a membership that was cut off after its revoke', () => {
  it.each(['leave', 'removal', 'deletion'] as const)(
    '(%s, of the account where it is a deletion) leaves it as it was, and tells the others',
    async (kind) => {
      const [person, query, variables] = {
        leave: [bob, LEAVE, { id: place.id }] as const,
        removal: [place.owner, REMOVE, { u: bob.id }] as const,
        deletion: [bob, DELETE, { password: PASSWORD }] as const,
      }[kind];
      await cutOff(person.viewer, query, variables, async () => expect(await rolesOf(bob)).toEqual([]));
      await world.settle();
      expect(await rolesOf(bob)).toEqual(['tenant.member']);
      expect(await restored()).toEqual([{ id: bob.id }]);
    },
  );

  it('gives nothing back to whoever has left by the next try, nor more than before to whoever came again', async () => {
    await cutOff(bob.viewer, LEAVE, { id: place.id }, async () =>
      expect(await world.data(bob.viewer, LEAVE, { id: place.id })).toMatchObject({
        leaveTenant: { id: expect.any(String) },
      }),
    );
    await world.settle();
    expect(await rolesOf(bob)).toEqual([]);
    await world.data(bob.viewer, JOIN, { slug: place.slug });
    await world.settle();
    expect(await rolesOf(bob)).toEqual(['tenant.member']);
    expect(await restored()).toEqual([]);
  });

  it('is made by one of twenty leaves at once', async () => {
    const codes = await Promise.all(
      Array.from({ length: 20 }, async () => codesOf(await world.gql(bob.viewer, LEAVE, { id: place.id }))[0] ?? null),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(19);
  });
});
