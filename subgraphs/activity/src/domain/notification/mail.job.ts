import { NIL_UUID } from '@polity/kernel/ids';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { serviceRequest } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import type { Ports } from '../../ports.ts';
import { canKeepFeed } from '../home/home.policy.ts';
import { MAIL_JOB } from './notice.ts';
import { standard } from './setting.service.ts';
import { lineOf, type Tellable, tellable, thingsOf } from './told.ts';
import { tokenOf } from './unsubscribe-token.ts';

/** People of one round, for whom identity is called once. */
const PEOPLE = 100;
/** Lines of one mail; the rest is counted. */
const LINES = 20;

const DUE_PEOPLE = `select distinct user_id as id from notification where tenant_id = ? and mail_at <= ? and user_id > ? order by user_id limit ${PEOPLE}`;

// What was chosen since, and what was read meanwhile, is looked at again.
const DUE = `select u.id as "userId", n.id, n.type, n.object_type as "objectType", n.object_id as "objectId", n.actor_id as "actorId"
  from unnest(?::uuid[]) as u(id) cross join lateral (
    select * from notification n where n.tenant_id = ? and n.user_id = u.id and n.mail_at <= ? order by n.id desc limit ${2 * LINES}) as n
  left join lateral (select s.mail from notification_setting s where s.tenant_id = ? and s.user_id = u.id and s.kind in (n.kind, '')
    order by s.kind desc limit 1) as s on true
  where n.read_at is null and coalesce(s.mail, '${standard.mail}') <> 'NEVER'`;

const DONE = 'update notification set mail_at = null where tenant_id = ? and user_id = any(?::uuid[]) and mail_at <= ?';

interface Due extends Tellable {
  userId: string;
}

/** A mail as identity takes it, which alone knows the address. */
interface NoticeMail {
  userId: string;
  id: string;
  count: number;
  lines: string[];
  unsubscribe: string;
}

const SEND = 'mutation SendNotices($mails: JSON!) { _sendNotices(mails: $mails) }';

function mailFor({ tenantId }: Context, ports: Ports, userId: string, lines: string[], id: string): NoticeMail {
  const token = tokenOf(ports.unsubscribeKey, { tenantId, userId });
  const unsubscribe = `${ports.publicUrl}/notifications/unsubscribe/${token}`;
  return { userId, id, count: lines.length, lines: lines.slice(0, LINES), unsubscribe };
}

/** The mails of these people: of each only what they may be told at this moment, and nothing for who left. */
async function mailsFor(ctx: Context, ports: Ports, rows: readonly Due[]): Promise<NoticeMail[]> {
  const things = await thingsOf(ctx, rows, true);
  const mails: NoticeMail[] = [];
  for (const [userId, own] of Map.groupBy(rows, (row) => row.userId)) {
    const authorizer = await ctx.accessOf(userId).authorizer();
    const told = canKeepFeed(authorizer) ? tellable(authorizer, own, things) : [];
    const [newest] = told;
    if (!newest) continue;
    const lines = await Promise.all(told.map((each) => lineOf(ctx, each)));
    mails.push(mailFor(ctx, ports, userId, lines, newest.row.id));
  }
  return mails;
}

/** One round; answers the last person of it, and how many mails went and did not go. */
async function mailSome(ctx: Context, ports: Ports, after: string) {
  const { em, tenantId, clock, services } = ctx;
  const now = clock.now();
  const people = (await em.execute<{ id: string }[]>(DUE_PEOPLE, [tenantId, now, after])).map(({ id }) => id);
  const among = `{${people.join(',')}}`;
  const rows = people.length > 0 ? await em.execute<Due[]>(DUE, [among, tenantId, now, tenantId]) : [];
  const mails = await mailsFor(ctx, ports, rows);
  const { _sendNotices: failed } =
    mails.length > 0
      ? await services.call<{ _sendNotices: string[] }>('identity', SEND, { mails })
      : { _sendNotices: [] };
  const done = people.filter((id) => !failed.includes(id));
  if (done.length > 0) await em.execute(DONE, [tenantId, `{${done.join(',')}}`, now]);
  return {
    last: people.at(-1),
    isOver: people.length < PEOPLE,
    sent: mails.length - failed.length,
    failed: failed.length,
  };
}

/** Sends what is to be mailed by now in a tenant. Cut off, at most one round of mails goes twice, with the same message id. */
export const mailJob: JobDefinition<Ports, Context> = {
  name: MAIL_JOB,
  async run({ tenantId, signal }, _runtime, ports, open) {
    const total = { sent: 0, failed: 0 };
    let after = NIL_UUID;
    for (let isOver = false; !isOver && !signal.aborted; ) {
      const round = await mailSome(open(serviceRequest('activity', tenantId)), ports, after);
      total.sent += round.sent;
      total.failed += round.failed;
      after = round.last ?? after;
      isOver = round.isOver;
    }
    signal.throwIfAborted();
    if (total.failed > 0) throw new Error(`${total.failed} of ${total.failed + total.sent} mails could not be sent`);
    return total;
  },
};
