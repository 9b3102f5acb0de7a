import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import { anEvent, MONDAY, type Node, startEvents, WEEKLY } from './factories.ts';

const COUNTS = 'rsvpCounts { interested going notGoing waitlisted guests }';
const SET = `mutation ($eventId: ID!, $rsvp: Rsvp, $occurrence: DateTime, $guests: Int, $answers: [String!]) {
  setRsvp(eventId: $eventId, rsvp: $rsvp, occurrence: $occurrence, guests: $guests, answers: $answers) { id myRsvp ${COUNTS} } }`;
const DECIDE = `mutation ($eventId: ID!, $userId: ID!, $approve: Boolean!) { decideRsvp(eventId: $eventId, userId: $userId, approve: $approve) { ${COUNTS} } }`;
const DATES = `query ($id: ID!) { event(id: $id) { occurrences(first: 5) { edges { node { recurrenceId myRsvp onlineUrl ${COUNTS} } } } } }`;
const ATTENDEES = `query ($id: ID!, $rsvp: Rsvp, $occurrence: DateTime) { event(id: $id) { attendees(rsvp: $rsvp, occurrence: $occurrence, first: 100) {
  edges { node { user { id } rsvp guests occurrence answers awaitsApproval } } } } }`;
const UPDATE = `mutation ($id: ID!, $input: UpdateEventInput!, $occurrence: DateTime, $span: EventSpan) {
  updateEvent(id: $id, input: $input, occurrence: $occurrence, span: $span) { id ${COUNTS} } }`;
const CANCEL = 'mutation ($id: ID!, $occurrence: DateTime) { cancelEvent(id: $id, occurrence: $occurrence) { id } }';
const MINE =
  '{ me: _entities(representations: [{ __typename: "User", id: "ID" }]) { ... on User { events(first: 50) { edges { node { id } } } } } }';

interface Counts {
  interested: number;
  going: number;
  notGoing: number;
  waitlisted: number;
  guests: number;
}
interface Answer {
  myRsvp: string | null;
  rsvpCounts: Counts;
}
interface Attendees {
  attendees: {
    edges: {
      node: { user: Node; rsvp: string; guests: number; occurrence: string | null; answers: string[] | null };
    }[];
  };
}
interface DateFacts extends Answer {
  recurrenceId: string;
  onlineUrl: string | null;
}

const none: Counts = { interested: 0, going: 0, notGoing: 0, waitlisted: 0, guests: 0 };
const SECOND = '2027-01-11T17:00:00.000Z';
const THIRD = '2027-01-18T17:00:00.000Z';

let test: TestSubgraph;
let owner: Person;
beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
});
afterAll(() => test?.world.close());

const answer = (who: Person, eventId: string, rsvp: string | null, more: object = {}) =>
  test.get<Answer>(who, SET, { eventId, rsvp, ...more });
const refusal = async (who: Person, eventId: string, rsvp: string | null, more: object = {}) => {
  const { errors } = await test.ask(who, SET, { eventId, rsvp, ...more });
  const details = errors?.[0]?.extensions?.details as { reason?: string } | undefined;
  return [errors?.[0]?.extensions?.code ?? null, ...(details?.reason ? [details.reason] : [])];
};
/** Made a few at a time, or access would be too busy. */
async function people(count: number): Promise<Person[]> {
  const made: Person[] = [];
  while (made.length < count)
    made.push(...(await Promise.all(Array.from({ length: Math.min(10, count - made.length) }, () => test.person()))));
  return made;
}
const datesOf = async (who: Person, id: string) =>
  (await test.get<{ occurrences: { edges: { node: DateFacts }[] } }>(who, DATES, { id })).occurrences.edges.map(
    ({ node }) => node,
  );
const attendees = async (who: Person | typeof anonymous, id: string, more: object = {}) =>
  (await test.get<Attendees>(who, ATTENDEES, { id, ...more })).attendees.edges.map(({ node }) => node);

