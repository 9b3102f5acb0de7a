import type { EntityManager } from '@mikro-orm/postgresql';
import type { Effect } from '@polity/kernel/access/set';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { ConstraintErrors } from '@polity/kernel/domain/constraints';
import { readNeededReason } from '@polity/kernel/domain/input';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { assertNotLastOwner } from '../binding/binding.write.ts';
import { assertHoldsAll, assertHoldsUntil } from '../binding/delegation.ts';
import { getMember } from '../binding/members.ts';
import { checkInterval, type Interval } from '../binding/validity.ts';
import { changeAccess } from '../change/change.service.ts';
import { type Ledger, record, touch } from '../change/ledger.ts';
import { ownAccess } from '../check/access-model.ts';
import type { Scope } from '../scope/scope.entity.ts';
import { scopeNotFound } from '../scope/scope.errors.ts';
import { getScope, type Placed, scopeOr } from '../scope/scope.service.ts';
import { PolicyOverride } from './override.entity.ts';
import { canManageOverrides } from './override.policy.ts';

export interface OverrideInput extends Interval {
  userId: string;
  permission: string;
  scope: ScopeRef;
  effect: Effect;
  reason: string;
}

/** The scope was removed while the override was set. */
const overrideErrors: ConstraintErrors = { policy_override_scope_foreign: scopeNotFound };

const overrideNotFound = () => new NotFound('Policy override');
const shown = ({ id, permission, effect, validFrom, validUntil }: PolicyOverride) => ({
  id,
  permission,
  effect,
  validFrom,
  validUntil,
});

/**
 * Allows or denies one permission. Throws FORBIDDEN for viewers who may not manage the scope or lack the permission there, or do
 * not hold it for as long as they would allow it, LAST_OWNER for a denial of the only owner of the scope.
 */
export async function set(ctx: Context, input: OverrideInput): Promise<PolicyOverride> {
  const nowMs = ctx.clock.nowMs();
  checkInterval(input, nowMs);
  const reason = readNeededReason(input.reason);
  const change = async (tx: EntityManager, ledger: Ledger) => {
    const own = await ownAccess(ctx, tx);
    if (!canManageOverrides(own, input.scope)) throw new Forbidden();
    if (!own.set.catalogue.bits.has(input.permission)) throw new InvalidInput({ permission: 'is not known' });
    const codes = [input.permission];
    assertHoldsAll(own, codes, input.scope);
    const { userId: receiverId, validUntil: until } = input;
    if (input.effect === 'ALLOW') assertHoldsUntil(own, { codes, scope: input.scope, receiverId, until });
    const scope = await getScope(tx, input.scope);
    await getMember(tx, scope.tenantId, input.userId);
    const { id: scopeId, tenantId } = scope;
    if (input.effect === 'DENY')
      await assertNotLastOwner(tx, { tenantId, scopeId, subjectId: input.userId }, new Date(nowMs));
    return upsert(tx, ledger, scope, { ...input, reason, grantedBy: ctx.cause.actorId });
  };
  return changeAccess(ctx, change, overrideErrors);
}

const UPSERT = `insert into policy_override
    (id, created_at, tenant_id, subject_id, permission, scope_id, effect, valid_from, valid_until, granted_by, reason)
  values (?::uuid, clock_timestamp(), ?::uuid, ?::uuid, ?, ?::uuid, ?, ?::timestamptz, ?::timestamptz, ?::uuid, ?)
  on conflict (tenant_id, subject_id, permission, scope_id) do update set effect = excluded.effect, valid_from = excluded.valid_from,
    valid_until = excluded.valid_until, granted_by = excluded.granted_by, reason = excluded.reason
  returning id`;

async function upsert(
  tx: EntityManager,
  ledger: Ledger,
  { id: scopeId, tenantId }: Scope,
  input: OverrideInput & { grantedBy: string | null },
): Promise<PolicyOverride> {
  const { userId: subjectId, permission, effect, validFrom = null, validUntil = null, grantedBy, reason } = input;
  const previous = await tx.findOne(PolicyOverride, { tenantId, subjectId, permission, scopeId });
  const before = previous && shown(previous);
  const values = [uuidv7(), tenantId, subjectId, permission, scopeId, effect, validFrom, validUntil, grantedBy, reason];
  const [written] = await tx.execute<[{ id: string }]>(UPSERT, values);
  const override = await tx.findOneOrFail(PolicyOverride, { id: written.id }, { refresh: true });
  record(ledger, 'subject', { kind: 'OVERRIDE_SET', subjectId, scopeId, before, after: shown(override), reason });
  return override;
}

const FIND = `select s.type, s.id as scope_id from policy_override o join scope s on s.tenant_id = o.tenant_id and s.id = o.scope_id
  where o.tenant_id = ?::uuid and o.id = ?::uuid`;

/**
 * Removes an override and returns it as it was. Throws NOT_FOUND for one that is missing or not the viewer's to manage, after the same statements for both, FORBIDDEN beyond
 * their reach.
 */
export async function remove(ctx: Context, id: string): Promise<PolicyOverride> {
  if (!isUuid(id)) throw overrideNotFound();
  return changeAccess(ctx, async (tx, ledger) => {
    const own = await ownAccess(ctx, tx);
    const [found] = await tx.execute<Placed[]>(FIND, [tenantOf(ctx), id]);
    if (!canManageOverrides(own, scopeOr(found, own))) throw overrideNotFound();
    const override = found && (await tx.findOne(PolicyOverride, { id }));
    if (!override) throw overrideNotFound();
    const { subjectId, scopeId, permission } = override;
    assertHoldsAll(own, [permission], { type: found.type, id: scopeId });
    touch(ledger, 'subject', subjectId);
    const removed = await tx.nativeDelete(PolicyOverride, { id });
    if (removed > 0)
      record(ledger, 'subject', { kind: 'OVERRIDE_REMOVED', subjectId, scopeId, before: shown(override) });
    return override;
  });
}
