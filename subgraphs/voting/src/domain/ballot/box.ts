import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PollRow } from '../poll/poll.entity.ts';
import type { BallotContent } from './ballot.entity.ts';
import { ballotHash, type Receipt } from './receipt.ts';

const PUT = `insert into box_ballot (id, tenant_id, poll_id, content, hash)
  select each.id, ?::uuid, ?::uuid, ?::jsonb, each.hash from unnest(?::uuid[], ?::text[]) as each(id, hash)`;
const FOUND =
  'select hash, content from box_ballot where tenant_id = ? and poll_id = ? and hash = any(?::text[]) for update';
const TAKE = 'delete from box_ballot where tenant_id = ? and poll_id = ? and hash = any(?::text[])';
const array = (values: readonly string[]) => `{${values.join(',')}}`;

/** Puts a ballot into the box, once for each hash. Ids are chance, so that they say nothing of when. */
export async function putIn(
  tx: EntityManager,
  poll: PollRow,
  content: BallotContent,
  hashes: readonly string[],
): Promise<void> {
  const ids = hashes.map(() => randomUUID());
  await tx.execute(PUT, [poll.tenantId, poll.id, JSON.stringify(content), array(ids), array(hashes)]);
}

/** Those of the receipts whose ballots lie in the box, locked. A hash without its secret opens nothing. */
export async function foundIn(tx: EntityManager, poll: PollRow, receipts: readonly Receipt[]): Promise<Receipt[]> {
  const hashes = array(receipts.map(({ hash }) => hash));
  const rows = await tx.execute<{ hash: string; content: BallotContent }[]>(FOUND, [poll.tenantId, poll.id, hashes]);
  const contents = new Map(rows.map(({ hash, content }) => [hash, content]));
  return receipts.filter(({ secret, hash }) => {
    const content = contents.get(hash);
    return content !== undefined && ballotHash(secret, poll.id, content) === hash;
  });
}

/** Takes ballots out of the box. */
export async function takeOut(tx: EntityManager, poll: PollRow, hashes: readonly string[]): Promise<void> {
  await tx.execute(TAKE, [poll.tenantId, poll.id, array(hashes)]);
}

const IN_THE_POLL = 'tenant_id = ? and poll_id = ?';

// In one statement each, so that every row of a side has the same transaction, and no row a place that says anything: ballots lie in an order of chance,
// voters in that of their ids.
const SHUFFLE = `with gone as (delete from box_ballot where ${IN_THE_POLL} returning tenant_id, poll_id, content, hash)
  insert into box_ballot (id, tenant_id, poll_id, content, hash)
  select gen_random_uuid(), tenant_id, poll_id, content, hash from gone order by gen_random_uuid()`;
const SORT_ROLL = `with gone as (delete from elector where ${IN_THE_POLL} returning *) insert into elector select * from gone order by user_id`;

/** Parts roll and box for good: both are written anew in other orders, and what joined them while the poll was open is destroyed. */
export async function partRollAndBox(tx: EntityManager, { tenantId, id }: PollRow): Promise<void> {
  await tx.execute(`delete from covered_unit where ${IN_THE_POLL}`, [tenantId, id]);
  await tx.execute(SHUFFLE, [tenantId, id]);
  await tx.execute(SORT_ROLL, [tenantId, id]);
}

/** Destroys the box of a poll that was cancelled. */
export async function emptyBox(tx: EntityManager, { tenantId, id }: PollRow): Promise<void> {
  await tx.execute(`delete from box_ballot where ${IN_THE_POLL}`, [tenantId, id]);
}
