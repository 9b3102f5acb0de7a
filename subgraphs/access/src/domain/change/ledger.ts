import { formatStamp, maxStamp, parseStamp, type StampKeys, stampKeys, zeroStamp } from '@polity/kernel/access/stamp';
import type { ChangeKind } from './change.entity.ts';

/** One row to be of the access history. `before` and `after` hold ids and values, never a whole row of another service. */
export interface ChangeEntry {
  kind: ChangeKind;
  subjectId?: string;
  scopeId?: string;
  before?: unknown;
  after?: unknown;
  reason?: string | null;
}

/** Which version counters a write concerns; those in `touched` but not in `changed` are only confirmed again. */
export interface Counters {
  subjects: Set<string>;
  platform: Set<string>;
  roles: boolean;
  tree: boolean;
  templates: boolean;
}

const none = (): Counters => ({
  subjects: new Set(),
  platform: new Set(),
  roles: false,
  tree: false,
  templates: false,
});

/** What one transaction changed, collected while it runs. */
export interface Ledger {
  entries: ChangeEntry[];
  touched: Counters;
  changed: Counters;
}

export function newLedger(): Ledger {
  return { entries: [], touched: none(), changed: none() };
}

type Counter = 'subject' | 'platform' | 'roles' | 'tree' | 'templates' | 'none';

function count(counters: Counters, counter: Counter, subjectId: string | undefined): void {
  if (counter === 'subject' && subjectId) counters.subjects.add(subjectId);
  if (counter === 'platform' && subjectId) counters.platform.add(subjectId);
  if (counter === 'roles' || counter === 'tree' || counter === 'templates') counters[counter] = true;
}

/**
 * Says whom a verb is about, also where it then changes nothing: the first try may have been committed and never confirmed, and a
 * repeated revoke is acknowledged only once its stamp is.
 */
export function touch(ledger: Ledger, counter: Counter, subjectId?: string): void {
  count(ledger.touched, counter, subjectId);
}

/** Notes a change and the counter that it moves. */
export function record(ledger: Ledger, counter: Counter, entry: ChangeEntry): void {
  ledger.entries.push(entry);
  count(ledger.touched, counter, entry.subjectId);
  count(ledger.changed, counter, entry.subjectId);
}

/**
 * Notes that what these two see of each other changed: the versions of both move, and the history has a row for their stamps that names
 * neither of them.
 */
export function recordBlock(ledger: Ledger, pair: readonly [string, string]): void {
  ledger.entries.push({ kind: 'BLOCK_CHANGED' });
  for (const id of pair) {
    count(ledger.touched, 'subject', id);
    count(ledger.changed, 'subject', id);
  }
}

/** Values of stamp keys after a write. */
export type Stamps = Record<string, number>;

/** Keys of stamps without a subject or without a tenant; the missing id does not enter the key that is used. */
export const tenantKeys = (tenantId: string): StampKeys => stampKeys(tenantId, tenantId);
export const platformKey = (subjectId: string): string => stampKeys(subjectId, subjectId).platform;

/** The viewer's stamp as far as this write moved it, merged with what was noted before; undefined where it moved nothing. */
export function stampOf(stamps: Stamps, tenantId: string, viewerId: string, noted?: string): string | undefined {
  const keys = stampKeys(tenantId, viewerId);
  const at = (key: string) => stamps[key] ?? 0;
  const moved = { subject: at(keys.subject), roles: at(keys.roles), tree: at(keys.tree), platform: at(keys.platform) };
  const known = noted === undefined ? zeroStamp : parseStamp(noted);
  const merged = formatStamp(maxStamp(moved, known));
  return merged === formatStamp(zeroStamp) ? undefined : merged;
}

/** Those of a transaction's stamps that concern the tenant as a whole or this subject. */
export function stampsOf(stamps: Stamps, tenantId: string | null, subjectId: string | undefined): Stamps {
  const keys = new Set<string>();
  if (tenantId) for (const key of Object.values(stampKeys(tenantId, subjectId ?? tenantId))) keys.add(key);
  if (subjectId) keys.add(platformKey(subjectId));
  return Object.fromEntries(Object.entries(stamps).filter(([key]) => keys.has(key)));
}
