import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { RoleBinding, type RoleBindingRow } from './binding.entity.ts';
import { canReadBindings } from './binding.policy.ts';

const LIST = 'roleBindings';

export interface BindingFilter extends ConnectionArgs {
  scope?: ScopeRef | null;
  userId?: string | null;
}

/** Who may read them: one's own, always; others' with `access.binding.read` at the scope, or at the tenant where none is named. */
function mayList(ctx: Context, authorizer: Authorizer, { scope, userId }: BindingFilter): boolean {
  if (userId && ctx.viewer.kind === 'user' && userId === ctx.viewer.id) return true;
  const asked = scope ?? { type: 'TENANT' as const, id: tenantOf(ctx) };
  return canReadBindings(authorizer, asked);
}

/** Bindings of a scope, of a user or of the tenant, oldest first. Throws FORBIDDEN, also for a scope that does not exist. */
export async function list(ctx: Context, filter: BindingFilter): Promise<Connection<RoleBindingRow>> {
  if (!mayList(ctx, await ctx.access.authorizer(), filter)) throw new Forbidden();
  return page(ctx, filter);
}

/** Bindings of one user; null for viewers who may not see them. */
export async function listOfUser(
  ctx: Context,
  userId: string,
  args: ConnectionArgs,
): Promise<Connection<RoleBindingRow> | null> {
  if (!mayList(ctx, (await ctx.access.authorizer()).quiet, { userId })) return null;
  const list = { list: LIST, entity: RoleBinding, parent: 't.subject_id', order: oldestFirst };
  return ctx.loaders.pages(list, userId, args);
}

function page(ctx: Context, { scope, userId, ...args }: BindingFilter): Promise<Connection<RoleBindingRow>> {
  const where = { scopeId: scope?.id, subjectId: userId ?? undefined };
  return pageOf(ctx.em, RoleBinding, { list: LIST, args, where, order: oldestFirst });
}

/** One binding by id, for references; null for a missing one and for one that the viewer may not see. */
export async function find(ctx: Context, id: string): Promise<RoleBindingRow | null> {
  const binding = await ctx.loaders.bindingById.load(id);
  const scope = binding && (await ctx.loaders.scopeById.load(binding.scopeId));
  if (!binding || !scope) return null;
  const { quiet } = await ctx.access.authorizer();
  return mayList(ctx, quiet, { scope: scope.ref, userId: binding.subjectId }) ? binding : null;
}
