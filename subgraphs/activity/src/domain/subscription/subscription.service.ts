import type { EntityManager } from '@mikro-orm/postgresql';
import { getPlace } from '@polity/kernel/access/place';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { readRows } from '@polity/kernel/db/rows';
import { write } from '@polity/kernel/domain/write';
import { Conflict, Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { nouns } from '../../kinds.ts';
import { canKeepFeed } from '../home/home.policy.ts';
import { readTypes } from '../home/types.ts';
import { FeedSubscription, type FeedSubscriptionRow } from './subscription.entity.ts';

const MAX = 100;
const ORDER = [{ column: 't.id', direction: 'asc' as const }];
// One after the other for each person, so that twenty at once are one and nobody has more than they may.
const LOCK = 'select pg_advisory_xact_lock(hashtextextended(?, 4107))';

const own = (ctx: Context) => ({ userId: ctx.viewer.id as string, tenantId: ctx.tenantId });

export async function list(ctx: Context): Promise<FeedSubscriptionRow[] | null> {
  if (ctx.viewer.kind !== 'user') return null;
  return readRows(ctx.em, FeedSubscription, { where: [own(ctx)], order: ORDER, limit: MAX });
}

/** Throws Conflict where the viewer has as many as they may. */
async function mustHaveRoom(tx: EntityManager, ctx: Context): Promise<void> {
  if ((await tx.count(FeedSubscription, own(ctx))) >= MAX)
    throw new Conflict(`You have ${MAX} subscriptions already.`, { reason: 'TOO_MANY_SUBSCRIPTIONS' });
}

/** Subscribes the viewer to a place, or changes the types of the subscription that is there. Throws Forbidden, NotFound, InvalidInput, Conflict. */
export async function subscribe(
  ctx: Context,
  scope: ScopeRef,
  types: readonly string[] | null | undefined,
): Promise<FeedSubscription> {
  if (!canKeepFeed(await ctx.access.authorizer())) throw new Forbidden();
  const wanted = readTypes(types);
  await getPlace(ctx.access, scope, nouns.Post);
  return write(ctx, async (tx) => {
    await tx.execute(LOCK, [ctx.viewer.id]);
    const there = await tx.findOne(FeedSubscription, { ...own(ctx), scopeId: scope.id });
    if (!there) await mustHaveRoom(tx, ctx);
    const place = { scopeType: scope.type, scopeId: scope.id };
    const subscription = there ?? tx.create(FeedSubscription, { id: uuidv7(), ...own(ctx), ...place, types: wanted });
    subscription.types = wanted;
    return subscription;
  });
}

/** Ends a subscription of the viewer's and answers it as it was. Throws NotFound. */
export async function unsubscribe(ctx: Context, id: string): Promise<FeedSubscription> {
  return write(ctx, async (tx) => {
    const subscription = isUuid(id) ? await tx.findOne(FeedSubscription, { ...own(ctx), id }) : null;
    if (!subscription || (await tx.nativeDelete(FeedSubscription, { id })) === 0)
      throw new NotFound('This subscription');
    return subscription;
  });
}
