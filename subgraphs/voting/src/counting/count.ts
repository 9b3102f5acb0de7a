import { type Profile, type Ranks, rankedProfile } from './ballots.ts';
import { countCopeland, countMinimax, countSchulze } from './condorcet.ts';
import { countConsent } from './consent.ts';
import { checkElection } from './election.ts';
import { eliminate, type Follow } from './elimination.ts';
import { firstPreferences, GregoryCount, inOrder, type Method } from './gregory.ts';
import { countJudgment } from './judgment.ts';
import { MeekCount } from './meek.ts';
import { countApproval, countBorda, countPlurality, countScores } from './points.ts';
import { countRankedPairs } from './ranked-pairs.ts';
import { countStar } from './star.ts';
import type { Count, CountingRule, Election } from './types.ts';

const SCOTTISH_UNIT = 100_000;
const WIGM_UNIT = 10_000;

const RUNOFF: Method = {
  places: 0,
  sharedEnds: false,
  threshold: (_, counting) => Math.floor(counting / 2) + 1,
  revalue: null,
};

/** The Scottish Local Government Elections Order 2007, schedule 1, rules 46 to 52. */
const SCOTTISH: Method = {
  places: 5,
  sharedEnds: true,
  threshold: (votes, _, seats) => (Math.floor(votes / (seats + 1)) + 1) * SCOTTISH_UNIT,
  revalue: (value, surplus, held) => Number((BigInt(surplus) * BigInt(value)) / BigInt(held)),
};

/** The Reference WIGM Rule of the Proportional Representation Foundation, every product and quotient cut to four places. */
const WIGM: Method = {
  places: 4,
  sharedEnds: true,
  threshold: (votes, _, seats) => Math.floor((votes * WIGM_UNIT) / (seats + 1)) + 1,
  revalue: (value, surplus, held) => {
    const unit = BigInt(WIGM_UNIT);
    const product = (BigInt(value) * BigInt(surplus)) / unit;
    return Number((product * unit) / BigInt(held));
  },
};

function byElimination(election: Election, sharedEnds: boolean, follow: (profile: Profile<Ranks>) => Follow): Count {
  const ranks = rankedProfile(election);
  const groups = ranks.groups.map(({ said, weight }) => ({ said: inOrder(said, sharedEnds), weight }));
  const profile = { ...ranks, groups };
  return eliminate(election, { ...ranks, counted: firstPreferences(profile) }, groups.length, follow(profile));
}

const byMethod = (method: Method) => (election: Election) =>
  byElimination(
    election,
    method.sharedEnds,
    (profile) => (script, silent) => new GregoryCount(election, profile, method, { script, silent }).follow(),
  );

const countMeek = (election: Election) =>
  byElimination(
    election,
    true,
    (profile) => (script, silent) => new MeekCount(election, profile, { script, silent }).follow(),
  );

const RULES: Record<CountingRule, (election: Election) => Count> = {
  PLURALITY: countPlurality,
  APPROVAL: countApproval,
  SUM: countScores,
  STAR: countStar,
  MAJORITY_JUDGMENT: countJudgment,
  QUADRATIC: countScores,
  INSTANT_RUNOFF: byMethod(RUNOFF),
  SCHULZE: countSchulze,
  SCHULZE_MARGINS: countSchulze,
  RANKED_PAIRS: countRankedPairs,
  MINIMAX: countMinimax,
  COPELAND: countCopeland,
  BORDA: countBorda,
  STV_SCOTTISH: byMethod(SCOTTISH),
  STV_WIGM: byMethod(WIGM),
  STV_MEEK: countMeek,
  CONSENT: countConsent,
};

/** The whole count of an election. Throws CountError for one that cannot be counted. */
export function count(election: Election): Count {
  checkElection(election);
  return RULES[election.rule](election);
}
