import { type Blocks, blocksOf } from './blocks.ts';
import { decodeMask, type PermissionCatalogue } from './catalogue.ts';
import {
  ALLOW_ROW,
  DENY_ROW,
  type DecidingRow,
  isBounded,
  type PackedRows,
  packRows,
  ROLE_ROW,
} from './packed-rows.ts';
import { formatStamp, parseStamp } from './stamp.ts';
import type { ScopeTree } from './tree.ts';

export type MasterFlag = 'SUSPENDED' | 'SYSTEM_ADMIN';
export type Effect = 'ALLOW' | 'DENY';

/** When a row counts: from `validFrom` (inclusive) to `validUntil` (exclusive), epoch milliseconds; null is unbounded. */
export interface Validity {
  validFrom: number | null;
  validUntil: number | null;
}

/** Whether a stored row counts at this instant. */
export function isLive({ validFrom, validUntil }: Validity, nowMs: number): boolean {
  return (validFrom === null || validFrom <= nowMs) && (validUntil === null || nowMs < validUntil);
}

/** A master flag, of one tenant or of the platform; both kinds act alike. */
export interface FlagRow extends Validity {
  flag: MasterFlag;
  level: 'TENANT' | 'PLATFORM';
}

export interface BindingRow extends Validity {
  id: string;
  roleId: string;
  scopeId: string;
}

/** A role with its permissions as `encodeMask` writes them. */
export interface RoleRow {
  id: string;
  key: string;
  mask: string;
}

export interface OverrideRow extends Validity {
  id: string;
  permission: string;
  scopeId: string;
  effect: Effect;
}

/** Everything stored about one subject in one tenant: the wire form of an access set, which every reader compiles for itself. */
export interface AccessRows {
  tenantId: string;
  /** Null for the anonymous viewer. */
  subjectId: string | null;
  flags: readonly FlagRow[];
  bindings: readonly BindingRow[];
  roles: readonly RoleRow[];
  overrides: readonly OverrideRow[];
  /** People whom the subject has blocked; none where absent. */
  blocked?: readonly string[];
  /** People who have blocked the subject; none where absent. */
  blockers?: readonly string[];
  /** Versions the rows were read at, as `formatStamp` writes them. */
  stamp: string;
  /** Catalogue the masks were written with. An older one compiles them too, and does not know the newest codes. */
  catalogueVersion: number;
  /** Database time of the reading, epoch milliseconds. */
  at: number;
}

/** A role shared by all sets that were compiled with the same catalogue. */
export interface CompiledRole {
  readonly id: string;
  readonly key: string;
  readonly mask: Uint32Array;
}

/**
 * Compiled permissions of one subject in one tenant. It decides exactly for any instant, since bounded rows keep their bounds;
 * `validFromMs <= now < validUntilMs` is the span around its compilation in which no row starts or ends and no answer changes.
 */
export interface AccessSet extends PackedRows {
  readonly tenantId: string;
  readonly subjectId: string | null;
  readonly stamp: string;
  readonly validFromMs: number;
  readonly validUntilMs: number;
  readonly catalogue: PermissionCatalogue;
  readonly tree: ScopeTree;
  /** Bounds of the flags, as pairs of epoch milliseconds. */
  readonly suspensions: readonly number[];
  readonly administrations: readonly number[];
  readonly roles: readonly CompiledRole[];
  readonly hasOverrides: boolean;
  /** Between whom and the subject a block stands; it decides nothing, and hides. */
  readonly blocks: Blocks;
}

/** Thrown by `compileAccessSet` when the scope tree is older than the rows: a moved team would keep its old path. */
export class StaleScopeTree extends Error {
  override name = 'StaleScopeTree';
}

const MAX_INTERNED = 10_000;
const NEVER: readonly number[] = Object.freeze([]);
const interned = new WeakMap<PermissionCatalogue, Map<string, CompiledRole>>();

function internRole(catalogue: PermissionCatalogue, { id, key, mask }: RoleRow): CompiledRole {
  const roles = interned.get(catalogue) ?? new Map<string, CompiledRole>();
  interned.set(catalogue, roles);
  const name = `${id.length}:${id}${key.length}:${key}${mask}`;
  let role = roles.get(name);
  if (role === undefined) {
    if (roles.size >= MAX_INTERNED) roles.clear();
    role = { id, key, mask: decodeMask(catalogue, mask) };
    roles.set(name, role);
  }
  return role;
}

function bound(value: number | null, unbounded: number): number {
  if (value === null) return unbounded;
  // A time that cannot be read must not turn a DENY off or an ALLOW on.
  if (typeof value !== 'number' || Number.isNaN(value)) throw new Error('A validity bound is not a time.');
  return value;
}

function flagBounds(flags: readonly FlagRow[], flag: MasterFlag): readonly number[] {
  const found = flags.filter((row) => row.flag === flag);
  if (found.length === 0) return NEVER;
  return found.flatMap((row) => [bound(row.validFrom, -Infinity), bound(row.validUntil, Infinity)]);
}

