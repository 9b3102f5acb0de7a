import type { EntityManager } from '@mikro-orm/postgresql';
import { visibilityAt } from '@polity/kernel/access/placed';
import { checked, readReason } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { keepUpload } from '@polity/kernel/files/request-files';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { newSeries, splitAt } from '../recurrence/series.ts';
import { sameWallIn, writeUtc } from '../recurrence/zone.ts';
import { remindLater } from '../reminder/reminder.service.ts';
import { promote } from '../rsvp/waitlist.ts';
import { ChangedDate } from './changed-date.entity.ts';
import { firstDate, hasDate, settle } from './event.dates.ts';
import type { Event } from './event.entity.ts';
import { EventCancelled, noSuchDate, TooManyChangedDates } from './event.errors.ts';
import { checkForOneDate, checkSpan, eventChanges, type ReadChanges } from './event.input.ts';
import {
  checkCoOrganizers,
  checkOrganizer,
  copied,
  getForEdit,
  imageOf,
  newRow,
  renderedDescription,
  told,
} from './event.service.ts';
import { putOrganizers } from './organizers.ts';
import { mustHaveRoomForSeries } from './series-limit.ts';
import { moveDates, takeOver } from './stored-dates.ts';

/** How many dates of a series may differ from it. */
export const MAX_CHANGED_DATES = 1_000;

/** Which dates of a series are meant: one, that one and all after it, or all. */
export interface Span {
  occurrence?: Date | null | undefined;
  span?: 'THIS' | 'FOLLOWING' | 'ALL' | null | undefined;
}

type Target = { kind: 'ALL' } | { kind: 'THIS' | 'FOLLOWING'; recurrenceId: Date };

/** What is meant, for this event. Throws InvalidInput for a date that it does not have. */
function targetOf(event: Event, { occurrence, span }: Span): Target {
  if (!occurrence) {
    if (span === 'THIS' || span === 'FOLLOWING') throw new InvalidInput({ occurrence: 'is needed for one date' });
    return { kind: 'ALL' };
  }
  if (!hasDate(event, occurrence)) throw noSuchDate();
  if (!event.recurrence || span === 'ALL') return { kind: 'ALL' };
  const isFirst = firstDate(event) === occurrence.getTime();
  if (span === 'FOLLOWING') return isFirst ? { kind: 'ALL' } : { kind: 'FOLLOWING', recurrenceId: occurrence };
  return { kind: 'THIS', recurrenceId: occurrence };
}

type Read = Omit<ReadChanges, 'visibility' | 'image' | 'coOrganizerIds'> & { descriptionHtml?: string | null };

/** Start, end and zone after the change: the clock of the zone holds, and so does the length, unless both are told. */
function timesAfter(event: Pick<Event, 'startsAt' | 'endsAt' | 'timeZone'>, changes: Partial<Read>) {
  const { timeZone = event.timeZone } = changes;
  const kept = (at: Date) => new Date(sameWallIn(at.getTime(), event.timeZone, timeZone));
  const startsAt = changes.startsAt ?? kept(event.startsAt);
  const lasts = event.endsAt.getTime() - event.startsAt.getTime();
  const endsAt = changes.endsAt ?? (changes.startsAt ? new Date(startsAt.getTime() + lasts) : kept(event.endsAt));
  checkSpan({ startsAt, endsAt });
  return { startsAt, endsAt, timeZone };
}

async function editAll(tx: EntityManager, event: Event, changes: Read, at: Date): Promise<void> {
  const before = { startsAt: event.startsAt.getTime(), timeZone: event.timeZone };
  const times = timesAfter(event, changes);
  const { recurrence = event.recurrence } = changes;
  if (recurrence) newSeries({ startsAt: times.startsAt.getTime(), timeZone: times.timeZone, recurrence });
  if (recurrence && !event.recurrence) await mustHaveRoomForSeries(tx, event, at);
  event.edit({ ...changes, ...times }, at);
  settle(event);
  await tx.flush();
  await moveDates(tx, event, before);
  const changed = await tx.find(ChangedDate, { eventId: event.id });
  for (const { startsAt, endsAt } of changed) event.reach(startsAt, endsAt);
}

/** The row of a date that differs, made where there is none. Throws TooManyChangedDates. */
export async function changedDate(tx: EntityManager, event: Event, recurrenceId: Date): Promise<ChangedDate> {
  const { id: eventId, tenantId } = event;
  const found = await tx.findOne(ChangedDate, { eventId, recurrenceId });
  if (found) return found;
  if ((await tx.count(ChangedDate, { eventId })) >= MAX_CHANGED_DATES) throw new TooManyChangedDates();
  const endsAt = new Date(recurrenceId.getTime() + event.lasts());
  return tx.create(ChangedDate, { id: uuidv7(), tenantId, eventId, recurrenceId, startsAt: recurrenceId, endsAt });
}

async function editOne(tx: EntityManager, event: Event, recurrenceId: Date, changes: Read): Promise<void> {
  const date = await changedDate(tx, event, recurrenceId);
  const { startsAt, endsAt } = timesAfter(
    { startsAt: date.startsAt, endsAt: date.endsAt, timeZone: event.timeZone },
    changes,
  );
  date.change({ ...changes, startsAt, endsAt });
  event.reach(startsAt, endsAt);
  event.sequence += 1;
}

