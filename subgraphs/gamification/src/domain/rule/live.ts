import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventEnvelope } from '@polity/kernel/events/envelope';
import type { Context } from '../../context.ts';
import type { Rule } from '../../criteria/compile.ts';
import { type Addition, additionsOf, apply, emptyState, type ZonesOf } from '../../criteria/evaluate.ts';
import type { Fact } from '../../criteria/types.ts';
import { zonesIn } from '../player/player.service.ts';
import { factOf, peopleIn, storeFact } from './facts.ts';
import { type LiveRule, messageOf, rulesIn } from './rules.ts';
import { awardDeserved, takeAwayGrants } from './settle.ts';
import { type Key, keyText, loadStandings, rowOf, type StandingRow, saveStandings, type Written } from './standings.ts';
import { lockTenant } from './tenant.lock.ts';

/** What an event adds to one rule; the rule's own fault where that cannot be told. */
interface Hit {
  live: LiveRule;
  additions: Addition[];
  error: string | null;
}

function hitOf(live: LiveRule, fact: Fact, zonesOf: ZonesOf): Hit {
  if (!live.rule) return { live, additions: [], error: live.error };
  try {
    return { live, additions: additionsOf(live.rule, fact, zonesOf), error: null };
  } catch (error) {
    return { live, additions: [], error: messageOf(error) };
  }
}

const keysOf = ({ live, additions }: Hit): Key[] =>
  additions.map(({ personId, period }) => ({ achievementId: live.achievement.id, userId: personId, period }));

/** Where people stand in the rule of a hit after it. Throws what the rule throws. */
function standingsAfter(
  rule: Rule,
  { additions }: Hit,
  written: ReadonlyMap<string, Written>,
  now: Date,
): StandingRow[] {
  const byKey = Map.groupBy(additions, ({ personId, period }) =>
    keyText({ achievementId: rule.id, userId: personId, period }),
  );
  return [...byKey].map(([key, own]) => {
    const before = written.get(key);
    const state = structuredClone(before?.state ?? emptyState(rule));
    for (const addition of own) apply(rule, state, addition);
    const { personId, period } = own[0] as Addition;
    return rowOf(rule, { personId, period, state }, before, now);
  });
}

function attempt(hit: Hit, written: ReadonlyMap<string, Written>, now: Date): StandingRow[] {
  if (!hit.live.rule || hit.error) return [];
  try {
    return standingsAfter(hit.live.rule, hit, written, now);
  } catch (error) {
    hit.error = messageOf(error);
    return [];
  }
}

const FAILED = `update achievement set rule_error = ? where tenant_id = ? and id = ? and rule_error is distinct from ?`;

/** Notes which rules could not be evaluated, and which can be again. */
async function noteErrors(tx: EntityManager, tenantId: string, hits: readonly Hit[]): Promise<void> {
  for (const { live, error } of hits)
    if (error !== (live.achievement.ruleError ?? null))
      await tx.execute(FAILED, [error, tenantId, live.achievement.id, error]);
}

async function settle(
  tx: EntityManager,
  ctx: Context,
  hits: readonly Hit[],
  written: Map<string, Written>,
): Promise<void> {
  const now = ctx.clock.now();
  for (const hit of hits) {
    const rows = attempt(hit, written, now);
    await saveStandings(tx, ctx.tenantId, rows, now);
    for (const row of rows) {
      const before = written.get(keyText(row));
      if (row.deserved && !before?.deserved) await awardDeserved(tx, ctx, hit.live.achievement, row);
      if (row.revoked && !before?.revoked) await takeAwayGrants(tx, ctx, hit.live.achievement, row);
    }
  }
}

/** Takes an event: keeps it, adds it to where people stand, and grants and takes away by rule what follows. Once per event. */
export async function takeEvent(tx: EntityManager, event: EventEnvelope, ctx: Context): Promise<void> {
  const fact = event.tenantid === null ? null : factOf(event);
  if (!fact) return;
  await lockTenant(tx, ctx.tenantId);
  if (!(await storeFact(tx, ctx.tenantId, fact, ctx.clock.now()))) return;
  const rules = (await rulesIn(tx)).get(fact.type) ?? [];
  if (rules.length === 0) return;
  const zones = await zonesIn(tx, ctx.tenantId, peopleIn(fact));
  const hits = rules.map((live) => hitOf(live, fact, (id) => zones.get(id)));
  const written = await loadStandings(tx, ctx.tenantId, hits.flatMap(keysOf));
  await settle(tx, ctx, hits, written);
  await noteErrors(tx, ctx.tenantId, hits);
}
