import type { Runtime } from '../graph/subgraph.ts';
import type { JobDefinition } from '../jobs/job.ts';
import { metrics } from '../metrics/metrics.ts';
import { INCOMING, WAITS_SECONDS } from './arrived.ts';
import type { FileStore, StoredFile } from './store.ts';

const HOUR_MS = 3_600_000;
/** How long a file stays that nothing refers to: longer than a backup takes, which copies files after rows. */
const KEPT_MS = 24 * HOUR_MS;
const BATCH = 500;

const SWEEP = 'select sweep_files(?::timestamptz, ?::timestamptz, ?::int) as name';
const KNOWN = 'select known_files(?::text[]) as name';

/** Keys of files that were written before a moment, so many at a time. */
async function* olderThan(files: AsyncIterable<StoredFile>, before: number): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const { key, writtenAt } of files) {
    if (writtenAt >= before) continue;
    batch.push(key);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const told = (service: string, what: string, removed: number): number => {
  metrics().housekeepingRemoved.inc({ service, what }, removed);
  return removed;
};

async function removeUnreferred({ name: space, em, clock, files }: Runtime, signal: AbortSignal): Promise<number> {
  const since = new Date(clock.nowMs() - KEPT_MS);
  let removed = 0;
  for (let gone = BATCH; gone === BATCH && !signal.aborted; removed += gone) {
    const rows = await em(null).execute<{ name: string }[]>(SWEEP, [clock.now(), since, BATCH]);
    // The row first: a file without a row is found below, a row without a file by nobody.
    await files.store.remove(rows.map(({ name }) => `${space}/${name}`));
    gone = rows.length;
  }
  return told(space, 'files', removed);
}

/** What was claimed by a verb that then failed, or outlived its row by a crash. */
async function removeUnknown({ name: space, em, clock, files }: Runtime, signal: AbortSignal): Promise<number> {
  let removed = 0;
  for await (const keys of olderThan(files.store.list(space), clock.nowMs() - KEPT_MS)) {
    if (signal.aborted) break;
    const names = keys.map((key) => key.slice(space.length + 1));
    const rows = await em(null).execute<{ name: string }[]>(KNOWN, [`{${names.join(',')}}`]);
    const known = new Set(rows.map(({ name }) => `${space}/${name}`));
    const unknown = keys.filter((key) => !known.has(key));
    await files.store.remove(unknown);
    removed += unknown.length;
  }
  return told(space, 'files without a row', removed);
}

/** The job of every subgraph that keeps files: removes those that nothing has referred to for a day. */
export const sweepFilesJob: JobDefinition = {
  name: 'sweep-files',
  everyMs: HOUR_MS,
  async run({ signal }, runtime) {
    const files = await removeUnreferred(runtime, signal);
    return { files, unknown: await removeUnknown(runtime, signal) };
  },
};

/** Removes uploads that no verb took while it could; returns how many. */
export async function sweepUploads(store: FileStore, service: string, nowMs: number): Promise<number> {
  let removed = 0;
  for await (const keys of olderThan(store.list(INCOMING), nowMs - WAITS_SECONDS * 1_000 - HOUR_MS)) {
    await store.remove(keys);
    removed += keys.length;
  }
  return told(service, 'uploads', removed);
}
