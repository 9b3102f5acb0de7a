import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { EventRow as EventRowEntity } from '../domain/event/event.entity.ts';
import type { Occurrence as OccurrenceEntity } from '../domain/calendar/occurrence.ts';
import type { RsvpRow as RsvpRowEntity } from '../domain/rsvp/rsvp.entity.ts';
import type { AttendanceRow as AttendanceRowEntity } from '../domain/attendance/attendance.entity.ts';
import type { AttendanceReport as AttendanceReportEntity, PersonAttendance as PersonAttendanceEntity } from '../domain/attendance/report.ts';
import type { EventStats as EventStatsEntity } from '../domain/attendance/attendance.lists.ts';
import type { CalendarSheet as CalendarSheetEntity } from '../domain/calendar/sheet.ts';
import type { CalendarImport as CalendarImportEntity } from '../domain/ics/import.report.ts';
import type { ImportRunRow as ImportRunRowEntity } from '../domain/ics/import-run.entity.ts';
import type { SubscriptionRow as SubscriptionRowEntity } from '../domain/subscription/subscription.entity.ts';
import type { ReminderRow as ReminderRowEntity } from '../domain/reminder/reminder.entity.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment in time, UTC, written as RFC 3339 with milliseconds (`2026-01-31T09:30:00.000Z`). Input may carry any offset; a time without one is refused. */
  DateTime: { input: Date; output: Date | string; }
  /** Any JSON value: null, boolean, number, string, list or object. It is passed through as it is. */
  JSON: { input: unknown; output: unknown; }
  _FieldSet: { input: string; output: string; }
};

/** Whether somebody was there. */
export type Attendance = Node & {
  __typename?: 'Attendance';
  /** The event; null where the viewer does not see it. */
  event?: Maybe<Event>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** When it was marked. */
  markedAt: Scalars['DateTime']['output'];
  /** Who marked it; null where their account cannot be shown. */
  marker?: Maybe<User>;
  /** Who said so. */
  method: AttendanceMethod;
  /** The date, by its original start; null for an event of one date. */
  occurrence?: Maybe<Scalars['DateTime']['output']>;
  /** Whether they were there. */
  present: Scalars['Boolean']['output'];
  /** Who was there or not; null where their account cannot be shown. */
  user?: Maybe<User>;
};

