import type { Client } from 'pg';

/** Which published events of one outbox are meant. */
export interface ReplaySelection {
  /** Types, or patterns such as `portal.post.*`; all where empty. */
  types: readonly string[];
  /** Recorded from this moment on, and before `until`. */
  since: Date;
  until: Date;
}

/** A stretch of a replay: how many events are published again, and up to which row; null where no more are meant. */
export interface ReplayedBatch {
  events: number;
  lastId: string | null;
}

/** `portal.post.*` as LIKE pattern, in which an underscore means any character unless it is escaped. */
const likeOf = (pattern: string): string => pattern.replaceAll('_', '\\_').replaceAll('*', '%');

// What was recorded since then was published since then: the index on published_at finds it.
const MEANT = `published_at >= $1 and created_at >= $1 and created_at < $2 and (cardinality($3::text[]) = 0 or type like any($3::text[]))`;
const COUNT = `select count(*)::int as n from outbox where ${MEANT}`;
const AGAIN = `
  with meant as (select id from outbox where ${MEANT} and id > $4 order by id limit $5 for update)
  update outbox set published_at = null, attempts = 0, next_at = '-infinity', last_error = null
  from meant where outbox.id = meant.id returning outbox.id`;

const valuesOf = ({ types, since, until }: ReplaySelection) => [since, until, types.map(likeOf)];

/** How many published events are meant. */
export async function countReplayable(client: Client, selection: ReplaySelection): Promise<number> {
  const { rows } = await client.query<{ n: number }>(COUNT, valuesOf(selection));
  return rows[0]?.n ?? 0;
}

/**
 * Has the relay publish these events again, in their order and at most `limit` of them after the row `afterId`. Consumers that had one drop it as a
 * duplicate for as long as their inbox remembers; those that are new, or lost it with a stream, take it.
 */
export async function replayBatch(
  client: Client,
  selection: ReplaySelection,
  { afterId = '0', limit }: { afterId?: string; limit: number },
): Promise<ReplayedBatch> {
  const { rows } = await client.query<{ id: string }>(AGAIN, [...valuesOf(selection), afterId, limit]);
  const ids = rows.map(({ id }) => BigInt(id)).sort((a, b) => (a < b ? -1 : 1));
  return { events: rows.length, lastId: ids.at(-1)?.toString() ?? null };
}

/** Ends the waits of events that could not be published, so that the relay tries them at once; returns how many waited. */
export async function endWaits(client: Client): Promise<number> {
  const { rowCount } = await client.query(
    `update outbox set next_at = '-infinity' where published_at is null and next_at > now()`,
  );
  return rowCount ?? 0;
}
