import type { EntityManager } from '@mikro-orm/postgresql';
import { type Place, placeIn } from '@polity/kernel/access/place';
import type { ScopeRef, ScopeTree } from '@polity/kernel/access/tree';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { AWARDED, compile } from '../../criteria/compile.ts';
import { prerequisitesOf, readCriteria, type Surroundings } from '../../criteria/read.ts';
import type { Period, Problem } from '../../criteria/types.ts';
import type { RuleChange } from '../achievement/achievement.entity.ts';
import { eventCatalogue } from './catalogue.ts';

const MAX_LENGTH = 20_000;

/** Where criteria are to count, and of what. */
export interface RuleTarget {
  key: string;
  period: Period;
  place: Pick<Place, 'scope'>;
  tree: ScopeTree;
}

/** Whether a scope is another one or lies in it. */
function isWithin(tree: ScopeTree, outer: ScopeRef, inner: ScopeRef): boolean {
  const place = placeIn(tree, inner);
  if (!place) return false;
  if (outer.type === 'TENANT') return place.tenantId === outer.id;
  return (outer.type === 'TEAM' ? place.teamId : place.communityId) === outer.id;
}

async function surroundings(em: EntityManager, { key, period, place, tree }: RuleTarget): Promise<Surroundings> {
  const rows = await em.execute<{ key: string; after: string[] }[]>(
    'select key, after_keys as after from achievement where tenant_id = ? and key <> ?',
    [tree.tenantId, key],
  );
  const others = new Map(rows.map((row) => [row.key, row.after]));
  const { scope } = place;
  const liesWithin = (inner: ScopeRef) => isWithin(tree, scope, inner);
  return { catalogue: eventCatalogue(), period, scope, liesWithin, others, key };
}

/** The rule that criteria make, or all that is wrong with them. */
export async function tryRule(
  em: EntityManager,
  given: unknown,
  target: RuleTarget,
): Promise<{ rule: RuleChange } | { problems: Problem[] }> {
  if (JSON.stringify(given ?? null).length > MAX_LENGTH)
    return { problems: [{ path: '', message: `must be at most ${MAX_LENGTH} characters as JSON` }] };
  const around = await surroundings(em, target);
  const result = readCriteria(given, around);
  if ('problems' in result) return result;
  const { criteria } = result;
  const compiled = compile(criteria, around.catalogue, { id: target.key, period: target.period, scope: around.scope });
  const eventTypes = [...compiled.byType.keys()];
  return { rule: { criteria, eventTypes, afterKeys: eventTypes.includes(AWARDED) ? prerequisitesOf(criteria) : [] } };
}

/** The same; null makes no rule. Throws InvalidInput with each problem by its path below `criteria`. */
export async function readRule(em: EntityManager, given: unknown, target: RuleTarget): Promise<RuleChange> {
  if (given === null || given === undefined) return { criteria: null, eventTypes: [], afterKeys: [] };
  const result = await tryRule(em, given, target);
  if ('rule' in result) return result.rule;
  throw new InvalidInput(
    Object.fromEntries(result.problems.map(({ path, message }) => [path ? `criteria.${path}` : 'criteria', message])),
  );
}
