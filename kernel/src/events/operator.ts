import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { withClient } from '../db/provision.ts';
import { type EventConsumer, redrive } from './consumer.ts';
import { type DeadLetter, listDeadLetters } from './dead-letter.ts';
import { keyedLimit } from './keyed-limit.ts';
import { countReplayable, type ReplaySelection, replayBatch } from './replay.ts';

/** What came of a redrive: `duplicate` where the event had acted before, `missing` where it is no dead letter (any more). */
export type RedriveOutcome = 'handled' | 'duplicate' | 'missing' | 'failed';

/** Events that one replay may publish again: what comes new waits behind them. */
export const MAX_REPLAY = 10_000;

/** What an operator can do about events that one service published, or whose consumers gave them up. */
export interface EventOperator {
  /** The latest first. */
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /** Runs a dead letter through its consumer again; what goes wrong is in the dead letter afterwards. */
  redrive(consumer: string, eventId: string): Promise<RedriveOutcome>;
  /** How many published events are meant; more than `MAX_REPLAY` are none too many to count. */
  replayable(selection: ReplaySelection): Promise<number>;
  /** Has the oldest `MAX_REPLAY` of these events published again; returns how many. */
  replay(selection: ReplaySelection): Promise<number>;
}

/** `url` is the database of the service. */
export function eventOperator(orm: MikroORM, consumers: readonly EventConsumer[], url: string): EventOperator {
  // One at a time, so that connections are left for requests.
  const inHand = keyedLimit<RedriveOutcome>(1);

  async function run(definition: EventConsumer, eventId: string): Promise<RedriveOutcome> {
    try {
      return await redrive(definition, orm, eventId);
    } catch {
      return 'failed';
    }
  }

  return {
    deadLetters: (limit) => listDeadLetters(orm.em.fork() as EntityManager, { limit }),
    async redrive(name, eventId) {
      const definition = consumers.find((each) => each.name === name);
      if (!definition) return 'missing';
      return inHand.run(`${name} ${eventId}`, () => run(definition, eventId));
    },
    replayable: (selection) => withClient(url, (client) => countReplayable(client, selection)),
    replay: (selection) =>
      withClient(url, async (client) => (await replayBatch(client, selection, { limit: MAX_REPLAY })).events),
  };
}