/** What is counted, counted anew from the answers themselves. */
async function mustAgree(eventId: string): Promise<void> {
  const sql = `select t.occurrence, t.going, t.waitlisted, t.interested, t.not_going, t.seats from tally t where event_id = '${eventId}' order by occurrence nulls first`;
  const counted = `select t.occurrence, count(r.id) filter (where r.status = 'GOING')::int as going, count(r.id) filter (where r.status = 'WAITLISTED')::int as waitlisted,
      count(r.id) filter (where r.status = 'INTERESTED')::int as interested, count(r.id) filter (where r.status = 'NOT_GOING')::int as not_going,
      coalesce(sum(1 + r.guests) filter (where r.status = 'GOING'), 0)::int as seats
    from tally t left join rsvp r on r.event_id = t.event_id and r.occurrence is not distinct from t.occurrence where t.event_id = '${eventId}' group by 1 order by 1 nulls first`;
  const off = `select t.occurrence, t.off_going, t.off_seats, t.off_waitlisted, count(w.id) filter (where w.status = 'GOING')::int as going,
      coalesce(sum(1 + w.guests) filter (where w.status = 'GOING'), 0)::int as seats, count(w.id) filter (where w.status = 'WAITLISTED')::int as waitlisted
    from tally t left join rsvp r on r.event_id = t.event_id and r.occurrence = t.occurrence
      left join rsvp w on w.event_id = t.event_id and w.user_id = r.user_id and w.occurrence is null
    where t.event_id = '${eventId}' and t.occurrence is not null group by 1, 2, 3, 4`;
  await onDatabase<object[]>(test.world, 'events', async (ask) => {
    expect(await ask(sql)).toEqual(await ask(counted));
    for (const row of (await ask(off)) as unknown as Record<string, number>[])
      expect([row.off_going, row.off_seats, row.off_waitlisted]).toEqual([row.going, row.seats, row.waitlisted]);
    return [];
  });
}

