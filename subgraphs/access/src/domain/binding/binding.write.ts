import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import { type Ledger, record, touch } from '../change/ledger.ts';
import type { Role } from '../role/role.entity.ts';
import type { Scope } from '../scope/scope.entity.ts';
import { RoleBinding } from './binding.entity.ts';
import { lastOwner } from './binding.errors.ts';
import type { Interval } from './validity.ts';

export interface Grant extends Interval {
  subjectId: string;
  role: Role;
  scope: Scope;
  grantedBy: string | null;
  reason: string | null;
  now: Date;
  /** What the history keeps beside the binding. */
  note?: Note;
}

/** Marks of the history by which later messages about memberships are judged (`membership.service.ts`). */
export type Note = Readonly<Record<string, unknown>>;

const INSERT = `insert into role_binding (id, created_at, tenant_id, subject_id, role_id, scope_id, valid_from, valid_until, granted_by, reason)
  values (?::uuid, clock_timestamp(), ?::uuid, ?::uuid, ?::uuid, ?::uuid, ?::timestamptz, ?::timestamptz, ?::uuid, ?)
  on conflict (tenant_id, subject_id, role_id, scope_id) do nothing returning id`;

const shown = ({ id, roleId, validFrom, validUntil }: RoleBinding) => ({ id, roleId, validFrom, validUntil });
const sameInstant = (a: Date | null | undefined, b: Date | null | undefined) =>
  (a?.getTime() ?? null) === (b?.getTime() ?? null);

/**
 * Gives the role, once however often and from however many sides it is given; another interval replaces the one before. Throws LAST_OWNER
 * where that would leave the scope without an owner one day.
 */
export async function grant(tx: EntityManager, ledger: Ledger, given: Grant): Promise<RoleBinding> {
  const { subjectId, role, scope, grantedBy, reason, note } = given;
  const { validFrom = null, validUntil = null } = given;
  touch(ledger, 'subject', subjectId);
  const values = [uuidv7(), scope.tenantId, subjectId, role.id, scope.id, validFrom, validUntil, grantedBy, reason];
  const [added] = await tx.execute<{ id: string }[]>(INSERT, values);
  const where = { tenantId: scope.tenantId, subjectId, roleId: role.id, scopeId: scope.id };
  const binding = await tx.findOneOrFail(RoleBinding, where);
  const entry = { subjectId, scopeId: scope.id, reason };
  if (added) {
    record(ledger, 'subject', {
      ...entry,
      kind: 'BINDING_CREATED',
      after: { ...shown(binding), role: role.key, ...note },
    });
    return binding;
  }
  if (sameInstant(binding.validFrom, validFrom) && sameInstant(binding.validUntil, validUntil)) return binding;
  const narrower = validUntil !== null || (validFrom !== null && validFrom > given.now);
  if (role.isOwner && narrower) await assertAnotherOwner(tx, binding, given.now);
  const before = shown(binding);
  tx.assign(binding, { validFrom, validUntil, grantedBy, reason });
  record(ledger, 'subject', { ...entry, kind: 'BINDING_UPDATED', before, after: shown(binding) });
  return binding;
}

/** How bindings are taken back. */
interface Revocation {
  now: Date;
  reason?: string | null;
  /** Also the last owner. */
  force?: boolean;
  note?: Note;
}

/** Takes these bindings back; throws LAST_OWNER where a scope would lose its last one, unless `force`. */
export async function revoke(
  tx: EntityManager,
  ledger: Ledger,
  bindings: readonly { binding: RoleBinding; role: Role }[],
  { now, reason = null, force = false, note }: Revocation,
): Promise<void> {
  for (const { binding, role } of bindings) {
    if (!force && role.isOwner) await assertAnotherOwner(tx, binding, now);
    const before = { ...shown(binding), role: role.key, ...note };
    // Counted by its answer: a revoke that came first from another side is not recorded twice.
    const removed = await tx.nativeDelete(RoleBinding, { id: binding.id });
    const entry = { subjectId: binding.subjectId, scopeId: binding.scopeId, before, reason };
    if (removed > 0) record(ledger, 'subject', { ...entry, kind: 'BINDING_REMOVED' });
  }
}

// An owner for a time does not count: when the time is over, nobody would be left. Nor does one who is suspended.
const OTHER_OWNERS = `select 1 from role_binding b join role r on r.id = b.role_id
  where b.tenant_id = ?::uuid and b.scope_id = ?::uuid and b.subject_id <> ?::uuid and r.key like '%.owner'
    and (b.valid_from is null or b.valid_from <= ?::timestamptz) and b.valid_until is null
    and not exists (select 1 from subject_flag f where f.subject_id = b.subject_id and f.flag = 'SUSPENDED'
      and (f.valid_until is null or f.valid_until > ?::timestamptz)) limit 1`;

const OWNS = `select 1 from role_binding b join role r on r.id = b.role_id
  where b.tenant_id = ?::uuid and b.scope_id = ?::uuid and b.subject_id = ?::uuid and r.key like '%.owner' limit 1`;

/** Where somebody owns a scope, or would. */
type Owned = Pick<RoleBinding, 'tenantId' | 'scopeId' | 'subjectId'>;

/** Throws LAST_OWNER for an owner of the scope beside whom there is no other: what they are denied nobody could give back. */
export async function assertNotLastOwner(tx: EntityManager, owned: Owned, now: Date): Promise<void> {
  const { tenantId, scopeId, subjectId } = owned;
  const owns = await tx.execute<unknown[]>(OWNS, [tenantId, scopeId, subjectId]);
  if (owns.length > 0) await assertAnotherOwner(tx, owned, now);
}

async function assertAnotherOwner(
  tx: EntityManager,
  { tenantId, scopeId, subjectId }: Owned,
  now: Date,
): Promise<void> {
  // Two owners who remove each other at once must meet: the second waits here and then finds nobody else.
  await tx.execute('select 1 from scope where tenant_id = ?::uuid and id = ?::uuid for no key update', [
    tenantId,
    scopeId,
  ]);
  const others = await tx.execute<unknown[]>(OTHER_OWNERS, [tenantId, scopeId, subjectId, now, now]);
  if (others.length === 0) throw lastOwner();
}
