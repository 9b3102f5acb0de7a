import type { BaseContext } from '@polity/kernel/graph/subgraph';
import type { Check } from './domain/operation/operation.check.ts';

/** What is opened once per process. */
export interface Ports {
  check: Check;
}

/** What every resolver and verb here is handed. */
export interface Context extends BaseContext, Ports {}
