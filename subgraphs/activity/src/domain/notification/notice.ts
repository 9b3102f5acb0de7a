import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import type { Concern } from '@polity/kernel/duties/concerns';
import type { EventEnvelope } from '@polity/kernel/events/envelope';
import { type PublishedCatalogue, type PublishedEvent, publishedCatalogue } from '@polity/kernel/events/published';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { mailTime } from './morning.ts';
import { Notification } from './notification.entity.ts';
import type { Cadence } from './setting.entity.ts';
import { standard } from './setting.service.ts';

export const MAIL_JOB = 'mail-notifications';
export const PUSH_JOB = 'push-notifications';

const isEnding = (type: string, { about }: PublishedEvent) => about !== undefined && type.endsWith('.deleted');

/** Events that are told to people, and those after which there is nothing to tell of any more. */
export const noticed = (published: PublishedCatalogue): string[] =>
  Object.entries(published).flatMap(([type, event]) => (event.notice || isEnding(type, event) ? [type] : []));

const CONCERNS = 'query Concerned($type: String!, $data: JSON!) { _concerns(type: $type, data: $data) }';
/** People of one statement. */
const BATCH = 1_000;

/** Whom the event concerns, without whoever caused it. */
async function concerned({ services }: Context, publisher: string, event: EventEnvelope): Promise<string[]> {
  const { type, data, actorid } = event;
  const { _concerns: found } = await services.call<{ _concerns: Concern[] }>(publisher, CONCERNS, { type, data });
  return [...new Set(found.map(({ userId }) => userId))].filter((id) => isUuid(id) && id !== actorid);
}

interface Choice {
  userId: string;
  listed: boolean | null;
  mail: Cadence | null;
  push: boolean | null;
  timeZone: string | null;
  hasPush: boolean;
}

const CHOICES = `select u.id as "userId", s.listed, s.mail, s.push, z.time_zone as "timeZone",
    exists (select 1 from push_subscription p where p.tenant_id = ? and p.user_id = u.id) as "hasPush"
  from unnest(?::uuid[]) as u(id)
  left join lateral (select * from notification_setting s where s.tenant_id = ? and s.user_id = u.id and s.kind in (?, '')
    order by s.kind desc limit 1) as s on true
  left join digest_zone z on z.tenant_id = ? and z.user_id = u.id
  where not exists (select 1 from feed_mute m where m.tenant_id = ? and m.user_id = u.id and m.muted_id = ?)`;

const INSERT = `insert into notification (id, created_at, tenant_id, user_id, event_id, type, kind, object_type, object_id, actor_id,
    occurred_at, listed, mail_at, push_due)
  select n.id, ?, ?, n.user_id, ?, ?, ?, ?, ?, ?, ?, n.listed, n.mail_at, n.push_due
  from jsonb_to_recordset(?::jsonb) as n(id uuid, user_id uuid, listed boolean, mail_at timestamptz, push_due boolean)
  on conflict on constraint notification_unique do nothing
  returning mail_at as "mailAt", push_due as "pushDue"`;

interface Inserted {
  mailAt: Date | null;
  pushDue: boolean;
}

function rowFor({ userId, hasPush, timeZone, ...chosen }: Choice, now: Date) {
  const listed = chosen.listed ?? standard.listed;
  const mail_at = mailTime(chosen.mail ?? standard.mail, now, timeZone ?? 'UTC');
  const push_due = hasPush && (chosen.push ?? standard.push);
  return listed || mail_at || push_due ? [{ id: uuidv7(), user_id: userId, listed, mail_at, push_due }] : [];
}

const WAITS = `select 1 from notification where tenant_id = ? and mail_at = ? and event_id <> ? limit 1`;
const SOON_MS = 60_000;

/** Has the mails of a time go out: once for all who are mailed then, so that events need not wait for each other. */
async function enqueueMails(tx: EntityManager, { tenantId, clock }: Context, event: EventEnvelope, times: Set<number>) {
  for (const time of times) {
    const at = new Date(time);
    const isSoon = time < clock.nowMs() + SOON_MS;
    if (!isSoon && (await tx.execute<unknown[]>(WAITS, [tenantId, at, event.id])).length > 0) continue;
    await enqueueJob(tx, { job: MAIL_JOB, key: isSoon ? event.id : at.toISOString(), tenantId, at });
  }
}

async function tell(ctx: Context, event: EventEnvelope, { about, notice }: PublishedEvent, userIds: readonly string[]) {
  const { tenantId, clock } = ctx;
  const now = clock.now();
  const kind = notice?.kind ?? '';
  const data = event.data as Record<string, unknown>;
  const objectId = about && isUuid(data[about.id]) ? data[about.id] : null;
  const actorId = isUuid(event.actorid) ? event.actorid : null;
  const of = [event.id, event.type, kind, objectId ? about?.type : null, objectId, actorId, event.time];
  await write(ctx, async (tx) => {
    const asked = [tenantId, `{${userIds.join(',')}}`, tenantId, kind, tenantId, tenantId, actorId];
    const choices = await tx.execute<Choice[]>(CHOICES, asked);
    const rows = choices.flatMap((choice) => rowFor(choice, now));
    if (rows.length === 0) return;
    const added = await tx.execute<Inserted[]>(INSERT, [now, tenantId, ...of, JSON.stringify(rows)]);
    if (added.length === 0) return;
    await recordEvent(tx, ctx, 'activity.notification.created', {
      subject: event.id,
      data: { eventId: event.id, kind, people: added.length },
    });
    if (added.some(({ pushDue }) => pushDue)) await enqueueJob(tx, { job: PUSH_JOB, key: event.id, tenantId, at: now });
    const times = added.flatMap(({ mailAt }) => (mailAt ? [new Date(mailAt).getTime()] : []));
    await enqueueMails(tx, ctx, event, new Set(times));
  });
}

/** Tells those whom an event concerns, once however often it comes; or removes what was told of a thing that is gone. */
export async function notify(ctx: Context, event: EventEnvelope): Promise<void> {
  const published = publishedCatalogue()[event.type];
  if (!published || !event.tenantid) return;
  if (published.notice) {
    const userIds = await concerned(ctx, published.publisher, event);
    for (let at = 0; at < userIds.length; at += BATCH) await tell(ctx, event, published, userIds.slice(at, at + BATCH));
  }
  const { about } = published;
  const id = about && (event.data as Record<string, unknown>)[about.id];
  if (about && isEnding(event.type, published) && isUuid(id)) {
    await write(ctx, async (tx) => {
      await tx.nativeDelete(Notification, { objectId: id as string, tenantId: ctx.tenantId });
    });
  }
}
