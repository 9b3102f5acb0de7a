import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { getPlace, mustLive } from '@polity/kernel/access/place';
import { type RowPlace, visibilityAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { type ClaimedUpload, keepUpload } from '@polity/kernel/files/request-files';
import { Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { renderMarkdown } from '@polity/kernel/text/markdown';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { type Occurrence, onDate } from '../calendar/occurrence.ts';
import { newSeries } from '../recurrence/series.ts';
import { movedOnWall, wallDifference } from '../recurrence/zone.ts';
import { ofDate, ofWhole } from '../rsvp/rsvp.lists.ts';
import { settle } from './event.dates.ts';
import { Event, type EventChanges, type EventRow } from './event.entity.ts';
import { EventCancelled } from './event.errors.ts';
import { checkSpan, newEvent } from './event.input.ts';
import { canCreate, canEdit, codes } from './event.policy.ts';
import { seenEvents } from './event.visibility.ts';
import { putOrganizers } from './organizers.ts';
import { mustHaveRoomForSeries } from './series-limit.ts';

export type NewEvent = z.input<typeof newEvent> & { scope: ScopeRef };

const NOUN = 'This event';

/** What others are told about an event. */
export function told(event: EventRow) {
  const { communityId, teamId } = event.place();
  return { subject: event.id, data: { eventId: event.id, communityId, teamId, visibility: event.visibility } };
}

/** The event for a verb that writes beside it, its row locked, so that one verb follows the other. Throws NotFound for hidden and missing alike. */
export async function getLocked(tx: EntityManager, authorizer: Authorizer, id: string): Promise<Event> {
  if (isUuid(id))
    await tx.execute('select 1 from event where id = ? and tenant_id = ? for no key update', [id, authorizer.tenantId]);
  return getVisible(tx, Event, { id, visible: seenEvents(authorizer), noun: NOUN });
}

/** The same for who may change it. Throws NotFound, Forbidden. */
export async function getForEdit(tx: EntityManager, authorizer: Authorizer, id: string): Promise<Event> {
  const event = await getLocked(tx, authorizer, id);
  if (!canEdit(authorizer, event)) throw new Forbidden();
  return event;
}

/** The HTML of a description; rendered before a transaction opens. */
export const renderedDescription = async (description: string | null | undefined): Promise<string | null> =>
  description ? renderMarkdown(description, 'description') : null;

/** Whoever organizes an event must be able to: a person who may make events there. Throws InvalidInput for `organizerId`. */
export async function checkOrganizer(ctx: Context, organizerId: string | undefined, place: RowPlace): Promise<void> {
  if (organizerId === undefined || organizerId === ctx.viewer.id) return;
  const authorizer = isUuid(organizerId) ? await ctx.accessOf(organizerId).authorizer() : null;
  if (!authorizer || !canCreate(authorizer.quiet, place))
    throw new InvalidInput({ organizerId: 'must be somebody who may make events there' });
}

/** The same of those who organize it beside. Throws InvalidInput for `coOrganizerIds`. */
export async function checkCoOrganizers(ctx: Context, ids: readonly string[], place: RowPlace): Promise<void> {
  for (const id of ids)
    await checkOrganizer(ctx, id, place).catch((error: unknown) => {
      if (!(error instanceof InvalidInput)) throw error;
      throw new InvalidInput({ coOrganizerIds: 'must be people who may make events there' });
    });
}

/** The picture that an upload brought; null clears it, and absent leaves it. Claimed before a transaction opens. */
export const imageOf = async (
  ctx: Context,
  token: string | null | undefined,
): Promise<ClaimedUpload | null | undefined> => (typeof token === 'string' ? ctx.files.claim(token, 'IMAGE') : token);

/** For how long the address of a picture holds that not everybody may see, in seconds. */
const PICTURE_SECONDS = 3_600;

/** Address of the picture of an event; it ends where not everybody sees the event. */
export const imageUrl = ({ files }: Pick<Context, 'files'>, { imageFile, visibility }: EventRow): string | null =>
  files.address(imageFile ?? null, visibility === 'PUBLIC' ? undefined : PICTURE_SECONDS);

/** Makes an event at a scope. Throws InvalidInput, NotFound for a scope that is hidden or missing, Forbidden, Conflict in an archived community. */
export async function create(ctx: Context, { scope, ...input }: NewEvent): Promise<Event> {
  const authorizer = await ctx.access.authorizer();
  const {
    draft = false,
    visibility,
    organizerId,
    image: token,
    coOrganizerIds = [],
    ...given
  } = checked(newEvent, input);
  checkSpan(given);
  if (given.recurrence)
    newSeries({ startsAt: given.startsAt.getTime(), timeZone: given.timeZone, recurrence: given.recurrence });
  const place = await getPlace(ctx.access, scope, codes);
  if (!canCreate(authorizer, place)) throw new Forbidden();
  mustLive(place);
  await checkOrganizer(ctx, organizerId, place);
  await checkCoOrganizers(ctx, coOrganizerIds, place);
  const descriptionHtml = await renderedDescription(given.description);
  const image = await imageOf(ctx, token);
  return write(ctx, async (tx) => {
    const chosenVisibility = visibilityAt(scope.type, visibility);
    if (given.recurrence) await mustHaveRoomForSeries(tx, place, ctx.clock.now());
    if (image) await keepUpload(tx, image, ctx.clock.now());
    const own = { imageFile: image?.name ?? null, coOrganizers: coOrganizerIds, ...(organizerId && { organizerId }) };
    const event = newRow(tx, ctx, { ...given, chosenVisibility, descriptionHtml, ...own }, place);
    event.status = draft ? 'DRAFT' : 'PUBLISHED';
    settle(event);
    event.sequence = 0;
    await putOrganizers(tx, event);
    if (!draft) await recordEvent(tx, ctx, 'events.event.created', told(event));
    return event;
  });
}

type Given = EventChanges &
  Required<Pick<EventChanges, 'title' | 'startsAt' | 'endsAt' | 'timeZone' | 'chosenVisibility' | 'descriptionHtml'>>;

/** A row with what is given, and the defaults of all else. */
export function newRow(
  tx: EntityManager,
  ctx: Pick<Context, 'tenantId' | 'viewer'>,
  given: Given,
  { communityId, teamId }: Pick<RowPlace, 'communityId' | 'teamId'>,
): Event {
  const [id, authorId] = [uuidv7(), ctx.viewer.id as string];
  return tx.create(Event, {
    ...given,
    allDay: given.allDay ?? false,
    guestLimit: given.guestLimit ?? 0,
    tags: given.tags ?? [],
    coOrganizers: given.coOrganizers ?? [],
    needsApproval: given.needsApproval ?? false,
    questions: given.questions ?? [],
    attendeesShownTo: given.attendeesShownTo ?? 'EVERYONE',
    selfCheckIn: given.selfCheckIn ?? false,
    organizerId: given.organizerId ?? authorId,
    id,
    tenantId: ctx.tenantId,
    authorId,
    communityId,
    teamId,
    visibility: 'PRIVATE',
    status: 'DRAFT',
    spanStartsAt: given.startsAt,
    uid: `${id}@polity`,
    sequence: 0,
  });
}

/** Publishes a draft; one that is published already stays as it is. */
export async function publish(ctx: Context, id: string): Promise<Event> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const event = await getForEdit(tx, authorizer, id);
    if (event.status === 'CANCELLED') throw new EventCancelled();
    if (event.status === 'PUBLISHED') return event;
    event.publish(ctx.clock.now());
    settle(event);
    await recordEvent(tx, ctx, 'events.event.created', told(event));
    return event;
  });
}

