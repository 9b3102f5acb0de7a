import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import ICAL from 'ical.js';
import { aMember, anEvent, startEvents, tenantScope, WEEKLY } from './factories.ts';

// What is exported is read by a parser of others, the one of Thunderbird, and its dates are worked out by that.

const ICS = 'query ($id: ID!) { event(id: $id) { ics } }';
const DATES = `query ($id: ID!) { event(id: $id) { occurrences(first: 100, to: "2030-01-01T00:00:00Z") { edges { node { startsAt } } } } }`;
const UPDATE =
  'mutation ($id: ID!, $input: UpdateEventInput!, $occurrence: DateTime) { updateEvent(id: $id, input: $input, occurrence: $occurrence) { id } }';
const CANCEL = 'mutation ($id: ID!, $occurrence: DateTime) { cancelEvent(id: $id, occurrence: $occurrence) { id } }';
const GOING =
  'mutation ($id: ID!, $occurrence: DateTime) { setRsvp(eventId: $id, rsvp: GOING, occurrence: $occurrence) { id } }';

let test: TestSubgraph;
let owner: Person;
beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
}, 60_000);
afterAll(() => test?.world.close());

const icsOf = async (viewer: Person, id: string) => (await test.get<{ ics: string }>(viewer, ICS, { id })).ics;

/** The file as the other parser understands it, its zones made known. */
function parsed(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    ICAL.TimezoneService.register(zone);
  }
  const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
  const whole = events.find((each) => !each.isRecurrenceException()) as ICAL.Event;
  for (const each of events) if (each.isRecurrenceException()) whole.relateException(each);
  return { calendar, events, whole };
}

function startsOf(whole: ICAL.Event, most: number): string[] {
  const iterator = whole.iterator();
  const starts: string[] = [];
  for (let next = iterator.next(); next && starts.length < most; next = iterator.next())
    starts.push(whole.getOccurrenceDetails(next).startDate.toJSDate().toISOString());
  return starts.sort();
}

const ours = async (id: string) =>
  (
    await test.get<{ occurrences: { edges: { node: { startsAt: string } }[] } }>(owner, DATES, { id })
  ).occurrences.edges.map(({ node }) => node.startsAt);

it.each([
  ['a week through a change of the clock', 'RRULE:FREQ=WEEKLY;COUNT=30', 'Europe/Berlin'],
  ['the last Friday of months', 'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=24', 'America/New_York'],
  [
    'days left out and added',
    'RRULE:FREQ=DAILY;COUNT=10\nEXDATE;TZID=Europe/Berlin:20270106T180000\nRDATE;TZID=Europe/Berlin:20270201T180000',
    'Europe/Berlin',
  ],
  ['until a day', 'RRULE:FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270301T000000Z', 'Pacific/Auckland'],
])('has the dates of %s as another program works them out', async (_, recurrence, timeZone) => {
  const { id } = await anEvent(test, owner, { ...WEEKLY, timeZone, recurrence });
  const { whole } = parsed(await icsOf(owner, id));
  expect(startsOf(whole, 100)).toEqual([...(await ours(id))].sort());
});

it('has texts of every kind, and one date that differs, as another program reads them', async () => {
  const title = `Commas, semicolons; back\\slashes, "quotes" and a very long line ${'ü'.repeat(80)}`;
  const { id } = await anEvent(test, owner, {
    ...WEEKLY,
    title,
    description: 'One\n\ntwo',
    location: 'Hall; east',
    tags: ['a,b'],
  });
  const second = (await ours(id))[1] as string;
  await test.get(owner, UPDATE, {
    id,
    occurrence: second,
    input: { title: 'Another', startsAt: '2027-01-11T19:00:00Z' },
  });
  const third = (await ours(id))[2] as string;
  await test.get(owner, CANCEL, { id, occurrence: third });
  const { whole, events, calendar } = parsed(await icsOf(owner, id));
  expect([whole.summary, whole.description, whole.location]).toEqual([title, 'One\n\ntwo', 'Hall; east']);
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  expect(events.filter((each) => each.isRecurrenceException()).map(({ summary }) => summary)).toContain('Another');
  expect(startsOf(whole, 20)).toContain('2027-01-11T19:00:00.000Z');
  const statuses = events.map((each) => each.component.getFirstPropertyValue('status'));
  expect(statuses.filter((status) => status === 'CANCELLED')).toHaveLength(1);
});

it('gives whole days as dates, without a zone', async () => {
  const times = {
    startsAt: '2027-03-05T23:00:00Z',
    endsAt: '2027-03-07T23:00:00Z',
    timeZone: 'Europe/Berlin',
    allDay: true,
  };
  const { id } = await anEvent(test, owner, times);
  const { whole } = parsed(await icsOf(owner, id));
  expect([whole.startDate.isDate, whole.startDate.toString(), whole.endDate.toString()]).toEqual([
    true,
    '2027-03-06',
    '2027-03-08',
  ]);
});

it('shows the address of a date’s meeting to who goes on that date only', async () => {
  const guest = await aMember(test, tenantScope(test), 'tenant.member');
  const { id } = await anEvent(test, owner, { ...WEEKLY, onlineUrl: 'https://meet.test/all' });
  const [first, second] = (await ours(id)) as [string, string];
  await test.get(owner, UPDATE, { id, occurrence: second, input: { onlineUrl: 'https://meet.test/second' } });
  expect(await icsOf(guest, id)).not.toContain('https://meet.test');
  await test.get(guest, GOING, { id, occurrence: first });
  expect(await icsOf(guest, id)).not.toContain('https://meet.test/second');
  await test.get(guest, GOING, { id, occurrence: second });
  expect(await icsOf(guest, id)).toContain('https://meet.test/second');
});
