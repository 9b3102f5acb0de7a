import type { EntityManager } from '@mikro-orm/postgresql';
import { tenantScope } from '@polity/kernel/access/mirrored';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Conflict, Forbidden } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { dayOf, isZone, periodOf, type ZoneSince } from '../../criteria/days.ts';
import { type Period, periods } from '../../criteria/types.ts';
import { codes } from '../achievement/achievement.policy.ts';
import { lockTenant } from '../rule/tenant.lock.ts';
import { Player } from './player.entity.ts';

/** Zones that one person may have had. */
const MAX_ZONES = 100;

const changes = z.object({
  timeZone: z.string().max(100).refine(isZone, 'must be a time zone of the IANA database').nullish(),
});

/** What somebody chose, as they see it. */
export interface Settings {
  timeZone: string | null;
}

const settingsOf = (player: Pick<Player, 'zones'> | null): Settings => {
  const zone = player?.zones.at(-1)?.zone ?? 'UTC';
  return { timeZone: zone === 'UTC' ? null : zone };
};

/** The viewer's choices; null for all but people. */
export async function settings(ctx: Context): Promise<Settings | null> {
  if (ctx.viewer.kind !== 'user') return null;
  return settingsOf(await ctx.loaders.playerOf.load(ctx.viewer.id as string));
}

async function ownPlayer(tx: EntityManager, { tenantId, viewer }: Context): Promise<Player> {
  const userId = viewer.id as string;
  const there = await tx.findOne(Player, { userId });
  return there ?? tx.create(Player, { id: uuidv7(), tenantId, userId, zones: [] });
}

/** Changes what the viewer chose. Throws InvalidInput, Forbidden. */
export async function updateSettings(ctx: Context, input: z.input<typeof changes>): Promise<Settings> {
  const { timeZone } = checked(changes, input);
  if (!(await ctx.access.authorizer()).may(codes.read, tenantScope(ctx.tenantId))) throw new Forbidden();
  return write(ctx, async (tx) => {
    // Alone with the tenant's events: each is counted by the zone that was there when it came, in whatever order it is looked at.
    await lockTenant(tx, ctx.tenantId);
    const player = await ownPlayer(tx, ctx);
    const zone = timeZone ?? 'UTC';
    if (timeZone === undefined || (player.zones.at(-1)?.zone ?? 'UTC') === zone) return settingsOf(player);
    if (player.zones.length >= MAX_ZONES)
      throw new Conflict(`A time zone is changed at most ${MAX_ZONES} times.`, { reason: 'TOO_MANY_ZONES' });
    player.zones = [...player.zones, { from: ctx.clock.nowMs(), zone }];
    return settingsOf(player);
  });
}

const ZONES = 'select user_id as "userId", zones from player where tenant_id = ? and user_id = any(?::uuid[])';
const ALL_ZONES = `select user_id as "userId", zones from player where tenant_id = ? and zones <> '[]'::jsonb`;

interface Zoned {
  userId: string;
  zones: ZoneSince[];
}

/** The zones of these people, or of everybody in the tenant. */
export async function zonesIn(em: EntityManager, tenantId: string, people: readonly string[] | null) {
  const rows = people
    ? await em.execute<Zoned[]>(ZONES, [tenantId, `{${people.join(',')}}`])
    : await em.execute<Zoned[]>(ALL_ZONES, [tenantId]);
  return new Map(rows.map(({ userId, zones }) => [userId, zones]));
}

/** The periods of every kind in which the moment lies for a person. */
export function periodsAt(at: number, zones: readonly ZoneSince[] | undefined): Record<Period, string> {
  const day = dayOf(at, zones);
  return Object.fromEntries(periods.map((period) => [period, periodOf(period, day)])) as Record<Period, string>;
}
