import type { Count } from '../../counting/types.ts';
import { reaches, thresholdOf, WHOLE } from '../poll/poll.bounds.ts';
import type { PollOutcome, PollRow } from '../poll/poll.entity.ts';

/** What a poll is judged by. */
export interface Judged {
  poll: Pick<PollRow, 'method' | 'quorum' | 'turnoutQuorum' | 'threshold'>;
  count: Count;
  /** People: who could vote, and for whom a ballot was cast. */
  eligible: number;
  took: number;
  /** Weights: all that was cast, and what of it says something. */
  cast: number;
  votes: number;
  /** Option that stands for none of them. */
  none: string | null;
}

const isShareOf = (share: number | null | undefined, part: number, whole: number): boolean =>
  !share || BigInt(part) * BigInt(WHOLE) >= BigInt(share) * BigInt(whole);

/** Votes for the strongest, as a whole number: the measures of methods with a threshold have no fractions. */
function strongest({ count, poll }: Judged): bigint {
  const tallies =
    poll.method === 'CONSENT' ? stance(count, 'AGREE') : count.tallies.map(({ count: votes }) => BigInt(votes));
  let most = 0n;
  for (const votes of tallies) if (votes > most) most = votes;
  return most;
}

const stance = ({ stances }: Count, wanted: string): bigint[] =>
  (stances ?? []).filter(({ stance: each }) => each === wanted).map(({ count }) => BigInt(count));

/** Whether the poll took a decision. Nobody, or none of the above, is no decision; a tie that fills no seat is none either. */
export function outcomeOf(judged: Judged): PollOutcome {
  const { poll, count, eligible, took, cast, votes, none } = judged;
  if (!isShareOf(poll.quorum, took, eligible) || !isShareOf(poll.turnoutQuorum, votes, cast)) return 'NO_QUORUM';
  if (
    votes === 0 ||
    count.winners.length === 0 ||
    count.openSeats !== null ||
    (none !== null && count.winners.includes(none))
  )
    return 'FAILED';
  const threshold = poll.threshold ? thresholdOf(poll.threshold) : null;
  return threshold && !reaches(threshold, strongest(judged), BigInt(votes)) ? 'FAILED' : 'PASSED';
}
