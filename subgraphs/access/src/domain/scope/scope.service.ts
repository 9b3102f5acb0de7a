import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { Asker } from '@polity/kernel/access/asker';
import type { ScopeRef, ScopeType } from '@polity/kernel/access/tree';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { publish } from '../../events.ts';
import { tenantOf } from '../../tenant.ts';
import { changeAccess } from '../change/change.service.ts';
import { type Ledger, record, touch } from '../change/ledger.ts';
import { idArray } from '../change/version.service.ts';
import { Scope } from './scope.entity.ts';
import { scopeNotFound, scopeTaken } from './scope.errors.ts';

export interface ScopeRegistration {
  type: ScopeType;
  id: string;
  parentId?: string | null;
}

/** Where a row lies, as a statement finds it together with the row. */
export interface Placed {
  type: ScopeType;
  scope_id: string;
}

/** The scope of a row that was found; the tenant where none was, so that the same is asked of both. */
export const scopeOr = (found: Placed | undefined, { tenantId }: Pick<Asker, 'tenantId'>): ScopeRef =>
  found ? { type: found.type, id: found.scope_id } : { type: 'TENANT', id: tenantId };

const PARENT_TYPE = { TENANT: null, COMMUNITY: 'TENANT', TEAM: 'COMMUNITY' } as const;

/** The scope of this type and id in the tenant; throws NotFound for a missing one and for one of another type. */
export async function getScope(em: EntityManager, { type, id }: ScopeRef): Promise<Scope> {
  const scope = isUuid(id) ? await em.findOne(Scope, { id, type }) : null;
  if (!scope) throw scopeNotFound();
  return scope;
}

/** Makes a scope known, or moves it below another parent. Throws NotFound for an unknown parent, Conflict for a taken id. */
export async function registerScope(ctx: Context, input: ScopeRegistration): Promise<boolean> {
  const tenantId = tenantOf(ctx);
  checkShape(input, tenantId);
  try {
    return await changeAccess(ctx, async (tx, ledger) => {
      touch(ledger, 'tree');
      if (input.type === 'COMMUNITY') await place(tx, ledger, tenantId, { type: 'TENANT', id: tenantId });
      await place(tx, ledger, tenantId, input);
      return true;
    });
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw scopeTaken(error);
    throw error;
  }
}

function checkShape({ type, id, parentId }: ScopeRegistration, tenantId: string): void {
  const problems: Record<string, string> = {};
  if (!isUuid(id)) problems.id = 'is not a UUID';
  if (type === 'TENANT' && id !== tenantId) problems.id = 'is not the tenant of the request';
  if (type === 'TENANT' && parentId) problems.parentId = 'a tenant has no parent';
  if (type === 'COMMUNITY' && parentId && parentId !== tenantId) problems.parentId = 'a community lies in its tenant';
  if (type === 'TEAM' && !isUuid(parentId)) problems.parentId = 'a team needs its community';
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}

async function place(tx: EntityManager, ledger: Ledger, tenantId: string, input: ScopeRegistration): Promise<void> {
  const { type, id } = input;
  const parentId = type === 'TENANT' ? null : type === 'COMMUNITY' ? tenantId : (input.parentId as string);
  const parentType = PARENT_TYPE[type];
  if (parentId && parentType) await getScope(tx, { type: parentType, id: parentId });
  const [added] = await tx.execute(
    `insert into scope (id, created_at, tenant_id, type, parent_id) values (?::uuid, now(), ?::uuid, ?, ?::uuid)
     on conflict do nothing returning id`,
    [id, tenantId, type, parentId],
  );
  if (added) return record(ledger, 'tree', { kind: 'SCOPE_REGISTERED', scopeId: id, after: { type, parentId } });
  const scope = await tx.findOne(Scope, { id });
  if (scope?.type !== type) throw scopeTaken();
  if (scope.parentId === parentId) return;
  record(ledger, 'tree', {
    kind: 'SCOPE_MOVED',
    scopeId: id,
    before: { parentId: scope.parentId },
    after: { parentId },
  });
  scope.parentId = parentId;
}

const BELOW = `with recursive gone as (
    select id, type, parent_id from scope where tenant_id = ?::uuid and id = ?::uuid and type = ? and type <> 'TENANT'
    union all select scope.id, scope.type, scope.parent_id from scope join gone on scope.parent_id = gone.id
      where scope.tenant_id = ?::uuid
  ) select id, type, parent_id from gone`;

interface Gone {
  id: string;
  type: ScopeType;
  parent_id: string;
}

interface RemovedRow {
  id: string;
  subject_id: string;
  scope_id: string;
  what: Record<string, unknown>;
}

const REMOVALS = [
  { table: 'role_binding', kind: 'BINDING_REMOVED', what: "'roleId', role_id" },
  { table: 'policy_override', kind: 'OVERRIDE_REMOVED', what: "'permission', permission, 'effect', effect" },
] as const;

/** Forgets a community or team with all that lies below, its bindings and its overrides. What is not there is removed already. */
export async function removeScope(ctx: Context, { type, id }: ScopeRef): Promise<boolean> {
  const tenantId = tenantOf(ctx);
  if (type === 'TENANT') throw new InvalidInput({ scope: 'a tenant cannot be removed' });
  return changeAccess(ctx, async (tx, ledger) => {
    touch(ledger, 'tree');
    const gone = isUuid(id) ? await tx.execute<Gone[]>(BELOW, [tenantId, id, type, tenantId]) : [];
    if (gone.length === 0) return true;
    const ids = idArray(gone.map((row) => row.id));
    // Bindings made at the same time wait here, then find no scope to refer to.
    await tx.execute('select 1 from scope where tenant_id = ?::uuid and id = any(?::uuid[]) for update', [
      tenantId,
      ids,
    ]);
    await removeGrants(tx, ledger, tenantId, ids);
    await tx.execute('delete from scope where tenant_id = ?::uuid and id = any(?::uuid[])', [tenantId, ids], 'run');
    for (const { id: scopeId, type: scopeType, parent_id: parentId } of gone) {
      record(ledger, 'tree', { kind: 'SCOPE_REMOVED', scopeId, before: { type: scopeType, parentId } });
    }
    await publish(tx, ctx, 'access.scope.removed', { subject: id, data: { scopeType: type, scopeId: id } });
    return true;
  });
}

// The tree's version makes every set of the tenant stale, so the subjects' own counters need not move.
async function removeGrants(tx: EntityManager, ledger: Ledger, tenantId: string, ids: string): Promise<void> {
  for (const { table, kind, what } of REMOVALS) {
    const sql = `delete from ${table} where tenant_id = ?::uuid and scope_id = any(?::uuid[]) returning id, subject_id, scope_id,
      jsonb_build_object('id', id, ${what}, 'validFrom', valid_from, 'validUntil', valid_until) as what`;
    for (const row of await tx.execute<RemovedRow[]>(sql, [tenantId, ids])) {
      const { subject_id: subjectId, scope_id: scopeId, what: before } = row;
      record(ledger, 'none', { kind, subjectId, scopeId, before, reason: 'scope removed' });
    }
  }
}
