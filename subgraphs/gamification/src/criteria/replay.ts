import type { Rule } from './compile.ts';
import { additionsOf, apply, emptyState, isRevoked, progressOf, type RuleState, type ZonesOf } from './evaluate.ts';
import type { Fact } from './types.ts';

/** Where one person stands in one period of one rule. */
export interface Standing {
  personId: string;
  period: string;
  state: RuleState;
}

const keyOf = (personId: string, period: string) => `${personId} ${period}`;

/** The standings of everybody in one rule, in memory: what live evaluation keeps in rows. */
export interface Ledger {
  /** Adds one event; answers the standings that it changed. An event that was added before changes nothing. */
  add(fact: Fact): Standing[];
  standings(): IterableIterator<Standing>;
}

/** An empty ledger of a rule. Whoever has each event once only may leave out that it looks for repeats. */
export function openLedger(rule: Rule, zonesOf: ZonesOf, { repeats = true } = {}): Ledger {
  const byKey = new Map<string, Standing>();
  const seen = new Set<string>();

  function standingOf(personId: string, period: string): Standing {
    const key = keyOf(personId, period);
    const standing = byKey.get(key) ?? { personId, period, state: emptyState(rule) };
    byKey.set(key, standing);
    return standing;
  }

  return {
    add(fact) {
      if (!rule.byType.has(fact.type) || (repeats && seen.has(fact.id))) return [];
      if (repeats) seen.add(fact.id);
      const changed = new Set<Standing>();
      for (const addition of additionsOf(rule, fact, zonesOf)) {
        const standing = standingOf(addition.personId, addition.period);
        apply(rule, standing.state, addition);
        changed.add(standing);
      }
      return [...changed];
    },
    standings: () => byKey.values(),
  };
}

/** Whether somebody is to have a grant: they did what earns it, and nothing that takes it away. */
export const deserves = (rule: Rule, { state }: Standing): boolean =>
  progressOf(rule, state).met && !isRevoked(rule, state);

/** Who deserves a grant after these events, in whatever order they are. */
export function replay(rule: Rule, facts: Iterable<Fact>, zonesOf: ZonesOf = () => undefined): Standing[] {
  const ledger = openLedger(rule, zonesOf);
  for (const fact of facts) ledger.add(fact);
  return [...ledger.standings()].filter((standing) => deserves(rule, standing));
}
