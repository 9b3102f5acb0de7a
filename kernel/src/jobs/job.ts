import type { BaseContext, OpenContext, Runtime } from '../graph/subgraph.ts';

/** One run of a job. */
export interface Task<Payload = unknown> {
  /** What the job is about, as it was enqueued; empty for a job that runs by interval. */
  key: string;
  tenantId: string | null;
  payload: Payload;
  /** 1 for the first try. */
  attempt: number;
  /** Aborted when the process stops or the lease was lost: work that takes long looks at it between two steps. */
  signal: AbortSignal;
}

/** Numbers of one run, for its log line; never what people wrote. */
export type JobReport = Readonly<Record<string, unknown>>;

/**
 * Work without a client: every so often, or once at a time that a verb enqueued. It runs in one process at a time and at least once, so
 * it must be safe to repeat. Throwing has it tried again; what does not answer (database, store, another service) counts for nothing. What acts in a
 * tenant opens a context of the subgraph there, for the service or for a person (`request/acting.ts`).
 */
export interface JobDefinition<Ports = unknown, Context extends BaseContext = BaseContext> {
  /** Unique in the subgraph. Rows are kept by it, so it never changes. */
  name: string;
  /** Milliseconds from the end of one run to the next. Absent: it runs only when enqueued. */
  everyMs?: number;
  /** How long after the death of its process a run is taken up by another, in milliseconds (30 000); a run that lives extends it. */
  leaseMs?: number;
  /** Runs that succeed are logged at the level debug: for work that comes every few seconds. */
  quiet?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: each job knows the payload that it is enqueued with
  run(task: Task<any>, runtime: Runtime, ports: Ports, open: OpenContext<Context>): Promise<JobReport | undefined>;
}

/** Table for a migration of each subgraph with a database, not under row level security: jobs that wait, run, or were given up. */
export const jobTableSql: string[] = [
  `create table job (
    id bigint generated always as identity primary key,
    name text not null,
    key text not null,
    tenant_id uuid,
    payload jsonb not null default 'null',
    version int not null default 1,
    due_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'failed')),
    attempts int not null default 0,
    claim uuid,
    leased_until timestamptz,
    last_error text,
    succeeded_at timestamptz,
    constraint job_unique unique nulls not distinct (name, key, tenant_id)
  )`,
  `create index job_due_at on job (due_at) where state = 'waiting'`,
];

/** Takes `jobTableSql` back. */
export const jobTableDownSql: string[] = ['drop table job'];
