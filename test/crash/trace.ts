import { subgraphNames } from '../../gateway/test/every-subgraph.ts';
import type { Database } from '../processes/database.ts';

interface Line {
  at: string;
  what: string;
}

const OUTBOX = `select to_char(created_at at time zone 'UTC', 'MI:SS.US') as at, 'event ' || type || ' sent ' ||
    coalesce(to_char(published_at at time zone 'UTC', 'MI:SS.US'), 'never') || ' ' || payload as what
  from outbox where payload->>'userId' = $1 and ($2 in (payload->>'communityId', payload->>'teamId', payload->>'scopeId') or type like 'identity.%')`;

const HISTORY = `select to_char(at at time zone 'UTC', 'MI:SS.US') as at, 'access ' || kind || ' ' || coalesce(after, before, '{}') as what
  from access_change where subject_id::text = $1
    and (scope_id::text = $2 or scope_id = tenant_id or scope_id = (select parent_id from scope where id::text = $2))`;

/** Everything that the databases remember about one person at one place, in its order: for whoever looks into a disagreement. */
async function trace({ rows }: Database, place: string, person: string): Promise<string[]> {
  const lines: Line[] = [];
  for (const service of subgraphNames) lines.push(...(await rows<Line>(`polity_${service}`, OUTBOX, [person, place])));
  lines.push(...(await rows<Line>('polity_access', HISTORY, [person, place])));
  return lines.sort((a, b) => a.at.localeCompare(b.at)).map(({ at, what }) => `    ${at} ${what}`);
}

const PAIR = /([0-9a-f-]{36}) ([0-9a-f-]{36})/;

/** The same lines, each that names a place and a person with what the databases remember about them. */
export async function traced(database: Database, lines: readonly string[]): Promise<string[]> {
  const traces = lines.map(async (line) => {
    const [, place, person] = PAIR.exec(line) ?? [];
    return place && person ? [line, ...(await trace(database, place, person))].join('\n') : line;
  });
  return Promise.all(traces);
}
