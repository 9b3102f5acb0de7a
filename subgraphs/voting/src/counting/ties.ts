import { drawLots } from './lots.ts';
import { ids } from './outcome.ts';
import type { Election, TieBreak, TieBreakBy } from './types.ts';

export type About = TieBreak['about'];
export type Amount = number | bigint;

/** A tie that neither earlier rounds nor a seed broke. */
export interface OpenTie {
  about: About;
  among: number[];
  /** The same wherever the rest of the count would go the same way. */
  key: string;
  /** May all of the tied be excluded at once? FITS: enough options are left. BATCH: together they also have less than the next has. */
  together: 'NO' | 'FITS' | 'BATCH';
}

export interface Choice {
  chosen: readonly number[];
  by: TieBreakBy;
}

/** Narrows the tied down to those with the fewest (or most) votes at the most recent earlier round in which they differed. */
function byEarlierRounds(
  about: About,
  among: readonly number[],
  history: readonly (readonly Amount[])[],
): readonly number[] {
  let tied = among;
  for (let at = history.length - 1; at >= 0 && tied.length > 1; at--) {
    const votes = history[at] as readonly Amount[];
    const of = (option: number) => votes[option] as Amount;
    const extreme = tied.reduce((a, b) => ((about === 'EXCLUSION' ? of(b) < of(a) : of(b) > of(a)) ? b : a));
    tied = tied.filter((option) => of(option) === of(extreme));
  }
  return tied;
}

/** Breaks the ties of one count: by earlier rounds, by the seed, else as the script has it from one tie to the next. */
export class Breaker {
  readonly tieBreaks: TieBreak[] = [];
  /** The first tie that the script says nothing about: there the count stops. */
  open: OpenTie | null = null;
  private readonly election: Election;
  private readonly script: Choice[];
  private readonly lots: number[] | null;

  constructor(election: Election, script: readonly Choice[]) {
    this.election = election;
    this.script = [...script];
    this.lots = election.seed === undefined ? null : drawLots(election.seed, election.options.length);
  }

  private note(about: About, round: number, among: readonly number[], { chosen, by }: Choice): readonly number[] {
    const names = { among: ids(this.election, among), chosen: ids(this.election, chosen) };
    this.tieBreaks.push({ round, about, by, ...names });
    return chosen;
  }

  private drawn(about: About, tied: readonly number[], lots: readonly number[]): Choice {
    const falling = [...tied].sort((a, b) => (lots[a] as number) - (lots[b] as number));
    return { chosen: [(about === 'EXCLUSION' ? falling.at(-1) : falling[0]) as number], by: 'SEED' };
  }

  /** Whose turn it is among the tied; null = the tie stays open. `describe` says what else there is to know of it. */
  pick(
    about: About,
    among: readonly number[],
    history: readonly (readonly Amount[])[],
    describe: (tied: readonly number[]) => { key: string; together: OpenTie['together']; harmless: boolean },
  ): readonly number[] | null {
    if (among.length === 1) return among;
    const round = history.length;
    const tied = byEarlierRounds(about, among, history);
    if (tied.length === 1) return this.note(about, round, among, { chosen: tied, by: 'EARLIER_ROUNDS' });
    if (this.lots) return this.note(about, round, among, this.drawn(about, tied, this.lots));
    const { key, together, harmless } = describe(tied);
    if (harmless) return this.note(about, round, among, { chosen: tied, by: 'TOGETHER' });
    const choice = this.script.shift();
    if (choice) return this.note(about, round, among, choice);
    this.open = { about, among: [...tied], key, together };
    return null;
  }
}

/** Options in the order that later ties would see: by the last round, then the one before… Equal ones share a place. */
export function standingOrder(options: readonly number[], history: readonly (readonly Amount[])[]): string {
  const compare = (a: number, b: number): number => {
    for (let at = history.length - 1; at >= 0; at--) {
      const [x, y] = [history[at]?.[a] as Amount, history[at]?.[b] as Amount];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
  const rising = [...options].sort((a, b) => compare(a, b) || a - b);
  return rising
    .map((option, at) => (at > 0 && compare(rising[at - 1] as number, option) === 0 ? `=${option}` : `<${option}`))
    .join('');
}
