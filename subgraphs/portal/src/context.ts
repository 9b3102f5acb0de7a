import type { AccessReader, ViewerAccess } from '@polity/kernel/access/reader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { anonymous } from '@polity/kernel/request/context';
import { type Loaders, makeLoaders } from './domain/loaders.ts';
import type { Cause } from './events.ts';

/** What every resolver and verb of the portal is handed. */
export interface Context extends BaseContext {
  /** Tenant of the request; an id that no tenant has where none was found. */
  tenantId: string;
  /** Whose act events of this request tell about. */
  cause: Cause;
  /** What somebody else than the viewer may do. */
  accessOf(userId: string): ViewerAccess;
  /** Batch reads, remembered until the next write of the request. */
  readonly loaders: Loaders;
  forget(): void;
}

const NO_TENANT = '00000000-0000-0000-0000-000000000000';

export function makeContext(base: BaseContext, access: AccessReader): Context {
  const { requestId, traceparent } = base.request;
  const tenantId = base.request.tenantId ?? NO_TENANT;
  let loaders: Loaders | undefined;
  const context: Context = {
    ...base,
    tenantId,
    cause: { tenantId, actorId: base.viewer.id, requestId, traceparent },
    accessOf(userId) {
      const viewer = { ...anonymous, kind: 'user', id: userId } as const;
      return access.forRequest({ ...base.request, viewer, stamp: null }, {});
    },
    get loaders() {
      loaders ??= makeLoaders(context);
      return loaders;
    },
    forget() {
      loaders = undefined;
    },
  };
  return context;
}
