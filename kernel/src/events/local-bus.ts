import { assertSubscription, type Bus, type Subscription, type Watcher } from './bus.ts';
import { assertTypePattern, type EventEnvelope, matchesType } from './envelope.ts';

/** How long a consumer may take before its delivery counts as failed, in milliseconds (default 30 000). */
export interface LocalBusOptions {
  handleTimeoutMs?: number;
}

const MAX_REMEMBERED = 10_000;

async function within<T>(ms: number, work: Promise<T>, name: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`consumer "${name}" took more than ${ms} ms`)), ms);
    timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Consumers that have settled an event which others have not: it is published again for those others only. */
function settledSoFar() {
  const byEvent = new Map<string, Set<string>>();
  return {
    of: (id: string) => byEvent.get(id) ?? new Set<string>(),
    remember(id: string, names: Set<string>) {
      const oldest = byEvent.keys().next();
      if (byEvent.size >= MAX_REMEMBERED && !oldest.done) byEvent.delete(oldest.value);
      byEvent.set(id, names);
    },
    forget: (id: string) => byEvent.delete(id),
  };
}

type Settled = ReturnType<typeof settledSoFar>;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function deliver(
  envelope: EventEnvelope,
  subscriptions: Subscription[],
  settled: Settled,
  timeoutMs: number,
): Promise<void> {
  const done = settled.of(envelope.id);
  const targets = subscriptions.filter(({ name, types }) => matchesType(types, envelope.type) && !done.has(name));
  const outcomes = await Promise.allSettled(
    targets.map(async (target) => {
      // A copy each, as over a wire: no consumer sees what another did to its event.
      await within(timeoutMs, target.handle(structuredClone(envelope)), target.name);
      done.add(target.name);
    }),
  );
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  if (errors.length === 0) {
    settled.forget(envelope.id);
    return;
  }
  settled.remember(envelope.id, done);
  throw new AggregateError(errors, errors.map(messageOf).join('; '));
}

/** Those who watch events go by, each with the types that they want to see. */
function watching() {
  const watchers = new Set<{ types: readonly string[]; watcher: Watcher }>();
  return {
    add(types: readonly string[], watcher: Watcher) {
      for (const type of types) assertTypePattern(type);
      const entry = { types, watcher };
      watchers.add(entry);
      return async () => void watchers.delete(entry);
    },
    show(envelope: EventEnvelope) {
      for (const { types, watcher } of watchers) if (matchesType(types, envelope.type)) watcher(envelope);
    },
  };
}

/** Work that is under way. */
function workInHand() {
  const works = new Set<Promise<void>>();
  return {
    track(work: Promise<void>): Promise<void> {
      const tracked = work.catch(() => undefined).finally(() => works.delete(tracked));
      works.add(tracked);
      return work;
    },
    async idle() {
      while (works.size > 0) await Promise.all(works);
    },
  };
}

/**
 * A bus inside one process. `publish` resolves once every subscribed consumer has settled the event and rejects with an
 * `AggregateError` otherwise, so the outbox row stays pending; subscribe every consumer before the first relay starts.
 */
export function localBus({ handleTimeoutMs = 30_000 }: LocalBusOptions = {}): Bus {
  const subscriptions = new Map<string, Subscription>();
  const watchers = watching();
  const settled = settledSoFar();
  const { track, idle } = workInHand();
  let closed = false;

  return {
    async publish(envelope) {
      if (closed) throw new Error('the bus is closed');
      watchers.show(envelope);
      return track(deliver(envelope, [...subscriptions.values()], settled, handleTimeoutMs));
    },
    async subscribe(subscription) {
      assertSubscription(subscription);
      if (closed) throw new Error('the bus is closed');
      if (subscriptions.has(subscription.name))
        throw new TypeError(`consumer "${subscription.name}" is subscribed already`);
      subscriptions.set(subscription.name, subscription);
      return async () => {
        subscriptions.delete(subscription.name);
        await idle();
      };
    },
    watch: async (types, watcher) => watchers.add(types, watcher),
    idle,
    pending: async () => null,
    ping: async () => {},
    async close() {
      closed = true;
      await idle();
      subscriptions.clear();
    },
  };
}
