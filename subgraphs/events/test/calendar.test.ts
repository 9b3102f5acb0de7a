import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { aCommunity, anEvent, MONDAY, type Scope, startEvents, WEEKLY } from './factories.ts';

interface Date_ {
  event: { id: string };
  recurrenceId: string;
  startsAt: string;
  endsAt: string;
  cancelled: boolean;
  title: string;
}
interface Page {
  edges: { cursor: string; node: Date_ }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const FIELDS =
  'edges { cursor node { event { id } recurrenceId startsAt endsAt cancelled title } } pageInfo { hasNextPage endCursor }';
const CALENDAR = `query ($scope: ScopeInput, $from: DateTime!, $to: DateTime!, $first: Int, $after: String, $last: Int, $before: String) {
  calendar(scope: $scope, from: $from, to: $to, first: $first, after: $after, last: $last, before: $before) { ${FIELDS} } }`;
const OF_EVENT = `query ($id: ID!, $first: Int, $from: DateTime) { event(id: $id) { occurrences(first: $first, from: $from) { ${FIELDS} } } }`;
const UPDATE = `mutation ($id: ID!, $input: UpdateEventInput!, $occurrence: DateTime, $span: EventSpan) {
  updateEvent(id: $id, input: $input, occurrence: $occurrence, span: $span) { id title recurrence startsAt uid } }`;
const CANCEL = `mutation ($id: ID!, $occurrence: DateTime, $span: EventSpan) { cancelEvent(id: $id, occurrence: $occurrence, span: $span, reason: "Rain") { id status } }`;

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

const YEAR = { from: '2027-01-01T00:00:00Z', to: '2028-01-01T00:00:00Z' };
const ask = (args: object) => test.get<Page>(owner, CALENDAR, { scope, ...YEAR, first: 100, ...args });
const starts = ({ edges }: Page) => edges.map(({ node }) => node.startsAt.slice(0, 16));
const make = (input: object = {}) => anEvent(test, owner, { scope, ...input });

/** Every page, in the order in which it is read. */
async function paged(size: number, backwards = false): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const asked: object = backwards ? { first: null, last: size, before: cursor } : { first: size, after: cursor };
    const page = await ask(asked);
    const nodes = page.edges.map(({ node }) => `${node.startsAt} ${node.event.id}`);
    if (backwards) found.unshift(...nodes);
    else found.push(...nodes);
    if (page.edges.length < size) return found;
    cursor = (backwards ? page.edges[0] : page.edges.at(-1))?.cursor ?? null;
  }
}

describe('calendar', () => {
  it('has the dates of single events and series in the order of time, in pages of any size from both ends', async () => {
    await make(WEEKLY);
    await make({ ...MONDAY, recurrence: 'RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=15' });
    for (const day of ['05', '07', '11', '11'])
      await make({ startsAt: `2027-01-${day}T17:00:00Z`, endsAt: `2027-01-${day}T18:00:00Z` });
    const all = (await ask({})).edges.map(({ node }) => `${node.startsAt} ${node.event.id}`);
    expect(all).toHaveLength(29);
    expect(all).toEqual([...all].sort());
    for (const size of [1, 4, 28, 29, 30]) {
      expect(await paged(size)).toEqual(all);
      expect(await paged(size, true)).toEqual(all);
    }
  });

  it('has what is not over at its beginning, and nothing that begins at its end', async () => {
    await make({
      startsAt: '2027-01-04T17:00:00Z',
      endsAt: '2027-01-08T17:00:00Z',
      recurrence: 'RRULE:FREQ=WEEKLY;COUNT=3',
    });
    await make({ startsAt: '2027-01-05T17:00:00Z', endsAt: '2027-01-06T17:00:00Z' });
    const within = async (from: string, to: string) => starts(await ask({ from, to }));
    expect(await within('2027-01-06T00:00:00Z', '2027-01-11T17:00:00Z')).toEqual([
      '2027-01-04T17:00',
      '2027-01-05T17:00',
    ]);
    expect(await within('2027-01-08T17:00:00Z', '2027-01-11T17:00:01Z')).toEqual(['2027-01-11T17:00']);
  });

  it('takes windows of a hundred years of a series without an end, a page at a time', async () => {
    await make({ ...MONDAY, recurrence: 'RRULE:FREQ=DAILY' });
    const window = { from: '2027-01-01T00:00:00Z', to: '2127-01-01T00:00:00Z' };
    const page = await ask({ ...window, first: 2 });
    expect(starts(page)).toEqual(['2027-01-04T17:00', '2027-01-05T17:00']);
    expect(page.pageInfo.hasNextPage).toBe(true);
    expect(starts(await ask({ ...window, first: null, last: 2 }))).toEqual(['2126-12-30T17:00', '2126-12-31T17:00']);
    expect(await test.codeOf(owner, CALENDAR, { ...window, to: '2127-01-01T00:00:01Z' })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(owner, CALENDAR, { from: window.to, to: window.from })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(owner, CALENDAR, { ...window, first: 101 })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(owner, CALENDAR, { ...window, after: 'x' })).toBe('VALIDATION_ERROR');
  });

  it('costs no more statements with many events than with one', async () => {
    await make(WEEKLY);
    const one = await test.statementsOf(owner, CALENDAR, { scope, ...YEAR });
    for (let n = 0; n < 5; n++) await make(n % 2 ? WEEKLY : MONDAY);
    const many = await test.statementsOf(owner, CALENDAR, { scope, ...YEAR });
    expect(many).toHaveLength(one.length);
    expect(many.filter((sql) => /from "(event|changed_date)"/.test(sql)).length).toBeLessThanOrEqual(3);
  });

  it('has the dates of one event', async () => {
    const { id } = await make({ ...MONDAY, recurrence: 'RRULE:FREQ=DAILY' });
    const { occurrences } = await test.get<{ occurrences: Page }>(owner, OF_EVENT, {
      id,
      first: 2,
      from: '2030-01-01T00:00:00Z',
    });
    expect(starts(occurrences)).toEqual(['2030-01-01T17:00', '2030-01-02T17:00']);
    const single = await make({ startsAt: '2027-05-01T10:00:00Z', endsAt: '2027-05-01T10:00:00Z' });
    expect(starts((await test.get<{ occurrences: Page }>(owner, OF_EVENT, { id: single.id })).occurrences)).toEqual([
      '2027-05-01T10:00',
    ]);
  });
});

