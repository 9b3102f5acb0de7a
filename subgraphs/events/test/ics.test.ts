import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { componentsOf, folded, textLine } from '../src/domain/ics/lines.ts';
import { readCalendar } from '../src/domain/ics/read.ts';
import { aCommunity, anEvent, type Scope, startEvents, WEEKLY } from './factories.ts';

const IMPORT = `mutation ($scope: ScopeInput!, $ics: String!) { importCalendar(scope: $scope, ics: $ics) { created updated unchanged refused { uid reason } } }`;
const CALENDAR = `query ($scope: ScopeInput) { calendar(scope: $scope, from: "2027-01-01T00:00:00Z", to: "2028-01-01T00:00:00Z", first: 100) {
  edges { node { startsAt endsAt title cancelled event { id title timeZone allDay recurrence location visibility description tags } } } } }`;
const ICS = 'query ($id: ID!) { event(id: $id) { ics } }';
const RSVP =
  'mutation ($id: ID!, $occurrence: DateTime) { setRsvp(eventId: $id, rsvp: GOING, occurrence: $occurrence) { id } }';
const UPDATE = `mutation ($id: ID!, $input: UpdateEventInput!, $occurrence: DateTime) { updateEvent(id: $id, input: $input, occurrence: $occurrence) { id } }`;

interface Report {
  created: number;
  updated: number;
  unchanged: number;
  refused: { uid: string | null; reason: string }[];
}
interface Dates {
  edges: {
    node: { startsAt: string; endsAt: string; title: string; cancelled: boolean; event: Record<string, unknown> };
  }[];
}

let test: TestSubgraph;
let owner: Person;
let scope: Scope;
beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
});
beforeEach(async () => {
  scope = await aCommunity(test);
});
afterAll(() => test?.world.close());

const file = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (uid: string, ...lines: string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTAMP:20270101T000000Z',
  ...lines,
  'END:VEVENT',
];
const BERLIN = ['DTSTART;TZID=Europe/Berlin:20270104T180000', 'DTEND;TZID=Europe/Berlin:20270104T200000'];
const take = (ics: string, into = scope) => test.get<Report>(owner, IMPORT, { scope: into, ics });
const dates = async (at = scope) =>
  (await test.get<Dates>(owner, CALENDAR, { scope: at })).edges.map(({ node }) => node);

