import type { EventSubscriber, TransactionEventArgs } from '@mikro-orm/postgresql';
import { uuidv7 } from '../ids.ts';
import { assertEventType } from './envelope.ts';
import type { RecordCheck } from './record-check.ts';

/**
 * Tables for the first migration of a subgraph, not under row level security: `outbox` (what happened here), `inbox` (what was
 * consumed here), `dead_letter` (what could not be consumed: tried again while `retrying`, given up when `dead`).
 */
export const eventTablesSql: string[] = [
  `create table outbox (
    id bigint generated always as identity primary key,
    event_id uuid not null unique,
    tenant_id uuid,
    aggregate_id text not null,
    type text not null,
    payload jsonb not null,
    dataschema text,
    actor_id text,
    request_id text,
    causation_id uuid,
    traceparent text,
    created_at timestamptz not null default clock_timestamp(),
    published_at timestamptz,
    attempts int not null default 0,
    next_at timestamptz not null default '-infinity',
    last_error text
  )`,
  `create index outbox_pending on outbox (id) where published_at is null`,
  `create index outbox_pending_aggregate on outbox (aggregate_id, id) where published_at is null`,
  `create index outbox_published_at on outbox (published_at) where published_at is not null`,
  `create table inbox (
    consumer text not null,
    event_id uuid not null,
    handled_at timestamptz not null default clock_timestamp(),
    primary key (consumer, event_id)
  )`,
  `create index inbox_handled_at on inbox (handled_at)`,
  `create table dead_letter (
    consumer text not null,
    event_id uuid not null,
    payload jsonb not null,
    state text not null check (state in ('retrying', 'dead', 'redriven')),
    error text not null,
    attempts int not null default 1,
    first_at timestamptz not null default clock_timestamp(),
    last_at timestamptz not null default clock_timestamp(),
    redriven_at timestamptz,
    primary key (consumer, event_id)
  )`,
];

/** Takes `eventTablesSql` back. */
export const eventTablesDownSql: string[] = ['drop table dead_letter', 'drop table inbox', 'drop table outbox'];

/** What a verb says happened. */
export interface NewEvent<Data = unknown> {
  /** `<subgraph>.<noun>.<past verb>`. */
  type: string;
  /** Id of the aggregate that changed. */
  subject: string;
  tenantId: string | null;
  /** As in the envelope. */
  actorId: string | null;
  requestId?: string | null;
  causationId?: string | null;
  traceparent?: string | null | undefined;
  dataschema?: string | null;
  data: Data;
}

/** The part of a MikroORM `EntityManager` that recording needs. */
export interface EventTransaction {
  isInTransaction(): boolean;
  getDriver(): object;
  execute(sql: string, params: unknown[]): Promise<unknown>;
}

const INSERT = `insert into outbox
  (event_id, tenant_id, aggregate_id, type, payload, dataschema, actor_id, request_id, causation_id, traceparent)
  values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)`;

const INSERT_MANY = `insert into outbox
  (event_id, tenant_id, aggregate_id, type, payload, dataschema, actor_id, request_id, causation_id, traceparent)
  select each.* from jsonb_to_recordset(?::jsonb) as each(event_id uuid, tenant_id uuid, aggregate_id text, type text, payload jsonb, dataschema text,
    actor_id text, request_id text, causation_id uuid, traceparent text)`;

/** When each ORM last recorded an event, so that only commits which may have published something wake the relay. */
const recordedAt = new WeakMap<object, number>();
const WAKE_WINDOW_MS = 10_000;

/** What looks at the events that each ORM records. */
const checks = new WeakMap<object, RecordCheck>();

/** Has every event that this ORM records looked at. */
export function checkRecords(orm: { driver: object }, check: RecordCheck): void {
  checks.set(orm.driver, check);
}

/**
 * Writes an event into the caller's transaction and returns its id; it exists if and only if that transaction commits. Record it
 * after the write that locks the aggregate's row, so that events of one aggregate are numbered in the order of their commits.
 * Throws `Error` outside a transaction and `TypeError` for a malformed type, and for data that its subgraph does not say it publishes
 * where that is checked.
 */
export async function recordEvent(tx: EventTransaction, event: NewEvent): Promise<string> {
  const { id } = ready(tx, event);
  await tx.execute(INSERT, [
    id,
    event.tenantId,
    event.subject,
    event.type,
    JSON.stringify(event.data ?? null),
    event.dataschema ?? null,
    event.actorId,
    event.requestId ?? null,
    event.causationId ?? null,
    event.traceparent ?? null,
  ]);
  recordedAt.set(tx.getDriver(), performance.now());
  return id;
}

/** The same for many events at once, in one statement. */
export async function recordEvents(tx: EventTransaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    ...{ event_id: ready(tx, event).id, tenant_id: event.tenantId, aggregate_id: event.subject, type: event.type },
    ...{ payload: event.data ?? null, dataschema: event.dataschema ?? null, actor_id: event.actorId },
    ...{ request_id: event.requestId ?? null, causation_id: event.causationId ?? null },
    traceparent: event.traceparent ?? null,
  }));
  await tx.execute(INSERT_MANY, [JSON.stringify(rows)]);
  recordedAt.set(tx.getDriver(), performance.now());
}

/** An id for an event that may be recorded. */
function ready(tx: EventTransaction, event: NewEvent): { id: string } {
  assertEventType(event.type);
  if (!tx.isInTransaction()) throw new Error(`event "${event.type}" must be recorded inside a transaction`);
  checks.get(tx.getDriver())?.(event);
  return { id: uuidv7() };
}

/** Subscriber for `orm.em.getEventManager()` that wakes the relay of this process once a transaction with events has committed. */
export function wakeOnCommit(wake: () => void): EventSubscriber {
  return {
    afterTransactionCommit({ em, transaction }: TransactionEventArgs) {
      const isSavepoint = transaction !== undefined && 'savepointName' in transaction;
      const recorded = recordedAt.get(em.getDriver());
      if (!isSavepoint && recorded !== undefined && performance.now() - recorded < WAKE_WINDOW_MS) wake();
    },
  };
}
