import { type Backoff, fullJitter } from '../events/backoff.ts';
import { isOutage } from '../graph/outage.ts';
import type { BaseContext, OpenContext, Runtime } from '../graph/subgraph.ts';
import { metrics } from '../metrics/metrics.ts';
import type { JobDefinition, JobReport, Task } from './job.ts';
import type { ClaimedJob, JobRows } from './job-sql.ts';

/** How often a job is tried. */
export interface Tries {
  /** After so many an enqueued job is given up; one that runs by interval goes on at its next turn. */
  max: number;
  /** Pause before the next one. */
  backoff: Backoff;
}

/** What runs share. */
export interface Running {
  rows: JobRows;
  runtime: Runtime;
  ports: unknown;
  /** Opens a context of the subgraph, in which a job acts in a tenant. */
  open: OpenContext<BaseContext>;
  tries: Tries;
  /** Aborted when the process stops. */
  stop: AbortSignal;
}

/** `away`: something else did not answer, which counts for nothing; `stopped`: the process stopped, so another takes it up at once. */
type Outcome = 'done' | 'retrying' | 'failed' | 'away' | 'stopped';

const LEASE_MS = 30_000;

/** Milliseconds after which a run is taken up by another process when nobody extends its lease. */
export const leaseOf = ({ leaseMs = LEASE_MS }: JobDefinition): number => leaseMs;

/** Extends the lease while the job runs; what has lost it is told to stop, and can change nothing about its row any more. */
async function leased(row: ClaimedJob, job: JobDefinition, running: Running): Promise<JobReport> {
  const { rows, runtime, ports, open, stop } = running;
  const lost = new AbortController();
  const timer = setInterval(async () => {
    const isOurs = await rows.extend(row, leaseOf(job)).catch(() => true);
    if (!isOurs) lost.abort(new Error('the lease was lost'));
  }, leaseOf(job) / 3);
  timer.unref();
  const { key, tenantId, payload, attempts: attempt } = row;
  const task: Task = { key, tenantId, payload, attempt, signal: AbortSignal.any([stop, lost.signal]) };
  try {
    return (await job.run(task, runtime, ports, open)) ?? {};
  } finally {
    clearInterval(timer);
  }
}

function outcomeOf(error: unknown, { everyMs }: JobDefinition, attempts: number, { stop, tries }: Running): Outcome {
  if (stop.aborted) return 'stopped';
  if (isOutage(error)) return 'away';
  return attempts >= tries.max && everyMs === undefined ? 'failed' : 'retrying';
}

async function fail(row: ClaimedJob, job: JobDefinition, error: unknown, running: Running): Promise<Outcome> {
  const { rows, runtime, tries } = running;
  const { everyMs = Number.POSITIVE_INFINITY } = job;
  const outcome = outcomeOf(error, job, row.attempts, running);
  const waitMs = outcome === 'stopped' ? 0 : Math.min(everyMs, fullJitter(row.attempts, tries.backoff));
  await rows.fail(row, {
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    dueAt: new Date(runtime.clock.nowMs() + waitMs),
    isGivenUp: outcome === 'failed',
    counts: outcome !== 'away' && outcome !== 'stopped',
  });
  return outcome;
}

function note(row: ClaimedJob, { quiet }: JobDefinition, outcome: Outcome, { runtime }: Running, rest: object): void {
  const { name: service, log } = runtime;
  const { name: job, key, tenantId, attempts: attempt } = row;
  metrics().jobRuns.inc({ service, job, outcome });
  const line = { job, ...(key && { about: key, tenantId }), attempt, outcome, ...rest };
  if (outcome === 'failed') log.error(line, 'job');
  else if (outcome === 'retrying' || outcome === 'away') log.warn(line, 'job');
  else log[quiet ? 'debug' : 'info'](line, 'job');
}

/** Runs a job that this process has claimed, and says so in one log line. Throws what the job throws, after noting it. */
export async function runClaimed(row: ClaimedJob, job: JobDefinition, running: Running): Promise<JobReport> {
  const { rows, runtime, tries } = running;
  const { clock, name: service } = runtime;
  const measured = metrics().jobSeconds.startTimer({ service, job: job.name });
  try {
    // Every try before ended without a word: its process died, perhaps of this job.
    if (row.attempts > tries.max && job.everyMs === undefined)
      throw new Error(`its process died in each of ${tries.max} tries`);
    const report = await leased(row, job, running);
    const next = job.everyMs === undefined ? null : new Date(clock.nowMs() + job.everyMs);
    await rows.succeed(row, clock.now(), next);
    note(row, job, 'done', running, { seconds: measured(), report });
    return report;
  } catch (error) {
    const outcome = await fail(row, job, error, running).catch(() => 'away' as const);
    note(row, job, outcome, running, { seconds: measured(), err: error });
    throw error;
  }
}
