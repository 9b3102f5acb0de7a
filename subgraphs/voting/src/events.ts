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
  told,
  visibility,
  word,
} from '@polity/kernel/events/catalogue';
import { lotRecorder, recorder } from '@polity/kernel/events/recorder';
import { z } from 'zod';

const pollId = id('The poll.');
const poll = z.strictObject({ pollId, ...placeFields, visibility });
const about = { type: 'Poll', id: 'pollId' };
const noticed = (kind: string, says: string) => ({ about, notice: { kind, says } });
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
  'voting.poll.created': told(poll.describe('A poll was made.'), { about }),
  'voting.poll.updated': told(poll.describe('A poll, its options or its roll were changed.'), { about }),
  'voting.poll.deleted': told(poll.describe('A poll was deleted.'), { about }),
  'voting.poll.nominations_opened': told(poll.describe('A poll takes nominations.'), { about }),
  'voting.poll.opened': told(poll.extend({ eligible }).describe('A poll takes votes.'), { about }),
  'voting.poll.extended': told(
    poll
      .extend({ closesAt: moment('When it closes now; null: once somebody closes it.').nullable() })
      .describe('A poll closes later.'),
    { about },
  ),
  'voting.poll.closed': told(poll.describe('A poll takes no more votes.'), { about }),
  'voting.poll.counted': told(
    poll
      .extend({
        outcome: z.enum(['PASSED', 'FAILED', 'NO_QUORUM']).describe('What was decided.'),
        cast: count('How many people voted.'),
        eligible,
      })
      .describe('The votes of a closed poll were counted.'),
    noticed('poll', 'The votes on “{title}” were counted'),
  ),
  'voting.poll.cancelled': told(
    poll.extend({ reason: word('Why, in the words of who did.') }).describe('A poll was cancelled.'),
    noticed('poll', 'The poll “{title}” was cancelled'),
  ),
  'voting.poll.archived': told(poll.describe('A poll was archived.'), { about }),
  'voting.vote.cast': told(
    vote.extend({ changed: flag('Whether it took the place of an earlier vote.') }).describe('Somebody voted.'),
    { about },
  ),
  'voting.vote.withdrawn': told(vote.describe('Somebody took their vote back.'), { about }),
  'voting.vote.invalidated': told(
    z
      .strictObject({ pollId, ballotId: id('The ballot.'), voterId: id('Whose it is.'), reason: word('Why.') })
      .describe('A ballot was declared invalid.'),
    noticed('vote', 'Your vote on “{title}” was declared invalid'),
  ),
  'voting.participation.recorded': told(
    z
      .strictObject({ pollId, userId: id('Who took part.') })
      .describe('Once a poll closed: who took part, never what they voted.'),
    { about },
  ),
  'voting.nomination.created': told(
    nomination.extend({ nominatedBy: id('Who nominated them.') }).describe('Somebody was nominated.'),
    noticed('nomination', '{actor} nominated you in “{title}”'),
  ),
  'voting.nomination.seconded': told(
    nomination.extend({ userId: id('Who seconds it.') }).describe('Somebody seconded a nomination.'),
    { about },
  ),
  'voting.nomination.accepted': told(
    nomination.describe('A nominee accepted.'),
    noticed('nomination', 'A nominee in “{title}” accepted'),
  ),
  'voting.nomination.declined': told(
    nomination.describe('A nominee declined.'),
    noticed('nomination', 'A nominee in “{title}” declined'),
  ),
  'voting.nomination.approved': told(
    nomination.describe('A nomination was approved: the nominee stands.'),
    noticed('nomination', 'You stand in “{title}”'),
  ),
  'voting.nomination.rejected': told(
    nomination.describe('A nomination was turned down.'),
    noticed('nomination', 'Your nomination in “{title}” was turned down'),
  ),
  'voting.delegation.set': told(
    delegation
      .extend({ delegateId: id('Who votes in their place.') })
      .describe('Somebody gave their vote to somebody else.'),
    { notice: { kind: 'delegation', says: '{actor} gave you their vote' } },
  ),
  'voting.delegation.removed': delegation.describe('Somebody votes for themselves again.'),
  'voting.content.hidden': contentHidden,
  'voting.content.restored': contentRestored,
};

export type VotingEvents = DataOf<typeof votingEvents>;

export const recordEvent = recorder<VotingEvents>();

/** Events of many requests at once. */
export const recordEvents = lotRecorder<VotingEvents>();