describe('setRsvp', () => {
  it('answers, changes the answer, and takes it back, always with every number', async () => {
    const [{ id }, who] = [await anEvent(test, owner), await test.person()];
    expect(await answer(who, id, 'INTERESTED')).toMatchObject({
      myRsvp: 'INTERESTED',
      rsvpCounts: { ...none, interested: 1 },
    });
    expect(await answer(who, id, 'GOING')).toMatchObject({ myRsvp: 'GOING', rsvpCounts: { ...none, going: 1 } });
    expect(await answer(who, id, 'NOT_GOING', { occurrence: MONDAY.startsAt })).toMatchObject({
      rsvpCounts: { ...none, notGoing: 1 },
    });
    expect(await answer(who, id, null)).toMatchObject({ myRsvp: null, rsvpCounts: none });
    expect(await answer(who, id, null)).toMatchObject({ myRsvp: null, rsvpCounts: none });
    await mustAgree(id);
  });

  it('to a series counts for every date, but for those that have an answer of their own', async () => {
    const { id } = await anEvent(test, owner, WEEKLY);
    const [a, b] = (await people(2)) as [Person, Person];
    await answer(a, id, 'GOING');
    await answer(b, id, 'GOING', { occurrence: SECOND });
    await answer(a, id, 'NOT_GOING', { occurrence: THIRD });
    const dates = await datesOf(a, id);
    expect(dates.map(({ myRsvp }) => myRsvp)).toEqual(['GOING', 'GOING', 'NOT_GOING', 'GOING', 'GOING']);
    expect(dates.map(({ rsvpCounts }) => rsvpCounts.going)).toEqual([1, 2, 0, 1, 1]);
    expect(dates[2]?.rsvpCounts.notGoing).toBe(1);
    await answer(a, id, 'INTERESTED');
    expect((await datesOf(a, id)).map(({ rsvpCounts }) => [rsvpCounts.going, rsvpCounts.interested])).toEqual([
      [0, 1],
      [1, 1],
      [0, 0],
      [0, 1],
      [0, 1],
    ]);
    await answer(a, id, null, { occurrence: THIRD });
    expect((await datesOf(a, id)).map(({ myRsvp }) => myRsvp)).toEqual(Array(5).fill('INTERESTED'));
    await mustAgree(id);
  });

  it('is refused for what cannot be answered', async () => {
    const who = await test.person();
    const { id } = await anEvent(test, owner, { ...WEEKLY, guestLimit: 1, questions: ['Why?'] });
    expect(await refusal(who, id, 'WAITLISTED')).toEqual(['VALIDATION_ERROR']);
    expect(await refusal(who, id, 'GOING', { occurrence: '2027-01-12T17:00:00Z' })).toEqual(['VALIDATION_ERROR']);
    expect(await refusal(who, id, 'GOING', { guests: 2 })).toEqual(['VALIDATION_ERROR']);
    expect(await refusal(who, id, 'GOING', { guests: -1 })).toEqual(['VALIDATION_ERROR']);
    expect(await refusal(who, id, 'GOING', { answers: ['a', 'b'] })).toEqual(['VALIDATION_ERROR']);
    expect(await refusal(who, id, 'GOING', { answers: ['x'.repeat(2_001)] })).toEqual(['VALIDATION_ERROR']);
    expect(await refusal(await test.person(null), id, 'GOING')).toEqual(['NOT_FOUND']);
    expect(await refusal(who, uuidv7(), 'GOING')).toEqual(['NOT_FOUND']);
    const open = await anEvent(test, owner, { visibility: 'PUBLIC' });
    expect(await refusal(await test.person(null), open.id, 'GOING')).toEqual(['FORBIDDEN']);
    const draft = await anEvent(test, owner, { draft: true });
    expect(await refusal(owner, draft.id, 'GOING')).toEqual(['CONFLICT', 'RSVP_CLOSED']);
    await test.get(owner, CANCEL, { id, occurrence: SECOND });
    expect(await refusal(who, id, 'GOING', { occurrence: SECOND })).toEqual(['CONFLICT', 'EVENT_CANCELLED']);
    expect(await refusal(who, id, 'GOING', { occurrence: THIRD })).toEqual([null]);
    await test.get(owner, CANCEL, { id });
    expect(await refusal(who, id, 'GOING')).toEqual(['CONFLICT', 'EVENT_CANCELLED']);
  });

  it('closes as many minutes before the start as the event says, else at its end', async () => {
    const who = await test.person();
    const inHours = (hours: number) => new Date(test.world.clock.nowMs() + hours * 3_600_000).toISOString();
    const at = (from: number, to: number) => ({ startsAt: inHours(from), endsAt: inHours(to) });
    const cases: [object, unknown[]][] = [
      [at(-1, 1), [null]],
      [at(-2, -1), ['CONFLICT', 'RSVP_CLOSED']],
      [{ ...at(1, 2), rsvpClosesMinutes: 30 }, [null]],
      [{ ...at(1, 2), rsvpClosesMinutes: 61 }, ['CONFLICT', 'RSVP_CLOSED']],
    ];
    for (const [input, expected] of cases) {
      const { id } = await anEvent(test, owner, input);
      expect([input, await refusal(who, id, 'GOING')]).toEqual([input, expected]);
    }
    const { id } = await anEvent(test, owner, { ...at(-2, -1), recurrence: 'RRULE:FREQ=DAILY;COUNT=3' });
    expect(await refusal(who, id, 'GOING', { occurrence: inHours(-2) })).toEqual(['CONFLICT', 'RSVP_CLOSED']);
    expect(await refusal(who, id, 'GOING')).toEqual([null]);
  });

  it('twenty times at once is one answer', async () => {
    const [{ id }, who] = [await anEvent(test, owner, WEEKLY), await test.person()];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        answer(who, id, n % 2 ? 'GOING' : 'INTERESTED', n % 3 ? {} : { occurrence: SECOND }),
      ),
    );
    const [row] = await onDatabase<{ n: string }[]>(test.world, 'events', (ask) =>
      ask(`select count(*) as n from rsvp where event_id = '${id}'`),
    );
    expect(Number(row?.n)).toBe(2);
    await mustAgree(id);
  });

  it('shows the address of the meeting to who is going', async () => {
    const url = 'https://meet.example.test/x';
    const [{ id }, who] = [await anEvent(test, owner, { ...WEEKLY, onlineUrl: url }), await test.person()];
    await answer(who, id, 'GOING', { occurrence: SECOND });
    expect((await datesOf(who, id)).map(({ onlineUrl }) => onlineUrl)).toEqual([null, url, null, null, null]);
  });
});

