import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { getPlace, mustLive, type SeenPlace } from '@polity/kernel/access/place';
import { visibilityAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { write } from '@polity/kernel/domain/write';
import { AppError, Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { ChangedDate } from '../event/changed-date.entity.ts';
import { hasDate, settle } from '../event/event.dates.ts';
import { changedDate } from '../event/event.edit.ts';
import { Event } from '../event/event.entity.ts';
import { checkSpan } from '../event/event.input.ts';
import { canCreate, canEdit, codes } from '../event/event.policy.ts';
import { newRow, renderedDescription, told } from '../event/event.service.ts';
import { mustHaveRoomForSeries } from '../event/series-limit.ts';
import { newSeries } from '../recurrence/series.ts';
import { addTo, bounded, type CalendarImport, emptyReport, note, refuse } from './import.report.ts';
import { isCalendar, type ReadEvent, readCalendar } from './read.ts';

/** An event of a file with the HTML of its description, made before any transaction opens. */
type Prepared = ReadEvent & { descriptionHtml: string | null };

const MAX_TEXT = 512 * 1024;
const BATCH = 100;

const problemOf = (error: unknown): string => {
  if (!(error instanceof AppError)) throw error;
  const { fields } = error.details as { fields?: Record<string, string> };
  return fields
    ? Object.entries(fields)
        .map(([name, problem]) => `${name} ${problem}`)
        .join('; ')
    : error.message;
};

/** What one component comes to; its refusal is told and holds up nothing else. */
async function attempt<Result>(
  uid: string,
  report: CalendarImport,
  work: () => Promise<Result> | Result,
): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    refuse(report, uid, problemOf(error));
    return null;
  }
}

async function prepared(events: readonly ReadEvent[], report: CalendarImport): Promise<Prepared[]> {
  const ready: Prepared[] = [];
  for (const event of events) {
    const done = await attempt(event.uid, report, async () => {
      checkSpan(event);
      if (event.startsAt.getUTCFullYear() < 1900 || event.endsAt.getUTCFullYear() >= 2500)
        throw new InvalidInput({ startsAt: 'lies too far away' });
      const { startsAt, timeZone, recurrence } = event;
      if (recurrence) newSeries({ startsAt: startsAt.getTime(), timeZone, recurrence });
      return { ...event, descriptionHtml: await renderedDescription(event.description) };
    });
    if (done) ready.push(done);
  }
  return ready;
}

const PARTS = [
  'title',
  'description',
  'location',
  'onlineUrl',
  'latitude',
  'longitude',
  'timeZone',
  'allDay',
  'recurrence',
] as const;

function isSame(event: Event, read: Prepared): boolean {
  const sameTimes =
    event.startsAt.getTime() === read.startsAt.getTime() && event.endsAt.getTime() === read.endsAt.getTime();
  const sameTags = event.tags.join('\n') === read.tags.join('\n');
  return (
    sameTimes &&
    sameTags &&
    (event.status === 'CANCELLED') === read.cancelled &&
    PARTS.every((name) => (event[name] ?? null) === read[name])
  );
}

interface Importing {
  ctx: Context;
  tx: EntityManager;
  authorizer: Authorizer;
  place: SeenPlace;
  report: CalendarImport;
  /** What is told once the rows of the batch are written: all of them in one statement. */
  changes: [type: 'events.event.created' | 'events.event.updated' | 'events.event.cancelled', event: Event][];
}

const partsOf = ({
  title,
  description,
  descriptionHtml,
  location,
  onlineUrl,
  latitude,
  longitude,
  ...read
}: Prepared) => ({
  ...{ title, description, descriptionHtml, location, onlineUrl, latitude, longitude, tags: read.tags },
  ...{
    timeZone: read.timeZone,
    allDay: read.allDay,
    startsAt: read.startsAt,
    endsAt: read.endsAt,
    recurrence: read.recurrence,
  },
});

