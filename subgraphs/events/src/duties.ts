import type { Concern, Concerns } from '@polity/kernel/duties/concerns';
import type { ContentType } from '@polity/kernel/duties/content';
import type { PeopleDuty } from '@polity/kernel/duties/people';
import { fileUploader } from '@polity/kernel/files/file-table';
import type { Context } from './context.ts';
import { Event } from './domain/event/event.entity.ts';
import type { EventsEvents } from './events.ts';

const STAYS = 'What somebody made stays a part of the calendar, by a person without a name.';

export const people: PeopleDuty = {
  columns: [
    {
      table: 'event',
      column: 'author_id',
      exports: ['id', 'created_at', 'title', 'description', 'chosen_visibility', 'status', 'starts_at', 'edited_at'],
      erase: 'keep',
      because: STAYS,
    },
    { table: 'event', column: 'organizer_id', exports: ['id'], erase: 'keep', because: STAYS },
    { table: 'event_organizer', column: 'user_id', exports: ['id', 'event_id', 'created_at'], erase: 'delete' },
    {
      table: 'attendance',
      column: 'user_id',
      exports: ['id', 'event_id', 'occurrence', 'present', 'method', 'marked_at'],
      erase: 'delete',
    },
    {
      table: 'attendance',
      column: 'marked_by',
      exports: ['id'],
      erase: 'keep',
      because: 'That others were there stays so, by an organizer without a name.',
    },
    fileUploader,
    {
      table: 'calendar_import',
      column: 'user_id',
      exports: ['id', 'created_at', 'status', 'report', 'finished_at'],
      erase: 'delete',
    },
    {
      table: 'calendar_subscription',
      column: 'user_id',
      exports: ['id', 'created_at', 'url', 'status', 'refreshed_at'],
      erase: 'delete',
    },
    { table: 'calendar_feed', column: 'user_id', exports: ['id', 'created_at'], erase: 'delete' },
    { table: 'reminder', column: 'user_id', exports: ['id', 'event_id', 'minutes', 'created_at'], erase: 'delete' },
    {
      table: 'rsvp',
      column: 'user_id',
      exports: ['id', 'event_id', 'occurrence', 'status', 'guests', 'answers', 'created_at', 'changed_at'],
      erase: 'delete',
    },
  ],
  // `community_id` and `team_id` are scopes, `accept_by` is a moment.
  notPeople: ['community_id', 'team_id', 'event_id', 'recurrence_id', 'accept_by'],
};

export const content: ContentType[] = [
  {
    type: 'Event',
    table: 'event',
    author: 'author_id',
    visibility: 'visibility',
    communityId: 'community_id',
    teamId: 'team_id',
    texts: { title: 'title', description: 'description', location: 'location' },
  },
];

const participant = ({ userId }: { userId: string }): Concern[] => [{ userId, as: 'PARTICIPANT' }];

const ownersOf = ({ authorId, organizerId, coOrganizers }: Event): Concern[] =>
  [...new Set([authorId, organizerId, ...coOrganizers])].map((userId) => ({ userId, as: 'OWNER' }));

/** Whoever made an event, and whoever organizes it. */
async function owners({ eventId }: { eventId: string }, ctx: Context): Promise<Concern[]> {
  const event = await ctx.em.findOne(Event, { id: eventId });
  return event ? ownersOf(event) : [];
}

/** People of one event that are named, those who answered first; what is larger is read by whoever looks. */
const MAX_PEOPLE = 5_000;
// An answer to a date counts there in the place of the one to the whole; where all dates are meant, any answer counts.
const COMING = `select r.user_id as "userId" from rsvp r where r.tenant_id = ? and r.event_id = ? and r.status <> 'NOT_GOING'
  and (?::timestamptz is null or r.occurrence = ?::timestamptz or r.occurrence is null and not exists
    (select 1 from rsvp own where own.tenant_id = r.tenant_id and own.event_id = r.event_id and own.user_id = r.user_id and own.occurrence = ?::timestamptz))
  group by r.user_id order by min(r.id::text) limit ${MAX_PEOPLE}`;

/** The same, and those who mean to come, wait, or have an eye on it: on the date that is meant, or on any. */
async function ownersAndComing(
  { eventId, occurrence }: { eventId: string; occurrence: string | null },
  ctx: Context,
): Promise<Concern[]> {
  const named = await owners({ eventId }, ctx);
  const known = new Set(named.map(({ userId }) => userId));
  const asked = [ctx.tenantId, eventId, occurrence, occurrence, occurrence];
  const coming = await ctx.em.execute<{ userId: string }[]>(COMING, asked);
  return [...named, ...coming.filter(({ userId }) => !known.has(userId)).flatMap(participant)];
}

/** Whoever answered; and who organizes the event, where they are to approve. */
async function answered(data: EventsEvents['events.rsvp.changed'], ctx: Context): Promise<Concern[]> {
  const { eventId, userId, rsvp } = data;
  const event = rsvp === 'WAITLISTED' ? await ctx.em.findOne(Event, { id: eventId }) : null;
  const toApprove = event?.needsApproval ? ownersOf(event).filter((each) => each.userId !== userId) : [];
  return [...participant({ userId }), ...toApprove];
}

export const concerns: Concerns<EventsEvents, Context> = {
  'events.event.created': owners,
  'events.event.updated': ownersAndComing,
  'events.event.cancelled': ownersAndComing,
  'events.attendance.marked': participant,
  'events.rsvp.changed': answered,
  'events.waitlist.promoted': participant,
  'events.reminder.due': ({ userIds }) => userIds.map((userId) => ({ userId, as: 'PARTICIPANT' })),
};
