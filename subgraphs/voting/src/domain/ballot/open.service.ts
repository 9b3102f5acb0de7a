import type { EntityManager } from '@mikro-orm/postgresql';
import { readNeededReason } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { isUuid, uuidv7 } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { AlreadyVoted, PollNotOpen, WrongStatus } from '../poll/poll.errors.ts';
import { pollToRun } from '../poll/poll.found.ts';
import { canManage } from '../poll/poll.policy.ts';
import { Ballot } from './ballot.entity.ts';
import { type BallotView, shownBallot } from './ballot.view.ts';
import { type Casting, KeyReused, standingIn } from './casting.ts';
import { makeReceipt, receiptText } from './receipt.ts';

// One ballot per voter: whoever comes second replaces it whole, unless it is the same try again, or may not be replaced.
const CAST = `insert into ballot as there (id, created_at, tenant_id, poll_id, voter_id, weight, content, hash, cast_at, idempotency_key)
  values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
  on conflict on constraint ballot_one_per_voter do update set content = excluded.content, hash = excluded.hash, cast_at = excluded.cast_at,
    idempotency_key = excluded.idempotency_key
  where ? and there.invalidated_at is null
    and (excluded.idempotency_key is null or there.idempotency_key is distinct from excluded.idempotency_key)
  returning id, xmax <> 0 as changed`;

/** What a ballot that could not be replaced says about why. */
async function notReplaced(tx: EntityManager, casting: Casting, hash: string): Promise<Ballot> {
  const { poll, voterId, idempotencyKey } = casting;
  const there = await tx.findOneOrFail(Ballot, { pollId: poll.id, voterId });
  if (there.invalidatedAt) throw new AlreadyVoted('Your ballot was declared invalid.');
  const isSameTry = idempotencyKey !== null && there.idempotencyKey === idempotencyKey;
  if (isSameTry && there.hash === hash) return there;
  if (isSameTry) throw new KeyReused();
  throw new AlreadyVoted('A ballot of this poll cannot be changed.');
}

/** Casts a ballot with a name, or replaces the one that is there. */
export async function cast(ctx: Context, casting: Casting): Promise<BallotView> {
  const { poll, voterId, content, idempotencyKey } = casting;
  return write(ctx, async (tx) => {
    const { now, pollKey, weight } = await standingIn(tx, poll, voterId);
    const receipt = makeReceipt({ pollKey, voterId, idempotencyKey, unit: 0 }, poll.id, content);
    const row = [uuidv7(), now, poll.tenantId, poll.id, voterId, weight, JSON.stringify(content), receipt.hash, now];
    const [done] = await tx.execute<{ id: string; changed: boolean }[]>(CAST, [
      ...row,
      idempotencyKey,
      poll.allowsChange,
    ]);
    if (!done) return shownBallot(await notReplaced(tx, casting, receipt.hash), receiptText([receipt]));
    const data = { pollId: poll.id, anonymous: false, voterId, changed: done.changed };
    // A ballot is an aggregate of its own: the events of a whole poll in one order would be one queue for all who vote.
    await recordEvent(tx, ctx, 'voting.vote.cast', { subject: done.id, data });
    const shown = { weight, castAt: now, content, invalidatedAt: null, invalidReason: null };
    return { id: done.id, pollId: poll.id, voterId, ...shown, receipt: receiptText([receipt]) };
  });
}

/** Takes one's ballot back, and answers it as it was. Throws NotFound where there is none. */
export async function withdraw(ctx: Context, poll: PollRow, voterId: string): Promise<BallotView> {
  return write(ctx, async (tx) => {
    await standingIn(tx, poll, voterId);
    const there = await tx.findOne(Ballot, { pollId: poll.id, voterId });
    if (!there) throw new NotFound('This ballot');
    if (there.invalidatedAt) throw new AlreadyVoted('Your ballot was declared invalid.');
    if (!poll.allowsChange) throw new AlreadyVoted('A ballot of this poll cannot be changed.');
    const gone = await tx.nativeDelete(Ballot, { id: there.id, hash: there.hash });
    if (gone === 0) throw new NotFound('This ballot');
    const data = { pollId: poll.id, anonymous: false, voterId };
    await recordEvent(tx, ctx, 'voting.vote.withdrawn', { subject: there.id, data });
    return shownBallot(there);
  });
}

/** Declares a ballot of an open poll invalid: it stays, for all who see it, with the reason, and does not count. */
export async function invalidate(ctx: Context, id: string, given: string): Promise<BallotView> {
  const reason = readNeededReason(given);
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const ballot = isUuid(id) ? await tx.findOne(Ballot, { id }) : null;
    if (!ballot) throw new NotFound('This ballot');
    const poll = await pollToRun(tx, authorizer, ballot.pollId).catch(() => null);
    // Whoever may not see it learns nothing of it, and whoever made the poll does not choose whose ballot counts.
    if (!poll) throw new NotFound('This ballot');
    if (!canManage(authorizer, poll.place())) throw new Forbidden();
    if (poll.status !== 'OPEN') throw new PollNotOpen(poll.status);
    const set = { invalidatedAt: ctx.clock.now(), invalidatedBy: ctx.viewer.id, invalidReason: reason };
    const changed = await tx.nativeUpdate(Ballot, { id, invalidatedAt: null }, set);
    if (changed === 0) throw new WrongStatus(poll, 'This ballot is invalid already.');
    const { pollId, voterId } = ballot;
    await recordEvent(tx, ctx, 'voting.vote.invalidated', {
      subject: id,
      data: { pollId, ballotId: id, voterId, reason },
    });
    return shownBallot(Object.assign(ballot, set));
  });
}
