import { decodeMask, type PermissionCatalogue } from './catalogue.ts';
import { parseStamp } from './stamp.ts';
import type { ScopeTree } from './tree.ts';

export type MasterFlag = 'SUSPENDED' | 'SYSTEM_ADMIN';
export type Effect = 'ALLOW' | 'DENY';

/** When a row counts: from `validFrom` (inclusive) to `validUntil` (exclusive), epoch milliseconds; null is unbounded. */
export interface Validity {
  validFrom: number | null;
  validUntil: number | null;
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
export interface AccessSet {
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
  /** A hash table of `slots` pairs (scope number + 1, position of its first row), then one word per row. */
  readonly words: Int32Array;
  readonly slots: number;
  readonly shift: number;
  /** Bounds by row, in pairs; null where every row is unbounded. */
  readonly bounds: Float64Array | null;
  /** Ids of the rows, padded to `idLength` and joined: one string instead of one per row halves a set. */
  readonly ids: string;
  readonly idLength: number;
}

/** Thrown by `compileAccessSet` when the scope tree is older than the rows: a moved team would keep its old path. */
export class StaleScopeTree extends Error {
  override name = 'StaleScopeTree';
}

/** Kinds of row, in the order in which they are looked at within a scope. */
export const DENY_ROW = 0;
export const ALLOW_ROW = 1;
export const ROLE_ROW = 2;

interface Row {
  scope: number;
  kind: number;
  payload: number;
  id: string;
  from: number;
  until: number;
}

const GOLDEN = 0x9e3779b1;
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

function rowsOf(rows: AccessRows, catalogue: PermissionCatalogue, tree: ScopeTree): Row[] {
  const found: Row[] = [];
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
  return found.sort((a, b) => a.scope - b.scope || a.kind - b.kind || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function layOut(rows: readonly Row[]) {
  const scopes = new Set(rows.map((row) => row.scope)).size;
  let slots = 2;
  while (slots < scopes * 1.5) slots *= 2;
  const shift = 32 - Math.log2(slots);
  const words = new Int32Array(slots * 2 + rows.length);
  for (const [index, row] of rows.entries()) {
    const last = rows[index + 1]?.scope !== row.scope ? 1 : 0;
    words[slots * 2 + index] = (row.payload << 3) | (row.kind << 1) | last;
    if (rows[index - 1]?.scope === row.scope) continue;
    let slot = Math.imul(row.scope + 1, GOLDEN) >>> shift;
    while (words[slot * 2] !== 0) slot = (slot + 1) & (slots - 1);
    words[slot * 2] = row.scope + 1;
    words[slot * 2 + 1] = slots * 2 + index;
  }
  return { words, slots, shift };
}

function joinIds(rows: readonly Row[]) {
  const idLength = rows.reduce((longest, row) => Math.max(longest, row.id.length), 0);
  return { ids: rows.map((row) => row.id.padEnd(idLength, '\0')).join(''), idLength };
}

function boundsOf(rows: readonly Row[]): Float64Array | null {
  if (rows.every((row) => row.from === -Infinity && row.until === Infinity)) return null;
  return Float64Array.from(rows.flatMap((row) => [row.from, row.until]));
}

function spanAround(nowMs: number, instants: Iterable<number>): [number, number] {
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
  if (tree.version < parseStamp(rows.stamp).tree)
    throw new StaleScopeTree('The scope tree is older than the access rows.');
  const sorted = rowsOf(rows, catalogue, tree);
  const bounds = boundsOf(sorted);
  const suspensions = flagBounds(rows.flags, 'SUSPENDED');
  const administrations = flagBounds(rows.flags, 'SYSTEM_ADMIN');
  const [validFromMs, validUntilMs] = spanAround(nowMs, [...(bounds ?? NEVER), ...suspensions, ...administrations]);
  const { words, slots, shift } = layOut(sorted);
  const { ids, idLength } = joinIds(sorted);
  // One literal, every field named: a second shape makes each decision three times slower.
  return {
    tenantId: tree.tenantId,
    subjectId: rows.subjectId,
    stamp: rows.stamp,
    validFromMs,
    validUntilMs,
    catalogue,
    tree,
    suspensions,
    administrations,
    roles: rows.roles.length === 0 ? [] : rows.roles.map((role) => internRole(catalogue, role)),
    hasOverrides: sorted.some((row) => row.kind !== ROLE_ROW),
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

/** Position in `words` of the first row at a scope number; -1 where the set has none. */
export function firstRow(set: AccessSet, scope: number): number {
  const words = set.words;
  const wrap = set.slots - 1;
  let slot = Math.imul(scope + 1, GOLDEN) >>> set.shift;
  for (;;) {
    const key = words[slot * 2] as number;
    if (key === scope + 1) return words[slot * 2 + 1] as number;
    if (key === 0) return -1;
    slot = (slot + 1) & wrap;
  }
}

/** Whether the row at a position of `words` counts at this instant. */
export function isLiveRow(set: AccessSet, position: number, nowMs: number): boolean {
  const bounds = set.bounds;
  if (bounds === null) return true;
  const at = (position - set.slots * 2) * 2;
  return (bounds[at] as number) <= nowMs && nowMs < (bounds[at + 1] as number);
}

/** Id of the binding or override at a position of `words`. */
export function rowId(set: AccessSet, position: number): string {
  const start = (position - set.slots * 2) * set.idLength;
  const id = set.ids.slice(start, start + set.idLength);
  return id.charCodeAt(set.idLength - 1) === 0 ? id.slice(0, id.indexOf('\0')) : id;
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
