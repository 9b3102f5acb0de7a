import { setTimeout as sleep } from 'node:timers/promises';
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Logger } from '../log/logger.ts';
import { type Backoff, fullJitter } from './backoff.ts';
import type { Subscription } from './bus.ts';
import { type EventEnvelope, matchesType } from './envelope.ts';

/** How deliveries of one subscription are tried. */
export interface DeliveryPolicy {
  ackWaitMs: number;
  backoff: Backoff;
  /** Deliveries by the server after which an event is given up: each more than one means that a process ended in the middle of it. */
  maxDeliveries: number;
  log?: Logger | undefined;
}

/** The event that a message holds; null where it holds none. */
export function readEvent(message: Pick<JsMsg, 'json'>): EventEnvelope | null {
  try {
    const envelope = message.json<EventEnvelope>();
    return typeof envelope?.id === 'string' && typeof envelope.type === 'string' ? envelope : null;
  } catch {
    return null;
  }
}

/** Handles until it succeeds, pausing between tries; false when this process stopped first. */
async function handleUntilSettled(
  subscription: Subscription,
  envelope: EventEnvelope,
  policy: DeliveryPolicy,
  stop: AbortSignal,
) {
  for (let attempt = 1; !stop.aborted; attempt++) {
    try {
      await subscription.handle(envelope);
      return true;
    } catch (error) {
      policy.log?.warn(
        { err: error, consumer: subscription.name, eventId: envelope.id, type: envelope.type, attempt },
        'event not handled',
      );
      await sleep(fullJitter(attempt, policy.backoff), undefined, { signal: stop }).catch(() => undefined);
    }
  }
  return false;
}

async function settle(
  subscription: Subscription,
  message: JsMsg,
  envelope: EventEnvelope,
  policy: DeliveryPolicy,
  stop: AbortSignal,
) {
  const deliveries = message.info.deliveryCount;
  if (deliveries > policy.maxDeliveries && subscription.giveUp) {
    await subscription.giveUp(envelope, new Error(`delivered ${deliveries} times and never settled`));
    message.ack();
  } else if (await handleUntilSettled(subscription, envelope, policy, stop)) message.ack();
  else message.nak();
}

/** Work in the order of its coming for each key, side by side across keys. */
function serialByKey() {
  const last = new Map<string, Promise<void>>();
  return {
    async run(key: string, work: () => Promise<void>) {
      const mine = (last.get(key) ?? Promise.resolve()).then(work);
      last.set(key, mine);
      await mine;
      if (last.get(key) === mine) last.delete(key);
    },
    ended: async () => void (await Promise.all(last.values())),
  };
}

/**
 * Delivers what arrives until the messages end. An event that fails is tried again here, with the events of its aggregate waiting
 * behind it; while it waits the server is told that it is in work. Resolves when nothing is in hand any more.
 */
export async function deliver(
  messages: ConsumerMessages,
  subscription: Subscription,
  policy: DeliveryPolicy,
  stop: AbortSignal,
): Promise<void> {
  const aggregates = serialByKey();

  async function take(message: JsMsg) {
    const envelope = readEvent(message);
    if (!envelope) {
      policy.log?.error({ consumer: subscription.name, sequence: message.seq }, 'message is not an event');
      message.ack();
      return;
    }
    if (!matchesType(subscription.types, envelope.type)) {
      message.ack();
      return;
    }
    const working = setInterval(() => message.working(), policy.ackWaitMs / 3);
    try {
      await aggregates.run(envelope.subject, () => settle(subscription, message, envelope, policy, stop));
    } finally {
      clearInterval(working);
    }
  }

  for await (const message of messages) {
    // Left unacknowledged when even giving up failed, so the server sends it again.
    take(message).catch((error: unknown) =>
      policy.log?.error({ err: error, consumer: subscription.name }, 'delivery failed'),
    );
  }
  await aggregates.ended();
}
