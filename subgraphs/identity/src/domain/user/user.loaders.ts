import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { isUuid } from '@polity/kernel/ids';
import { User } from './user.entity.ts';

const VISIBLE = `(u.id::text = ? or (u.status <> 'PENDING' and exists (
  select 1 from tenant_membership m where m.user_id = u.id and m.tenant_id = ?::uuid and m.status = 'ACTIVE')))`;

/** Accounts by id in one statement, only those that the viewer may see: themselves, and the members of the request's tenant. */
export function userLoaders({ em, viewer, request }: BaseContext): { userById: Loader<string, User | null> } {
  const unlimited = viewer.kind === 'service' || viewer.flags.includes('SYSTEM_ADMIN');
  const userById = loaderBy<string, User>(
    async (ids) => {
      const query = em.createQueryBuilder(User, 'u').where({ id: { $in: ids.filter(isUuid) } });
      if (!unlimited) query.andWhere(VISIBLE, [viewer.id ?? '', request.tenantId]);
      return query.getResult();
    },
    (user) => user.id,
  );
  return { userById };
}
