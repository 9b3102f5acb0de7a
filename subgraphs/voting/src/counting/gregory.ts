import type { Profile, Rank, Ranks } from './ballots.ts';
import type { Progress, Way } from './elimination.ts';
import { decimal } from './exact.ts';
import { ids, ranked, round, tallyOf } from './outcome.ts';
import { Breaker, standingOrder } from './ties.ts';
import type { CountRound, Election, RoundReason, Transfer } from './types.ts';

// INSTANT_RUNOFF, STV_SCOTTISH and STV_WIGM: every ballot lies with one option at a value; a surplus lowers the value of all ballots of
// the elected option alike (weighted inclusive Gregory) and passes them on. All values are whole numbers of the smallest unit.

export interface Method {
  /** Decimal places of a vote. */
  places: number;
  /** In units; `counting` = votes, in units, that still count for somebody. */
  threshold: (votes: number, counting: number, seats: number) => number;
  /** Does a rank that two options share end the ballot even where one of them is gone? */
  sharedEnds: boolean;
  /** The value of a ballot after its holder's surplus is passed on. Null where the rule has no surpluses. */
  revalue: ((value: number, surplus: number, held: number) => number) | null;
}

/** The ranks of a ballot, which ends before the first shared one where the rule has it so. */
export function inOrder(ranks: Ranks, sharedEnds: boolean): Ranks {
  const shared = sharedEnds ? ranks.findIndex((rank) => typeof rank !== 'number') : -1;
  return shared < 0 ? ranks : ranks.slice(0, shared);
}

/**
 * Where a ballot goes on from `from`: to the next rank with one option for which `counts`. A rank with several such ends the ballot, as
 * nobody can say whom it means; one whose other options are all gone means who is left.
 */
export function nextOf(
  order: Ranks,
  from: number,
  counts: (option: number) => boolean,
): { at: number; option: number | null } {
  for (let at = from; at < order.length; at++) {
    const rank = order[at] as Rank;
    if (typeof rank === 'number') {
      if (counts(rank)) return { at, option: rank };
      continue;
    }
    const left = rank.filter(counts);
    if (left.length > 1) break;
    if (left.length === 1) return { at, option: left[0] as number };
  }
  return { at: order.length, option: null };
}

/** Votes that have a first preference. */
export const firstPreferences = ({ groups }: Profile<Ranks>): number =>
  groups.reduce((sum, { said, weight }) => (typeof said[0] === 'number' ? sum + weight : sum), 0);

const [STANDING, ELECTED, EXCLUDED] = [0, 1, 2];

export class GregoryCount {
  private readonly election: Election;
  private readonly method: Method;
  private readonly profile: Profile<Ranks>;
  private readonly breaker: Breaker;
  private readonly silent: boolean;
  private readonly unit: number;
  private readonly votes: number;
  private readonly status: number[];
  private readonly tally: number[];
  private readonly piles: number[][];
  private readonly value: Float64Array;
  private readonly at: Uint8Array;
  private readonly history: number[][] = [];
  private readonly rounds: CountRound[] = [];
  private readonly elected: number[][] = [];
  private readonly excluded: number[][] = [];
  private readonly held: number[];
  /** Elected options whose surplus is still with them. */
  private pending: number[] = [];
  private seatsLeft: number;
  /** Does a ballot have a shared rank? Where it goes then depends on who was excluded first. */
  private readonly shared: boolean;
  /** Who stood at each election and each surplus: with who stands now, it says where every ballot lies. */
  private trail = '';

