import { Event } from './Event.ts';
import { Mutation } from './Mutation.ts';
import { Occurrence } from './Occurrence.ts';
import { Query } from './Query.ts';
import {
  Attendance,
  AttendanceReport,
  Attendee,
  CalendarImportRun,
  CalendarSubscription,
  Community,
  PersonAttendance,
  Reminder,
  Scope,
  Team,
  User,
} from './types.ts';

export const resolvers = {
  Query,
  Mutation,
  Event,
  Occurrence,
  Scope,
  Community,
  Team,
  Attendance,
  AttendanceReport,
  Attendee,
  PersonAttendance,
  Reminder,
  CalendarImportRun,
  CalendarSubscription,
  User,
};
