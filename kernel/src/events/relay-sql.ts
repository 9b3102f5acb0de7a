import type { Client } from 'pg';
import type { EventEnvelope } from './envelope.ts';

/** A pending row of the outbox. */
export interface PendingEvent {
  id: string;
  attempts: number;
  envelope: EventEnvelope;
}

interface Row {
  id: string;
  event_id: string;
  tenant_id: string | null;
  aggregate_id: string;
  type: string;
  payload: unknown;
  dataschema: string | null;
  actor_id: string | null;
  request_id: string | null;
  causation_id: string | null;
  traceparent: string | null;
  created_at: Date;
  attempts: number;
}

/** How far publishing is behind. */
export interface OutboxLag {
  pending: number;
  /** Age of the oldest pending event in seconds; 0 when nothing is pending. */
  oldestSeconds: number;
}

// Rows are found by their flag, never by "id greater than the last": ids are drawn before commit, so a slow transaction appears late.
// An aggregate whose earlier event waits for its next try is left out whole, which keeps its order without stopping the others.
const CLAIM = `
  select id, event_id, tenant_id, aggregate_id, type, payload, dataschema, actor_id, request_id, causation_id, traceparent, created_at, attempts
  from outbox o
  where published_at is null and ($2 or not exists (
    select from outbox earlier
    where earlier.published_at is null and earlier.aggregate_id = o.aggregate_id and earlier.id <= o.id and earlier.next_at > now()))
  order by id limit $1`;

function toEnvelope(row: Row): EventEnvelope {
  return {
    specversion: '1.0',
    id: row.event_id,
    source: `/polity/${row.type.slice(0, row.type.indexOf('.'))}`,
    type: row.type,
    subject: row.aggregate_id,
    time: row.created_at.toISOString(),
    datacontenttype: 'application/json',
    tenantid: row.tenant_id,
    actorid: row.actor_id,
    requestid: row.request_id,
    ...(row.causation_id ? { causationid: row.causation_id } : {}),
    ...(row.traceparent ? { traceparent: row.traceparent } : {}),
    ...(row.dataschema ? { dataschema: row.dataschema } : {}),
    data: row.payload,
  };
}

/** Takes the session lock that makes this process the only relay of its database; false while another has it. */
export async function tryLead(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock(7303) as leads');
  return rows[0]?.leads === true;
}

/** Pending events that are due, oldest first; with `ignoreBackoff` also those that wait for their next try. */
export async function pendingEvents(client: Client, limit: number, ignoreBackoff: boolean): Promise<PendingEvent[]> {
  const { rows } = await client.query<Row>(CLAIM, [limit, ignoreBackoff]);
  return rows.map((row) => ({ id: row.id, attempts: row.attempts, envelope: toEnvelope(row) }));
}

/** Marks events as published. */
export async function markPublished(client: Client, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query(
    'update outbox set published_at = clock_timestamp(), last_error = null where id = any($1::bigint[])',
    [ids],
  );
}

/** Notes a failed try and when the next one is due. */
export async function markFailed(client: Client, id: string, error: unknown, delayMs: number): Promise<void> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 2_000);
  await client.query(
    `update outbox set attempts = attempts + 1, last_error = $2, next_at = now() + $3 * interval '1 millisecond' where id = $1`,
    [id, message, delayMs],
  );
}

/** How many events are pending and since when. */
export async function readLag(client: Client): Promise<OutboxLag> {
  const { rows } = await client.query<{ pending: number; age: number }>(
    `select count(*)::int as pending, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age
     from outbox where published_at is null`,
  );
  return { pending: rows[0]?.pending ?? 0, oldestSeconds: Math.max(0, rows[0]?.age ?? 0) };
}