  constructor(election: Election, profile: Profile<Ranks>, method: Method, way: Way) {
    const { size, groups } = profile;
    this.election = election;
    this.method = method;
    this.profile = profile;
    this.breaker = new Breaker(election, way.script);
    this.silent = way.silent;
    this.unit = 10 ** method.places;
    this.votes = firstPreferences(profile);
    this.status = new Array<number>(size).fill(STANDING);
    this.tally = new Array<number>(size).fill(0);
    this.held = new Array<number>(size).fill(0);
    this.piles = Array.from({ length: size }, () => []);
    this.value = new Float64Array(groups.length).fill(this.unit);
    this.at = new Uint8Array(groups.length);
    this.shared = groups.some(({ said }) => said.some((rank) => typeof rank !== 'number'));
    this.seatsLeft = election.seats;
  }

  private standing(): number[] {
    return this.status.flatMap((status, option) => (status === STANDING ? [option] : []));
  }

  private threshold(): number {
    const counting = this.tally.reduce((sum, votes) => sum + votes, 0);
    return this.method.threshold(this.votes, counting, this.election.seats);
  }

  /** Lays ballots down with the next option that stands, and says what moved where; the last place is the exhausted. */
  private lay(groups: readonly number[]): number[] {
    const moved = new Array<number>(this.tally.length + 1).fill(0);
    const stands = (option: number) => this.status[option] === STANDING;
    for (const index of groups) {
      const { said, weight } = this.profile.groups[index] as { said: Ranks; weight: number };
      const { at, option } = nextOf(said, this.at[index] as number, stands);
      this.at[index] = at;
      const to = option ?? this.tally.length;
      const amount = (this.value[index] as number) * weight;
      moved[to] = (moved[to] as number) + amount;
      if (to < this.tally.length) {
        this.tally[to] = (this.tally[to] as number) + amount;
        this.piles[to]?.push(index);
      }
    }
    return moved;
  }

  private asTransfers(from: number, moved: readonly number[], lost: number): Transfer[] {
    const { options } = this.election;
    return moved.flatMap((units, to) => {
      const amount = to === options.length ? units + lost : units;
      const count = decimal(amount, this.method.places);
      return amount === 0 ? [] : [{ from: options[from] as string, to: options[to] ?? null, count }];
    });
  }

  private record(reason: RoundReason, transfers: () => Transfer[], excluded: readonly number[]): void {
    this.history.push([...this.tally]);
    if (this.silent) return;
    const { places } = this.method;
    const counting = this.tally.reduce((sum, votes) => sum + votes, 0);
    const shown = this.status.flatMap((status, option) => (status === EXCLUDED ? [] : [option]));
    for (const option of shown) this.held[option] = this.tally[option] as number;
    const counts = this.tally.map((votes) => decimal(votes, places));
    const said = this.profile.cast - this.profile.blank;
    this.rounds.push(
      round(this.rounds.length + 1, reason, {
        tallies: tallyOf(this.election, counts, shown),
        transfers: transfers(),
        excluded: ids(this.election, excluded),
        exhausted: decimal(said * this.unit - counting, places),
        threshold: decimal(this.threshold(), places),
      }),
    );
  }

  private elect(options: readonly number[]): void {
    if (options.length === 0) return;
    this.trail += `${this.status.join('')}e`;
    for (const option of options) this.status[option] = ELECTED;
    this.seatsLeft -= options.length;
    const ranks = ranked(options, (option) => this.tally[option] as number);
    this.elected.push(...ranks);
    this.pending.push(...options);
    this.rounds.at(-1)?.elected.push(...ids(this.election, ranks.flat()));
  }

  /** Elects who has the threshold, or everybody where no more stand than seats are left. Says whether the count is over. */
  private settle(): boolean {
    const threshold = this.threshold();
    this.elect(this.standing().filter((option) => (this.tally[option] as number) >= threshold));
    const standing = this.standing();
    if (this.seatsLeft > 0 && standing.length <= this.seatsLeft) this.elect(standing);
    return this.seatsLeft <= 0 || this.standing().length === 0;
  }

  private keyOf(): string {
    const order = standingOrder([...this.standing(), ...this.pending], this.history);
    return `${this.status.join('')}|${this.trail}|${order}`;
  }

  private surplus(option: number): number {
    return (this.tally[option] as number) - this.threshold();
  }