describe('capacity', () => {
  it('of 50 places and 200 who come at once gives exactly 50, and the others wait in the order of asking', async () => {
    const { id } = await anEvent(test, owner, { capacity: 50 });
    const everybody = await people(200);
    // The machine may be busy with other tests; nobody gives up waiting here.
    const patience = { deadline: Date.now() + 60_000 };
    await Promise.all(everybody.map((who) => test.get(who, SET, { eventId: id, rsvp: 'GOING' }, patience)));
    const counts = (await answer(everybody[0]!, id, 'INTERESTED')).rsvpCounts;
    // One left, and the first who waited came.
    expect(counts).toEqual({ ...none, interested: 1, going: 50, waitlisted: 149 });
    const places = await onDatabase<{ place: number; changed_at: string }[]>(test.world, 'events', (ask) =>
      ask(`select place from rsvp where event_id = '${id}' and status = 'WAITLISTED' order by place`),
    );
    expect(new Set(places.map(({ place }) => place)).size).toBe(149);
    await mustAgree(id);
  }, 60_000);

  it('lets in who waited longest when somebody leaves, and tells of it', async () => {
    const { id } = await anEvent(test, owner, { capacity: 1 });
    const [a, b, c] = (await people(3)) as [Person, Person, Person];
    expect((await answer(a, id, 'GOING')).myRsvp).toBe('GOING');
    expect((await answer(b, id, 'GOING')).myRsvp).toBe('WAITLISTED');
    expect((await answer(c, id, 'GOING')).myRsvp).toBe('WAITLISTED');
    // Asking again keeps the place.
    expect((await answer(b, id, 'GOING')).myRsvp).toBe('WAITLISTED');
    await answer(a, id, null);
    expect((await attendees(owner, id)).map(({ user, rsvp }) => [user.id, rsvp])).toEqual([
      [b.id, 'GOING'],
      [c.id, 'WAITLISTED'],
    ]);
    const [told] = await onDatabase<{ data: object }[]>(test.world, 'events', (ask) =>
      ask(`select payload as data from outbox where type = 'events.waitlist.promoted' order by id desc limit 1`),
    );
    expect(told?.data).toEqual({ eventId: id, userId: b.id, occurrence: null });
    await mustAgree(id);
  });

  it('is counted per date, with who comes to the whole series', async () => {
    const { id } = await anEvent(test, owner, { ...WEEKLY, capacity: 2 });
    const [a, b, c, d] = (await people(4)) as [Person, Person, Person, Person];
    await answer(a, id, 'GOING');
    expect((await answer(b, id, 'GOING', { occurrence: SECOND })).rsvpCounts.going).toBe(1);
    // The second date is full, so the whole series is.
    expect((await answer(c, id, 'GOING')).myRsvp).toBe('WAITLISTED');
    await answer(d, id, 'GOING', { occurrence: SECOND });
    expect((await datesOf(d, id))[1]).toMatchObject({ myRsvp: 'WAITLISTED', rsvpCounts: { going: 2 } });
    // Who comes to the whole series but not to this date leaves a place: who waits for the whole series comes before who waits for a date.
    await answer(a, id, 'NOT_GOING', { occurrence: SECOND });
    expect((await datesOf(c, id)).map(({ myRsvp }) => myRsvp)).toEqual(Array(5).fill('GOING'));
    expect((await datesOf(d, id))[1]).toMatchObject({ myRsvp: 'WAITLISTED', rsvpCounts: { going: 2 } });
    await answer(b, id, null, { occurrence: SECOND });
    expect((await datesOf(d, id))[1]).toMatchObject({ myRsvp: 'GOING', rsvpCounts: { going: 2 } });
    await mustAgree(id);
  });

  it('counts guests, and lets nobody past who needs more room', async () => {
    const { id } = await anEvent(test, owner, { capacity: 4, guestLimit: 3 });
    const [a, b, c] = (await people(3)) as [Person, Person, Person];
    expect((await answer(a, id, 'GOING', { guests: 2 })).rsvpCounts).toEqual({ ...none, going: 1, guests: 2 });
    expect((await answer(b, id, 'GOING', { guests: 1 })).myRsvp).toBe('WAITLISTED');
    expect((await answer(c, id, 'GOING')).myRsvp).toBe('WAITLISTED');
    expect(await refusal(a, id, 'GOING', { guests: 3 })).toEqual([null]);
    await answer(a, id, 'GOING', { guests: 0 });
    expect((await answer(c, id, 'GOING')).rsvpCounts).toEqual({ ...none, going: 3, guests: 1 });
    expect(await refusal(a, id, 'GOING', { guests: 3 })).toEqual(['CONFLICT', 'NO_ROOM']);
    await mustAgree(id);
  });

  it('that grows lets people in', async () => {
    const { id } = await anEvent(test, owner, { capacity: 1 });
    for (const who of await people(4)) await answer(who, id, 'GOING');
    expect(await test.get(owner, UPDATE, { id, input: { capacity: 3 } })).toMatchObject({
      rsvpCounts: { going: 3, waitlisted: 1 },
    });
    expect(await test.get(owner, UPDATE, { id, input: { capacity: null } })).toMatchObject({
      rsvpCounts: { going: 4, waitlisted: 0 },
    });
    await mustAgree(id);
  });
});

