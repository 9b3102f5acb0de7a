import { uuidv7 } from '@polity/kernel/ids';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { anEvent, type Node, startEvents } from './factories.ts';

const MARK = `mutation ($eventId: ID!, $userId: ID!, $present: Boolean!, $occurrence: DateTime) {
  markAttendance(eventId: $eventId, userId: $userId, present: $present, occurrence: $occurrence) { id present method occurrence user { id } marker { id } } }`;
const CHECK_IN =
  'mutation ($eventId: ID!, $code: String!, $occurrence: DateTime) { checkIn(eventId: $eventId, code: $code, occurrence: $occurrence) { present method } }';
const CODE =
  'query ($id: ID!, $occurrence: DateTime) { event(id: $id) { checkInCode(occurrence: $occurrence) { code expiresAt } } }';
const REPORT = `query ($id: ID!) { event(id: $id) { attendanceCsv stats { answers going attended absent datesMarked }
  attendance(first: 100) { edges { node { user { id } present } } } } }`;

interface Report {
  attendanceCsv: string | null;
  stats: object | null;
  attendance: { edges: { node: { user: Node; present: boolean } }[] };
}

let test: TestSubgraph;
let owner: Person;
beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
});
afterAll(() => test?.world.close());

const inMinutes = (minutes: number) => new Date(test.world.clock.nowMs() + minutes * 60_000).toISOString();
const now = (from = -10, to = 50) => ({ startsAt: inMinutes(from), endsAt: inMinutes(to), timeZone: 'Europe/Berlin' });
const mark = (who: Person, eventId: string, userId: string, more: object = {}) =>
  test.get<{ id: string; method: string; present: boolean }>(who, MARK, { eventId, userId, present: true, ...more });
const refusal = (who: Person, eventId: string, userId: string, more: object = {}) =>
  test.codeOf(who, MARK, { eventId, userId, present: true, ...more });
const codeFor = async (id: string, occurrence?: string) =>
  (await test.get<{ checkInCode: { code: string } | null }>(owner, CODE, { id, occurrence })).checkInCode?.code ?? '';

describe('markAttendance', () => {
  it('marks anybody for organizers, at any time, and once', async () => {
    const [{ id }, guest] = [await anEvent(test, owner), await test.person()];
    const first = await mark(owner, id, guest.id);
    expect(first).toMatchObject({
      present: true,
      method: 'ORGANIZER',
      occurrence: null,
      user: { id: guest.id },
      marker: { id: owner.id },
    });
    const again = await Promise.all(Array.from({ length: 20 }, () => mark(owner, id, guest.id)));
    expect(new Set(again.map((each) => each.id))).toEqual(new Set([first.id]));
    expect(await mark(owner, id, guest.id, { present: false })).toMatchObject({ id: first.id, present: false });
  });

  it('is for who may mark; people mark themselves where the event lets them, while it takes place', async () => {
    const [guest, other] = [await test.person(), await test.person()];
    const { id } = await anEvent(test, owner, { ...now(), selfCheckIn: true });
    expect(await mark(guest, id, guest.id)).toMatchObject({ method: 'SELF' });
    expect(await refusal(guest, id, other.id)).toBe('FORBIDDEN');
    const closed = await anEvent(test, owner, now());
    expect(await refusal(guest, closed.id, guest.id)).toBe('FORBIDDEN');
    for (const times of [now(31, 90), now(-90, -1)]) {
      const early = await anEvent(test, owner, { ...times, selfCheckIn: true });
      expect(await refusal(guest, early.id, guest.id)).toBe('CONFLICT');
    }
  });

  it('is refused for who could not come, for what is hidden, and for no date of a series', async () => {
    const guest = await test.person();
    const { id } = await anEvent(test, owner, { ...now(), recurrence: 'RRULE:FREQ=DAILY;COUNT=3' });
    expect(await refusal(owner, id, (await test.person(null)).id, { occurrence: inMinutes(-10) })).toBe('NOT_FOUND');
    expect(await refusal(owner, id, 'x', { occurrence: inMinutes(-10) })).toBe('NOT_FOUND');
    expect(await refusal(owner, id, guest.id)).toBe('VALIDATION_ERROR');
    expect(await refusal(owner, id, guest.id, { occurrence: inMinutes(-11) })).toBe('VALIDATION_ERROR');
    expect(await refusal(owner, id, guest.id, { occurrence: inMinutes(-10) })).toBeNull();
    const hidden = await anEvent(test, owner, { visibility: 'PRIVATE' });
    expect(await refusal(guest, hidden.id, guest.id)).toBe('NOT_FOUND');
    expect(await refusal(guest, uuidv7(), guest.id)).toBe('NOT_FOUND');
  });
});

