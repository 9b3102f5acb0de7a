import type { EntityManager } from '@mikro-orm/postgresql';
import { type AccessCheck, allows } from '@polity/kernel/access/decide';
import { compileAccessSet } from '@polity/kernel/access/set';
import { scopePath } from '@polity/kernel/access/tree';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { canReadBindings } from '../binding/binding.policy.ts';
import type { UserRef } from '../user.ts';
import { frameFor, readFrame } from './frame.ts';
import { pageOfRows } from './list-page.ts';
import { accessRowsOfMany } from './rows.ts';

/** Sets compiled at once: first as many as the page needs, since most candidates are allowed, then the most. */
const [FEWEST, MOST] = [16, 250];

// Whoever a row could allow; `decide` has the last word on each, so that list and check cannot disagree.
const CANDIDATES = `select subject_id from (
    select subject_id from role_binding b join role r on r.id = b.role_id
      where b.tenant_id = ?::uuid and b.scope_id = any(?::uuid[]) and ? = any(r.permissions)
    union select subject_id from policy_override
      where tenant_id = ?::uuid and scope_id = any(?::uuid[]) and permission = ? and effect = 'ALLOW'
    union select subject_id from subject_flag where flag = 'SYSTEM_ADMIN' and (tenant_id is null or tenant_id = ?::uuid)
  ) as candidate where subject_id > ?::uuid order by subject_id limit ?`;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Where and when a question is asked. */
export interface Deciding {
  em: EntityManager;
  tenantId: string;
  nowMs: number;
}

/** Users who may, by id, in batches until the page is full; every batch is decided by the same sets that checks use. */
async function* allowedUsers(
  deciding: Deciding,
  check: AccessCheck,
  { after, limit }: { after: string; limit: number },
): AsyncGenerator<UserRef> {
  const { em, tenantId, nowMs } = deciding;
  let frame = await readFrame(em, tenantId);
  const path = `{${scopePath(frame.tree, check.scope)
    .map(({ id }) => id)
    .join(',')}}`;
  let [last, batch] = [after, Math.min(Math.max(limit, FEWEST), MOST)];
  for (;;) {
    const params = [tenantId, path, check.permission, tenantId, path, check.permission, tenantId, last, batch];
    const found = await em.execute<{ subject_id: string }[]>(CANDIDATES, params);
    const ids = found.map((row) => row.subject_id);
    const rows = ids.length > 0 ? await accessRowsOfMany(em, tenantId, ids) : [];
    frame = await frameFor(em, rows, frame);
    const { tree, codes } = frame;
    const allowed = rows.filter((row) =>
      allows(compileAccessSet(row, codes, tree, nowMs), check.permission, check.scope, nowMs),
    );
    for (const id of allowed.map((row) => row.subjectId as string).sort()) yield { id };
    if (ids.length < batch) return;
    batch = MOST;
    last = ids.at(-1) as string;
  }
}

/** At most `limit` users who may do this there, after that id. */
export async function usersWho(
  deciding: Deciding,
  check: AccessCheck,
  { after, limit }: { after: string | null; limit: number },
): Promise<UserRef[]> {
  const users: UserRef[] = [];
  for await (const user of allowedUsers(deciding, check, { after: after ?? BEFORE_ALL, limit }))
    if (users.push(user) === limit) break;
  return users;
}

/** Who may do this there, complete across the pages. Throws FORBIDDEN without `access.binding.read` at the scope. */
export async function whoCan(ctx: Context, check: AccessCheck, args: ConnectionArgs): Promise<Connection<UserRef>> {
  const nowMs = ctx.clock.nowMs();
  if (!canReadBindings(await ctx.access.asker(), check.scope)) throw new Forbidden();
  const deciding = { em: ctx.em, tenantId: tenantOf(ctx), nowMs };
  const order = [{ column: 'id', direction: 'asc', type: 'uuid' }] as const;
  return pageOfRows({ list: 'whoCan', order, args }, (after, limit) =>
    usersWho(deciding, check, { after: after === null ? null : String(after[0]), limit }),
  );
}
