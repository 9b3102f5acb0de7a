import { createHash } from 'node:crypto';
import { seal } from '@polity/kernel/crypto/envelope';
import { readRows } from '@polity/kernel/db/rows';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Conflict, Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { canKeepFeed } from '../home/home.policy.ts';
import { PushSubscription, type PushSubscriptionRow } from './push-subscription.entity.ts';
import { areBrowserKeys, type BrowserKeys } from './web-push.ts';

/** Where a browser is reached, and the keys for what only it may read. */
export interface Browser extends BrowserKeys {
  endpoint: string;
}

const MAX = 20;
const LOCK = 'select pg_advisory_xact_lock(hashtextextended(?, 4111))';
const KEY = 'must be base64url as the browser gives it';
const browserInput = z.object({
  endpoint: z.url('must be the URL that the browser gives').max(1_000, 'must be at most 1000 characters'),
  p256dh: z
    .string()
    .max(100, KEY)
    .regex(/^[A-Za-z0-9_-]+=*$/, KEY),
  auth: z
    .string()
    .max(50, KEY)
    .regex(/^[A-Za-z0-9_-]+=*$/, KEY),
});

/** Where an envelope is kept. */
export const placeOf = (id: string): string => `push_subscription.sealed.${id}`;

const own = (ctx: Context) => ({ userId: ctx.viewer.id as string, tenantId: ctx.tenantId });

/** The viewer's browsers, oldest first; null for all but people. */
export async function list(ctx: Context): Promise<PushSubscriptionRow[] | null> {
  if (ctx.viewer.kind !== 'user') return null;
  return readRows(ctx.em, PushSubscription, {
    where: [own(ctx)],
    order: [{ column: 't.id', direction: 'asc' }],
    limit: MAX,
  });
}

function browserOf(input: Browser): Browser {
  const browser = checked(browserInput, input);
  const { protocol } = new URL(browser.endpoint);
  if (protocol !== 'https:' && protocol !== 'http:') throw new InvalidInput({ endpoint: 'must be an https URL' });
  if (!areBrowserKeys(browser)) throw new InvalidInput({ p256dh: KEY });
  return browser;
}

/** Has the viewer's notifications pushed to a browser; the same endpoint again takes the new keys. Throws Forbidden, InvalidInput, Conflict. */
export async function add(ctx: Context, input: Browser): Promise<PushSubscription> {
  if (!canKeepFeed(await ctx.access.authorizer())) throw new Forbidden();
  const browser = browserOf(input);
  const endpointHash = createHash('sha256').update(browser.endpoint).digest('base64url');
  return write(ctx, async (tx) => {
    await tx.execute(LOCK, [ctx.viewer.id]);
    const there = await tx.findOne(PushSubscription, { ...own(ctx), endpointHash });
    if (!there && (await tx.count(PushSubscription, own(ctx))) >= MAX)
      throw new Conflict(`You have ${MAX} browsers already.`, { reason: 'TOO_MANY_BROWSERS' });
    const id = there?.id ?? uuidv7();
    const sealed = seal(ctx.ports.pushKey, JSON.stringify(browser), placeOf(id));
    const { host } = new URL(browser.endpoint);
    if (there) return Object.assign(there, { sealed });
    return tx.create(PushSubscription, { id, ...own(ctx), endpointHash, host, sealed });
  });
}

/** Ends pushes to a browser and answers it as it was. Throws NotFound. */
export async function remove(ctx: Context, id: string): Promise<PushSubscription> {
  return write(ctx, async (tx) => {
    const found = isUuid(id) ? await tx.findOne(PushSubscription, { ...own(ctx), id }) : null;
    if (!found || (await tx.nativeDelete(PushSubscription, { id })) === 0) throw new NotFound('This browser');
    return found;
  });
}
