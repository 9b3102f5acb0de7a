import { assertTypePattern } from '@polity/kernel/events/envelope';
import { InvalidInput, NotFound } from '@polity/kernel/graph/errors';
import type { DeadLetterPorts } from './dead-letters.ts';

/** As the graph gives it. */
export interface ReplayInput {
  subgraph: string;
  types?: string[] | null;
  since: Date;
  until?: Date | null;
  dryRun?: boolean | null;
}

const MAX_TYPES = 20;
const REPLAY = `mutation Replay($types: [String!]!, $since: DateTime!, $until: DateTime!, $dryRun: Boolean!) {
  _replayEvents(types: $types, since: $since, until: $until, dryRun: $dryRun) }`;

function mustBeTypes(types: readonly string[]): void {
  if (types.length > MAX_TYPES) throw new InvalidInput({ types: `are ${MAX_TYPES} at most` });
  try {
    for (const type of types) assertTypePattern(type);
  } catch {
    throw new InvalidInput({ types: 'are types of events, or beginnings of them with `.*`' });
  }
}

/** Has a subgraph publish events again. Throws NOT_FOUND, VALIDATION_ERROR and SUBGRAPH_UNAVAILABLE. */
export async function replayEvents(
  { subgraphs, services, log }: DeadLetterPorts,
  { subgraph, types, since, until, dryRun }: ReplayInput,
  now: Date,
): Promise<{ events: number; since: Date; until: Date }> {
  if (!subgraphs.includes(subgraph)) throw new NotFound('The subgraph');
  mustBeTypes(types ?? []);
  const before = until ?? now;
  const asked = { types: types ?? [], since, until: before, dryRun: dryRun === true };
  const { _replayEvents: events } = await services.call<{ _replayEvents: number }>(subgraph, REPLAY, asked);
  if (!dryRun) log.info({ subgraph, ...asked, events }, 'an administrator had events published again');
  return { events, since, until: before };
}
