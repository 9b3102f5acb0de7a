import type { AccessDeclaration } from '@polity/kernel/access/catalogue';
import { uuidv7 } from '@polity/kernel/ids';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import { codeOf, dataOf } from '@polity/kernel/testing/dialect';
import { serviceViewer, startWorld, userViewer, type World, type WorldOptions } from '@polity/kernel/testing/harness';
import type { Ports } from '../src/ports.ts';
import { access } from '../src/subgraph.ts';

/** What a neighbour would declare: enough codes and templates to grant something. */
export const shop: AccessDeclaration = {
  permissions: [
    { code: 'shop.order.place', description: 'Place orders.', scopeTypes: ['COMMUNITY', 'TEAM'] },
    { code: 'shop.order.cancel', description: 'Cancel orders.', scopeTypes: ['COMMUNITY', 'TEAM'] },
    { code: 'shop.price.set', description: 'Set prices.', scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'] },
  ],
  roles: [
    {
      key: 'tenant.owner',
      name: 'Owner',
      description: '',
      scopeType: 'TENANT',
      permissions: ['shop.price.set', 'shop.order.place', 'shop.order.cancel'],
    },
    { key: 'tenant.member', name: 'Member', description: '', scopeType: 'TENANT', permissions: [] },
    {
      key: 'shop.owner',
      name: 'Shop owner',
      description: '',
      scopeType: 'COMMUNITY',
      permissions: ['shop.order.place', 'shop.order.cancel', 'shop.price.set'],
    },
    { key: 'shop.buyer', name: 'Buyer', description: '', scopeType: 'COMMUNITY', permissions: ['shop.order.place'] },
    { key: 'shop.buyer', name: 'Buyer', description: '', scopeType: 'TEAM', permissions: ['shop.order.place'] },
  ],
};

export const asService = serviceViewer('test');

export interface AccessFixture {
  world: World;
  tenantId: string;
  communityId: string;
  teamId: string;
  owner: Viewer & { id: string };
  bob: Viewer & { id: string };
}

export const aPerson = (world: World) =>
  userViewer(uuidv7(), { authTime: Math.floor(world.clock.nowMs() / 1000) }) as Viewer & { id: string };

/** One operation that must succeed; throws its errors otherwise. */
export const must = async <Data>(
  world: World,
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown> = {},
  tenantId = world.tenantId,
): Promise<Data> => dataOf<Data>(await world.ask('access', viewer, query, variables, { tenantId }));

/** The code of the error that the operation ends with, or null. */
export const refusal = async (
  world: World,
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown> = {},
  tenantId = world.tenantId,
): Promise<string | null> => codeOf(await world.ask('access', viewer, query, variables, { tenantId }));

export const register = (world: World, subgraph: string, declaration: unknown) =>
  must(
    world,
    asService,
    'mutation($s: String!, $d: JSON!) { _registerAccess(subgraph: $s, declaration: $d) }',
    { s: subgraph, d: declaration },
    null,
  );

export const registerScope = (
  world: World,
  type: string,
  id: string,
  parentId: string | null,
  tenantId = world.tenantId,
) =>
  must(
    world,
    asService,
    'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }',
    { i: { type, id, parentId } },
    tenantId,
  );

export const give = (
  world: World,
  userId: string,
  roleKey: string,
  type: string,
  id: string,
  tenantId = world.tenantId,
  replaces?: string[],
) =>
  must(
    world,
    asService,
    'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }',
    { i: { userId, roleKey, scope: { type, id }, replaces } },
    tenantId,
  );

/** A tenant with one community and one team, its owner, and Bob, who is a member and no more. */
export async function aTenant(world: World) {
  const [tenantId, communityId, teamId] = [uuidv7(), uuidv7(), uuidv7()];
  await registerScope(world, 'TENANT', tenantId, null, tenantId);
  await registerScope(world, 'COMMUNITY', communityId, tenantId, tenantId);
  await registerScope(world, 'TEAM', teamId, communityId, tenantId);
  const [owner, bob] = [aPerson(world), aPerson(world)];
  await give(world, owner.id, 'tenant.owner', 'TENANT', tenantId, tenantId);
  await give(world, bob.id, 'tenant.member', 'TENANT', tenantId, tenantId);
  return { tenantId, communityId, teamId, owner, bob };
}

export async function startFixture(options: Partial<WorldOptions> = {}): Promise<AccessFixture> {
  const world = await startWorld({ subgraphs: [access], ...options });
  await register(world, 'shop', shop);
  const place = await aTenant(world);
  world.tenantId = place.tenantId;
  return { world, ...place };
}

/** Whether the viewer may, and why, through the graph. */
export async function can(world: World, viewer: Viewer, permission: string, type: string, id: string) {
  const query = 'query($p: String!, $s: ScopeInput!) { can(permission: $p, scope: $s) { allowed reason version } }';
  const { can } = await must<{ can: { allowed: boolean; reason: string; version: string } }>(world, viewer, query, {
    p: permission,
    s: { type, id },
  });
  return can;
}

/** What is written in batches is written, so that a count holds nothing but the operation. */
export async function settled(world: World): Promise<void> {
  const { decisions, marks } = world.subgraph('access').ports as Ports;
  await Promise.all([decisions.flush(), marks.flush()]);
}

export { anonymous };
