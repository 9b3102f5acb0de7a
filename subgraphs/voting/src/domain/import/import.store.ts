import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import { renderMarkdown } from '@polity/kernel/text/markdown';
import { putIn } from '../ballot/box.ts';
import { makeReceipt } from '../ballot/receipt.ts';
import { type NewElector, putOnRoll, settleRoll } from '../elector/roll.ts';
import { Nomination } from '../nomination/nomination.entity.ts';
import type { Poll } from '../poll/poll.entity.ts';
import type { NewNomination, NewVote } from './import.parts.ts';

const BATCH = 1_000;

const CAST = `insert into ballot (id, created_at, tenant_id, poll_id, voter_id, weight, content, hash, cast_at)
  select each.id, clock_timestamp(), ?::uuid, ?::uuid, each.voter, e.weight, each.content, each.hash, each.at
  from jsonb_to_recordset(?::jsonb) as each(id uuid, voter uuid, content jsonb, hash text, at timestamptz)
    join elector e on e.tenant_id = ?::uuid and e.poll_id = ?::uuid and e.user_id = each.voter`;
const VOTED = `update elector set participation = 'VOTED' where tenant_id = ? and poll_id = ? and user_id = any(?::uuid[])`;

/** The hash of a ballot under a secret that nobody is given: whoever voted elsewhere has no receipt of ours. */
const hashOf = (poll: Poll, { voterId, content }: NewVote) =>
  makeReceipt({ pollKey: '', voterId, idempotencyKey: null, unit: 0 }, poll.id, content).hash;

async function castWithNames(tx: EntityManager, poll: Poll, votes: readonly NewVote[]): Promise<void> {
  for (let from = 0; from < votes.length; from += BATCH) {
    const rows = votes.slice(from, from + BATCH).map((vote) => ({
      ...{ id: uuidv7(), voter: vote.voterId, content: vote.content },
      ...{ hash: hashOf(poll, vote), at: vote.castAt ?? poll.closedAt },
    }));
    await tx.execute(CAST, [poll.tenantId, poll.id, JSON.stringify(rows), poll.tenantId, poll.id]);
  }
}

async function castWithoutNames(
  tx: EntityManager,
  poll: Poll,
  votes: readonly NewVote[],
  weights: ReadonlyMap<string, number>,
): Promise<void> {
  for (const vote of votes) {
    const units = Array.from({ length: weights.get(vote.voterId) ?? 1 }, () => hashOf(poll, vote));
    await putIn(tx, poll, vote.content, units);
  }
  await tx.execute(VOTED, [poll.tenantId, poll.id, `{${votes.map(({ voterId }) => voterId).join(',')}}`]);
}

/** Puts the roll and the ballots of a poll that is over where the count finds them. */
export async function storeVotes(
  tx: EntityManager,
  poll: Poll,
  given: readonly NewElector[],
  votes: readonly NewVote[],
): Promise<void> {
  const roll = new Map(given.map((elector) => [elector.userId, elector]));
  // Who voted was on the roll, whatever list of it was kept.
  for (const { voterId } of votes) if (!roll.has(voterId)) roll.set(voterId, { userId: voterId });
  await putOnRoll(tx, poll, [...roll.values()]);
  poll.eligibleCount = await settleRoll(tx, poll, null);
  const weights = new Map([...roll.values()].map(({ userId, weight = 1 }) => [userId, weight]));
  if (poll.anonymous) await castWithoutNames(tx, poll, votes, weights);
  else await castWithNames(tx, poll, votes);
}

/** Statements as HTML, which no transaction waits for. */
export async function renderedNominations(nominations: readonly NewNomination[]) {
  const rendered: (NewNomination & { statementHtml: string | null })[] = [];
  for (const each of nominations) {
    const statementHtml = each.statement ? await renderMarkdown(each.statement, 'statement') : null;
    rendered.push({ ...each, statementHtml });
  }
  return rendered;
}

export function storeNominations(
  tx: EntityManager,
  poll: Poll,
  nominations: Awaited<ReturnType<typeof renderedNominations>>,
): void {
  for (const { nomineeId, nominatedBy, title, statement, statementHtml, status } of nominations)
    tx.create(Nomination, {
      ...{ id: uuidv7(), tenantId: poll.tenantId, pollId: poll.id, nomineeId, nominatedBy, title, statementHtml },
      ...{ statement: statement ?? null, status: status ?? 'PROPOSED' },
    });
}
