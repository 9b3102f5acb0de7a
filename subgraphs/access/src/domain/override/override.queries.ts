import { allows } from '@polity/kernel/access/decide';
import type { AccessSet } from '@polity/kernel/access/set';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Context } from '../../context.ts';
import type { PolicyOverride } from './override.entity.ts';

export const canManageOverrides = (set: AccessSet, scope: ScopeRef, nowMs: number): boolean =>
  allows(set, 'access.override.manage', scope, nowMs);

/** One override by id; null for a missing one and for one that the viewer may not see. */
export async function find(ctx: Context, id: string): Promise<PolicyOverride | null> {
  const override = await ctx.loaders.overrideById.load(id);
  const scope = override && (await ctx.loaders.scopeById.load(override.scopeId));
  if (!override || !scope) return null;
  if (ctx.viewer.kind === 'user' && ctx.viewer.id === override.subjectId) return override;
  return canManageOverrides(await ctx.access.set(), scope.ref, ctx.clock.nowMs()) ? override : null;
}
