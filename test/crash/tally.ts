import type { Outcome } from './person.ts';

/** How the acts of a run came out, by their names. */
export interface Tally {
  note(act: string, outcome: Outcome): Outcome;
  count(act: string, what: string): void;
  /** Acts that were acknowledged. */
  acknowledged(): number;
  /** Answers that put the blame on us: an outage has a code of its own. */
  faults(): number;
  lines(): string[];
}

export function tally(): Tally {
  const acts = new Map<string, Map<string, number>>();
  const count = (act: string, what: string) => {
    const counts = acts.get(act) ?? new Map<string, number>();
    acts.set(act, counts.set(what, (counts.get(what) ?? 0) + 1));
  };
  const sumOf = (what: string) => [...acts.values()].reduce((sum, counts) => sum + (counts.get(what) ?? 0), 0);
  const inWords = (outcome: Outcome) => {
    if (outcome.kind === 'no') return outcome.code;
    return outcome.kind === 'yes' ? 'yes' : `open (${outcome.why})`;
  };
  return {
    count,
    note(act, outcome) {
      count(act, inWords(outcome));
      return outcome;
    },
    acknowledged: () => sumOf('yes'),
    faults: () => sumOf('open (INTERNAL_ERROR)'),
    lines: () =>
      [...acts].sort().map(([act, counts]) => {
        const parts = [...counts].sort(([, a], [, b]) => b - a).map(([what, times]) => `${what} ${times}`);
        return `  ${act.padEnd(20)} ${parts.join(', ')}`;
      }),
  };
}
