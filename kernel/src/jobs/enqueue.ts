import type { EventTransaction } from '../events/outbox.ts';
import { uuidv7 } from '../ids.ts';

/** A job that a verb wants run. */
export interface NewJob<Payload = unknown> {
  /** Name of a job that this subgraph declares. */
  job: string;
  tenantId: string | null;
  /**
   * What it is about. Of one job, tenant and key there is one row: enqueued again, the new time and payload replace what waits, and
   * what runs already runs once more. Absent: a row of its own.
   */
  key?: string;
  /** When it is due; the present for at once. */
  at: Date;
  payload?: Payload;
}

const ENQUEUE = `insert into job as waiting (name, key, tenant_id, payload, due_at) values (?, ?, ?, ?::jsonb, ?::timestamptz)
  on conflict on constraint job_unique do update set payload = excluded.payload, due_at = excluded.due_at, version = waiting.version + 1,
    state = 'waiting', attempts = 0, last_error = null`;
const CANCEL = 'delete from job where name = ? and key = ? and tenant_id is not distinct from ?::uuid';

/** What is known of the jobs of each open database, by its driver. */
interface Declared {
  names: ReadonlySet<string>;
  enqueuedAt: number;
}

const declared = new WeakMap<object, Declared>();
const WAKE_WINDOW_MS = 10_000;

/** Makes the jobs of a database known, so that no verb enqueues one that nobody runs. */
export function declareJobs(driver: object, names: ReadonlySet<string>): void {
  declared.set(driver, { names, enqueuedAt: Number.NEGATIVE_INFINITY });
}

/** Whether a transaction that commits now may have enqueued something. */
export function mayHaveEnqueued(driver: object): boolean {
  return performance.now() - (declared.get(driver)?.enqueuedAt ?? Number.NEGATIVE_INFINITY) < WAKE_WINDOW_MS;
}

function declaredIn(tx: EventTransaction, job: string): Declared {
  const known = declared.get(tx.getDriver());
  if (!known?.names.has(job)) throw new TypeError(`no job "${job}" is declared in this subgraph`);
  if (!tx.isInTransaction()) throw new Error(`job "${job}" must be enqueued inside a transaction`);
  return known;
}

/**
 * Enqueues a job in the caller's transaction: it runs if and only if that commits. Throws `Error` outside a transaction and `TypeError`
 * for a job that the subgraph does not declare.
 */
export async function enqueueJob(tx: EventTransaction, { job, tenantId, key, at, payload }: NewJob): Promise<void> {
  const known = declaredIn(tx, job);
  const row = [job, key ?? uuidv7(), tenantId, JSON.stringify(payload ?? null), at];
  await tx.execute(ENQUEUE, row);
  known.enqueuedAt = performance.now();
}

/** Takes back what waits under a key, in the caller's transaction; what runs already is not stopped. Throws as `enqueueJob`. */
export async function cancelJob(
  tx: EventTransaction,
  { job, tenantId, key }: { job: string; tenantId: string | null; key: string },
): Promise<void> {
  declaredIn(tx, job);
  await tx.execute(CANCEL, [job, key, tenantId]);
}
