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

/** Whoever made an event, and whoever organizes it. */
async function owners({ eventId }: { eventId: string }, ctx: Context): Promise<Concern[]> {
  const event = await ctx.em.findOne(Event, { id: eventId });
  return [...new Set(event ? [event.authorId, event.organizerId, ...event.coOrganizers] : [])].map((userId) => ({
    userId,
    as: 'OWNER',
  }));
}

export const concerns: Concerns<EventsEvents, Context> = {
  'events.event.created': owners,
  'events.event.updated': owners,
  'events.event.cancelled': owners,
  'events.attendance.marked': participant,
  'events.rsvp.changed': participant,
  'events.waitlist.promoted': participant,
  'events.reminder.due': ({ userIds }) => userIds.map((userId) => ({ userId, as: 'PARTICIPANT' })),
};