describe('approval', () => {
  it('is waited for, given and refused by organizers', async () => {
    const { id } = await anEvent(test, owner, { needsApproval: true, capacity: 1, questions: ['Why?'] });
    const [a, b, c] = (await people(3)) as [Person, Person, Person];
    for (const who of [a, b, c])
      expect((await answer(who, id, 'GOING', { answers: ['Because'] })).myRsvp).toBe('WAITLISTED');
    expect(await test.codeOf(a, DECIDE, { eventId: id, userId: a.id, approve: true })).toBe('FORBIDDEN');
    expect(await test.codeOf(owner, DECIDE, { eventId: id, userId: uuidv7(), approve: true })).toBe('NOT_FOUND');
    expect(await test.codeOf(owner, DECIDE, { eventId: id, userId: 'x', approve: true })).toBe('NOT_FOUND');
    const decide = (who: Person, approve: boolean) =>
      test.get<Answer>(owner, DECIDE, { eventId: id, userId: who.id, approve });
    expect((await decide(b, true)).rsvpCounts).toEqual({ ...none, going: 1, waitlisted: 2 });
    expect((await decide(c, true)).rsvpCounts).toEqual({ ...none, going: 1, waitlisted: 2 });
    expect((await decide(a, false)).rsvpCounts).toEqual({ ...none, going: 1, waitlisted: 1, notGoing: 1 });
    await answer(b, id, null);
    expect((await answer(c, id, 'GOING')).myRsvp).toBe('GOING');
    await mustAgree(id);
  });

  it('twenty times at once lets in one for one place', async () => {
    const { id } = await anEvent(test, owner, { needsApproval: true, capacity: 1 });
    const waiting = await people(20);
    for (const who of waiting) await answer(who, id, 'GOING');
    await Promise.all(waiting.map((who) => test.get(owner, DECIDE, { eventId: id, userId: who.id, approve: true })));
    expect((await attendees(owner, id, { rsvp: 'GOING' })).length).toBe(1);
    await mustAgree(id);
  });
});

