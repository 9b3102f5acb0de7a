import type { AnySubgraph } from '../graph/subgraph.ts';
import type { GraphReply } from '../graph/transport.ts';
import { uuidv7 } from '../ids.ts';
import type { RequestInfo, Viewer } from '../request/context.ts';
import { startWorld, userViewer, type World, type WorldOptions } from './harness.ts';

export type Variables = Record<string, unknown>;
type Request = Partial<RequestInfo>;

/** Somebody who is signed in. */
export type Person = Viewer & { id: string };

/** One subgraph in a world, as its tests speak of it: they ask in one tenant, as people with roles there. */
export interface TestSubgraph {
  world: World;
  tenantId: string;
  /** Runs an operation and answers its whole reply. */
  ask(viewer: Viewer, query: string, variables?: Variables, request?: Request): Promise<GraphReply>;
  /** Runs an operation that must succeed and answers its first field; throws with its errors. */
  get<T = Record<string, never>>(viewer: Viewer, query: string, variables?: Variables, request?: Request): Promise<T>;
  /** Code of the first error; null where there is none. */
  codeOf(viewer: Viewer, query: string, variables?: Variables, request?: Request): Promise<string | null>;
  /** A person of their own with this role at the tenant; with null one who does not belong to it. */
  person(roleKey?: string | null, tenantId?: string): Promise<Person>;
  /** Another tenant; answers its id. */
  tenant(): Promise<string>;
  /** The statements that an operation of this subgraph costs once everything is warm. */
  statementsOf(viewer: Viewer, query: string, variables?: Variables): Promise<string[]>;
}

/** Code of the first error of a reply; null where there is none. */
export const codeOf = (reply: GraphReply): string | null => (reply.errors?.[0]?.extensions?.code as string) ?? null;

/** The data of a reply. Throws where it has errors. */
export function dataOf<Data>(reply: GraphReply): Data {
  if (reply.errors?.length || !reply.data) throw new Error(`unexpected errors: ${JSON.stringify(reply.errors)}`);
  return reply.data as Data;
}

/** Makes a scope known to access, as the service does that owns it. */
export async function registerScope(world: World, type: string, id: string, tenantId: string, parentId?: string) {
  const mutation = 'mutation ($input: ScopeRegistrationInput!) { _registerScope(input: $input) }';
  await world.services(tenantId).call('access', mutation, { input: { type, id, parentId } });
}

/** Gives somebody a role, as the service does that keeps memberships. */
export async function giveRole(
  world: World,
  userId: string,
  roleKey: string,
  scope: { type: string; id: string },
  tenantId: string,
) {
  const mutation = 'mutation ($input: ServiceBindInput!) { _bindRole(input: $input) }';
  const input = { userId, roleKey, scope, replaces: [], reason: 'test' };
  await world.services(tenantId).call('access', mutation, { input });
}

/** The questions that tests put to one subgraph of a world. */
export function dialect(world: World, subgraph: string): Pick<TestSubgraph, 'ask' | 'get' | 'codeOf' | 'statementsOf'> {
  const ask: TestSubgraph['ask'] = (viewer, query, variables = {}, request = {}) =>
    world.ask(subgraph, viewer, query, variables, request);
  return {
    ask,
    async get<T>(viewer: Viewer, query: string, variables?: Variables, request?: Request) {
      const reply = await ask(viewer, query, variables, request);
      if (reply.errors?.length) throw new Error(`${query}: ${JSON.stringify(reply.errors)}`);
      return Object.values(dataOf<Record<string, T>>(reply))[0] as T;
    },
    codeOf: async (viewer, query, variables, request) => codeOf(await ask(viewer, query, variables, request)),
    async statementsOf(viewer, query, variables) {
      dataOf(await ask(viewer, query, variables));
      await world.settle();
      const { counts } = await world.count(() => ask(viewer, query, variables));
      return counts.statements[subgraph] ?? [];
    },
  };
}

export interface OpenOptions extends Partial<Omit<WorldOptions, 'subgraphs'>> {
  /** What runs beside it: access at least, where the subgraph declares permissions. */
  beside: readonly AnySubgraph[];
}

/** Starts a world with this subgraph and one tenant in which to ask. */
export async function openSubgraph(
  definition: AnySubgraph,
  { beside, ...options }: OpenOptions,
): Promise<TestSubgraph> {
  const world = await startWorld({ ...options, subgraphs: [...beside, definition] });
  const tenant = async () => {
    const id = uuidv7();
    await registerScope(world, 'TENANT', id, id);
    return id;
  };
  const tenantId = await tenant();
  world.tenantId = tenantId;
  return {
    world,
    tenantId,
    tenant,
    ...dialect(world, definition.name),
    async person(roleKey = 'tenant.member', at = tenantId) {
      const viewer = userViewer(uuidv7(), { authTime: Math.floor(world.clock.nowMs() / 1000) }) as Person;
      if (roleKey) await giveRole(world, viewer.id, roleKey, { type: 'TENANT', id: at }, at);
      return viewer;
    },
  };
}
