import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { onePixel, uploaded } from '@polity/kernel/testing/uploads';
import { aCommunity, aMember, anEvent, type Node, type Scope, startEvents, WEEKLY } from './factories.ts';

const RUN =
  'id status done total problem report { created unchanged refused { uid } components { uid occurrence outcome reason } }';
const IMPORT = `mutation ($scope: ScopeInput!, $upload: String!) { importCalendarFile(scope: $scope, upload: $upload) { ${RUN} } }`;
const RUN_OF = `query ($id: ID!) { calendarImport(id: $id) { ${RUN} } }`;
const SUBSCRIPTION = 'id url status failures problem created updated unchanged refused refreshedAt nextRefreshAt';
const SUBSCRIBE = `mutation ($scope: ScopeInput!, $url: String!) { subscribeCalendar(scope: $scope, url: $url) { ${SUBSCRIPTION} } }`;
const UNSUBSCRIBE = 'mutation ($id: ID!) { unsubscribeCalendar(id: $id) { id } }';
const REFRESH = `mutation ($id: ID!) { refreshCalendar(id: $id) { ${SUBSCRIPTION} } }`;
const SUBSCRIPTIONS = `query ($scope: ScopeInput!) { calendarSubscriptions(scope: $scope) { edges { node { ${SUBSCRIPTION} } } } }`;
const EVENTS = 'query ($scope: ScopeInput) { events(scope: $scope) { edges { node { title } } } }';

interface Run extends Node {
  status: string;
  done: number;
  total: number | null;
  problem: string | null;
  report: { created: number; unchanged: number; components: { uid: string; outcome: string }[] } | null;
}
interface Subscription extends Node {
  status: string;
  failures: number;
  problem: string | null;
  nextRefreshAt: string | null;
  created: number;
}
interface Edges<T> {
  edges: { node: T }[];
}

const HOUR_MS = 3_600_000;
let test: TestSubgraph;
let owner: Person;
let scope: Scope;

beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
}, 60_000);
beforeEach(async () => {
  scope = await aCommunity(test);
});
afterAll(() => test?.world.close());

const vevent = (uid: string, title: string, ...more: string[]) =>
  [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTART:20270104T180000Z',
    'DURATION:PT1H',
    `SUMMARY:${title}`,
    ...more,
    'END:VEVENT',
  ].join('\r\n');
