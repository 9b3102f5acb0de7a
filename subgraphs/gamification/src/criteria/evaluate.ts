import { amountOf, type Leaf, personOf, type Rule, type Tree, takes } from './compile.ts';
import { dayOf, periodOf, type ZoneSince } from './days.ts';
import { type Amount, add, emptyLeaf, type LeafState } from './state.ts';
import type { Fact } from './types.ts';

/** What is remembered of one person and one period about one rule: a state for each of its leaves. */
export type RuleState = LeafState[];

export const emptyState = (rule: Rule): RuleState => rule.leaves.map(emptyLeaf);

/** What an event adds to one leaf of a rule, for one person. */
export interface Addition {
  leaf: number;
  personId: string;
  day: number;
  period: string;
  amount: Amount;
}

/** The zones that somebody had, oldest first. */
export type ZonesOf = (personId: string) => readonly ZoneSince[] | undefined;

/** What the event adds to the rule, mostly nothing. */
export function additionsOf(rule: Rule, fact: Fact, zonesOf: ZonesOf): Addition[] {
  const additions: Addition[] = [];
  for (const index of rule.byType.get(fact.type) ?? []) {
    const leaf = rule.leaves[index] as Leaf;
    const personId = takes(leaf, fact) ? personOf(leaf, fact) : null;
    const amount = personId === null ? null : amountOf(leaf, fact);
    if (personId === null || amount === null) continue;
    const day = dayOf(fact.at, zonesOf(personId));
    additions.push({ leaf: index, personId, day, period: periodOf(rule.period, day), amount });
  }
  return additions;
}

/** Adds to the state of the person and period that the addition names. */
export function apply(rule: Rule, state: RuleState, { leaf, day, amount }: Addition): void {
  add(rule.leaves[leaf] as Leaf, state[leaf] as LeafState, day, amount);
}

/** How far somebody is. */
export interface Outcome {
  current: number;
  target: number;
  met: boolean;
}

function outcomeOf(rule: Rule, state: RuleState, tree: Tree): Outcome {
  if ('leaf' in tree) {
    const target = (rule.leaves[tree.leaf] as Leaf).atLeast;
    const current = Math.min(state[tree.leaf]?.best ?? 0, target);
    return { current, target, met: current >= target };
  }
  if ('allOf' in tree) {
    const parts = tree.allOf.map((each) => outcomeOf(rule, state, each));
    const sum = (of: 'current' | 'target') => parts.reduce((total, part) => total + part[of], 0);
    return { current: sum('current'), target: sum('target'), met: parts.every(({ met }) => met) };
  }
  const parts = tree.anyOf.map((each) => outcomeOf(rule, state, each));
  return parts.reduce((best, part) => (share(part) > share(best) ? part : best));
}

// What is met comes before all else: parts of a sum may all be there to the last.
const share = ({ current, target, met }: Outcome): number => (met ? 1 : current / target);

/** How far somebody is towards the achievement. */
export const progressOf = (rule: Rule, state: RuleState): Outcome => outcomeOf(rule, state, rule.earns);

/** Whether they did what takes it away. */
export const isRevoked = (rule: Rule, state: RuleState): boolean =>
  rule.revokes !== null && outcomeOf(rule, state, rule.revokes).met;
