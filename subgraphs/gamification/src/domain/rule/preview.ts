import { getPlace } from '@polity/kernel/access/place';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { checked } from '@polity/kernel/domain/input';
import { Forbidden } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { compile } from '../../criteria/compile.ts';
import { replay } from '../../criteria/replay.ts';
import { type Criteria, type Period, type Problem, periods } from '../../criteria/types.ts';
import { canManage, codes } from '../achievement/achievement.policy.ts';
import { zonesIn } from '../player/player.service.ts';
import { eventCatalogue } from './catalogue.ts';
import { factsSince } from './facts.ts';
import { tryRule } from './rule.input.ts';

const DAY_MS = 86_400_000;
/** Events that a preview looks at. */
const MAX_EVENTS = 50_000;
const RULE = 'must be 1 to 366';

const input = z.object({
  period: z.enum(periods).nullish(),
  days: z.int(RULE).min(1, RULE).max(366, RULE).nullish(),
});

interface Asked {
  scope: ScopeRef;
  criteria: unknown;
  period?: Period | null;
  days?: number | null;
}

interface Preview {
  problems: Problem[];
  people: number | null;
  events: number | null;
  complete: boolean | null;
}

/** What criteria would have granted in the last days. Throws InvalidInput, NotFound, Forbidden. */
export async function preview(ctx: Context, { scope, criteria: given, ...more }: Asked): Promise<Preview> {
  const { period: wanted, days } = checked(input, more);
  const place = await getPlace(ctx.access, scope, codes);
  if (!canManage(await ctx.access.authorizer(), place)) throw new Forbidden();
  const [period, tree] = [wanted ?? ('ONCE' as const), await ctx.access.tree()];
  // No achievement has this key, so that it may come after any of them.
  const result = await tryRule(ctx.em, given, { key: '', period, place, tree });
  if ('problems' in result) return { problems: result.problems, people: null, events: null, complete: null };
  const { criteria, eventTypes: types } = result.rule;
  const since = new Date(ctx.clock.nowMs() - (days ?? 30) * DAY_MS);
  const found = await factsSince(ctx.em, { tenantId: ctx.tenantId, types, since, limit: MAX_EVENTS + 1 });
  const facts = found.slice(0, MAX_EVENTS);
  const zones = await zonesIn(ctx.em, ctx.tenantId, null);
  const frame = { id: '', period, scope: place.scope };
  const rule = compile((criteria ?? { allOf: [] }) as Criteria, eventCatalogue(), frame);
  const granted = replay(rule, facts, (id) => zones.get(id));
  const people = new Set(granted.map(({ personId }) => personId)).size;
  return { problems: [], people, events: facts.length, complete: found.length <= MAX_EVENTS };
}
