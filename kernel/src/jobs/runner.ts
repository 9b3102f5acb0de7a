import type { MikroORM } from '@mikro-orm/postgresql';
import { type Backoff, fullJitter } from '../events/backoff.ts';
import { createPause } from '../events/pause.ts';
import type { BaseContext, OpenContext, Runtime } from '../graph/subgraph.ts';
import type { JobStates } from '../metrics/sources.ts';
import { declareJobs, mayHaveEnqueued } from './enqueue.ts';
import type { JobDefinition, JobReport } from './job.ts';
import { type ClaimedJob, jobRows } from './job-sql.ts';
import { leaseOf, type Running, runClaimed } from './run.ts';

/** How a runner works; tests wait shorter. */
export interface RunnerOptions {
  /** Jobs in hand at a time (2), so that connections are left for requests. */
  width?: number;
  /** Longest pause between looks for work, in milliseconds (1 000). */
  idleMs?: number;
  /** Tries after which an enqueued job is given up (8). */
  maxAttempts?: number;
  /** Pause before the next try (a second, doubling up to five minutes). */
  backoff?: Backoff;
}

/** Runs the jobs of one database; of all processes that do so, one runs each. */
export interface JobRunner {
  start(): void;
  /** Runs a job that has an interval, due or not, and returns what it reports. Throws what it throws. */
  runNow(name: string): Promise<JobReport>;
  /** Runs what is due until nothing is, and returns the number of runs. For tests. */
  drain(): Promise<number>;
  states(): Promise<JobStates>;
  /** Takes nothing any more; resolves when what runs is through, or has stopped at its signal. */
  close(): Promise<void>;
}

const lookBackoff: Backoff = { baseMs: 100, maxMs: 5_000 };

/** Finds jobs that are due and has them run, at most `width` at a time. */
function seeker(jobs: ReadonlyMap<string, JobDefinition>, running: Running, width: number) {
  const { rows, runtime } = running;
  const leases = Object.fromEntries([...jobs].map(([name, job]) => [name, leaseOf(job)]));
  const intervals = Object.fromEntries([...jobs].flatMap(([name, { everyMs }]) => (everyMs ? [[name, everyMs]] : [])));
  const underWay = new Set<Promise<unknown>>();
  let scheduled = false;

  const run = (row: ClaimedJob) => runClaimed(row, jobs.get(row.name) as JobDefinition, running);

  async function schedule(): Promise<void> {
    if (!scheduled) await rows.schedule(intervals, runtime.clock.now());
    scheduled = true;
  }

  function take(row: ClaimedJob, onEnd: () => void): void {
    // What went wrong is noted in its row and in the log.
    const work = run(row)
      .catch(() => undefined)
      .finally(() => {
        underWay.delete(work);
        onEnd();
      });
    underWay.add(work);
  }

  return {
    ended: () => Promise.all(underWay),
    /** Takes what is due into the free places; returns how many it took. */
    async look(onEnd: () => void): Promise<number> {
      await schedule();
      if (underWay.size >= width) return 0;
      const due = await rows.claim(leases, runtime.clock.now(), width - underWay.size);
      for (const row of due) take(row, onEnd);
      return due.length;
    },
    async runNow(name: string): Promise<JobReport> {
      await schedule();
      await rows.hurry(name, runtime.clock.now());
      const [row] = await rows.claim({ [name]: leases[name] ?? 0 }, runtime.clock.now(), 1);
      if (!row) throw new Error(`${runtime.name} has no job ${name} that could run now`);
      return run(row);
    },
  };
}

/** The runner of a subgraph's jobs; nothing runs before `start`. Throws `TypeError` for two jobs of one name. */
export function jobRunner(
  jobs: readonly JobDefinition[],
  runtime: Runtime,
  { ports, open }: { ports: unknown; open: OpenContext<BaseContext> },
  orm: MikroORM,
  { width = 2, idleMs = 1_000, maxAttempts = 8, backoff = { baseMs: 1_000, maxMs: 300_000 } }: RunnerOptions = {},
): JobRunner {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  if (byName.size < jobs.length) throw new TypeError(`two jobs of ${runtime.name} have one name`);
  const stop = new AbortController();
  const rows = jobRows(orm);
  const tries = { max: maxAttempts, backoff };
  const { look, runNow, ended } = seeker(byName, { rows, runtime, ports, open, tries, stop: stop.signal }, width);
  const pause = createPause();
  let looking: Promise<void> | null = null;
  declareJobs(orm.driver, new Set(byName.keys()));

  async function lookUntilStopped(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      let restMs = idleMs * (0.5 + Math.random() / 2);
      try {
        if ((await look(pause.wake)) > 0) restMs = 0;
        failures = 0;
      } catch (error) {
        failures += 1;
        restMs = fullJitter(failures, lookBackoff);
        runtime.log.warn({ err: error, failures }, 'jobs cannot be looked for');
      }
      if (!stop.signal.aborted && restMs > 0) await pause.wait(restMs);
    }
  }

  return {
    start() {
      looking ??= lookUntilStopped();
      orm.em.getEventManager().registerSubscriber({
        afterTransactionCommit: () => (mayHaveEnqueued(orm.driver) ? pause.wake() : undefined),
      });
    },
    runNow,
    async drain() {
      let runs = 0;
      for (let found = await look(pause.wake); found > 0; found = await look(pause.wake)) {
        runs += found;
        await ended();
      }
      return runs;
    },
    states: () => rows.states([...byName.keys()], runtime.clock.now()),
    async close() {
      stop.abort(new Error('the process stops'));
      pause.wake();
      await looking;
      await ended();
    },
  };
}
