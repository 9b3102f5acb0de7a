import type { EntityManager } from '@mikro-orm/postgresql';
import type { ViewerAccess } from '@polity/kernel/access/reader';
import type { BaseContext, Runtime } from '@polity/kernel/graph/subgraph';
import { anonymous } from '@polity/kernel/request/context';
import { tokenEpoch } from '@polity/kernel/request/token-epoch';
import type { ServiceClient } from '@polity/kernel/service/client';
import { applicationLoaders } from './domain/application/application.loaders.ts';
import { membershipLoaders } from './domain/membership/membership.loaders.ts';
import { tenantLoaders } from './domain/tenant/tenant.loaders.ts';
import { userLoaders } from './domain/user/user.loaders.ts';
import type { Ports } from './ports.ts';

type Loaders = ReturnType<typeof userLoaders> &
  ReturnType<typeof tenantLoaders> &
  ReturnType<typeof membershipLoaders> &
  ReturnType<typeof applicationLoaders>;

/** What every verb of identity is given. */
export interface Context extends BaseContext, Ports {
  loaders: Loaders;
  /** EntityManager in the walls of another tenant; that of the request itself for the request's tenant. */
  emOf(tenantId: string | null): EntityManager;
  /** Other services, asked about another tenant than the request's. */
  servicesOf(tenantId: string): ServiceClient;
  /** What somebody else than the viewer may do, for what they set going earlier and must still be allowed to do. */
  accessOf(tenantId: string, userId: string): ViewerAccess;
  /** Has every gateway ask again about tokens; awaited after the commit of what ends some, so that they are dead when the verb answers. */
  tokensEnded(): Promise<void>;
}

/** Composition root of one request. */
export function createContext(base: BaseContext, ports: Ports, runtime: Runtime): Context {
  const { tenantId } = base.request;
  return {
    ...base,
    ...ports,
    loaders: { ...userLoaders(base), ...tenantLoaders(base), ...membershipLoaders(base), ...applicationLoaders(base) },
    emOf: (other) => (other === tenantId ? base.em : runtime.em(other)),
    servicesOf: (other) => (other === tenantId ? base.services : runtime.services(other)),
    accessOf(other, userId) {
      const viewer = { ...anonymous, kind: 'user', id: userId } as const;
      return runtime.access.forRequest({ ...base.request, tenantId: other, viewer, stamp: null }, {});
    },
    tokensEnded: tokenEpoch(runtime.stamps, runtime.clock).advance,
  };
}
