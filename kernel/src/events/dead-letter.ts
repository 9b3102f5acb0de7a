import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventEnvelope } from './envelope.ts';

/** An event that a consumer could not handle. */
export interface DeadLetter {
  consumer: string;
  eventId: string;
  envelope: EventEnvelope;
  /** `retrying` still comes again, `dead` was given up, `redriven` was handled after all. */
  state: 'retrying' | 'dead' | 'redriven';
  error: string;
  attempts: number;
  firstAt: Date;
  lastAt: Date;
  redrivenAt: Date | null;
}

interface Row {
  consumer: string;
  event_id: string;
  payload: EventEnvelope;
  state: DeadLetter['state'];
  error: string;
  attempts: number;
  first_at: Date;
  last_at: Date;
  redriven_at: Date | null;
}

const NOTE_FAILURE = `
  insert into dead_letter as letter (consumer, event_id, payload, state, error)
  select ?, ?::uuid, ?::jsonb, case when ?::int <= 1 then 'dead' else 'retrying' end, ?
  where not exists (select from inbox where consumer = ? and event_id = ?)
  on conflict (consumer, event_id) do update set
    attempts = letter.attempts + 1, last_at = clock_timestamp(), error = excluded.error,
    state = case when letter.state = 'redriven' then letter.state when letter.state = 'retrying' and letter.attempts + 1 < ?::int then 'retrying' else 'dead' end
  returning state`;

const LIST = `
  select consumer, event_id, payload, state, error, attempts, first_at, last_at, redriven_at from dead_letter
  where state = ? and (?::text is null or consumer = ?) order by last_at desc, event_id limit ?`;

const describe = (error: unknown) =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000);

/**
 * Notes that a consumer failed on an event; at the `maxAttempts`th failure the event is given up (`dead`). `duplicate` when the
 * consumer has meanwhile handled it elsewhere. Must not run inside the transaction that failed.
 */
export async function noteFailure(
  em: EntityManager,
  consumer: string,
  envelope: EventEnvelope,
  error: unknown,
  maxAttempts: number,
): Promise<'retrying' | 'dead' | 'duplicate'> {
  const letter = [consumer, envelope.id, JSON.stringify(envelope), maxAttempts, describe(error)];
  const rows = await em.execute<{ state: DeadLetter['state'] }[]>(NOTE_FAILURE, [
    ...letter,
    consumer,
    envelope.id,
    maxAttempts,
  ]);
  const state = rows[0]?.state ?? 'redriven';
  return state === 'redriven' ? 'duplicate' : state;
}

/** Events that consumers of this database could not handle, the latest first; `limit` is 100 unless given. */
export async function listDeadLetters(
  em: EntityManager,
  {
    consumer = null,
    state = 'dead',
    limit = 100,
  }: { consumer?: string | null; state?: DeadLetter['state']; limit?: number } = {},
): Promise<DeadLetter[]> {
  const rows = await em.execute<Row[]>(LIST, [state, consumer, consumer, limit]);
  return rows.map((row) => ({
    consumer: row.consumer,
    eventId: row.event_id,
    envelope: row.payload,
    state: row.state,
    error: row.error,
    attempts: row.attempts,
    firstAt: new Date(row.first_at),
    lastAt: new Date(row.last_at),
    redrivenAt: row.redriven_at === null ? null : new Date(row.redriven_at),
  }));
}

/** Inside a transaction: takes a given-up event out of the dead letters; false when it is not among them (any more). */
export async function takeDeadLetter(tx: EntityManager, consumer: string, eventId: string): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(
    `update dead_letter set state = 'redriven', redriven_at = clock_timestamp()
     where consumer = ? and event_id = ? and state = 'dead' returning 1`,
    [consumer, eventId],
  );
  return rows.length > 0;
}

/** A given-up event, or null when it is not among the dead letters of this consumer. */
export async function findDeadLetter(
  em: EntityManager,
  consumer: string,
  eventId: string,
): Promise<EventEnvelope | null> {
  const rows = await em.execute<{ payload: EventEnvelope }[]>(
    `select payload from dead_letter where consumer = ? and event_id = ? and state = 'dead'`,
    [consumer, eventId],
  );
  return rows[0]?.payload ?? null;
}
