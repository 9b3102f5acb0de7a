import { readRows } from '@polity/kernel/db/rows';
import { write } from '@polity/kernel/domain/write';
import { publishedCatalogue } from '@polity/kernel/events/published';
import { Forbidden, InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { canKeepFeed } from '../home/home.policy.ts';
import { isTimeZone } from './morning.ts';
import { type Cadence, DigestZone, NotificationSetting } from './setting.entity.ts';

/** How a person is told of a kind, which the graph calls a topic. */
export interface Channels {
  topic: string;
  listed: boolean;
  mail: Cadence;
  push: boolean;
}

/** What holds for who chose nothing. */
export const standard = { listed: true, mail: 'DAILY', push: true } as const satisfies Omit<Channels, 'topic'>;

/** Every kind of which some domain tells people, in the order of the alphabet. */
const kinds = (): string[] =>
  [...new Set(Object.values(publishedCatalogue()).flatMap(({ notice }) => notice?.kind ?? []))].sort();

/** The viewer's channels for each kind; null for all but people. */
export async function settings({ em, viewer }: Context): Promise<Channels[] | null> {
  if (viewer.kind !== 'user') return null;
  const rows = await readRows(em, NotificationSetting, { where: [{ userId: viewer.id as string }] });
  const byKind = new Map(rows.map((row) => [row.kind, row]));
  return kinds().map((kind) => {
    const { listed, mail, push } = byKind.get(kind) ?? byKind.get('') ?? standard;
    return { topic: kind, listed, mail, push };
  });
}

export interface SettingInput {
  topic?: string | null;
  listed: boolean;
  mail: Cadence;
  push: boolean;
}

const SET = `insert into notification_setting (id, created_at, tenant_id, user_id, kind, listed, mail, push) values (?, ?, ?, ?, ?, ?, ?, ?)
  on conflict on constraint notification_setting_unique do update set listed = excluded.listed, mail = excluded.mail, push = excluded.push`;

/** Sets the viewer's channels for one kind, or for all. Throws Forbidden, InvalidInput. */
export async function set(ctx: Context, { topic: kind, listed, mail, push }: SettingInput): Promise<Channels[] | null> {
  if (!canKeepFeed(await ctx.access.authorizer())) throw new Forbidden();
  if (kind != null && !kinds().includes(kind))
    throw new InvalidInput({ topic: 'must be a topic of notificationSettings' });
  const { viewer, tenantId, clock } = ctx;
  await write(ctx, async (tx) => {
    // What holds for all takes the place of what held for some.
    if (kind == null) await tx.nativeDelete(NotificationSetting, { tenantId, userId: viewer.id as string });
    await tx.execute(SET, [uuidv7(), clock.now(), tenantId, viewer.id, kind ?? '', listed, mail, push]);
  });
  return settings(ctx);
}

const UNSUBSCRIBE = [
  `update notification_setting set mail = 'NEVER' where tenant_id = ? and user_id = ?`,
  'update notification set mail_at = null where tenant_id = ? and user_id = ? and mail_at is not null',
];

/** Ends every mail to that person in the tenant of the request. */
export async function unsubscribe(ctx: Context, userId: string): Promise<void> {
  const { tenantId, clock } = ctx;
  const { listed, push } = standard;
  await write(ctx, async (tx) => {
    const there = await tx.count(NotificationSetting, { tenantId, userId, kind: '' });
    if (there === 0) await tx.execute(SET, [uuidv7(), clock.now(), tenantId, userId, '', listed, 'NEVER', push]);
    for (const sql of UNSUBSCRIBE) await tx.execute(sql, [tenantId, userId]);
  });
}

/** Where it is morning when the viewer's digest is sent; null for all but people. */
export async function timeZone({ em, viewer }: Context): Promise<string | null> {
  if (viewer.kind !== 'user') return null;
  const [row] = await readRows(em, DigestZone, { where: [{ userId: viewer.id as string }] });
  return row?.timeZone ?? 'UTC';
}

const ZONE = `insert into digest_zone (id, created_at, tenant_id, user_id, time_zone) values (?, ?, ?, ?, ?)
  on conflict on constraint digest_zone_unique do update set time_zone = excluded.time_zone`;

/** Throws Forbidden, InvalidInput. */
export async function setTimeZone(ctx: Context, name: string): Promise<string> {
  if (!canKeepFeed(await ctx.access.authorizer())) throw new Forbidden();
  if (name.length > 64 || !isTimeZone(name))
    throw new InvalidInput({ timeZone: 'must be a zone such as Europe/Berlin' });
  await write(ctx, async (tx) => {
    await tx.execute(ZONE, [uuidv7(), ctx.clock.now(), ctx.tenantId, ctx.viewer.id, name]);
  });
  return name;
}
