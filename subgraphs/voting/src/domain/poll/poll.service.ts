import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { checked } from '@polity/kernel/domain/input';
import { write, writeWithFreshAccess } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { uuidv7 } from '@polity/kernel/ids';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { Poll } from './poll.entity.ts';
import { newPoll, pollChanges } from './poll.input.ts';
import { canCreate, canEdit } from './poll.policy.ts';
import { seenPolls } from './poll.visibility.ts';

const event = ({ id, visibility }: Poll) => ({ subject: id, data: { pollId: id, visibility } });

/** The poll for a verb that changes it. Throws NotFound for hidden and missing alike. */
const get = (tx: EntityManager, authorizer: Authorizer, id: string): Promise<Poll> =>
  getVisible(tx, Poll, { id, visible: seenPolls(authorizer), noun: 'This poll' });

export async function create(ctx: Context, input: z.input<typeof newPoll>): Promise<Poll> {
  const { title, visibility = 'COMMUNITY' } = checked(newPoll, input);
  const authorizer = await ctx.access.authorizer();
  if (!canCreate(authorizer)) throw new Forbidden();
  return write(ctx, async (tx) => {
    const { tenantId, viewer } = ctx;
    const poll = tx.create(Poll, { id: uuidv7(), tenantId, authorId: viewer.id as string, title, visibility });
    await recordEvent(tx, ctx, 'voting.poll.created', event(poll));
    return poll;
  });
}

export async function update(ctx: Context, id: string, input: z.input<typeof pollChanges>): Promise<Poll> {
  const changes = checked(pollChanges, input);
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const poll = await get(tx, authorizer, id);
    if (!canEdit(authorizer, poll)) throw new Forbidden();
    poll.edit(changes, ctx.clock.now());
    await recordEvent(tx, ctx, 'voting.poll.updated', event(poll));
    return poll;
  });
}

/** Deletes a poll and answers it as it was. */
export async function remove(ctx: Context, id: string): Promise<Poll> {
  return writeWithFreshAccess(ctx, async (tx, authorizer) => {
    const poll = await get(tx, authorizer, id);
    if (!canEdit(authorizer, poll)) throw new Forbidden();
    // Whoever deletes the row tells about it, so that two at once are one deletion.
    if ((await tx.nativeDelete(Poll, { id })) === 0) throw new NotFound('This poll');
    await recordEvent(tx, ctx, 'voting.poll.deleted', event(poll));
    return poll;
  });
}
