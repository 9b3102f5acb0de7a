import { setTimeout as sleep } from 'node:timers/promises';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Logger } from '../log/logger.ts';
import { type Backoff, patientBackoff } from './backoff.ts';
import { assertSubscription, type Bus, type Subscription, type Watcher } from './bus.ts';
import { assertTypePattern } from './envelope.ts';
import { deliver, readEvent } from './nats-delivery.ts';
import { durableName, ensureConsumer, ensureStream, type StreamNames, subjectOf } from './nats-stream.ts';

export interface NatsBusOptions {
  /** `nats://host:4222`; several servers parted by commas. */
  url: string;
  user?: string | undefined;
  password?: string | undefined;
  log?: Logger;
  /** Stream that holds the events (`EVENTS`). */
  stream?: string;
  /** First token of the subjects (`ev`). */
  prefix?: string;
  /** Copies of the stream; three where the server is a cluster (1). */
  replicas?: number;
  /** Pause between tries of an event that a consumer fails on. */
  backoff?: Backoff;
  /** Silence after which the server sends an event again, because the process that had it is dead, in milliseconds (10 000). */
  ackWaitMs?: number;
  /** Events of one consumer in hand at a time (256). */
  maxAckPending?: number;
  /** Deliveries of an event that ended in a dead process, after which it is given up (8). */
  maxDeliveries?: number;
}

interface Link {
  connection: NatsConnection;
  js: JetStreamClient;
  jsm: JetStreamManager;
}

const ANSWER_MS = 5_000;

const connection = ({ url, user, password }: NatsBusOptions) => ({
  servers: url.split(','),
  ...(user !== undefined && { user }),
  ...(password !== undefined && { pass: password }),
  name: 'polity',
  timeout: ANSWER_MS,
});

/** Throws when the server does not answer, refuses the password or has no JetStream; changes nothing. */
export async function pingNats(options: NatsBusOptions): Promise<void> {
  const connected = await connect({ ...connection(options), maxReconnectAttempts: 0 });
  try {
    await (await jetstreamManager(connected, { timeout: ANSWER_MS })).getAccountInfo();
  } finally {
    await connected.close();
  }
}

async function openLink(options: NatsBusOptions, names: StreamNames): Promise<Link> {
  const connected = await connect({
    ...connection(options),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    reconnectJitter: 500,
  });
  try {
    const jsm = await jetstreamManager(connected, { timeout: ANSWER_MS });
    await ensureStream(jsm, names, options.replicas);
    return { connection: connected, jsm, js: jetstream(connected, { timeout: ANSWER_MS }) };
  } catch (error) {
    await connected.close();
    throw error;
  }
}

/** One connection for the whole process, opened when first needed and again if it was closed. */
function linkOf(options: NatsBusOptions, names: StreamNames) {
  let link: Promise<Link> | undefined;
  return {
    async open(): Promise<Link> {
      const opening = link ?? openLink(options, names);
      link = opening;
      try {
        const opened = await opening;
        if (!opened.connection.isClosed()) return opened;
      } catch (error) {
        if (link === opening) link = undefined;
        throw error;
      }
      if (link === opening) link = undefined;
      return this.open();
    },
    async close() {
      const opened = await link?.catch(() => undefined);
      if (opened && !opened.connection.isClosed()) await opened.connection.drain();
    },
  };
}

/** Consumes until stopped; when the messages end by themselves (consumer lost, server gone) it begins again. */
async function consume(
  open: () => Promise<Link>,
  names: StreamNames,
  subscription: Subscription,
  options: NatsBusOptions,
  stop: AbortSignal,
) {
  const { log, backoff = patientBackoff, ackWaitMs = 10_000, maxAckPending = 256, maxDeliveries = 8 } = options;
  while (!stop.aborted) {
    try {
      const { js, jsm } = await open();
      await ensureStream(jsm, names, options.replicas);
      await ensureConsumer(jsm, names, subscription, { ackWaitMs, maxAckPending });
      const durable = await js.consumers.get(names.stream, durableName(subscription.name));
      const messages = await durable.consume({ max_messages: maxAckPending, abort_on_missing_resource: true });
      const end = () => messages.stop();
      stop.addEventListener('abort', end, { once: true });
      if (stop.aborted) end();
      await deliver(messages, subscription, { ackWaitMs, backoff, maxDeliveries, log }, stop);
      stop.removeEventListener('abort', end);
    } catch (error) {
      log?.warn({ err: error, consumer: subscription.name }, 'consumer lost its stream');
      await sleep(1_000, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

/** What JetStream stores goes by as plain messages, too, which whoever is connected sees; the client renews it after an outage. */
function watch(connection: NatsConnection, prefix: string, types: readonly string[], watcher: Watcher) {
  const subscriptions = types.map((type) =>
    connection.subscribe(subjectOf(prefix, type), {
      callback(error, message) {
        const envelope = error ? null : readEvent(message);
        if (envelope) watcher(envelope);
      },
    }),
  );
  return async () => {
    for (const subscription of subscriptions) subscription.unsubscribe();
  };
}

async function pendingOf({ jsm }: Link, { stream }: StreamNames, name: string): Promise<number> {
  const info = await jsm.consumers.info(stream, durableName(name));
  return info.num_pending + info.num_ack_pending;
}

/**
 * A bus on NATS JetStream: `publish` resolves when the stream has stored the event. Each subscription is a durable pull consumer
 * that keeps its place while no process serves it. Within one process a consumer takes the events of an aggregate one by one.
 */
export function natsBus(options: NatsBusOptions): Bus {
  const names: StreamNames = { stream: options.stream ?? 'EVENTS', prefix: options.prefix ?? 'ev' };
  const link = linkOf(options, names);
  const open = () => link.open();
  const running = new Map<string, () => Promise<void>>();
  let closed = false;

  return {
    async publish(envelope) {
      if (closed) throw new Error('the bus is closed');
      const { js, jsm } = await open();
      const subject = subjectOf(names.prefix, envelope.type);
      try {
        await js.publish(subject, JSON.stringify(envelope), { msgID: envelope.id, timeout: ANSWER_MS });
      } catch (error) {
        // A stream that was deleted is there again for the next try.
        await ensureStream(jsm, names, options.replicas).catch(() => undefined);
        throw error;
      }
    },
    async subscribe(subscription) {
      assertSubscription(subscription);
      const { name } = subscription;
      if (closed) throw new Error('the bus is closed');
      if (running.has(name)) throw new TypeError(`consumer "${name}" is subscribed already`);
      const stop = new AbortController();
      const ended = consume(open, names, subscription, options, stop.signal);
      const unsubscribe = async () => {
        stop.abort();
        running.delete(name);
        await ended;
      };
      running.set(name, unsubscribe);
      return unsubscribe;
    },
    async watch(types, watcher) {
      for (const type of types) assertTypePattern(type);
      return watch((await open()).connection, names.prefix, types, watcher);
    },
    pending: async (name) => pendingOf(await open(), names, name),
    ping: async () => void (await (await open()).connection.rtt()),
    async idle() {
      for (const name of running.keys()) {
        const isIdle = async () => (await pendingOf(await open(), names, name)) === 0;
        while (running.has(name) && !(await isIdle().catch(() => false))) await sleep(20);
      }
    },
    async close() {
      closed = true;
      await Promise.all([...running.values()].map((unsubscribe) => unsubscribe()));
      await link.close();
    },
  };
}