describe('one date of a series', () => {
  const second = '2027-01-11T17:00:00.000Z';

  it('is changed and moved by itself, and keeps its name', async () => {
    const { id } = await make(WEEKLY);
    const input = { title: 'Special', startsAt: '2027-01-13T10:00:00Z' };
    await test.get(owner, UPDATE, { id, occurrence: second, input });
    const { edges } = await ask({ first: 3 });
    expect(edges.map(({ node }) => [node.startsAt, node.title, node.recurrenceId])).toEqual([
      [WEEKLY.startsAt, 'An event', WEEKLY.startsAt],
      ['2027-01-13T10:00:00.000Z', 'Special', second],
      ['2027-01-18T17:00:00.000Z', 'An event', '2027-01-18T17:00:00.000Z'],
    ]);
    await test.get(owner, UPDATE, { id, occurrence: second, input: { startsAt: '2029-01-13T10:00:00Z' } });
    expect(starts(await ask({ from: '2029-01-01T00:00:00Z', to: '2029-02-01T00:00:00Z' }))).toEqual([
      '2029-01-13T10:00',
    ]);
    expect(starts(await ask({}))).toHaveLength(9);
  });

  it('is called off by itself', async () => {
    const { id } = await make(WEEKLY);
    await test.get(owner, CANCEL, { id, occurrence: second });
    const { edges } = await ask({});
    expect(edges.filter(({ node }) => node.cancelled).map(({ node }) => node.startsAt)).toEqual([second]);
  });

  it('must be one of its dates, and have of its own only what one date can have', async () => {
    const { id } = await make(WEEKLY);
    const tried = (variables: object) => test.codeOf(owner, UPDATE, { id, input: { title: 'x' }, ...variables });
    expect(await tried({ occurrence: '2027-01-12T17:00:00Z' })).toBe('VALIDATION_ERROR');
    expect(await tried({ span: 'THIS' })).toBe('VALIDATION_ERROR');
    expect(await tried({ occurrence: second, input: { capacity: 5 } })).toBe('VALIDATION_ERROR');
    expect(await tried({ occurrence: second, input: { visibility: 'PUBLIC' } })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(owner, CANCEL, { id, occurrence: '2027-01-12T17:00:00Z' })).toBe('VALIDATION_ERROR');
  });

  it('changed twenty times at once is changed once', async () => {
    const { id } = await make(WEEKLY);
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        test.codeOf(owner, UPDATE, { id, occurrence: second, input: { title: `t${n}` } }),
      ),
    );
    expect(codes).toEqual(Array(20).fill(null));
    expect(starts(await ask({}))).toHaveLength(10);
  });
});

