import type { EntityManager } from '@mikro-orm/postgresql';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import type { PollRow } from '../poll/poll.entity.ts';
import { MAX_UNITS } from '../poll/poll.input.ts';

/** Somebody to be put on a roll, with a weight where it is not 1. */
export interface NewElector {
  userId: string;
  weight?: number | undefined;
}

/** Rows of one statement. */
const BATCH = 1_000;
/** People on one roll. */
const MAX_ROLL = 100_000;

const PUT = `insert into elector (id, created_at, tenant_id, poll_id, user_id, weight, eligible, participation)
  select each.id, clock_timestamp(), ?::uuid, ?::uuid, each.user_id, each.weight, ?, 'NONE'
  from unnest(?::uuid[], ?::uuid[], ?::int[]) as each(id, user_id, weight)
  on conflict on constraint elector_unique do update set weight = case when ? then elector.weight else excluded.weight end,
    eligible = excluded.eligible`;
const array = (values: readonly unknown[]) => `{${values.join(',')}}`;

interface Putting {
  eligible: boolean;
  /** Whether somebody who stands there keeps their weight. */
  keepWeight: boolean;
}

async function put(tx: EntityManager, poll: PollRow, electors: readonly NewElector[], how: Putting): Promise<void> {
  for (let from = 0; from < electors.length; from += BATCH) {
    const batch = electors.slice(from, from + BATCH);
    const columns = [
      batch.map(() => uuidv7()),
      batch.map(({ userId }) => userId),
      batch.map(({ weight }) => weight ?? 1),
    ];
    await tx.execute(PUT, [poll.tenantId, poll.id, how.eligible, ...columns.map(array), how.keepWeight]);
  }
}

async function checkRoll(tx: EntityManager, { id, tenantId, anonymous }: PollRow): Promise<void> {
  const [row] = await tx.execute<[{ n: number; most: number | null }]>(
    'select count(*)::int as n, max(weight) as most from elector where tenant_id = ? and poll_id = ?',
    [tenantId, id],
  );
  if (row.n > MAX_ROLL) throw new InvalidInput({ electors: `must be at most ${MAX_ROLL} on one roll` });
  if (anonymous && (row.most ?? 1) > MAX_UNITS)
    throw new InvalidInput({ electors: `must not weigh more than ${MAX_UNITS} in an anonymous poll` });
}

/** Puts people on the roll of a poll that is not open yet; the caller has it locked. Throws InvalidInput for somebody named twice. */
export async function putOnRoll(tx: EntityManager, poll: PollRow, electors: readonly NewElector[]): Promise<void> {
  if (electors.length === 0) return;
  if (new Set(electors.map(({ userId }) => userId)).size < electors.length)
    throw new InvalidInput({ electors: 'names somebody twice' });
  await put(tx, poll, electors, { eligible: false, keepWeight: false });
  await checkRoll(tx, poll);
}

/**
 * Makes the roll what it stays: these people, or all who were put on it where null. Whoever was put on it beforehand keeps their weight. Returns how
 * many there are.
 */
export async function settleRoll(tx: EntityManager, poll: PollRow, members: readonly string[] | null): Promise<number> {
  const { tenantId, id } = poll;
  if (members) {
    await put(
      tx,
      poll,
      members.map((userId) => ({ userId })),
      { eligible: true, keepWeight: true },
    );
    await tx.execute('delete from elector where tenant_id = ? and poll_id = ? and not eligible', [tenantId, id]);
  } else {
    await tx.execute('update elector set eligible = true where tenant_id = ? and poll_id = ?', [tenantId, id]);
  }
  await checkRoll(tx, poll);
  const [row] = await tx.execute<[{ n: number }]>(
    'select count(*)::int as n from elector where tenant_id = ? and poll_id = ?',
    [tenantId, id],
  );
  return row.n;
}
