import type { ScopeRef } from '@polity/kernel/access/tree';

/** What a field of an event may hold that criteria compare. */
export type Scalar = string | number | boolean | null;

/** An event, as far as criteria look at it. */
export interface Fact {
  /** Of the event: the same on every delivery. */
  id: string;
  type: string;
  /** When it happened, in epoch milliseconds. */
  at: number;
  /** Who did it; null where nobody did. */
  actorId: string | null;
  communityId: string | null;
  teamId: string | null;
  data: Readonly<Record<string, Scalar>>;
}

/** How often one person may earn an achievement: once, or once in each of these, counted by days in their zone. */
export const periods = ['ONCE', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
export type Period = (typeof periods)[number];

/** Which events a leaf takes, and whom each counts for. */
export interface Selection {
  event: string;
  /** Fields of the event's data with the values that they may have. */
  where?: Readonly<Record<string, Scalar | readonly Scalar[]>> | undefined;
  /** Field that names the person; `actor` is who did it. */
  person?: string | undefined;
  scope?: ScopeRef | undefined;
}

export interface CountOptions extends Selection {
  atLeast: number;
  withinDays?: number | undefined;
  atMostPerDay?: number | undefined;
}

export interface SumOptions extends CountOptions {
  field: string;
}

export interface DistinctOptions extends Selection {
  field: string;
  atLeast: number;
  withinDays?: number | undefined;
}

export interface StreakOptions extends Selection {
  unit: 'DAY' | 'WEEK';
  atLeast: number;
}

/** What somebody must have done: exactly one operator. */
export type Criterion =
  | { count: CountOptions }
  | { sum: SumOptions }
  | { distinct: DistinctOptions }
  | { streak: StreakOptions }
  | { after: { achievement: string } }
  | { allOf: readonly Criterion[] }
  | { anyOf: readonly Criterion[] };

/** The criteria of an achievement: what earns it, and what takes it away again. */
export type Criteria = Criterion & { revokeWhen?: Criterion | undefined };

/** What is wrong with criteria: where, as a path such as `allOf.0.count.event`, and why. */
export interface Problem {
  path: string;
  message: string;
}
