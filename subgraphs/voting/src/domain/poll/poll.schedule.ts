import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '@polity/kernel/clock';
import { cancelJob, enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { Poll } from './poll.entity.ts';

export const OPEN_JOB = 'open-poll';
export const CLOSE_JOB = 'close-poll';

type Scheduled = Pick<Poll, 'id' | 'tenantId' | 'status' | 'opensAt' | 'closesAt'>;

/** Has jobs open and close the poll when it is time, and takes back those for which it no longer is. */
export async function schedule(tx: EntityManager, poll: Scheduled): Promise<void> {
  const { id, tenantId, status, opensAt, closesAt } = poll;
  const pending = status === 'DRAFT' || status === 'NOMINATION';
  const due = { [OPEN_JOB]: pending ? opensAt : null, [CLOSE_JOB]: status === 'OPEN' ? closesAt : null };
  for (const [job, at] of Object.entries(due)) {
    if (at) await enqueueJob(tx, { job, tenantId, key: id, at });
    else await cancelJob(tx, { job, tenantId, key: id });
  }
}

/**
 * The time as the database has it. It alone opens and closes polls: the clock of a process only says when to ask, so that a process whose clock is
 * wrong asks too early or too late and changes nothing.
 */
export async function databaseNow(tx: EntityManager): Promise<Date> {
  const [row] = await tx.execute<[{ now: Date | string }]>('select clock_timestamp() as now');
  return new Date(row.now);
}

/** When a process asks again about what is due then by the database, in the time of its own clock. */
export function askAgainAt(due: Date, now: Date, clock: Clock): Date {
  return new Date(clock.nowMs() + Math.max(1, due.getTime() - now.getTime()));
}