function make({ ctx, tx, place }: Importing, read: Prepared): Event {
  const chosenVisibility = read.isPrivate ? 'PRIVATE' : visibilityAt(place.scope.type, undefined);
  const event = newRow(tx, ctx, { ...partsOf(read), chosenVisibility }, place);
  event.uid = read.uid;
  event.importedSequence = read.sequence;
  event.status = 'PUBLISHED';
  settle(event);
  if (read.cancelled) event.cancel(ctx.clock.now(), null);
  event.sequence = read.sequence;
  return event;
}

/** Makes or changes the event of one UID. Throws Forbidden for one that is not the viewer's to change. */
async function take(importing: Importing, known: Event | undefined, read: Prepared): Promise<Event> {
  const { ctx, tx, authorizer, place, report, changes } = importing;
  if (!known) {
    if (read.recurrence) await mustHaveRoomForSeries(tx, place, ctx.clock.now());
    const event = make(importing, read);
    changes.push(['events.event.created', event]);
    note(report, read, 'CREATED');
    return event;
  }
  if (!canEdit(authorizer, known)) throw new Forbidden();
  const isOld = known.importedSequence != null && read.sequence < known.importedSequence;
  if (isOld || isSame(known, read)) {
    note(report, read, 'UNCHANGED');
    return known;
  }
  known.edit(partsOf(read), ctx.clock.now());
  settle(known);
  known.importedSequence = read.sequence;
  const isCalledOff = read.cancelled && known.status !== 'CANCELLED';
  if (isCalledOff) known.cancel(ctx.clock.now(), null);
  changes.push([isCalledOff ? 'events.event.cancelled' : 'events.event.updated', known]);
  note(report, read, 'UPDATED');
  return known;
}

function isSameDate(date: ChangedDate, read: Prepared): boolean {
  const sameTimes =
    date.startsAt.getTime() === read.startsAt.getTime() && date.endsAt.getTime() === read.endsAt.getTime();
  return (
    sameTimes &&
    date.title === read.title &&
    (date.description ?? null) === read.description &&
    (date.location ?? null) === read.location &&
    (date.cancelledAt != null) === read.cancelled
  );
}

/** Changes one date of a series. Throws InvalidInput for a date that the series does not have. */
async function takeDate({ ctx, tx, authorizer, report }: Importing, event: Event, read: Prepared): Promise<void> {
  if (!canEdit(authorizer, event)) throw new Forbidden();
  const recurrenceId = read.recurrenceId as Date;
  if (!event.recurrence || !hasDate(event, recurrenceId))
    throw new InvalidInput({ 'RECURRENCE-ID': 'is no date of its series' });
  const before = await tx.findOne(ChangedDate, { eventId: event.id, recurrenceId });
  if (before && ((before.importedSequence ?? 0) > read.sequence || isSameDate(before, read))) {
    note(report, read, 'UNCHANGED');
    return;
  }
  const date = before ?? (await changedDate(tx, event, recurrenceId));
  const { startsAt, endsAt, title, description, descriptionHtml, location, onlineUrl } = read;
  date.change({ startsAt, endsAt, title, description, descriptionHtml, location, onlineUrl });
  date.importedSequence = read.sequence;
  if (read.cancelled && !date.cancelledAt) date.cancel(ctx.clock.now(), null);
  event.reach(startsAt, endsAt);
  note(report, read, before ? 'UPDATED' : 'CREATED');
}

/** The last word on each UID and date: a file may hold several versions of one. */
function newest(events: readonly Prepared[]): Prepared[] {
  const byDate = new Map<string, Prepared>();
  for (const event of events) {
    const key = `${event.uid} ${event.recurrenceId?.getTime() ?? ''}`;
    const known = byDate.get(key);
    if (!known || event.sequence >= known.sequence) byDate.set(key, event);
  }
  return [...byDate.values()];
}

