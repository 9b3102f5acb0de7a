import type { Client } from 'pg';
import type { Logger } from '../log/logger.ts';
import { type Backoff, fullJitter, patientBackoff } from './backoff.ts';
import type { Bus } from './bus.ts';
import { createPause, type Pause } from './pause.ts';
import { publishBatch } from './publish-batch.ts';
import { onRedriveRequests, type RedriveRequest } from './redrive-request.ts';
import { type RelaySession, relaySession } from './relay-session.ts';
import { markFailed, markPublished, type OutboxLag, pendingEvents, readLag } from './relay-sql.ts';

/** Settings of a relay; all but `url` and `bus` have defaults fit for production. */
export interface RelayOptions {
  /** Database with the outbox; a direct connection, because a transaction pooler loses the session lock. */
  url: string;
  bus: Bus;
  log?: Logger;
  /** Events read at a time (500). */
  batchSize?: number;
  /** Longest pause between looks at an idle outbox, in milliseconds (1 000). */
  idleMs?: number;
  /** Pause of an aggregate whose event could not be published. */
  backoff?: Backoff;
  /** Told about dead letters that a command wants handled again. */
  onRedrive?(request: RedriveRequest): void;
}

/** Publishes what the outbox of one database holds. */
export interface Relay {
  /** Look now: something was committed. */
  wake(): void;
  /** Publishes everything pending, waits included; rejects when 100 tries in a row publish nothing. For tests. */
  drain(): Promise<void>;
  lag(): Promise<OutboxLag>;
  /** Finishes what is being published and lets go of the database. */
  stop(): Promise<void>;
}

interface Drain {
  fruitless: number;
  resolve(): void;
  reject(error: Error): void;
}

const BUSY_MS = 50;
const FRUITLESS_LIMIT = 100;
const reconnectBackoff: Backoff = { baseMs: 100, maxMs: 5_000 };

function drains() {
  const waiting = new Set<Drain>();
  const settle = (drains: Iterable<Drain>, act: (drain: Drain) => void) => {
    for (const drain of drains) {
      waiting.delete(drain);
      act(drain);
    }
  };
  return {
    get active() {
      return waiting.size > 0;
    },
    start: () => new Promise<void>((resolve, reject) => waiting.add({ fruitless: 0, resolve, reject })),
    /** Those that wait now: what a look at the outbox finds later says nothing to whoever came after it began. */
    current: () => [...waiting],
    finish: (those: Drain[]) => settle(those, (drain) => drain.resolve()),
    fail: (error: Error) => settle([...waiting], (drain) => drain.reject(error)),
    /** Gives up those that have seen nothing published for too long. */
    note(published: number, error: unknown) {
      for (const drain of [...waiting]) {
        drain.fruitless = published > 0 ? 0 : drain.fruitless + 1;
        if (drain.fruitless < FRUITLESS_LIMIT) continue;
        waiting.delete(drain);
        drain.reject(new Error('pending events cannot be published', { cause: error }));
      }
    },
  };
}

type Drains = ReturnType<typeof drains>;

/** One look at the outbox; returns how many events it found and how many of them were published. */
async function relayBatch(client: Client, options: RelayOptions, ignoreBackoff: boolean, stop: AbortSignal) {
  const { bus, log, batchSize = 500, backoff = patientBackoff } = options;
  const events = await pendingEvents(client, batchSize, ignoreBackoff);
  if (events.length === 0) return { found: 0, published: 0, error: undefined };
  const { published, failed } = await publishBatch(bus, events, stop);
  await markPublished(client, published);
  for (const { event, error } of failed) {
    await markFailed(client, event.id, error, fullJitter(event.attempts + 1, backoff));
    log?.warn(
      { err: error, eventId: event.envelope.id, type: event.envelope.type, attempts: event.attempts + 1 },
      'event not published',
    );
  }
  return { found: events.length, published: published.length, error: failed[0]?.error };
}

/** One round of a relay; resolves with the milliseconds to pause before the next. */
async function relayRound(
  session: RelaySession,
  draining: Drains,
  options: RelayOptions,
  stop: AbortSignal,
): Promise<number> {
  const { batchSize = 500, idleMs = 1_000 } = options;
  const idle = idleMs * (0.5 + Math.random() / 2);
  const waiting = draining.current();
  const client = await session.lead();
  if (!client) {
    if (waiting.length > 0 && (await readLag(await session.connected())).pending === 0) draining.finish(waiting);
    return draining.active ? BUSY_MS : idle;
  }
  const { found, published, error } = await relayBatch(client, options, waiting.length > 0, stop);
  if (found === 0) draining.finish(waiting);
  else draining.note(published, error);
  if (draining.active || found === batchSize) return 0;
  return found > 0 ? BUSY_MS : idle;
}

/** Rounds until stopped; a lost database is sought again with growing pauses. */
async function relayUntil(
  stop: AbortSignal,
  session: RelaySession,
  draining: Drains,
  pause: Pause,
  options: RelayOptions,
) {
  let failures = 0;
  while (!stop.aborted) {
    let restMs: number;
    try {
      restMs = await relayRound(session, draining, options, stop);
      failures = 0;
    } catch (error) {
      failures += 1;
      options.log?.warn({ err: error, failures }, 'relay lost its database');
      await session.close();
      draining.note(0, error);
      restMs = fullJitter(failures, reconnectBackoff);
    }
    if (!stop.aborted && restMs > 0) await pause.wait(restMs);
  }
}

/** Starts relaying; of all processes that do so for one database, one relays and the others stand by. */
export function startRelay(options: RelayOptions): Relay {
  const session = relaySession(options.url, async (client) => {
    if (options.onRedrive) await onRedriveRequests(client, options.onRedrive);
  });
  const pause = createPause();
  const draining = drains();
  const stop = new AbortController();
  const running = relayUntil(stop.signal, session, draining, pause, options);

  return {
    wake: pause.wake,
    drain() {
      if (stop.signal.aborted) return Promise.reject(new Error('the relay is stopped'));
      const drained = draining.start();
      pause.wake();
      return drained;
    },
    lag: async () => readLag(await session.connected()),
    async stop() {
      stop.abort();
      pause.wake();
      await running;
      draining.fail(new Error('the relay is stopped'));
      await session.close();
    },
  };
}
