import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

const schema = defineEntity({
  name: 'Tally',
  tableName: 'tally',
  properties: {
    ...tenantProperties,
    eventId: p.uuid(),
    // Null for the answers to the whole event.
    occurrence: p.datetime().nullable(),
    interested: p.integer(),
    going: p.integer(),
    notGoing: p.integer(),
    waitlisted: p.integer(),
    seats: p.integer(),
    // Of the answers to the whole event, those that do not count on this date, because the same people answered for it.
    offInterested: p.integer(),
    offGoing: p.integer(),
    offNotGoing: p.integer(),
    offWaitlisted: p.integer(),
    offSeats: p.integer(),
    lastPlace: p.integer(),
    // Who was marked on this date; of a series nothing stands beside the answers to the whole.
    attended: p.integer(),
    absent: p.integer(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
});

/** How many gave each answer, to an event or to one date of it, and how many were there; kept with every answer under the lock of the event. */
export class Tally extends schema.class {}
schema.setClass(Tally);
