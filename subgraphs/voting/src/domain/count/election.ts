import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Election } from '../../counting/types.ts';
import { electionBallot, isBlank } from '../ballot/ballot.content.ts';
import type { BallotContent } from '../ballot/ballot.entity.ts';
import { countedWeights, type Represent } from '../delegation/weights.ts';
import type { PollRow } from '../poll/poll.entity.ts';

/** A ballot as it counts and is published. */
export interface Published {
  hash: string;
  weight: number;
  content: BallotContent;
  /** Null in anonymous polls. */
  voterId: string | null;
}

const PAGE = 5_000;

const BOX = `select hash, 1 as weight, content, null as "voterId" from box_ballot
  where tenant_id = ? and poll_id = ? and hash > ? order by hash limit ?`;
const NAMED = `select hash, coalesce(counted_weight, weight) as weight, content, voter_id as "voterId" from ballot
  where tenant_id = ? and poll_id = ? and hash > ? and invalidated_at is null order by hash limit ?`;

/** The ballots of a poll that count, by their hashes, which says nothing of when they came. */
export async function* ballotsOf(em: EntityManager, { tenantId, id, anonymous }: PollRow): AsyncGenerator<Published> {
  for (let after = ''; ; ) {
    const page = await em.execute<Published[]>(anonymous ? BOX : NAMED, [tenantId, id, after, PAGE]);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.hash as string;
  }
}

const ROLL =
  'select user_id as "userId", weight from elector where tenant_id = ? and poll_id = ? and user_id > ? order by user_id limit ?';
const DELEGATES = `select distinct on (delegator_id) delegator_id as "from", delegate_id as "to" from delegation
  where tenant_id = ? and scope_id = ? and topic in (?, '') order by delegator_id, topic desc`;
const NIL = '00000000-0000-0000-0000-000000000000';

async function rollOf(em: EntityManager, { tenantId, id }: PollRow): Promise<Map<string, number>> {
  const roll = new Map<string, number>();
  for (let after = NIL; ; ) {
    const page = await em.execute<{ userId: string; weight: number }[]>(ROLL, [tenantId, id, after, PAGE]);
    for (const { userId, weight } of page) roll.set(userId, weight);
    if (page.length < PAGE) return roll;
    after = page.at(-1)?.userId as string;
  }
}

/** What each ballot with a name weighs with what was delegated to its voter; null where nobody at the place delegates. */
async function delegatedWeights(em: EntityManager, poll: PollRow, ballots: readonly Published[]) {
  const asked = [poll.tenantId, poll.scopeRef().id, poll.topic ?? ''];
  const delegations = await em.execute<{ from: string; to: string }[]>(DELEGATES, asked);
  if (delegations.length === 0) return null;
  const represent: Represent = {
    roll: await rollOf(em, poll),
    voted: new Set(ballots.map(({ voterId }) => voterId as string)),
    delegates: new Map(delegations.map(({ from, to }) => [from, to])),
  };
  return countedWeights(represent);
}

/** Whether a poll was over before it came here: then who delegates here now has no part in it. */
const cameCounted = ({ externalKey, openedAt, createdAt }: PollRow) =>
  externalKey !== null && !!openedAt && openedAt < createdAt;

/** All ballots of a poll with the weights that they count with. */
export async function countedBallots(em: EntityManager, poll: PollRow): Promise<Published[]> {
  const ballots: Published[] = [];
  for await (const ballot of ballotsOf(em, poll)) ballots.push(ballot);
  const weights = poll.anonymous || cameCounted(poll) ? null : await delegatedWeights(em, poll, ballots);
  if (!weights) return ballots;
  return ballots.map((ballot) => ({ ...ballot, weight: weights.get(ballot.voterId as string) ?? ballot.weight }));
}

/** The seed of the lots: made of all published ballots, so that nobody can choose it and everybody can make it again. */
export function seedOf(ballots: readonly Published[]): string {
  const hash = createHash('sha256');
  for (const each of [...ballots].map((ballot) => ballot.hash).sort()) hash.update(`${each}\n`);
  return hash.digest('base64url');
}

/** The election as it is counted. */
export function electionOf(
  poll: PollRow,
  options: readonly { id: string }[],
  ballots: readonly Published[],
  seed: string | null,
): Election {
  const { rule, seats, maxChoices, minScore, maxScore, credits } = poll;
  return {
    ...{ rule, seats, options: options.map(({ id }) => id) },
    ballots: ballots.map(({ content, weight }) => electionBallot(content, poll, weight)),
    ...(seed !== null && { seed }),
    ...(maxChoices !== null && { maxChoices }),
    ...(minScore !== null && { minScore }),
    ...(maxScore !== null && { maxScore }),
    ...(credits !== null && { credits }),
  };
}

/** Weights summed up of those that say something. */
export const weightOfVotes = (ballots: readonly Published[]): number =>
  ballots.reduce((sum, { content, weight }) => (isBlank(content) ? sum : sum + weight), 0);
