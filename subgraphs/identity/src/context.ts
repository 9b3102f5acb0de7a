import type { BaseContext, Runtime } from '@polity/kernel/graph/subgraph';
import { tokenEpoch } from '@polity/kernel/request/token-epoch';
import { applicationLoaders } from './domain/application/application.loaders.ts';
import { membershipLoaders } from './domain/membership/membership.loaders.ts';
import { tenantLoaders } from './domain/tenant/tenant.loaders.ts';
import { userLoaders } from './domain/user/user.loaders.ts';
import type { Ports } from './ports.ts';

export const makeLoaders = (base: BaseContext) => ({
  ...userLoaders(base),
  ...tenantLoaders(base),
  ...membershipLoaders(base),
  ...applicationLoaders(base),
});

interface Own extends Ports {
  /** Has every gateway ask again about tokens; awaited after the commit of what ends some, so that they are dead when the verb answers. */
  tokensEnded(): Promise<void>;
}

/** What every verb of identity is given. */
export interface Context extends BaseContext<ReturnType<typeof makeLoaders>>, Own {}

export const ownPart = (ports: Ports, { stamps, clock }: Runtime): Own => ({
  ...ports,
  tokensEnded: tokenEpoch(stamps, clock).advance,
});