/** A draft like an event that the viewer may change, by default a week later on the clock. Answers, attendance and changed dates are not copied. */
export async function duplicate(ctx: Context, id: string, startsAt: Date | null | undefined): Promise<Event> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const source = await getForEdit(tx, authorizer, id);
    const { timeZone } = source;
    const WEEK_MS = 7 * 86_400_000;
    const byMs = startsAt ? wallDifference(source.startsAt.getTime(), timeZone, startsAt.getTime(), timeZone) : WEEK_MS;
    const begin = startsAt ?? new Date(movedOnWall(source.startsAt.getTime(), byMs, timeZone));
    const copy = newRow(tx, ctx, copied(source), source.place());
    copy.startsAt = begin;
    copy.endsAt = new Date(begin.getTime() + source.lasts());
    if (source.recurrence) newSeries({ startsAt: begin.getTime(), timeZone, recurrence: source.recurrence });
    if (source.recurrence) await mustHaveRoomForSeries(tx, source, ctx.clock.now());
    settle(copy);
    await putOrganizers(tx, copy);
    return copy;
  });
}

/** What a copy of an event has of it. */
export function copied(source: Event): Given {
  const { title, description, descriptionHtml, chosenVisibility, location, latitude, longitude, onlineUrl } = source;
  const { timeZone, allDay, startsAt, endsAt, recurrence, capacity, guestLimit, tags, priceNote, selfCheckIn } = source;
  const { rsvpClosesMinutes, needsApproval, questions, attendeesShownTo, imageFile } = source;
  const { coOrganizers, acceptMinutes } = source;
  return {
    ...{
      title,
      description,
      descriptionHtml: descriptionHtml ?? null,
      chosenVisibility,
      location,
      latitude,
      longitude,
      onlineUrl,
      timeZone,
    },
    ...{ allDay, startsAt, endsAt, recurrence, capacity, guestLimit, tags: [...tags], priceNote, selfCheckIn },
    ...{ rsvpClosesMinutes, needsApproval, questions: [...questions], attendeesShownTo, imageFile },
    ...{ coOrganizers: [...coOrganizers], acceptMinutes },
  };
}

/** Deletes an event with all that belongs to it, and answers it as it was. Throws NotFound, Forbidden. */
export async function remove(ctx: Context, id: string): Promise<Event> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const event = await getForEdit(tx, authorizer, id);
    // Whoever deletes the row tells about it, so that two at once are one deletion.
    if ((await tx.nativeDelete(Event, { id })) === 0) throw new NotFound(NOUN);
    await recordEvent(tx, ctx, 'events.event.deleted', told(event));
    return event;
  });
}

export async function viewerCanEdit(ctx: Context, event: EventRow): Promise<boolean> {
  return canEdit((await ctx.access.authorizer()).quiet, event);
}

/** Whether somebody is told the address of the meeting: those who are going, and those who organize it. */
const mayFollow = async (
  ctx: Context,
  event: EventRow,
  mine: () => Promise<{ mine: string | null }>,
): Promise<boolean> => canEdit((await ctx.access.authorizer()).quiet, event) || (await mine()).mine === 'GOING';

export const linkOf = async (ctx: Context, event: EventRow): Promise<string | null> =>
  event.onlineUrl && (await mayFollow(ctx, event, () => ofWhole(ctx, event))) ? event.onlineUrl : null;

/** The same on one date. */
export async function linkOn(ctx: Context, date: Occurrence): Promise<string | null> {
  const url = onDate(date, 'onlineUrl');
  return url && (await mayFollow(ctx, date.event, () => ofDate(ctx, date))) ? url : null;
}
