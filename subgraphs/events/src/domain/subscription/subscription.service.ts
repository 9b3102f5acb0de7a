import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { getPlace } from '@polity/kernel/access/place';
import { lyingAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Where } from '@polity/kernel/db/rows';
import { type Sql, sql } from '@polity/kernel/db/sql';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { AlreadyExists, Conflict, NotFound, RateLimited } from '@polity/kernel/graph/errors';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import { cancelJob, enqueueJob } from '@polity/kernel/jobs/enqueue';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { canCreate, canManage, codes } from '../event/event.policy.ts';
import { placeToImport } from '../ics/import.service.ts';
import { CalendarSubscription, type SubscriptionRow } from './subscription.entity.ts';

export const REFRESH = 'refresh-calendar';

/** Calendars that one scope subscribes to. */
const MAX_SUBSCRIPTIONS = 50;
/** How long somebody waits before they have one asked for again. */
const PAUSE_SECONDS = 300;
const NOUN = 'This subscription';
const LOCK = 'select pg_advisory_xact_lock(hashtextextended(?, 0))';

const rule = 'must be an http, https or webcal URL without a name or password, at most 2,000 characters';
const newSubscription = z.object({
  url: z
    .string()
    .trim()
    .max(2_000, rule)
    .transform((given) => given.replace(/^webcals?:\/\//i, 'https://'))
    .refine((given) => {
      const parsed = URL.parse(given);
      return parsed !== null && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password;
    }, rule),
});

const errors = {
  calendar_subscription_unique: (cause: unknown) =>
    new AlreadyExists('This calendar is subscribed to here already.', {}, cause),
};

/** Subscribes a scope to a calendar elsewhere. Throws InvalidInput, NotFound, Forbidden, AlreadyExists, Conflict. */
export async function subscribe(ctx: Context, scope: ScopeRef, given: string): Promise<CalendarSubscription> {
  const { url } = checked(newSubscription, { url: given });
  const { communityId, teamId, tenantId } = await placeToImport(ctx, scope);
  return write(
    ctx,
    async (tx) => {
      // One after the other at each scope, so that many at once are no more than it may have.
      await tx.execute(LOCK, [`events.subscription ${scope.id}`]);
      if ((await tx.count(CalendarSubscription, { communityId, teamId })) >= MAX_SUBSCRIPTIONS)
        throw new Conflict('There are too many subscriptions here.', { reason: 'TOO_MANY_SUBSCRIPTIONS' });
      const [id, userId] = [uuidv7(), ctx.viewer.id as string];
      const nothing = { failures: 0, created: 0, updated: 0, unchanged: 0, refused: 0 };
      const place = { communityId, teamId, nextRefreshAt: ctx.clock.now() };
      const made = tx.create(CalendarSubscription, {
        id,
        tenantId,
        userId,
        url,
        status: 'ACTIVE',
        ...place,
        ...nothing,
      });
      await tx.flush();
      await enqueueJob(tx, { job: REFRESH, tenantId, key: id, at: ctx.clock.now() });
      return made;
    },
    errors,
  );
}

/** Whoever made it, as long as they may make events there, and who manages the events of the place. */
const mayRun = (authorizer: Authorizer, row: SubscriptionRow): boolean =>
  canManage(authorizer, row.place()) || (row.userId === authorizer.viewerId && canCreate(authorizer, row.place()));

/** The subscription for a verb. Throws NotFound for one that is not the viewer's to run. */
async function toRun(tx: EntityManager, authorizer: Authorizer, id: string): Promise<CalendarSubscription> {
  const found = isUuid(id) ? await tx.findOne(CalendarSubscription, { id }) : null;
  if (!found || !mayRun(authorizer, found)) throw new NotFound(NOUN);
  return found;
}

/** Ends a subscription and answers it as it was; the events that it brought stay. Throws NotFound. */
export async function unsubscribe(ctx: Context, id: string): Promise<CalendarSubscription> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const found = await toRun(tx, authorizer, id);
    if ((await tx.nativeDelete(CalendarSubscription, { id })) === 0) throw new NotFound(NOUN);
    await cancelJob(tx, { job: REFRESH, tenantId: found.tenantId, key: id });
    return found;
  });
}

/** Has a calendar asked for now, also one that was stopped. Throws NotFound, RateLimited within five minutes of the last time. */
export async function refresh(ctx: Context, id: string): Promise<CalendarSubscription> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const found = await toRun(tx, authorizer, id);
    const now = ctx.clock.now();
    const since = new Date(now.getTime() - PAUSE_SECONDS * 1_000);
    const changed = await tx.nativeUpdate(
      CalendarSubscription,
      { id, $or: [{ refreshedAt: null }, { refreshedAt: { $lte: since } }] },
      { status: 'ACTIVE', failures: 0, nextRefreshAt: now },
    );
    if (changed === 0) throw new RateLimited(PAUSE_SECONDS);
    await enqueueJob(tx, { job: REFRESH, tenantId: found.tenantId, key: id, at: now });
    return Object.assign(found, { status: 'ACTIVE', failures: 0, nextRefreshAt: now });
  });
}

/** The subscriptions of a scope: all for who manages its events, else the viewer's own. Throws NotFound for a scope that is hidden. */
export async function ofScope(
  ctx: Context,
  { scope, ...args }: ConnectionArgs & { scope: ScopeRef },
): Promise<Connection<SubscriptionRow>> {
  const place = await getPlace(ctx.access, scope, codes);
  const authorizer = (await ctx.access.authorizer()).quiet;
  const own: Sql[] = canManage(authorizer, place) ? [] : [sql('t.user_id = ?', ctx.viewer.id)];
  const where: Where<CalendarSubscription>[] = [lyingAt(scope), ...own];
  return pageOf(ctx.em, CalendarSubscription, { list: 'calendarSubscriptions', args, order: newestFirst, where });
}