describe('a date and all after it', () => {
  const fourth = '2027-01-25T17:00:00.000Z';

  it('become a series of their own, with the dates that they were', async () => {
    const { id } = await make(WEEKLY);
    await test.get(owner, UPDATE, { id, occurrence: '2027-02-01T17:00:00Z', input: { title: 'Special' } });
    const before = await ask({});
    const following = await test.get<{ id: string; uid: string }>(owner, UPDATE, {
      id,
      occurrence: fourth,
      span: 'FOLLOWING',
      input: { location: 'Hall' },
    });
    const after = await ask({});
    expect(starts(after)).toEqual(starts(before));
    expect(after.edges.map(({ node }) => node.event.id)).toEqual([
      ...Array(3).fill(id),
      ...Array(7).fill(following.id),
    ]);
    expect(after.edges.filter(({ node }) => node.title === 'Special').map(({ node }) => node.recurrenceId)).toEqual([
      '2027-02-01T17:00:00.000Z',
    ]);
    expect(following.uid).toMatch(/_R20270125T170000Z@/);
  });

  it('move with what is stored of their dates', async () => {
    const { id } = await make(WEEKLY);
    await test.get(owner, UPDATE, { id, occurrence: '2027-02-01T17:00:00Z', input: { title: 'Special' } });
    const input = { startsAt: '2027-01-26T18:00:00Z', recurrence: 'RRULE:FREQ=WEEKLY;COUNT=7' };
    await test.get(owner, UPDATE, { id, occurrence: fourth, span: 'FOLLOWING', input });
    const { edges } = await ask({});
    expect(edges.slice(3).map(({ node }) => [node.startsAt.slice(0, 16), node.title])).toEqual(
      ['01-26', '02-02', '02-09', '02-16', '02-23', '03-02', '03-09'].map((day, index) => [
        `2027-${day}T18:00`,
        index === 1 ? 'Special' : 'An event',
      ]),
    );
  });

  it('are called off together', async () => {
    const { id } = await make(WEEKLY);
    const ended = await test.get<{ id: string }>(owner, CANCEL, { id, occurrence: fourth, span: 'FOLLOWING' });
    expect(ended).toEqual({ id: expect.not.stringMatching(id), status: 'CANCELLED' });
    expect((await ask({})).edges.map(({ node }) => node.cancelled)).toEqual([
      ...Array(3).fill(false),
      ...Array(7).fill(true),
    ]);
  });

  it('are the whole series from its first date on', async () => {
    const { id } = await make(WEEKLY);
    expect(
      await test.get(owner, UPDATE, { id, occurrence: WEEKLY.startsAt, span: 'FOLLOWING', input: { title: 'All' } }),
    ).toMatchObject({ id });
  });

  it('split twenty times at once are split once', async () => {
    const { id } = await make(WEEKLY);
    const split = () => test.codeOf(owner, UPDATE, { id, occurrence: fourth, span: 'FOLLOWING', input: {} });
    const codes = await Promise.all(Array.from({ length: 20 }, split));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(starts(await ask({}))).toHaveLength(10);
  });
});

describe('all dates', () => {
  it('move on the clock with the start, changed ones too', async () => {
    const { id } = await make(WEEKLY);
    await test.get(owner, UPDATE, { id, occurrence: '2027-01-11T17:00:00Z', input: { title: 'Special' } });
    const input = { startsAt: '2027-01-11T18:00:00Z', recurrence: 'RRULE:FREQ=WEEKLY;COUNT=3' };
    await test.get(owner, UPDATE, { id, input });
    expect((await ask({})).edges.map(({ node }) => [node.startsAt.slice(5, 16), node.title])).toEqual([
      ['01-11T18:00', 'An event'],
      ['01-18T18:00', 'Special'],
      ['01-25T18:00', 'An event'],
    ]);
  });

  it('hold the clock of another zone', async () => {
    const { id } = await make({ ...MONDAY, recurrence: 'RRULE:FREQ=WEEKLY;COUNT=2' });
    await test.get(owner, UPDATE, { id, occurrence: '2027-01-11T17:00:00Z', input: { title: 'Special' } });
    await test.get(owner, UPDATE, { id, input: { timeZone: 'America/New_York' } });
    expect((await ask({})).edges.map(({ node }) => [node.startsAt.slice(5, 16), node.title])).toEqual([
      ['01-04T23:00', 'An event'],
      ['01-11T23:00', 'Special'],
    ]);
  });

  it('refuse a rule that is none', async () => {
    const { id } = await make(WEEKLY);
    expect(await test.codeOf(owner, UPDATE, { id, input: { recurrence: 'RRULE:FREQ=SECONDLY' } })).toBe(
      'VALIDATION_ERROR',
    );
  });
});
