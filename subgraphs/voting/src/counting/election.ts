import { COUNTING_RULES, CountError, type CountErrorCode, type CountingRule, type Election } from './types.ts';

/** Schulze and ranked pairs take n^3 steps; the rules that go over ballots n^2 for each. */
export const MAX_OPTIONS = 100;
/** Entries of `ballots`, alike or not. */
export const MAX_BALLOTS = 1_000_000;
/** All weights together: keeps every sum of the rules that count in whole numbers or five decimals below 2^53. */
export const MAX_WEIGHT = 1_000_000_000;
export const MAX_SCORE = 1_000_000;
export const MAX_SEED_LENGTH = 1000;

const ONE_SEAT: ReadonlySet<CountingRule> = new Set(['INSTANT_RUNOFF', 'CONSENT']);

function whole(value: unknown, from: number, to: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}

function demand(holds: boolean, code: CountErrorCode, message: string): void {
  if (!holds) throw new CountError(code, message);
}

function checkOptions({ rule, options }: Election): void {
  demand(options.length > 0, 'NO_OPTIONS', 'There is no option to count for.');
  demand(options.length <= MAX_OPTIONS, 'TOO_MANY_OPTIONS', `At most ${MAX_OPTIONS} options can be counted.`);
  demand(new Set(options).size === options.length, 'REPEATED_OPTION', 'An option is listed twice.');
  demand(rule !== 'CONSENT' || options.length === 1, 'TOO_MANY_OPTIONS', 'CONSENT is about one proposal.');
}

function checkLimits({ minScore, maxScore, maxChoices, credits }: Election): void {
  for (const limit of [minScore, maxScore]) {
    demand(
      limit === undefined || whole(limit, -MAX_SCORE, MAX_SCORE),
      'BAD_LIMIT',
      `A bound of scores is a whole number of at most ${MAX_SCORE}.`,
    );
  }
  demand((minScore ?? 0) <= (maxScore ?? MAX_SCORE), 'BAD_LIMIT', 'The lowest score is above the highest.');
  for (const limit of [maxChoices, credits]) {
    demand(
      limit === undefined || whole(limit, 1, 1e15),
      'BAD_LIMIT',
      'A limit of choices or credits is a whole number from 1.',
    );
  }
}

/** Everything that can be refused without reading a ballot. */
export function checkElection(election: Election): void {
  const { rule, seats, seed, ballots } = election;
  demand(COUNTING_RULES.includes(rule), 'UNKNOWN_RULE', `There is no counting rule ${String(rule).slice(0, 40)}.`);
  checkOptions(election);
  demand(whole(seats, 1, MAX_OPTIONS), 'BAD_SEATS', `Seats are a whole number from 1 to ${MAX_OPTIONS}.`);
  demand(seats === 1 || !ONE_SEAT.has(rule), 'BAD_SEATS', `${rule} fills one seat; the STV rules fill several.`);
  demand(
    seed === undefined || (typeof seed === 'string' && seed.length > 0 && seed.length <= MAX_SEED_LENGTH),
    'BAD_SEED',
    `A seed is a text of 1 to ${MAX_SEED_LENGTH} characters.`,
  );
  checkLimits(election);
  demand(ballots.length <= MAX_BALLOTS, 'TOO_MANY_BALLOTS', `At most ${MAX_BALLOTS} ballots can be counted.`);
}
