import type { BaseContext } from '@polity/kernel/graph/subgraph';
import type { Loaders } from './domain/loaders.ts';

/** What every resolver and verb here is handed. */
export type Context = BaseContext<Loaders>;