describe('attendees', () => {
  it.each([
    ['EVERYONE', { organizer: 4, going: 3, interested: 3, stranger: 2, anonymous: 0 }],
    ['GOING', { organizer: 4, going: 3, interested: 1, stranger: 0, anonymous: 0 }],
    ['ORGANIZERS', { organizer: 4, going: 1, interested: 1, stranger: 0, anonymous: 0 }],
  ])('are shown to %s as the event says', async (attendeesShownTo, expected) => {
    const { id } = await anEvent(test, owner, {
      attendeesShownTo,
      visibility: 'PUBLIC',
      capacity: 1,
      questions: ['Why?'],
    });
    const [going, interested, not, waiting, stranger] = (await people(5)) as Person[];
    await answer(going!, id, 'GOING', { answers: ['secret'] });
    await answer(interested!, id, 'INTERESTED');
    await answer(not!, id, 'NOT_GOING');
    await answer(waiting!, id, 'GOING');
    const count = async (who: Person | typeof anonymous) => (await attendees(who, id)).length;
    const seen = {
      organizer: await count(owner),
      going: (await count(going!)) + (attendeesShownTo === 'ORGANIZERS' ? 0 : 1),
      interested: (await count(interested!)) + (attendeesShownTo === 'EVERYONE' ? 1 : 0),
      stranger: await count(stranger!),
      anonymous: await count(anonymous),
    };
    expect(seen).toEqual(expected);
    for (const node of await attendees(stranger!, id))
      expect([node.rsvp, node.answers]).toEqual([expect.stringMatching(/^(GOING|INTERESTED)$/), null]);
    expect((await attendees(owner, id, { rsvp: 'GOING' }))[0]?.answers).toEqual(['secret']);
  });

  it('of a date are those who answered for it, and those who answered for the whole and not for it', async () => {
    const { id } = await anEvent(test, owner, WEEKLY);
    const [a, b] = (await people(2)) as [Person, Person];
    await answer(a, id, 'GOING');
    await answer(b, id, 'GOING', { occurrence: SECOND });
    await answer(a, id, 'NOT_GOING', { occurrence: THIRD });
    const going = async (occurrence?: string) =>
      (await attendees(owner, id, { rsvp: 'GOING', occurrence })).map(({ user }) => user.id).sort();
    expect(await going()).toEqual([a.id]);
    expect(await going(SECOND)).toEqual([a.id, b.id].sort());
    expect(await going(THIRD)).toEqual([]);
  });

  it('find their events, and nobody else does', async () => {
    const [{ id }, who, other] = [await anEvent(test, owner), await test.person(), await test.person()];
    await answer(who, id, 'GOING');
    const mine = async (asker: Person) =>
      test
        .get<{ events: { edges: { node: Node }[] } }[]>(asker, MINE.replace('ID', who.id))
        .then(([user]) => user!.events.edges.map(({ node }) => node.id));
    expect(await mine(who)).toEqual([id]);
    expect(await mine(other)).toEqual([]);
    expect(await mine(owner)).toEqual([]);
  });
});

describe('answers to a series that is split', () => {
  it('stay with their dates, and those to the whole count for both parts', async () => {
    const { id } = await anEvent(test, owner, { ...WEEKLY, capacity: 5 });
    const [a, b] = (await people(2)) as [Person, Person];
    await answer(a, id, 'GOING');
    await answer(b, id, 'GOING', { occurrence: SECOND });
    await answer(b, id, 'GOING', { occurrence: THIRD });
    const input = { startsAt: '2027-01-19T18:00:00Z', recurrence: 'RRULE:FREQ=WEEKLY;COUNT=8' };
    const following = await test.get<Node>(owner, UPDATE, { id, occurrence: THIRD, span: 'FOLLOWING', input });
    expect((await datesOf(b, id)).map(({ rsvpCounts, myRsvp }) => [rsvpCounts.going, myRsvp])).toEqual([
      [1, null],
      [2, 'GOING'],
    ]);
    const after = await datesOf(b, following.id);
    expect(after[0]).toMatchObject({
      recurrenceId: '2027-01-19T18:00:00.000Z',
      myRsvp: 'GOING',
      rsvpCounts: { going: 2 },
    });
    expect(after[1]).toMatchObject({ myRsvp: null, rsvpCounts: { going: 1 } });
    for (const each of [id, following.id]) await mustAgree(each);
  });
});

it('numbers and own answers of many dates are one statement', async () => {
  const CALENDAR = `{ calendar(from: "2027-01-01T00:00:00Z", to: "2027-06-01T00:00:00Z", first: 100) { edges { node { startsAt myRsvp event { id title } ${COUNTS} } } } }`;
  const who = await test.person();
  await answer(who, (await anEvent(test, owner, WEEKLY)).id, 'GOING');
  const statements = await test.statementsOf(who, CALENDAR);
  expect(
    statements.filter((sql) => /\b(from|join) "?(event|changed_date|tally|rsvp)"?/.test(sql)).length,
  ).toBeLessThanOrEqual(3);
});
