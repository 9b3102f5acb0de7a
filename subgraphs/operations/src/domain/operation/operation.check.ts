import { setImmediate as turn } from 'node:timers/promises';
import type { Entry } from './manifest.ts';
import { type Breach, ManifestRefused } from './operation.errors.ts';

/** An operation that may be published. */
export interface Checked {
  documentId: string;
  name: string | null;
  type: 'query' | 'mutation';
  body: string;
  sha256: string;
  /** Hash of the document in normal form. */
  normalHash: string;
}

/** What comes of looking at one operation. */
export type Outcome = Checked | { breach: Omit<Breach, 'id'> };

/** Looks at one operation of a manifest. */
export type Check = (entry: Entry) => Outcome;

/** Documents after which others get their turn: reading the largest takes some milliseconds. */
const AT_A_TIME = 10;
const MAX_SHOWN_ID = 300;

/**
 * Operations by their ids, each once; `onTurn` hears now and then how many were looked at. Throws ManifestRefused with everything that is wrong.
 */
export async function checkAll(
  check: Check,
  entries: readonly Entry[],
  onTurn?: (done: number) => Promise<void>,
): Promise<Checked[]> {
  const found = new Map<string, Checked>();
  const breaches: Breach[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index % AT_A_TIME === 0) {
      await turn();
      await onTurn?.(index);
    }
    const each = check(entry);
    if ('breach' in each) {
      breaches.push({ id: entry.id.slice(0, MAX_SHOWN_ID).toWellFormed(), ...each.breach });
      continue;
    }
    const same = found.get(each.documentId);
    if (same && same.sha256 !== each.sha256)
      breaches.push({ id: each.documentId, code: 'ID_TWICE', message: 'The manifest has two texts for this id.' });
    found.set(each.documentId, each);
  }
  if (breaches.length > 0) throw new ManifestRefused(breaches);
  return [...found.values()];
}
