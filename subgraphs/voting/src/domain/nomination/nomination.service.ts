import type { EntityManager } from '@mikro-orm/postgresql';
import { checked, line, readReason, text } from '@polity/kernel/domain/input';
import { write } from '@polity/kernel/domain/write';
import { keepUpload } from '@polity/kernel/files/request-files';
import { Conflict, Forbidden, InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { getVisible } from '@polity/kernel/graph/row-loaders';
import { canonicalId, isUuid, uuidv7 } from '@polity/kernel/ids';
import { renderMarkdown } from '@polity/kernel/text/markdown';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { Poll } from '../poll/poll.entity.ts';
import { WrongStatus } from '../poll/poll.errors.ts';
import { seenPoll } from '../poll/poll.found.ts';
import { lockPoll } from '../poll/poll.lock.ts';
import { canNominate, canRun, canStand } from '../poll/poll.policy.ts';
import { seenPolls } from '../poll/poll.visibility.ts';
import { Nomination } from './nomination.entity.ts';
import { nameOf } from './nominee.ts';

/** Nominations of one poll. */
const MAX_NOMINATIONS = 500;

const nominationInput = z.object({
  userId: z.string().nullish(),
  title: line(200).nullish(),
  statement: text(10_000).nullish(),
  image: z.string().nullish(),
});

const NOUN = 'This nomination';

type Told = 'accepted' | 'declined' | 'approved' | 'rejected';

const event = ({ id, pollId, nomineeId }: Nomination) => ({ nominationId: id, pollId, nomineeId });

const tell = (tx: EntityManager, ctx: Context, nomination: Nomination, what: Told) =>
  recordEvent(tx, ctx, `voting.nomination.${what}`, { subject: nomination.id, data: event(nomination) });

function mustNominate(poll: Pick<Poll, 'status'>): void {
  if (poll.status !== 'NOMINATION') throw new WrongStatus(poll, 'This poll takes no nominations now.');
}

/** Whether they belong where the poll lies. Throws NotFound for people who do not, and for such as nobody is. */
async function mustBelong(
  ctx: Context,
  poll: Poll | Awaited<ReturnType<typeof seenPoll>>,
  userId: string,
): Promise<void> {
  const other = isUuid(userId) ? await ctx.accessOf(userId).authorizer() : null;
  if (!other || !canStand(other.quiet, poll)) throw new NotFound('This person');
}

/** Somebody was nominated already: then this is a second to it, once from each person. */
async function second(tx: EntityManager, ctx: Context, nomination: Nomination): Promise<Nomination> {
  const userId = ctx.viewer.id as string;
  if (userId === nomination.nomineeId || userId === nomination.nominatedBy) return nomination;
  const sql = `insert into nomination_second (id, created_at, tenant_id, nomination_id, user_id) values (?, clock_timestamp(), ?, ?, ?)
    on conflict on constraint nomination_second_unique do nothing returning id`;
  const added = await tx.execute<unknown[]>(sql, [uuidv7(), ctx.tenantId, nomination.id, userId]);
  if (added.length > 0)
    await recordEvent(tx, ctx, 'voting.nomination.seconded', {
      subject: nomination.id,
      data: { ...event(nomination), userId },
    });
  return nomination;
}

/** Nominates oneself or somebody else; whoever nominates themselves has accepted. Throws NotFound, Forbidden, WrongStatus, InvalidInput. */
export async function nominate(
  ctx: Context,
  pollId: string,
  input: z.input<typeof nominationInput>,
): Promise<Nomination> {
  const { userId: given, title, statement, image: token } = checked(nominationInput, input);
  const [viewerId, authorizer] = [ctx.viewer.id as string, await ctx.access.authorizer()];
  const nomineeId = given ? canonicalId(given) : viewerId;
  const seen = await seenPoll(ctx, pollId);
  if (!canNominate(authorizer, seen)) throw new Forbidden();
  mustNominate(seen);
  await mustBelong(ctx, seen, nomineeId);
  const statementHtml = statement ? await renderMarkdown(statement, 'statement') : null;
  const name = title ?? (await nameOf(ctx, nomineeId));
  const image = token ? await ctx.files.claim(token, 'IMAGE') : null;
  return write(ctx, async (tx) => {
    // One after the other: whoever nominates somebody a second time finds the first.
    await lockPoll(tx, pollId);
    const poll = await getVisible(tx, Poll, { id: pollId, visible: seenPolls(authorizer), noun: 'This poll' });
    mustNominate(poll);
    const there = await tx.findOne(Nomination, { pollId, nomineeId });
    if (there) return second(tx, ctx, there);
    if ((await tx.count(Nomination, { pollId })) >= MAX_NOMINATIONS)
      throw new Conflict('This poll has as many nominations as it takes.', { reason: 'TOO_MANY_NOMINATIONS' });
    const status = nomineeId === viewerId ? ('ACCEPTED' as const) : ('PROPOSED' as const);
    if (image) await keepUpload(tx, image, ctx.clock.now());
    const nomination = tx.create(Nomination, {
      ...{ id: uuidv7(), tenantId: ctx.tenantId, pollId, nomineeId, nominatedBy: viewerId, status },
      ...{ title: name, statement: statement || null, statementHtml, imageFile: image?.name ?? null },
      respondedAt: status === 'ACCEPTED' ? ctx.clock.now() : null,
    });
    const data = { ...event(nomination), nominatedBy: viewerId };
    await recordEvent(tx, ctx, 'voting.nomination.created', { subject: nomination.id, data });
    return nomination;
  });
}

/** The nomination and its poll, alone until the transaction ends. Throws NotFound where either is hidden or missing. */
async function found(tx: EntityManager, ctx: Context, id: string): Promise<{ nomination: Nomination; poll: Poll }> {
  const authorizer = await ctx.access.authorizer();
  const first = isUuid(id) ? await tx.findOne(Nomination, { id }) : null;
  if (!first) throw new NotFound(NOUN);
  await lockPoll(tx, first.pollId);
  const poll = await getVisible(tx, Poll, { id: first.pollId, visible: seenPolls(authorizer), noun: NOUN });
  const nomination = await tx.refresh(first);
  if (!nomination) throw new NotFound(NOUN);
  return { nomination, poll };
}

/** Accepts or declines one's own nomination, until the poll opens. */
export async function respond(ctx: Context, id: string, accept: boolean): Promise<Nomination> {
  return write(ctx, async (tx) => {
    const { nomination, poll } = await found(tx, ctx, id);
    if (nomination.nomineeId !== ctx.viewer.id) throw new Forbidden();
    mustNominate(poll);
    const status = accept ? 'ACCEPTED' : 'DECLINED';
    const isSo = nomination.status === status || (accept && nomination.status === 'APPROVED');
    if (isSo)
      throw new Conflict(`This nomination is ${nomination.status.toLowerCase()} already.`, { reason: 'ANSWERED' });
    if (nomination.status === 'REJECTED') throw new Conflict('This nomination was rejected.', { reason: 'REJECTED' });
    Object.assign(nomination, { status, respondedAt: ctx.clock.now() });
    await tell(tx, ctx, nomination, accept ? 'accepted' : 'declined');
    return nomination;
  });
}

/** Approves or rejects a nomination that was accepted, for whoever runs the poll. */
export async function review(ctx: Context, id: string, approve: boolean, given?: string | null): Promise<Nomination> {
  const reviewReason = readReason(given);
  const authorizer = await ctx.access.authorizer();
  return write(ctx, async (tx) => {
    const { nomination, poll } = await found(tx, ctx, id);
    if (!canRun(authorizer, poll)) throw new Forbidden();
    mustNominate(poll);
    if (approve && !poll.nominationApproval)
      throw new InvalidInput({ approve: 'is not needed: whoever accepts in this poll stands' });
    const from = approve ? ['ACCEPTED'] : ['PROPOSED', 'ACCEPTED', 'APPROVED'];
    if (!from.includes(nomination.status))
      throw new Conflict(`This nomination is ${nomination.status.toLowerCase()}.`, { reason: 'REVIEWED' });
    const status = approve ? 'APPROVED' : 'REJECTED';
    Object.assign(nomination, { status, reviewedBy: ctx.viewer.id, reviewReason });
    await tell(tx, ctx, nomination, approve ? 'approved' : 'rejected');
    return nomination;
  });
}
