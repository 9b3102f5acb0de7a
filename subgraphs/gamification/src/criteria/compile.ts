import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Catalogue } from './catalogue.ts';
import type {
  CountOptions,
  Criteria,
  Criterion,
  Fact,
  Period,
  Scalar,
  Selection,
  StreakOptions,
  SumOptions,
} from './types.ts';

/** Type of the event by which a grant of one achievement counts towards another. */
export const AWARDED = 'gamification.grant.awarded';

/** One operator that looks at events, ready to be asked. */
export interface Leaf {
  kind: 'count' | 'sum' | 'distinct' | 'streak' | 'after';
  event: string;
  where: readonly (readonly [field: string, values: ReadonlySet<Scalar>])[];
  person: string;
  scope: ScopeRef | null;
  field: string | null;
  unit: 'DAY' | 'WEEK';
  atLeast: number;
  withinDays: number | null;
  atMostPerDay: number | null;
}

/** How leaves, named by their places in the list, make a whole. */
export type Tree = { leaf: number } | { allOf: readonly Tree[] } | { anyOf: readonly Tree[] };

/** Criteria ready to be evaluated. */
export interface Rule {
  /** Id of the achievement. */
  id: string;
  period: Period;
  leaves: readonly Leaf[];
  earns: Tree;
  /** What takes a grant away; null where nothing does. */
  revokes: Tree | null;
  /** The leaves that look at each type of event. */
  byType: ReadonlyMap<string, readonly number[]>;
}

/** Where the achievement lies, and how often it is earned. */
export interface RuleFrame {
  id: string;
  period: Period;
  /** Only events at or below this scope count; a tenant is everywhere. */
  scope: ScopeRef;
}

const listOf = (value: Scalar | readonly Scalar[]): readonly Scalar[] =>
  Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];

function selected({ event, where = {}, person, scope }: Selection, catalogue: Catalogue, frame: RuleFrame) {
  return {
    event,
    where: Object.entries(where).map(([field, value]) => [field, new Set(listOf(value))] as const),
    person: person ?? catalogue.get(event)?.person ?? 'actor',
    scope: scope ?? (frame.scope.type === 'TENANT' ? null : frame.scope),
  };
}

const PLAIN = { field: null, unit: 'DAY', withinDays: null, atMostPerDay: null } as const;

function leafOf(criterion: Criterion, catalogue: Catalogue, frame: RuleFrame): Leaf {
  if ('after' in criterion) {
    const where = [['key', new Set([criterion.after.achievement])] as const];
    return { ...PLAIN, kind: 'after', event: AWARDED, where, person: 'userId', scope: null, atLeast: 1 };
  }
  const [kind, options] = Object.entries(criterion)[0] as ['count', CountOptions & Partial<SumOptions & StreakOptions>];
  const { field = null, unit = 'DAY', withinDays = null, atMostPerDay = null, atLeast } = options;
  return { kind, ...selected(options, catalogue, frame), field, unit, atLeast, withinDays, atMostPerDay };
}

/** Makes a rule of criteria that were read and found to be right. */
export function compile({ revokeWhen, ...earns }: Criteria, catalogue: Catalogue, frame: RuleFrame): Rule {
  const leaves: Leaf[] = [];
  const treeOf = (criterion: Criterion): Tree => {
    if ('allOf' in criterion) return { allOf: criterion.allOf.map(treeOf) };
    if ('anyOf' in criterion) return { anyOf: criterion.anyOf.map(treeOf) };
    leaves.push(leafOf(criterion, catalogue, frame));
    return { leaf: leaves.length - 1 };
  };
  const [earned, revoked] = [treeOf(earns as Criterion), revokeWhen ? treeOf(revokeWhen) : null];
  const byType = Map.groupBy(leaves.keys(), (index) => (leaves[index] as Leaf).event);
  return { id: frame.id, period: frame.period, leaves, earns: earned, revokes: revoked, byType };
}

const liesIn = ({ communityId, teamId }: Fact, scope: ScopeRef | null): boolean => {
  if (scope === null || scope.type === 'TENANT') return true;
  return (scope.type === 'TEAM' ? teamId : communityId) === scope.id;
};

const fieldOf = (fact: Fact, field: string): Scalar => fact.data[field] ?? null;

/** Whether the leaf takes the event, which is of its type. */
export function takes({ where, scope }: Leaf, fact: Fact): boolean {
  return liesIn(fact, scope) && where.every(([field, values]) => values.has(fieldOf(fact, field)));
}

/** Whom the event counts for; null for nobody. */
export function personOf({ person }: Leaf, fact: Fact): string | null {
  const id = person === 'actor' ? fact.actorId : fieldOf(fact, person);
  return typeof id === 'string' ? id : null;
}

/** What the event adds to the leaf; null where that is nothing. */
export function amountOf({ kind, field }: Leaf, fact: Fact): number | string | null {
  if (kind !== 'sum' && kind !== 'distinct') return 1;
  const value = fieldOf(fact, field as string);
  if (kind === 'distinct') return value === null ? null : String(value);
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}
