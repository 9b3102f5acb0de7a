import { encodeMask } from '@polity/kernel/access/catalogue';
import { allows } from '@polity/kernel/access/decide';
import { type AccessRows, compileAccessSet } from '@polity/kernel/access/set';
import { NIL_UUID } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { type AccessModel, currentModel, readAccessModel } from '../check/access-model.ts';
import { accessRowsOfMany } from '../check/rows.ts';
import type { PermissionView } from '../permission/permission.entity.ts';
import { failuresWith } from './policy-test.service.ts';
import { knownCodes } from './role.input.ts';
import { getRole } from './role.queries.ts';
import { manager } from './role.service.ts';

/** What an edit would do to those who hold the role. */
export interface Effect {
  bindings: number;
  users: number;
  added: PermissionView[];
  removed: PermissionView[];
  usersGaining: number;
  usersLosing: number;
  failures: string[];
}

interface Edit {
  roleId: string;
  changed: readonly string[];
  permissions: readonly string[];
  model: AccessModel;
  nowMs: number;
}

const BATCH = 250;
const HOLDERS = `select subject_id, count(*) as n from role_binding where tenant_id = ?::uuid and role_id = ?::uuid and subject_id > ?::uuid
  group by subject_id order by subject_id limit ${BATCH}`;

/** Whether the edit takes or gives a holder anything at the scopes where they hold the role, their other roles considered. */
function outcome(
  rows: AccessRows,
  { roleId, changed, permissions, model: { codes, tree }, nowMs }: Edit,
): { gains: boolean; loses: boolean } {
  const mask = encodeMask(codes, permissions);
  const edited = { ...rows, roles: rows.roles.map((role) => (role.id === roleId ? { ...role, mask } : role)) };
  const [now, then] = [rows, edited].map((each) => compileAccessSet(each, codes, tree, nowMs));
  const result = { gains: false, loses: false };
  for (const { scopeId } of rows.bindings.filter((binding) => binding.roleId === roleId)) {
    const scope = tree.refs[tree.indexes.get(scopeId) ?? -1];
    for (const code of scope && now && then ? changed : []) {
      const [before, after] = [now, then].map((set) =>
        allows(set as NonNullable<typeof now>, code, scope as never, nowMs),
      );
      if (after && !before) result.gains = true;
      if (before && !after) result.loses = true;
    }
  }
  return result;
}

async function count(
  ctx: Context,
  edit: Edit,
): Promise<Pick<Effect, 'bindings' | 'users' | 'usersGaining' | 'usersLosing'>> {
  const tenantId = tenantOf(ctx);
  const counts = { bindings: 0, users: 0, usersGaining: 0, usersLosing: 0 };
  for (let last = NIL_UUID; ; ) {
    const holders = await ctx.em.execute<{ subject_id: string; n: string }[]>(HOLDERS, [tenantId, edit.roleId, last]);
    const ids = holders.map((row) => row.subject_id);
    const held = ids.length > 0 ? await accessRowsOfMany(ctx.em, tenantId, ids) : [];
    const model = await currentModel(ctx.em, held, edit.model);
    for (const rows of held) {
      const { gains, loses } = outcome(rows, { ...edit, model });
      counts.usersGaining += Number(gains);
      counts.usersLosing += Number(loses);
    }
    counts.users += ids.length;
    counts.bindings += holders.reduce((sum, row) => sum + Number(row.n), 0);
    if (ids.length < BATCH) return counts;
    last = ids.at(-1) as string;
  }
}

/** What an edit of a role would do, or its deletion where `permissions` is null. Throws FORBIDDEN, NOT_FOUND, VALIDATION_ERROR. */
export async function effectOf(ctx: Context, id: string, permissions: readonly string[] | null): Promise<Effect> {
  await manager(ctx, ctx.em);
  const role = await getRole(ctx.em, id);
  const model = await readAccessModel(ctx.em, tenantOf(ctx));
  const { codes } = model;
  const now = new Set(role.permissions.filter((code) => codes.bits.has(code)));
  const then = new Set(knownCodes(permissions ?? [], codes.bits));
  const [added, removed] = [[...then.difference(now)], [...now.difference(then)]];
  const changed = [...added, ...removed];
  const edit = { roleId: id, changed, permissions: [...then], model, nowMs: ctx.clock.nowMs() };
  const shown = (found: string[]) => found.map((code) => ({ code, description: codes.descriptions.get(code) ?? '' }));
  const failures = role.template ? [] : await failuresWith(ctx, ctx.em, { id, permissions });
  return { ...(await count(ctx, edit)), added: shown(added), removed: shown(removed), failures };
}
