// What goes into a count and what comes out of it. Nothing under counting/ does I/O, knows a tenant or asks a clock, so that whoever
// holds the export of a poll counts it again without us and gets every figure of every round.

/** The names that clients, files and the command line use. */
export const COUNTING_RULES = [
  'PLURALITY',
  'APPROVAL',
  'SUM',
  'STAR',
  'MAJORITY_JUDGMENT',
  'QUADRATIC',
  'INSTANT_RUNOFF',
  'SCHULZE',
  'SCHULZE_MARGINS',
  'RANKED_PAIRS',
  'MINIMAX',
  'COPELAND',
  'BORDA',
  'STV_SCOTTISH',
  'STV_WIGM',
  'STV_MEEK',
  'CONSENT',
] as const;
export type CountingRule = (typeof COUNTING_RULES)[number];

export const STANCES = ['AGREE', 'ABSTAIN', 'OBJECT', 'BLOCK'] as const;
export type Stance = (typeof STANCES)[number];

/**
 * One ballot, or `weight` ballots alike. Exactly one of the four kinds is filled, the one that the rule reads; a blank ballot has it
 * empty (`[]`), and an abstention under CONSENT is the stance ABSTAIN. PLURALITY and APPROVAL also read rankings, as files have them.
 */
export interface ElectionBallot {
  /** A whole number from 1; absent = 1. */
  weight?: number;
  /** PLURALITY (one, or up to `maxChoices`), APPROVAL: the options chosen, in any order. */
  choices?: readonly string[];
  /** The ranked rules: best first, equal ranks side by side, each option at most once. Under STV_* a shared rank ends the ballot:
   * what stands before it counts, nothing from there on. Under INSTANT_RUNOFF it does so while more than one of it is still in. */
  ranking?: readonly (readonly string[])[];
  /** SUM, STAR, MAJORITY_JUDGMENT, QUADRATIC (votes given to an option; each costs its square): whole numbers. */
  scores?: readonly { option: string; score: number }[];
  /** CONSENT. Reasons stay with the poll: they change no count. */
  consent?: Stance;
}

export interface Election {
  rule: CountingRule;
  /** A whole number from 1. Rules other than STV_* take the first of their ranking. CONSENT has one. */
  seats: number;
  /** Ids in their published order, 1 to 100: the order in which a seed draws lots, so that files that know names only break the same tie
   * the same way. Withdrawn options are not among them. CONSENT has exactly one: the proposal (the poll's own id serves). */
  options: readonly string[];
  /** In any order: the count is the same. */
  ballots: readonly ElectionBallot[];
  /** Breaks ties. Absent = a tie stays a tie and gives several winners. */
  seed?: string;
  /** PLURALITY: absent = 1. APPROVAL: absent = as many as there are options. */
  maxChoices?: number;
  /** SUM, STAR, MAJORITY_JUDGMENT, QUADRATIC: bounds of a score, absent = not bounded. STAR and MAJORITY_JUDGMENT take an unscored
   * option as given `minScore` (absent = 0), the others as given nothing. */
  minScore?: number;
  maxScore?: number;
  /** QUADRATIC: what the squares of one ballot's votes may sum up to; absent = not bounded. */
  credits?: number;
  /** Pairwise rules and BORDA. LAST (the default): whoever is not ranked is below all who are. ABSENT: a ballot says nothing about
   * whom it does not rank (a .cvotes file with `#/Implicit Ranking: false`). */
  unranked?: 'LAST' | 'ABSENT';
}

/** An exact number as text: "12", "12.5", "41.66667", or "1/3" where no decimal is exact. */
export type Exact = string;

export interface Tally {
  option: string;
  count: Exact;
}

/** Votes that moved in a round. `to` null = they are exhausted: no further option is named on them, or rounding lost them. STV_MEEK counts
 * every ballot anew in each round and has none. */
export interface Transfer {
  from: string;
  to: string | null;
  count: Exact;
}

/** One comparison of two options: `votes` prefer `over`, `against` prefer `under`. */
export interface Duel {
  over: string;
  under: string;
  votes: Exact;
  against: Exact;
}

/** What a round did, and therefore what its figures mean. */
export const ROUND_REASONS = [
  /** The votes as they were cast: first preferences, choices, sums of scores or points. */
  'FIRST_COUNT',
  /** The surplus of the elected option in `transfers` was passed on. */
  'SURPLUS',
  /** The options in `excluded` had the fewest votes, and their votes were passed on. */
  'EXCLUSION',
  /** Meek: keep values were adjusted until the surplus was distributed. */
  'DISTRIBUTION',
  /** Every pair of options compared (`duels`: the victories, strongest first; equal pairs are in neither direction). */
  'DUELS',
  /** Ranked pairs: the victories in `duels` stand. */
  'LOCKED',
  /** Ranked pairs: the victories in `duels` are dropped, as they would close a circle. */
  'SKIPPED',
  /** Schulze: `duels` has the stronger of both strongest paths between two options. */
  'PATHS',
  /** What the rule ranks by: worst defeats (minimax), duels won plus half of the equal ones (Copeland), median grades. */
  'RANKING',
  /** STAR: the two finalists compared. */
  'RUNOFF',
  /** CONSENT: `stances` has the figures. */
  'STANCES',
  /** The tie could not be broken and decides who wins; all whom some breaking would elect are winners. */
  'TIE',
] as const;
export type RoundReason = (typeof ROUND_REASONS)[number];

