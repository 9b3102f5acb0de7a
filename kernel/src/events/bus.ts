import { assertTypePattern, type EventEnvelope } from './envelope.ts';

/** A named taker of events. The name stands for one stream of deliveries, whatever process it runs in. */
export interface Subscription {
  /** Lower case words joined by `.` or `-`; unique on a bus. */
  name: string;
  /** Exact event types, or prefixes such as `shop.*` that take every type below. */
  types: readonly string[];
  /** Resolves once the event is settled for good: its effect is committed, or it was durably given up. */
  handle(envelope: EventEnvelope): Promise<void>;
  /** Durably gives an event up that kept ending the process which handled it; without it the bus tries for ever. */
  giveUp?(envelope: EventEnvelope, error: unknown): Promise<void>;
}

/** Sees events go by: in every process that watches, from now on only, as a rule once each. Must not throw. */
export type Watcher = (envelope: EventEnvelope) => void;

/** Ends deliveries in this process; resolves when nothing of it runs any more. */
export type Unsubscribe = () => Promise<void>;

/**
 * Carries events from relays to consumers at least once. Events of one aggregate reach a consumer in the order in which their
 * publishing resolved; an event that a consumer fails on is delivered again until it is settled.
 */
export interface Bus {
  /** Resolves when the event can no longer be lost; rejects when it must be published again. */
  publish(envelope: EventEnvelope): Promise<void>;
  /** Throws `TypeError` for a malformed name or type and for a name that is taken. */
  subscribe(subscription: Subscription): Promise<Unsubscribe>;
  /**
   * Shows events of these types to this process, beside all consumers and without a place of its own: for what is on people's screens, not for
   * what must happen. Throws `TypeError` for a malformed type.
   */
  watch(types: readonly string[], watcher: Watcher): Promise<Unsubscribe>;
  /** Resolves when everything published so far is settled by the consumers of this process; for tests. */
  idle(): Promise<void>;
  /** How many events this consumer has still to settle; null where they wait in their outboxes instead. Rejects as `ping`. */
  pending(name: string): Promise<number | null>;
  /** Rejects when what carries the events does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

const NAME = /^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/;

/** Throws `TypeError` unless the name and all types of a subscription are well formed. */
export function assertSubscription({ name, types }: Subscription): void {
  if (!NAME.test(name)) throw new TypeError(`"${name}" is not a consumer name`);
  if (types.length === 0) throw new TypeError(`consumer "${name}" takes no type`);
  for (const type of types) assertTypePattern(type);
}
