import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { Event } from './event.entity.ts';
import { eventChanges, newEvent } from './event.input.ts';
import { canCreate, canEdit } from './event.policy.ts';
import { seenEvents } from './event.visibility.ts';

const told = ({ id, visibility }: Event) => ({ subject: id, data: { eventId: id, visibility } });

/** The event for a verb that changes it. Throws NotFound for hidden and missing alike. */
const get = (tx: EntityManager, authorizer: Authorizer, id: string): Promise<Event> =>
  getVisible(tx, Event, { id, visible: seenEvents(authorizer), noun: 'This event' });

export async function create(ctx: Context, input: z.input<typeof newEvent>): Promise<Event> {
  const { title, visibility = 'COMMUNITY' } = checked(newEvent, input);
  const authorizer = await ctx.access.authorizer();
  if (!canCreate(authorizer)) throw new Forbidden();
  return write(ctx, async (tx) => {
    const { tenantId, viewer } = ctx;
    const event = tx.create(Event, { id: uuidv7(), tenantId, authorId: viewer.id as string, title, visibility });
    await recordEvent(tx, ctx, 'events.event.created', told(event));
    return event;
  });
}

export async function update(ctx: Context, id: string, input: z.input<typeof eventChanges>): Promise<Event> {
  const changes = checked(eventChanges, input);
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const event = await get(tx, authorizer, id);
    if (!canEdit(authorizer, event)) throw new Forbidden();
    event.edit(changes, ctx.clock.now());
    await recordEvent(tx, ctx, 'events.event.updated', told(event));
    return event;
  });
}

/** Deletes a event and answers it as it was. */
export async function remove(ctx: Context, id: string): Promise<Event> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const event = await get(tx, authorizer, id);
    if (!canEdit(authorizer, event)) throw new Forbidden();
    // Whoever deletes the row tells about it, so that two at once are one deletion.
    if ((await tx.nativeDelete(Event, { id })) === 0) throw new NotFound('This event');
    await recordEvent(tx, ctx, 'events.event.deleted', told(event));
    return event;
  });
}
