import type { EntityManager } from '@mikro-orm/postgresql';
import type { Authorizer } from '@polity/kernel/access/authorizer';
import { Forbidden, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import { Poll, type PollRow } from './poll.entity.ts';
import { WrongStatus } from './poll.errors.ts';
import { lockPoll } from './poll.lock.ts';
import { canRun } from './poll.policy.ts';
import { seenPolls } from './poll.visibility.ts';

const NOUN = 'This poll';

/** The poll as the viewer sees it. Throws NotFound for hidden and missing alike. */
export async function seenPoll(ctx: Context, id: string): Promise<PollRow> {
  const poll = await ctx.loaders.pollById.load(id);
  if (!poll) throw new NotFound(NOUN);
  return poll;
}

/** The poll for a verb of whoever runs it, alone until the transaction ends. Throws NotFound, Forbidden. */
export async function pollToRun(tx: EntityManager, authorizer: Authorizer, id: string): Promise<Poll> {
  if (isUuid(id)) await lockPoll(tx, id);
  const poll = await getVisible(tx, Poll, { id, visible: seenPolls(authorizer), noun: NOUN });
  if (!canRun(authorizer, poll)) throw new Forbidden();
  return poll;
}

/** The same of a poll that nobody votes in yet. Throws WrongStatus, too. */
export async function pollToPrepare(tx: EntityManager, authorizer: Authorizer, id: string): Promise<Poll> {
  const poll = await pollToRun(tx, authorizer, id);
  if (!poll.isPending()) throw new WrongStatus(poll, 'This poll can no longer be changed.');
  return poll;
}

/** What events tell of a poll. */
export const pollEvent = ({ id, communityId, teamId, visibility }: PollRow) => ({
  subject: id,
  data: { pollId: id, communityId: communityId ?? null, teamId: teamId ?? null, visibility },
});
