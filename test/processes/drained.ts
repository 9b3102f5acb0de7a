import { setTimeout as sleep } from 'node:timers/promises';
import { matchesType } from '@polity/kernel/events/envelope';
import { consumersOf } from '@polity/kernel/graph/subgraph-events';
import { registry } from '../../subgraphs/registry.ts';
import type { Database } from './database.ts';

interface Sent {
  id: string;
  type: string;
}

const databaseOf = (service: string) => `polity_${service}`;

async function consumers() {
  const definitions = await Promise.all(registry.map(({ load }) => load()));
  return definitions.flatMap((each) =>
    consumersOf(each).map(({ name, types }) => ({ service: each.name, name: `${each.name}.${name}`, types })),
  );
}

/** Events that wait to be sent or to be taken, in words; nothing when all have arrived. */
async function underWay({ rows }: Database): Promise<string[]> {
  const open: string[] = [];
  const sent: Sent[] = [];
  for (const { name } of registry) {
    const events = await rows<Sent & { isOut: boolean; error: string | null }>(
      databaseOf(name),
      `select event_id as id, type, published_at is not null as "isOut", last_error as error from outbox`,
    );
    sent.push(...events);
    open.push(
      ...events.filter(({ isOut }) => !isOut).map(({ id, type, error }) => `${type} ${id} is not sent: ${error}`),
    );
  }
  for (const { service, name, types } of await consumers()) {
    const taken = await rows<{ id: string }>(
      databaseOf(service),
      'select event_id as id from inbox where consumer = $1',
      [name],
    );
    const ids = new Set(taken.map(({ id }) => id));
    const missing = sent.filter(({ id, type }) => matchesType(types, type) && !ids.has(id));
    open.push(...missing.map(({ id, type }) => `${type} ${id} has not reached ${name}`));
  }
  const unstamped = await rows<{ seq: string }>(
    databaseOf('access'),
    'select seq from access_change where not stamped',
  );
  return [...open, ...unstamped.map(({ seq }) => `change ${seq} of access has no confirmed stamp`)];
}

/** Events that were given up, with the reason. */
export async function givenUp({ rows }: Database): Promise<string[]> {
  const letters: string[] = [];
  for (const { name } of registry) {
    const sql = `select consumer || ' gave up ' || (payload->>'type') || ' ' || event_id || ' after ' || attempts || ': ' || error as value
      from dead_letter where state = 'dead'`;
    letters.push(...(await rows<{ value: string }>(databaseOf(name), sql)).map(({ value }) => value));
  }
  return letters;
}

/** Waits until every event has acted; resolves with what has not in that time. */
export async function drained(database: Database, withinMs: number): Promise<string[]> {
  const until = Date.now() + withinMs;
  // Twice, because what was taken between two looks may have sent something new.
  for (let quiet = 0; ; ) {
    const open = await underWay(database);
    quiet = open.length === 0 ? quiet + 1 : 0;
    if (quiet === 2 || Date.now() > until) return open;
    await sleep(500);
  }
}
