import { MAX_SCORE, MAX_WEIGHT } from './election.ts';
import { CountError, type CountErrorCode, type Election, type ElectionBallot } from './types.ts';

/** Ballots alike, as one. Options are numbers in published order. */
export interface Group<Said> {
  said: Said;
  weight: number;
}

export interface Profile<Said> {
  /** How many options there are. */
  size: number;
  /** Ballots that say something. */
  groups: Group<Said>[];
  cast: number;
  blank: number;
}

/** What one ballot says, or null for nothing; `key` is the same for ballots alike. */
type Reading<Said> = { said: () => Said; key: string } | null;
type Refuse = (code: CountErrorCode, message: string) => never;

function weightOf(ballot: ElectionBallot, refuse: Refuse): number {
  const { weight = 1 } = ballot;
  if (!Number.isInteger(weight) || weight < 1 || weight > MAX_WEIGHT) {
    refuse('BAD_WEIGHT', `A weight is a whole number from 1 to ${MAX_WEIGHT}.`);
  }
  return weight;
}

function collect<Said>(
  election: Election,
  read: (ballot: ElectionBallot, refuse: Refuse) => Reading<Said>,
): Profile<Said> {
  const groups = new Map<string, Group<Said>>();
  let [cast, blank] = [0, 0];
  election.ballots.forEach((ballot, index) => {
    const refuse: Refuse = (code, message) => {
      throw new CountError(code, message, { ballot: index });
    };
    const weight = weightOf(ballot, refuse);
    cast += weight;
    if (cast > MAX_WEIGHT) refuse('TOO_MANY_BALLOTS', `The weights of all ballots sum up to more than ${MAX_WEIGHT}.`);
    const reading = read(ballot, refuse);
    if (!reading) blank += weight;
    else {
      const group = groups.get(reading.key);
      if (group) group.weight += weight;
      else groups.set(reading.key, { said: reading.said(), weight });
    }
  });
  return { size: election.options.length, groups: [...groups.values()], cast, blank };
}

/** Looks options up and sees to it that one ballot names none twice. */
function lookUp(options: readonly string[]): (id: string, ballot: number, refuse: Refuse) => number {
  const numbers = new Map(options.map((id, number) => [id, number]));
  const namedBy = new Int32Array(options.length).fill(-1);
  return (id, ballot, refuse) => {
    const number = numbers.get(id);
    if (number === undefined) return refuse('UNKNOWN_OPTION', 'A ballot names an option that is not in the election.');
    if (namedBy[number] === ballot) return refuse('REPEATED_CHOICE', 'A ballot names an option twice.');
    namedBy[number] = ballot;
    return number;
  };
}

const wrongKind = (refuse: Refuse, rule: string, needed: string): never =>
  refuse('WRONG_BALLOT', `${rule} counts ${needed}; a ballot has none.`);

/** One option, or those that share a rank. */
export type Rank = number | readonly number[];
export type Ranks = readonly Rank[];

function ranksOf(codes: readonly number[]): Ranks {
  const ranks: Rank[] = [];
  for (let at = 0; at < codes.length; ) {
    const end = codes.indexOf(0, at);
    const shared = codes.slice(at, end).map((code) => code - 1);
    ranks.push(shared.length === 1 ? (shared[0] as number) : shared);
    at = end + 1;
  }
  return ranks;
}

export function rankedProfile(election: Election): Profile<Ranks> {
  const find = lookUp(election.options);
  let ballot = 0;
  return collect(election, ({ ranking }, refuse) => {
    if (!ranking) return wrongKind(refuse, election.rule, 'rankings');
    ballot++;
    // Options from 1 on, rank by rank, a 0 after each.
    const codes: number[] = [];
    for (const rank of ranking) {
      if (rank.length === 0) refuse('EMPTY_RANK', 'A rank of a ballot is empty: ranks are not skipped.');
      if (rank.length === 1) codes.push(find(rank[0] as string, ballot, refuse) + 1, 0);
      else codes.push(...rank.map((id) => find(id, ballot, refuse) + 1).sort((a, b) => a - b), 0);
    }
    return codes.length === 0 ? null : { said: () => ranksOf(codes), key: String.fromCharCode(...codes) };
  });
}

/** Choices in ascending order. Rankings are read too, as `fromRanking` says: it may find nothing in them. */
export function choiceProfile(
  election: Election,
  limit: number,
  fromRanking: (ranking: readonly (readonly string[])[]) => readonly string[],
): Profile<readonly number[]> {
  const find = lookUp(election.options);
  let ballot = 0;
  return collect(election, ({ choices, ranking }, refuse) => {
    const chosen = choices ?? (ranking && fromRanking(ranking));
    if (!chosen) return wrongKind(refuse, election.rule, 'choices');
    ballot++;
    const said = chosen.map((id) => find(id, ballot, refuse)).sort((a, b) => a - b);
    if (said.length > limit) refuse('TOO_MANY_CHOICES', `A ballot may choose ${limit} at most.`);
    return said.length === 0 ? null : { said: () => said, key: String.fromCharCode(...said) };
  });
}

/** One score for each option; `unscored` where a ballot gives none. */
export function scoredProfile(election: Election, unscored: number): Profile<readonly number[]> {
  const { options, minScore = -MAX_SCORE, maxScore = MAX_SCORE, credits } = election;
  const find = lookUp(options);
  let ballot = 0;
  return collect(election, ({ scores }, refuse) => {
    if (!scores) return wrongKind(refuse, election.rule, 'scores');
    ballot++;
    const said = new Array<number>(options.length).fill(unscored);
    let spent = 0;
    for (const { option, score } of scores) {
      if (!Number.isInteger(score) || score < minScore || score > maxScore) {
        refuse('SCORE_OUT_OF_RANGE', `A score is a whole number from ${minScore} to ${maxScore}.`);
      }
      said[find(option, ballot, refuse)] = score;
      spent += score * score;
    }
    if (credits !== undefined && spent > credits) {
      refuse('OVER_BUDGET', `A ballot spends ${spent} credits and has ${credits}: votes cost their square.`);
    }
    return scores.length === 0 ? null : { said: () => said, key: said.join(' ') };
  });
}
