import type { Bus, Unsubscribe } from '@polity/kernel/events/bus';
import type { SessionStore } from './store.ts';

const TYPES = ['identity.sessions.ended'];

/**
 * Ends the sessions of people who were suspended or erased, or left a tenant, by whatever way: a command, an event, another gateway. An event that comes
 * late or twice leaves the sessions alone that began after it.
 */
export function endSessionsOnEvents(bus: Bus, store: SessionStore): Promise<Unsubscribe> {
  return bus.subscribe({
    name: 'gateway.sessions',
    types: TYPES,
    async handle({ subject, time, data }) {
      const { userId = subject, tenantId = null } = (data ?? {}) as { userId?: string; tenantId?: string | null };
      await store.endBefore(userId, Date.parse(time), tenantId);
    },
  });
}
