import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { readReason } from '@polity/kernel/domain/input';
import { Forbidden } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { changeAccess } from '../change/change.service.ts';
import { type Ledger, touch } from '../change/ledger.ts';
import { ownAccess } from '../check/access-model.ts';
import { getRole, roleByKey } from '../role/role.queries.ts';
import { getScope, type Placed, scopeOr } from '../scope/scope.service.ts';
import { RoleBinding } from './binding.entity.ts';
import { bindingErrors, bindingNotFound } from './binding.errors.ts';
import { canManageBindings } from './binding.policy.ts';
import { grant, revoke } from './binding.write.ts';
import { assertHoldsAll, assertHoldsUntil } from './delegation.ts';
import { getMember } from './members.ts';
import { checkInterval, type Interval } from './validity.ts';

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
  const reason = readReason(input.reason);
  const give = async (tx: EntityManager, ledger: Ledger) => {
    const own = await managerOf(ctx, tx, input.scope);
    const scope = await getScope(tx, input.scope);
    const role = await roleByKey(tx, input.roleKey, scope.type);
    const { userId, validFrom, validUntil } = input;
    const { permissions: codes } = role;
    assertHoldsAll(own, codes, scope.ref);
    assertHoldsUntil(own, { codes, scope: scope.ref, receiverId: userId, until: validUntil });
    await getMember(tx, scope.tenantId, userId);
    return grant(tx, ledger, {
      subjectId: userId,
      role,
      scope,
      validFrom,
      validUntil,
      grantedBy: ctx.cause.actorId,
      reason,
      now,
    });
  };
  return changeAccess(ctx, give, bindingErrors);
}

const FIND = `select b.id, s.type, s.id as scope_id from role_binding b join scope s on s.tenant_id = b.tenant_id and s.id = b.scope_id
  where b.tenant_id = ?::uuid and b.id = ?::uuid`;

/**
 * Takes a role back and returns the binding as it was. Throws NOT_FOUND for a binding that is missing or not the viewer's to manage, after the same statements for both, since how
 * long a refusal takes must not tell them apart; LAST_OWNER for the last one.
 */
export async function unbind(ctx: Context, id: string): Promise<RoleBinding> {
  if (!isUuid(id)) throw bindingNotFound();
  return changeAccess(ctx, async (tx, ledger) => {
    const own = await ownAccess(ctx, tx);
    const [found] = await tx.execute<Placed[]>(FIND, [tenantOf(ctx), id]);
    if (!canManageBindings(own, scopeOr(found, own))) throw bindingNotFound();
    const binding = found && (await tx.findOne(RoleBinding, { id }));
    if (!binding) throw bindingNotFound();
    touch(ledger, 'subject', binding.subjectId);
    const role = await getRole(tx, binding.roleId);
    assertHoldsAll(own, role.permissions, { type: found.type, id: found.scope_id });
    await revoke(tx, ledger, [{ binding, role }], { now: ctx.clock.now() });
    return binding;
  });
}

/** The viewer by the database itself, for whoever may manage roles at the scope. Throws FORBIDDEN. */
async function managerOf(ctx: Context, tx: EntityManager, scope: ScopeRef) {
  const own = await ownAccess(ctx, tx);
  if (!canManageBindings(own, scope)) throw new Forbidden();
  return own;
}
