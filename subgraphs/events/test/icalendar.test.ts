import { spawnSync } from 'node:child_process';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { anEvent, startEvents, WEEKLY } from './factories.ts';

// What is exported is read by Python's icalendar, which shares no code with what writes it. Where this machine has it not, the suite is skipped.

const PYTHON = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import icalendar']).status === 0,
);
const suite = PYTHON ? describe : describe.skip;

// Prints what it finds as JSON: of every event its texts, its times as ISO 8601 in their zones, what the viewer answered and their alarms.
const READ = `
import json, sys
from icalendar import Calendar

def when(value):
    return None if value is None else value.dt.isoformat()

def many(component, name):
    found = component.get(name)
    return [] if found is None else found if isinstance(found, list) else [found]

calendar = Calendar.from_ical(sys.stdin.buffer.read())
events = [{
    'uid': str(event['UID']),
    'title': str(event['SUMMARY']),
    'description': str(event['DESCRIPTION']) if 'DESCRIPTION' in event else None,
    'url': str(event['URL']) if 'URL' in event else None,
    'status': str(event['STATUS']),
    'start': when(event.get('DTSTART')),
    'end': when(event.get('DTEND')),
    'zone': event['DTSTART'].params.get('TZID'),
    'date': when(event.get('RECURRENCE-ID')),
    'rule': event['RRULE'].to_ical().decode() if 'RRULE' in event else None,
    'left_out': [each.dt.isoformat() for exdate in many(event, 'EXDATE') for each in exdate.dts],
    'tags': [category for each in many(event, 'CATEGORIES') for category in each.to_ical().decode().split(',')],
    'answers': [[str(each), each.params['PARTSTAT']] for each in many(event, 'ATTENDEE')],
    'alarms': [alarm['TRIGGER'].dt.total_seconds() / 60 for alarm in event.walk('VALARM')],
    'errors': [list(each) for each in event.errors],
} for event in calendar.walk('VEVENT')]
zones = [{'name': str(zone['TZID']), 'parts': [[part.name, when(part['DTSTART'])] for part in zone.subcomponents]} for zone in calendar.walk('VTIMEZONE')]
json.dump({'version': str(calendar['VERSION']), 'product': str(calendar['PRODID']), 'events': events, 'zones': zones, 'again': Calendar.from_ical(calendar.to_ical()) == calendar}, sys.stdout)
`;

interface ReadEvent {
  title: string;
  description: string | null;
  url: string | null;
  status: string;
  start: string;
  end: string;
  zone: string | null;
  date: string | null;
  rule: string | null;
  left_out: string[];
  tags: string[];
  answers: [string, string][];
  alarms: number[];
  errors: unknown[];
}
interface ReadCalendar {
  version: string;
  events: ReadEvent[];
  zones: { name: string; parts: [string, string][] }[];
  again: boolean;
}

const ICS = 'query ($id: ID!) { event(id: $id) { ics } }';
const UPDATE =
  'mutation ($id: ID!, $input: UpdateEventInput!, $occurrence: DateTime) { updateEvent(id: $id, input: $input, occurrence: $occurrence) { id } }';
const CANCEL = 'mutation ($id: ID!, $occurrence: DateTime) { cancelEvent(id: $id, occurrence: $occurrence) { id } }';
const SET =
  'mutation ($id: ID!, $rsvp: Rsvp, $occurrence: DateTime) { setRsvp(eventId: $id, rsvp: $rsvp, occurrence: $occurrence) { id } }';
const REMIND =
  'mutation ($id: ID, $minutes: Int) { setReminder(eventId: $id, minutesBefore: $minutes) { minutesBefore } }';
const [SECOND, THIRD, FOURTH] = ['2027-01-11T17:00:00Z', '2027-01-18T17:00:00Z', '2027-01-25T17:00:00Z'];

