import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { freshSet } from '../check/access-model.ts';
import { findRoleByKey } from '../role/role.queries.ts';
import { beyondOwnAccess, beyondOwnTime } from './binding.errors.ts';
import { permissionsEndingBefore, permissionsLacked } from './binding.policy.ts';

/** Nobody gives or takes what they do not hold at the scope. Throws FORBIDDEN with what is missing. */
export function assertHoldsAll(own: Authorizer, codes: readonly string[], scope: ScopeRef): void {
  const missing = permissionsLacked(own, codes, scope);
  if (missing.length > 0) throw beyondOwnAccess(missing);
}

/** What is handed on, where and to whom; `until` null is for good, and so is a receiver that is not known. */
export interface HandedOn {
  codes: readonly string[];
  scope: ScopeRef;
  receiverId: string | null;
  until: Date | null | undefined;
}

/** Nobody hands on for longer what they hold for a time. Throws FORBIDDEN with what ends before. */
export function assertHoldsUntil(own: Authorizer, { codes, scope, receiverId, until }: HandedOn): void {
  const ending = permissionsEndingBefore(own, codes, scope, { receiverId, untilMs: until?.getTime() ?? Infinity });
  if (ending.length > 0) throw beyondOwnTime(ending);
}

interface Giving {
  userId: string;
  roleKey: string;
  scope: ScopeRef;
  forGood: boolean;
}

/** The same for services that give roles by verbs of their own, as codes; null where there is no such role. */
export async function lackedToGive(ctx: Context, asked: Giving): Promise<string[] | null> {
  const { userId, roleKey, scope, forGood } = asked;
  const role = await findRoleByKey(ctx.em, roleKey, scope.type);
  if (!role) return null;
  const own = ctx.access.over(await freshSet(ctx.em, tenantOf(ctx), userId, ctx.clock.nowMs()));
  const missing = permissionsLacked(own, role.permissions, scope);
  if (missing.length > 0 || !forGood) return missing;
  return permissionsEndingBefore(own, role.permissions, scope, { receiverId: null, untilMs: Infinity });
}
