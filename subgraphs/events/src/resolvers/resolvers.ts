import { Attendance } from './Attendance.ts';
import { Attendee } from './Attendee.ts';
import { Community } from './Community.ts';
import { Event } from './Event.ts';
import { Mutation } from './Mutation.ts';
import { Occurrence } from './Occurrence.ts';
import { Query } from './Query.ts';
import { Reminder } from './Reminder.ts';
import { Scope } from './Scope.ts';
import { Team } from './Team.ts';
import { User } from './User.ts';

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
  User,
};
