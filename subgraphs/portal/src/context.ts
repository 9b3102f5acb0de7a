import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { type Asker, makeAsker } from './domain/asker.ts';
import { type Loaders, makeLoaders } from './domain/loaders.ts';
import type { Cause } from './events.ts';

/** What every resolver and verb of the portal is handed. */
export interface Context extends BaseContext {
  /** Tenant of the request; an id that no tenant has where none was found. */
  tenantId: string;
  /** Whose act events of this request tell about. */
  cause: Cause;
  /** The viewer and what they may do now; fresh again after access changed within the request. */
  asker(): Promise<Asker>;
  /** Batch reads, remembered until the next write of the request. */
  readonly loaders: Loaders;
  forget(): void;
}

const NO_TENANT = '00000000-0000-0000-0000-000000000000';

export function makeContext(base: BaseContext): Context {
  const tenantId = base.request.tenantId ?? NO_TENANT;
  let asker: Asker | undefined;
  let loaders: Loaders | undefined;
  const context: Context = {
    ...base,
    tenantId,
    cause: { tenantId, actorId: base.viewer.id, requestId: base.request.requestId },
    async asker() {
      const set = await base.access.set();
      if (asker?.set !== set) asker = makeAsker(base.viewer.id, tenantId, set, base.clock.nowMs());
      return asker;
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
