import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { checked } from '@polity/kernel/domain/input';
import { Forbidden } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { tenantOf } from '../../tenant.ts';
import { assertHoldsAll, assertHoldsUntil } from '../binding/delegation.ts';
import { changeAccess } from '../change/change.service.ts';
import { type Ledger, record, touch } from '../change/ledger.ts';
import { ownAccess } from '../check/access-model.ts';
import { mustHold, oneEditAtATime } from './policy-test.service.ts';
import { newRole, Role } from './role.entity.ts';
import { roleErrors, roleKeyTaken, roleMoved } from './role.errors.ts';
import { knownCodes, type NewRoleInput, newRoleInput, type RoleChanges, roleChanges } from './role.input.ts';
import { canManageRoles } from './role.policy.ts';
import { getRole, mustBeUsable } from './role.queries.ts';

const shown = ({ id, key, scopeType, name, permissions, version }: Role) => ({
  id,
  key,
  scopeType,
  name,
  permissions,
  version,
});

const atTenant = ({ tenantId: id }: Authorizer) => ({ type: 'TENANT' as const, id });

/** The viewer's own access, for whoever may manage roles; throws FORBIDDEN otherwise. */
export async function manager(ctx: Context, tx: EntityManager): Promise<Authorizer> {
  const own = await ownAccess(ctx, tx);
  if (!canManageRoles(own)) throw new Forbidden();
  return own;
}

/** Makes a role of the tenant. Throws FORBIDDEN, VALIDATION_ERROR, ALREADY_EXISTS, NOT_FOUND for the template. */
export async function create(ctx: Context, input: NewRoleInput): Promise<Role> {
  const { key, name, description = null } = checked(newRoleInput, input);
  const { scopeType } = input;
  const add = async (tx: EntityManager, ledger: Ledger) => {
    const own = await manager(ctx, tx);
    const template = input.template ? await getRole(tx, input.template) : null;
    const live = (template?.permissions ?? []).filter((code) => own.set.catalogue.bits.has(code));
    const permissions = knownCodes([...input.permissions, ...live], own.set.catalogue.bits);
    assertHoldsAll(own, permissions, atTenant(own));
    await mustBeUsable(tx, permissions, scopeType);
    if ((await tx.count(Role, { key, scopeType, tenantId: null })) > 0) throw roleKeyTaken();
    const copied = { copiedFrom: template?.id ?? null, copiedVersion: template?.version ?? null };
    const role = newRole(tx, { tenantId: tenantOf(ctx), key, scopeType, name, description, permissions, ...copied });
    record(ledger, 'roles', { kind: 'ROLE_CREATED', after: shown(role) });
    await tx.flush();
    return role;
  };
  return changeAccess(ctx, add, roleErrors);
}

/** A role that the tenant may edit, locked until the transaction ends. Throws FORBIDDEN for a template. */
async function ownRole(tx: EntityManager, id: string): Promise<Role> {
  const role = await getRole(tx, id);
  if (role.template) throw new Forbidden('Templates are edited by the software only.');
  await tx.execute('select 1 from role where tenant_id = ?::uuid and id = ?::uuid for update', [role.tenantId, id]);
  return tx.refreshOrFail(role);
}

/** Edits a role of the tenant. Throws FORBIDDEN, VALIDATION_ERROR, NOT_FOUND, CONFLICT, POLICY_TEST_FAILED. */
export async function update(ctx: Context, id: string, changes: RoleChanges): Promise<Role> {
  const { name, description } = checked(roleChanges, changes);
  return changeAccess(ctx, async (tx, ledger) => {
    touch(ledger, 'roles');
    await oneEditAtATime(ctx, tx);
    const own = await manager(ctx, tx);
    const role = await ownRole(tx, id);
    if (changes.version != null && changes.version !== role.version) throw roleMoved({ version: role.version });
    const before = shown(role);
    const permissions = changes.permissions
      ? knownCodes(changes.permissions, own.set.catalogue.bits)
      : role.permissions;
    const [then, now] = [new Set(permissions), new Set(role.permissions)];
    // A name is what others trust a role by, so it is for those who hold all that it grants.
    const renames = name !== undefined || description !== undefined;
    assertHoldsAll(own, [...(renames ? then.union(now) : then.symmetricDifference(now))], atTenant(own));
    // Whoever holds the role receives what is added, for as long as they hold it.
    assertHoldsUntil(own, {
      codes: [...then.difference(now)],
      scope: atTenant(own),
      receiverId: own.viewerId,
      until: null,
    });
    await mustBeUsable(tx, [...then.difference(now)], role.scopeType);
    await mustHold(ctx, tx, { id, permissions });
    await apply(tx, role, { ...changes, name, description, permissions });
    await tx.flush();
    record(ledger, 'roles', { kind: 'ROLE_UPDATED', before, after: shown(role) });
    return role;
  });
}

async function apply(
  tx: EntityManager,
  role: Role,
  { name, description, permissions, caughtUp }: RoleChanges & { permissions: string[] },
) {
  role.permissions = permissions;
  role.version += 1;
  if (name) role.name = name;
  if (description !== undefined) role.description = description;
  if (caughtUp && role.copiedFrom) role.copiedVersion = (await getRole(tx, role.copiedFrom)).version;
}

interface Gone {
  id: string;
  subject_id: string;
  scope_id: string;
  valid_from: Date | null;
  valid_until: Date | null;
}

/** Deletes a role of the tenant with its bindings and returns it as it was. Throws FORBIDDEN, NOT_FOUND, CONFLICT, POLICY_TEST_FAILED. */
export async function remove(ctx: Context, id: string, bindings?: number | null): Promise<Role> {
  return changeAccess(ctx, async (tx, ledger) => {
    touch(ledger, 'roles');
    await oneEditAtATime(ctx, tx);
    const own = await manager(ctx, tx);
    const role = await ownRole(tx, id);
    assertHoldsAll(own, role.permissions, atTenant(own));
    await mustHold(ctx, tx, { id, permissions: null });
    const gone = await tx.execute<Gone[]>(
      'delete from role_binding where tenant_id = ?::uuid and role_id = ?::uuid returning id, subject_id, scope_id, valid_from, valid_until',
      [role.tenantId, id],
    );
    if (bindings != null && gone.length !== bindings) throw roleMoved({ bindings: gone.length });
    recordGone(ledger, role, gone);
    record(ledger, 'roles', { kind: 'ROLE_DELETED', before: shown(role) });
    await tx.nativeDelete(Role, { id });
    return role;
  });
}

// The version of the tenant's roles makes every set stale, so the subjects' own counters need not move.
function recordGone(ledger: Ledger, role: Role, gone: readonly Gone[]): void {
  for (const { id, subject_id: subjectId, scope_id: scopeId, valid_from: validFrom, valid_until: validUntil } of gone) {
    const before = { id, roleId: role.id, role: role.key, validFrom, validUntil };
    record(ledger, 'none', { kind: 'BINDING_REMOVED', subjectId, scopeId, before, reason: 'role deleted' });
  }
}
