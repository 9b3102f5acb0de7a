import type { BaseContext } from '@polity/kernel/graph/subgraph';
import type { Loaders } from './domain/loaders.ts';

/** What every resolver and verb here is handed. */
export type Context = BaseContext<Loaders>;

/** What an act needs that people, rules and jobs do alike. */
export type Acting = Pick<BaseContext, 'cause' | 'clock' | 'tenantId'>;
