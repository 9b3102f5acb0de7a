import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { Forbidden } from '@polity/kernel/graph/errors';
import { oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { PolicyOverride, type PolicyOverrideRow } from './override.entity.ts';
import { canManageOverrides } from './override.policy.ts';

export interface OverrideFilter extends ConnectionArgs {
  scope?: ScopeRef | null;
  userId?: string | null;
}

function mayList(ctx: Context, authorizer: Authorizer, { scope, userId }: OverrideFilter): boolean {
  if (userId && ctx.viewer.kind === 'user' && userId === ctx.viewer.id) return true;
  const asked = scope ?? { type: 'TENANT' as const, id: tenantOf(ctx) };
  return canManageOverrides(authorizer, asked);
}

/** Overrides of a scope, of a user or of the tenant, oldest first. Throws FORBIDDEN, also for a scope that does not exist. */
export async function list(ctx: Context, filter: OverrideFilter): Promise<Connection<PolicyOverrideRow>> {
  if (!mayList(ctx, await ctx.access.authorizer(), filter)) throw new Forbidden();
  const { scope, userId, ...args } = filter;
  const where = { scopeId: scope?.id, subjectId: userId ?? undefined };
  return pageOf(ctx.em, PolicyOverride, { list: 'policyOverrides', args, where, order: oldestFirst });
}

/** One override by id; null for a missing one and for one that the viewer may not see. */
export async function find(ctx: Context, id: string): Promise<PolicyOverrideRow | null> {
  const override = await ctx.loaders.overrideById.load(id);
  const scope = override && (await ctx.loaders.scopeById.load(override.scopeId));
  if (!override || !scope) return null;
  const { quiet } = await ctx.access.authorizer();
  return mayList(ctx, quiet, { scope: scope.ref, userId: override.subjectId }) ? override : null;
}
