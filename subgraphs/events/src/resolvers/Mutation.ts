import * as attendance from '../domain/attendance/attendance.service.ts';
import * as edits from '../domain/event/event.edit.ts';
import * as events from '../domain/event/event.service.ts';
import * as feeds from '../domain/feed/feed.service.ts';
import * as imports from '../domain/ics/import.service.ts';
import * as runs from '../domain/ics/import-run.service.ts';
import * as reminders from '../domain/reminder/reminder.service.ts';
import * as rsvps from '../domain/rsvp/rsvp.service.ts';
import * as subscriptions from '../domain/subscription/subscription.service.ts';
import type { MutationResolvers } from '../generated/graphql.ts';

export const Mutation: MutationResolvers = {
  createEvent: (_, { input }, ctx) => events.create(ctx, input),
  updateEvent: (_, { id, input, ...span }, ctx) => edits.update(ctx, id, input, span),
  publishEvent: (_, { id }, ctx) => events.publish(ctx, id),
  cancelEvent: (_, { id, ...cancelling }, ctx) => edits.cancel(ctx, id, cancelling),
  duplicateEvent: (_, { id, startsAt }, ctx) => events.duplicate(ctx, id, startsAt),
  setRsvp: (_, { eventId, occurrence, ...input }, ctx) => rsvps.set(ctx, { eventId, occurrence, input }),
  decideRsvp: (_, args, ctx) => rsvps.decide(ctx, args),
  setReminder: (_, { eventId, minutesBefore }, ctx) => reminders.set(ctx, eventId, minutesBefore),
  markAttendance: (_, args, ctx) => attendance.mark(ctx, args),
  checkIn: (_, args, ctx) => attendance.checkIn(ctx, args),
  importCalendar: (_, { scope, ics }, ctx) => imports.importCalendar(ctx, scope, ics),
  importCalendarFile: (_, { scope, upload }, ctx) => runs.start(ctx, scope, upload),
  subscribeCalendar: (_, { scope, url }, ctx) => subscriptions.subscribe(ctx, scope, url),
  unsubscribeCalendar: (_, { id }, ctx) => subscriptions.unsubscribe(ctx, id),
  refreshCalendar: (_, { id }, ctx) => subscriptions.refresh(ctx, id),
  rotateCalendarFeed: (_, _args, ctx) => feeds.rotate(ctx),
  deleteEvent: (_, { id }, ctx) => events.remove(ctx, id),
};