/** Ends the series before that date, and makes the rest a series of its own that keeps the answers to its dates. */
async function split(tx: EntityManager, ctx: Context, event: Event, recurrenceId: Date): Promise<Event> {
  const source = {
    startsAt: event.startsAt.getTime(),
    timeZone: event.timeZone,
    recurrence: event.recurrence as string,
  };
  const { before, rest } = splitAt(source, recurrenceId.getTime());
  await mustHaveRoomForSeries(tx, event, ctx.clock.now());
  const endsAt = new Date(recurrenceId.getTime() + event.lasts());
  const following = newRow(
    tx,
    ctx,
    { ...copied(event), startsAt: recurrenceId, endsAt, recurrence: rest || null },
    event.place(),
  );
  Object.assign(following, { authorId: event.authorId, organizerId: event.organizerId, status: event.status });
  // The same every time, so that whoever subscribed to the calendar finds the rest where it was.
  following.uid = `${event.uid.replace('@', `_R${writeUtc(recurrenceId.getTime())}@`)}`;
  settle(following);
  event.edit({ recurrence: before || null }, ctx.clock.now());
  settle(event);
  await tx.flush();
  await takeOver(tx, event, following, recurrenceId);
  await putOrganizers(tx, following);
  const changed = await tx.find(ChangedDate, { eventId: following.id });
  for (const { startsAt, endsAt } of changed) following.reach(startsAt, endsAt);
  return following;
}

/**
 * Changes an event, one date of it, or a date and all after it; answers what was changed, which for FOLLOWING is the new series. Throws
 * InvalidInput, NotFound, Forbidden, Conflict.
 */
export async function update(
  ctx: Context,
  id: string,
  input: z.input<typeof eventChanges>,
  span: Span = {},
): Promise<Event> {
  const authorizer = await ctx.access.authorizer();
  const { visibility, image: token, coOrganizerIds, ...given } = checked(eventChanges, input);
  const rendered =
    given.description === undefined ? {} : { descriptionHtml: await renderedDescription(given.description) };
  await checkNewOrganizers(ctx, id, given.organizerId, coOrganizerIds);
  const beside = coOrganizerIds && { coOrganizers: coOrganizerIds };
  const image = await imageOf(ctx, token);
  const picture = image === undefined ? {} : { imageFile: image?.name ?? null };
  return write(ctx, async (tx) => {
    const event = await getForEdit(tx, authorizer, id);
    if (event.status === 'CANCELLED') throw new EventCancelled();
    const chosen = visibility && { chosenVisibility: visibilityAt(event.scopeRef().type, visibility) };
    const target = targetOf(event, span);
    const changes = { ...given, ...rendered, ...chosen, ...picture, ...beside } as Read;
    if (image) await keepUpload(tx, image, ctx.clock.now());
    if (target.kind === 'THIS') {
      checkForOneDate({
        ...given,
        ...(visibility && { visibility }),
        ...(image !== undefined && { image }),
        ...(beside && { coOrganizerIds }),
      });
      await editOne(tx, event, target.recurrenceId, changes);
    }
    const edited = target.kind === 'FOLLOWING' ? await split(tx, ctx, event, target.recurrenceId) : event;
    if (target.kind !== 'THIS') await editAll(tx, edited, changes, ctx.clock.now());
    if (beside) await putOrganizers(tx, edited);
    await remindLater(tx, ctx, edited.id);
    if (changes.capacity !== undefined) await promote(tx, ctx, edited, null);
    const occurrence = target.kind === 'THIS' ? target.recurrenceId.toISOString() : null;
    if (edited !== event) await tellSplit(tx, ctx, event, edited);
    await tellUpdate(tx, ctx, edited, occurrence);
    return edited;
  });
}

/** Access is asked before the transaction opens; the place of an event never changes. */
async function checkNewOrganizers(
  ctx: Context,
  id: string,
  organizerId: string | undefined,
  beside: readonly string[] = [],
): Promise<void> {
  if (organizerId === undefined && beside.length === 0) return;
  const event = await ctx.loaders.eventById.load(id);
  // A hidden or missing event is answered by the verb itself.
  if (!event) return;
  await checkOrganizer(ctx, organizerId, event.place());
  await checkCoOrganizers(ctx, beside, event.place());
}

async function tellUpdate(tx: EntityManager, ctx: Context, event: Event, occurrence: string | null): Promise<void> {
  const { subject, data } = told(event);
  if (event.status !== 'DRAFT')
    await recordEvent(tx, ctx, 'events.event.updated', { subject, data: { ...data, occurrence } });
}

async function tellSplit(tx: EntityManager, ctx: Context, event: Event, following: Event): Promise<void> {
  await tellUpdate(tx, ctx, event, null);
  if (following.status !== 'DRAFT') await recordEvent(tx, ctx, 'events.event.created', told(following));
}

/** Cancels an event, one date of it, or a date and all after it. What is cancelled already stays so. */
export async function cancel(
  ctx: Context,
  id: string,
  { reason: given, ...span }: Span & { reason?: string | null | undefined },
): Promise<Event> {
  const authorizer = await ctx.access.authorizer();
  const reason = readReason(given);
  return write(ctx, async (tx) => {
    const event = await getForEdit(tx, authorizer, id);
    if (event.status === 'CANCELLED') return event;
    const target = targetOf(event, span);
    const at = ctx.clock.now();
    if (target.kind === 'THIS') {
      const date = await changedDate(tx, event, target.recurrenceId);
      if (date.cancelledAt) return event;
      date.cancel(at, reason);
      event.sequence += 1;
      await tellCancelled(tx, ctx, event, target.recurrenceId.toISOString());
      return event;
    }
    const ended = target.kind === 'FOLLOWING' ? await split(tx, ctx, event, target.recurrenceId) : event;
    if (ended !== event) await tellSplit(tx, ctx, event, ended);
    ended.cancel(at, reason);
    await tellCancelled(tx, ctx, ended, null);
    return ended;
  });
}

async function tellCancelled(tx: EntityManager, ctx: Context, event: Event, occurrence: string | null): Promise<void> {
  const { subject, data } = told(event);
  await recordEvent(tx, ctx, 'events.event.cancelled', { subject, data: { ...data, occurrence } });
}
