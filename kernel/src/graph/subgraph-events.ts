import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { removedScopes } from '../access/removed-scopes.ts';
import type { LendingDriver } from '../db/lending.ts';
import type { Bus } from '../events/bus.ts';
import type { PublishedEvents } from '../events/catalogue.ts';
import { consumer, type DeliveryOutcome, type EventConsumer } from '../events/consumer.ts';
import { listDeadLetters } from '../events/dead-letter.ts';
import type { EventEnvelope } from '../events/envelope.ts';
import { type EventOperator, eventOperator } from '../events/operator.ts';
import { checkRecords, wakeOnCommit } from '../events/outbox.ts';
import { type PublishedCatalogue, publishedCatalogue } from '../events/published.ts';
import { recordCheck } from '../events/record-check.ts';
import type { RedriveRequest } from '../events/redrive-request.ts';
import { type Relay, startRelay } from '../events/relay.ts';
import type { JobRunner } from '../jobs/runner.ts';
import { metrics } from '../metrics/metrics.ts';
import type { ServiceSources } from '../metrics/sources.ts';
import { eventRequest } from '../request/acting.ts';
import type { AnySubgraph, BaseContext, ConsumerDefinition, OpenContext, Runtime } from './subgraph.ts';

/** What a running subgraph has to do with events: it consumes them from the start, and publishes its own when told to. */
export interface SubgraphEvents {
  operator: EventOperator;
  readonly relay: Relay | null;
  publish(): void;
  close(): Promise<void>;
}

/** The consumers of a subgraph, on the bus that brings them their events. */
interface Consuming {
  bus: Bus;
  consumers: readonly EventConsumer[];
}

/** Checks what a subgraph records and subscribes its consumers; `url` is its database as the serving role, `open` makes the context for an event. */
export async function subgraphEvents(
  definition: AnySubgraph,
  runtime: Runtime,
  orm: MikroORM,
  { url, open, jobs }: { url: string; open: OpenContext<BaseContext>; jobs: JobRunner | null },
): Promise<SubgraphEvents> {
  const onBreach = () => metrics().eventBreaches.inc({ service: definition.name });
  checkRecords(orm, recordCheck(definition.events ?? {}, { log: runtime.log, strict: !runtime.production, onBreach }));
  const consumers = namedConsumers(definition, open);
  const operator = eventOperator(orm, consumers, url);
  const unsubscribe = await subscribeConsumers(consumers, runtime, orm);
  let relay: Relay | null = null;
  let unwatch = () => {};
  return {
    operator,
    get relay() {
      return relay;
    },
    publish() {
      if (relay) return;
      relay = openRelay({ orm, url, operator, events: definition.events ?? {} }, runtime);
      unwatch = metrics().watch(definition.name, sourcesOf(orm, relay, jobs, { bus: runtime.bus, consumers }));
    },
    async close() {
      unwatch();
      await Promise.all(unsubscribe.map((stop) => stop()));
      await relay?.stop();
    },
  };
}

interface Relaying {
  orm: MikroORM;
  url: string;
  operator: EventOperator;
  /** What is in the catalogue: labels of metrics are bounded by it. */
  events: PublishedEvents;
}

function openRelay({ orm, url, operator, events }: Relaying, { name, log, bus }: Runtime): Relay {
  const published: Bus = {
    ...bus,
    async publish(envelope) {
      await bus.publish(envelope);
      metrics().eventsPublished.inc({ service: name });
      metrics().domainEvents.inc({ type: Object.hasOwn(events, envelope.type) ? envelope.type : 'other' });
    },
  };
  const onRedrive = async ({ consumer, eventId }: RedriveRequest) => {
    const outcome = await operator.redrive(consumer, eventId);
    log.info({ consumer, eventId, outcome }, 'a dead letter was run again');
  };
  const relay = startRelay({ url, bus: published, log, onRedrive });
  orm.em.getEventManager().registerSubscriber(wakeOnCommit(() => relay.wake()));
  return relay;
}

/** By name, how many events each consumer has still to settle; those of which the bus does not say it are left out. */
async function pendingEvents({ bus, consumers }: Consuming): Promise<Record<string, number>> {
  const counted = await Promise.all(consumers.map(async ({ name }) => [name, await bus.pending(name)] as const));
  return Object.fromEntries(counted.filter((entry): entry is [string, number] => entry[1] !== null));
}

function sourcesOf(orm: MikroORM, relay: Relay, jobs: JobRunner | null, consuming: Consuming): ServiceSources {
  return {
    pendingEvents: () => pendingEvents(consuming),
    ...(jobs && { jobs: () => jobs.states() }),
    pool: () => (orm.driver as LendingDriver).use,
    outbox: () => relay.lag(),
    deadLetters: async () => {
      const letters = await listDeadLetters(orm.em.fork() as EntityManager, { limit: 1_000 });
      const byConsumer = Map.groupBy(letters, ({ consumer: name }) => name);
      return Object.fromEntries([...byConsumer].map(([name, { length }]) => [name, length]));
    },
  };
}

/** A consumer whose types are known. */
type Settled = ConsumerDefinition<BaseContext> & { types: readonly string[] };

/** What a subgraph takes of others' events, and of its own, by the catalogue. */
export function consumersOf(
  { scoped, consumers = [] }: AnySubgraph,
  published: () => PublishedCatalogue = publishedCatalogue,
): Settled[] {
  const all: ConsumerDefinition<BaseContext>[] = scoped ? [removedScopes, ...consumers] : consumers;
  return all.map((each) => {
    const { types } = each;
    return { ...each, types: typeof types === 'function' ? types(published()) : types };
  });
}

function namedConsumers(definition: AnySubgraph, open: OpenContext<BaseContext>): EventConsumer[] {
  const { name } = definition;
  return consumersOf(definition).map((each) => {
    const named = { name: `${name}.${each.name}`, types: each.types };
    return 'repeat' in each
      ? { ...named, repeat: (event) => each.repeat(event, open(eventRequest(name, event))) }
      : { ...named, handle: (tx, event) => each.handle(tx, event, open(eventRequest(name, event))) };
  });
}

async function subscribeConsumers(
  consumers: readonly EventConsumer[],
  { bus, log }: Runtime,
  orm: MikroORM,
): Promise<(() => Promise<void>)[]> {
  const observe = (name: string, outcome: DeliveryOutcome, { time }: EventEnvelope, error?: unknown) => {
    metrics().eventsConsumed.inc({ consumer: name, outcome });
    const seconds = (Date.now() - Date.parse(time)) / 1000;
    if (outcome === 'handled') metrics().eventAge.observe({ consumer: name }, Math.max(0, seconds));
    if (outcome === 'duplicate') metrics().inboxDuplicates.inc({ consumer: name });
    if (error) log.warn({ err: error, consumer: name, outcome }, 'an event could not be handled');
  };
  return Promise.all(consumers.map((each) => bus.subscribe(consumer(each, orm, { observe }))));
}
