import type { GraphReply } from '@polity/kernel/graph/transport';
import { uuidv7 } from '@polity/kernel/ids';
import type { Viewer } from '@polity/kernel/request/context';
import { startWorld, userViewer, type World, type WorldOptions } from '@polity/kernel/testing/harness';
import { access } from '../../access/src/subgraph.ts';
import { portal } from '../src/subgraph.ts';

type Variables = Record<string, unknown>;

/** A world with access and portal, and one tenant with an owner and members. */
export interface Portal {
  world: World;
  tenantId: string;
  /** Runs an operation and answers its whole reply. */
  ask(viewer: Viewer, query: string, variables?: Variables): Promise<GraphReply>;
  /** Runs an operation that must succeed and answers its first field. */
  get<T = Record<string, never>>(viewer: Viewer, query: string, variables?: Variables): Promise<T>;
  /** Code of the first error; null where there is none. */
  codeOf(viewer: Viewer, query: string, variables?: Variables): Promise<string | null>;
  person(roleKey?: 'tenant.owner' | 'tenant.member' | null, tenantId?: string): Promise<Viewer>;
  tenant(): Promise<string>;
}

export const code = (reply: GraphReply): string | null => (reply.errors?.[0]?.extensions?.code as string) ?? null;

export async function startPortal(options: Partial<WorldOptions> = {}): Promise<Portal> {
  const world = await startWorld({ subgraphs: [access, portal], ...options });

  async function tenant(): Promise<string> {
    const id = uuidv7();
    await world
      .services(id)
      .call('access', 'mutation ($input: ScopeRegistrationInput!) { _registerScope(input: $input) }', {
        input: { type: 'TENANT', id },
      });
    return id;
  }

  const tenantId = await tenant();
  world.tenantId = tenantId;
  const ask = (viewer: Viewer, query: string, variables?: Variables) => world.ask('portal', viewer, query, variables);

  return {
    world,
    tenantId,
    tenant,
    ask,
    async get<T>(viewer: Viewer, query: string, variables?: Variables) {
      const reply = await ask(viewer, query, variables);
      if (reply.errors?.length || !reply.data) throw new Error(`${query}: ${JSON.stringify(reply.errors)}`);
      return Object.values(reply.data)[0] as T;
    },
    codeOf: async (viewer, query, variables) => code(await ask(viewer, query, variables)),
    async person(roleKey = 'tenant.member', at = tenantId) {
      const viewer = userViewer(uuidv7());
      const input = { userId: viewer.id, roleKey, scope: { type: 'TENANT', id: at }, replaces: [], reason: 'test' };
      if (roleKey)
        await world
          .services(at)
          .call('access', 'mutation ($input: ServiceBindInput!) { _bindRole(input: $input) }', { input });
      return viewer;
    },
  };
}
