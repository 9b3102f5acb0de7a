import { MAX_BALLOTS, MAX_OPTIONS, MAX_WEIGHT } from './election.ts';
import { asOptions, checkSize, type ElectionFile, excerpt, malformed } from './file.ts';
import type { ElectionBallot } from './types.ts';

// The Condorcet Election Format (.cvotes): github.com/CondorcetVote/CondorcetElectionFormat. Parameters "#/Name: value" first, then a
// vote a line, "tags || A > B = C ^weight * quantity # comment". Without a list of candidates, everybody named in a vote is one.

interface Parameters {
  candidates: string[] | null;
  seats: number | null;
  implicit: boolean;
  weighted: boolean;
}

function truth(value: string, name: string, line: number): boolean {
  const lower = value.toLowerCase();
  if (lower !== 'true' && lower !== 'false') malformed(line, `${name} is true or false, not ${excerpt(value)}`);
  return lower === 'true';
}

function whole(value: string, what: string, to: number, line: number): number {
  const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= 1 && number <= to))
    malformed(line, `${what} is a whole number from 1 to ${to}, not ${excerpt(value)}`);
  return number;
}

function listed(value: string, line: number): string[] {
  const names = value.split(';', MAX_OPTIONS + 1).map((name) => name.trim());
  if (names.length > MAX_OPTIONS) malformed(line, `there are more than ${MAX_OPTIONS} candidates`);
  asOptions(names, line);
  return names;
}

function setParameter(parameters: Parameters, text: string, line: number): void {
  const colon = text.indexOf(':');
  if (colon < 0) malformed(line, 'a parameter is "#/Name: value"');
  const [name, value] = [text.slice(2, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
  if (name === 'candidates') parameters.candidates = listed(value, line);
  else if (/^number of seats?$/.test(name)) parameters.seats = whole(value, 'the number of seats', MAX_OPTIONS, line);
  else if (name === 'implicit ranking') parameters.implicit = truth(value, 'Implicit Ranking', line);
  else if (name === 'weight allowed') parameters.weighted = truth(value, 'Weight Allowed', line);
  // Other parameters are a program's own; the format lets everybody add some.
}

/** Splits "ranking ^weight * quantity" from its end. */
function splitVote(vote: string, line: number): { ranking: string; weight: number; quantity: number } {
  let ranking = vote;
  const star = ranking.indexOf('*');
  const quantity = star < 0 ? 1 : whole(ranking.slice(star + 1).trim(), 'a quantity', MAX_WEIGHT, line);
  if (star >= 0) ranking = ranking.slice(0, star);
  const caret = ranking.indexOf('^');
  const weight = caret < 0 ? 1 : whole(ranking.slice(caret + 1).trim(), 'a weight', MAX_WEIGHT, line);
  if (caret >= 0) ranking = ranking.slice(0, caret);
  return { ranking: ranking.trim(), weight, quantity };
}

const EMPTY = /^\/empty(_ranking)?\/$/i;

/** Candidates by rank; those who are not listed are left out, or join where nobody is listed. */
function readRanking(text: string, known: Set<string>, open: boolean, line: number): string[][] {
  if (EMPTY.test(text)) return [];
  const stray = /[<;,/]/.exec(text);
  if (stray) malformed(line, `${excerpt(stray[0])} may not stand in a vote`);
  const named = new Set<string>();
  const ranks: string[][] = [];
  for (const rank of text.split('>')) {
    const names = rank.split('=').map((name) => name.trim());
    for (const name of names) {
      if (name === '') malformed(line, 'a rank is empty');
      if (open && !known.has(name)) known.add(name);
      if (known.size > MAX_OPTIONS) malformed(line, `there are more than ${MAX_OPTIONS} candidates`);
      if (known.has(name) && named.has(name)) malformed(line, `the vote names ${excerpt(name)} twice`);
      named.add(name);
    }
    const standing = names.filter((name) => known.has(name));
    if (standing.length > 0) ranks.push(standing);
  }
  return ranks;
}

export function readCef(text: string): ElectionFile {
  checkSize(text);
  const parameters: Parameters = { candidates: null, seats: null, implicit: true, weighted: false };
  const ballots: ElectionBallot[] = [];
  let known: Set<string> | null = null;
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const [index, whole] of lines.entries()) {
    const line = index + 1;
    if (whole.startsWith('#/')) {
      if (known) malformed(line, 'parameters stand before the first vote');
      setParameter(parameters, whole, line);
      continue;
    }
    const [said = ''] = whole.split('#', 1);
    const tags = said.indexOf('||');
    const vote = said.slice(tags < 0 ? 0 : tags + 2).trim();
    if (vote === '' && tags < 0) continue;
    if (ballots.length === MAX_BALLOTS) malformed(line, `there are more than ${MAX_BALLOTS} votes`);
    known ??= new Set(parameters.candidates ?? []);
    const { ranking, weight, quantity } = splitVote(vote, line);
    const total = (parameters.weighted ? weight : 1) * quantity;
    if (total > MAX_WEIGHT) malformed(line, `a vote counts for more than ${MAX_WEIGHT}`);
    ballots.push({ weight: total, ranking: readRanking(ranking, known, parameters.candidates === null, line) });
  }
  const options = asOptions(parameters.candidates ?? [...(known ?? [])], lines.length);
  if (options.length === 0) malformed(lines.length, 'the file names no candidate');
  return {
    title: '',
    seats: parameters.seats,
    options,
    ballots,
    unranked: parameters.implicit ? 'LAST' : 'ABSENT',
    poll: null,
  };
}
