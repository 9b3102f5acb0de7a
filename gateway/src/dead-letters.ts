import type { DeadLetter } from '@polity/kernel/events/dead-letter';
import type { RedriveOutcome } from '@polity/kernel/events/operator';
import { InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import { isUuid } from '@polity/kernel/ids';
import type { Logger } from '@polity/kernel/log/logger';
import type { ServiceClient } from '@polity/kernel/service/client';

/** What the fields about dead letters need. */
export interface DeadLetterPorts {
  /** Subgraphs that are services with a database of their own. */
  subgraphs: readonly string[];
  services: ServiceClient;
  log: Logger;
}

const MAX_FIRST = 100;
const LIST = 'query DeadLetters($first: Int!) { _deadLetters(first: $first) }';
const REDRIVE =
  'mutation Redrive($consumer: String!, $eventId: ID!) { _redriveDeadLetter(consumer: $consumer, eventId: $eventId) }';

function shown({ consumer, eventId, envelope, error, attempts, firstAt, lastAt }: DeadLetter) {
  const { type, subject, tenantid: tenantId } = envelope;
  const [first, last] = [new Date(firstAt), new Date(lastAt)];
  return { consumer, eventId, type, subject, tenantId, error, attempts, firstFailedAt: first, lastFailedAt: last };
}

/** Dead letters of one subgraph, or of all; whole or not at all. Throws NOT_FOUND and SUBGRAPH_UNAVAILABLE. */
export async function deadLetters(
  { subgraphs, services }: DeadLetterPorts,
  { subgraph, first }: { subgraph?: string | null; first: number },
) {
  if (first < 1 || first > MAX_FIRST) throw new InvalidInput({ first: `must be between 1 and ${MAX_FIRST}` });
  if (subgraph && !subgraphs.includes(subgraph)) throw new NotFound('The subgraph');
  const ask = async (name: string) =>
    (await services.call<{ _deadLetters: DeadLetter[] }>(name, LIST, { first }))._deadLetters.map(shown);
  const found = await Promise.all((subgraph ? [subgraph] : subgraphs).map(ask));
  return found.flat().sort((a, b) => b.lastFailedAt.getTime() - a.lastFailedAt.getTime());
}

/** Has the consumer's own service handle the event again. Throws NOT_FOUND and SUBGRAPH_UNAVAILABLE. */
export async function redriveDeadLetter(
  { subgraphs, services, log }: DeadLetterPorts,
  { consumer, eventId }: { consumer: string; eventId: string },
): Promise<string> {
  const name = consumer.slice(0, Math.max(0, consumer.indexOf('.')));
  if (!subgraphs.includes(name) || !isUuid(eventId)) throw new NotFound('The dead letter');
  const answer = await services.call<{ _redriveDeadLetter: RedriveOutcome }>(name, REDRIVE, { consumer, eventId });
  const outcome = answer._redriveDeadLetter;
  if (outcome === 'missing') throw new NotFound('The dead letter');
  log.info({ consumer, eventId, outcome }, 'an administrator had a dead letter run again');
  return outcome.toUpperCase();
}
