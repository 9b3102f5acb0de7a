import type { Bus, Unsubscribe } from '@polity/kernel/events/bus';
import { gatewayConsumers } from '../event-types.ts';
import type { SessionStore } from './store.ts';

/**
 * Ends the sessions of people who were suspended or erased, or left a tenant, by whatever way: a command, an event, another gateway. An event that comes
 * late or twice leaves the sessions alone that began after it.
 */
export function endSessionsOnEvents(bus: Bus, store: SessionStore): Promise<Unsubscribe> {
  return bus.subscribe({
    ...gatewayConsumers.sessions,
    async handle({ subject, time, data }) {
      const { userId = subject, tenantId = null } = (data ?? {}) as { userId?: string; tenantId?: string | null };
      await store.endBefore(userId, Date.parse(time), tenantId);
    },
  });
}
