import type { EntityManager } from '@mikro-orm/postgresql';
import { readNeededReason } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Acting, Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { countNow, enqueueCount } from '../count/counting.ts';
import { Poll } from './poll.entity.ts';
import { WrongStatus } from './poll.errors.ts';
import { pollEvent, pollToRun } from './poll.found.ts';
import { lockPoll } from './poll.lock.ts';
import { askAgainAt, databaseNow, schedule } from './poll.schedule.ts';

/** Closes the poll in the caller's transaction, which has it locked: no ballot comes after this, and the count is on its way. */
async function close(tx: EntityManager, acting: Acting, poll: Poll, now: Date): Promise<void> {
  poll.status = 'CLOSED';
  poll.closedAt = now;
  await schedule(tx, poll);
  await enqueueCount(tx, acting, poll);
  await recordEvent(tx, acting, 'voting.poll.closed', pollEvent(poll));
}

/** Closes a poll now and counts it. Where the count takes long the answer comes before it, with `results` null. */
export async function closePoll(ctx: Context, id: string): Promise<Poll> {
  const authorizer = await ctx.access.authorizer();
  const closed = await write(ctx, async (tx) => {
    const poll = await pollToRun(tx, authorizer, id);
    if (poll.status !== 'OPEN') throw new WrongStatus(poll, 'Only an open poll can be closed.');
    await close(tx, ctx, poll, await databaseNow(tx));
    return poll;
  });
  return (await countNow(ctx, id)) ?? closed;
}

/** Closes a poll whose time is over by the clock of the database; says what became of it. Safe to repeat. */
export async function closeWhenDue(acting: Acting, id: string): Promise<string> {
  return write(acting, async (tx) => {
    await lockPoll(tx, id);
    const poll = await tx.findOne(Poll, { id });
    if (poll?.status !== 'OPEN' || !poll.closesAt) return 'nothing to close';
    const now = await databaseNow(tx);
    if (poll.closesAt <= now) {
      await close(tx, acting, poll, now);
      return 'closed';
    }
    const { tenantId, status, closesAt } = poll;
    await schedule(tx, { id, tenantId, status, opensAt: null, closesAt: askAgainAt(closesAt, now, acting.clock) });
    return 'too early';
  });
}

/** Moves the end of an open poll; null leaves it open until somebody closes it. */
export async function extend(ctx: Context, id: string, closesAt: Date | null): Promise<Poll> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const poll = await pollToRun(tx, authorizer, id);
    const now = await databaseNow(tx);
    if (poll.status !== 'OPEN' || (poll.closesAt && poll.closesAt <= now))
      throw new WrongStatus(poll, 'Only an open poll can be extended.');
    if (closesAt && (closesAt <= now || (poll.closesAt && closesAt < poll.closesAt)))
      throw new InvalidInput({ closesAt: 'must be after the end that the poll has' });
    // Asked for again, the same end is nothing new.
    if (poll.closesAt?.getTime() === closesAt?.getTime()) return poll;
    poll.closesAt = closesAt;
    await schedule(tx, poll);
    const { subject, data } = pollEvent(poll);
    await recordEvent(tx, ctx, 'voting.poll.extended', {
      subject,
      data: { ...data, closesAt: closesAt?.toISOString() ?? null },
    });
    return poll;
  });
}

/** Ends a poll without a result. Ballots stay as they are and are never published. */
export async function cancel(ctx: Context, id: string, given: string): Promise<Poll> {
  const reason = readNeededReason(given);
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const poll = await pollToRun(tx, authorizer, id);
    if (!poll.isPending() && poll.status !== 'OPEN') throw new WrongStatus(poll, 'This poll is over.');
    const wasOpen = poll.status === 'OPEN';
    Object.assign(poll, { status: 'CANCELLED', cancelReason: reason, cancelledAt: await databaseNow(tx) });
    await schedule(tx, poll);
    // What was cast is parted from who cast it here, too.
    if (wasOpen) await enqueueCount(tx, ctx, poll);
    const { subject, data } = pollEvent(poll);
    await recordEvent(tx, ctx, 'voting.poll.cancelled', { subject, data: { ...data, reason } });
    return poll;
  });
}

/** Puts a poll that is over away: it stays readable and leaves the lists of polls that are going on. */
export async function archive(ctx: Context, id: string): Promise<Poll> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const poll = await pollToRun(tx, authorizer, id);
    if (poll.status !== 'CLOSED' && poll.status !== 'CANCELLED')
      throw new WrongStatus(poll, 'Only a poll that is over can be archived.');
    poll.status = 'ARCHIVED';
    await recordEvent(tx, ctx, 'voting.poll.archived', pollEvent(poll));
    return poll;
  });
}
