import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { Conflict, Forbidden } from '@polity/kernel/graph/errors';
import type { Acting, Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { PollKey } from '../ballot/poll-key.entity.ts';
import { newPollKey } from '../ballot/receipt.ts';
import { electorateOf } from '../elector/electorate.ts';
import { settleRoll } from '../elector/roll.ts';
import { standing } from '../nomination/nomination.standing.ts';
import { PollOption } from '../option/option.entity.ts';
import { addOptions, type NewOption } from '../option/option.write.ts';
import { Poll } from './poll.entity.ts';
import { pollErrors, WrongStatus } from './poll.errors.ts';
import { pollEvent, pollToRun, seenPoll } from './poll.found.ts';
import { lockPoll } from './poll.lock.ts';
import { canRun } from './poll.policy.ts';
import { askAgainAt, databaseNow, schedule } from './poll.schedule.ts';

/** Lets people nominate others and themselves. */
export async function openNominations(ctx: Context, id: string): Promise<Poll> {
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const poll = await pollToRun(tx, authorizer, id);
    if (poll.status !== 'DRAFT') throw new WrongStatus(poll, 'Nominations begin with a draft.');
    if (poll.method === 'CONSENT') throw new Conflict('A proposal has no nominees.', { reason: 'NO_NOMINEES' });
    poll.publish('NOMINATION');
    await recordEvent(tx, ctx, 'voting.poll.nominations_opened', pollEvent(poll));
    return poll;
  });
}

/** What is voted on beside the options that were written: who stands, the proposal itself, none of the above. */
async function lastOptions(tx: EntityManager, poll: Poll): Promise<NewOption[]> {
  const nominees = await standing(tx, poll);
  const written = await tx.count(PollOption, { pollId: poll.id });
  if (poll.method === 'CONSENT' && written === 0) return [{ title: poll.title }];
  const none = poll.noneOfTheAbove ? [{ title: 'None of the above', noneOfTheAbove: true }] : [];
  if (written + nominees.length === 0) throw new Conflict('There is nothing to vote for.', { reason: 'NO_OPTIONS' });
  return [...nominees, ...none];
}

/** Opens the poll in the caller's transaction, which has it locked: options and roll are frozen from here on. */
async function open(tx: EntityManager, acting: Acting, poll: Poll, members: string[] | null): Promise<void> {
  if (!poll.isPending()) throw new WrongStatus(poll, 'This poll was opened or cancelled already.');
  const now = await databaseNow(tx);
  if (poll.closesAt && poll.closesAt <= now)
    throw new Conflict('This poll would be over.', { reason: 'CLOSES_IN_PAST' });
  await addOptions(tx, poll, await lastOptions(tx, poll));
  const eligible = await settleRoll(tx, poll, members);
  if (eligible === 0) throw new Conflict('Nobody could vote.', { reason: 'NO_ELECTORS' });
  tx.create(PollKey, { id: poll.id, tenantId: poll.tenantId, key: newPollKey() });
  poll.publish('OPEN');
  Object.assign(poll, { openedAt: now, eligibleCount: eligible });
  await schedule(tx, poll);
  const { subject, data } = pollEvent(poll);
  await recordEvent(tx, acting, 'voting.poll.opened', { subject, data: { ...data, eligible } });
}

/** Opens a poll now, whatever its schedule says. */
export async function openPoll(ctx: Context, id: string): Promise<Poll> {
  const authorizer = await ctx.access.authorizer();
  const seen = await seenPoll(ctx, id);
  if (!canRun(authorizer, seen)) throw new Forbidden();
  if (!seen.isPending()) throw new WrongStatus(seen, 'This poll was opened or cancelled already.');
  const members = await electorateOf(ctx, seen);
  return write(
    ctx,
    async (tx) => {
      const poll = await pollToRun(tx, authorizer, id);
      await open(tx, ctx, poll, members);
      return poll;
    },
    pollErrors,
  );
}

/** Opens a poll whose time has come by the clock of the database; says what became of it. Safe to repeat. */
export async function openWhenDue(acting: Acting, id: string): Promise<string> {
  const seen = await acting.em.fork().findOne(Poll, { id });
  if (!seen?.isPending() || !seen.opensAt) return 'nothing to open';
  const members = await electorateOf(acting, seen);
  return write(
    acting,
    async (tx) => {
      await lockPoll(tx, id);
      const poll = await tx.findOne(Poll, { id });
      const now = await databaseNow(tx);
      if (!poll?.isPending() || !poll.opensAt) return 'nothing to open';
      if (poll.opensAt > now) {
        await schedule(tx, {
          ...poll,
          id,
          tenantId: poll.tenantId,
          status: poll.status,
          closesAt: null,
          opensAt: askAgainAt(poll.opensAt, now, acting.clock),
        });
        return 'too early';
      }
      await open(tx, acting, poll, members);
      return 'opened';
    },
    pollErrors,
  );
}
