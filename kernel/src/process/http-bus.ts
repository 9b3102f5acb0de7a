import type { Bus } from '../events/bus.ts';
import type { EventEnvelope } from '../events/envelope.ts';
import { EVENTS_PATH, type SignedPost } from '../graph/http-transport.ts';
import { internalRequest } from '../request/acting.ts';

/** Half a minute: an event has no one waiting for it, and a consumer may have others in hand first. */
const EVENT_MS = 30_000;

/** A bus whose events come in by post as well. */
export interface HttpBus extends Bus {
  /** Hands an event of another service to the consumers here; it goes no further. Rejects when it must be sent again. */
  receive(envelope: EventEnvelope): Promise<void>;
}

/**
 * A bus for separate processes without a broker: an event is published when the consumers here and every other service
 * have taken it; a service that is down keeps it in the outbox of its origin. NATS is the better choice beyond one machine.
 */
export function httpBus(local: Bus, others: readonly string[], client: SignedPost): HttpBus {
  return {
    async publish(envelope) {
      const body = JSON.stringify(envelope);
      const info = internalRequest(envelope.tenantid);
      const posts = others.map(async (service) => {
        const { status } = await client.post(service, EVENTS_PATH, body, info, { timeoutMs: EVENT_MS });
        if (status !== 204) throw new Error(`${service} did not take the event: status ${status}`);
      });
      await Promise.all([local.publish(envelope), ...posts]);
    },
    receive: (envelope) => local.publish(envelope),
    subscribe: (subscription) => local.subscribe(subscription),
    watch: (types, watcher) => local.watch(types, watcher),
    idle: () => local.idle(),
    pending: (name) => local.pending(name),
    ping: local.ping,
    close: async () => {
      await local.close();
      await client.close();
    },
  };
}
