import { checked } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import type { Poll } from '../poll/poll.entity.ts';
import { pollEvent, pollToPrepare } from '../poll/poll.found.ts';
import { electors } from '../poll/poll.input.ts';
import { Elector } from './elector.entity.ts';
import { putOnRoll } from './roll.ts';

type Electors = z.input<typeof electors>;

/** Puts people on the roll of a poll, or changes their weights. */
export async function put(ctx: Context, pollId: string, given: Electors): Promise<Poll> {
  const { electors: people } = checked(z.object({ electors }), { electors: given });
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const poll = await pollToPrepare(tx, authorizer, pollId);
    await putOnRoll(tx, poll, people);
    await recordEvent(tx, ctx, 'voting.poll.updated', pollEvent(poll));
    return poll;
  });
}

/** Takes people off the roll of a poll; those who are not on it are left out. */
export async function remove(ctx: Context, pollId: string, userIds: readonly string[]): Promise<Poll> {
  const given = { electors: userIds.map((userId) => ({ userId })) };
  const { electors: people } = checked(z.object({ electors }), given);
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const poll = await pollToPrepare(tx, authorizer, pollId);
    await tx.nativeDelete(Elector, { pollId, userId: { $in: people.map(({ userId }) => userId) } });
    await recordEvent(tx, ctx, 'voting.poll.updated', pollEvent(poll));
    return poll;
  });
}
