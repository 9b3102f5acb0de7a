import type { Profile, Ranks } from './ballots.ts';
import type { Progress, Way } from './elimination.ts';
import { decimal } from './exact.ts';
import { ONE, WeightTree } from './meek-tree.ts';
import { ids, ranked, round, tallyOf } from './outcome.ts';
import { Breaker, standingOrder } from './ties.ts';
import type { CountRound, Election, RoundReason } from './types.ts';

// STV_MEEK: the Reference Meek Rule of the Proportional Representation Foundation, in whole numbers of 10^-9 votes. Elected options keep
// a part of every ballot that reaches them, and what they keep is lowered until they hold just the quota, also of later transfers.

const PLACES = 9;
/** A surplus below 10^-6 votes is distributed. */
const OMEGA = 1000n;

const divideUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

export class MeekCount {
  private readonly election: Election;
  private readonly profile: Profile<Ranks>;
  private readonly breaker: Breaker;
  private readonly silent: boolean;
  private readonly keep: bigint[];
  private readonly history: bigint[][] = [];
  private readonly rounds: CountRound[] = [];
  private readonly elected: number[][] = [];
  private readonly excluded: number[][] = [];
  private readonly held: bigint[];
  private standing: number[];
  private votes: bigint[];
  private quota = 0n;
  private seatsLeft: number;
  /** Why the next round is one, and who was excluded before it. */
  private next: { reason: RoundReason; excluded: number[] } = { reason: 'FIRST_COUNT', excluded: [] };
  private trail = '';

  constructor(election: Election, profile: Profile<Ranks>, way: Way) {
    const { size } = profile;
    this.election = election;
    this.profile = profile;
    this.breaker = new Breaker(election, way.script);
    this.silent = way.silent;
    this.keep = new Array<bigint>(size).fill(ONE);
    this.votes = new Array<bigint>(size).fill(0n);
    this.held = new Array<bigint>(size).fill(0n);
    this.standing = Array.from({ length: size }, (_, option) => option);
    this.seatsLeft = election.seats;
  }

  private isOut(option: number): boolean {
    return this.keep[option] === 0n;
  }

  private record(): void {
    const { reason, excluded } = this.next;
    this.next = { reason: 'DISTRIBUTION', excluded: [] };
    this.history.push([...this.votes]);
    if (this.silent) return;
    const shown = this.votes.flatMap((_, option) => (this.isOut(option) ? [] : [option]));
    for (const option of shown) this.held[option] = this.votes[option] as bigint;
    const counting = this.votes.reduce((sum, votes) => sum + votes, 0n);
    const said = BigInt(this.profile.cast - this.profile.blank) * ONE;
    const counts = this.votes.map((votes) => decimal(votes, PLACES));
    this.rounds.push(
      round(this.rounds.length + 1, reason, {
        tallies: tallyOf(this.election, counts, shown),
        excluded: ids(this.election, excluded),
        exhausted: decimal(said - counting, PLACES),
        threshold: decimal(this.quota, PLACES),
      }),
    );
  }

  private elect(options: readonly number[]): void {
    if (options.length === 0) return;
    this.trail += `${this.standing.join()}e${this.history.length};`;
    this.standing = this.standing.filter((option) => !options.includes(option));
    this.seatsLeft -= options.length;
    const order = [...options].sort((a, b) => Number((this.votes[b] as bigint) - (this.votes[a] as bigint)) || a - b);
    const places = new Map(
      order.map((option) => [option, order.findIndex((o) => this.votes[o] === this.votes[option])]),
    );
    const ranks = ranked(order, (option) => -(places.get(option) as number));
    this.elected.push(...ranks);
    this.rounds.at(-1)?.elected.push(...ids(this.election, ranks.flat()));
  }

  private distribute(tree: WeightTree): void {
    this.votes = tree.distribute(this.keep);
    const counting = this.votes.reduce((sum, votes) => sum + votes, 0n);
    this.quota = counting / BigInt(this.election.seats + 1) + 1n;
  }

