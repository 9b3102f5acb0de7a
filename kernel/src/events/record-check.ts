import type { Logger } from '../log/logger.ts';
import type { PublishedEvents } from './catalogue.ts';

/** What is looked at when an event is recorded. */
interface RecordedEvent {
  type: string;
  data: unknown;
}

/** Looks at an event before it is recorded; throws where it must not be. */
export type RecordCheck = (event: RecordedEvent) => void;

export interface RecordCheckOptions {
  log: Logger;
  /** Whether a breach throws; else it is told, and the event is recorded all the same. */
  strict: boolean;
  /** Share of the events that are looked at where not all are (0.01); the first of each type always is. */
  share?: number;
  /** Told about each breach. */
  onBreach(): void;
}

const SAMPLE = 0.01;

/** What is wrong with an event of this subgraph, without its data; null where nothing is. */
function breachOf(published: PublishedEvents, { type, data }: RecordedEvent): string | null {
  const schema = published[type];
  if (!schema) return 'is not in events.ts of its subgraph';
  const { error } = schema.safeParse(data);
  return error ? error.issues.map(({ path, message }) => `${path.join('.') || 'data'}: ${message}`).join('; ') : null;
}

/** A check of data against what a subgraph says that it publishes: of every event when strict, else of a sample. */
export function recordCheck(
  published: PublishedEvents,
  { log, strict, share = SAMPLE, onBreach }: RecordCheckOptions,
): RecordCheck {
  const seen = new Set<string>();
  return (event) => {
    const { type } = event;
    if (!strict && seen.has(type) && Math.random() >= share) return;
    seen.add(type);
    const problem = breachOf(published, event);
    if (problem === null) return;
    if (strict) throw new TypeError(`event "${type}" ${problem}`);
    onBreach();
    log.error({ type, problem }, 'an event is not as its subgraph says');
  };
}
