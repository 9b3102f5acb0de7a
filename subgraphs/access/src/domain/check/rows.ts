import type { EntityManager } from '@mikro-orm/postgresql';
import type { CatalogueEntry } from '@polity/kernel/access/catalogue';
import type { AccessRows, BindingRow, FlagRow, OverrideRow } from '@polity/kernel/access/set';
import { compileScopeTree, type ScopeRow, type ScopeTreeJson, writeScopeTree } from '@polity/kernel/access/tree';
import { isUuid, NIL_UUID } from '@polity/kernel/ids';

const span = `'validFrom', extract(epoch from valid_from) * 1000, 'validUntil', extract(epoch from valid_until) * 1000`;

// Bindings are many and all alike: as text, by role, they cost PostgreSQL far less than as JSON.
const ms = (column: string) => `coalesce((extract(epoch from ${column}) * 1000)::text, '')`;
const bounds = `case when valid_from is null and valid_until is null then ''
  else ',' || ${ms('valid_from')} || ',' || ${ms('valid_until')} end`;

// One statement is one snapshot: the versions are those of exactly these rows (protocol 5.4, step 4).
/** Prepared as `access_rows`: to plan it costs as much as to run it. */
export const ACCESS_ROWS = `(uuid, uuid[]) as select q.subject as subject_id,
  coalesce((select v from subject_version where tenant_id = $1 and subject_id = q.subject), 0) as subject,
  coalesce((select v from platform_version where subject_id = q.subject), 0) as platform,
  coalesce(t.roles_v, 0) as roles_v,
  coalesce(t.tree_v, 0) as tree_v,
  coalesce((select version from catalogue), 0) as catalogue,
  floor(extract(epoch from statement_timestamp()) * 1000) as at,
  (select json_agg(json_build_object('flag', flag, 'level', case when tenant_id is null then 'PLATFORM' else 'TENANT' end,
      'validFrom', null, 'validUntil', extract(epoch from valid_until) * 1000))
    from subject_flag where subject_id = q.subject and (tenant_id is null or tenant_id = $1)) as flags,
  held.bindings,
  (select json_agg(json_build_object('id', id, 'permission', permission, 'scopeId', scope_id, 'effect', effect, ${span}))
    from policy_override where tenant_id = $1 and subject_id = q.subject) as overrides,
  (select json_agg(blocked_id) from person_block where tenant_id = $1 and blocker_id = q.subject) as blocked,
  (select json_agg(blocker_id) from person_block where tenant_id = $1 and blocked_id = q.subject) as blockers,
  (select json_agg(json_build_object('id', r.id, 'key', r.key, 'bits',
      (select json_agg(bit) from permission where code = any(r.permissions) and retired_at is null)))
    from role r where (r.tenant_id is null or r.tenant_id = $1) and r.id = any(held.roles)) as roles
  from unnest($2) as q(subject)
  left join tenant_version t on t.tenant_id = $1
  cross join lateral (
    select string_agg(role_id::text || of_role, ';') as bindings, array_agg(role_id) as roles from (
      select role_id, string_agg(' ' || id::text || scope_id::text || ${bounds}, '') as of_role
        from role_binding where tenant_id = $1 and subject_id = q.subject group by role_id
    ) as by_role
  ) as held`;

interface FoundRows {
  subject_id: string;
  subject: string;
  platform: string;
  roles_v: string;
  tree_v: string;
  catalogue: string;
  at: string;
  flags: FlagRow[] | null;
  /**
   * Parted by semicolons, for each role its id and then, each behind a space, its bindings: id and scope without anything between them, and
   * where one has an interval `,from,until` in epoch milliseconds, empty where unbounded.
   */
  bindings: string | null;
  overrides: OverrideRow[] | null;
  blocked: string[] | null;
  blockers: string[] | null;
  roles: { id: string; key: string; bits: number[] | null }[] | null;
}

/** Mask of these bits in the form that `decodeMask` of the kernel reads: base64 of little-endian 32-bit words. */
export function maskOf(bits: readonly number[]): string {
  const bytes = Buffer.alloc((Math.floor(Math.max(-1, ...bits) / 32) + 1) * 4);
  for (const bit of bits) bytes.writeUInt8(bytes.readUInt8(bit >>> 3) | (1 << (bit & 7)), bit >>> 3);
  return bytes.toString('base64');
}

