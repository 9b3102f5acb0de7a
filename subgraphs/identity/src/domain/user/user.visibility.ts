import { type Sql, sql } from '@polity/kernel/db/sql';
import type { BaseContext } from '@polity/kernel/graph/subgraph';

const SEEN = `(t.id::text = ? or (t.status <> 'PENDING' and exists (
  select 1 from tenant_membership m where m.user_id = t.id and m.tenant_id = ?::uuid and m.status = 'ACTIVE')))`;

/** Whom the viewer sees: themselves, and the members of the request's tenant. */
export const seenUser = ({ viewer, request }: Pick<BaseContext, 'viewer' | 'request'>): Sql =>
  sql(SEEN, viewer.id ?? '', request.tenantId);
