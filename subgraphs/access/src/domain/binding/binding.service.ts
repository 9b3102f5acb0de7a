import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { Forbidden } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { actingId, changeAccess } from '../change/change.service.ts';
import { touch } from '../change/ledger.ts';
import { ownAccess } from '../check/own-access.ts';
import { getRole, roleByKey } from '../role/role.queries.ts';
import { Scope } from '../scope/scope.entity.ts';
import { getScope } from '../scope/scope.service.ts';
import { RoleBinding } from './binding.entity.ts';
import { bindingNotFound } from './binding.errors.ts';
import { canManageBindings } from './binding.policy.ts';
import { grant, revoke } from './binding.write.ts';
import { mustOutlast, mustReach } from './delegation.ts';
import { getMember } from './member.ts';
import { checkInterval, cleanReason, type Interval } from './validity.ts';

export interface BindInput extends Interval {
  userId: string;
  roleKey: string;
  scope: ScopeRef;
  reason?: string | null;
}

/** Gives a role. Throws FORBIDDEN for whoever may not manage the scope (also a missing one) or would give more, or for longer, than they hold. */
export async function bind(ctx: Context, input: BindInput): Promise<RoleBinding> {
  const now = ctx.clock.now();
  checkInterval(input, now.getTime());
  const reason = cleanReason(input.reason);
  return changeAccess(ctx, async (tx, ledger) => {
    const own = await managerOf(ctx, tx, input.scope);
    const scope = await getScope(tx, input.scope);
    const role = await roleByKey(tx, input.roleKey, scope.type);
    const { userId, validFrom, validUntil } = input;
    const { permissions: codes } = role;
    mustReach(own, codes, scope.ref);
    mustOutlast(own, { codes, scope: scope.ref, receiverId: userId, until: validUntil });
    await getMember(tx, scope.tenantId, userId);
    return grant(tx, ledger, {
      subjectId: userId,
      role,
      scope,
      validFrom,
      validUntil,
      grantedBy: actingId(ctx),
      reason,
      now,
    });
  });
}

/** Takes a role back. Throws NOT_FOUND for a binding that is missing or not the viewer's to manage, LAST_OWNER for the last one. */
export async function unbind(ctx: Context, id: string): Promise<boolean> {
  return changeAccess(ctx, async (tx, ledger) => {
    const binding = isUuid(id) ? await tx.findOne(RoleBinding, { id }) : null;
    if (!binding) throw bindingNotFound();
    touch(ledger, 'subject', binding.subjectId);
    const scope = await tx.findOneOrFail(Scope, { id: binding.scopeId });
    const role = await getRole(tx, binding.roleId);
    const own = await managerOf(ctx, tx, scope.ref, bindingNotFound());
    mustReach(own, role.permissions, scope.ref);
    await revoke(tx, ledger, [{ binding, role }], { now: ctx.clock.now() });
    return true;
  });
}

/** The viewer by the database itself, for whoever may manage roles at the scope; throws the refusal otherwise. */
async function managerOf(ctx: Context, tx: EntityManager, scope: ScopeRef, refusal: Error = new Forbidden()) {
  const own = await ownAccess(ctx, tx);
  if (!canManageBindings(own, scope)) throw refusal;
  return own;
}
