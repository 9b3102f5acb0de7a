import type { CountingRule, Election, ElectionBallot } from '../../src/counting/types.ts';

/** "3: A > B = C" is three ballots, "2:" two blank ones. */
export function rankings(...lines: string[]): ElectionBallot[] {
  return lines.map((line) => {
    const [weight, ranks = ''] = line.split(':');
    const ranking = ranks
      .split('>')
      .map((rank) => rank.split('=').map((name) => name.trim()))
      .filter(([first]) => first !== '');
    return { weight: Number(weight), ranking };
  });
}

/** "3: A5 B2" is three ballots. */
export function scores(...lines: string[]): ElectionBallot[] {
  return lines.map((line) => {
    const [weight, given = ''] = line.split(':');
    const parts = given.trim().split(/\s+/).filter(Boolean);
    return {
      weight: Number(weight),
      scores: parts.map((part) => ({ option: part.replace(/-?\d+$/, ''), score: Number(/-?\d+$/.exec(part)?.[0]) })),
    };
  });
}

export function election(
  rule: CountingRule,
  options: string,
  ballots: ElectionBallot[],
  more: Partial<Election> = {},
): Election {
  return { rule, seats: 1, options: options.split(' '), ballots, ...more };
}
