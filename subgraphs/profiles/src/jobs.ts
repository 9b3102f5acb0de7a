import type { JobDefinition } from '@polity/kernel/jobs/job';
import { serviceRequest } from '@polity/kernel/request/acting';
import type { Context } from './context.ts';
import { refreshAll } from './domain/search/names.mirror.ts';

const TENANTS = 'query TenantIds($after: ID) { _tenantIds(after: $after) }';

interface Tenants {
  _tenantIds: string[];
}

/** Takes over the names of all members of all tenants: of those that were there before this subgraph, and what events were missed. */
export const mirrorNames: JobDefinition<unknown, Context> = {
  name: 'mirror-names',
  everyMs: 24 * 3_600_000,
  async run({ signal }, runtime, _ports, open) {
    let [tenants, members] = [0, 0];
    for (let after: string | null = null; !signal.aborted; ) {
      const services = runtime.services(null);
      const found: Tenants = await services.call<Tenants>('identity', TENANTS, { after });
      for (const tenantId of found._tenantIds)
        members += await refreshAll(open(serviceRequest('profiles', tenantId)), signal);
      tenants += found._tenantIds.length;
      after = found._tenantIds.at(-1) ?? null;
      if (after === null) break;
    }
    return { tenants, members };
  },
};
