import type { EntityManager } from '@mikro-orm/postgresql';
import { stampKeys } from '@polity/kernel/access/stamp';
import { type Counters, type Ledger, platformKey, type Stamps, tenantKeys } from './ledger.ts';

interface SubjectRow {
  subject_id: string;
  v: string;
}
interface TenantRow {
  tenant_id: string;
  roles_v: string;
  tree_v: string;
}

/** PostgreSQL array literal of ids, sorted so that two writers lock rows in one order. */
export const idArray = (ids: Iterable<string>): string => `{${[...ids].sort().join(',')}}`;

const BUMP_SUBJECTS = `insert into subject_version (tenant_id, subject_id, v)
  select ?::uuid, id, 1 from unnest(?::uuid[]) as id
  on conflict (tenant_id, subject_id) do update set v = subject_version.v + 1 returning subject_id, v`;
const BUMP_PLATFORM = `insert into platform_version (subject_id, v)
  select id, 1 from unnest(?::uuid[]) as id
  on conflict (subject_id) do update set v = platform_version.v + 1 returning subject_id, v`;
const BUMP_TENANT = `insert into tenant_version (tenant_id, roles_v, tree_v) values (?::uuid, ?::int, ?::int)
  on conflict (tenant_id) do update set roles_v = tenant_version.roles_v + excluded.roles_v,
    tree_v = tenant_version.tree_v + excluded.tree_v returning tenant_id, roles_v, tree_v`;
const READ_SUBJECTS =
  'select subject_id, v from subject_version where tenant_id = ?::uuid and subject_id = any(?::uuid[])';
const READ_PLATFORM = 'select subject_id, v from platform_version where subject_id = any(?::uuid[])';
const READ_TENANT = 'select tenant_id, roles_v, tree_v from tenant_version where tenant_id = ?::uuid';

async function tenantStamps(tx: EntityManager, tenantId: string, { touched, changed }: Ledger, stamps: Stamps) {
  if (!touched.roles && !touched.tree) return;
  const moves = changed.roles || changed.tree;
  const params = moves ? [tenantId, changed.roles ? 1 : 0, changed.tree ? 1 : 0] : [tenantId];
  const [row] = await tx.execute<TenantRow[]>(moves ? BUMP_TENANT : READ_TENANT, params);
  if (!row) return;
  const keys = tenantKeys(tenantId);
  if (touched.roles) stamps[keys.roles] = Number(row.roles_v);
  if (touched.tree) stamps[keys.tree] = Number(row.tree_v);
}

/** Every tenant has a row from its first scope on, and no set of a tenant without scopes allows anything. */
async function templateStamps(tx: EntityManager, stamps: Stamps) {
  const sql = 'update tenant_version set roles_v = roles_v + 1 returning tenant_id, roles_v, tree_v';
  for (const row of await tx.execute<TenantRow[]>(sql)) stamps[tenantKeys(row.tenant_id).roles] = Number(row.roles_v);
}

async function subjectStamps(tx: EntityManager, tenantId: string, { touched, changed }: Ledger, stamps: Stamps) {
  const still = touched.subjects.difference(changed.subjects);
  const rows: SubjectRow[] = [];
  if (changed.subjects.size > 0)
    rows.push(...(await tx.execute<SubjectRow[]>(BUMP_SUBJECTS, [tenantId, idArray(changed.subjects)])));
  if (still.size > 0) rows.push(...(await tx.execute<SubjectRow[]>(READ_SUBJECTS, [tenantId, idArray(still)])));
  for (const row of rows) stamps[stampKeys(tenantId, row.subject_id).subject] = Number(row.v);
}

async function platformStamps(tx: EntityManager, { touched, changed }: Ledger, stamps: Stamps) {
  const still = touched.platform.difference(changed.platform);
  const rows: SubjectRow[] = [];
  if (changed.platform.size > 0)
    rows.push(...(await tx.execute<SubjectRow[]>(BUMP_PLATFORM, [idArray(changed.platform)])));
  if (still.size > 0) rows.push(...(await tx.execute<SubjectRow[]>(READ_PLATFORM, [idArray(still)])));
  for (const row of rows) stamps[platformKey(row.subject_id)] = Number(row.v);
}

const anySubject = (counters: Counters) => counters.subjects.size > 0;

/**
 * Moves the counters of what changed and reads those of what was only touched. Runs last in the transaction: the row locks it takes make
 * the order of versions the order of commits.
 */
export async function moveVersions(tx: EntityManager, tenantId: string | null, ledger: Ledger): Promise<Stamps> {
  const stamps: Stamps = {};
  if (ledger.changed.templates) await templateStamps(tx, stamps);
  if (tenantId !== null) await tenantStamps(tx, tenantId, ledger, stamps);
  if (tenantId !== null && anySubject(ledger.touched)) await subjectStamps(tx, tenantId, ledger, stamps);
  if (ledger.touched.platform.size > 0) await platformStamps(tx, ledger, stamps);
  return stamps;
}
