import type { EntityManager } from '@mikro-orm/postgresql';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { readReason } from '@polity/kernel/domain/input';
import { InvalidInput, SubgraphUnavailable } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { tenantOf } from '../../tenant.ts';
import { changeAccess } from '../change/change.service.ts';
import { type Ledger, record, touch } from '../change/ledger.ts';
import { idArray } from '../change/version.service.ts';
import { Role } from '../role/role.entity.ts';
import { roleByKey } from '../role/role.queries.ts';
import { getScope } from '../scope/scope.service.ts';
import { RoleBinding } from './binding.entity.ts';
import { bindingErrors } from './binding.errors.ts';
import { grant, type Note, revoke } from './binding.write.ts';

export interface ServiceBindInput {
  userId: string;
  roleKey: string;
  scope: ScopeRef;
  replaces?: readonly string[] | null;
  reason?: string | null;
  /** Membership that loses the roles which are replaced; its owner is told, and gives them again where they stand after all. */
  membershipId?: string | null;
  /** When the membership began, for messages that come late: whatever was given or taken there since is newer and stays as it is. */
  since?: string;
}

// Whoever gives and whoever takes meet here, so that a late message cannot look before a leave and write after it.
const ALONE = 'select pg_advisory_xact_lock(hashtextextended(?::text || ?::text, 3))';
// What was done for memberships is marked in the history: by late messages with the moment that they tell of, so that messages count in the
// order in which things happened, and by a leave with everything below. What people gave or took beside them says nothing about memberships.
// Whoever left the tenant or the community has left what lies below it, too, whether they held anything there by then or not.
const NEWER = `with recursive path as (
    select id, parent_id from scope where tenant_id = ?::uuid and id = ?::uuid
    union all select scope.id, scope.parent_id from scope join path on scope.id = path.parent_id where scope.tenant_id = ?::uuid),
  told as (
    select scope_id, coalesce(after, before) as what, at from access_change
    where tenant_id = ?::uuid and subject_id = ?::uuid and at >= ?::timestamptz and kind in ('BINDING_CREATED', 'BINDING_REMOVED'))
  select 1 from told where coalesce((what->>'since')::timestamptz, at) >= ?::timestamptz
    and ((scope_id = ?::uuid and what->'member' is not null)
      or (what->'left' is not null and scope_id in (select id from path))) limit 1`;

async function isSettled(
  tx: EntityManager,
  tenantId: string,
  { userId, scope, since }: ServiceBindInput,
): Promise<boolean> {
  if (!since) return false;
  const params = [tenantId, scope.id, tenantId, tenantId, userId, since, since, scope.id];
  return (await tx.execute<unknown[]>(NEWER, params)).length > 0;
}

/**
 * Who mirrors a membership holds its row until they have an answer or have given up waiting. After that it may have ended or begun anew, and
 * what was held up on its way would undo what came since. Throws SubgraphUnavailable.
 */
function mustBeAwaited({ request }: Context): void {
  if (Date.now() > request.deadline) throw new SubgraphUnavailable('access');
}

/** Mirrors a membership: gives the role and takes those it replaces, in one transaction. Throws LAST_OWNER, NOT_FOUND, SubgraphUnavailable. */
export async function join(ctx: Context, input: ServiceBindInput): Promise<boolean> {
  const { userId, roleKey } = input;
  if (!isUuid(userId)) throw new InvalidInput({ userId: 'is not a UUID' });
  const reason = readReason(input.reason);
  const tenantId = tenantOf(ctx);
  const give = async (tx: EntityManager, ledger: Ledger) => {
    await tx.execute(ALONE, [tenantId, userId]);
    mustBeAwaited(ctx);
    if (await isSettled(tx, tenantId, input)) return true;
    const scope = await getScope(tx, input.scope);
    const role = await roleByKey(tx, roleKey, scope.type);
    const note = { member: true, ...(input.since && { since: input.since }) };
    const now = ctx.clock.now();
    await grant(tx, ledger, { subjectId: userId, role, scope, grantedBy: ctx.cause.actorId, reason, now, note });
    const replaced = (input.replaces ?? []).filter((key) => key !== roleKey);
    const found = replaced.length > 0 ? await heldAt(tx, { userId, scopeIds: [scope.id], roleKeys: replaced }) : [];
    await revoke(tx, ledger, found, { now, reason, force: role.isOwner, note });
    if (input.membershipId && ledger.entries.length === 0) noteNothing(ledger, userId, scope.id, note);
    await tell(tx, ctx, input, found);
    return true;
  };
  return changeAccess(ctx, give, bindingErrors);
}

export interface LeaveInput {
  userId: string;
  scope: ScopeRef;
  below?: boolean | null;
  roleKeys?: readonly string[] | null;
  /** For what has happened already, such as a deleted account: nobody can be kept as owner any more. */
  force?: boolean | null;
  /** Membership that is about to end; its owner is told, and gives the roles again where it stands after all. */
  membershipId?: string | null;
  /** Only bindings made before this moment; for messages that come late. */
  before?: Date;
}

