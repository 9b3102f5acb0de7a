import { namesNone } from '@polity/kernel/access/blocks';
import { all, type Sql, sql } from '@polity/kernel/db/sql';
import { AppError } from '@polity/kernel/graph/errors';
import type { BaseContext } from '@polity/kernel/graph/subgraph';

const SEEN = `(t.id::text = ? or (t.status <> 'PENDING' and exists (
  select 1 from tenant_membership m where m.user_id = t.id and m.tenant_id = ?::uuid and m.status = 'ACTIVE')))`;

type Asking = Pick<BaseContext, 'viewer' | 'request' | 'access'>;

/** The viewer themselves, and the members of the request's tenant: whom those who keep order there may act on. */
export const knownUser = ({ viewer, request }: Pick<Asking, 'viewer' | 'request'>): Sql =>
  sql(SEEN, viewer.id ?? '', request.tenantId);

/**
 * Those who have blocked the viewer, whom they do not see, unless they look after accounts; whom they have blocked themselves they find by id, to end
 * that.
 */
async function blockersOf({ viewer, request, access }: Asking): Promise<readonly string[]> {
  if (viewer.kind !== 'user' || !request.tenantId) return [];
  const { set, quiet } = await access.authorizer();
  const { blocked, blockers } = set.blocks;
  if (blockers.length === 0 || quiet.mayAtTenant('identity.user.read')) return [];
  return blockers.filter((id) => !blocked.includes(id));
}

/** Whom the viewer sees: themselves, and the members of the request's tenant who have not blocked them. */
export async function seenUser(ctx: Asking): Promise<Sql> {
  try {
    return all(knownUser(ctx), namesNone(await blockersOf(ctx), 't.id'));
  } catch (error) {
    // Without access nobody knows who is hidden from whom; people go on seeing themselves.
    if (!(error instanceof AppError) || error.code !== 'SUBGRAPH_UNAVAILABLE') throw error;
    return sql('t.id::text = ?', ctx.viewer.id ?? '');
  }
}
