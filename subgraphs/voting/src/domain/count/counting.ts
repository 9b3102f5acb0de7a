import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { enqueueJob } from '@polity/kernel/jobs/enqueue';
import type { Acting } from '../../context.ts';
import type { Count } from '../../counting/types.ts';
import { recordEvent } from '../../events.ts';
import { emptyBox, partRollAndBox } from '../ballot/box.ts';
import { PollKey } from '../ballot/poll-key.entity.ts';
import { PollOption } from '../option/option.entity.ts';
import { Poll } from '../poll/poll.entity.ts';
import { pollEvent } from '../poll/poll.found.ts';
import { lockPoll } from '../poll/poll.lock.ts';
import { PollCount } from './count.entity.ts';
import { countedBallots, electionOf, type Published, seedOf, weightOfVotes } from './election.ts';
import { outcomeOf } from './outcome.ts';
import { counted } from './thread.ts';
import { turnoutOver } from './turnout.ts';

export const COUNT_JOB = 'count-poll';
export const PARTICIPATION_JOB = 'record-participation';

/** Ballots that whoever closes a poll waits for; more are counted by the job. */
const AT_ONCE = 20_000;
/** The job comes after whoever closed the poll had the time to count it, in milliseconds. */
const LATER_MS = 5_000;

/** Has the poll counted, in the caller's transaction: even if this process dies once it is closed. */
export async function enqueueCount(
  tx: EntityManager,
  { clock }: Pick<Acting, 'clock'>,
  { id, tenantId }: Poll,
): Promise<void> {
  await enqueueJob(tx, { job: COUNT_JOB, tenantId, key: id, at: new Date(clock.nowMs() + LATER_MS) });
}

const HOW_MANY = `select (select count(*) from ballot where tenant_id = ? and poll_id = ? and invalidated_at is null)::int as named,
  (select count(*) from box_ballot where tenant_id = ? and poll_id = ?)::int as boxed,
  (select count(*) from elector where tenant_id = ? and poll_id = ? and participation <> 'NONE')::int as took`;

async function howMany(
  em: EntityManager,
  { tenantId, id }: Poll,
): Promise<{ named: number; boxed: number; took: number }> {
  const both = [tenantId, id];
  const [row] = await em.execute<[{ named: number; boxed: number; took: number }]>(HOW_MANY, [
    ...both,
    ...both,
    ...both,
  ]);
  return row;
}

const WEIGHTS = `update ballot set counted_weight = each.weight
  from unnest(?::text[], ?::int[]) as each(hash, weight)
  where ballot.tenant_id = ? and ballot.poll_id = ? and ballot.hash = each.hash and ballot.weight <> each.weight`;

async function keepWeights(tx: EntityManager, { tenantId, id }: Poll, ballots: readonly Published[]): Promise<void> {
  for (let from = 0; from < ballots.length; from += 5_000) {
    const batch = ballots.slice(from, from + 5_000);
    const [hashes, weights] = [batch.map(({ hash }) => hash), batch.map(({ weight }) => weight)];
    await tx.execute(WEIGHTS, [`{${hashes.join(',')}}`, `{${weights.join(',')}}`, tenantId, id]);
  }
}

interface Made {
  ballots: Published[];
  seed: string | null;
  count: Count;
  none: string | null;
}

async function make(em: EntityManager, poll: Poll): Promise<Made> {
  const options = await em.find(PollOption, { pollId: poll.id }, { orderBy: { position: 'asc' } });
  const ballots = await countedBallots(em, poll);
  const seed = poll.breakTies ? seedOf(ballots) : null;
  const count = await counted(electionOf(poll, options, ballots, seed));
  return { ballots, seed, count, none: options.find(({ noneOfTheAbove }) => noneOfTheAbove)?.id ?? null };
}

/** Keeps the count in the caller's transaction, and parts for good what joined voters and ballots. */
async function keep(
  tx: EntityManager,
  acting: Acting,
  poll: Poll,
  { ballots, seed, count, none }: Made,
): Promise<void> {
  const { id, tenantId, anonymous } = poll;
  const { took, named } = await howMany(tx, poll);
  const cast = ballots.reduce((sum, { weight }) => sum + weight, 0);
  const turnout = anonymous ? null : await turnoutOver(tx, poll);
  tx.create(PollCount, { id, tenantId, count, seed, turnout });
  const eligible = poll.eligibleCount ?? 0;
  const people = anonymous ? took : named;
  const outcome = outcomeOf({ poll, count, eligible, took: people, cast, votes: weightOfVotes(ballots), none });
  Object.assign(poll, { outcome, castCount: people });
  await tx.flush();
  if (anonymous) await partRollAndBox(tx, poll);
  else await keepWeights(tx, poll, ballots);
  await tx.nativeDelete(PollKey, { id });
  await enqueueJob(tx, { job: PARTICIPATION_JOB, tenantId, key: id, at: acting.clock.now() });
  const { subject, data } = pollEvent(poll);
  await recordEvent(tx, acting, 'voting.poll.counted', { subject, data: { ...data, outcome, cast: people, eligible } });
}

const isCounted = async (em: EntityManager, id: string) => (await em.count(PollCount, { id })) > 0;

async function dissolve(acting: Acting, poll: Poll): Promise<string> {
  await write(acting, async (tx) => {
    await lockPoll(tx, poll.id);
    await tx.nativeDelete(PollKey, { id: poll.id });
    if (!poll.anonymous) return;
    await emptyBox(tx, poll);
    await partRollAndBox(tx, poll);
  });
  return 'dissolved';
}

/** Counts a poll that is closed, once, outside of any transaction; says what became of it. Safe to repeat. */
export async function countPoll(acting: Acting, id: string): Promise<string> {
  const em = acting.em.fork();
  const poll = await em.findOne(Poll, { id });
  if (poll?.cancelledAt) return dissolve(acting, poll);
  if (!poll?.isClosed() || (await isCounted(em, id))) return 'nothing to count';
  const made = await make(em, poll);
  return write(acting, async (tx) => {
    await lockPoll(tx, id);
    const closed = await tx.findOne(Poll, { id });
    if (!closed || (await isCounted(tx, id))) return 'nothing to count';
    await keep(tx, acting, closed, made);
    return 'counted';
  });
}

/** Counts a poll for whoever closed it, unless that takes long; null where the job is to do it. */
export async function countNow(acting: Acting, id: string): Promise<Poll | null> {
  try {
    const em = acting.em.fork();
    const poll = await em.findOneOrFail(Poll, { id });
    const { named, boxed } = await howMany(em, poll);
    if (named + boxed > AT_ONCE) return null;
    await countPoll(acting, id);
    return await acting.em.fork().findOne(Poll, { id });
  } catch (error) {
    // The poll is closed whatever happened here, and the job counts it.
    acting.log.warn({ err: error, pollId: id }, 'a poll that was closed could not be counted at once');
    return null;
  } finally {
    acting.forget();
  }
}
