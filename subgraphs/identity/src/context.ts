import type { BaseContext, Runtime } from '@polity/kernel/graph/subgraph';
import { tokenEpoch } from '@polity/kernel/request/token-epoch';
import type { Loaders } from './domain/loaders.ts';
import type { Ports } from './ports.ts';

interface Own extends Ports {
  /** Has every gateway ask again about tokens; awaited after the commit of what ends some, so that they are dead when the verb answers. */
  tokensEnded(): Promise<void>;
}

/** What every verb of identity is given. */
export interface Context extends BaseContext<Loaders>, Own {}

export const ownPart = (ports: Ports, { stamps, clock }: Runtime): Own => ({
  ...ports,
  tokensEnded: tokenEpoch(stamps, clock).advance,
});
