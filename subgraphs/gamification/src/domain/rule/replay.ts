import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { isUuid } from '@polity/kernel/ids';
import type { JobDefinition, JobReport } from '@polity/kernel/jobs/job';
import { serviceRequest } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import type { ZoneSince } from '../../criteria/days.ts';
import { type Ledger, openLedger } from '../../criteria/replay.ts';
import { Achievement, type AchievementRow } from '../achievement/achievement.entity.ts';
import { zonesIn } from '../player/player.service.ts';
import { factsAfter } from './facts.ts';
import { messageOf, ruleOf } from './rules.ts';
import { REPLAY_JOB } from './schedule.ts';
import { awardDeserved, takeAwayGrants } from './settle.ts';
import { rowOf, saveStandings } from './standings.ts';
import { lockTenant } from './tenant.lock.ts';

/** Events of one page, rows of one statement, and grants of one transaction. */
const [PAGE, ROWS, GRANTS] = [20_000, 2_000, 200];

/** A look through the past: what was found so far, and up to which event. */
interface Replay {
  achievement: AchievementRow;
  ledger: Ledger;
  zones: Map<string, ZoneSince[]>;
  after: string;
  events: number;
}

function openReplay(achievement: AchievementRow): Replay {
  const replay: Replay = {
    achievement,
    zones: new Map(),
    after: '0',
    events: 0,
    ledger: undefined as unknown as Ledger,
  };
  replay.ledger = openLedger(ruleOf(achievement), (id) => replay.zones.get(id), { repeats: false });
  return replay;
}

/** Looks through the events that are there. Zones are read after each page: none of its events is newer than they are. */
async function readOn(em: EntityManager, replay: Replay, signal: AbortSignal): Promise<void> {
  const { tenantId, eventTypes: types } = replay.achievement;
  for (let more = true; more; ) {
    signal.throwIfAborted();
    const page = await factsAfter(em, { tenantId, types, after: replay.after, limit: PAGE });
    replay.zones = await zonesIn(em, tenantId, null);
    for (const fact of page.facts) replay.ledger.add(fact);
    replay.after = page.last;
    replay.events += page.facts.length;
    more = page.more;
  }
}

/** Writes where everybody stands in the place of what was there. */
async function writeStandings(tx: EntityManager, { clock }: Context, { achievement, ledger }: Replay): Promise<number> {
  const { tenantId, id } = achievement;
  const [rule, now] = [ruleOf(achievement), clock.now()];
  await tx.execute('delete from progress where tenant_id = ? and achievement_id = ?', [tenantId, id]);
  const rows = [...ledger.standings()].map((standing) => rowOf(rule, standing, undefined, now));
  for (let from = 0; from < rows.length; from += ROWS)
    await saveStandings(tx, tenantId, rows.slice(from, from + ROWS), now);
  return rows.length;
}

/** Finishes in one transaction, with the tenant's events alone: what came meanwhile is looked at, and from then on each event as it comes. */
async function finish(ctx: Context, replay: Replay, signal: AbortSignal): Promise<number | null> {
  const { id, ruleVersion } = replay.achievement;
  return write(ctx, async (tx) => {
    await lockTenant(tx, ctx.tenantId);
    const now = await tx.findOne(Achievement, { id });
    // Other criteria have a replay of their own.
    if (!now || now.ruleVersion !== ruleVersion || !now.isReplaying()) return null;
    await readOn(tx, replay, signal);
    const people = await writeStandings(tx, ctx, replay);
    now.replayedVersion = ruleVersion;
    now.ruleError = null;
    return people;
  });
}

interface Found {
  userId: string;
  period: string;
}

const OWED = `select p.user_id as "userId", p.period from progress p where p.tenant_id = ? and p.achievement_id = ? and p.deserved
  and not exists (select 1 from achievement_grant g where g.tenant_id = p.tenant_id and g.achievement_id = p.achievement_id
    and g.user_id = p.user_id and g.period = p.period) order by p.id limit ?`;
const FORFEIT = `select p.user_id as "userId", p.period from progress p join achievement_grant g on g.tenant_id = p.tenant_id
    and g.achievement_id = p.achievement_id and g.user_id = p.user_id and g.period = p.period and g.status = 'ACTIVE'
  where p.tenant_id = ? and p.achievement_id = ? and p.revoked order by p.id limit ?`;

/** Does for everybody whom the statement finds what follows for them; returns for how many. */
async function forEach(
  ctx: Context,
  id: string,
  statement: string,
  act: typeof awardDeserved,
  signal: AbortSignal,
): Promise<number> {
  for (let total = 0; ; ) {
    signal.throwIfAborted();
    const found = await write(ctx, async (tx) => {
      await lockTenant(tx, ctx.tenantId);
      const achievement = await tx.findOne(Achievement, { id, archivedAt: null });
      const who = achievement ? await tx.execute<Found[]>(statement, [ctx.tenantId, id, GRANTS]) : [];
      for (const each of who) await act(tx, ctx, achievement as Achievement, each);
      return who.length;
    });
    total += found;
    if (found < GRANTS) return total;
  }
}

/** Looks through the past for who earned an achievement, and grants it to them. It may be repeated. */
export async function replayRule(ctx: Context, id: string, signal: AbortSignal): Promise<JobReport> {
  const achievement = isUuid(id) ? await ctx.em.fork().findOne(Achievement, { id }) : null;
  if (!achievement?.criteria || achievement.archivedAt) return { skipped: true };
  let looked: JobReport = {};
  if (achievement.isReplaying()) {
    const replay = openReplay(achievement);
    await readOn(ctx.em.fork(), replay, signal);
    looked = { people: await finish(ctx, replay, signal), events: replay.events };
  }
  const granted = await forEach(ctx, id, OWED, awardDeserved, signal);
  return { ...looked, granted, revoked: await forEach(ctx, id, FORFEIT, takeAwayGrants, signal) };
}

/** A rule that cannot be evaluated says so where it is looked at, and is not tried again before it changes. */
async function noteFailure(ctx: Context, id: string, error: unknown): Promise<void> {
  await write(ctx, async (tx) => {
    await tx.nativeUpdate(Achievement, { id }, { ruleError: messageOf(error) });
  });
}

export const replayJob: JobDefinition<unknown, Context> = {
  name: REPLAY_JOB,
  async run({ key, tenantId, signal }, _runtime, _ports, open) {
    const ctx = open(serviceRequest('gamification', tenantId));
    try {
      return await replayRule(ctx, key, signal);
    } catch (error) {
      if (error instanceof TypeError) await noteFailure(ctx, key, error);
      throw error;
    }
  },
};
