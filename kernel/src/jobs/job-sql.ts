import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { rowsApart } from '../db/orm.ts';
import type { JobStates } from '../metrics/sources.ts';

/** A row that this process may run until its lease ends. */
export interface ClaimedJob {
  id: string;
  name: string;
  key: string;
  tenantId: string | null;
  payload: unknown;
  version: number;
  attempts: number;
  claim: string;
}

/** What becomes of a row whose run went wrong. */
export interface Failure {
  message: string;
  dueAt: Date;
  isGivenUp: boolean;
  /** False where something else did not answer. */
  counts: boolean;
}

const SCHEDULE = `insert into job as known (name, key, due_at) select name, '', ?::timestamptz from jsonb_each_text(?::jsonb) as every(name, ms)
  on conflict on constraint job_unique do update set due_at = least(known.due_at, excluded.due_at + (
    select every.ms::float8 from jsonb_each_text(?::jsonb) as every(name, ms) where every.name = known.name) * interval '1 millisecond')`;

// Due is what the process takes for the time, so that tests can move it; leases are counted by the clock of the database, which all processes share.
const CLAIM = `
  with leases as (select name, ms::float8 * interval '1 millisecond' as lease from jsonb_each_text(?::jsonb) as known(name, ms)),
  due as (
    select job.id, leases.lease from job join leases using (name)
    where state = 'waiting' and due_at <= ?::timestamptz and (leased_until is null or leased_until <= clock_timestamp())
    order by due_at, job.id limit ? for update of job skip locked)
  update job set claim = gen_random_uuid(), leased_until = clock_timestamp() + due.lease, attempts = attempts + 1
  from due where job.id = due.id
  returning job.id, name, key, tenant_id as "tenantId", payload, version, attempts, claim`;

const EXTEND = `update job set leased_until = clock_timestamp() + ? * interval '1 millisecond' where id = ? and claim = ? returning 1`;
const REMOVE = 'delete from job where id = ? and claim = ? and version = ? returning 1';
const REST = `update job set claim = null, leased_until = null, attempts = 0, last_error = null, succeeded_at = ?::timestamptz,
    due_at = case when version = ? then coalesce(?::timestamptz, due_at) else due_at end
  where id = ? and claim = ?`;
// Enqueued again while it ran, it has all its tries before it.
const FAIL = `update job set claim = null, leased_until = null, last_error = ?,
    attempts = case when version <> ? then 0 when ? then attempts else attempts - 1 end,
    state = case when version = ? and ? then 'failed' else 'waiting' end,
    due_at = case when version = ? then ?::timestamptz else due_at end
  where id = ? and claim = ?`;

const STATES = `select
    (select count(*)::int from job where state = 'failed') as failed,
    (select coalesce(extract(epoch from ?::timestamptz - min(greatest(due_at, leased_until))), 0)::float8 from job
      where state = 'waiting' and name = any(?::text[]) and due_at <= ?::timestamptz) as overdue,
    (select coalesce(jsonb_object_agg(name, extract(epoch from succeeded_at)), '{}') from job
      where key = '' and succeeded_at is not null) as succeeded`;

/** The statements about jobs on one database. */
export function jobRows(orm: MikroORM) {
  const em = orm.em.fork() as EntityManager;
  const ask = <Row extends object>(sql: string, params: readonly unknown[]): Promise<Row[]> =>
    rowsApart(em, sql, params);
  return {
    /** Has the jobs that run by interval, by name, stand in the table: due at once, or no later than their interval says now. */
    async schedule(everyMs: Readonly<Record<string, number>>, now: Date): Promise<void> {
      await ask(SCHEDULE, [now, JSON.stringify(everyMs), JSON.stringify(everyMs)]);
    },
    /** Takes jobs that are due, at most `limit`, of those in `leases` (milliseconds by name). */
    claim: (leases: Readonly<Record<string, number>>, now: Date, limit: number): Promise<ClaimedJob[]> =>
      ask(CLAIM, [JSON.stringify(leases), now, limit]),
    /** Extends the lease; false when another process has the job by now. */
    extend: async ({ id, claim }: ClaimedJob, leaseMs: number): Promise<boolean> =>
      (await ask(EXTEND, [leaseMs, id, claim])).length > 0,
    /** Ends a run that succeeded: the row goes, or waits until `next`. */
    async succeed({ id, claim, version }: ClaimedJob, now: Date, next: Date | null): Promise<void> {
      if (!next && (await ask(REMOVE, [id, claim, version])).length > 0) return;
      await ask(REST, [now, version, next, id, claim]);
    },
    async fail({ id, claim, version }: ClaimedJob, failure: Failure): Promise<void> {
      const { message, counts, isGivenUp, dueAt } = failure;
      await ask(FAIL, [message.slice(0, 2_000), version, counts, version, isGivenUp, version, dueAt, id, claim]);
    },
    /** Has a job that runs by interval be due. */
    async hurry(name: string, now: Date): Promise<void> {
      await ask(`update job set due_at = least(due_at, ?::timestamptz) where name = ? and key = ''`, [now, name]);
    },
    async states(names: readonly string[], now: Date): Promise<JobStates> {
      const [row] = await ask<{ failed: number; overdue: number; succeeded: Record<string, number> }>(STATES, [
        now,
        `{${names.join(',')}}`,
        now,
      ]);
      const { failed = 0, overdue = 0, succeeded = {} } = row ?? {};
      return { failed, overdueSeconds: Math.max(0, overdue), succeededAt: succeeded };
    },
  };
}

export type JobRows = ReturnType<typeof jobRows>;