function rowsOf(rows: AccessRows, catalogue: PermissionCatalogue, tree: ScopeTree): DecidingRow[] {
  const found: DecidingRow[] = [];
  const roleSlots = new Map(rows.roles.map((role, slot) => [role.id, slot]));
  const add = (row: Validity & { id: string; scopeId: string }, kind: number, payload: number) => {
    const scope = tree.indexes.get(row.scopeId);
    const [from, until] = [bound(row.validFrom, -Infinity), bound(row.validUntil, Infinity)];
    if (scope !== undefined) found.push({ scope, kind, payload, id: row.id, from, until });
  };
  for (const override of rows.overrides) {
    const bit = catalogue.bits.get(override.permission);
    if (bit !== undefined) add(override, override.effect === 'ALLOW' ? ALLOW_ROW : DENY_ROW, bit);
  }
  for (const binding of rows.bindings) {
    const slot = roleSlots.get(binding.roleId);
    if (slot === undefined) throw new Error(`Binding ${binding.id} names a role that is not among the rows.`);
    add(binding, ROLE_ROW, slot);
  }
  return found;
}

function spanAround(nowMs: number, instants: readonly number[]): [number, number] {
  let [from, until] = [-Infinity, Infinity];
  for (const instant of instants) {
    if (instant <= nowMs) from = Math.max(from, instant);
    else until = Math.min(until, instant);
  }
  return [from, until];
}

/**
 * Compiles stored rows (a few microseconds). Rows at scopes or about permissions that no longer exist are left out.
 * `nowMs` is epoch milliseconds. Throws StaleScopeTree for a tree older than the stamp, an Error for malformed rows.
 */
export function compileAccessSet(
  rows: AccessRows,
  catalogue: PermissionCatalogue,
  tree: ScopeTree,
  nowMs: number,
): AccessSet {
  if (rows.tenantId !== tree.tenantId) throw new Error('Access rows and scope tree are of different tenants.');
  const seen = parseStamp(rows.stamp);
  if (tree.version < seen.tree) throw new StaleScopeTree('The scope tree is older than the access rows.');
  const deciding = rowsOf(rows, catalogue, tree);
  const suspensions = flagBounds(rows.flags, 'SUSPENDED');
  const administrations = flagBounds(rows.flags, 'SYSTEM_ADMIN');
  const instants = deciding.filter(isBounded).flatMap((row) => [row.from, row.until]);
  const [validFromMs, validUntilMs] = spanAround(nowMs, [...instants, ...suspensions, ...administrations]);
  const { words, slots, shift, bounds, ids, idLength } = packRows(deciding);
  // One literal, every field named: a second shape makes each decision three times slower.
  return {
    tenantId: tree.tenantId,
    subjectId: rows.subjectId,
    // The tree may be newer than the rows, and what a decision names as its version must be what it rests on.
    stamp: tree.version === seen.tree ? rows.stamp : formatStamp({ ...seen, tree: tree.version }),
    validFromMs,
    validUntilMs,
    catalogue,
    tree,
    suspensions,
    administrations,
    roles: rows.roles.length === 0 ? [] : rows.roles.map((role) => internRole(catalogue, role)),
    hasOverrides: deciding.some((row) => row.kind !== ROLE_ROW),
    blocks: blocksOf(rows.blocked, rows.blockers),
    words,
    slots,
    shift,
    bounds,
    ids,
    idLength,
  };
}

/** The set of a viewer about whom nothing is stored, such as the anonymous one. */
export function emptyAccessSet(
  catalogue: PermissionCatalogue,
  tree: ScopeTree,
  stamp = `0.0.${tree.version}.0`,
): AccessSet {
  const { tenantId } = tree;
  const nothing = { flags: [], bindings: [], roles: [], overrides: [] };
  const rows = { tenantId, subjectId: null, ...nothing, stamp, catalogueVersion: catalogue.version, at: 0 };
  return compileAccessSet(rows, catalogue, tree, 0);
}

const confined = new WeakMap<AccessSet, AccessSet>();

/** The same set without what reaches beyond its tenant: for a session that is valid in the one tenant only. */
export function withinTenant(set: AccessSet): AccessSet {
  if (set.administrations.length === 0) return set;
  const known = confined.get(set) ?? { ...set, administrations: NEVER };
  confined.set(set, known);
  return known;
}

/** Instants at which an answer of the set may change: where a row starts or ends. */
export function changesOf({ bounds, suspensions, administrations }: AccessSet): number[] {
  return [...bounds.filter((_, index) => index % 3 > 0), ...suspensions, ...administrations];
}

function within(pairs: readonly number[], nowMs: number): boolean {
  for (let i = 0; i < pairs.length; i += 2) {
    if ((pairs[i] as number) <= nowMs && nowMs < (pairs[i + 1] as number)) return true;
  }
  return false;
}

/** Whether a suspension, of the tenant or of the platform, is live. */
export function isSuspended(set: AccessSet, nowMs: number = Date.now()): boolean {
  return set.suspensions.length !== 0 && within(set.suspensions, nowMs);
}

/** Whether the system administrator flag is live; a suspension goes before it. */
export function isSystemAdmin(set: AccessSet, nowMs: number = Date.now()): boolean {
  return set.administrations.length !== 0 && within(set.administrations, nowMs);
}
