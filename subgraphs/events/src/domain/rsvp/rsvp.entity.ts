import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

const rsvpStatuses = ['INTERESTED', 'GOING', 'NOT_GOING', 'WAITLISTED'] as const;
export type RsvpStatus = (typeof rsvpStatuses)[number];

const schema = defineEntity({
  name: 'Rsvp',
  tableName: 'rsvp',
  properties: {
    ...tenantProperties,
    eventId: p.uuid(),
    userId: p.uuid(),
    // Null for the answer to the whole event.
    occurrence: p.datetime().nullable(),
    status: p.enum(rsvpStatuses),
    guests: p.integer(),
    answers: p.array(),
    awaitsApproval: p.boolean(),
    // Place in the waiting list; kept as long as one waits.
    place: p.integer().nullable(),
    changedAt: p.datetime(),
    // Until when somebody who was let in has to accept; null for who need not, or did.
    acceptBy: p.datetime().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  indexes: [
    { properties: ['tenantId', 'eventId', 'id'] },
    { properties: ['tenantId', 'userId', 'eventId'] },
    {
      name: 'rsvp_waiting',
      expression: `create index rsvp_waiting on rsvp (tenant_id, event_id, occurrence, place) where status = 'WAITLISTED'`,
    },
    {
      name: 'rsvp_to_accept',
      expression: `create index rsvp_to_accept on rsvp (tenant_id, event_id, accept_by) where accept_by is not null`,
    },
  ],
});

/** What somebody answers, as numbers count it. */
export interface Counted {
  status: RsvpStatus;
  guests: number;
}

/** Somebody's answer to an event, or to one date of it. */
export class Rsvp extends schema.class {
  answer(
    given: Partial<Pick<Rsvp, 'status' | 'guests' | 'answers' | 'awaitsApproval' | 'place' | 'acceptBy'>>,
    at: Date,
  ): void {
    Object.assign(this, given);
    this.changedAt = at;
  }
}
schema.setClass(Rsvp);

export type RsvpRow = Row<Rsvp>;

/** Places that somebody takes. */
export const seatsOf = (answer: Counted | null): number => (answer?.status === 'GOING' ? 1 + answer.guests : 0);