const file = (...events: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
const titles = async () =>
  (await test.get<Edges<{ title: string }>>(owner, EVENTS, { scope })).edges.map(({ node }) => node.title).sort();

describe('a calendar that was uploaded', () => {
  const send = (person: Person, content: string) => uploaded(test.world, person.id, 'CALENDAR', Buffer.from(content));

  it('is taken by a job, which says how far it is and what became of each component', async () => {
    const content = file(vevent('a', 'One'), vevent('b', 'Two'), vevent('c', 'Broken', 'RRULE:FREQ=SECONDLY'));
    const { id, status } = await test.get<Run>(owner, IMPORT, { scope, upload: await send(owner, content) });
    expect(status).toBe('WAITING');
    expect(await titles()).toEqual([]);
    await test.world.runJobs();
    const run = await test.get<Run>(owner, RUN_OF, { id });
    expect(run).toMatchObject({
      status: 'DONE',
      done: 2,
      total: 2,
      problem: null,
      report: { created: 2, unchanged: 0 },
    });
    expect(run.report?.components.map(({ uid, outcome }) => `${uid} ${outcome}`).sort()).toEqual([
      'a CREATED',
      'b CREATED',
      'c REFUSED',
    ]);
    expect(await titles()).toEqual(['One', 'Two']);
  });

  it('is seen by its sender only, and its token is good for one import', async () => {
    const other = await aMember(test, scope, 'portal.owner');
    const upload = await send(owner, file(vevent('a', 'One')));
    const { id } = await test.get<Run>(owner, IMPORT, { scope, upload });
    expect(await test.get(other, RUN_OF, { id })).toBeNull();
    const codes = await Promise.all(Array.from({ length: 20 }, () => test.codeOf(owner, IMPORT, { scope, upload })));
    expect(new Set(codes)).toEqual(new Set(['TOKEN_INVALID']));
    expect(await test.codeOf(other, IMPORT, { scope, upload: await send(owner, file()) })).toBe('TOKEN_INVALID');
  });

  it('is refused to who may not make events there, also by the time the job comes to it', async () => {
    const member = await aMember(test, scope);
    expect(await test.codeOf(member, IMPORT, { scope, upload: await send(member, file()) })).toBe('FORBIDDEN');
    const stranger = await test.person(null);
    expect(await test.codeOf(stranger, IMPORT, { scope, upload: 'x' })).toBe('NOT_FOUND');
  });
});

describe('a calendar elsewhere', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; body: string; etag?: string };
  let asked: (string | undefined)[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const known = request.headers['if-none-match'];
      asked.push(known);
      const isKnown = known !== undefined && known === answer.etag;
      response.writeHead(isKnown ? 304 : answer.status, answer.etag ? { etag: answer.etag } : {});
      response.end(isKnown ? '' : answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/team.ics`;
  });
  beforeEach(() => {
    asked = [];
    answer = { status: 200, body: file(vevent('a', 'One')), etag: '"1"' };
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const subscribe = () => test.get<Subscription>(owner, SUBSCRIBE, { scope, url });
  const seen = async () =>
    (await test.get<Edges<Subscription>>(owner, SUBSCRIPTIONS, { scope })).edges[0]?.node as Subscription;
  const later = async (hours: number) => {
    test.world.clock.advance(hours * HOUR_MS);
    await test.world.runJobs();
  };

  it('is taken at once and again every six hours, and is not sent again where it is as it was', async () => {
    await subscribe();
    await test.world.runJobs();
    expect(await seen()).toMatchObject({ status: 'ACTIVE', created: 1, failures: 0, problem: null });
    await later(1);
    expect(asked).toEqual([undefined]);
    await later(6);
    expect(asked).toEqual([undefined, '"1"']);
    answer = { status: 200, body: file(vevent('a', 'One'), vevent('b', 'Two')), etag: '"2"' };
    await later(7);
    expect(await seen()).toMatchObject({ created: 1, unchanged: 1 });
    expect(await titles()).toEqual(['One', 'Two']);
  });

  it('is asked for ever more seldom while it fails, and no more after twenty times', async () => {
    answer = { status: 500, body: 'no' };
    const { id } = await subscribe();
    await test.world.runJobs();
    expect(await seen()).toMatchObject({ failures: 1, status: 'ACTIVE', problem: 'The server answered 500.' });
    await later(0.1);
    expect(asked).toHaveLength(1);
    answer = { status: 200, body: 'no calendar' };
    await later(0.3);
    expect(await seen()).toMatchObject({ failures: 2, problem: 'What the server answered is no calendar.' });
    for (let times = 3; times <= 20; times++) await later(27);
    expect(await seen()).toMatchObject({ failures: 20, status: 'STOPPED', nextRefreshAt: null });
    answer = { status: 200, body: file(vevent('a', 'One')) };
    await later(48);
    expect(await titles()).toEqual([]);
    expect(await test.get<Subscription>(owner, REFRESH, { id })).toMatchObject({ status: 'ACTIVE', failures: 0 });
    await test.world.runJobs();
    expect(await titles()).toEqual(['One']);
    expect(await test.codeOf(owner, REFRESH, { id })).toBe('RATE_LIMITED');
  });

  it('is one subscription where twenty ask at once, and gone for who comes after one that ended it', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, () => test.codeOf(owner, SUBSCRIBE, { scope, url })));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set([null, 'ALREADY_EXISTS']));
    const { id } = await seen();
    const ended = await Promise.all(Array.from({ length: 20 }, () => test.codeOf(owner, UNSUBSCRIBE, { id })));
    expect(ended.filter((code) => code === null)).toHaveLength(1);
    await test.world.runJobs();
    expect([asked, await titles()]).toEqual([[], []]);
  });

  it('is for those who may make events, and shown to who subscribed and who manages them', async () => {
    const member = await aMember(test, scope);
    const { id } = await subscribe();
    expect(await test.codeOf(member, SUBSCRIBE, { scope, url })).toBe('FORBIDDEN');
    expect(await test.codeOf(await test.person(null), SUBSCRIBE, { scope, url })).toBe('NOT_FOUND');
    expect((await test.get<Edges<Subscription>>(member, SUBSCRIPTIONS, { scope })).edges).toEqual([]);
    for (const mutation of [UNSUBSCRIBE, REFRESH])
      expect(await test.codeOf(member, mutation, { id })).toBe('NOT_FOUND');
    expect(await test.codeOf(owner, UNSUBSCRIBE, { id: 'x' })).toBe('NOT_FOUND');
  });

  it.each([
    'ftp://a.test/x.ics',
    'https://me:secret@a.test/x.ics',
    'no address',
    `https://a.test/${'x'.repeat(2_000)}`,
  ])('is refused by its address: %.40s', async (given) => {
    expect(await test.codeOf(owner, SUBSCRIBE, { scope, url: given })).toBe('VALIDATION_ERROR');
  });
});

describe('a picture', () => {
  const UPDATE = 'mutation ($id: ID!, $input: UpdateEventInput!) { updateEvent(id: $id, input: $input) { imageUrl } }';

  it('comes by upload, is seen with the event, and goes when it is cleared', async () => {
    const image = await uploaded(test.world, owner.id, 'IMAGE', onePixel);
    const { id } = await anEvent(test, owner, { scope, image, visibility: 'PUBLIC' });
    const shown = await test.get<{ imageUrl: string }>(owner, 'query ($id: ID!) { event(id: $id) { imageUrl } }', {
      id,
    });
    expect(shown.imageUrl).toMatch(/^http:\/\/localhost:4000\/files\/.*\.png$/);
    expect(await test.codeOf(owner, UPDATE, { id, input: { image } })).toBe('TOKEN_INVALID');
    expect(await test.get(owner, UPDATE, { id, input: { image: null } })).toEqual({ imageUrl: null });
    const hidden = await uploaded(test.world, owner.id);
    const other = await anEvent(test, owner, { scope, image: hidden });
    const ending = await test.get<{ imageUrl: string }>(owner, 'query ($id: ID!) { event(id: $id) { imageUrl } }', {
      id: other.id,
    });
    expect(ending.imageUrl).toMatch(/\?until=\d+$/);
  });
});