describe('checkIn', () => {
  it('takes the code that is shown, in small letters too, and no other', async () => {
    const [{ id }, guest] = [await anEvent(test, owner, now()), await test.person()];
    const code = await codeFor(id);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    const tried = (given: string, eventId = id) => test.codeOf(guest, CHECK_IN, { eventId, code: given });
    expect(await tried(code.slice(1))).toBe('VALIDATION_ERROR');
    expect(await tried('x'.repeat(100_000))).toBe('VALIDATION_ERROR');
    expect(await tried('')).toBe('VALIDATION_ERROR');
    const other = await anEvent(test, owner, now());
    expect(await tried(code, other.id)).toBe('VALIDATION_ERROR');
    const replies = await Promise.all(Array.from({ length: 20 }, () => tried(` ${code.toLowerCase()} `)));
    expect(replies).toEqual(Array(20).fill(null));
    expect((await test.get<Report>(owner, REPORT, { id })).attendance.edges).toEqual([
      { node: { user: { id: guest.id }, present: true } },
    ]);
  });

  it('takes a code for half a minute after the next is shown, on its date only', async () => {
    const guest = await test.person();
    const [today, tomorrow] = [inMinutes(-10), inMinutes(24 * 60 - 10)];
    const { id } = await anEvent(test, owner, { ...now(), timeZone: 'UTC', recurrence: 'RRULE:FREQ=DAILY;COUNT=3' });
    const tried = (code: string, occurrence: string) => test.codeOf(guest, CHECK_IN, { eventId: id, code, occurrence });
    expect(await tried(await codeFor(id, tomorrow), tomorrow)).toBe('CONFLICT');
    expect(await tried(await codeFor(id, tomorrow), today)).toBe('VALIDATION_ERROR');
    const code = await codeFor(id, today);
    test.world.clock.advance(61_000);
    expect(await tried(code, today)).toBe('VALIDATION_ERROR');
    const fresh = await codeFor(id, today);
    test.world.clock.advance(25_000);
    expect(await tried(fresh, today)).toBeNull();
  });
});

it('who may mark reads all of it, others what is theirs', async () => {
  const [{ id }, here, away] = [await anEvent(test, owner), await test.person(), await test.person()];
  await mark(owner, id, here.id);
  await mark(owner, id, away.id, { present: false });
  const all = await test.get<Report>(owner, REPORT, { id });
  expect(all.stats).toEqual({ answers: 0, going: 0, attended: 1, absent: 1, datesMarked: 1 });
  expect(all.attendanceCsv?.split('\r\n').slice(0, 2)).toEqual([
    'user_id,date,attendance,method,marked_at',
    expect.stringMatching(new RegExp(`^${here.id},2027-01-04T17:00:00.000Z,present,ORGANIZER,`)),
  ]);
  expect(all.attendance.edges).toHaveLength(2);
  const own = await test.get<Report>(here, REPORT, { id });
  expect(own).toEqual({
    attendanceCsv: null,
    stats: null,
    attendance: { edges: [{ node: { user: { id: here.id }, present: true } }] },
  });
  expect(await test.get<{ checkInCode: null }>(here, CODE, { id })).toEqual({ checkInCode: null });
});
