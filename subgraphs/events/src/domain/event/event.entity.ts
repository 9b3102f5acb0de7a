import { defineEntity, p } from '@mikro-orm/core';
import { placeOfRow, type RowPlace, scopeOfRow } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { visibilities } from '@polity/kernel/access/visibility';
import { tenantFilter, tenantPolicies } from '@polity/kernel/db/orm';
import { partialIndexes, placedProperties, visibilityIndexes } from '@polity/kernel/db/placed';
import type { Row } from '@polity/kernel/db/row';

const eventStatuses = ['DRAFT', 'PUBLISHED', 'CANCELLED'] as const;
export const attendeeAudiences = ['EVERYONE', 'GOING', 'ORGANIZERS'] as const;

/** By the reasons of `visibleRows`, in the order of time, for the calendar. */
const byStart = partialIndexes('event', {
  by_start: ['starts_at, id', 'recurrence is null'],
  of_community_by_start: ['community_id, starts_at, id', 'recurrence is null'],
  of_team_by_start: ['team_id, starts_at, id', 'recurrence is null'],
  recurring: ['span_starts_at', 'recurrence is not null'],
});

const schema = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    // Of these, `visibility` says who sees it now: PRIVATE as long as it is a draft, whatever it will be then.
    ...placedProperties,
    organizerId: p.uuid(),
    // Those who organize it beside, for policies; `event_organizer` has them as rows.
    coOrganizers: p.array(),
    title: p.string(),
    description: p.text().nullable(),
    descriptionHtml: p.text().nullable(),
    chosenVisibility: p.enum(visibilities),
    status: p.enum(eventStatuses),
    location: p.text().nullable(),
    latitude: p.double().$type<number>().nullable(),
    longitude: p.double().$type<number>().nullable(),
    onlineUrl: p.text().nullable(),
    timeZone: p.string(),
    allDay: p.boolean(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    recurrence: p.text().nullable(),
    // Between these lies every date of it, those that were moved included; without an end where there is none.
    spanStartsAt: p.datetime(),
    spanEndsAt: p.datetime().nullable(),
    capacity: p.integer().nullable(),
    guestLimit: p.integer(),
    tags: p.array(),
    priceNote: p.text().nullable(),
    imageFile: p.text().nullable().index(),
    rsvpClosesMinutes: p.integer().nullable(),
    // How long who is let in from the waiting list has to accept.
    acceptMinutes: p.integer().nullable(),
    needsApproval: p.boolean(),
    questions: p.array(),
    attendeesShownTo: p.enum(attendeeAudiences),
    selfCheckIn: p.boolean(),
    cancelledAt: p.datetime().nullable(),
    cancelReason: p.text().nullable(),
    uid: p.text(),
    sequence: p.integer(),
    importedSequence: p.integer().nullable(),
    // How far people were reminded of it.
    remindedUntil: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    { properties: ['tenantId', 'id'] },
    { properties: ['tenantId', 'communityId', 'id'] },
    { properties: ['tenantId', 'teamId', 'id'] },
    ...visibilityIndexes('event'),
    ...byStart,
    {
      name: 'event_uid_unique',
      expression:
        'create unique index event_uid_unique on event (tenant_id, community_id, team_id, uid) nulls not distinct',
    },
  ],
});

/** What may be changed about an event; absent is unchanged. */
export type EventChanges = Partial<
  Pick<
    InstanceType<typeof schema.class>,
    | 'organizerId'
    | 'coOrganizers'
    | 'title'
    | 'description'
    | 'descriptionHtml'
    | 'chosenVisibility'
    | 'location'
    | 'latitude'
    | 'longitude'
    | 'onlineUrl'
    | 'timeZone'
    | 'allDay'
    | 'startsAt'
    | 'endsAt'
    | 'recurrence'
    | 'capacity'
    | 'guestLimit'
    | 'tags'
    | 'priceNote'
    | 'imageFile'
    | 'rsvpClosesMinutes'
    | 'acceptMinutes'
    | 'needsApproval'
    | 'questions'
    | 'attendeesShownTo'
    | 'selfCheckIn'
  >
>;

export class Event extends schema.class {
  scopeRef(): ScopeRef {
    return scopeOfRow(this);
  }

  place(): RowPlace {
    return placeOfRow(this);
  }

  /** How long each date lasts, in milliseconds. */
  lasts(): number {
    return this.endsAt.getTime() - this.startsAt.getTime();
  }

  edit(changes: EventChanges, at: Date): void {
    Object.assign(this, changes);
    this.editedAt = at;
  }

  publish(at: Date): void {
    this.status = 'PUBLISHED';
    this.editedAt = at;
  }

  cancel(at: Date, reason: string | null): void {
    this.status = 'CANCELLED';
    this.cancelledAt = at;
    this.cancelReason = reason;
    this.sequence += 1;
  }

  /** What follows from the rest: who sees it now, and between which instants its dates lie. */
  settle(span: Pick<Event, 'spanStartsAt' | 'spanEndsAt'>): void {
    this.visibility = this.status === 'DRAFT' ? 'PRIVATE' : this.chosenVisibility;
    this.sequence += 1;
    Object.assign(this, span);
  }

  /** Widens the span by a date that was moved. */
  reach(startsAt: Date, endsAt: Date): void {
    if (startsAt < this.spanStartsAt) this.spanStartsAt = startsAt;
    if (this.spanEndsAt && endsAt > this.spanEndsAt) this.spanEndsAt = endsAt;
  }
}
schema.setClass(Event);

export type EventRow = Row<Event>;