  private electedSoFar(): number[] {
    return this.elected.flat();
  }

  private surplus(): bigint {
    return this.electedSoFar().reduce((sum, option) => {
      const over = (this.votes[option] as bigint) - this.quota;
      return over > 0n ? sum + over : sum;
    }, 0n);
  }

  private lowerKeepValues(): void {
    for (const option of this.electedSoFar()) {
      const scaled = divideUp((this.keep[option] as bigint) * this.quota, ONE);
      this.keep[option] = divideUp(scaled * ONE, this.votes[option] as bigint);
    }
  }

  /** Distributes until somebody is elected or the surplus is spent. Answers what is left of it, or null where somebody was elected. */
  private iterate(): bigint | null {
    const tree = new WeightTree(this.profile, this.electedSoFar(), this.standing);
    let before: bigint | null = null;
    for (;;) {
      this.distribute(tree);
      const reached = this.standing.filter((option) => (this.votes[option] as bigint) >= this.quota);
      if (reached.length > 0) {
        this.record();
        this.elect(reached);
        return null;
      }
      const surplus = this.surplus();
      if (surplus < OMEGA || (before !== null && surplus >= before)) return surplus;
      before = surplus;
      this.lowerKeepValues();
    }
  }

  private exclude(surplus: bigint): void {
    const fewest = this.standing.reduce((a, b) => ((this.votes[b] as bigint) < (this.votes[a] as bigint) ? b : a));
    const limit = (this.votes[fewest] as bigint) + surplus;
    const tied = this.standing.filter((option) => (this.votes[option] as bigint) <= limit);
    const picked = this.breaker.pick('EXCLUSION', tied, this.history, (among) => this.describe(among, surplus));
    if (!picked) return;
    for (const option of picked) this.keep[option] = 0n;
    this.excluded.push([...picked]);
    this.standing = this.standing.filter((option) => !picked.includes(option));
    this.next = { reason: 'EXCLUSION', excluded: [...picked] };
  }

  private describe(tied: readonly number[], surplus: bigint) {
    const of = (option: number) => this.votes[option] as bigint;
    const sum = tied.reduce((votes, option) => votes + of(option), 0n);
    const others = this.standing.filter((option) => !tied.includes(option));
    const fits = others.length >= this.seatsLeft && others.length > 0;
    const batch = fits && others.every((option) => sum + surplus < of(option));
    const order = standingOrder([...this.standing, ...this.electedSoFar()], this.history);
    const together = batch ? 'BATCH' : fits ? 'FITS' : 'NO';
    return { key: `${this.trail}|${this.standing.join()}|${order}`, together, harmless: fits && sum === 0n } as const;
  }

  /** Elects everybody where no more stand than seats are left, after a last distribution that shows where the votes went. */
  private fillUp(): void {
    if (this.standing.length > this.seatsLeft) return;
    this.distribute(new WeightTree(this.profile, this.electedSoFar(), this.standing));
    this.record();
    this.elect([...this.standing]);
  }

  follow(): Progress {
    this.fillUp();
    while (this.seatsLeft > 0 && this.standing.length > 0 && !this.breaker.open) {
      const surplus = this.iterate();
      if (surplus !== null) {
        this.record();
        this.exclude(surplus);
      }
      if (this.seatsLeft > 0 && this.standing.length > 0 && !this.breaker.open) this.fillUp();
    }
    return {
      rounds: this.rounds,
      tieBreaks: this.breaker.tieBreaks,
      elected: this.elected,
      excluded: this.excluded,
      standing: this.standing,
      held: this.held.map((votes) => decimal(votes, PLACES)),
      compare: (a, b) => Number((this.votes[a] as bigint) - (this.votes[b] as bigint)),
      tie: this.breaker.open,
    };
  }
}
