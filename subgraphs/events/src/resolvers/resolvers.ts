import { Event } from './Event.ts';
import { Mutation } from './Mutation.ts';
import { Occurrence } from './Occurrence.ts';
import { Query } from './Query.ts';
import {
  Attendance,
  Attendee,
  CalendarImportRun,
  CalendarSubscription,
  Community,
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
  Attendee,
  Reminder,
  CalendarImportRun,
  CalendarSubscription,
  User,
};
