import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type EventConsumer, redrive } from './consumer.ts';
import { type DeadLetter, listDeadLetters } from './dead-letter.ts';
import { keyedLimit } from './keyed-limit.ts';

/** What came of a redrive: `duplicate` where the event had acted before, `missing` where it is no dead letter (any more). */
export type RedriveOutcome = 'handled' | 'duplicate' | 'missing' | 'failed';

/** What an operator can do about events that the consumers of one service gave up. */
export interface EventOperator {
  /** The latest first. */
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /** Runs a dead letter through its consumer again; what goes wrong is in the dead letter afterwards. */
  redrive(consumer: string, eventId: string): Promise<RedriveOutcome>;
}

export function eventOperator(orm: MikroORM, consumers: readonly EventConsumer[]): EventOperator {
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
  };
}
