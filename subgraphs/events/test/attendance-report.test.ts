import { uuidv7 } from '@polity/kernel/ids';
import { giveRole, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { aCommunity, aMember, anEvent, type Node, type Scope, startEvents, tenantScope, WEEKLY } from './factories.ts';

const MARK = `mutation ($id: ID!, $userId: ID!, $present: Boolean!, $occurrence: DateTime) {
  markAttendance(eventId: $id, userId: $userId, present: $present, occurrence: $occurrence) { id event { id } } }`;
const REPORT = `query ($scope: ScopeInput!, $from: DateTime, $to: DateTime, $first: Int, $after: String, $last: Int) {
  attendanceReport(scope: $scope, from: $from, to: $to) { csv people(first: $first, after: $after, last: $last) {
    edges { cursor node { user { id } events attended absent lastAttendedAt } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`;
const OWN = `query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) {
  ... on User { attendance(first: 10) { edges { node { present occurrence event { id } } } } } } }`;

interface Row {
  user: Node;
  events: number;
  attended: number;
  absent: number;
  lastAttendedAt: string | null;
}
interface Report {
  csv: string;
  people: {
    edges: { cursor: string; node: Row }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
  };
}

const [FIRST, SECOND, THIRD] = ['2027-01-04T17:00:00.000Z', '2027-01-11T17:00:00.000Z', '2027-01-18T17:00:00.000Z'];

let test: TestSubgraph;
let owner: Person;
let scope: Scope;
let here: Person;
let away: Person;
let series: string;
let single: string;

beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
  scope = await aCommunity(test);
  [here, away] = [await aMember(test, scope), await aMember(test, scope)];
  series = (await anEvent(test, owner, { ...WEEKLY, scope })).id;
  single = (await anEvent(test, owner, { scope, startsAt: '2027-02-01T10:00:00Z', endsAt: '2027-02-01T11:00:00Z' })).id;
  const elsewhere = (await anEvent(test, owner)).id;
  const mark = (id: string, { id: userId }: Person, present: boolean, occurrence?: string) =>
    test.get(owner, MARK, { id, userId, present, occurrence });
  await mark(series, here, true, FIRST);
  await mark(series, here, true, SECOND);
  await mark(series, away, false, SECOND);
  await mark(series, away, true, THIRD);
  await mark(single, here, true);
  await mark(elsewhere, here, true);
}, 60_000);
afterAll(() => test?.world.close());

const report = (who: Person, more: object = {}) => test.get<Report>(who, REPORT, { scope, ...more });
const rows = ({ people }: Report) => people.edges.map(({ node }) => node);
const sorted = (...given: Row[]) => given.sort((a, b) => (a.user.id < b.user.id ? -1 : 1));
const row = (who: Person, events: number, attended: number, absent: number, lastAttendedAt: string | null): Row => ({
  ...{ user: { id: who.id }, events, attended, absent, lastAttendedAt },
});

describe('the report of attendance', () => {
  it('says of each person how often they were at the events of a scope', async () => {
    const all = await report(owner);
    expect(rows(all)).toEqual(sorted(row(here, 2, 3, 0, '2027-02-01T10:00:00.000Z'), row(away, 1, 1, 1, THIRD)));
    expect(all.csv.split('\r\n')).toEqual([
      'user_id,events,attended,absent,last_attended_at',
      ...sorted(row(here, 2, 3, 0, '2027-02-01T10:00:00.000Z'), row(away, 1, 1, 1, THIRD)).map(
        ({ user, events, attended, absent, lastAttendedAt }) =>
          `${user.id},${events},${attended},${absent},${lastAttendedAt}`,
      ),
      '',
    ]);
  });

  it('is of the dates that begin in a time', async () => {
    expect(rows(await report(owner, { from: SECOND, to: THIRD }))).toEqual(
      sorted(row(here, 1, 1, 0, SECOND), row(away, 0, 0, 1, null)),
    );
    expect(rows(await report(owner, { to: FIRST }))).toEqual([]);
    expect(await test.codeOf(owner, REPORT, { scope, from: THIRD, to: FIRST })).toBe('VALIDATION_ERROR');
  });

  it('is read in pages from both ends', async () => {
    const everybody = rows(await report(owner));
    const first = await report(owner, { first: 1 });
    expect([rows(first), first.people.pageInfo.hasNextPage]).toEqual([everybody.slice(0, 1), true]);
    const rest = await report(owner, { first: 1, after: first.people.pageInfo.endCursor });
    expect([rows(rest), rest.people.pageInfo.hasNextPage]).toEqual([everybody.slice(1), false]);
    expect(rows(await report(owner, { last: 1 }))).toEqual(everybody.slice(1));
  });

  it('is for who may mark attendance there, and hidden as the scope is', async () => {
    expect(await test.codeOf(here, REPORT, { scope })).toBe('FORBIDDEN');
    const organizer = await aMember(test, scope, 'events.organizer');
    expect(rows(await report(organizer))).toHaveLength(2);
    expect(await test.codeOf(organizer, REPORT, { scope: tenantScope(test) })).toBe('FORBIDDEN');
    await giveRole(test.world, organizer.id, 'tenant.owner', tenantScope(test), test.tenantId);
    expect(await test.codeOf(organizer, REPORT, { scope: { type: 'COMMUNITY', id: uuidv7() } })).toBe('NOT_FOUND');
  });
});

it('everybody reads where they were themselves, and nobody else does', async () => {
  type Own = { attendance: { edges: { node: { present: boolean; occurrence: string | null; event: Node } }[] } }[];
  const [{ attendance: own }] = (await test.get<Own>(away, OWN, { id: away.id })) as [Own[0]];
  expect(own.edges.map(({ node }) => node)).toEqual([
    { present: true, occurrence: THIRD, event: { id: series } },
    { present: false, occurrence: SECOND, event: { id: series } },
  ]);
  const [{ attendance: others }] = (await test.get<Own>(owner, OWN, { id: away.id })) as [Own[0]];
  expect(others.edges).toEqual([]);
});
