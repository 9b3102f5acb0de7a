import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import type { ScopeRef, ScopeType } from '@polity/kernel/access/tree';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
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
  /** Whether everybody who reaches the tenant may know of it; absent leaves it as it is, and hidden where it is new. */
  open?: boolean | null;
  /** Whether nothing new may come to it; absent leaves it as it is. */
  archived?: boolean | null;
}

/** Where a row lies, as a statement finds it together with the row. */
export interface Placed {
  type: ScopeType;
  scope_id: string;
}

/** The scope of a row that was found; the tenant where none was, so that the same is asked of both. */
export const scopeOr = (found: Placed | undefined, { tenantId }: Pick<Authorizer, 'tenantId'>): ScopeRef =>
  found ? { type: found.type, id: found.scope_id } : { type: 'TENANT', id: tenantId };

const PARENT_TYPE = { TENANT: null, COMMUNITY: 'TENANT', TEAM: 'COMMUNITY' } as const;

/** The scope of this type and id in the tenant; throws NotFound for a missing one and for one of another type. */
export async function getScope(em: EntityManager, { type, id }: ScopeRef): Promise<Scope> {
  const scope = isUuid(id) ? await em.findOne(Scope, { id, type }) : null;
  if (!scope) throw scopeNotFound();
  return scope;
}

/** Makes a scope known, moves it below another parent, or notes what its owner says of it. Throws NotFound for an unknown parent, Conflict for a taken id. */
export async function registerScope(ctx: Context, input: ScopeRegistration): Promise<boolean> {
  const tenantId = tenantOf(ctx);
  checkShape(input, tenantId);
  return changeAccess(ctx, async (tx, ledger) => {
    touch(ledger, 'tree');
    if (input.type === 'COMMUNITY') await place(tx, ctx, ledger, { type: 'TENANT', id: tenantId });
    await place(tx, ctx, ledger, input);
    return true;
  });
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

async function place(tx: EntityManager, ctx: Context, ledger: Ledger, input: ScopeRegistration): Promise<void> {
  const { type, id } = input;
  const tenantId = tenantOf(ctx);
  const parentId = type === 'TENANT' ? null : type === 'COMMUNITY' ? tenantId : (input.parentId as string);
  const parentType = PARENT_TYPE[type];
  if (parentId && parentType) await getScope(tx, { type: parentType, id: parentId });
  const [added] = await tx.execute(
    `insert into scope (id, created_at, tenant_id, type, parent_id, is_open, is_archived)
     values (?::uuid, now(), ?::uuid, ?, ?::uuid, ?, ?) on conflict do nothing returning id`,
    [id, tenantId, type, parentId, input.open ?? false, input.archived ?? false],
  );
  if (added) return record(ledger, 'tree', { kind: 'SCOPE_REGISTERED', scopeId: id, after: { type, parentId } });
  const scope = await tx.findOne(Scope, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (scope?.type !== type) throw scopeTaken();
  const after = { parentId, isOpen: input.open ?? scope.isOpen, isArchived: input.archived ?? scope.isArchived };
  await become(tx, ctx, ledger, scope, after);
}

type State = Pick<Scope, 'parentId' | 'isOpen' | 'isArchived'>;

async function become(tx: EntityManager, ctx: Context, ledger: Ledger, scope: Scope, after: State): Promise<void> {
  const { id, type, parentId, isOpen, isArchived } = scope;
  const before = { parentId, isOpen, isArchived };
  if (before.parentId === after.parentId && isOpen === after.isOpen && isArchived === after.isArchived) return;
  record(ledger, 'tree', { kind: 'SCOPE_MOVED', scopeId: id, before, after });
  Object.assign(scope, after);
  const isLess = (isOpen && !after.isOpen) || (!isArchived && after.isArchived);
  if (isLess)
    await recordEvent(tx, ctx, 'access.scope.restricted', { subject: id, data: { scopeType: type, scopeId: id } });
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
    // What lies below comes first, as whoever removes row by row would do it.
    for (const { id: scopeId, type: scopeType } of gone.toReversed())
      await recordEvent(tx, ctx, 'access.scope.removed', { subject: scopeId, data: { scopeType, scopeId } });
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
