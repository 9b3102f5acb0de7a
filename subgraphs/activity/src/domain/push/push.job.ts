import { open as opened } from '@polity/kernel/crypto/envelope';
import { readRows } from '@polity/kernel/db/rows';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { OutboundError } from '@polity/kernel/http/outbound-error';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { serviceRequest } from '@polity/kernel/request/acting';
import type { Context } from '../../context.ts';
import type { Ports } from '../../ports.ts';
import { canKeepFeed } from '../home/home.policy.ts';
import { PUSH_JOB } from '../notification/notice.ts';
import { lineOf, type Tellable, type Told, tellable, thingsOf } from '../notification/told.ts';
import { type Browser, placeOf } from './push.service.ts';
import { PushSubscription, type PushSubscriptionRow } from './push-subscription.entity.ts';
import { authorization, encrypted, MAX_PAYLOAD_BYTES } from './web-push.ts';

const PEOPLE = 100;
const AT_ONCE = 10;
/** Seconds that a push service keeps a message for a browser that is away. */
const TTL = 24 * 3_600;
const TIMEOUT_MS = 10_000;

const DUE = `select id, user_id as "userId", type, object_type as "objectType", object_id as "objectId", actor_id as "actorId"
  from notification where tenant_id = ? and event_id = ? and push_due and read_at is null order by id limit ${PEOPLE}`;
const DONE = 'update notification set push_due = false where tenant_id = ? and id = any(?::uuid[])';
const GONE = 'delete from push_subscription where tenant_id = ? and id = ?';

interface Due extends Tellable {
  userId: string;
}

type Outcome = 'sent' | 'gone' | 'refused';

/** Sends one message. What a push service has no use for any more is forgotten; one that is away is asked no more: a push is worth nothing later. */
async function send(runtime: Runtime, ports: Ports, browser: Browser, message: Buffer): Promise<Outcome> {
  const { endpoint } = browser;
  const headers = {
    authorization: authorization(ports.vapid, endpoint, runtime.clock.nowMs()),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    ttl: String(TTL),
    urgency: 'normal',
  };
  const request = {
    method: 'POST',
    headers,
    body: encrypted(message, browser),
    maxBytes: 4_096,
    timeoutMs: TIMEOUT_MS,
  };
  try {
    const { status } = await runtime.outbound.send(endpoint, { ...request, method: 'POST' });
    if (status === 404 || status === 410) return 'gone';
    return status >= 200 && status < 300 ? 'sent' : 'refused';
  } catch (error) {
    if (error instanceof OutboundError) return 'refused';
    throw error;
  }
}

async function pushTo(ctx: Context, runtime: Runtime, row: PushSubscriptionRow, told: Told<Due>): Promise<Outcome> {
  const browser = JSON.parse(opened([ctx.ports.pushKey], row.sealed, placeOf(row.id))) as Browser;
  const body = await lineOf(ctx, told);
  const said = { title: 'Polity', body, type: told.row.type, id: told.row.id, url: runtime.publicUrl };
  const message = Buffer.from(JSON.stringify(said)).subarray(0, MAX_PAYLOAD_BYTES);
  const outcome = await send(runtime, ctx.ports, browser, message);
  if (outcome === 'gone') await ctx.em.execute(GONE, [ctx.tenantId, row.id]);
  return outcome;
}

/** Those of the people who may be told of it at this moment. */
async function toldOf(ctx: Context, rows: readonly Due[]): Promise<Told<Due>[]> {
  const things = await thingsOf(ctx, rows, true);
  const told = rows.map(async (row) => {
    const authorizer = await ctx.accessOf(row.userId).authorizer();
    return canKeepFeed(authorizer) ? tellable(authorizer, [row], things) : [];
  });
  return (await Promise.all(told)).flat();
}

async function pushSome(ctx: Context, runtime: Runtime, eventId: string) {
  const rows = await ctx.em.execute<Due[]>(DUE, [ctx.tenantId, eventId]);
  const told = new Map((await toldOf(ctx, rows)).map((each) => [each.row.userId, each]));
  const browsers =
    told.size > 0 ? await readRows(ctx.em, PushSubscription, { where: [{ userId: [...told.keys()] }] }) : [];
  const counts = { sent: 0, gone: 0, refused: 0 };
  // Noted first: a push that goes twice rings twice.
  if (rows.length > 0) await ctx.em.execute(DONE, [ctx.tenantId, `{${rows.map(({ id }) => id).join(',')}}`]);
  for (let at = 0; at < browsers.length; at += AT_ONCE) {
    const some = browsers.slice(at, at + AT_ONCE);
    const work = some.map((row) => pushTo(ctx, runtime, row, told.get(row.userId) as Told<Due>));
    for (const outcome of await Promise.all(work)) counts[outcome] += 1;
  }
  return { ...counts, isOver: rows.length < PEOPLE };
}

/** Pushes what an event had to say to browsers. At most once: cut off, the rest of a round is not sent. */
export const pushJob: JobDefinition<Ports, Context> = {
  name: PUSH_JOB,
  quiet: true,
  async run({ key: eventId, tenantId, signal }, runtime, _ports, open) {
    const total = { sent: 0, gone: 0, refused: 0 };
    for (let isOver = false; !isOver && !signal.aborted; ) {
      const round = await pushSome(open(serviceRequest('activity', tenantId)), runtime, eventId);
      for (const outcome of ['sent', 'gone', 'refused'] as const) total[outcome] += round[outcome];
      isOver = round.isOver;
    }
    signal.throwIfAborted();
    return total;
  },
};
