import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Catalogue } from './catalogue.ts';
import { checkLeaf } from './check.ts';
import { type LeafOperator, MOST, operators } from './schema.ts';
import { unknownWord } from './suggest.ts';
import type { Criteria, Criterion, Period, Problem } from './types.ts';

/** What criteria are read against. */
export interface Surroundings {
  catalogue: Catalogue;
  period: Period;
  /** Where the achievement lies. */
  scope: ScopeRef;
  /** Whether a scope lies there or below. */
  liesWithin(scope: ScopeRef): boolean;
  /** Keys of the other achievements of the tenant, each with the keys of those that it comes after. */
  others: ReadonlyMap<string, readonly string[]>;
  /** Key of the achievement itself. */
  key: string;
}

interface Reading extends Surroundings {
  problems: Problem[];
  leaves: number;
  /** What takes grants away is about events alone. */
  revoking: boolean;
}

const NAMES = [...Object.keys(operators), 'allOf', 'anyOf'];
const at = (path: string, part: string | number) => (path ? `${path}.${part}` : String(part));

function tell(reading: Reading, path: string, message: string): null {
  reading.problems.push({ path, message });
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readParts(reading: Reading, operator: 'allOf' | 'anyOf', given: unknown, path: string, depth: number) {
  if (!Array.isArray(given) || given.length === 0 || given.length > MOST.parts)
    return tell(reading, path, `must be a list of 1 to ${MOST.parts} criteria`);
  const parts = given.map((part, index) => readCriterion(reading, part, at(path, index), depth + 1));
  if (parts.some((part) => part === null)) return null;
  return { [operator]: parts } as unknown as Criterion;
}

/** Breaches of the form, with the option that was most likely meant where one is unknown. */
function tellIssues(
  reading: Reading,
  operator: LeafOperator,
  issues: readonly { code: string; path: PropertyKey[]; message: string }[],
  path: string,
): null {
  for (const issue of issues) {
    const where = issue.path.reduce<string>((whole, part) => at(whole, String(part)), path);
    const unknown = issue.code === 'unrecognized_keys' ? (issue as unknown as { keys: string[] }).keys : null;
    if (unknown) {
      const known = Object.keys(operators[operator].shape);
      for (const key of unknown) tell(reading, where, unknownWord('option', key, known));
    } else tell(reading, where, issue.message);
  }
  return null;
}

function readLeaf(reading: Reading, operator: LeafOperator, given: unknown, path: string): Criterion | null {
  reading.leaves += 1;
  if (reading.leaves > MOST.parts) return tell(reading, path, `is more than ${MOST.parts} conditions in all`);
  const result = operators[operator].safeParse(given);
  if (!result.success) return tellIssues(reading, operator, result.error.issues, path);
  const criterion = { [operator]: result.data } as unknown as Criterion;
  if (reading.revoking && operator === 'after')
    return tell(reading, path, 'is not what takes a grant away: `revokeWhen` looks at events alone');
  for (const { path: part, message } of checkLeaf(criterion, reading)) tell(reading, at(path, part), message);
  return criterion;
}

function readCriterion(reading: Reading, given: unknown, path: string, depth: number): Criterion | null {
  if (depth > MOST.depth) return tell(reading, path, `is nested deeper than ${MOST.depth} times`);
  if (!isObject(given)) return tell(reading, path, 'must be an object with one operator');
  const [name, ...more] = Object.keys(given);
  if (name === undefined || more.length > 0) return tell(reading, path, `must have exactly one of ${NAMES.join(', ')}`);
  if (!NAMES.includes(name)) return tell(reading, path, unknownWord('operator', name, NAMES));
  const [inner, where] = [given[name], at(path, name)];
  if (name === 'allOf' || name === 'anyOf') return readParts(reading, name, inner, where, depth);
  return readLeaf(reading, name as LeafOperator, inner, where);
}

/** Keys of the achievements after which the criteria come. */
export function prerequisitesOf(criterion: Criterion): string[] {
  if ('after' in criterion) return [criterion.after.achievement];
  const parts = 'allOf' in criterion ? criterion.allOf : 'anyOf' in criterion ? criterion.anyOf : [];
  return parts.flatMap(prerequisitesOf);
}

/** A way from one of these keys back to the achievement itself; null where there is none. */
function cycleThrough(key: string, from: readonly string[], others: Surroundings['others']): string[] | null {
  const seen = new Set<string>();
  const look = (each: string, way: string[]): string[] | null => {
    if (each === key) return [...way, each];
    if (seen.has(each)) return null;
    seen.add(each);
    for (const next of others.get(each) ?? []) {
      const found = look(next, [...way, each]);
      if (found) return found;
    }
    return null;
  };
  for (const each of from) {
    const found = look(each, [key]);
    if (found) return found;
  }
  return null;
}

/** Criteria as they were given, or all that is wrong with them. */
export function readCriteria(
  given: unknown,
  surroundings: Surroundings,
): { criteria: Criteria } | { problems: Problem[] } {
  const reading: Reading = { ...surroundings, problems: [], leaves: 0, revoking: false };
  if (!isObject(given)) return { problems: [{ path: '', message: 'must be an object with one operator' }] };
  const { revokeWhen, ...rest } = given;
  const earns = readCriterion(reading, rest, '', 0);
  reading.revoking = true;
  const revokes = revokeWhen === undefined ? undefined : readCriterion(reading, revokeWhen, 'revokeWhen', 0);
  const cycle = earns && cycleThrough(surroundings.key, prerequisitesOf(earns), surroundings.others);
  if (cycle) tell(reading, 'after', `goes round in a circle: ${cycle.join(' → ')}`);
  if (revokes && JSON.stringify(revokes) === JSON.stringify(earns))
    tell(reading, 'revokeWhen', 'takes away at once what it gives');
  if (!earns || revokes === null || reading.problems.length > 0) return { problems: reading.problems };
  return { criteria: { ...earns, ...(revokes && { revokeWhen: revokes }) } };
}
