import type { EntityManager } from '@mikro-orm/postgresql';
import { uuidv7 } from '@polity/kernel/ids';
import { instantOf, movedOnWall, wallAt, wallDifference } from '../recurrence/zone.ts';
import type { Event } from './event.entity.ts';

/** Tables that name dates of an event by their original start, and the columns that move with it. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  changed_date: ['recurrence_id', 'starts_at', 'ends_at'],
  rsvp: ['occurrence'],
  tally: ['occurrence'],
  attendance: ['occurrence'],
};

const list = (values: readonly (string | number)[]) => `{${values.join(',')}}`;
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * After an event moved: what is stored of its dates moves with them on the clock, so that who answered for the second Tuesday has answered for the
 * second Thursday.
 */
export async function moveDates(
  tx: EntityManager,
  event: Event,
  before: { startsAt: number; timeZone: string },
): Promise<void> {
  const { id, tenantId, timeZone } = event;
  const byMs = wallDifference(before.startsAt, before.timeZone, event.startsAt.getTime(), timeZone);
  if (byMs === 0 && before.timeZone === timeZone) return;
  const moved = (ms: number) => {
    const there = instantOf(wallAt(ms, before.timeZone), timeZone);
    return movedOnWall(there, byMs, timeZone);
  };
  for (const [table, columns] of Object.entries(TABLES)) {
    for (const column of columns) {
      const where = `event_id = ? and tenant_id = ? and ${column} is not null`;
      const found = await tx.execute<{ at: string }[]>(`select distinct ${column} as at from ${table} where ${where}`, [
        id,
        tenantId,
      ]);
      if (found.length === 0) continue;
      const from = found.map(({ at }) => new Date(at).getTime());
      await tx.execute(
        `update ${table} as t set ${column} = m.there from unnest(?::timestamptz[], ?::timestamptz[]) as m(here, there)
         where t.${column} = m.here and t.event_id = ? and t.tenant_id = ?`,
        [list(from.map(iso)), list(from.map((ms) => iso(moved(ms)))), id, tenantId],
      );
    }
  }
}

/** Hands what is stored of the dates from that one on over to the series that they now belong to. */
export async function takeOver(tx: EntityManager, from: Event, to: Event, recurrenceId: Date): Promise<void> {
  for (const [table, [column]] of Object.entries(TABLES))
    await tx.execute(`update ${table} set event_id = ? where event_id = ? and tenant_id = ? and ${column} >= ?`, [
      to.id,
      from.id,
      from.tenantId,
      recurrenceId,
    ]);
  await copyWhole(tx, from, to);
}

/** Who answered to the whole of a series has answered to both parts of it. */
async function copyWhole(tx: EntityManager, from: Event, to: Event): Promise<void> {
  const whole = 'event_id = ? and tenant_id = ? and occurrence is null';
  for (const table of ['rsvp', 'tally']) {
    const rows = await tx.execute<{ id: string }[]>(`select id from ${table} where ${whole} order by id`, [
      from.id,
      from.tenantId,
    ]);
    const ids = [list(rows.map(({ id }) => id)), list(rows.map(() => uuidv7()))];
    await tx.execute(
      `insert into ${table} select (jsonb_populate_record(r, jsonb_build_object('id', m.copy, 'event_id', ?::uuid))).*
       from ${table} r join unnest(?::uuid[], ?::uuid[]) as m(id, copy) on m.id = r.id where r.tenant_id = ?`,
      [to.id, ...ids, from.tenantId],
    );
  }
}
