import { peopleShown } from '@polity/kernel/access/blocks';
import { type Sql, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { newestFirst, oldestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { seesBallots } from '../count/results.ts';
import { Elector } from '../elector/elector.entity.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { canRun } from '../poll/poll.policy.ts';
import type { BallotContent } from './ballot.entity.ts';
import { Ballot } from './ballot.entity.ts';
import { type BallotView, shownBallot, shownVote } from './ballot.view.ts';
import { BoxBallot } from './box.entity.ts';
import { ballotHash, readReceipts } from './receipt.ts';

function mapped<From, To>({ edges, ...rest }: Connection<From>, map: (node: From) => To): Connection<To> {
  return { ...rest, edges: edges.map(({ cursor, node }) => ({ cursor, node: map(node) })) };
}

/** The viewer's own ballot; of an anonymous poll whether they voted, which is all that is known. */
export async function ofViewer(ctx: Context, { id, anonymous }: PollRow): Promise<BallotView | null> {
  if (!anonymous) {
    const ballot = await ctx.loaders.viewerBallot.load(id);
    return ballot && shownBallot(ballot);
  }
  const elector = await ctx.loaders.viewerElector.load(id);
  return elector?.participation === 'VOTED' ? shownVote(elector) : null;
}

/** Those who run a poll see who voted whoever blocked whom, as all see what was voted. */
async function shownVoters(ctx: Context, poll: PollRow, column: string): Promise<Sql> {
  const authorizer = await ctx.access.authorizer();
  return peopleShown(authorizer, column, canRun(authorizer.quiet, poll));
}

/** Who voted what in a poll with names; null where the viewer may not see that, and in anonymous polls. */
export async function ofPoll(
  ctx: Context,
  poll: PollRow,
  args: ConnectionArgs,
): Promise<Connection<BallotView> | null> {
  if (poll.anonymous || !(await seesBallots(ctx, poll))) return null;
  const where = await shownVoters(ctx, poll, 't.voter_id');
  const list = { list: 'poll.ballots', entity: Ballot, parent: 't.poll_id', where, order: oldestFirst };
  return mapped(await ctx.loaders.pages<Ballot>(list, poll.id, args), (ballot) => shownBallot(ballot));
}

/** A ballot as it is published when a poll closes: its hash beside what it says. */
export interface PublishedView {
  pollId: string;
  hash: string;
  weight: number;
  content: BallotContent;
}

const byHash = [{ column: 'hash', direction: 'asc', type: 'text' }] as const;

/** All ballots that counted, by their hashes; null until the poll was counted. */
export async function published(
  ctx: Context,
  poll: PollRow,
  args: ConnectionArgs,
): Promise<Connection<PublishedView> | null> {
  if (!poll.isClosed() || !poll.outcome) return null;
  const list = { parent: 't.poll_id', order: byHash };
  if (poll.anonymous) {
    const box = { ...list, list: 'poll.box', entity: BoxBallot };
    return mapped(await ctx.loaders.pages<BoxBallot>(box, poll.id, args), ({ pollId, hash, content }) => ({
      pollId,
      hash,
      weight: 1,
      content,
    }));
  }
  const named = { ...list, list: 'poll.published', entity: Ballot, where: sql('t.invalidated_at is null') };
  return mapped(
    await ctx.loaders.pages<Ballot>(named, poll.id, args),
    ({ pollId, hash, weight, countedWeight, content }) => ({ pollId, hash, weight: countedWeight ?? weight, content }),
  );
}

/** Who took part, without times and in the order of their ids; null until the poll was counted. */
export async function participants(
  ctx: Context,
  poll: PollRow,
  args: ConnectionArgs,
): Promise<Connection<{ id: string }> | null> {
  if (!poll.isClosed() || !poll.outcome) return null;
  const userOrder = (column: string) => [{ column, direction: 'asc', type: 'uuid' }] as const;
  if (!poll.anonymous) {
    const list = {
      list: 'poll.voters',
      entity: Ballot,
      parent: 't.poll_id',
      order: userOrder('voterId'),
      where: [sql('t.invalidated_at is null'), await shownVoters(ctx, poll, 't.voter_id')],
    };
    return mapped(await ctx.loaders.pages<Ballot>(list, poll.id, args), ({ voterId }) => ({ id: voterId }));
  }
  const roll = {
    list: 'poll.roll',
    entity: Elector,
    parent: 't.poll_id',
    order: userOrder('userId'),
    where: [sql(`t.participation = 'VOTED'`), await shownVoters(ctx, poll, 't.user_id')],
  };
  return mapped(await ctx.loaders.pages<Elector>(roll, poll.id, args), ({ userId }) => ({ id: userId }));
}

/** The viewer's own ballots with a name, newest first; null for anybody else's. */
export async function ofUser(
  ctx: Context,
  userId: string,
  args: ConnectionArgs,
): Promise<Connection<BallotView> | null> {
  if (ctx.viewer.kind !== 'user' || ctx.viewer.id !== userId) return null;
  const list = { list: 'user.ballots', args, order: newestFirst, where: { voterId: userId } };
  return mapped(await pageOf(ctx.em, Ballot, list), (ballot) => shownBallot(ballot));
}

/** What a receipt shows. */
export interface ReceiptCheck {
  pollId: string;
  /** Whether each secret makes its hash of the ballot beside it; null where hashes alone were given. */
  authentic: boolean | null;
  found: PublishedView[];
  missing: string[];
}

const HASH = /^[A-Za-z0-9_-]{43}$/;

/** Whether the ballots of receipts, or of hashes, are among those that were published. Null where the viewer sees no such poll, or it was not counted. Throws InvalidInput. */
export async function verify(ctx: Context, pollId: string, given: string): Promise<ReceiptCheck | null> {
  const poll = await ctx.loaders.pollById.load(pollId);
  const words = given.trim().split(/\s+/).slice(0, 1_000);
  const receipts = readReceipts(words.join(' '));
  const hashes = receipts?.map(({ hash }) => hash) ?? words;
  if (!hashes.every((hash) => HASH.test(hash))) throw new InvalidInput({ receipt: 'is no receipt' });
  if (!poll?.isClosed() || !poll.outcome) return null;
  const found = await lookedUp(ctx, poll, hashes);
  const contents = new Map(found.map(({ hash, content }) => [hash, content]));
  const authentic = receipts?.every(({ secret, hash }) => {
    const content = contents.get(hash);
    return content !== undefined && ballotHash(secret, poll.id, content) === hash;
  });
  return { pollId, authentic: authentic ?? null, found, missing: hashes.filter((hash) => !contents.has(hash)) };
}

async function lookedUp(ctx: Context, poll: PollRow, hashes: readonly string[]): Promise<PublishedView[]> {
  const table = poll.anonymous ? 'box_ballot' : 'ballot';
  const weight = poll.anonymous ? '1' : 'coalesce(counted_weight, weight)';
  const counts = poll.anonymous ? '' : ' and invalidated_at is null';
  const statement = `select poll_id as "pollId", hash, ${weight} as weight, content from ${table}
    where tenant_id = ? and poll_id = ? and hash = any(?::text[])${counts} order by hash`;
  return ctx.em.execute<PublishedView[]>(statement, [poll.tenantId, poll.id, `{${hashes.join(',')}}`]);
}