/** A page of attendances. */
export type AttendanceConnection = {
  __typename?: 'AttendanceConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<AttendanceEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An attendance in a list. */
export type AttendanceEdge = {
  __typename?: 'AttendanceEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: Attendance;
};

/** How attendance was marked. */
export type AttendanceMethod =
  /** By themselves, with the code that was shown on site. */
  | 'CODE'
  /** By an organizer. */
  | 'ORGANIZER'
  /** By themselves. */
  | 'SELF';

/** How often people were there, over the events at one scope; for those who may mark attendance there. */
export type AttendanceReport = {
  __typename?: 'AttendanceReport';
  /** The same as CSV (RFC 4180) with ids of people, at most 10,000 rows. */
  csv?: Maybe<Scalars['String']['output']>;
  /** Those who were marked on some date, in the order of their ids. */
  people?: Maybe<PersonAttendanceConnection>;
};


/** How often people were there, over the events at one scope; for those who may mark attendance there. */
export type AttendanceReportPeopleArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Somebody who answered to an event. */
export type Attendee = {
  __typename?: 'Attendee';
  /** Until when they must accept their place, by answering GOING again; null where they need not, or did. */
  acceptBy?: Maybe<Scalars['DateTime']['output']>;
  /** What they answered to the questions, in their order; null for all but organizers and themselves. */
  answers?: Maybe<Array<Scalars['String']['output']>>;
  /** Whether an organizer has still to approve them. */
  awaitsApproval: Scalars['Boolean']['output'];
  /** When the answer last changed. */
  changedAt: Scalars['DateTime']['output'];
  /** When they answered first. */
  createdAt: Scalars['DateTime']['output'];
  /** How many guests they bring. */
  guests: Scalars['Int']['output'];
  /** The date for which they answered, by its original start; null for the whole event. */
  occurrence?: Maybe<Scalars['DateTime']['output']>;
  /** What they answered. */
  rsvp: Rsvp;
  /** Who answered; null where their account cannot be shown. */
  user?: Maybe<User>;
};

/** Who may see the names of those who answered. */
export type AttendeeAudience =
  /** Every person who sees the event. */
  | 'EVERYONE'
  /** Those who are going, and organizers. */
  | 'GOING'
  /** Organizers only. */
  | 'ORGANIZERS';

/** A page of answers. */
export type AttendeeConnection = {
  __typename?: 'AttendeeConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<AttendeeEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An answer in a list. */
export type AttendeeEdge = {
  __typename?: 'AttendeeEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: Attendee;
};

/** A day of a calendar. */
export type CalendarDay = {
  __typename?: 'CalendarDay';
  /** The day, such as `2027-03-01`. */
  date: Scalars['String']['output'];
  /** Dates that begin on it, in the order of time; on the first day of the sheet also those that go on. */
  occurrences: Array<Occurrence>;
};

/** What became of a calendar file. */
export type CalendarImport = {
  __typename?: 'CalendarImport';
  /** What became of each component, at most the first 1,000. */
  components: Array<ImportedComponent>;
  /** Events and changed dates that are new. */
  created: Scalars['Int']['output'];
  /** What could not be taken, at most 1,000 of it. */
  refused: Array<RefusedComponent>;
  /** Those that are as they were, or newer here than in the file. */
  unchanged: Scalars['Int']['output'];
  /** Those that changed. */
  updated: Scalars['Int']['output'];
};

/** The import of an uploaded calendar, seen by whoever sent it. */
export type CalendarImportRun = Node & {
  __typename?: 'CalendarImportRun';
  /** When it was sent. */
  createdAt: Scalars['DateTime']['output'];
  /** Events of the file that were looked at. */
  done: Scalars['Int']['output'];
  /** When it was over; null before. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Why it failed, for people to read; null where it did not. */
  problem?: Maybe<Scalars['String']['output']>;
  /** What became of it; null before it is DONE. */
  report?: Maybe<CalendarImport>;
  /** Where it stands. */
  status: CalendarImportStatus;
  /** Events of the file; null before it was read. */
  total?: Maybe<Scalars['Int']['output']>;
};

/** Where the import of an uploaded calendar stands. */
export type CalendarImportStatus =
  /** All of it was looked at. */
  | 'DONE'
  /** It could not be taken at all. */
  | 'FAILED'
  /** It is being taken. */
  | 'RUNNING'
  /** It waits for its turn. */
  | 'WAITING';

/** What a calendar shows at once. */
export type CalendarShape =
  /** Thirty days from the day on, without those on which nothing begins. */
  | 'AGENDA'
  /** The whole weeks, from Monday on, that the month of the day touches. */
  | 'MONTH'
  /** The week of the day, from Monday on. */
  | 'WEEK';

/** Whole days of a calendar, on the clock of one time zone. */
export type CalendarSheet = {
  __typename?: 'CalendarSheet';
  /** The days, in order. */
  days: Array<CalendarDay>;
  /** Beginning of the first day. */
  from: Scalars['DateTime']['output'];
  /** Whether every date is there: a sheet has at most 500, the earliest. */
  isComplete: Scalars['Boolean']['output'];
  /** IANA time zone. */
  timeZone: Scalars['String']['output'];
  /** End of the last day. */
  to: Scalars['DateTime']['output'];
};

/** A calendar elsewhere whose events are taken into a scope again and again; seen by whoever subscribed and by those who manage the events of the scope. */
export type CalendarSubscription = Node & {
  __typename?: 'CalendarSubscription';
  /** New events of the last answer that brought any change. */
  created: Scalars['Int']['output'];
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Failures in a row. */
  failures: Scalars['Int']['output'];
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** When it is asked for next: six hours after an answer, a quarter of an hour after a failure, twice as long after each, a day at most; null once it is STOPPED. */
  nextRefreshAt?: Maybe<Scalars['DateTime']['output']>;
  /** What went wrong the last time, for people to read; null where nothing did. */
  problem?: Maybe<Scalars['String']['output']>;
  /** When it was last asked for; null if never. */
  refreshedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Components of that answer that could not be taken. */
  refused: Scalars['Int']['output'];
  /** Where it stands. */
  status: CalendarSubscriptionStatus;
  /** Unchanged events of that answer. */
  unchanged: Scalars['Int']['output'];
  /** Changed events of that answer. */
  updated: Scalars['Int']['output'];
  /** Where it is asked for. */
  url: Scalars['String']['output'];
  /** Who subscribed, in whose name its events are made; null where their account cannot be shown. */
  user?: Maybe<User>;
};

/** A page of subscriptions. */
export type CalendarSubscriptionConnection = {
  __typename?: 'CalendarSubscriptionConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<CalendarSubscriptionEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A subscription in a list. */
export type CalendarSubscriptionEdge = {
  __typename?: 'CalendarSubscriptionEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: CalendarSubscription;
};

/** Where a subscription to a calendar stands. */
export type CalendarSubscriptionStatus =
  /** It is asked for again and again. */
  | 'ACTIVE'
  /** Nobody asks any more: it failed 20 times in a row, or whoever subscribed may not make events there now. `refreshCalendar` begins anew. */
  | 'STOPPED';

/** A code that is shown on site for those who are there to type in. */
export type CheckInCode = {
  __typename?: 'CheckInCode';
  /** Eight letters and digits, upper and lower case alike; taken for half a minute after the next one is shown. */
  code: Scalars['String']['output'];
  /** When the next one takes its place: every half minute. */
  expiresAt: Scalars['DateTime']['output'];
  /** `uri` as a QR code, an SVG image. */
  qrSvg: Scalars['String']['output'];
  /** The same for cameras: `polity:check-in?event=<id>&occurrence=<original start, of a series>&code=<code>`. */
  uri: Scalars['String']['output'];
};

export type Community = Node & {
  __typename?: 'Community';
  /** Events of the community itself, without those of its teams, newest first; only those that the viewer may see. */
  events?: Maybe<EventConnection>;
  id: Scalars['ID']['output'];
};


export type CommunityEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What `createEvent` needs. */
export type CreateEventInput = {
  /** How many minutes who is let in from the waiting list has to accept, 5 to 43,200. */
  acceptMinutes?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it takes whole days. */
  allDay?: InputMaybe<Scalars['Boolean']['input']>;
  /** Who may see the names of those who answered. */
  attendeesShownTo?: InputMaybe<AttendeeAudience>;
  /** How many people may come to each date, 1 to 100,000. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** Who organizes it beside: at most 10 people who may make events there. */
  coOrganizerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Markdown, at most 20,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Whether to keep it as a draft, until `publishEvent`. */
  draft?: InputMaybe<Scalars['Boolean']['input']>;
  /** When it ends: not before the start, and at most 366 days after it. */
  endsAt: Scalars['DateTime']['input'];
  /** How many guests each person may bring: 0 to 20. */
  guestLimit?: InputMaybe<Scalars['Int']['input']>;
  /** Token of an upload of the kind IMAGE. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** Degrees of latitude, -90 to 90. */
  latitude?: InputMaybe<Scalars['Float']['input']>;
  /** Where it takes place, at most 500 characters. */
  location?: InputMaybe<Scalars['String']['input']>;
  /** Degrees of longitude, -180 to 180. */
  longitude?: InputMaybe<Scalars['Float']['input']>;
  /** Whether an organizer must approve whoever wants to come. */
  needsApproval?: InputMaybe<Scalars['Boolean']['input']>;
  /** Address of the meeting, http or https, at most 2,000 characters; shown to organizers and those who are going. */
  onlineUrl?: InputMaybe<Scalars['String']['input']>;
  /** Who organizes it: somebody who may make events there. The viewer where it is null. */
  organizerId?: InputMaybe<Scalars['ID']['input']>;
  /** What it costs, at most 200 characters. */
  priceNote?: InputMaybe<Scalars['String']['input']>;
  /** What is asked of those who want to come, at most 10 questions of at most 200 characters. */
  questions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** RRULE, RDATE and EXDATE lines of RFC 5545 without DTSTART, at most 16,384 characters; the start is always the first date. */
  recurrence?: InputMaybe<Scalars['String']['input']>;
  /** How many minutes before the start of a date answers to it close, 0 to 525,600. */
  rsvpClosesMinutes?: InputMaybe<Scalars['Int']['input']>;
  /** Tenant, community or team at which it will lie. */
  scope: ScopeInput;
  /** Whether those who are going may mark their own attendance. */
  selfCheckIn?: InputMaybe<Scalars['Boolean']['input']>;
  /** When it begins, of a series its first date, between the years 1900 and 2500. */
  startsAt: Scalars['DateTime']['input'];
  /** Words to find it by, at most 20 of at most 50 characters. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** IANA time zone, such as `Europe/Berlin`. */
  timeZone: Scalars['String']['input'];
  /** One line of plain text, 1 to 200 characters. */
  title: Scalars['String']['input'];
  /** Who may see it; the members of the scope where it is null. TEAM is for events of a team only. */
  visibility?: InputMaybe<Visibility>;
};

/**
 * A gathering at a tenant, a community or a team, of one date or of many. The dates of a series are computed from its rule on the clock of its time zone, and
 * named everywhere by the start that the rule gives them.
 */
export type Event = Node & {
  __typename?: 'Event';
  /** How many minutes who is let in from the waiting list has to accept, by answering GOING again, before the place goes to the next; null where they need not. */
  acceptMinutes?: Maybe<Scalars['Int']['output']>;
  /** Whether it takes whole days: it begins and ends at midnight of its zone. */
  allDay: Scalars['Boolean']['output'];
  /** Who was there: all of it for those who may mark it, for all others what is theirs; in the order of marking. */
  attendance?: Maybe<AttendanceConnection>;
  /** Who was there as CSV (RFC 4180) with ids of people, at most 10,000 rows, for those who may mark it; null for all others. */
  attendanceCsv?: Maybe<Scalars['String']['output']>;
  /**
   * Who answered, in the order in which they did first. Organizers see all; a person sees their own answer, and those who are going or interested as `attendeesShownTo`
   * says; nobody else sees any.
   */
  attendees?: Maybe<AttendeeConnection>;
  /** Who may see the names of those who answered; numbers are seen by whoever sees the event. */
  attendeesShownTo: AttendeeAudience;
  /** Who made it; null where their account cannot be shown. */
  author?: Maybe<User>;
  /** Why it was called off; null where that was not told. */
  cancelReason?: Maybe<Scalars['String']['output']>;
  /** When it was called off; null while it was not. */
  cancelledAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many people may come to each date, guests included, 1 to 100,000; null for any number. */
  capacity?: Maybe<Scalars['Int']['output']>;
  /** The code to be shown on site, for those who may mark attendance; null for all others. */
  checkInCode?: Maybe<CheckInCode>;
  /** Who organizes it beside, at most 10; null where an account of theirs cannot be shown. */
  coOrganizers?: Maybe<Array<User>>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Markdown as it was written, at most 20,000 characters within the bounds that `Post.body` names; null where there is none. */
  description?: Maybe<Scalars['String']['output']>;
  /** The description as safe HTML; null where there is none. */
  descriptionHtml?: Maybe<Scalars['String']['output']>;
  /** When any of it last changed; null if never. */
  editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it ends, of a series its first date. */
  endsAt: Scalars['DateTime']['output'];
  /** How many guests each person may bring: 0 to 20. */
  guestLimit: Scalars['Int']['output'];
  /** The event as a calendar file (RFC 5545), as the viewer sees it; it names no attendee but the viewer, by their id. */
  ics?: Maybe<Scalars['String']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Address of its picture, which ends after an hour or two where not everybody sees the event; null where it has none. */
  imageUrl?: Maybe<Scalars['String']['output']>;
  /** Degrees of latitude, -90 to 90; null where they are not told. */
  latitude?: Maybe<Scalars['Float']['output']>;
  /** Where it takes place, at most 500 characters; null where that is not told. */
  location?: Maybe<Scalars['String']['output']>;
  /** Degrees of longitude, -180 to 180; null where they are not told. */
  longitude?: Maybe<Scalars['Float']['output']>;
  /** What the viewer answered to the whole event; null where they did not, or only for single dates. */
  myRsvp?: Maybe<Rsvp>;
  /** Whether an organizer must approve whoever wants to come. */
  needsApproval: Scalars['Boolean']['output'];
  /** Its dates in the order of time; of a series without an end those of a hundred years from `from`. */
  occurrences?: Maybe<OccurrenceConnection>;
  /** Address of the meeting, for organizers and those who are going; null for all others, and where there is none. */
  onlineUrl?: Maybe<Scalars['String']['output']>;
  /** Who organizes it; null where their account cannot be shown. */
  organizer?: Maybe<User>;
  /** What it costs, at most 200 characters; null where that is not told. */
  priceNote?: Maybe<Scalars['String']['output']>;
  /** What is asked of those who want to come, at most 10 questions of at most 200 characters. */
  questions: Array<Scalars['String']['output']>;
  /** RRULE, RDATE and EXDATE lines of RFC 5545 without DTSTART; null for an event of one date. */
  recurrence?: Maybe<Scalars['String']['output']>;
  /** How many minutes before the start of a date answers to it close; null where they close at its end. */
  rsvpClosesMinutes?: Maybe<Scalars['Int']['output']>;
  /** How many gave each answer to the whole event; `Occurrence.rsvpCounts` has those that count on one date. */
  rsvpCounts: RsvpCounts;
  /** Where it lies; null where the viewer may not see that place. */
  scope?: Maybe<Scope>;
  /** Whether those who are going may mark their own attendance while it takes place. */
  selfCheckIn: Scalars['Boolean']['output'];
  /** When it begins, of a series its first date. It may lie in the past. */
  startsAt: Scalars['DateTime']['output'];
  /** Numbers over all dates, for those who may mark attendance; null for all others. */
  stats?: Maybe<EventStats>;
  /** Where it stands in its life. */
  status: EventStatus;
  /** Words to find it by, at most 20 of at most 50 characters. */
  tags: Array<Scalars['String']['output']>;
  /** IANA time zone, such as `Europe/Berlin`, on whose clock its dates come again. */
  timeZone: Scalars['String']['output'];
  /** One line of plain text, 1 to 200 characters. */
  title: Scalars['String']['output'];
  /** Its UID in calendar files, the same for as long as it is there. */
  uid: Scalars['String']['output'];
  /** Whether the viewer may change and cancel it: its author and its organizers as long as they may make events there, and whoever holds `events.event.manage`. */
  viewerCanEdit: Scalars['Boolean']['output'];
  /**
   * Who may see it: PUBLIC whoever can reach the tenant; COMMUNITY the members of the community it lies in, or of the tenant for an event of the tenant; TEAM the
   * members of its team; PRIVATE its author. Whoever holds `events.event.manage` at its scope sees it always. A draft is seen as PRIVATE whatever stands here.
   */
  visibility: Visibility;
};


/**
 * A gathering at a tenant, a community or a team, of one date or of many. The dates of a series are computed from its rule on the clock of its time zone, and
 * named everywhere by the start that the rule gives them.
 */
export type EventAttendanceArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * A gathering at a tenant, a community or a team, of one date or of many. The dates of a series are computed from its rule on the clock of its time zone, and
 * named everywhere by the start that the rule gives them.
 */
export type EventAttendeesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
  rsvp?: InputMaybe<Rsvp>;
};


/**
 * A gathering at a tenant, a community or a team, of one date or of many. The dates of a series are computed from its rule on the clock of its time zone, and
 * named everywhere by the start that the rule gives them.
 */
export type EventCheckInCodeArgs = {
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
};


/**
 * A gathering at a tenant, a community or a team, of one date or of many. The dates of a series are computed from its rule on the clock of its time zone, and
 * named everywhere by the start that the rule gives them.
 */
export type EventOccurrencesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A page of events. */
export type EventConnection = {
  __typename?: 'EventConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<EventEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An event in a list. */
export type EventEdge = {
  __typename?: 'EventEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: Event;
};

/** Which dates of a series are meant. */
export type EventSpan =
  /** All dates. */
  | 'ALL'
  /** That date and all after it: they become a series of their own, which keeps the answers to its dates. */
  | 'FOLLOWING'
  /** The one date that `occurrence` names. */
  | 'THIS';

/** Numbers of an event over all its dates. */
export type EventStats = {
  __typename?: 'EventStats';
  /** How often somebody was marked as absent. */
  absent: Scalars['Int']['output'];
  /** Answers, to the whole event and to single dates. */
  answers: Scalars['Int']['output'];
  /** How often somebody was there. */
  attended: Scalars['Int']['output'];
  /** Dates for which somebody was marked. */
  datesMarked: Scalars['Int']['output'];
  /** Answers GOING. */
  going: Scalars['Int']['output'];
  /** Answers INTERESTED. */
  interested: Scalars['Int']['output'];
  /** Answers WAITLISTED. */
  waitlisted: Scalars['Int']['output'];
};

/** Where an event stands in its life. */
export type EventStatus =
  /** Called off; it stays to be seen, with the reason. */
  | 'CANCELLED'
  /** Seen by its author and those who manage only, whatever its visibility. */
  | 'DRAFT'
  /** Seen by those for whom it is. */
  | 'PUBLISHED';

/** What became of a part of a calendar file. */
export type ImportOutcome =
  /** It is new. */
  | 'CREATED'
  /** It could not be taken. */
  | 'REFUSED'
  /** It is as it was, or newer here. */
  | 'UNCHANGED'
  /** It changed what was there. */
  | 'UPDATED';

/** What became of a part of a calendar file. */
export type ImportedComponent = {
  __typename?: 'ImportedComponent';
  /** The date of a series that it is about, by its original start; null for a whole event. */
  occurrence?: Maybe<Scalars['DateTime']['output']>;
  /** What became of it. */
  outcome: ImportOutcome;
  /** Why it was refused, for people to read; null where it was not. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Its UID; null where it has none. */
  uid?: Maybe<Scalars['String']['output']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Calls an event off, or some of its dates; answers what was called off, for FOLLOWING the new series. Needs what changing it needs. */
  cancelEvent?: Maybe<Event>;
  /** Marks the viewer as there, by the code that is shown on site, from 30 minutes before a date to its end, else CONFLICT with `details.reason` CHECK_IN_CLOSED. VALIDATION_ERROR for another code. */
  checkIn?: Maybe<Attendance>;
  /**
   * Makes an event at a scope. Needs `events.event.create` there and to be one of its members, or `events.event.manage`. CONFLICT in an archived community;
   * VALIDATION_ERROR for an end before the start, an unknown time zone, and for a rule that comes more than 24 times a day, counts beyond 1,000, has more than 500
   * single dates, or cannot be worked out; CONFLICT (`TOO_MANY_SERIES`) beyond 1,000 series at the scope that are not over.
   */
  createEvent?: Maybe<Event>;
  /** Lets somebody come who waits for approval, as soon as there is room, or turns them down. Needs what changing the event needs. */
  decideRsvp?: Maybe<Event>;
  /** Deletes an event with all answers to it, and answers it as it was. Needs what changing it needs. */
  deleteEvent?: Maybe<Event>;
  /** Makes a draft like an event, without its answers and changed dates. Needs what changing the event needs. */
  duplicateEvent?: Maybe<Event>;
  /**
   * Takes the events of a calendar file (RFC 5545) into a scope, for its members. A file that comes again changes what has changed by UID, SEQUENCE and RECURRENCE-ID. It never
   * stops at a part that is broken: `refused` names each. At most 512 kB; `importCalendarFile` takes more. Needs what `createEvent` needs; VALIDATION_ERROR for what is no calendar.
   */
  importCalendar?: Maybe<CalendarImport>;
  /**
   * The same for a file of up to 10 MiB that was uploaded (`requestUpload`, kind CALENDAR): a job takes it, and `calendarImport` says how far it is. Needs what
   * `createEvent` needs, also when the job comes to it; TOKEN_INVALID for no such upload.
   */
  importCalendarFile?: Maybe<CalendarImportRun>;
  /**
   * Marks whether somebody was there. Needs `events.attendance.mark` at the scope, or what changing the event needs; people mark themselves where `selfCheckIn` lets them, from
   * 30 minutes before a date to its end, else CONFLICT with `details.reason` CHECK_IN_CLOSED. NOT_FOUND for somebody who could not come.
   */
  markAttendance?: Maybe<Attendance>;
  /** Publishes a draft. Needs what changing it needs. */
  publishEvent?: Maybe<Event>;
  /** Has a subscribed calendar asked for now, also one that was stopped; RATE_LIMITED within five minutes of the last time. For the same people. */
  refreshCalendar?: Maybe<CalendarSubscription>;
  /** Another secret address for the viewer's calendar; the one before answers 404 from then on. */
  rotateCalendarFeed?: Maybe<Scalars['String']['output']>;
  /** Sets when the viewer is reminded of dates to which they are going: of one event, or of all that have no reminder of their own. `events.reminder.due` tells of it. */
  setReminder?: Maybe<Reminder>;
  /**
   * Answers whether the viewer comes to an event, or to one date of it; the answer to a date counts there in the place of the one to the whole. Who wants to come where
   * there is no room, or must be approved, is WAITLISTED, and comes in the order of asking as soon as there is. CONFLICT with `details.reason` RSVP_CLOSED after the
   * deadline, EVENT_CANCELLED, NO_ROOM for more guests than there is room for, TOO_MANY_ANSWERS beyond 500 dates.
   */
  setRsvp?: Maybe<Event>;
  /**
   * Has the events of a calendar elsewhere taken into a scope now and every six hours, in the viewer's name. Events that leave that calendar stay here. Needs what
   * `createEvent` needs. ALREADY_EXISTS for one that the scope subscribes to; CONFLICT (`TOO_MANY_SUBSCRIPTIONS`) beyond 50 of a scope.
   */
  subscribeCalendar?: Maybe<CalendarSubscription>;
  /** Ends a subscription, and answers it as it was; its events stay. For whoever subscribed and who manages the events of the scope, else NOT_FOUND. */
  unsubscribeCalendar?: Maybe<CalendarSubscription>;
  /**
   * Changes an event, and answers what was changed: for FOLLOWING the new series. Where the start or the zone of a series changes, what was stored of its dates
   * moves along on the clock. NOT_FOUND where it is hidden, FORBIDDEN where the viewer may not change it, CONFLICT where it was called off.
   */
  updateEvent?: Maybe<Event>;
};


export type MutationCancelEventArgs = {
  id: Scalars['ID']['input'];
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
  reason?: InputMaybe<Scalars['String']['input']>;
  span?: InputMaybe<EventSpan>;
};


export type MutationCheckInArgs = {
  code: Scalars['String']['input'];
  eventId: Scalars['ID']['input'];
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
};


export type MutationCreateEventArgs = {
  input: CreateEventInput;
};


export type MutationDecideRsvpArgs = {
  approve: Scalars['Boolean']['input'];
  eventId: Scalars['ID']['input'];
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
  userId: Scalars['ID']['input'];
};


export type MutationDeleteEventArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDuplicateEventArgs = {
  id: Scalars['ID']['input'];
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
};


export type MutationImportCalendarArgs = {
  ics: Scalars['String']['input'];
  scope: ScopeInput;
};


export type MutationImportCalendarFileArgs = {
  scope: ScopeInput;
  upload: Scalars['String']['input'];
};


export type MutationMarkAttendanceArgs = {
  eventId: Scalars['ID']['input'];
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
  present: Scalars['Boolean']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationPublishEventArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRefreshCalendarArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSetReminderArgs = {
  eventId?: InputMaybe<Scalars['ID']['input']>;
  minutesBefore?: InputMaybe<Scalars['Int']['input']>;
};


export type MutationSetRsvpArgs = {
  answers?: InputMaybe<Array<Scalars['String']['input']>>;
  eventId: Scalars['ID']['input'];
  guests?: InputMaybe<Scalars['Int']['input']>;
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
  rsvp?: InputMaybe<Rsvp>;
};


export type MutationSubscribeCalendarArgs = {
  scope: ScopeInput;
  url: Scalars['String']['input'];
};


export type MutationUnsubscribeCalendarArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateEventArgs = {
  id: Scalars['ID']['input'];
  input: UpdateEventInput;
  occurrence?: InputMaybe<Scalars['DateTime']['input']>;
  span?: InputMaybe<EventSpan>;
};

/**
 * A thing that has an id of its own. Ids are UUIDs in lower case; no two things have the same, of whatever type, so that a cache may keep things by their
 * ids alone.
 */
export type Node = {
  /** Id of the thing, for as long as it is there; never given to another. */
  id: Scalars['ID']['output'];
};

/** One date of an event. */
export type Occurrence = {
  __typename?: 'Occurrence';
  /** Why it was called off; null where it was not, or that was not told. */
  cancelReason?: Maybe<Scalars['String']['output']>;
  /** Whether this date, or the whole event, was called off. */
  cancelled: Scalars['Boolean']['output'];
  /** The description on this date, Markdown; null where there is none. */
  description?: Maybe<Scalars['String']['output']>;
  /** When it ends. */
  endsAt: Scalars['DateTime']['output'];
  /** The event. */
  event: Event;
  /** Where it takes place on this date; null where that is not told. */
  location?: Maybe<Scalars['String']['output']>;
  /** What the viewer answered for this date, else to the whole event; null where they did not. */
  myRsvp?: Maybe<Rsvp>;
  /** Address of the meeting on this date, for organizers and those who are going; null for all others, and where there is none. */
  onlineUrl?: Maybe<Scalars['String']['output']>;
  /** The start that the rule gives this date, by which arguments called `occurrence` name it. */
  recurrenceId: Scalars['DateTime']['output'];
  /** How many gave each answer that counts on this date: those for it, and those to the whole event of all others. */
  rsvpCounts: RsvpCounts;
  /** When it begins. */
  startsAt: Scalars['DateTime']['output'];
  /** The title on this date. */
  title: Scalars['String']['output'];
};

/** A page of dates. */
export type OccurrenceConnection = {
  __typename?: 'OccurrenceConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<OccurrenceEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A date in a list. */
export type OccurrenceEdge = {
  __typename?: 'OccurrenceEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: Occurrence;
};

/** Where a page stands in its list (Relay Cursor Connections). Pages hold 20 entries unless `first` says otherwise, 100 at most. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last entry, to be given as `after`; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether entries follow the last one of this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether entries precede the first one of this page; false where that was not looked up. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first entry, to be given as `before`; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** How often somebody was there. */
export type PersonAttendance = {
  __typename?: 'PersonAttendance';
  /** Dates on which they were marked as absent. */
  absent: Scalars['Int']['output'];
  /** Dates that they attended. */
  attended: Scalars['Int']['output'];
  /** Events of which they attended some date. */
  events: Scalars['Int']['output'];
  /** The last date that they attended, by its original start; null where there is none. */
  lastAttendedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who; null where their account cannot be shown. */
  user?: Maybe<User>;
};

/** A page of people who were marked. */
export type PersonAttendanceConnection = {
  __typename?: 'PersonAttendanceConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<PersonAttendanceEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** Somebody who was marked in a list. */
export type PersonAttendanceEdge = {
  __typename?: 'PersonAttendanceEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: PersonAttendance;
};

export type Query = {
  __typename?: 'Query';
  /**
   * How often people were at the events exactly at a scope. Needs `events.attendance.mark` there: FORBIDDEN without it, NOT_FOUND for a scope that is hidden;
   * VALIDATION_ERROR for a time that ends before it begins.
   */
  attendanceReport?: Maybe<AttendanceReport>;
  /** Dates of all events that the viewer may see, in the order of time; drafts and what was called off are among them. */
  calendar?: Maybe<OccurrenceConnection>;
  /**
   * Secret address of the viewer's own calendar, for calendar programs: `GET` answers what they see in the graph at that moment, from 90 days ago on, at most 2,000 events.
   * It answers 404 as soon as they are suspended or leave the tenant. Whoever has the address reads the calendar; `rotateCalendarFeed` makes another.
   */
  calendarFeedUrl?: Maybe<Scalars['String']['output']>;
  /** The import of an uploaded calendar that the viewer began, one of their last 20; null for any other. */
  calendarImport?: Maybe<CalendarImportRun>;
  /** A month, a week or the days to come, on the viewer's clock; VALIDATION_ERROR for what is no day or no time zone. */
  calendarSheet?: Maybe<CalendarSheet>;
  /** Calendars to which a scope subscribes, newest first: all of them for who manages its events, else the viewer's own. */
  calendarSubscriptions?: Maybe<CalendarSubscriptionConnection>;
  /** An event by its id; null where it is missing or hidden from the viewer. */
  event?: Maybe<Event>;
  /** Events that the viewer may see, newest first; `calendar` has their dates in the order of time. */
  events?: Maybe<EventConnection>;
  /** When the viewer is reminded, at most 500 of it, in the order in which they chose; who chose nothing is reminded an hour before. Null for nobody. */
  reminders?: Maybe<Array<Reminder>>;
};


export type QueryAttendanceReportArgs = {
  from?: InputMaybe<Scalars['DateTime']['input']>;
  scope: ScopeInput;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};


export type QueryCalendarArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from: Scalars['DateTime']['input'];
  last?: InputMaybe<Scalars['Int']['input']>;
  mine?: InputMaybe<Scalars['Boolean']['input']>;
  scope?: InputMaybe<ScopeInput>;
  to: Scalars['DateTime']['input'];
};


export type QueryCalendarImportArgs = {
  id: Scalars['ID']['input'];
};


export type QueryCalendarSheetArgs = {
  date: Scalars['String']['input'];
  mine?: InputMaybe<Scalars['Boolean']['input']>;
  scope?: InputMaybe<ScopeInput>;
  shape: CalendarShape;
  timeZone: Scalars['String']['input'];
};


export type QueryCalendarSubscriptionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope: ScopeInput;
};


export type QueryEventArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<ScopeInput>;
  tag?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A part of a calendar file that could not be taken. */
export type RefusedComponent = {
  __typename?: 'RefusedComponent';
  /** Why, for people to read. */
  reason: Scalars['String']['output'];
  /** Its UID; null where it has none. */
  uid?: Maybe<Scalars['String']['output']>;
};

/** When somebody is reminded of what they are going to. */
export type Reminder = {
  __typename?: 'Reminder';
  /** The event; null for what holds for all events without a reminder of their own, and for an event that is hidden from the viewer. */
  event?: Maybe<Event>;
  /** How many minutes before the start of each date, 0 to 40,320; null for not at all. */
  minutesBefore?: Maybe<Scalars['Int']['output']>;
};

/** What somebody answers to an event. */
export type Rsvp =
  /** Comes. */
  | 'GOING'
  /** Has an eye on it. */
  | 'INTERESTED'
  /** Does not come. */
  | 'NOT_GOING'
  /** Wants to come, and waits for room or for an organizer to approve. Answered, never given. */
  | 'WAITLISTED';

/** How many people gave each answer. */
export type RsvpCounts = {
  __typename?: 'RsvpCounts';
  /** People who come, without their guests. */
  going: Scalars['Int']['output'];
  /** Guests of those who come. */
  guests: Scalars['Int']['output'];
  /** People who have an eye on it. */
  interested: Scalars['Int']['output'];
  /** People who do not come. */
  notGoing: Scalars['Int']['output'];
  /** People who wait. */
  waitlisted: Scalars['Int']['output'];
};

/** Where a post, poll, event or grant lives. */
export type Scope = Community | Team | Tenant;

/** Names one tenant, community or team. A scope that is missing, hidden from the viewer or of another tenant is answered in the same way. */
export type ScopeInput = {
  /** Id of that tenant, community or team. */
  id: Scalars['ID']['input'];
  /** Kind of the scope. */
  type: ScopeType;
};

/** The three kinds of place in which things happen and permissions are granted. A team lies in one community, a community in one tenant. */
export type ScopeType =
  /** One community of a tenant. */
  | 'COMMUNITY'
  /** One team of a community. */
  | 'TEAM'
  /** A whole tenant: everything of one customer or federation of communities. */
  | 'TENANT';

export type Subscription = {
  __typename?: 'Subscription';
  /** One event, as it is now and whenever it changes: its times, who comes and who waits, who was there. Null where it is missing or hidden from the viewer. */
  event?: Maybe<Event>;
};


export type SubscriptionEventArgs = {
  id: Scalars['ID']['input'];
};

export type Team = Node & {
  __typename?: 'Team';
  /** Events of the team, newest first; only those that the viewer may see. */
  events?: Maybe<EventConnection>;
  id: Scalars['ID']['output'];
};


export type TeamEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type Tenant = Node & {
  __typename?: 'Tenant';
  id: Scalars['ID']['output'];
};

/** What changes about an event; what is absent stays as it is, and null clears what may be absent. */
export type UpdateEventInput = {
  /** How many minutes who is let in from the waiting list has to accept, 5 to 43,200. Null removes it. */
  acceptMinutes?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it takes whole days. */
  allDay?: InputMaybe<Scalars['Boolean']['input']>;
  /** Who may see the names of those who answered. */
  attendeesShownTo?: InputMaybe<AttendeeAudience>;
  /** How many people may come to each date, 1 to 100,000. Null removes it. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** Who organizes it beside: at most 10 people who may make events there; in the place of those who did. */
  coOrganizerIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Markdown, at most 20,000 characters. Null removes it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** When it ends: not before the start, and at most 366 days after it. */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How many guests each person may bring: 0 to 20. */
  guestLimit?: InputMaybe<Scalars['Int']['input']>;
  /** Token of an upload of the kind IMAGE. Null removes the picture. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** Degrees of latitude, -90 to 90. Null removes it. */
  latitude?: InputMaybe<Scalars['Float']['input']>;
  /** Where it takes place, at most 500 characters. Null removes it. */
  location?: InputMaybe<Scalars['String']['input']>;
  /** Degrees of longitude, -180 to 180. Null removes it. */
  longitude?: InputMaybe<Scalars['Float']['input']>;
  /** Whether an organizer must approve whoever wants to come. */
  needsApproval?: InputMaybe<Scalars['Boolean']['input']>;
  /** Address of the meeting, http or https, at most 2,000 characters; shown to organizers and those who are going. Null removes it. */
  onlineUrl?: InputMaybe<Scalars['String']['input']>;
  /** Who organizes it: somebody who may make events there. */
  organizerId?: InputMaybe<Scalars['ID']['input']>;
  /** What it costs, at most 200 characters. Null removes it. */
  priceNote?: InputMaybe<Scalars['String']['input']>;
  /** What is asked of those who want to come, at most 10 questions of at most 200 characters. */
  questions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** RRULE, RDATE and EXDATE lines of RFC 5545 without DTSTART, at most 16,384 characters; the start is always the first date. Null removes it. */
  recurrence?: InputMaybe<Scalars['String']['input']>;
  /** How many minutes before the start of a date answers to it close, 0 to 525,600. Null removes it. */
  rsvpClosesMinutes?: InputMaybe<Scalars['Int']['input']>;
  /** Whether those who are going may mark their own attendance. */
  selfCheckIn?: InputMaybe<Scalars['Boolean']['input']>;
  /** New start of the event, or of the date that is meant; the length stays. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Words to find it by, at most 20 of at most 50 characters. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** New IANA time zone; without a new start the clock shows the same times there. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
  /** One line of plain text, 1 to 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** New visibility; TEAM is for events of a team only. */
  visibility?: InputMaybe<Visibility>;
};

export type User = Node & {
  __typename?: 'User';
  /** Dates on which the person was marked as there or absent, newest mark first; an empty list for everybody else. */
  attendance?: Maybe<AttendanceConnection>;
  /** Events that the person made, organizes or means to come to, newest first; an empty list for everybody else. */
  events?: Maybe<EventConnection>;
  id: Scalars['ID']['output'];
};


export type UserAttendanceArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type UserEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Who may see a thing. The author and whoever holds the manage permission at its scope see it always. */
export type Visibility =
  /** Active members of the community in which it lies. */
  | 'COMMUNITY'
  /** Only the author and those with the manage permission at its scope. */
  | 'PRIVATE'
  /** Whoever can reach the tenant, signed in or not. */
  | 'PUBLIC'
  /** Active members of the team in which it lies. */
  | 'TEAM';

/** Whose an answer is for caches. */
export type Cache__Scope =
  /** The viewer's alone; only their own client keeps it. */
  | 'PRIVATE'
  /** Everybody's who is not signed in; what is answered to somebody stays theirs. */
  | 'PUBLIC';

/** What an access token must be approved for; `graph.read` and `graph.write` reach everywhere. */
export type Guard__Token =
  /** Anything in this subgraph: for fields that lead into it from elsewhere. */
  | 'ANY'
  /** Reading in this subgraph: `<subgraph>.read`. */
  | 'READ';

/** Who may ask for a field. */
export type Guard__Who =
  /** Whoever reaches the tenant, signed in or not; the field decides what they see. */
  | 'ANYONE'
  /** The same, having proved who they are in the last 15 minutes. */
  | 'FRESH_SESSION'
  /** A person, by session or access token; not an application that acts for itself. */
  | 'PERSON'
  /** Another part of Polity; only for `@inaccessible` fields. */
  | 'SERVICE'
  /** A person in a session of their own: no access token, and nobody who acts for another. */
  | 'SESSION'
  /** A person, an application or a service. */
  | 'SIGNED_IN'
  /** A system administrator in a session of their own. */
  | 'SYSTEM_ADMIN';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Community: Community;
  Event: Event;
  Team: Team;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Community:
    ( { __typename: 'Community' }
    & GraphQLRecursivePick<FederationTypes['Community'], {"id":true}> );
  Event:
    ( { __typename: 'Event' }
    & GraphQLRecursivePick<FederationTypes['Event'], {"id":true}> );
  Team:
    ( { __typename: 'Team' }
    & GraphQLRecursivePick<FederationTypes['Team'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  Scope:
    | ( { __typename?: 'Community'; id: string } )
    | ( { __typename?: 'Team'; id: string } )
    | ( { __typename?: 'Tenant'; id: string } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( AttendanceRowEntity )
    | ( ImportRunRowEntity )
    | ( SubscriptionRowEntity )
    | ( { __typename?: 'Community'; id: string } )
    | ( EventRowEntity )
    | ( { __typename?: 'Team'; id: string } )
    | ( { __typename?: 'Tenant'; id: string } )
    | ( { __typename?: 'User'; id: string } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Attendance: ResolverTypeWrapper<AttendanceRowEntity>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AttendanceConnection: ResolverTypeWrapper<Omit<AttendanceConnection, 'edges'> & { edges: Array<ResolversTypes['AttendanceEdge']> }>;
  AttendanceEdge: ResolverTypeWrapper<Omit<AttendanceEdge, 'node'> & { node: ResolversTypes['Attendance'] }>;
  AttendanceMethod: AttendanceMethod;
  AttendanceReport: ResolverTypeWrapper<AttendanceReportEntity>;
  Attendee: ResolverTypeWrapper<RsvpRowEntity>;
  AttendeeAudience: AttendeeAudience;
  AttendeeConnection: ResolverTypeWrapper<Omit<AttendeeConnection, 'edges'> & { edges: Array<ResolversTypes['AttendeeEdge']> }>;
  AttendeeEdge: ResolverTypeWrapper<Omit<AttendeeEdge, 'node'> & { node: ResolversTypes['Attendee'] }>;
  CalendarDay: ResolverTypeWrapper<Omit<CalendarDay, 'occurrences'> & { occurrences: Array<ResolversTypes['Occurrence']> }>;
  CalendarImport: ResolverTypeWrapper<CalendarImportEntity>;
  CalendarImportRun: ResolverTypeWrapper<ImportRunRowEntity>;
  CalendarImportStatus: CalendarImportStatus;
  CalendarShape: CalendarShape;
  CalendarSheet: ResolverTypeWrapper<CalendarSheetEntity>;
  CalendarSubscription: ResolverTypeWrapper<SubscriptionRowEntity>;
  CalendarSubscriptionConnection: ResolverTypeWrapper<Omit<CalendarSubscriptionConnection, 'edges'> & { edges: Array<ResolversTypes['CalendarSubscriptionEdge']> }>;
  CalendarSubscriptionEdge: ResolverTypeWrapper<Omit<CalendarSubscriptionEdge, 'node'> & { node: ResolversTypes['CalendarSubscription'] }>;
  CalendarSubscriptionStatus: CalendarSubscriptionStatus;
  CheckInCode: ResolverTypeWrapper<CheckInCode>;
  Community: ResolverTypeWrapper<{ __typename?: 'Community'; id: string }>;
  CreateEventInput: CreateEventInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Event: ResolverTypeWrapper<EventRowEntity>;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges'> & { edges: Array<ResolversTypes['EventEdge']> }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventSpan: EventSpan;
  EventStats: ResolverTypeWrapper<EventStatsEntity>;
  EventStatus: EventStatus;
  ImportOutcome: ImportOutcome;
  ImportedComponent: ResolverTypeWrapper<ImportedComponent>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Occurrence: ResolverTypeWrapper<OccurrenceEntity>;
  OccurrenceConnection: ResolverTypeWrapper<Omit<OccurrenceConnection, 'edges'> & { edges: Array<ResolversTypes['OccurrenceEdge']> }>;
  OccurrenceEdge: ResolverTypeWrapper<Omit<OccurrenceEdge, 'node'> & { node: ResolversTypes['Occurrence'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PersonAttendance: ResolverTypeWrapper<PersonAttendanceEntity>;
  PersonAttendanceConnection: ResolverTypeWrapper<Omit<PersonAttendanceConnection, 'edges'> & { edges: Array<ResolversTypes['PersonAttendanceEdge']> }>;
  PersonAttendanceEdge: ResolverTypeWrapper<Omit<PersonAttendanceEdge, 'node'> & { node: ResolversTypes['PersonAttendance'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefusedComponent: ResolverTypeWrapper<RefusedComponent>;
  Reminder: ResolverTypeWrapper<ReminderRowEntity>;
  Rsvp: Rsvp;
  RsvpCounts: ResolverTypeWrapper<RsvpCounts>;
  Scope: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Scope']>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Team: ResolverTypeWrapper<{ __typename?: 'Team'; id: string }>;
  Tenant: ResolverTypeWrapper<{ __typename?: 'Tenant'; id: string }>;
  UpdateEventInput: UpdateEventInput;
  User: ResolverTypeWrapper<{ __typename?: 'User'; id: string }>;
  Visibility: Visibility;
  cache__Scope: Cache__Scope;
  guard__Token: Guard__Token;
  guard__Who: Guard__Who;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Attendance: AttendanceRowEntity;
  ID: Scalars['ID']['output'];
  Boolean: Scalars['Boolean']['output'];
  AttendanceConnection: Omit<AttendanceConnection, 'edges'> & { edges: Array<ResolversParentTypes['AttendanceEdge']> };
  AttendanceEdge: Omit<AttendanceEdge, 'node'> & { node: ResolversParentTypes['Attendance'] };
  AttendanceReport: AttendanceReportEntity;
  Attendee: RsvpRowEntity;
  AttendeeConnection: Omit<AttendeeConnection, 'edges'> & { edges: Array<ResolversParentTypes['AttendeeEdge']> };
  AttendeeEdge: Omit<AttendeeEdge, 'node'> & { node: ResolversParentTypes['Attendee'] };
  CalendarDay: Omit<CalendarDay, 'occurrences'> & { occurrences: Array<ResolversParentTypes['Occurrence']> };
  CalendarImport: CalendarImportEntity;
  CalendarImportRun: ImportRunRowEntity;
  CalendarSheet: CalendarSheetEntity;
  CalendarSubscription: SubscriptionRowEntity;
  CalendarSubscriptionConnection: Omit<CalendarSubscriptionConnection, 'edges'> & { edges: Array<ResolversParentTypes['CalendarSubscriptionEdge']> };
  CalendarSubscriptionEdge: Omit<CalendarSubscriptionEdge, 'node'> & { node: ResolversParentTypes['CalendarSubscription'] };
  CheckInCode: CheckInCode;
  Community: { __typename?: 'Community'; id: string };
  CreateEventInput: CreateEventInput;
  Float: Scalars['Float']['output'];
  DateTime: Scalars['DateTime']['output'];
  Event: EventRowEntity;
  EventConnection: Omit<EventConnection, 'edges'> & { edges: Array<ResolversParentTypes['EventEdge']> };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventStats: EventStatsEntity;
  ImportedComponent: ImportedComponent;
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Occurrence: OccurrenceEntity;
  OccurrenceConnection: Omit<OccurrenceConnection, 'edges'> & { edges: Array<ResolversParentTypes['OccurrenceEdge']> };
  OccurrenceEdge: Omit<OccurrenceEdge, 'node'> & { node: ResolversParentTypes['Occurrence'] };
  PageInfo: PageInfo;
  PersonAttendance: PersonAttendanceEntity;
  PersonAttendanceConnection: Omit<PersonAttendanceConnection, 'edges'> & { edges: Array<ResolversParentTypes['PersonAttendanceEdge']> };
  PersonAttendanceEdge: Omit<PersonAttendanceEdge, 'node'> & { node: ResolversParentTypes['PersonAttendance'] };
  Query: Record<PropertyKey, never>;
  RefusedComponent: RefusedComponent;
  Reminder: ReminderRowEntity;
  RsvpCounts: RsvpCounts;
  Scope: ResolversUnionTypes<ResolversParentTypes>['Scope'];
  ScopeInput: ScopeInput;
  Subscription: Record<PropertyKey, never>;
  Team: { __typename?: 'Team'; id: string };
  Tenant: { __typename?: 'Tenant'; id: string };
  UpdateEventInput: UpdateEventInput;
  User: { __typename?: 'User'; id: string };
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
};

export type CacheControlDirectiveArgs = {
  maxAge: Scalars['Int']['input'];
  scope?: Maybe<Cache__Scope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type GuardDirectiveArgs = {
  at?: Maybe<Scalars['String']['input']>;
  permission?: Maybe<Scalars['String']['input']>;
  scope?: Maybe<ScopeType>;
  token?: Maybe<Guard__Token>;
  who: Guard__Who;
};

export type GuardDirectiveResolver<Result, Parent, ContextType = Context, Args = GuardDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LiveDirectiveArgs = {
  on: Array<Scalars['String']['input']>;
};

export type LiveDirectiveResolver<Result, Parent, ContextType = Context, Args = LiveDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ServesDirectiveArgs = {
  paths: Array<Scalars['String']['input']>;
};

export type ServesDirectiveResolver<Result, Parent, ContextType = Context, Args = ServesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AttendanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attendance'] = ResolversParentTypes['Attendance']> = {
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  markedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  marker?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['AttendanceMethod'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  present?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AttendanceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttendanceConnection'] = ResolversParentTypes['AttendanceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AttendanceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AttendanceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttendanceEdge'] = ResolversParentTypes['AttendanceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Attendance'], ParentType, ContextType>;
};

export type AttendanceReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttendanceReport'] = ResolversParentTypes['AttendanceReport']> = {
  csv?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  people?: Resolver<Maybe<ResolversTypes['PersonAttendanceConnection']>, ParentType, ContextType, Partial<AttendanceReportPeopleArgs>>;
};

export type AttendeeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attendee'] = ResolversParentTypes['Attendee']> = {
  acceptBy?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  answers?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  awaitsApproval?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  guests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rsvp?: Resolver<ResolversTypes['Rsvp'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type AttendeeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttendeeConnection'] = ResolversParentTypes['AttendeeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AttendeeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AttendeeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttendeeEdge'] = ResolversParentTypes['AttendeeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Attendee'], ParentType, ContextType>;
};

export type CalendarDayResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarDay'] = ResolversParentTypes['CalendarDay']> = {
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurrences?: Resolver<Array<ResolversTypes['Occurrence']>, ParentType, ContextType>;
};

export type CalendarImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarImport'] = ResolversParentTypes['CalendarImport']> = {
  components?: Resolver<Array<ResolversTypes['ImportedComponent']>, ParentType, ContextType>;
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refused?: Resolver<Array<ResolversTypes['RefusedComponent']>, ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CalendarImportRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarImportRun'] = ResolversParentTypes['CalendarImportRun']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['CalendarImport']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CalendarImportStatus'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CalendarSheetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarSheet'] = ResolversParentTypes['CalendarSheet']> = {
  days?: Resolver<Array<ResolversTypes['CalendarDay']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CalendarSubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarSubscription'] = ResolversParentTypes['CalendarSubscription']> = {
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextRefreshAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refreshedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CalendarSubscriptionStatus'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CalendarSubscriptionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarSubscriptionConnection'] = ResolversParentTypes['CalendarSubscriptionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CalendarSubscriptionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CalendarSubscriptionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalendarSubscriptionEdge'] = ResolversParentTypes['CalendarSubscriptionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CalendarSubscription'], ParentType, ContextType>;
};

export type CheckInCodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckInCode'] = ResolversParentTypes['CheckInCode']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  qrSvg?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community'], FederationReferenceType extends FederationReferenceTypes['Community'] = FederationReferenceTypes['Community']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Community']> | FederationReferenceType, FederationReferenceType, ContextType>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, Partial<CommunityEventsArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'], FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Event']> | FederationReferenceType, FederationReferenceType, ContextType>;
  acceptMinutes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  allDay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  attendance?: Resolver<Maybe<ResolversTypes['AttendanceConnection']>, ParentType, ContextType, Partial<EventAttendanceArgs>>;
  attendanceCsv?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  attendees?: Resolver<Maybe<ResolversTypes['AttendeeConnection']>, ParentType, ContextType, Partial<EventAttendeesArgs>>;
  attendeesShownTo?: Resolver<ResolversTypes['AttendeeAudience'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  capacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  checkInCode?: Resolver<Maybe<ResolversTypes['CheckInCode']>, ParentType, ContextType, Partial<EventCheckInCodeArgs>>;
  coOrganizers?: Resolver<Maybe<Array<ResolversTypes['User']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  descriptionHtml?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  guestLimit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ics?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imageUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  latitude?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  longitude?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  myRsvp?: Resolver<Maybe<ResolversTypes['Rsvp']>, ParentType, ContextType>;
  needsApproval?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  occurrences?: Resolver<Maybe<ResolversTypes['OccurrenceConnection']>, ParentType, ContextType, Partial<EventOccurrencesArgs>>;
  onlineUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  organizer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  priceNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  questions?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  recurrence?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rsvpClosesMinutes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rsvpCounts?: Resolver<ResolversTypes['RsvpCounts'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  selfCheckIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  stats?: Resolver<Maybe<ResolversTypes['EventStats']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  viewerCanEdit?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  visibility?: Resolver<ResolversTypes['Visibility'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type EventStatsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventStats'] = ResolversParentTypes['EventStats']> = {
  absent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  answers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  datesMarked?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  going?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  interested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  waitlisted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImportedComponentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportedComponent'] = ResolversParentTypes['ImportedComponent']> = {
  occurrence?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ImportOutcome'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationCancelEventArgs, 'id'>>;
  checkIn: Resolver<Maybe<ResolversTypes['Attendance']>, ParentType, ContextType, RequireFields<MutationCheckInArgs, 'code' | 'eventId'>>;
  createEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationCreateEventArgs, 'input'>>;
  decideRsvp: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationDecideRsvpArgs, 'approve' | 'eventId' | 'userId'>>;
  deleteEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationDeleteEventArgs, 'id'>>;
  duplicateEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationDuplicateEventArgs, 'id'>>;
  importCalendar: Resolver<Maybe<ResolversTypes['CalendarImport']>, ParentType, ContextType, RequireFields<MutationImportCalendarArgs, 'ics' | 'scope'>>;
  importCalendarFile: Resolver<Maybe<ResolversTypes['CalendarImportRun']>, ParentType, ContextType, RequireFields<MutationImportCalendarFileArgs, 'scope' | 'upload'>>;
  markAttendance: Resolver<Maybe<ResolversTypes['Attendance']>, ParentType, ContextType, RequireFields<MutationMarkAttendanceArgs, 'eventId' | 'present' | 'userId'>>;
  publishEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationPublishEventArgs, 'id'>>;
  refreshCalendar: Resolver<Maybe<ResolversTypes['CalendarSubscription']>, ParentType, ContextType, RequireFields<MutationRefreshCalendarArgs, 'id'>>;
  rotateCalendarFeed: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  setReminder: Resolver<Maybe<ResolversTypes['Reminder']>, ParentType, ContextType, Partial<MutationSetReminderArgs>>;
  setRsvp: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationSetRsvpArgs, 'eventId'>>;
  subscribeCalendar: Resolver<Maybe<ResolversTypes['CalendarSubscription']>, ParentType, ContextType, RequireFields<MutationSubscribeCalendarArgs, 'scope' | 'url'>>;
  unsubscribeCalendar: Resolver<Maybe<ResolversTypes['CalendarSubscription']>, ParentType, ContextType, RequireFields<MutationUnsubscribeCalendarArgs, 'id'>>;
  updateEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationUpdateEventArgs, 'id' | 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Attendance' | 'CalendarImportRun' | 'CalendarSubscription' | 'Community' | 'Event' | 'Team' | 'Tenant' | 'User', ParentType, ContextType>;
};

export type OccurrenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Occurrence'] = ResolversParentTypes['Occurrence']> = {
  cancelReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cancelled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  myRsvp?: Resolver<Maybe<ResolversTypes['Rsvp']>, ParentType, ContextType>;
  onlineUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recurrenceId?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  rsvpCounts?: Resolver<ResolversTypes['RsvpCounts'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OccurrenceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OccurrenceConnection'] = ResolversParentTypes['OccurrenceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OccurrenceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OccurrenceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OccurrenceEdge'] = ResolversParentTypes['OccurrenceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Occurrence'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PersonAttendanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersonAttendance'] = ResolversParentTypes['PersonAttendance']> = {
  absent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  attended?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastAttendedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type PersonAttendanceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersonAttendanceConnection'] = ResolversParentTypes['PersonAttendanceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PersonAttendanceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PersonAttendanceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersonAttendanceEdge'] = ResolversParentTypes['PersonAttendanceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PersonAttendance'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  attendanceReport: Resolver<Maybe<ResolversTypes['AttendanceReport']>, ParentType, ContextType, RequireFields<QueryAttendanceReportArgs, 'scope'>>;
  calendar: Resolver<Maybe<ResolversTypes['OccurrenceConnection']>, ParentType, ContextType, RequireFields<QueryCalendarArgs, 'from' | 'to'>>;
  calendarFeedUrl: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  calendarImport: Resolver<Maybe<ResolversTypes['CalendarImportRun']>, ParentType, ContextType, RequireFields<QueryCalendarImportArgs, 'id'>>;
  calendarSheet: Resolver<Maybe<ResolversTypes['CalendarSheet']>, ParentType, ContextType, RequireFields<QueryCalendarSheetArgs, 'date' | 'shape' | 'timeZone'>>;
  calendarSubscriptions: Resolver<Maybe<ResolversTypes['CalendarSubscriptionConnection']>, ParentType, ContextType, RequireFields<QueryCalendarSubscriptionsArgs, 'scope'>>;
  event: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<QueryEventArgs, 'id'>>;
  events: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, Partial<QueryEventsArgs>>;
  reminders: Resolver<Maybe<Array<ResolversTypes['Reminder']>>, ParentType, ContextType>;
};

export type RefusedComponentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefusedComponent'] = ResolversParentTypes['RefusedComponent']> = {
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReminderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reminder'] = ResolversParentTypes['Reminder']> = {
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  minutesBefore?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type RsvpCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RsvpCounts'] = ResolversParentTypes['RsvpCounts']> = {
  going?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  guests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  interested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notGoing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  waitlisted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ScopeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Scope'] = ResolversParentTypes['Scope']> = {
  __resolveType: TypeResolveFn<'Community' | 'Team' | 'Tenant', ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  event: SubscriptionResolver<Maybe<ResolversTypes['Event']>, "event", ParentType, ContextType, RequireFields<SubscriptionEventArgs, 'id'>>;
};

export type TeamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Team'] = ResolversParentTypes['Team'], FederationReferenceType extends FederationReferenceTypes['Team'] = FederationReferenceTypes['Team']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Team']> | FederationReferenceType, FederationReferenceType, ContextType>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, Partial<TeamEventsArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attendance?: Resolver<Maybe<ResolversTypes['AttendanceConnection']>, ParentType, ContextType, Partial<UserAttendanceArgs>>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, Partial<UserEventsArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Attendance?: AttendanceResolvers<ContextType>;
  AttendanceConnection?: AttendanceConnectionResolvers<ContextType>;
  AttendanceEdge?: AttendanceEdgeResolvers<ContextType>;
  AttendanceReport?: AttendanceReportResolvers<ContextType>;
  Attendee?: AttendeeResolvers<ContextType>;
  AttendeeConnection?: AttendeeConnectionResolvers<ContextType>;
  AttendeeEdge?: AttendeeEdgeResolvers<ContextType>;
  CalendarDay?: CalendarDayResolvers<ContextType>;
  CalendarImport?: CalendarImportResolvers<ContextType>;
  CalendarImportRun?: CalendarImportRunResolvers<ContextType>;
  CalendarSheet?: CalendarSheetResolvers<ContextType>;
  CalendarSubscription?: CalendarSubscriptionResolvers<ContextType>;
  CalendarSubscriptionConnection?: CalendarSubscriptionConnectionResolvers<ContextType>;
  CalendarSubscriptionEdge?: CalendarSubscriptionEdgeResolvers<ContextType>;
  CheckInCode?: CheckInCodeResolvers<ContextType>;
  Community?: CommunityResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  EventStats?: EventStatsResolvers<ContextType>;
  ImportedComponent?: ImportedComponentResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Occurrence?: OccurrenceResolvers<ContextType>;
  OccurrenceConnection?: OccurrenceConnectionResolvers<ContextType>;
  OccurrenceEdge?: OccurrenceEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PersonAttendance?: PersonAttendanceResolvers<ContextType>;
  PersonAttendanceConnection?: PersonAttendanceConnectionResolvers<ContextType>;
  PersonAttendanceEdge?: PersonAttendanceEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RefusedComponent?: RefusedComponentResolvers<ContextType>;
  Reminder?: ReminderResolvers<ContextType>;
  RsvpCounts?: RsvpCountsResolvers<ContextType>;
  Scope?: ScopeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  guard?: GuardDirectiveResolver<any, any, ContextType>;
  live?: LiveDirectiveResolver<any, any, ContextType>;
  serves?: ServesDirectiveResolver<any, any, ContextType>;
};