  private passSurplus(): boolean {
    const { revalue } = this.method;
    this.pending = revalue ? this.pending.filter((option) => this.surplus(option) > 0) : [];
    if (!revalue || this.pending.length === 0) return false;
    const largest = Math.max(...this.pending.map((option) => this.surplus(option)));
    const tied = this.pending.filter((option) => this.surplus(option) === largest);
    const picked = this.breaker.pick('SURPLUS', tied, this.history, () => ({
      key: `s${this.keyOf()}`,
      together: 'NO',
      harmless: false,
    }));
    if (picked) this.pass(picked[0] as number, revalue);
    return true;
  }

  private pass(from: number, revalue: NonNullable<Method['revalue']>): void {
    const [surplus, held] = [this.surplus(from), this.tally[from] as number];
    const values = new Map<number, number>();
    const pile = this.piles[from] as number[];
    for (const index of pile) {
      const value = this.value[index] as number;
      let lowered = values.get(value);
      if (lowered === undefined) values.set(value, (lowered = revalue(value, surplus, held)));
      this.value[index] = lowered;
    }
    this.trail += `${this.status.join('')}s${from}`;
    this.pending = this.pending.filter((option) => option !== from);
    this.tally[from] = held - surplus;
    this.piles[from] = [];
    const moved = this.lay(pile);
    const lost = surplus - moved.reduce((sum, amount) => sum + amount, 0);
    this.record('SURPLUS', () => this.asTransfers(from, moved, lost), []);
  }

  /** What excluding all of the tied at once would mean. */
  private describe(tied: readonly number[]) {
    const sum = tied.reduce((votes, option) => votes + (this.tally[option] as number), 0);
    const others = this.standing().filter((option) => !tied.includes(option));
    const fits = others.length >= this.seatsLeft && others.length > 0;
    const votes = others.map((option) => this.tally[option] as number);
    const batch = fits && sum < Math.min(...votes);
    // If nobody can be elected meanwhile, every order of excluding them ends with the same ballots at the same places, unless somebody
    // ranks two of them alike. With one seat and no surplus, whoever has a majority meanwhile keeps it.
    const unreachable = this.method.revalue ? Math.max(...votes) + sum < this.threshold() : !this.shared;
    const harmless = fits && (sum === 0 || (batch && unreachable));
    const together = batch ? 'BATCH' : fits ? 'FITS' : 'NO';
    return { key: `x${this.keyOf()}`, together, harmless } as const;
  }

  private exclude(): void {
    const standing = this.standing();
    const fewest = Math.min(...standing.map((option) => this.tally[option] as number));
    const tied = standing.filter((option) => this.tally[option] === fewest);
    const picked = this.breaker.pick('EXCLUSION', tied, this.history, (among) => this.describe(among));
    if (!picked) return;
    for (const option of picked) this.status[option] = EXCLUDED;
    if (this.shared) this.trail += `${this.status.join('')}x`;
    this.excluded.push([...picked]);
    const moved = picked.map((from) => {
      this.tally[from] = 0;
      return this.lay(this.piles[from] as number[]);
    });
    const transfers = () => picked.flatMap((from, at) => this.asTransfers(from, moved[at] as number[], 0));
    this.record('EXCLUSION', transfers, picked);
  }

  follow(): Progress {
    this.lay(this.profile.groups.map((_, index) => index));
    this.record('FIRST_COUNT', () => [], []);
    while (!this.settle() && !this.breaker.open) if (!this.passSurplus()) this.exclude();
    return {
      rounds: this.rounds,
      tieBreaks: this.breaker.tieBreaks,
      elected: this.elected,
      excluded: this.excluded,
      standing: this.standing(),
      held: this.held.map((votes) => decimal(votes, this.method.places)),
      compare: (a, b) => (this.tally[a] as number) - (this.tally[b] as number),
      tie: this.breaker.open,
    };
  }
}
