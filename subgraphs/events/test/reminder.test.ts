import { uuidv7 } from '@polity/kernel/ids';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import { anEvent, startEvents } from './factories.ts';

const SET =
  'mutation ($eventId: ID, $minutesBefore: Int) { setReminder(eventId: $eventId, minutesBefore: $minutesBefore) { event { id } minutesBefore } }';
const MINE = '{ reminders { event { id } minutesBefore } }';
const RSVP =
  'mutation ($id: ID!, $rsvp: Rsvp, $occurrence: DateTime) { setRsvp(eventId: $id, rsvp: $rsvp, occurrence: $occurrence) { id } }';
const UPDATE = 'mutation ($id: ID!, $input: UpdateEventInput!) { updateEvent(id: $id, input: $input) { id } }';
const CANCEL = 'mutation ($id: ID!, $occurrence: DateTime) { cancelEvent(id: $id, occurrence: $occurrence) { id } }';

let test: TestSubgraph;
let owner: Person;
beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
});
afterAll(() => test?.world.close());

const MINUTE_MS = 60_000;
const inMinutes = (minutes: number) =>
  new Date(Math.floor(test.world.clock.nowMs() / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS).toISOString();
const at = (minutes: number, more: object = {}) => ({
  startsAt: inMinutes(minutes),
  endsAt: inMinutes(minutes + 30),
  timeZone: 'UTC',
  ...more,
});
const going = (who: Person, id: string, occurrence?: string, rsvp = 'GOING') =>
  test.get(who, RSVP, { id, rsvp, occurrence });

/** Lets time pass, a minute at a time, and runs what is due. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    test.world.clock.advance(MINUTE_MS);
    await test.world.runJobs();
  }
}

interface Told {
  occurrence: string;
  userIds: string[];
}
const told = (eventId: string) =>
  onDatabase<Told[]>(test.world, 'events', (ask) =>
    ask(`select payload->>'occurrence' as occurrence, payload->'userIds' as "userIds" from outbox
      where type = 'events.reminder.due' and payload->>'eventId' = '${eventId}' order by id`),
  );

describe('reminders', () => {
  it('come an hour before to who is going and chose nothing, once', async () => {
    const { id } = await anEvent(test, owner, at(63));
    const [who, interested] = [await test.person(), await test.person()];
    await going(who, id);
    await going(interested, id, undefined, 'INTERESTED');
    await test.world.runJobs();
    expect(await told(id)).toEqual([]);
    await pass(6);
    expect((await told(id)).map(({ userIds }) => userIds)).toEqual([[who.id]]);
  });

  it('come when each person wants them, for one event or for all, or not at all', async () => {
    const { id } = await anEvent(test, owner, at(12));
    const [a, b, c] = [await test.person(), await test.person(), await test.person()];
    await test.get(a, SET, { minutesBefore: 10 });
    await test.get(b, SET, { minutesBefore: 10 });
    await test.get(b, SET, { eventId: id, minutesBefore: 5 });
    await test.get(c, SET, { minutesBefore: null });
    for (const who of [a, b, c]) await going(who, id);
    await pass(4);
    expect((await told(id)).map(({ userIds }) => userIds)).toEqual([[a.id]]);
    await pass(5);
    expect((await told(id)).map(({ userIds }) => userIds)).toEqual([[a.id], [b.id]]);
    expect(await test.get(b, MINE)).toEqual([
      { event: null, minutesBefore: 10 },
      { event: { id }, minutesBefore: 5 },
    ]);
  });

  it('come for each date of a series that one is going to, and none for what was called off', async () => {
    const { id } = await anEvent(test, owner, {
      ...at(62),
      recurrence: 'RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;COUNT=4',
    });
    const dates = await test.get<{ occurrences: { edges: { node: { recurrenceId: string } }[] } }>(
      owner,
      'query ($id: ID!) { event(id: $id) { occurrences(first: 4) { edges { node { recurrenceId } } } } }',
      { id },
    );
    const [first, second, third, fourth] = dates.occurrences.edges.map(({ node }) => node.recurrenceId);
    const [all, one] = [await test.person(), await test.person()];
    await going(all, id);
    await going(all, id, second, 'NOT_GOING');
    await going(one, id, second);
    await test.get(owner, CANCEL, { id, occurrence: third });
    await pass(62 + 3 * 60 - 60 + 5);
    expect(await told(id)).toEqual([
      { occurrence: first, userIds: [all.id] },
      { occurrence: second, userIds: [one.id] },
      { occurrence: fourth, userIds: [all.id] },
    ]);
  }, 60_000);

  it('follow an event that moves', async () => {
    const { id } = await anEvent(test, owner, at(600));
    const who = await test.person();
    await going(who, id);
    await test.world.runJobs();
    await test.get(owner, UPDATE, { id, input: { startsAt: inMinutes(62) } });
    await pass(4);
    expect(await told(id)).toHaveLength(1);
  });

  it('are refused for what is wrong, hidden or missing, and twenty at once are one', async () => {
    const who = await test.person();
    const hidden = await anEvent(test, owner, { visibility: 'PRIVATE' });
    for (const minutesBefore of [-1, 40_321])
      expect(await test.codeOf(who, SET, { minutesBefore })).toBe('VALIDATION_ERROR');
    for (const eventId of [hidden.id, uuidv7(), 'x'])
      expect(await test.codeOf(who, SET, { eventId, minutesBefore: 5 })).toBe('NOT_FOUND');
    const { id: eventId } = await anEvent(test, owner);
    await Promise.all(Array.from({ length: 20 }, (_, n) => test.get(who, SET, { eventId, minutesBefore: n })));
    expect(await test.get<object[]>(who, MINE)).toHaveLength(1);
  });

  it('find numbers that are not those of the answers, and put them right', async () => {
    const { id } = await anEvent(test, owner, at(600));
    await going(await test.person(), id);
    await onDatabase<object[]>(test.world, 'events', (ask) =>
      ask(`update tally set going = 7, seats = 9 where event_id = '${id}'`),
    );
    await test.get(owner, UPDATE, { id, input: {} });
    await test.world.runJobs();
    const [row] = await onDatabase<{ going: number; seats: number }[]>(test.world, 'events', (ask) =>
      ask(`select going, seats from tally where event_id = '${id}'`),
    );
    expect(row).toEqual({ going: 1, seats: 1 });
  });
});
