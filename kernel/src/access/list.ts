import { codesOf, type PermissionCatalogue } from './catalogue.ts';
import { ALLOW_ROW, DENY_ROW, firstRow, isLiveRow, nextRow, ROLE_ROW, rowKind, rowPayload } from './packed-rows.ts';
import { type AccessSet, isSuspended, isSystemAdmin } from './set.ts';
import { type ScopeRef, scopeIndex } from './tree.ts';

/** Scopes at which a permission is held; `everything` says that none of the tenant, present or future, lies outside. */
export interface HeldScopes {
  readonly everything: boolean;
  readonly scopeIds: string[];
}

/** All permissions held at one scope. */
export interface EffectiveAccess {
  readonly scope: ScopeRef;
  readonly permissions: readonly string[];
}

const allCodes = (catalogue: PermissionCatalogue) => catalogue.codes.filter((code) => code !== undefined);

const hasBit = (mask: Uint32Array | undefined, bit: number) => (((mask?.[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;

function addBit(mask: Uint32Array, bit: number): void {
  mask[bit >>> 5] = (mask[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

function addMask(mask: Uint32Array, more: Uint32Array | undefined): void {
  for (let word = 0; word < mask.length; word++) mask[word] = (mask[word] ?? 0) | (more?.[word] ?? 0);
}

const DENIED = 1;
const GRANTED = 2;

function ownState(set: AccessSet, scope: number, bit: number, nowMs: number): number {
  let state = 0;
  for (let position = firstRow(set, scope); position >= 0; position = nextRow(set, position)) {
    const kind = rowKind(set, position);
    const payload = rowPayload(set, position);
    const meant = kind === ROLE_ROW ? hasBit(set.roles[payload]?.mask, bit) : payload === bit;
    if (meant && isLiveRow(set, position, nowMs)) state |= kind === DENY_ROW ? DENIED : GRANTED;
  }
  return state;
}

/** Every scope at which `decide` allows the permission; complete, in the order of the tree. */
export function scopesWhere(set: AccessSet, permission: string, nowMs: number = Date.now()): HeldScopes {
  const { refs, parents } = set.tree;
  const bit = set.catalogue.bits.get(permission);
  if (bit === undefined || isSuspended(set, nowMs)) return { everything: false, scopeIds: [] };
  if (isSystemAdmin(set, nowMs)) return { everything: true, scopeIds: refs.map((ref) => ref.id) };
  const states = new Uint8Array(refs.length);
  const scopeIds: string[] = [];
  // A parent is numbered before its children, so its state is already there.
  for (let scope = 0; scope < refs.length; scope++) {
    const inherited = scope === 0 ? 0 : (states[parents[scope] as number] as number);
    const state = inherited | ownState(set, scope, bit, nowMs);
    states[scope] = state;
    if (state === GRANTED) scopeIds.push((refs[scope] as ScopeRef).id);
  }
  return { everything: refs.length > 0 && scopeIds.length === refs.length, scopeIds };
}

interface Masks {
  granted: Uint32Array;
  denied: Uint32Array;
}

/** Adds the rows of one scope to the masks of its parent; without rows the parent's own masks are the answer. */
function masksAt(set: AccessSet, scope: number, inherited: Masks, nowMs: number): Masks {
  let position = firstRow(set, scope);
  if (position < 0) return inherited;
  const granted = inherited.granted.slice();
  const denied = inherited.denied.slice();
  for (; position >= 0; position = nextRow(set, position)) {
    if (!isLiveRow(set, position, nowMs)) continue;
    const kind = rowKind(set, position);
    const payload = rowPayload(set, position);
    if (kind === ROLE_ROW) addMask(granted, set.roles[payload]?.mask);
    else addBit(kind === ALLOW_ROW ? granted : denied, payload);
  }
  return { granted, denied };
}

function codesHeld(set: AccessSet, { granted, denied }: Masks): string[] {
  return codesOf(
    set.catalogue,
    granted.map((word, index) => word & ~(denied[index] as number)),
  );
}

function noMasks(set: AccessSet): Masks {
  return { granted: new Uint32Array(set.catalogue.words), denied: new Uint32Array(set.catalogue.words) };
}

/** Every permission that `decide` allows at the scope, in catalogue order; empty for an unknown scope. */
export function permissionsAt(set: AccessSet, scope: ScopeRef, nowMs: number = Date.now()): string[] {
  const at = scopeIndex(set.tree, scope);
  if (at < 0 || isSuspended(set, nowMs)) return [];
  if (isSystemAdmin(set, nowMs)) return allCodes(set.catalogue);
  let masks = noMasks(set);
  for (let index = at; index >= 0; index = set.tree.parents[index] as number) masks = masksAt(set, index, masks, nowMs);
  return codesHeld(set, masks);
}

/** Every scope with the permissions held there, complete and in the order of the tree; scopes without any are left out. */
export function effectiveAccess(set: AccessSet, nowMs: number = Date.now()): EffectiveAccess[] {
  const { refs, parents } = set.tree;
  if (isSuspended(set, nowMs)) return [];
  if (isSystemAdmin(set, nowMs)) {
    const permissions = allCodes(set.catalogue);
    return refs.map((scope) => ({ scope, permissions }));
  }
  const none = noMasks(set);
  const masks: Masks[] = [];
  const codes = new Map<Masks, string[]>();
  const found: EffectiveAccess[] = [];
  for (const [index, scope] of refs.entries()) {
    const held = masksAt(set, index, masks[parents[index] as number] ?? none, nowMs);
    masks.push(held);
    const permissions = codes.get(held) ?? codesHeld(set, held);
    codes.set(held, permissions);
    if (permissions.length > 0) found.push({ scope, permissions });
  }
  return found;
}
