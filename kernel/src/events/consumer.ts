import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { tenantEm } from '../db/orm.ts';
import { isOutage } from '../graph/outage.ts';
import type { Subscription } from './bus.ts';
import { findDeadLetter, noteFailure, takeDeadLetter } from './dead-letter.ts';
import type { EventEnvelope } from './envelope.ts';
import { consumeOnce, consumeRepeatably, consumeTogether, consumeWithin } from './inbox.ts';
import { lanes } from './lanes.ts';

/** What a consumer does about an event: in one way of two. */
export type Handling<More extends unknown[] = []> =
  | {
      /**
       * Runs in the transaction that notes the event, inside the walls of its tenant. Throwing undoes everything and has the event come
       * again.
       */
      handle(tx: EntityManager, envelope: EventEnvelope, ...more: More): Promise<void>;
    }
  | {
      /** Runs in transactions of its own before the event is noted, so it must be safe to repeat. Throwing has the event come again. */
      repeat(envelope: EventEnvelope, ...more: More): Promise<void>;
    };

/** An effect of events on the consumer's own database. */
export type EventConsumer = Handling & {
  /** `<subgraph>.<purpose>`; the inbox remembers by it, so it never changes. */
  name: string;
  types: readonly string[];
};

/** What became of one delivery; `dead` means given up. */
export type DeliveryOutcome = 'handled' | 'duplicate' | 'retrying' | 'dead';

export interface ConsumerOptions {
  /** Failures after which an event goes to the dead letters (8). The pause between them is the relay's or the bus's. */
  maxAttempts?: number;
  /** Transactions at a time (4), so that connections are left for requests. */
  width?: number;
  /** Events of one tenant that a transaction takes at most where more wait than there are transactions (50). */
  together?: number;
  /** Told about every delivery, for metrics and logs. */
  observe?(consumer: string, outcome: DeliveryOutcome, envelope: EventEnvelope, error?: unknown): void;
}

const DEFAULT_MAX_ATTEMPTS = 8;
const DEFAULT_WIDTH = 4;
const DEFAULT_TOGETHER = 50;
/** How long events go one by one after something did not answer: it may concern only one of them. */
const APART_MS = 30_000;

const openEm = (orm: MikroORM, { tenantid }: EventEnvelope): EntityManager => tenantEm(orm, tenantid, null);

/** One delivery of one event; throws where it is to come again. */
function single(definition: EventConsumer, orm: MikroORM, options: ConsumerOptions) {
  const { name } = definition;
  const { maxAttempts = DEFAULT_MAX_ATTEMPTS, observe } = options;

  async function fail(envelope: EventEnvelope, error: unknown, attemptsAllowed: number) {
    const outcome = await noteFailure(openEm(orm, envelope), name, envelope, error, attemptsAllowed);
    observe?.(name, outcome, envelope, error);
    return outcome;
  }

  async function deliver(envelope: EventEnvelope): Promise<void> {
    try {
      const em = openEm(orm, envelope);
      const outcome =
        'repeat' in definition
          ? await consumeRepeatably(em, name, envelope, () => definition.repeat(envelope))
          : await consumeOnce(em, name, envelope, (tx) => definition.handle(tx, envelope));
      observe?.(name, outcome, envelope);
    } catch (error) {
      if (isOutage(error)) {
        observe?.(name, 'retrying', envelope, error);
        throw error;
      }
      if ((await fail(envelope, error, maxAttempts)) === 'retrying') throw error;
    }
  }

  return { fail, deliver };
}

/**
 * Delivers several events of one tenant in one transaction. Where an effect fails each event is delivered by itself, which tells whose it was; where
 * something does not answer all come again.
 */
async function deliverTogether(
  definition: EventConsumer,
  orm: MikroORM,
  envelopes: readonly EventEnvelope[],
  { observe }: ConsumerOptions,
): Promise<'settled' | 'apart'> {
  const [first, ...more] = envelopes;
  if (!first || more.length === 0 || 'repeat' in definition) return 'apart';
  const { name } = definition;
  try {
    const outcomes = await consumeTogether(openEm(orm, first), name, envelopes, definition.handle);
    for (const [index, envelope] of envelopes.entries()) observe?.(name, outcomes[index] ?? 'handled', envelope);
    return 'settled';
  } catch (error) {
    if (!isOutage(error)) return 'apart';
    for (const envelope of envelopes) observe?.(name, 'retrying', envelope, error);
    throw error;
  }
}

/**
 * What a bus needs to deliver to this consumer: each event acts once, a failing one is tried again and ends as a dead letter.
 * When the database, the store or another service does not answer, the failure counts for nothing and the event simply stays with the
 * bus: however long they are away, nothing that waits for them is given up. Events that wait for a free transaction share the next one.
 */
export function consumer(definition: EventConsumer, orm: MikroORM, options: ConsumerOptions = {}): Subscription {
  const { name, types } = definition;
  const { width = DEFAULT_WIDTH, together = DEFAULT_TOGETHER } = options;
  const { fail, deliver } = single(definition, orm, options);
  let apartUntil = 0;

  async function act(envelopes: readonly EventEnvelope[]): Promise<PromiseSettledResult<void>[]> {
    const shared = deliverTogether(definition, orm, envelopes, options);
    const [outcome] = await Promise.allSettled([shared]);
    if (outcome.status === 'rejected') {
      apartUntil = performance.now() + APART_MS;
      return envelopes.map(() => outcome);
    }
    const apart: PromiseSettledResult<void>[] = [];
    for (const envelope of envelopes) {
      const work = outcome.value === 'settled' ? Promise.resolve() : deliver(envelope);
      apart.push(...(await Promise.allSettled([work])));
    }
    return apart;
  }

  const most = () => ('repeat' in definition || performance.now() < apartUntil ? 1 : together);
  const inHand = lanes<EventEnvelope>({ width, most, kindOf: ({ tenantid }) => tenantid ?? '', act });

  return {
    name,
    types,
    // A sender that lost patience sends again: the repeat joins the delivery that is under way.
    handle: (envelope) => inHand.run(envelope),
    async giveUp(envelope, error) {
      await fail(envelope, error, 1);
    },
  };
}

/**
 * Runs a dead letter through its consumer again. `missing` when it is not among the dead letters (any more), so of several redrives
 * at once one acts. Throws what the consumer throws; the event is then a dead letter as before, with the new error.
 */
export async function redrive(
  definition: EventConsumer,
  orm: MikroORM,
  eventId: string,
): Promise<'handled' | 'duplicate' | 'missing'> {
  const { name } = definition;
  const letter = await findDeadLetter(orm.em.fork(), name, eventId);
  if (!letter) return 'missing';
  try {
    if ('repeat' in definition) await definition.repeat(letter);
    const effect = async (tx: EntityManager) => ('handle' in definition ? definition.handle(tx, letter) : undefined);
    return await openEm(orm, letter).transactional(async (tx) => {
      if (!(await takeDeadLetter(tx, name, eventId))) return 'missing';
      return consumeWithin(tx, name, letter, effect);
    });
  } catch (error) {
    await noteFailure(orm.em.fork(), name, letter, error, 1);
    throw error;
  }
}
