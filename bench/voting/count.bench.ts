import { cpus, loadavg } from 'node:os';
import { count } from '../../subgraphs/voting/src/counting/count.ts';
import {
  COUNTING_RULES,
  type CountingRule,
  type Election,
  type ElectionBallot,
} from '../../subgraphs/voting/src/counting/types.ts';

// How long a count takes: 100,000 ballots over 20 options, no two alike to speak of, so that grouping them saves nothing. The goal is a
// second of CPU for every rule, three for Meek. STV fills five seats and ten.

const BALLOTS = 100_000;
const OPTIONS = Array.from({ length: 20 }, (_, index) => `0193b7a0-0000-7000-8000-0000000000${10 + index}`);
const SCORED: ReadonlySet<CountingRule> = new Set(['SUM', 'STAR', 'MAJORITY_JUDGMENT', 'QUADRATIC']);
const CHOSEN: ReadonlySet<CountingRule> = new Set(['PLURALITY', 'APPROVAL']);

/** Numbers from 0 to 1, the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Options in the order of one voter, who sees the popular ones first more often than not. */
function order(next: () => number): string[] {
  return OPTIONS.map((option, index) => ({ option, place: next() + index / 40 }))
    .sort((a, b) => a.place - b.place)
    .map(({ option }) => option);
}

function ballotFor(rule: CountingRule, next: () => number): ElectionBallot {
  if (rule === 'CONSENT') return { consent: next() < 0.8 ? 'AGREE' : 'ABSTAIN' };
  const ordered = order(next);
  if (SCORED.has(rule)) return { scores: ordered.map((option) => ({ option, score: Math.floor(next() * 6) })) };
  if (CHOSEN.has(rule)) return { choices: ordered.slice(0, rule === 'PLURALITY' ? 1 : 8) };
  return { ranking: ordered.map((option) => [option]) };
}

function electionFor(rule: CountingRule, seats: number): Election {
  const next = numbers(20_261_122);
  const ballots = Array.from({ length: BALLOTS }, () => ballotFor(rule, next));
  return { rule, seats, options: rule === 'CONSENT' ? OPTIONS.slice(0, 1) : OPTIONS, ballots };
}

function measure(rule: CountingRule, seats: number): void {
  const election = electionFor(rule, seats);
  const spent: number[] = [];
  let rounds = 0;
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    rounds = count(election).rounds.length;
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1000);
  }
  const [first = 0, ...later] = spent.map(Math.round);
  const goal = rule === 'STV_MEEK' ? 3000 : 1000;
  const verdict = Math.max(first, ...later) <= goal ? '' : `  OVER ${goal} ms`;
  const name = seats === 1 ? rule : `${rule}, ${seats} seats`;
  console.log(`  ${name.padEnd(24)} ${first} ms CPU, then ${later.join(' and ')}; ${rounds} rounds${verdict}`);
}

console.log(
  `node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}, load average ${loadavg()[0]?.toFixed(2)}`,
);
console.log(`${BALLOTS.toLocaleString('en-US')} ballots, ${OPTIONS.length} options, checking and grouping included`);
for (const rule of COUNTING_RULES) {
  for (const seats of rule.startsWith('STV_') ? [5, 10] : [1]) measure(rule, seats);
}