/**
 * A revoke that found nothing is noted too, even at a scope that is not known yet: a late message of what came before it gives nothing
 * back.
 */
function noteNothing(ledger: Ledger, subjectId: string, scopeId: string, before: Note): void {
  record(ledger, 'subject', { kind: 'BINDING_REMOVED', subjectId, scopeId, before, reason: 'nothing was held' });
}

type Revoked = Pick<LeaveInput, 'userId' | 'scope' | 'membershipId'>;

/** Tells the owner of a membership what was taken, in the transaction that takes it, even where it was nothing: what was to be given may have been skipped. */
async function tell(
  tx: EntityManager,
  ctx: Context,
  { userId, scope, membershipId }: Revoked,
  here: Held,
): Promise<void> {
  if (!membershipId) return;
  const roleKeys = here.map(({ role }) => role.key);
  const data = { membershipId, userId, scopeType: scope.type, scopeId: scope.id, roleKeys };
  await recordEvent(tx, ctx, 'access.membership.revoked', { subject: membershipId, data });
}

const REACH = `with recursive reach as (
    select id from scope where tenant_id = ?::uuid and id = ?::uuid and type = ?
    union all select scope.id from scope join reach on scope.parent_id = reach.id where scope.tenant_id = ?::uuid and ?
  ) select id from reach`;

/**
 * Ends a membership: the roles of the user at the scope, and below it if asked. With all roles go the ALLOW overrides there; a DENY
 * stays. Throws LAST_OWNER for the scope's own last owner.
 */
export async function leave(ctx: Context, input: LeaveInput): Promise<boolean> {
  const { userId, scope, before } = input;
  if (!isUuid(userId) || !isUuid(scope.id)) return true;
  const tenantId = tenantOf(ctx);
  return changeAccess(ctx, async (tx, ledger) => {
    touch(ledger, 'subject', userId);
    await tx.execute(ALONE, [tenantId, userId]);
    mustBeAwaited(ctx);
    const reach = await tx.execute<{ id: string }[]>(REACH, [
      tenantId,
      scope.id,
      scope.type,
      tenantId,
      input.below === true,
    ]);
    const scopeIds = reach.map((row) => row.id);
    const held = await heldAt(tx, { userId, scopeIds, roleKeys: input.roleKeys ?? null });
    const found = before ? held.filter(({ binding }) => binding.createdAt < before) : held;
    const isWhole = !input.roleKeys && !before;
    const note = { member: true, ...(before && { since: before.toISOString() }) };
    const noteHere = { ...note, ...(isWhole && input.below && { left: true }) };
    const here = found.filter(({ binding }) => binding.scopeId === scope.id);
    const below = found.filter(({ binding }) => binding.scopeId !== scope.id);
    const now = ctx.clock.now();
    await revoke(tx, ledger, here, { now, force: input.force === true, note: noteHere });
    await revoke(tx, ledger, below, { now, force: true, note });
    if (isWhole) await dropAllowances(tx, ledger, { tenantId, userId, scopeIds });
    if (isWhole && here.length === 0) noteNothing(ledger, userId, scope.id, noteHere);
    await tell(tx, ctx, input, here);
    return true;
  });
}

type Held = { binding: RoleBinding; role: Role }[];

interface Holding {
  userId: string;
  scopeIds: readonly string[];
  roleKeys: readonly string[] | null;
}

async function heldAt(tx: EntityManager, { userId, scopeIds, roleKeys }: Holding): Promise<Held> {
  const bindings = await tx.find(RoleBinding, { subjectId: userId, scopeId: { $in: [...scopeIds] } });
  const roles = await tx.find(Role, { id: { $in: bindings.map((binding) => binding.roleId) } });
  const byId = new Map(roles.map((role) => [role.id, role]));
  const held = bindings.flatMap((binding) => {
    const role = byId.get(binding.roleId);
    return role ? [{ binding, role }] : [];
  });
  return roleKeys ? held.filter(({ role }) => roleKeys.includes(role.key)) : held;
}

const DROP = `delete from policy_override where tenant_id = ?::uuid and subject_id = ?::uuid and effect = 'ALLOW'
  and scope_id = any(?::uuid[]) returning id, scope_id, permission, valid_from, valid_until`;

interface Dropped {
  id: string;
  scope_id: string;
  permission: string;
  valid_from: Date | null;
  valid_until: Date | null;
}

async function dropAllowances(
  tx: EntityManager,
  ledger: Ledger,
  { tenantId, userId, scopeIds }: { tenantId: string; userId: string; scopeIds: string[] },
): Promise<void> {
  const dropped = await tx.execute<Dropped[]>(DROP, [tenantId, userId, idArray(scopeIds)]);
  for (const { id, scope_id: scopeId, permission, valid_from: validFrom, valid_until: validUntil } of dropped) {
    const before = { id, permission, effect: 'ALLOW', validFrom, validUntil };
    const entry = { subjectId: userId, scopeId, before, reason: 'membership ended' };
    record(ledger, 'subject', { ...entry, kind: 'OVERRIDE_REMOVED' });
  }
}
