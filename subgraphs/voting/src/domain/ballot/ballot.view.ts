import type { ElectorRow } from '../elector/elector.entity.ts';
import type { BallotContent, BallotRow } from './ballot.entity.ts';

/** A ballot as it is shown: of an anonymous poll it says only that somebody voted. */
export interface BallotView {
  id: string;
  pollId: string;
  voterId: string;
  weight: number | null;
  castAt: Date | null;
  content: BallotContent | null;
  /** Only in the answer to casting it. */
  receipt: string | null;
  invalidatedAt: Date | null;
  invalidReason: string | null;
}

export function shownBallot(ballot: BallotRow, receipt: string | null = null): BallotView {
  const { id, pollId, voterId, weight, countedWeight, castAt, content, invalidatedAt, invalidReason } = ballot;
  return {
    id,
    pollId,
    voterId,
    weight: countedWeight ?? weight,
    castAt,
    content,
    receipt,
    invalidatedAt: invalidatedAt ?? null,
    invalidReason: invalidReason ?? null,
  };
}

/** What stands on the roll of an anonymous poll about somebody who voted. */
export function shownVote(
  { id, pollId, userId }: Pick<ElectorRow, 'id' | 'pollId' | 'userId'>,
  receipt: string | null = null,
): BallotView {
  const nothing = { weight: null, castAt: null, content: null, invalidatedAt: null, invalidReason: null };
  return { id, pollId, voterId: userId, ...nothing, receipt };
}
