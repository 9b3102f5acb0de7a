import { readFileSync } from 'node:fs';
import { uuidv7 } from '@polity/kernel/ids';
import { catalogueOf } from '../../src/criteria/catalogue.ts';
import { compile, type Rule } from '../../src/criteria/compile.ts';
import { readCriteria, type Surroundings } from '../../src/criteria/read.ts';
import type { Criteria, Fact, Period, Problem } from '../../src/criteria/types.ts';

export const DAY = 86_400_000;
export const catalogue = catalogueOf(
  JSON.parse(readFileSync(new URL('../../../../schema/events.json', import.meta.url), 'utf8')),
);
export const scope = { type: 'TENANT' as const, id: uuidv7() };

export const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  ...{ catalogue, period: 'ONCE', scope, key: 'own', others: new Map([['first-post', []]]) },
  liesWithin: () => true,
  ...more,
});

/** What is wrong with criteria, as `path: message`. */
export function problemsOf(criteria: unknown, more: Partial<Surroundings> = {}): string[] {
  const result = readCriteria(criteria, around(more));
  return 'problems' in result ? result.problems.map(({ path, message }: Problem) => `${path}: ${message}`) : [];
}

/** A rule of criteria that must be right. */
export function ruleOf(criteria: unknown, period: Period = 'ONCE'): Rule {
  const result = readCriteria(criteria, around({ period }));
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return compile(result.criteria as Criteria, catalogue, { id: 'rule', period, scope });
}

/** A post of somebody's, so many days after 1 January 2026 (a Thursday), at noon. */
export const post = (actorId: string, day: number, more: Partial<Fact> = {}): Fact => ({
  ...{ id: uuidv7(), type: 'portal.post.created', at: Date.UTC(2026, 0, 1, 12) + day * DAY, actorId },
  ...{ communityId: null, teamId: null, data: { visibility: 'PUBLIC' } },
  ...more,
});
