import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventEnvelope } from './envelope.ts';

/** The effect of an event, inside the transaction that also notes it as handled. */
export type Effect = (tx: EntityManager) => Promise<void>;

const SETTLED = `select 1 from inbox where consumer = ? and event_id = ?
  union all select 1 from dead_letter where consumer = ? and event_id = ? and state = 'dead'`;

// An event that was given up is not tried again by a late repeat, only by a redrive; a success ends its row of failed tries.
const CLAIM = `
  with cleared as (delete from dead_letter where consumer = ? and event_id = ? and state = 'retrying')
  insert into inbox (consumer, event_id)
  select ?, ?::uuid where not exists (select from dead_letter where consumer = ? and event_id = ? and state = 'dead')
  on conflict do nothing returning 1`;

async function claim(tx: EntityManager, consumer: string, id: string): Promise<boolean> {
  const rows = await tx.execute<unknown[]>(CLAIM, [consumer, id, consumer, id, consumer, id]);
  return rows.length > 0;
}

/** Inside a transaction that is open: runs the effect unless this consumer has settled the event before. */
export async function consumeWithin(
  tx: EntityManager,
  consumer: string,
  envelope: EventEnvelope,
  effect: Effect,
): Promise<'handled' | 'duplicate'> {
  if (!(await claim(tx, consumer, envelope.id))) return 'duplicate';
  await effect(tx);
  return 'handled';
}

// In the order of ids, so that two processes which were sent the same events wait for each other and do not meet crosswise.
const CLAIM_ALL = `
  with told as (select unnest(?::uuid[]) as id),
    cleared as (delete from dead_letter where consumer = ? and state = 'retrying' and event_id in (select id from told))
  insert into inbox (consumer, event_id)
  select ?, id from told where not exists (select from dead_letter letter where consumer = ? and letter.event_id = id and state = 'dead')
  order by id on conflict do nothing returning event_id`;

/**
 * Runs the effects of several events of one tenant in one transaction, in this order, each once per consumer as `consumeOnce` does. Throws what the first
 * effect throws that fails, and then nothing has happened.
 */
export async function consumeTogether(
  em: EntityManager,
  consumer: string,
  envelopes: readonly EventEnvelope[],
  effect: (tx: EntityManager, envelope: EventEnvelope) => Promise<void>,
): Promise<('handled' | 'duplicate')[]> {
  const ids = `{${envelopes.map(({ id }) => id).join(',')}}`;
  return em.transactional(async (tx) => {
    const rows = await tx.execute<{ event_id: string }[]>(CLAIM_ALL, [ids, consumer, consumer, consumer]);
    const claimed = new Set(rows.map(({ event_id: id }) => id));
    for (const envelope of envelopes.filter(({ id }) => claimed.has(id))) {
      await effect(tx, envelope);
      // No effect finds in memory what another one read before it changed.
      await tx.flush();
      tx.clear();
    }
    return envelopes.map(({ id }) => (claimed.has(id) ? 'handled' : 'duplicate'));
  });
}

/**
 * Runs the effect of an event once per consumer, however often the event arrives: the note in the inbox and the effect commit
 * together. Throws what the effect throws, and then nothing has happened.
 */
export async function consumeOnce(
  em: EntityManager,
  consumer: string,
  envelope: EventEnvelope,
  effect: Effect,
): Promise<'handled' | 'duplicate'> {
  return em.transactional((tx) => consumeWithin(tx, consumer, envelope, effect));
}

/**
 * The same for an effect with transactions of its own, which is safe to repeat: no transaction is open while it runs, and only what took
 * effect is noted. Cut off in between, or at work in two processes, it runs again.
 */
export async function consumeRepeatably(
  em: EntityManager,
  consumer: string,
  { id }: EventEnvelope,
  effect: () => Promise<void>,
): Promise<'handled' | 'duplicate'> {
  if ((await em.execute<unknown[]>(SETTLED, [consumer, id, consumer, id])).length > 0) return 'duplicate';
  await effect();
  return (await em.transactional((tx) => claim(tx, consumer, id))) ? 'handled' : 'duplicate';
}
