import type { EntityManager } from '@mikro-orm/postgresql';
import type { Runtime } from '../graph/subgraph.ts';
import { metrics } from '../metrics/metrics.ts';
import type { JobDefinition } from './job.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** Rows that one statement removes: few enough that nobody waits for its locks. */
const BATCH = 1_000;

/** Something that grows, and how long it is kept. */
export interface Retention {
  /** What is removed, in a word; a label of the metrics. */
  what: string;
  days: number;
  /** Removes at most so many rows that were over before that moment; returns how many. */
  remove(em: EntityManager, before: Date, batch: number): Promise<number>;
}

/** Removal by a function in the database, which passes the walls between tenants as its owner: `(older_than timestamptz, most int) returns int`. */
export function removedBy(name: string): Retention['remove'] {
  return async (em, before, batch) => {
    const [row] = await em.execute<[{ n: number }]>(`select ${name}(?::timestamptz, ?::int) as n`, [before, batch]);
    return row.n;
  };
}

/** Removal from a table without such walls, of rows that match `condition` (with one `?` for the moment). */
export function removedFrom(table: string, condition: string): Retention['remove'] {
  const rows = `select ctid from ${table} where ${condition} limit ? for update skip locked`;
  const sql = `with gone as (delete from ${table} where ctid = any(array(${rows})) returning 1) select count(*)::int as n from gone`;
  return async (em, before, batch) => {
    const [row] = await em.execute<[{ n: number }]>(sql, [before, batch]);
    return row.n;
  };
}

/** What every database keeps for a while: published events, so that a lost stream can be published again, and the inbox, for longer than any event can come again. */
const ofEvents: Retention[] = [
  { what: 'published events', days: 7, remove: removedFrom('outbox', 'published_at < ?') },
  { what: 'inbox', days: 30, remove: removedFrom('inbox', 'handled_at < ?') },
];

async function removeAll(runtime: Runtime, { days, remove }: Retention, signal: AbortSignal): Promise<number> {
  const before = new Date(runtime.clock.nowMs() - days * DAY_MS);
  let total = 0;
  for (let gone = BATCH; gone === BATCH && !signal.aborted; total += gone)
    gone = await remove(runtime.em(null), before, BATCH);
  return total;
}

/** The job that removes, once an hour, what is older than it is kept. What fails does not keep the rest from being removed. */
export function retentionJob(kept: (runtime: Runtime) => readonly Retention[] = () => []): JobDefinition {
  return {
    name: 'retention',
    everyMs: HOUR_MS,
    async run({ signal }, runtime) {
      const removed: Record<string, number> = {};
      const errors: unknown[] = [];
      for (const each of [...ofEvents, ...kept(runtime)]) {
        try {
          removed[each.what] = await removeAll(runtime, each, signal);
          metrics().housekeepingRemoved.inc({ service: runtime.name, what: each.what }, removed[each.what]);
        } catch (error) {
          errors.push(new Error(`old ${each.what} cannot be removed`, { cause: error }));
        }
      }
      if (errors.length > 0) throw errors.length > 1 ? new AggregateError(errors, String(errors)) : errors[0];
      return removed;
    },
  };
}