suite('python3-icalendar', () => {
  let test: TestSubgraph;
  let owner: Person;
  beforeAll(async () => {
    test = await startEvents();
    owner = await test.person('tenant.owner');
  }, 60_000);
  afterAll(() => test?.world.close());

  async function read(viewer: Person, id: string): Promise<ReadCalendar> {
    const { ics } = await test.get<{ ics: string }>(viewer, ICS, { id });
    const { stdout, stderr, status } = spawnSync(PYTHON as string, ['-c', READ], { input: ics, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as ReadCalendar;
  }

  it('reads texts of every kind, the rule, the zone and what is left out', async () => {
    const title = `Commas, semicolons; back\\slashes, "quotes" and a very long line ${'ü'.repeat(80)}`;
    const recurrence = `${WEEKLY.recurrence}\nEXDATE;TZID=Europe/Berlin:20270111T180000`;
    const more = { description: 'One\n\ntwo, three; *four*', tags: ['board', 'open'] };
    const { id } = await anEvent(test, owner, { ...WEEKLY, title, recurrence, ...more });
    const { version, events, zones, again } = await read(owner, id);
    expect([version, again, events.length]).toEqual(['2.0', true, 1]);
    const [event] = events as [ReadEvent];
    expect(event).toMatchObject({
      ...{ title, description: more.description, tags: more.tags, status: 'CONFIRMED', date: null, errors: [] },
      ...{ start: '2027-01-04T18:00:00+01:00', end: '2027-01-04T20:00:00+01:00', zone: 'Europe/Berlin' },
      left_out: ['2027-01-11T18:00:00+01:00'],
    });
    expect(event.rule?.split(';').sort()).toEqual(['BYDAY=MO', 'COUNT=10', 'FREQ=WEEKLY']);
    expect(zones.map(({ name }) => name)).toEqual(['Europe/Berlin']);
    expect(zones[0]?.parts).toContainEqual(['DAYLIGHT', '2027-03-28T02:00:00']);
    expect(zones[0]?.parts).toContainEqual(['STANDARD', '2027-10-31T03:00:00']);
  });

  it('reads whole days as dates', async () => {
    const day = {
      startsAt: '2027-03-05T23:00:00Z',
      endsAt: '2027-03-07T23:00:00Z',
      timeZone: 'Europe/Berlin',
      allDay: true,
    };
    const { id } = await anEvent(test, owner, day);
    const [event] = (await read(owner, id)).events as [ReadEvent];
    expect([event.start, event.end, event.zone]).toEqual(['2027-03-06', '2027-03-08', null]);
  });

  it('reads what one answered to the whole and to single dates, when one is reminded, and what differs', async () => {
    const guest = await test.person();
    const { id } = await anEvent(test, owner, { ...WEEKLY, onlineUrl: 'https://meet.test/all' });
    await test.get(owner, UPDATE, {
      id,
      occurrence: SECOND,
      input: { title: 'Moved', startsAt: '2027-01-12T17:00:00Z' },
    });
    await test.get(owner, CANCEL, { id, occurrence: FOURTH });
    const plain = await read(guest, id);
    expect(plain.events.map(({ date, answers, alarms, url }) => [date, answers, alarms, url])).toEqual([
      [null, [], [], null],
      ['2027-01-11T18:00:00+01:00', [], [], null],
      ['2027-01-25T18:00:00+01:00', [], [], null],
    ]);
    await test.get(guest, SET, { id, rsvp: 'GOING' });
    await test.get(guest, SET, { id, rsvp: 'NOT_GOING', occurrence: THIRD });
    await test.get(guest, REMIND, { minutes: 15 });
    const me = `urn:uuid:${guest.id}`;
    const { events, again } = await read(guest, id);
    expect(again).toBe(true);
    const byDate = Object.fromEntries(
      events.map(({ date, title, start, status, answers, alarms, url }) => [
        date ?? 'all',
        { title, start, status, answers, alarms, url },
      ]),
    );
    const going = { answers: [[me, 'ACCEPTED']], alarms: [-15], url: 'https://meet.test/all' };
    expect(byDate).toEqual({
      all: { title: 'An event', start: '2027-01-04T18:00:00+01:00', status: 'CONFIRMED', ...going },
      '2027-01-11T18:00:00+01:00': {
        title: 'Moved',
        start: '2027-01-12T18:00:00+01:00',
        status: 'CONFIRMED',
        ...going,
      },
      '2027-01-18T18:00:00+01:00': {
        ...{ title: 'An event', start: '2027-01-18T18:00:00+01:00', status: 'CONFIRMED' },
        ...{ answers: [[me, 'DECLINED']], alarms: [], url: null },
      },
      '2027-01-25T18:00:00+01:00': {
        title: 'An event',
        start: '2027-01-25T18:00:00+01:00',
        status: 'CANCELLED',
        ...going,
        alarms: [],
      },
    });
    await test.get(guest, REMIND, { id, minutes: null });
    expect((await read(guest, id)).events.flatMap(({ alarms }) => alarms)).toEqual([]);
  });
});
