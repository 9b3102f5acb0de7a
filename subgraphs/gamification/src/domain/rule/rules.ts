import type { EntityManager } from '@mikro-orm/postgresql';
import { readRows } from '@polity/kernel/db/rows';
import { sql } from '@polity/kernel/db/sql';
import { compile, type Rule } from '../../criteria/compile.ts';
import type { Criteria } from '../../criteria/types.ts';
import { Achievement, type AchievementRow } from '../achievement/achievement.entity.ts';
import { eventCatalogue } from './catalogue.ts';

/** A rule that looks at events, with the achievement whose it is; null where its criteria cannot be made one any more. */
export interface LiveRule {
  achievement: AchievementRow;
  rule: Rule | null;
  error: string | null;
}

const MAX_COMPILED = 5_000;
const compiled = new Map<string, Rule>();

/** The rule of an achievement with criteria. Throws where they are none. */
export function ruleOf(achievement: AchievementRow): Rule {
  const key = `${achievement.id} ${achievement.ruleVersion}`;
  const known = compiled.get(key);
  if (known) return known;
  if (!achievement.criteria) throw new TypeError('an achievement without criteria has no rule');
  const { id, period } = achievement;
  const rule = compile(achievement.criteria as Criteria, eventCatalogue(), {
    id,
    period,
    scope: achievement.place().scope,
  });
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  compiled.set(key, rule);
  return rule;
}

function liveRule(achievement: AchievementRow): LiveRule {
  try {
    return { achievement, rule: ruleOf(achievement), error: null };
  } catch (error) {
    return { achievement, rule: null, error: messageOf(error) };
  }
}

const MAX_ERROR = 500;

/** What went wrong with a rule, for those who made it. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR);

/** By type of event, the rules that look at it. */
type Rules = ReadonlyMap<string, readonly LiveRule[]>;

const read = new WeakMap<EntityManager, Promise<Rules>>();

const LIVE = sql('t.archived_at is null and t.criteria is not null and t.replayed_version = t.rule_version');

async function readRules(tx: EntityManager): Promise<Rules> {
  const byType = new Map<string, LiveRule[]>();
  for (const achievement of await readRows(tx, Achievement, { where: [LIVE] })) {
    const live = liveRule(achievement);
    for (const type of achievement.eventTypes) byType.set(type, [...(byType.get(type) ?? []), live]);
  }
  return byType;
}

/** The rules of a tenant whose lock this transaction has: they stay as they are until it ends, and are read once. */
export function rulesIn(tx: EntityManager): Promise<Rules> {
  const rules = read.get(tx) ?? readRules(tx);
  read.set(tx, rules);
  return rules;
}
