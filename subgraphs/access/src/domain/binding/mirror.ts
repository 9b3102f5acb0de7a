import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import * as scopes from '../scope/scope.service.ts';
import * as memberships from './membership.service.ts';

/** A membership as its owner tells it; `at` is when it changed there. */
export interface Membership {
  userId: string;
  scope: ScopeRef;
  at: string;
}

const GONE = `select 1 from access_change where tenant_id = ?::uuid and scope_id = ?::uuid and kind = 'SCOPE_REMOVED' limit 1`;
async function isGone(ctx: Context, scopeId: string): Promise<boolean> {
  return (await ctx.em.execute<unknown[]>(GONE, [tenantOf(ctx), scopeId])).length > 0;
}

/** Makes a scope known that its owner could not announce itself; a removed one stays removed. */
export async function repairScope(ctx: Context, scope: ScopeRef, parentId: string | null): Promise<void> {
  if (await isGone(ctx, scope.id)) return;
  await scopes.registerScope(ctx, { ...scope, parentId });
}

/** Gives the role that a membership was cut off from; whatever happened there since the membership began counts as newer. */
export async function repairJoin(
  ctx: Context,
  { userId, scope, at }: Membership,
  roleKey: string,
  replaces: readonly string[] = [],
): Promise<void> {
  if (await isGone(ctx, scope.id)) return;
  await memberships.join(ctx, { userId, scope, roleKey, replaces, reason: 'membership', since: at });
}

/** Takes what a membership left behind when it ended; bindings made since belong to a newer one. */
export async function repairLeave(ctx: Context, { userId, scope, at }: Membership, below: boolean): Promise<void> {
  await memberships.leave(ctx, { userId, scope, below, before: new Date(at), force: true });
}

export async function removeScope(ctx: Context, scope: ScopeRef): Promise<void> {
  await scopes.removeScope(ctx, scope);
}
