import type { Effect, MasterFlag } from '@polity/kernel/access/set';
import type { ScopeRow, ScopeType } from '@polity/kernel/access/tree';
import type { ChangeKind } from '../change/change.entity.ts';
import type { FlagOrigin } from '../flag/flag.entity.ts';

/** What is stored about one subject in one tenant, as it can be taken back change by change. */
export interface Past {
  scopes: Map<string, ScopeRow>;
  /** Permission codes by role. */
  roles: Map<string, readonly string[]>;
  bindings: Map<string, PastBinding>;
  overrides: Map<string, PastOverride>;
  flags: PastFlag[];
  /** Permission codes that counted. */
  codes: Set<string>;
}

export interface PastFlag {
  flag: MasterFlag;
  origin: FlagOrigin;
  validUntil: number | null;
}

interface Bounds {
  scopeId: string;
  validFrom: number | null;
  validUntil: number | null;
}
export interface PastBinding extends Bounds {
  roleId: string;
}
export interface PastOverride extends Bounds {
  permission: string;
  effect: Effect;
}

/** One row of the history, as far as undoing needs it. */
export interface Undoable {
  kind: ChangeKind;
  scopeId: string | null;
  before: RecordedRow | null;
  after: RecordedRow | null;
}

/** What `before` and `after` of the history hold, by kind of change. */
interface RecordedRow {
  id?: string;
  roleId?: string;
  permission?: string;
  effect?: Effect;
  flag?: MasterFlag;
  origin?: FlagOrigin;
  permissions?: string[];
  type?: ScopeType;
  parentId?: string | null;
  added?: string[];
  retired?: string[];
  validFrom?: string | null;
  validUntil?: string | null;
}

const time = (text: string | null | undefined) => (text ? Date.parse(text) : null);
const bounds = (scopeId: string | null, { validFrom, validUntil }: RecordedRow): Bounds => ({
  scopeId: scopeId ?? '',
  validFrom: time(validFrom),
  validUntil: time(validUntil),
});

function undoBinding({ bindings }: Past, { scopeId, before, after }: Undoable): void {
  if (after?.id) bindings.delete(after.id);
  if (before?.id && before.roleId) bindings.set(before.id, { roleId: before.roleId, ...bounds(scopeId, before) });
}

function undoOverride({ overrides }: Past, { scopeId, before, after }: Undoable): void {
  if (after?.id) overrides.delete(after.id);
  if (!before?.id || !before.permission || !before.effect) return;
  overrides.set(before.id, { permission: before.permission, effect: before.effect, ...bounds(scopeId, before) });
}

/** Before flags had an origin, only accounts were suspended without an end; rows that were there then were told apart in the same way. */
const originOf = ({ flag, origin, validUntil }: RecordedRow): FlagOrigin =>
  origin ?? (flag === 'SUSPENDED' && !validUntil ? 'ACCOUNT' : 'ADMINISTRATOR');

function undoFlag({ flags }: Past, { before, after }: Undoable): void {
  const set = flags.findIndex(({ flag, origin }) => after && flag === after.flag && origin === originOf(after));
  if (set >= 0) flags.splice(set, 1);
  if (before?.flag) flags.push({ flag: before.flag, origin: originOf(before), validUntil: time(before.validUntil) });
}

function undoRole({ roles }: Past, { before, after }: Undoable): void {
  if (after?.id) roles.delete(after.id);
  if (before?.id) roles.set(before.id, before.permissions ?? []);
}

function undoScope({ scopes }: Past, { kind, scopeId, before }: Undoable): void {
  if (!scopeId) return;
  const { type, parentId = null } = before ?? {};
  const known = scopes.get(scopeId);
  if (kind === 'SCOPE_REGISTERED') scopes.delete(scopeId);
  if (kind === 'SCOPE_MOVED' && known) scopes.set(scopeId, { ...known, parentId });
  if (kind === 'SCOPE_REMOVED' && type) scopes.set(scopeId, { id: scopeId, type, parentId });
}

function undoCatalogue({ codes }: Past, { after }: Undoable): void {
  for (const code of after?.added ?? []) codes.delete(code);
  for (const code of after?.retired ?? []) codes.add(code);
}

/** Takes one change back; changes are taken back in the reverse of their order. */
export function undo(past: Past, change: Undoable): void {
  const [noun] = change.kind.split('_');
  if (noun === 'BINDING') undoBinding(past, change);
  if (noun === 'OVERRIDE') undoOverride(past, change);
  if (noun === 'FLAG') undoFlag(past, change);
  if (noun === 'ROLE' || noun === 'TEMPLATE') undoRole(past, change);
  if (noun === 'SCOPE') undoScope(past, change);
  if (noun === 'CATALOGUE') undoCatalogue(past, change);
}
