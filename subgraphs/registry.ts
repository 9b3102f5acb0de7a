import type { AnySubgraph } from '@polity/kernel/graph/subgraph';

/** One subgraph of the supergraph. */
export interface RegisteredSubgraph {
  name: string;
  /** Port of the GraphQL endpoint when the subgraph runs as a process of its own; its health is on the port 100 above. */
  port: number;
  /** Whether its container reaches addresses outside of the installation. */
  outbound?: boolean;
  load(): Promise<AnySubgraph>;
}

/** The one list of subgraphs. Access comes first: the others register their permissions with it. */
export const registry: readonly RegisteredSubgraph[] = [
  { name: 'access', port: 4101, load: async () => (await import('./access/src/subgraph.ts')).access },
  {
    name: 'identity',
    port: 4102,
    outbound: true,
    load: async () => (await import('./identity/src/subgraph.ts')).identity,
  },
  { name: 'portal', port: 4103, load: async () => (await import('./portal/src/subgraph.ts')).portal },
  { name: 'voting', port: 4104, load: async () => (await import('./voting/src/subgraph.ts')).voting },
  {
    name: 'events',
    port: 4105,
    outbound: true,
    load: async () => (await import('./events/src/subgraph.ts')).events,
  },
  { name: 'operations', port: 4106, load: async () => (await import('./operations/src/subgraph.ts')).operations },
  {
    name: 'activity',
    port: 4107,
    outbound: true,
    load: async () => (await import('./activity/src/subgraph.ts')).activity,
  },
  { name: 'profiles', port: 4108, load: async () => (await import('./profiles/src/subgraph.ts')).profiles },
  { name: 'gamification', port: 4110, load: async () => (await import('./gamification/src/subgraph.ts')).gamification },
];
