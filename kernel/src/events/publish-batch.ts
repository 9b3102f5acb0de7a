import type { Bus } from './bus.ts';
import type { PendingEvent } from './relay-sql.ts';

/** What became of a batch. */
export interface BatchOutcome {
  published: string[];
  failed: { event: PendingEvent; error: unknown }[];
}

const AGGREGATES_AT_ONCE = 32;

function byAggregate(events: PendingEvent[]): PendingEvent[][] {
  return [...Map.groupBy(events, ({ envelope }) => envelope.subject).values()];
}

/**
 * Publishes one after the other within an aggregate and stops there at the first failure; other aggregates go on beside it. Once `stop` is aborted
 * nothing more is begun.
 */
export async function publishBatch(bus: Bus, events: PendingEvent[], stop: AbortSignal): Promise<BatchOutcome> {
  const outcome: BatchOutcome = { published: [], failed: [] };
  const aggregates = byAggregate(events).values();

  async function publishAggregate(aggregate: PendingEvent[]) {
    for (const event of aggregate) {
      if (stop.aborted) return;
      try {
        await bus.publish(event.envelope);
        outcome.published.push(event.id);
      } catch (error) {
        outcome.failed.push({ event, error });
        return;
      }
    }
  }

  async function takeAggregates() {
    // The iterator is shared: each worker takes the next aggregate that nobody has.
    for (const aggregate of aggregates) await publishAggregate(aggregate);
  }

  await Promise.all(Array.from({ length: AGGREGATES_AT_ONCE }, takeAggregates));
  return outcome;
}
