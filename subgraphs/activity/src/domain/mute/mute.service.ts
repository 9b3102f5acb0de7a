import { getPlace } from '@polity/kernel/access/place';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { readRows } from '@polity/kernel/db/rows';
import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Conflict, Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { canonicalId, isUuid, uuidv7 } from '@polity/kernel/ids';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { nouns } from '../../kinds.ts';
import { canKeepFeed } from '../home/home.policy.ts';
import { entryType } from '../home/types.ts';
import { FeedMute, type FeedMuteRow } from './mute.entity.ts';

/** What a client says that it mutes. */
export interface MuteInput {
  type?: string | null;
  scope?: ScopeRef | null;
  userId?: string | null;
}

const MAX = 500;
const ORDER = [{ column: 't.id', direction: 'asc' as const }];
const LOCK = 'select pg_advisory_xact_lock(hashtextextended(?, 4108))';

const own = (ctx: Context) => ({ userId: ctx.viewer.id as string, tenantId: ctx.tenantId });

export async function list(ctx: Context): Promise<FeedMuteRow[] | null> {
  if (ctx.viewer.kind !== 'user') return null;
  return readRows(ctx.em, FeedMute, { where: [own(ctx)], order: ORDER, limit: MAX });
}

type Muted = Pick<FeedMute, 'type' | 'scopeType' | 'scopeId' | 'mutedId'>;

/** What is meant. Throws InvalidInput where it is not one thing, and NotFound for a place that the viewer may not see. */
async function readMute(ctx: Context, { type, scope, userId }: MuteInput): Promise<Muted> {
  const none = { type: null, scopeType: null, scopeId: null, mutedId: null };
  if ([type, scope, userId].filter(Boolean).length !== 1)
    throw new InvalidInput({ input: 'takes exactly one of type, scope and userId' });
  if (type) return { ...none, type: checked(z.object({ type: entryType }), { type }).type };
  if (scope) {
    await getPlace(ctx.access, scope, nouns.Post);
    return { ...none, scopeType: scope.type, scopeId: scope.id };
  }
  const mutedId = canonicalId(userId ?? '');
  if (!isUuid(mutedId)) throw new InvalidInput({ userId: 'must be the id of a person' });
  return { ...none, mutedId };
}

/** Mutes one thing for the viewer; the same again is the mute that is there. Throws Forbidden, InvalidInput, NotFound, Conflict. */
export async function mute(ctx: Context, input: MuteInput): Promise<FeedMute> {
  if (!canKeepFeed(await ctx.access.authorizer())) throw new Forbidden();
  const muted = await readMute(ctx, input);
  return write(ctx, async (tx) => {
    await tx.execute(LOCK, [ctx.viewer.id]);
    const there = await tx.findOne(FeedMute, { ...own(ctx), ...muted });
    if (there) return there;
    if ((await tx.count(FeedMute, own(ctx))) >= MAX)
      throw new Conflict(`You have ${MAX} mutes already.`, { reason: 'TOO_MANY_MUTES' });
    return tx.create(FeedMute, { id: uuidv7(), ...own(ctx), ...muted });
  });
}

/** Ends a mute of the viewer's and answers it as it was. Throws NotFound. */
export async function unmute(ctx: Context, id: string): Promise<FeedMute> {
  return write(ctx, async (tx) => {
    const found = isUuid(id) ? await tx.findOne(FeedMute, { ...own(ctx), id }) : null;
    if (!found || (await tx.nativeDelete(FeedMute, { id })) === 0) throw new NotFound('This mute');
    return found;
  });
}
