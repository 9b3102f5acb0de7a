import type { EntityManager } from '@mikro-orm/postgresql';
import { type AccessCheck, allows } from '@polity/kernel/access/decide';
import { compileAccessSet } from '@polity/kernel/access/set';
import { scopePath } from '@polity/kernel/access/tree';
import { type Connection, type ConnectionArgs, paginate } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { NIL_UUID } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { canReadBindings } from '../binding/binding.policy.ts';
import type { UserRef } from '../user.ts';
import { currentModel, readAccessModel } from './access-model.ts';
import { accessRowsOfMany } from './rows.ts';

/** Sets compiled at once: first as many as the page needs, since most candidates are allowed, then the most. */
const [FEWEST, MOST] = [16, 250];

// Whoever a row could allow; `decide` has the last word on each, so that list and check cannot disagree.
const candidates = (backwards: boolean) => `select subject_id from (
    select subject_id from role_binding b join role r on r.id = b.role_id
      where b.tenant_id = ?::uuid and b.scope_id = any(?::uuid[]) and ? = any(r.permissions)
    union select subject_id from policy_override
      where tenant_id = ?::uuid and scope_id = any(?::uuid[]) and permission = ? and effect = 'ALLOW'
    union select subject_id from subject_flag where flag = 'SYSTEM_ADMIN' and (tenant_id is null or tenant_id = ?::uuid)
  ) as candidate where subject_id > ?::uuid and subject_id < ?::uuid order by subject_id ${backwards ? 'desc' : 'asc'} limit ?`;
const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** At most `limit` users between two ids, both left out; from the last one down where read backwards. */
interface Stretch {
  after: string | null;
  before?: string | null;
  backwards?: boolean;
  limit: number;
}

/** Where and when a question is asked. */
export interface Deciding {
  em: EntityManager;
  tenantId: string;
  nowMs: number;
}

/** Users who may, by id, or from the last id down, in batches until the page is full; every batch is decided by the same sets that checks use. */
async function* allowedUsers(
  deciding: Deciding,
  check: AccessCheck,
  { after, before, backwards = false, limit }: Stretch,
): AsyncGenerator<UserRef> {
  const { em, tenantId, nowMs } = deciding;
  let model = await readAccessModel(em, tenantId);
  const path = `{${scopePath(model.tree, check.scope)
    .map(({ id }) => id)
    .join(',')}}`;
  const asked = [tenantId, path, check.permission, tenantId, path, check.permission, tenantId];
  let [from, to, batch] = [after ?? NIL_UUID, before ?? AFTER_ALL, Math.min(Math.max(limit, FEWEST), MOST)];
  for (;;) {
    const found = await em.execute<{ subject_id: string }[]>(candidates(backwards), [...asked, from, to, batch]);
    const ids = found.map((row) => row.subject_id);
    const rows = ids.length > 0 ? await accessRowsOfMany(em, tenantId, ids) : [];
    model = await currentModel(em, rows, model);
    const { tree, codes } = model;
    const allowed = rows.filter((row) =>
      allows(compileAccessSet(row, codes, tree, nowMs), check.permission, check.scope, nowMs),
    );
    const sorted = allowed.map((row) => row.subjectId as string).sort();
    for (const id of backwards ? sorted.reverse() : sorted) yield { id };
    if (ids.length < batch) return;
    batch = MOST;
    if (backwards) to = ids.at(-1) as string;
    else from = ids.at(-1) as string;
  }
}

/** Users of a stretch who may do this there. */
export async function usersWho(deciding: Deciding, check: AccessCheck, stretch: Stretch): Promise<UserRef[]> {
  const users: UserRef[] = [];
  for await (const user of allowedUsers(deciding, check, stretch)) if (users.push(user) === stretch.limit) break;
  return users;
}

/** Who may do this there, complete across the pages. Throws FORBIDDEN without `access.binding.read` at the scope. */
export async function whoCan(ctx: Context, check: AccessCheck, args: ConnectionArgs): Promise<Connection<UserRef>> {
  const nowMs = ctx.clock.nowMs();
  if (!canReadBindings(await ctx.access.authorizer(), check.scope)) throw new Forbidden();
  const deciding = { em: ctx.em, tenantId: tenantOf(ctx), nowMs };
  const order = [{ column: 'id', direction: 'asc', type: 'uuid' }] as const;
  const idOf = (cursor: readonly unknown[] | null) => (cursor === null ? null : String(cursor[0]));
  return paginate<UserRef>({
    list: 'whoCan',
    order,
    args,
    fetch: ({ after, before, backwards, limit }) =>
      usersWho(deciding, check, { after: idOf(after), before: idOf(before), backwards, limit }),
  });
}
