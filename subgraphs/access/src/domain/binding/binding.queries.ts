import type { Asker } from '@polity/kernel/access/asker';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { type Connection, type ConnectionArgs, pageOf, paginate } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { RoleBinding } from './binding.entity.ts';
import { canReadBindings } from './binding.policy.ts';

const LIST = 'roleBindings';
const ORDER = [{ column: 'id', direction: 'asc', type: 'uuid' }] as const;

export interface BindingFilter extends ConnectionArgs {
  scope?: ScopeRef | null;
  userId?: string | null;
}

/** Who may read them: one's own, always; others' with `access.binding.read` at the scope, or at the tenant where none is named. */
function mayList(ctx: Context, asker: Asker, { scope, userId }: BindingFilter): boolean {
  if (userId && ctx.viewer.kind === 'user' && userId === ctx.viewer.id) return true;
  const asked = scope ?? { type: 'TENANT' as const, id: tenantOf(ctx) };
  return canReadBindings(asker, asked);
}

/** Bindings of a scope, of a user or of the tenant, oldest first. Throws FORBIDDEN, also for a scope that does not exist. */
export async function list(ctx: Context, filter: BindingFilter): Promise<Connection<RoleBinding>> {
  if (!mayList(ctx, await ctx.access.asker(), filter)) throw new Forbidden();
  return page(ctx, filter);
}

/** Bindings of one user; null for viewers who may not see them. */
export async function listOfUser(
  ctx: Context,
  userId: string,
  args: ConnectionArgs,
): Promise<Connection<RoleBinding> | null> {
  if (!mayList(ctx, (await ctx.access.asker()).quiet, { userId })) return null;
  return paginate<RoleBinding>({
    list: LIST,
    order: ORDER,
    args,
    fetch: (slice) => ctx.loaders.bindingsOfUser({ userId, slice }),
  });
}

function page(ctx: Context, { scope, userId, ...args }: BindingFilter): Promise<Connection<RoleBinding>> {
  const known = (!scope || isUuid(scope.id)) && (userId == null || isUuid(userId));
  const named = { ...(scope && { scopeId: scope.id }), ...(userId != null && { subjectId: userId }) };
  const where = known ? named : { id: { $in: [] } };
  return pageOf(ctx.em, RoleBinding, { list: LIST, args, where, order: ORDER });
}

/** One binding by id, for references; null for a missing one and for one that the viewer may not see. */
export async function find(ctx: Context, id: string): Promise<RoleBinding | null> {
  const binding = await ctx.loaders.bindingById.load(id);
  const scope = binding && (await ctx.loaders.scopeById.load(binding.scopeId));
  if (!binding || !scope) return null;
  const { quiet } = await ctx.access.asker();
  return mayList(ctx, quiet, { scope: scope.ref, userId: binding.subjectId }) ? binding : null;
}
