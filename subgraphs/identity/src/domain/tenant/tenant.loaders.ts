import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { isUuid } from '@polity/kernel/ids';
import { Tenant } from './tenant.entity.ts';

const VISIBLE = `(t.id = ?::uuid or exists (
  select 1 from tenant_membership m where m.tenant_id = t.id and m.user_id::text = ? and m.status = 'ACTIVE'))`;

/** Tenants by id in one statement: the request's own, and those to which the viewer belongs. */
export function tenantLoaders({ em, viewer, request }: BaseContext): { tenantById: Loader<string, Tenant | null> } {
  const unlimited = viewer.kind === 'service' || viewer.flags.includes('SYSTEM_ADMIN');
  const tenantById = loaderBy<string, Tenant>(
    async (ids) => {
      const query = em.createQueryBuilder(Tenant, 't').where({ id: { $in: ids.filter(isUuid) } });
      if (!unlimited) query.andWhere(VISIBLE, [request.tenantId, viewer.id ?? '']);
      return query.getResult();
    },
    (tenant) => tenant.id,
  );
  return { tenantById };
}
