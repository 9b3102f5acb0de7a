import type { BaseContext } from '@polity/kernel/graph/subgraph';
import type { Loaders } from './domain/loaders.ts';
import type { Ports } from './ports.ts';

/** What every resolver and verb here is handed. */
export interface Context extends BaseContext<Loaders> {
  ports: Ports;
}
