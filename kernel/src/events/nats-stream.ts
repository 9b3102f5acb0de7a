import { AckPolicy, DeliverPolicy, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { Subscription } from './bus.ts';

/** Names of a stream: its own, and the first token of its subjects. */
export interface StreamNames {
  stream: string;
  prefix: string;
}

const DAY_MS = 86_400_000;

function isMissing(error: unknown): boolean {
  return error instanceof Error && /not found/i.test(error.message);
}

/** Creates the stream when it is missing: kept on disk for seven days; repeats of an id are dropped for two minutes. */
export async function ensureStream(
  jsm: JetStreamManager,
  { stream, prefix }: StreamNames,
  replicas = 1,
): Promise<void> {
  try {
    await jsm.streams.info(stream);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await jsm.streams.add({
      name: stream,
      subjects: [`${prefix}.>`],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      max_age: nanos(7 * DAY_MS),
      duplicate_window: nanos(120_000),
      num_replicas: replicas,
    });
  }
}

/** Name of the durable consumer; names hold no underscore, so no two become one. */
export const durableName = (name: string): string => name.replaceAll('.', '_');

/** Subject of an event type, or of a prefix that ends in `.*`. */
export function subjectOf(prefix: string, type: string): string {
  return `${prefix}.${type.endsWith('.*') ? `${type.slice(0, -2)}.>` : type}`;
}

/** One filter where the consumer has one type, else all subjects: servers before 2.10 know one filter only, and the client filters again. */
function filterOf(prefix: string, { types }: Subscription): string {
  const [only] = types;
  return only !== undefined && types.length === 1 ? subjectOf(prefix, only) : `${prefix}.>`;
}

/** Creates or updates the durable pull consumer that keeps the place of this subscription. */
export async function ensureConsumer(
  jsm: JetStreamManager,
  names: StreamNames,
  subscription: Subscription,
  limits: { ackWaitMs: number; maxAckPending: number },
): Promise<void> {
  const durable = durableName(subscription.name);
  const changeable = {
    filter_subject: filterOf(names.prefix, subscription),
    ack_wait: nanos(limits.ackWaitMs),
    max_ack_pending: limits.maxAckPending,
    // Deliveries are counted by the consumer, which gives up durably; a server that gave up would lose the event without a trace.
    max_deliver: -1,
  };
  try {
    await jsm.consumers.info(names.stream, durable);
  } catch (error) {
    if (!isMissing(error)) throw error;
    const fixed = { durable_name: durable, ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All };
    await jsm.consumers.add(names.stream, { ...fixed, ...changeable });
    return;
  }
  await jsm.consumers.update(names.stream, durable, changeable);
}