describe('a sheet of the calendar', () => {
  const SHEET = `query ($shape: CalendarShape!, $date: String!, $timeZone: String!, $scope: ScopeInput, $mine: Boolean) {
    calendarSheet(shape: $shape, date: $date, timeZone: $timeZone, scope: $scope, mine: $mine) { from to isComplete days { date occurrences { title startsAt } } } }`;
  interface Sheet {
    from: string;
    to: string;
    isComplete: boolean;
    days: { date: string; occurrences: { title: string; startsAt: string }[] }[];
  }
  const sheet = (shape: string, date: string, timeZone: string, more: object = {}, who = owner) =>
    test.get<Sheet>(who, SHEET, { shape, date, timeZone, scope, ...more });
  const filled = ({ days }: Sheet) => days.filter(({ occurrences }) => occurrences.length > 0).map(({ date }) => date);

  it('has the whole weeks of a month, a week, or the days to come, on the clock of the viewer', async () => {
    await anEvent(test, owner, { scope, ...WEEKLY });
    const month = await sheet('MONTH', '2027-01-20', 'Europe/Berlin');
    expect([month.from, month.to, month.days.length]).toEqual([
      '2026-12-27T23:00:00.000Z',
      '2027-01-31T23:00:00.000Z',
      35,
    ]);
    expect(filled(month)).toEqual(['2027-01-04', '2027-01-11', '2027-01-18', '2027-01-25']);
    const week = await sheet('WEEK', '2027-01-10', 'Pacific/Auckland');
    expect([week.days.length, filled(week), week.isComplete]).toEqual([7, ['2027-01-05'], true]);
    const agenda = await sheet('AGENDA', '2027-02-28', 'UTC');
    expect(agenda.days.map(({ date }) => date)).toEqual(['2027-03-01', '2027-03-08']);
  });

  it('is the viewer’s own where they ask for that: where they belong, and what they answered', async () => {
    const member = await aMember(test, scope);
    const elsewhere = await aCommunity(test);
    const { id } = await anEvent(test, owner, { scope: elsewhere, title: 'Elsewhere', visibility: 'PUBLIC' });
    await anEvent(test, owner, { scope, title: 'Here' });
    const own = async () =>
      (await sheet('WEEK', '2027-01-04', 'UTC', { mine: true, scope: null }, member)).days
        .flatMap(({ occurrences }) => occurrences.map(({ title }) => title))
        .filter((title) => title === 'Here' || title === 'Elsewhere');
    expect(await own()).toEqual(['Here']);
    await test.get(member, 'mutation ($id: ID!) { setRsvp(eventId: $id, rsvp: INTERESTED) { id } }', { id });
    expect((await own()).sort()).toEqual(['Elsewhere', 'Here']);
  });

  it.each([
    ['2027-02-30', 'UTC'],
    ['today', 'UTC'],
    ['2027-02-01', 'Mars/Olympus'],
  ])('refuses %s in %s', async (date, timeZone) => {
    expect(await test.codeOf(owner, SHEET, { shape: 'WEEK', date, timeZone, scope })).toBe('VALIDATION_ERROR');
  });
});

it('keeps a scope from being filled with series, which everybody’s calendar looks at', async () => {
  const rule = 'RRULE:FREQ=DAILY';
  const content = file(...Array.from({ length: 1_005 }, (_, n) => vevent(`s${n}`, `Series ${n}`, rule)));
  const mutation =
    'mutation ($scope: ScopeInput!, $ics: String!) { importCalendar(scope: $scope, ics: $ics) { created refused { reason } } }';
  const report = await test.get<{ created: number; refused: { reason: string }[] }>(
    owner,
    mutation,
    { scope, ics: content },
    { deadline: Date.now() + 120_000 },
  );
  expect(report.created + report.refused.length).toBe(1_005);
  expect(report.refused.length).toBeGreaterThan(0);
  const create = 'mutation ($input: CreateEventInput!) { createEvent(input: $input) { id } }';
  expect(await test.codeOf(owner, create, { input: { scope, title: 'One more', ...WEEKLY, recurrence: rule } })).toBe(
    'CONFLICT',
  );
  expect(
    await test.codeOf(owner, create, { input: { scope, title: 'A single one', ...WEEKLY, recurrence: null } }),
  ).toBeNull();
}, 180_000);