const bound = (text: string | undefined) => (text ? Number(text) : null);

const UUID_LENGTH = 36;

function bindingAt(text: string, start: number, end: number, roleId: string): BindingRow {
  const scope = start + UUID_LENGTH;
  const bounds = scope + UUID_LENGTH;
  const [, from, until] = bounds === end ? [] : text.slice(bounds, end).split(',');
  return {
    id: text.slice(start, scope),
    roleId,
    scopeId: text.slice(scope, bounds),
    validFrom: bound(from),
    validUntil: bound(until),
  };
}

function bindingsOf(text: string | null): BindingRow[] {
  const rows: BindingRow[] = [];
  for (const ofRole of text?.split(';') ?? []) {
    const roleId = ofRole.slice(0, UUID_LENGTH);
    for (let start = UUID_LENGTH + 1; start < ofRole.length; ) {
      const space = ofRole.indexOf(' ', start);
      const end = space < 0 ? ofRole.length : space;
      rows.push(bindingAt(ofRole, start, end, roleId));
      start = end + 1;
    }
  }
  return rows;
}

function rowsOf(tenantId: string, found: FoundRows): AccessRows {
  return {
    tenantId,
    subjectId: found.subject_id,
    flags: found.flags ?? [],
    bindings: bindingsOf(found.bindings),
    roles: (found.roles ?? []).map(({ id, key, bits }) => ({ id, key, mask: maskOf(bits ?? []) })),
    overrides: found.overrides ?? [],
    ...(found.blocked && { blocked: found.blocked }),
    ...(found.blockers && { blockers: found.blockers }),
    stamp: `${found.subject}.${found.roles_v}.${found.tree_v}.${found.platform}`,
    catalogueVersion: Number(found.catalogue),
    at: Number(found.at),
  };
}

/** Everything stored about each of these subjects in one tenant, with the versions of that very moment; one statement. */
export async function accessRowsOfMany(
  em: EntityManager,
  tenantId: string,
  subjectIds: readonly string[],
): Promise<AccessRows[]> {
  const found = await em.execute<FoundRows[]>('execute access_rows(?, ?)', [tenantId, `{${subjectIds.join(',')}}`]);
  return found.map((row) => rowsOf(tenantId, row));
}

/** The same for one subject. Only people and applications hold rows, and their ids are UUIDs; for others the tenant's versions are the answer. */
export async function accessRows(em: EntityManager, tenantId: string, subjectId: string): Promise<AccessRows> {
  const [found] = await accessRowsOfMany(em, tenantId, [isUuid(subjectId) ? subjectId : NIL_UUID]);
  return { ...(found as AccessRows), subjectId };
}

const TREE = `select coalesce((select tree_v from tenant_version where tenant_id = q.tenant), 0) as version,
  (select json_agg(json_build_object('id', id, 'type', type, 'parentId', parent_id, 'isOpen', is_open, 'isArchived', is_archived)) from scope where tenant_id = q.tenant) as scopes
  from (select ?::uuid as tenant) as q`;

/** All scopes of the tenant with the version of that moment; a tenant that nobody registered yet has itself only. */
export async function scopeTree(em: EntityManager, tenantId: string): Promise<ScopeTreeJson> {
  const [found] = await em.execute<[{ version: string; scopes: ScopeRow[] | null }]>(TREE, [tenantId]);
  const rows = found.scopes ?? [{ id: tenantId, type: 'TENANT', parentId: null }];
  return writeScopeTree(compileScopeTree(rows, Number(found.version)));
}

export interface CatalogueJson {
  version: number;
  entries: CatalogueEntry[];
}

const CATALOGUE = `select coalesce((select version from catalogue), 0) as version,
  (select json_agg(json_build_object('code', code, 'bit', bit, 'description', description) order by bit)
    from permission where retired_at is null) as entries`;

/** The permission codes in use with their bits. */
export async function catalogue(em: EntityManager): Promise<CatalogueJson> {
  const [found] = await em.execute<[{ version: string; entries: CatalogueEntry[] | null }]>(CATALOGUE);
  return { version: Number(found.version), entries: found.entries ?? [] };
}
