import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';

/** How many ballots there were by a moment. */
export interface TurnoutPoint {
  occurredAt: string;
  cast: number;
}

// The id is that of the poll.
const schema = defineEntity({
  name: 'PollCount',
  tableName: 'poll_count',
  properties: {
    ...tenantProperties,
    count: p.json<object>(),
    seed: p.string().nullable(),
    turnout: p.json<TurnoutPoint[]>().nullable(),
    // Up to whom it was told who took part, in the order of ids of people; the highest id of all once that is done.
    toldUntil: p.uuid().nullable(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
});

/** The count of a closed poll, as it was made once. */
export class PollCount extends schema.class {}
schema.setClass(PollCount);
