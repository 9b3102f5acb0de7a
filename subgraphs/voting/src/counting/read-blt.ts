import { MAX_BALLOTS, MAX_OPTIONS, MAX_WEIGHT } from './election.ts';
import { asOptions, checkSize, type ElectionFile, excerpt, malformed } from './file.ts';
import type { ElectionBallot } from './types.ts';

// BLT, the form of Hill, Wichmann and Woodall that OpaVote and others write: candidates and seats, withdrawn candidates as negative
// numbers, ballots as "weight preference… 0" with = between equal ones, a 0, then the names and the title in quotes. Tolerated, because
// published files have it: comments after #, ballot names in (brackets), options in [brackets], - for a skipped rank, names without quotes.

interface Token {
  text: string;
  line: number;
}

const SPACE = /[^\S\n]+|\n|#[^\n]*|\([^()\n]*\)|\[[^\n[\]]*\]/y;
const WORD = /[^\s#"([]+/y;

/** Goes through the numbers of a file one word at a time. */
class Words {
  private readonly text: string;
  private at = 0;
  line = 1;

  constructor(text: string) {
    this.text = text;
  }

  private skip(): void {
    for (SPACE.lastIndex = this.at; SPACE.test(this.text); SPACE.lastIndex = this.at) {
      if (this.text[this.at] === '\n') this.line++;
      this.at = SPACE.lastIndex;
    }
  }

  next(expected: string): Token {
    this.skip();
    WORD.lastIndex = this.at;
    const [text] = WORD.exec(this.text) ?? [];
    if (text === undefined) {
      const [rest = ''] = this.text.slice(this.at, this.at + 50).split('\n', 1);
      malformed(
        this.line,
        rest === '' ? `the file ends where ${expected} should be` : `${expected} should be at ${excerpt(rest)}`,
      );
    }
    this.at = WORD.lastIndex;
    return { text, line: this.line };
  }

  rest(): { lines: string[]; line: number } {
    return { lines: this.text.slice(this.at).split('\n'), line: this.line };
  }
}

function whole({ text, line }: Token, from: number, to: number, what: string): number {
  const value = /^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to))
    malformed(line, `${what} is a whole number from ${from} to ${to}, not ${excerpt(text)}`);
  return value;
}

interface Head {
  candidates: number;
  seats: number;
  withdrawn: Set<number>;
}

/** The preferences of one ballot up to its 0, withdrawn candidates left out. */
function readRanks(words: Words, { candidates, withdrawn }: Head): number[][] {
  const ranks: number[][] = [];
  const named = new Set<number>();
  for (;;) {
    const token = words.next('a preference or the 0 that ends a ballot');
    if (token.text === '0') return ranks;
    if (token.text === '-') continue;
    const rank = token.text.split('=').map((text) => {
      const candidate = whole({ text, line: token.line }, 1, candidates, 'a candidate');
      if (named.has(candidate)) malformed(token.line, `the ballot names candidate ${candidate} twice`);
      named.add(candidate);
      return candidate;
    });
    const left = rank.filter((candidate) => !withdrawn.has(candidate));
    if (left.length > 0) ranks.push(left);
  }
}

function readHead(words: Words): { head: Head; first: Token } {
  const candidates = whole(words.next('the number of candidates'), 1, MAX_OPTIONS, 'the number of candidates');
  const seats = whole(words.next('the number of seats'), 1, MAX_OPTIONS, 'the number of seats');
  const withdrawn = new Set<number>();
  let first = words.next('a ballot');
  while (/^-\d/.test(first.text)) {
    withdrawn.add(-whole(first, -candidates, -1, 'a withdrawn candidate'));
    first = words.next('a ballot');
  }
  if (withdrawn.size === candidates) malformed(first.line, 'every candidate is withdrawn');
  return { head: { candidates, seats, withdrawn }, first };
}

/** All quoted texts of a line, doubled quotes inside being one; a line without quotes is one text. */
function namesIn(line: string): string[] {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return [];
  if (!text.startsWith('"')) return [text];
  const quoted = [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, name = '']) => name.replaceAll('""', '"').trim());
  return quoted.length > 0 ? quoted : [text.slice(1).trim()];
}

function readNames(words: Words, candidates: number): { names: string[]; title: string; line: number } {
  const { lines, line } = words.rest();
  const names: string[] = [];
  let title = '';
  for (const text of lines) {
    for (const name of namesIn(text)) {
      if (names.length < candidates) names.push(name);
      else title ||= name;
    }
  }
  const last = line + lines.length - 1;
  if (names.length < candidates)
    malformed(last, `names of ${candidates} candidates should follow, there are ${names.length}`);
  return { names, title, line: last };
}

export function readBlt(text: string): ElectionFile {
  checkSize(text);
  const words = new Words(text.replace(/^\uFEFF/, ''));
  const { head, first } = readHead(words);
  const numbered: { weight: number; ranks: number[][] }[] = [];
  for (let token = first; token.text !== '0'; token = words.next('a ballot or the 0 that ends the ballots')) {
    const weight = whole(token, 1, MAX_WEIGHT, 'the weight of a ballot');
    if (numbered.length === MAX_BALLOTS) malformed(token.line, `there are more than ${MAX_BALLOTS} ballots`);
    numbered.push({ weight, ranks: readRanks(words, head) });
  }
  const { names, title, line } = readNames(words, head.candidates);
  const all = asOptions(names, line);
  const ballots: ElectionBallot[] = numbered.map(({ weight, ranks }) => ({
    weight,
    ranking: ranks.map((rank) => rank.map((candidate) => names[candidate - 1] as string)),
  }));
  const options = all.filter((_, index) => !head.withdrawn.has(index + 1));
  return { title, seats: head.seats, options, ballots, unranked: 'LAST', poll: null };
}
