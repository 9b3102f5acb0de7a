import { InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';

const MAX = 1_000;
const SHARED = `select theirs.subject_id as id, count(distinct theirs.scope_id)::int as n from role_binding theirs
  where theirs.tenant_id = ? and theirs.subject_id = any(?::uuid[]) and theirs.scope_id in (
    select own.scope_id from role_binding own where own.tenant_id = ? and own.subject_id = ? and own.scope_id <> own.tenant_id)
  group by theirs.subject_id`;

/** In how many communities and teams others hold a role beside a person, by id. Throws InvalidInput beyond 1,000 others. */
export async function sharedPlaces(
  ctx: Context,
  userId: string,
  others: readonly string[],
): Promise<Record<string, number>> {
  if (others.length > MAX) throw new InvalidInput({ others: `must be at most ${MAX}` });
  if (!isUuid(userId)) return {};
  const tenantId = tenantOf(ctx);
  const ids = `{${others.filter(isUuid).join(',')}}`;
  const rows = await ctx.em.execute<{ id: string; n: number }[]>(SHARED, [tenantId, ids, tenantId, userId]);
  return Object.fromEntries(rows.map(({ id, n }) => [id, n]));
}
