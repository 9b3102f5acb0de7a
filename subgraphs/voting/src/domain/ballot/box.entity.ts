import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter, tenantPolicies } from '@polity/kernel/db/orm';
import type { BallotContent } from './ballot.entity.ts';

// No time and no id that ascends with time: nothing of a row says when it came. `subgraphs/voting/README.md` has the threat model.
const schema = defineEntity({
  name: 'BoxBallot',
  tableName: 'box_ballot',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    pollId: p.uuid(),
    content: p.json<BallotContent>(),
    hash: p.string(),
  },
  policies: tenantPolicies,
  filters: tenantFilter,
  uniques: [{ name: 'box_ballot_hash_unique', properties: ['tenantId', 'pollId', 'hash'] }],
});

/** One unit ballot of an anonymous poll. */
export class BoxBallot extends schema.class {}
schema.setClass(BoxBallot);
