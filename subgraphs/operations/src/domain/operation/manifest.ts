import { InvalidInput } from '@polity/kernel/graph/errors';

/** Operations of one manifest at most, and UTF-16 units of all its texts together. */
interface Bounds {
  operations: number;
  characters: number;
}

/** What is read within one call of a subgraph. */
const INLINE: Bounds = { operations: 1_000, characters: 512 * 1024 };
/** What a job reads: as many as one application may have, from a file of 10 MiB. */
export const UPLOADED: Bounds = { operations: 20_000, characters: 10 * 1024 * 1024 };

const FORMS = 'must be a manifest of Apollo, `{ "id": "text" }` or `[["id", "text"]]`';
const APOLLO = 'apollo-persisted-query-manifest';

/** An operation as a manifest has it. */
export interface Entry {
  id: string;
  body: string;
  /** What Apollo's manifests say besides; absent in others. */
  name?: unknown;
  type?: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function entry(id: unknown, body: unknown, more: Omit<Entry, 'id' | 'body'> = {}): Entry {
  if (typeof id !== 'string' || typeof body !== 'string') throw new InvalidInput({ manifest: FORMS });
  return { id, body, ...more };
}

function ofApollo({ version, operations }: Record<string, unknown>): Entry[] {
  if (version !== 1 || !Array.isArray(operations))
    throw new InvalidInput({ manifest: 'must be of version 1 and have a list of operations' });
  return operations.map((each: unknown) => {
    const { id, body, name, type } = isRecord(each) ? each : {};
    return entry(id, body, { name, type });
  });
}

function ofPairs(pairs: readonly unknown[]): Entry[] {
  return pairs.map((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new InvalidInput({ manifest: FORMS });
    return entry(pair[0], pair[1]);
  });
}

function entriesOf(manifest: unknown): Entry[] {
  if (Array.isArray(manifest)) return ofPairs(manifest);
  if (!isRecord(manifest)) throw new InvalidInput({ manifest: FORMS });
  if (manifest.format === APOLLO) return ofApollo(manifest);
  return Object.entries(manifest).map(([id, body]) => entry(id, body));
}

/** The operations of a manifest in any of the known forms, which are not looked at yet. Throws InvalidInput. */
export function readManifest(manifest: unknown, { operations, characters }: Bounds = INLINE): Entry[] {
  const entries = entriesOf(manifest);
  if (entries.length === 0 || entries.length > operations)
    throw new InvalidInput({ manifest: `must have 1 to ${operations} operations` });
  const given = entries.reduce((sum, { id, body }) => sum + id.length + body.length, 0);
  if (given > characters) throw new InvalidInput({ manifest: `must have ${characters} characters of text at most` });
  return entries;
}