/** One round as it stood when it ended. Lists are empty where the rule has no such thing. */
export interface CountRound {
  /** From 1. */
  round: number;
  reason: RoundReason;
  /** Every option that the round still counts, in published order. */
  tallies: Tally[];
  transfers: Transfer[];
  duels: Duel[];
  /** Elected in this round, most votes first; below the threshold where no more options remain than seats. */
  elected: string[];
  excluded: string[];
  /** Votes that count for nobody any more, rounding losses included. */
  exhausted: Exact;
  /** Votes that elect in this round: quota or majority; null where the rule has none. */
  threshold: Exact | null;
}

/** How a tie was broken. */
export const TIE_BREAKS = [
  /** By the most recent earlier round in which they differed. */
  'EARLIER_ROUNDS',
  /** By lots drawn from the seed. */
  'SEED',
  /** All of them were excluded together: no order of excluding them changes a winner. */
  'TOGETHER',
  /** By published order, because no choice among them changes a winner. */
  'NO_EFFECT',
  /** STAR: by the comparison of the tied. */
  'HEAD_TO_HEAD',
  /** STAR: by the higher sum of scores. */
  'SCORES',
  /** STAR: by the greater number of highest scores. */
  'TOP_SCORES',
  /** Not at all: several winners. */
  'NONE',
] as const;
export type TieBreakBy = (typeof TIE_BREAKS)[number];

export interface TieBreak {
  /** The number of the round in which the tie arose. */
  round: number;
  among: string[];
  /** Whom it was for: to be elected (or ranked higher), excluded, or to have the surplus passed on first. */
  about: 'ELECTION' | 'EXCLUSION' | 'SURPLUS';
  chosen: string[];
  by: TieBreakBy;
}

export interface Count {
  rule: CountingRule;
  seats: number;
  /** In order of the ranking. More than `seats` where a tie stays; fewer where nobody else may be elected. */
  winners: string[];
  /** Every option once, best first, those that stay equal side by side. */
  ranking: string[][];
  /** What each option has in the end by the rule's own measure, in published order: votes, points, duels won… STV: votes held in the last
   * round in which the option stood. CONSENT: agreements. */
  tallies: Tally[];
  rounds: CountRound[];
  tieBreaks: TieBreak[];
  /** Seats that a tie leaves open and who may claim them (all of them are among `winners`); null = none. */
  openSeats: { seats: number; options: string[] } | null;
  /** Weights summed up: all ballots, and those of them that say nothing. */
  cast: Exact;
  blank: Exact;
  /** CONSENT only, else null. */
  stances: { stance: Stance; count: Exact }[] | null;
}

export const COUNT_ERROR_CODES = [
  'UNKNOWN_RULE',
  'NO_OPTIONS',
  'TOO_MANY_OPTIONS',
  'REPEATED_OPTION',
  'BAD_SEATS',
  'BAD_LIMIT',
  'BAD_SEED',
  'BAD_WEIGHT',
  'TOO_MANY_BALLOTS',
  /** The ballot is of another kind than the rule reads. */
  'WRONG_BALLOT',
  'UNKNOWN_OPTION',
  /** One ballot names an option twice. */
  'REPEATED_CHOICE',
  'TOO_MANY_CHOICES',
  /** A rank without an option: a skipped rank. */
  'EMPTY_RANK',
  'SCORE_OUT_OF_RANGE',
  'OVER_BUDGET',
  /** A file is not of its format; `line` says where. */
  'MALFORMED_FILE',
  'FILE_TOO_LARGE',
] as const;
export type CountErrorCode = (typeof COUNT_ERROR_CODES)[number];

/** Why an election cannot be counted or a file not be read: one sentence for people, a code for programs. */
export class CountError extends Error {
  override readonly name = 'CountError';
  readonly code: CountErrorCode;
  /** Which line of a file, from 1. */
  readonly line: number | undefined;
  /** Which ballot of the election, from 0. */
  readonly ballot: number | undefined;

  constructor(code: CountErrorCode, message: string, where: { line?: number; ballot?: number } = {}) {
    super(message);
    this.code = code;
    this.line = where.line;
    this.ballot = where.ballot;
  }
}

/**
 * Our own JSON export: what `npm run voting -- count FILE.json` reads. Title and id of the poll are for people; a rule or a number of
 * seats given on the command line goes before those of the file. Ballots name options by id. Whatever else stands in the file (receipts,
 * for one) is left alone by the count.
 */
export interface ElectionExport {
  poll: {
    id: string;
    title: string;
    rule: CountingRule;
    seats: number;
    options: { id: string; title: string }[];
    maxChoices?: number;
    minScore?: number;
    maxScore?: number;
    credits?: number;
  };
  seed: string | null;
  ballots: ElectionBallot[];
}
