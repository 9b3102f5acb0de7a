// Who counts for whom when a poll with names is counted: whoever cast a ballot counts for themselves and for those whose delegation ends at them.

/** Who is on the roll, who voted, and whom each of them named. */
export interface Represent {
  /** Weight by person. */
  roll: ReadonlyMap<string, number>;
  voted: ReadonlySet<string>;
  /** Delegate by delegator. */
  delegates: ReadonlyMap<string, string>;
}

/** The nearest on the chain who voted; null where nobody did, or where the chain leads through somebody who is not on the roll. */
export function countsFor(person: string, { roll, voted, delegates }: Represent): string | null {
  const passed = new Set<string>();
  for (let at: string | undefined = person; at !== undefined; at = delegates.get(at)) {
    if (voted.has(at)) return at;
    if (passed.has(at) || !roll.has(at)) return null;
    passed.add(at);
  }
  return null;
}

/** Weight of each ballot by voter. */
export function countedWeights(all: Represent): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [person, weight] of all.roll) {
    const voter = countsFor(person, all);
    if (voter !== null) weights.set(voter, (weights.get(voter) ?? 0) + weight);
  }
  return weights;
}
