import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import type { Event } from './event.entity.ts';
import { EventOrganizer } from './organizer.entity.ts';

/** Writes down who organizes an event beside, as its row says. */
export async function putOrganizers(tx: EntityManager, { id: eventId, tenantId, coOrganizers }: Event): Promise<void> {
  await tx.flush();
  await tx.nativeDelete(EventOrganizer, { eventId });
  for (const userId of coOrganizers) tx.create(EventOrganizer, { id: uuidv7(), tenantId, eventId, userId });
  await tx.flush();
}
