import type { Bus } from './bus.ts';
import type { PendingEvent } from './relay-sql.ts';

/** What became of a batch. */
export interface BatchOutcome {
  published: string[];
  failed: { event: PendingEvent; error: unknown }[];
}

const LANES_AT_ONCE = 8;

function byAggregate(events: PendingEvent[]): PendingEvent[][] {
  return [...Map.groupBy(events, ({ envelope }) => envelope.subject).values()];
}

/** Publishes one after the other within an aggregate and stops there at the first failure; other aggregates go on beside it. */
export async function publishBatch(bus: Bus, events: PendingEvent[]): Promise<BatchOutcome> {
  const outcome: BatchOutcome = { published: [], failed: [] };
  const lanes = byAggregate(events).values();

  async function publishLane(lane: PendingEvent[]) {
    for (const event of lane) {
      try {
        await bus.publish(event.envelope);
        outcome.published.push(event.id);
      } catch (error) {
        outcome.failed.push({ event, error });
        return;
      }
    }
  }

  async function takeLanes() {
    // The iterator is shared: each worker takes the next aggregate that nobody has.
    for (const lane of lanes) await publishLane(lane);
  }

  await Promise.all(Array.from({ length: LANES_AT_ONCE }, takeLanes));
  return outcome;
}
