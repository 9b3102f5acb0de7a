import * as reports from '../domain/attendance/report.ts';
import * as calendar from '../domain/calendar/calendar.lists.ts';
import * as sheets from '../domain/calendar/sheet.ts';
import * as events from '../domain/event/event.lists.ts';
import * as feeds from '../domain/feed/feed.service.ts';
import * as runs from '../domain/ics/import-run.service.ts';
import * as reminders from '../domain/reminder/reminder.service.ts';
import * as subscriptions from '../domain/subscription/subscription.service.ts';
import type { QueryResolvers } from '../generated/graphql.ts';

export const Query: Omit<QueryResolvers, '_entities' | '_service'> = {
  event: (_, { id }, ctx) => ctx.loaders.eventById.load(id),
  events: (_, args, ctx) => events.list(ctx, args),
  calendar: (_, args, ctx) => calendar.calendar(ctx, args),
  calendarSheet: (_, args, ctx) => sheets.sheet(ctx, args),
  attendanceReport: (_, args, ctx) => reports.reportOf(ctx, args),
  calendarImport: (_, { id }, ctx) => runs.ofViewer(ctx, id),
  calendarSubscriptions: (_, args, ctx) => subscriptions.ofScope(ctx, args),
  reminders: (_, _args, ctx) => reminders.mine(ctx),
  calendarFeedUrl: (_, _args, ctx) => feeds.address(ctx),
};
