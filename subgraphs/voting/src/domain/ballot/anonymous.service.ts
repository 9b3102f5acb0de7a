import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { write } from '@polity/kernel/domain/write';
import { InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { recordEvent } from '../../events.ts';
import { type Represented, whomToRepresent } from '../delegation/represented.ts';
import { CoveredUnit } from '../elector/elector.entity.ts';
import type { PollRow } from '../poll/poll.entity.ts';
import { AlreadyVoted } from '../poll/poll.errors.ts';
import { type BallotView, shownVote } from './ballot.view.ts';
import { foundIn, putIn, takeOut } from './box.ts';
import { type Casting, type Standing, standingIn } from './casting.ts';
import { makeReceipt, type Receipt, readReceipts, receiptText } from './receipt.ts';

/** An event of an anonymous poll names nobody, neither in its data nor in its envelope, and no request whose log line does. */
export const nameless = (poll: PollRow) => ({
  by: { cause: { tenantId: poll.tenantId, actorId: null, requestId: null } },
  subject: randomUUID(),
  data: { pollId: poll.id, anonymous: true, voterId: null },
});

async function tellCast(tx: EntityManager, poll: PollRow, changed: boolean): Promise<void> {
  const { by, subject, data } = nameless(poll);
  await recordEvent(tx, by, 'voting.vote.cast', { subject, data: { ...data, changed } });
}

async function tellWithdrawn(tx: EntityManager, poll: PollRow): Promise<void> {
  const { by, ...told } = nameless(poll);
  await recordEvent(tx, by, 'voting.vote.withdrawn', told);
}

const VOTE = `update elector set participation = 'VOTED' where tenant_id = ? and id = ? and participation <> 'VOTED' returning 1`;

/** Marks the voter on the roll, and takes back what a delegate cast for them; false where they voted. */
async function mark(tx: EntityManager, poll: PollRow, electorId: string): Promise<boolean> {
  const marked = await tx.execute<unknown[]>(VOTE, [poll.tenantId, electorId]);
  if (marked.length > 0) await uncover(tx, poll, [electorId]);
  return marked.length > 0;
}

/** Takes out what delegates cast for these electors. */
async function uncover(tx: EntityManager, poll: PollRow, electorIds: readonly string[]): Promise<void> {
  const covered = await tx.find(CoveredUnit, { electorId: { $in: [...electorIds] } });
  if (covered.length === 0) return;
  await takeOut(
    tx,
    poll,
    covered.map(({ hash }) => hash),
  );
  await tx.nativeDelete(CoveredUnit, { id: { $in: covered.map(({ id }) => id) } });
}

const COVER = `update elector set participation = 'COVERED' where tenant_id = ? and id = any(?::uuid[])`;

async function cover(
  tx: EntityManager,
  poll: PollRow,
  represented: readonly Represented[],
  receipts: readonly Receipt[],
) {
  const ids = represented.map(({ electorId }) => electorId);
  await uncover(tx, poll, ids);
  await tx.execute(COVER, [poll.tenantId, `{${ids.join(',')}}`]);
  const units = represented.flatMap(({ electorId, weight }) => Array.from({ length: weight }, () => electorId));
  for (const [index, electorId] of units.entries()) {
    const hash = receipts[index]?.hash as string;
    tx.create(CoveredUnit, { id: randomUUID(), tenantId: poll.tenantId, pollId: poll.id, electorId, hash });
  }
  await tx.flush();
}

/** As many receipts for one ballot, each of a secret of its own. */
function receiptsFor({ poll, voterId, content, idempotencyKey }: Casting, pollKey: string, units: number): Receipt[] {
  return Array.from({ length: units }, (_, unit) =>
    makeReceipt({ pollKey, voterId, idempotencyKey, unit }, poll.id, content),
  );
}

/** The receipts of the same try, where it was heard before: whoever did not get the answer asks again. */
async function heardBefore(
  tx: EntityManager,
  casting: Casting,
  pollKey: string,
  units: number,
): Promise<Receipt[] | null> {
  if (casting.idempotencyKey === null) return null;
  const found = await foundIn(tx, casting.poll, receiptsFor(casting, pollKey, units));
  return found.length > 0 ? found : null;
}

/** Most units that one voter casts, delegated ones among them. */
const MAX_UNITS = 1_000;

async function castAnew(tx: EntityManager, casting: Casting, standing: Standing): Promise<Receipt[]> {
  const { poll, voterId, content } = casting;
  const { pollKey, electorId, weight } = standing;
  if (!(await mark(tx, poll, electorId))) {
    const again = await heardBefore(tx, casting, pollKey, MAX_UNITS);
    if (again) return again;
    throw new AlreadyVoted('You voted in this poll. Its receipt changes a ballot.');
  }
  const represented = await whomToRepresent(tx, poll, voterId, MAX_UNITS - weight);
  const units = represented.reduce((sum, each) => sum + each.weight, weight);
  const receipts = receiptsFor(casting, pollKey, units);
  if (represented.length > 0) await cover(tx, poll, represented, receipts.slice(weight));
  await putIn(
    tx,
    poll,
    content,
    receipts.map(({ hash }) => hash),
  );
  await tellCast(tx, poll, false);
  return receipts;
}

function readGiven(given: string | null): Receipt[] {
  const receipts = given === null ? null : readReceipts(given);
  if (!receipts)
    throw new InvalidInput({ receipt: given === null ? 'is needed in an anonymous poll' : 'is no receipt' });
  return receipts;
}

const RENAME = 'update covered_unit set hash = ? where tenant_id = ? and poll_id = ? and hash = ?';

/** Replaces the ballots of these receipts; those that somebody took back by voting are gone. Throws NotFound where all are. */
async function replace(tx: EntityManager, casting: Casting, { pollKey }: Standing): Promise<Receipt[]> {
  const { poll, content } = casting;
  const found = await foundIn(tx, poll, readGiven(casting.receipt));
  if (found.length === 0) {
    const again = await heardBefore(tx, casting, pollKey, readGiven(casting.receipt).length);
    if (again) return again;
    throw new NotFound('A ballot with this receipt');
  }
  if (!poll.allowsChange) throw new AlreadyVoted('A ballot of this poll cannot be changed.');
  const receipts = receiptsFor(casting, pollKey, found.length);
  await takeOut(
    tx,
    poll,
    found.map(({ hash }) => hash),
  );
  await putIn(
    tx,
    poll,
    content,
    receipts.map(({ hash }) => hash),
  );
  for (const [index, { hash }] of found.entries())
    await tx.execute(RENAME, [receipts[index]?.hash, poll.tenantId, poll.id, hash]);
  await tellCast(tx, poll, true);
  return receipts;
}

/** Casts a ballot without a name, or with a receipt replaces the one that it is of. */
export async function cast(ctx: Context, casting: Casting): Promise<BallotView> {
  const { poll, voterId } = casting;
  if (casting.receipt !== null) readGiven(casting.receipt);
  return write(ctx, async (tx) => {
    const standing = await standingIn(tx, poll, voterId);
    const act = casting.receipt === null ? castAnew : replace;
    const receipts = await act(tx, casting, standing);
    return shownVote({ id: standing.electorId, pollId: poll.id, userId: voterId }, receiptText(receipts));
  });
}

const UNMARK = `update elector set participation = 'NONE' where tenant_id = ? and id = any(?::uuid[]) and participation = ?`;

/** Takes the ballots of these receipts back, so that the voter and those whom they stood for may vote again. */
export async function withdraw(
  ctx: Context,
  poll: PollRow,
  voterId: string,
  given: string | null,
): Promise<BallotView> {
  const receipts = readGiven(given);
  return write(ctx, async (tx) => {
    const { electorId, participation } = await standingIn(tx, poll, voterId);
    const found = participation === 'VOTED' ? await foundIn(tx, poll, receipts) : [];
    if (found.length === 0) throw new NotFound('A ballot with this receipt');
    if (!poll.allowsChange) throw new AlreadyVoted('A ballot of this poll cannot be changed.');
    const hashes = found.map(({ hash }) => hash);
    const covered = await tx.find(CoveredUnit, { pollId: poll.id, hash: { $in: hashes } });
    const ids = covered.map((unit) => unit.electorId);
    await tx.execute(UNMARK, [poll.tenantId, `{${ids.join(',')}}`, 'COVERED']);
    await tx.nativeDelete(CoveredUnit, { id: { $in: covered.map(({ id }) => id) } });
    // Whoever gives back only what was delegated to them keeps their own ballot.
    if (covered.length < found.length) await tx.execute(UNMARK, [poll.tenantId, `{${electorId}}`, 'VOTED']);
    await takeOut(tx, poll, hashes);
    await tellWithdrawn(tx, poll);
    return shownVote({ id: electorId, pollId: poll.id, userId: voterId });
  });
}
