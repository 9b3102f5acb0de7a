import type { EntityManager } from '@mikro-orm/postgresql';
import type { Runtime } from '../graph/subgraph.ts';
import { metrics } from '../metrics/metrics.ts';
import { every } from '../process/every.ts';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** The first run comes soon, or a process that is restarted every hour would never clean up. */
const FIRST_MS = 60_000;
/** Rows that one statement removes: few enough that nobody waits for its locks. */
const BATCH = 1_000;

/** Something that grows, and how long it is kept. */
export interface Chore {
  /** What is removed, in a word; a label of the metrics. */
  what: string;
  days: number;
  /** Removes at most so many rows that were over before that moment; returns how many. */
  remove(em: EntityManager, before: Date, batch: number): Promise<number>;
}

/** The regular removal of what is old. */
export interface Housekeeping {
  /** Removes everything that is old now; returns the numbers of rows. */
  run(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

/** A chore of a function in the database, which passes the walls between tenants as its owner: `(older_than timestamptz, most int) returns int`. */
export function removedBy(name: string): Chore['remove'] {
  return async (em, before, batch) => {
    const [row] = await em.execute<[{ n: number }]>(`select ${name}(?::timestamptz, ?::int) as n`, [before, batch]);
    return row.n;
  };
}

/** A chore of a table without such walls, whose rows that match `condition` (with one `?` for the moment) are over. */
export function removedFrom(table: string, condition: string): Chore['remove'] {
  const rows = `select ctid from ${table} where ${condition} limit ? for update skip locked`;
  const sql = `with gone as (delete from ${table} where ctid = any(array(${rows})) returning 1) select count(*)::int as n from gone`;
  return async (em, before, batch) => {
    const [row] = await em.execute<[{ n: number }]>(sql, [before, batch]);
    return row.n;
  };
}

/** Runs the chores soon after the start and then once an hour. What fails is logged, and the next run does its work. */
export function startHousekeeping(runtime: Runtime, chores: readonly Chore[]): Housekeeping {
  const { name: service, log, clock } = runtime;

  async function removeAll({ days, remove }: Chore): Promise<number> {
    const before = new Date(clock.nowMs() - days * DAY_MS);
    let total = 0;
    for (let gone = BATCH; gone === BATCH; total += gone) gone = await remove(runtime.em(null), before, BATCH);
    return total;
  }

  async function run(): Promise<Record<string, number>> {
    const startedAt = performance.now();
    const removed: Record<string, number> = {};
    for (const chore of chores) {
      const labels = { service, what: chore.what };
      try {
        removed[chore.what] = await removeAll(chore);
        metrics().housekeepingRemoved.inc(labels, removed[chore.what]);
        metrics().housekeepingSuccess.set(labels, Date.now() / 1_000);
      } catch (error) {
        log.error({ err: error, what: chore.what }, 'housekeeping failed');
      }
    }
    log.info({ removed, ms: Math.round(performance.now() - startedAt) }, 'housekeeping');
    return removed;
  }

  const first = setTimeout(run, FIRST_MS);
  first.unref();
  const repetition = every(HOUR_MS, async () => void (await run()));
  return {
    run,
    async stop() {
      clearTimeout(first);
      await repetition.stop();
    },
  };
}
