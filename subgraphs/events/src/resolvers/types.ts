import { ofUser as attendanceOf } from '../domain/attendance/attendance.lists.ts';
import * as reports from '../domain/attendance/report.ts';
import * as events from '../domain/event/event.lists.ts';
import type { CalendarImport as Report } from '../domain/ics/import.report.ts';
import * as answers from '../domain/rsvp/rsvp.lists.ts';
import type {
  AttendanceReportResolvers,
  AttendanceResolvers,
  AttendeeResolvers,
  CalendarImportRunResolvers,
  CalendarSubscriptionResolvers,
  CommunityResolvers,
  PersonAttendanceResolvers,
  ReminderResolvers,
  ScopeResolvers,
  TeamResolvers,
  UserResolvers,
} from '../generated/graphql.ts';

export const Attendance: AttendanceResolvers = {
  event: ({ eventId }, _, ctx) => ctx.loaders.eventById.load(eventId),
  user: ({ userId }) => ({ id: userId }),
  marker: ({ markedBy }) => ({ id: markedBy }),
};

export const AttendanceReport: AttendanceReportResolvers = {
  people: (report, args, ctx) => reports.peopleOf(ctx, report, args),
  csv: (report, _, ctx) => reports.csvOf(ctx, report),
};

export const PersonAttendance: PersonAttendanceResolvers = {
  user: ({ userId }) => ({ id: userId }),
  lastAttendedAt: ({ lastAttendedAt }) => (lastAttendedAt === null ? null : new Date(lastAttendedAt)),
};

export const Attendee: AttendeeResolvers = {
  user: ({ userId }) => ({ id: userId }),
  rsvp: ({ status }) => status,
  answers: async (rsvp, _, ctx) => ((await answers.seesAnswers(ctx, rsvp)) ? [...rsvp.answers] : null),
};

export const CalendarImportRun: CalendarImportRunResolvers = {
  report: ({ report }) => report as Report | null,
};

export const CalendarSubscription: CalendarSubscriptionResolvers = {
  user: ({ userId }) => ({ id: userId }),
};

export const Community: CommunityResolvers = {
  events: ({ id }, args, ctx) => events.ofCommunity(ctx, id, args),
};

export const Reminder: ReminderResolvers = {
  event: ({ eventId }, _, ctx) => (eventId ? ctx.loaders.eventById.load(eventId) : null),
  minutesBefore: ({ minutes }) => minutes ?? null,
};

export const Scope: ScopeResolvers = {
  __resolveType: ({ __typename }) => __typename as 'Tenant' | 'Community' | 'Team',
};

export const Team: TeamResolvers = {
  events: ({ id }, args, ctx) => events.ofTeam(ctx, id, args),
};

export const User: UserResolvers = {
  events: ({ id }, args, ctx) => answers.eventsOf(ctx, id, args),
  attendance: ({ id }, args, ctx) => attendanceOf(ctx, id, args),
};
