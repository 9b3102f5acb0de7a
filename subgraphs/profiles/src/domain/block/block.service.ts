import { write } from '@polity/kernel/domain/write';
import { type Connection, type ConnectionArgs, paginate } from '@polity/kernel/graph/connection';
import { NotFound } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { endBoth } from '../follow/follow.service.ts';
import { lockPair, mustBelong, type PersonRef, pairWith } from '../person.ts';

const PERMISSION = 'profiles.person.block';
const SET_BLOCK =
  'mutation SetBlock($blockerId: ID!, $blockedId: ID!, $blocked: Boolean!) { _setBlock(blockerId: $blockerId, blockedId: $blockedId, blocked: $blocked) }';

// Access keeps who has blocked whom, since everybody asks it already what a viewer sees (decision 28); here is only what a person asks for.
async function setBlock({ services }: Context, blockerId: string, blockedId: string, blocked: boolean) {
  const answer = await services.call<{ _setBlock: boolean }>('access', SET_BLOCK, { blockerId, blockedId, blocked });
  return answer._setBlock;
}

/**
 * Hides the viewer and somebody from each other. What they follow of each other ends in the transaction in which access is told, so that it cannot
 * outlive the block. Throws Forbidden, NotFound, InvalidInput, CONFLICT.
 */
export async function block(ctx: Context, id: string): Promise<PersonRef> {
  const pair = await pairWith(ctx, id, PERMISSION);
  await mustBelong(ctx, pair.otherId);
  return write(ctx, async (tx) => {
    await lockPair(tx, ctx, pair);
    await setBlock(ctx, pair.viewerId, pair.otherId, true);
    await endBoth(tx, ctx, pair);
    return { id: pair.otherId };
  });
}

/** Ends a block of the viewer's. Throws NotFound where there is none. */
export async function unblock(ctx: Context, id: string): Promise<PersonRef> {
  const { viewerId, otherId } = await pairWith(ctx, id, PERMISSION);
  if (!(await setBlock(ctx, viewerId, otherId, false))) throw new NotFound('This person');
  ctx.forget();
  return { id: otherId };
}

/** Whom the viewer has blocked, by their ids. */
export async function blockedUsers(ctx: Context, args: ConnectionArgs): Promise<Connection<PersonRef>> {
  const { blocked } = (await ctx.access.set()).blocks;
  const ids = blocked.toSorted();
  return paginate<PersonRef>({
    list: 'blockedUsers',
    args,
    order: [{ column: 'id', direction: 'asc', type: 'uuid' }],
    async fetch({ after, before, backwards, limit }) {
      const wanted = ids.filter((id) => (!after || id > String(after[0])) && (!before || id < String(before[0])));
      return (backwards ? wanted.toReversed() : wanted).slice(0, limit).map((id) => ({ id }));
    },
  });
}

export async function viewerBlocks(ctx: Context, userId: string): Promise<boolean | null> {
  return ctx.viewer.kind === 'user' ? (await ctx.access.set()).blocks.blocked.includes(userId) : null;
}