async function takeBatch(
  importing: Importing,
  uids: readonly string[],
  byUid: ReadonlyMap<string, readonly Prepared[]>,
): Promise<void> {
  const { ctx, tx, place, report } = importing;
  // Two imports of one file at once: the second finds what the first has made.
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`events.import ${place.scope.id}`]);
  const { communityId, teamId } = place;
  const found = await tx.find(Event, { tenantId: ctx.tenantId, communityId, teamId, uid: { $in: [...uids] } });
  const known = new Map(found.map((event) => [event.uid, event]));
  for (const uid of uids) {
    const parts = byUid.get(uid) ?? [];
    const [whole] = parts.filter(({ recurrenceId }) => !recurrenceId);
    const event = whole ? await attempt(uid, report, () => take(importing, known.get(uid), whole)) : known.get(uid);
    const dates = parts.filter(({ recurrenceId }) => recurrenceId);
    // What differs refers to its event, which must stand in the database first.
    if (dates.length > 0) await tx.flush();
    for (const date of dates) {
      if (event) await attempt(uid, report, () => takeDate(importing, event, date));
      else if (!whole) refuse(report, uid, 'is a date of a series that is not there');
    }
  }
  await tellAll(importing);
}

async function tellAll({ ctx, tx, changes }: Importing): Promise<void> {
  await tx.flush();
  // Each event that is recorded looks for changes; there are none any more.
  tx.clear();
  for (const [type, event] of changes) {
    const { subject, data } = told(event);
    if (type === 'events.event.created') await recordEvent(tx, ctx, type, { subject, data });
    else await recordEvent(tx, ctx, type, { subject, data: { ...data, occurrence: null } });
  }
}

/** Where the viewer may take a calendar. Throws NotFound, Forbidden, Conflict in an archived community. */
export async function placeToImport(ctx: Context, scope: ScopeRef): Promise<SeenPlace> {
  const place = await getPlace(ctx.access, scope, codes);
  if (!canCreate(await ctx.access.authorizer(), place)) throw new Forbidden();
  mustLive(place);
  return place;
}

/** Is told after each batch how many of how many events were looked at. */
export type OnProgress = (done: number, total: number) => Promise<void>;

/** Takes the events of a calendar into a scope, those of a file a second time as what they are. Never stops at one that is broken. */
export async function takeCalendar(
  ctx: Context,
  scope: ScopeRef,
  text: string,
  onProgress: OnProgress = async () => undefined,
): Promise<CalendarImport> {
  const authorizer = await ctx.access.authorizer();
  const place = await placeToImport(ctx, scope);
  const { events, refused } = readCalendar(text);
  const report = emptyReport();
  for (const { uid, reason } of refused) refuse(report, uid, reason);
  const byUid = Map.groupBy(newest(await prepared(events, report)), ({ uid }) => uid);
  const uids = [...byUid.keys()];
  for (let start = 0; start < uids.length; start += BATCH) {
    await onProgress(start, uids.length);
    const batch = uids.slice(start, start + BATCH);
    const done = await write(ctx, async (tx) => {
      // An act may run again, so that it counts anew.
      const own = emptyReport();
      await takeBatch({ ctx, tx, authorizer, place, report: own, changes: [] }, batch, byUid);
      return own;
    });
    addTo(report, done);
  }
  await onProgress(uids.length, uids.length);
  return bounded(report);
}

/** The same for a text that somebody sent. Throws InvalidInput for `ics`: more than 512 kB, or no calendar. */
export async function importCalendar(ctx: Context, scope: ScopeRef, ics: string): Promise<CalendarImport> {
  if (Buffer.byteLength(ics) > MAX_TEXT) throw new InvalidInput({ ics: 'must be at most 512 kB' });
  if (!isCalendar(ics)) throw new InvalidInput({ ics: 'is no calendar file' });
  return takeCalendar(ctx, scope, ics.replace(/^\uFEFF/, ''));
}
