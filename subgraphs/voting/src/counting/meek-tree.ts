import type { Group, Profile, Ranks } from './ballots.ts';
import { nextOf } from './gregory.ts';

/** A whole vote in units of 10^-9. */
export const ONE = 1_000_000_000n;
const UNIT = Number(ONE);
/** Splits a part of a ballot so that a sum over all ballots stays a whole number below 2^53. */
const SPLIT = 100_000;
const HALF = 32_768;

/** `weight` times `keep`, both in units of 10^-9, rounded up: exact in two steps that stay below 2^53. */
function keptPart(weight: number, keep: number): number {
  const high = weight * Math.floor(keep / HALF);
  const whole = Math.floor(high / UNIT);
  const rest = (high - whole * UNIT) * HALF + weight * (keep % HALF);
  return whole * HALF + Math.ceil(rest / UNIT);
}

/**
 * Ballots by the elected options that they pass before they reach one that keeps them whole. All ballots that passed the same ones in
 * the same order have the same part left, so an iteration costs the number of such paths, not the number of ballots.
 */
export class WeightTree {
  private readonly size: number;
  /** A node is a path: the path before it, and the elected option at its end. Node 0 is the empty path; parents come first. */
  private readonly parents: number[] = [-1];
  private readonly options: number[] = [-1];
  /** How many ballots pass the node, for an elected option; and how many end at (node, standing option). */
  private readonly passing: number[] = [0];
  private readonly ends: { node: number; option: number; weight: number }[] = [];

  constructor({ size, groups }: Profile<Ranks>, elected: readonly number[], standing: readonly number[]) {
    this.size = size;
    const kinds = new Uint8Array(size);
    for (const option of elected) kinds[option] = 1;
    for (const option of standing) kinds[option] = 2;
    const [nodes, ends] = [new Map<number, number>(), new Map<number, number>()];
    for (const group of groups) this.add(group, kinds, nodes, ends);
    for (const [key, weight] of ends) this.ends.push({ node: Math.floor(key / size), option: key % size, weight });
  }

  private add(
    { said, weight }: Group<Ranks>,
    kinds: Uint8Array,
    nodes: Map<number, number>,
    ends: Map<number, number>,
  ): void {
    let node = 0;
    for (let from = 0; ; from++) {
      const { at, option } = nextOf(said, from, (candidate) => kinds[candidate] !== 0);
      if (option === null) return;
      from = at;
      const key = node * this.size + option;
      if (kinds[option] === 2) {
        ends.set(key, (ends.get(key) ?? 0) + weight);
        return;
      }
      let child = nodes.get(key);
      if (child === undefined) {
        child = this.parents.length;
        nodes.set(key, child);
        this.parents.push(node);
        this.options.push(option);
        this.passing.push(0);
      }
      this.passing[child] = (this.passing[child] as number) + weight;
      node = child;
    }
  }

  /** Votes of each option at these keep values. */
  distribute(keep: readonly bigint[]): bigint[] {
    const keeps = keep.map(Number);
    const [high, low] = [new Float64Array(this.size), new Float64Array(this.size)];
    const give = (option: number, part: number, weight: number) => {
      const upper = Math.floor(part / SPLIT);
      high[option] = (high[option] as number) + upper * weight;
      low[option] = (low[option] as number) + (part - upper * SPLIT) * weight;
    };
    const left = new Float64Array(this.parents.length);
    left[0] = UNIT;
    for (let node = 1; node < this.parents.length; node++) {
      const before = left[this.parents[node] as number] as number;
      const option = this.options[node] as number;
      const part = keptPart(before, keeps[option] as number);
      left[node] = before - part;
      give(option, part, this.passing[node] as number);
    }
    for (const { node, option, weight } of this.ends) give(option, left[node] as number, weight);
    return keeps.map((_, option) => BigInt(high[option] as number) * BigInt(SPLIT) + BigInt(low[option] as number));
  }
}