describe('importCalendar', () => {
  it('takes events of every kind, in the zones that the file means', async () => {
    const ics = file(
      ...event(
        'a',
        ...BERLIN,
        'SUMMARY:One\\, two',
        'DESCRIPTION:First line\\nsecond',
        'LOCATION:Hall',
        'CATEGORIES:a,b',
        'CLASS:PRIVATE',
      ),
      ...event('b', 'DTSTART;VALUE=DATE:20270201', 'SUMMARY:All day'),
      ...event('c', 'DTSTART:20270301T100000Z', 'DURATION:PT90M', 'SUMMARY:By duration'),
      ...event('d', 'DTSTART;TZID=W. Europe Standard Time:20270401T100000', 'SUMMARY:Of Windows'),
      ...event('e', 'DTSTART;TZID=/mozilla.org/20050126_1/America/New_York:20270501T100000', 'SUMMARY:By path'),
      ...event('f', 'DTSTART;TZID=Mine:20270601T100000', 'SUMMARY:By location'),
      'BEGIN:VTIMEZONE',
      'TZID:Mine',
      'X-LIC-LOCATION:Asia/Tokyo',
      'END:VTIMEZONE',
    );
    expect(await take(ics)).toEqual({ created: 6, updated: 0, unchanged: 0, refused: [] });
    const found = await dates();
    expect(found.map(({ startsAt, title, event: { timeZone } }) => [startsAt.slice(5, 16), title, timeZone])).toEqual([
      ['01-04T17:00', 'One, two', 'Europe/Berlin'],
      ['02-01T00:00', 'All day', 'UTC'],
      ['03-01T10:00', 'By duration', 'UTC'],
      ['04-01T08:00', 'Of Windows', 'Europe/Berlin'],
      ['05-01T14:00', 'By path', 'America/New_York'],
      ['06-01T01:00', 'By location', 'Asia/Tokyo'],
    ]);
    expect(found[0]?.event).toMatchObject({
      description: 'First line\nsecond',
      location: 'Hall',
      tags: ['a', 'b'],
      visibility: 'PRIVATE',
    });
    expect([found[1]?.endsAt, found[2]?.endsAt]).toEqual(['2027-02-02T00:00:00.000Z', '2027-03-01T11:30:00.000Z']);
  });

  it('takes series with what is left out and what differs, and the same file again as what it is', async () => {
    const master = event(
      'a',
      ...BERLIN,
      'RRULE:FREQ=WEEKLY;COUNT=4',
      'EXDATE;TZID=Europe/Berlin:20270118T180000',
      'SUMMARY:Weekly',
    );
    const moved = event(
      'a',
      'RECURRENCE-ID;TZID=Europe/Berlin:20270111T180000',
      'DTSTART:20270112T090000Z',
      'DTEND:20270112T100000Z',
      'SUMMARY:Moved',
    );
    expect(await take(file(...moved, ...master))).toEqual({ created: 2, updated: 0, unchanged: 0, refused: [] });
    const seen = async () =>
      (await dates()).map(({ startsAt, title, cancelled }) => [startsAt.slice(5, 16), title, cancelled]);
    const before = [
      ['01-04T17:00', 'Weekly', false],
      ['01-12T09:00', 'Moved', false],
      ['01-25T17:00', 'Weekly', false],
    ];
    expect(await seen()).toEqual(before);
    expect(await take(file(...moved, ...master))).toEqual({ created: 0, updated: 0, unchanged: 2, refused: [] });
    const newer = [...event('a', 'SEQUENCE:2', ...BERLIN, 'RRULE:FREQ=WEEKLY;COUNT=4', 'SUMMARY:Renamed')];
    expect(await take(file(...newer))).toMatchObject({ updated: 1 });
    expect(await seen()).toEqual([
      ['01-04T17:00', 'Renamed', false],
      before[1],
      ['01-18T17:00', 'Renamed', false],
      ['01-25T17:00', 'Renamed', false],
    ]);
    // What is older than what is here changes nothing.
    expect(await take(file(...event('a', 'SEQUENCE:1', ...BERLIN, 'SUMMARY:Old')))).toMatchObject({
      unchanged: 1,
      updated: 0,
    });
    expect(
      await take(
        file(
          ...event('a', 'SEQUENCE:3', ...BERLIN, 'STATUS:CANCELLED', 'RRULE:FREQ=WEEKLY;COUNT=4', 'SUMMARY:Renamed'),
        ),
      ),
    ).toMatchObject({ updated: 1 });
    expect((await seen()).every(([, , cancelled]) => cancelled)).toBe(true);
  });

  it('never stops at what is broken, and says of each why', async () => {
    const ics = file(
      ...event('no-start', 'SUMMARY:x'),
      ...event('bad-start', 'DTSTART:tomorrow'),
      ...event('bad-date', 'DTSTART:20271332T000000Z'),
      ...event('bad-zone', 'DTSTART;TZID=Mars/Olympus:20270101T000000'),
      ...event('backwards', 'DTSTART:20270102T000000Z', 'DTEND:20270101T000000Z'),
      ...event('negative', 'DTSTART:20270102T000000Z', 'DURATION:-PT1H'),
      ...event('seconds', 'DTSTART:20270102T000000Z', 'RRULE:FREQ=SECONDLY'),
      ...event('many', 'DTSTART:20270102T000000Z', 'RRULE:FREQ=DAILY;COUNT=10000000'),
      ...event('never', 'DTSTART:20270102T000000Z', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'),
      ...event('lost', 'RECURRENCE-ID:20270102T000000Z', 'DTSTART:20270102T000000Z'),
      ...event('markdown', 'DTSTART:20270102T000000Z', `DESCRIPTION:${'>'.repeat(19_000)}`),
      ...event('long', `DTSTART:20270102T000000Z`, `SUMMARY:${'x'.repeat(70_000)}`),
      'BEGIN:VEVENT',
      'DTSTART:20270102T000000Z',
      'END:VEVENT',
      'END:VEVENT',
      'nonsense',
      ':',
      'BEGIN:VTODO',
      'UID:todo',
      'END:VTODO',
      ...event('good', 'DTSTART:20270102T000000Z', 'SUMMARY:Good'),
      'BEGIN:VEVENT',
      'UID:open',
    );
    const { created, refused } = await take(ics);
    expect(created).toBe(1);
    expect(refused.map(({ uid }) => uid).sort()).toEqual(
      [
        null,
        'backwards',
        'bad-date',
        'bad-start',
        'bad-zone',
        'long',
        'lost',
        'many',
        'markdown',
        'negative',
        'never',
        'no-start',
        'open',
        'seconds',
      ].sort(),
    );
    for (const { reason } of refused) expect(reason).toMatch(/^[\x20-\x7e]{5,200}$/);
    expect((await dates()).map(({ title }) => title)).toEqual(['Good']);
  });

  it('is for who may make events there, within its bounds', async () => {
    const ics = file(...event('a', ...BERLIN));
    const refusal = (who: Person, more: object = {}) => test.codeOf(who, IMPORT, { scope, ics, ...more });
    expect(await refusal(await test.person())).toBe('NOT_FOUND');
    expect(await refusal(await test.person(), { scope: { type: 'TENANT', id: test.tenantId } })).toBe('FORBIDDEN');
    expect(await refusal(owner, { ics: 'hello' })).toBe('VALIDATION_ERROR');
    expect(await refusal(owner, { ics: `BEGIN:VCALENDAR\r\nX:${'é'.repeat(300_000)}` })).toBe('VALIDATION_ERROR');
    expect(await take(`\uFEFF${ics.replaceAll('\r\n', '\n')}`)).toMatchObject({ created: 1 });
  });

  it('twenty times at once makes each event once', async () => {
    const ics = file(...Array.from({ length: 30 }, (_, n) => event(`u${n}`, ...BERLIN, `SUMMARY:e${n}`)).flat());
    const reports = await Promise.all(Array.from({ length: 20 }, () => take(ics)));
    expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(30);
    expect(await dates()).toHaveLength(30);
  });

  it('changes no event of somebody else', async () => {
    const [author, other] = [await test.person('events.organizer'), await test.person('events.organizer')];
    const at = { type: 'TENANT', id: test.tenantId } as Scope;
    const member = await test.person('tenant.owner');
    expect([author, other, member]).toHaveLength(3);
    const ics = (title: string) => file(...event('shared', ...BERLIN, `SUMMARY:${title}`));
    await test.get(member, IMPORT, { scope: at, ics: ics('Mine') });
    // Whoever manages may; `events.organizer` manages.
    expect(await test.get<Report>(author, IMPORT, { scope: at, ics: ics('Theirs') })).toMatchObject({
      updated: 1,
      refused: [],
    });
  });
});

describe('a hostile file', () => {
  it.each([
    [
      'one line of a megabyte',
      `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:${'x'.repeat(1_000_000)}\r\nEND:VEVENT\r\nEND:VCALENDAR`,
    ],
    [
      'a megabyte of folds',
      `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:x${'\r\n x'.repeat(250_000)}\r\nEND:VEVENT\r\nEND:VCALENDAR`,
    ],
    ['a hundred thousand levels', 'BEGIN:VEVENT\r\n'.repeat(100_000)],
    ['levels that close', `${'BEGIN:X\r\n'.repeat(50_000)}${'END:X\r\n'.repeat(50_000)}`],
    ['a hundred thousand properties', `BEGIN:VEVENT\r\nUID:a\r\n${'X:y\r\n'.repeat(100_000)}END:VEVENT`],
    ['quotes without an end', `BEGIN:VEVENT\r\nUID:a\r\n${'X;A="b:c\r\n'.repeat(50_000)}END:VEVENT`],
    ['a hundred thousand events', 'BEGIN:VEVENT\r\nEND:VEVENT\r\n'.repeat(100_000)],
    ['line ends alone', '\r\n \r\n\t'.repeat(100_000)],
    [
      'backslashes',
      `BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20270101T000000Z\r\nDESCRIPTION:${'\\'.repeat(60_000)}\r\nEND:VEVENT`,
    ],
  ])('of %s is read through, and costs its length', (_, text) => {
    const { events, refused } = readCalendar(text);
    expect(events.length).toBeLessThanOrEqual(1);
    expect(refused.length).toBeLessThanOrEqual(20_001);
    expect([...componentsOf(text)].length).toBeLessThanOrEqual(100_000);
  });
});

describe('Event.ics', () => {
  it('is taken again as what it is, whatever the event', async () => {
    const texts = {
      title: 'Ünïcode; "commas", and \\ more',
      description: `Line\n\n- *one*\n${'long '.repeat(50)}`,
      location: 'Hall, 2nd floor',
    };
    const inputs = [
      { ...texts, tags: ['a', 'b'], latitude: 52.5, longitude: 13.4 },
      { ...WEEKLY },
      {
        ...WEEKLY,
        recurrence: 'RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231\nEXDATE;VALUE=DATE:20270226\nRDATE:20270310T120000Z',
      },
      { startsAt: '2027-05-01T00:00:00Z', endsAt: '2027-05-02T00:00:00Z', timeZone: 'UTC', allDay: true },
      { ...WEEKLY, timeZone: 'America/St_Johns' },
    ];
    for (const input of inputs) {
      const { id } = await anEvent(test, owner, { scope, ...input });
      const { ics } = await test.get<{ ics: string }>(owner, ICS, { id });
      for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const there = await aCommunity(test);
      expect([input, await take(ics, there)]).toEqual([input, { created: 1, updated: 0, unchanged: 0, refused: [] }]);
      const [here, copy] = [await dates(scope), await dates(there)];
      const own = here.filter((date) => date.event.id === id);
      expect(copy.map(({ startsAt, endsAt, title }) => [startsAt, endsAt, title])).toEqual(
        own.map(({ startsAt, endsAt, title }) => [startsAt, endsAt, title]),
      );
      expect(copy[0]?.event).toMatchObject({
        description: own[0]?.event.description,
        location: own[0]?.event.location,
        tags: own[0]?.event.tags,
      });
    }
  });

  it('has what differs, the zone, and what the viewer answered, and no address of anybody', async () => {
    const { id } = await anEvent(test, owner, { ...WEEKLY, onlineUrl: 'https://meet.example.test/x' });
    const guest = await test.person();
    await test.get(owner, UPDATE, { id, occurrence: '2027-01-11T17:00:00Z', input: { title: 'Special' } });
    const before = (await test.get<{ ics: string }>(guest, ICS, { id })).ics;
    expect(before).not.toMatch(/ATTENDEE|VALARM|meet\.example|mailto/i);
    await test.get(guest, RSVP, { id });
    const { ics } = await test.get<{ ics: string }>(guest, ICS, { id });
    const text = ics.replaceAll('\r\n ', '');
    expect(text).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20270111T180000');
    expect(text).toContain(`ATTENDEE;PARTSTAT=ACCEPTED:urn:uuid:${guest.id}`);
    expect(text).toContain('URL:https://meet.example.test/x');
    expect(text).toContain('BEGIN:VALARM');
    expect(text).toMatch(/BEGIN:VTIMEZONE\r\nTZID:Europe\/Berlin\r\n/);
    expect(text).toMatch(/BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:\+0100\r\nTZOFFSETTO:\+0200/);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  });
});

it('lines are folded between characters, at 75 octets', () => {
  const [line = ''] = textLine('SUMMARY', '😀é'.repeat(100));
  const pieces = folded(line).split('\r\n');
  expect(pieces.every((piece) => Buffer.byteLength(piece) <= 75)).toBe(true);
  expect(pieces.map((piece, index) => (index ? piece.slice(1) : piece)).join('')).toBe(line);
  expect(textLine('SUMMARY', 'a\u0000b\u001bc')).toEqual(['SUMMARY:abc']);
});
