import type { EntityManager } from '@mikro-orm/postgresql';
import { checked, line } from '@polity/kernel/domain/input';
import { Conflict, Forbidden } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { NotEligible, PollNotOpen } from '../poll/poll.errors.ts';
import { seenPoll } from '../poll/poll.found.ts';
import { holdPoll } from '../poll/poll.lock.ts';
import { canVote, seesOpen } from '../poll/poll.policy.ts';
import { type BallotInput, readBallot, type Voting } from './ballot.content.ts';
import type { BallotContent } from './ballot.entity.ts';

export type CastInput = BallotInput & { pollId: string; receipt?: string | null; idempotencyKey?: string | null };

/** A ballot that was read, on its way into a poll. */
export interface Casting {
  poll: PollRow;
  voterId: string;
  content: BallotContent;
  idempotencyKey: string | null;
  receipt: string | null;
}

/** The poll and the voter as they are while the transaction holds the poll. */
export interface Standing {
  /** Time of the database. */
  now: Date;
  pollKey: string;
  electorId: string;
  weight: number;
  participation: string;
}

const given = z.object({ idempotencyKey: line(200).nullish(), receipt: line(20_000).nullish() });

// What stands in an open poll no longer changes, so it is read once: a hot poll is asked for it with each ballot.
const known = new Map<string, Voting & { poll: PollRow }>();
const KNOWN_POLLS = 200;

/** The poll, as it was read once it was open, where the viewer sees what lies there; what may change of it is asked for again with the ballot. */
async function openPoll(ctx: Context, pollId: string): Promise<PollRow> {
  const poll = known.get(pollId)?.poll;
  if (poll?.tenantId !== ctx.tenantId) return seenPoll(ctx, pollId);
  return seesOpen(await ctx.access.authorizer(), poll) ? poll : seenPoll(ctx, pollId);
}

async function votingIn(ctx: Context, poll: PollRow): Promise<Voting> {
  const found = known.get(poll.id);
  if (found) return found;
  const options = await ctx.loaders.optionsOf.load(poll.id);
  const voting = { poll, options: new Set(options.map(({ id }) => id)) };
  if (poll.status === 'OPEN' && known.size >= KNOWN_POLLS) known.delete(known.keys().next().value as string);
  if (poll.status === 'OPEN') known.set(poll.id, voting);
  return voting;
}

/** Reads a ballot. Throws NotFound, Forbidden, PollNotOpen, InvalidInput. */
export async function readCasting(
  ctx: Context,
  { pollId, idempotencyKey, receipt, ...ballot }: CastInput,
): Promise<Casting> {
  const poll = await openPoll(ctx, pollId);
  if (!canVote(await ctx.access.authorizer(), poll)) throw new Forbidden();
  if (poll.status !== 'OPEN') throw new PollNotOpen(poll.status);
  const content = readBallot(ballot, await votingIn(ctx, poll));
  const more = checked(given, { idempotencyKey: idempotencyKey ?? null, receipt: receipt ?? null });
  return {
    ...{ poll, content, voterId: ctx.viewer.id as string },
    ...{ idempotencyKey: more.idempotencyKey ?? null, receipt: more.receipt ?? null },
  };
}

const STANDING = `select p.status, p.hidden_at is not null as hidden, clock_timestamp() as now, k.key as "pollKey",
    p.closes_at is null or p.closes_at > clock_timestamp() as "inTime", e.id as "electorId", e.user_id as "voterId", e.weight, e.participation
  from poll p left join poll_key k on k.tenant_id = p.tenant_id and k.id = p.id
    left join elector e on e.tenant_id = p.tenant_id and e.poll_id = p.id and e.user_id = any(?::uuid[])
  where p.tenant_id = ? and p.id = ?`;

interface StandingRow extends Omit<Standing, 'now'> {
  now: Date | string;
  status: string;
  hidden: boolean;
  inTime: boolean;
  voterId: string | null;
}

type OfPoll = Pick<PollRow, 'id' | 'tenantId'>;

async function standingRows(tx: EntityManager, { id, tenantId }: OfPoll, voterIds: readonly string[]) {
  await holdPoll(tx, id);
  return tx.execute<StandingRow[]>(STANDING, [`{${voterIds.join(',')}}`, tenantId, id]);
}

/**
 * Holds the poll open until the transaction ends and tells how the voter stands in it. By the clock of the database: a poll is over when its time is,
 * however late the job is that closes it. Throws PollNotOpen, NotEligible.
 */
export async function standingIn(tx: EntityManager, poll: OfPoll, voterId: string): Promise<Standing> {
  const [row] = await standingRows(tx, poll, [voterId]);
  if (row?.status !== 'OPEN' || !row.inTime)
    throw new PollNotOpen(row?.status === 'OPEN' ? 'CLOSED' : (row?.status ?? 'CLOSED'));
  if (!row.electorId) throw new NotEligible();
  return { ...row, now: new Date(row.now) };
}

/** The same for many, by voter: those who may vote, and nobody where the poll is hidden or not open. */
export async function standingsIn(
  tx: EntityManager,
  poll: OfPoll,
  voterIds: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await standingRows(tx, poll, voterIds);
  return new Map(
    rows.flatMap((row) => {
      const votes = row.status === 'OPEN' && row.inTime && !row.hidden && row.voterId !== null;
      return votes ? [[row.voterId as string, { ...row, now: new Date(row.now) }] as const] : [];
    }),
  );
}

/** Thrown where a client calls another ballot by the name of one that was cast. */
export class KeyReused extends Conflict {
  constructor() {
    super('This idempotency key was used for another ballot.', { reason: 'IDEMPOTENCY_KEY_REUSED' });
  }
}
