import {
  contentHidden,
  contentRestored,
  count,
  type DataOf,
  flag,
  id,
  moment,
  placeFields,
  scopeFields,
  visibility,
  word,
} from '@polity/kernel/events/catalogue';
import { lotRecorder, recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const pollId = id('The poll.');
const poll = z.strictObject({ pollId, ...placeFields, visibility });
const eligible = count('How many people may vote.');
const nomination = z.strictObject({
  nominationId: id('The nomination.'),
  pollId,
  nomineeId: id('Who is nominated.'),
});
const vote = z.strictObject({
  pollId,
  anonymous: flag('Whether nobody learns who voted.'),
  voterId: id(
    'Who voted; null in an anonymous poll, where nobody stands in the envelope as having caused it either.',
  ).nullable(),
});
const delegation = z.strictObject({
  delegatorId: id('Whose vote it is.'),
  ...scopeFields,
  topic: word('What it is about; empty for everything.'),
});

/** What this subgraph tells others, by type. Data holds ids and what consumers branch on; consumers ask the graph for the rest. */
export const votingEvents = {
  'voting.poll.created': poll.describe('A poll was made.'),
  'voting.poll.updated': poll.describe('A poll, its options or its roll were changed.'),
  'voting.poll.deleted': poll.describe('A poll was deleted.'),
  'voting.poll.nominations_opened': poll.describe('A poll takes nominations.'),
  'voting.poll.opened': poll.extend({ eligible }).describe('A poll takes votes.'),
  'voting.poll.extended': poll
    .extend({ closesAt: moment('When it closes now; null: once somebody closes it.').nullable() })
    .describe('A poll closes later.'),
  'voting.poll.closed': poll.describe('A poll takes no more votes.'),
  'voting.poll.counted': poll
    .extend({
      outcome: z.enum(['PASSED', 'FAILED', 'NO_QUORUM']).describe('What was decided.'),
      cast: count('How many people voted.'),
      eligible,
    })
    .describe('The votes of a closed poll were counted.'),
  'voting.poll.cancelled': poll
    .extend({ reason: word('Why, in the words of who did.') })
    .describe('A poll was cancelled.'),
  'voting.poll.archived': poll.describe('A poll was archived.'),
  'voting.vote.cast': vote
    .extend({ changed: flag('Whether it took the place of an earlier vote.') })
    .describe('Somebody voted.'),
  'voting.vote.withdrawn': vote.describe('Somebody took their vote back.'),
  'voting.vote.invalidated': z
    .strictObject({ pollId, ballotId: id('The ballot.'), voterId: id('Whose it is.'), reason: word('Why.') })
    .describe('A ballot was declared invalid.'),
  'voting.participation.recorded': z
    .strictObject({ pollId, userId: id('Who took part.') })
    .describe('Once a poll closed: who took part, never what they voted.'),
  'voting.nomination.created': nomination
    .extend({ nominatedBy: id('Who nominated them.') })
    .describe('Somebody was nominated.'),
  'voting.nomination.seconded': nomination
    .extend({ userId: id('Who seconds it.') })
    .describe('Somebody seconded a nomination.'),
  'voting.nomination.accepted': nomination.describe('A nominee accepted.'),
  'voting.nomination.declined': nomination.describe('A nominee declined.'),
  'voting.nomination.approved': nomination.describe('A nomination was approved: the nominee stands.'),
  'voting.nomination.rejected': nomination.describe('A nomination was turned down.'),
  'voting.delegation.set': delegation
    .extend({ delegateId: id('Who votes in their place.') })
    .describe('Somebody gave their vote to somebody else.'),
  'voting.delegation.removed': delegation.describe('Somebody votes for themselves again.'),
  'voting.content.hidden': contentHidden,
  'voting.content.restored': contentRestored,
};

export type VotingEvents = DataOf<typeof votingEvents>;

export const recordEvent = recorder<VotingEvents>();

/** Events of many requests at once. */
export const recordEvents = lotRecorder<VotingEvents>();
