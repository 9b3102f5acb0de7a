import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
const isPaged = (field: GraphQLField<unknown, unknown>) => getNamedType(field.type).name.endsWith('Connection');

let at: GatewayWorld;
let root: Browser;
/** Where a thing of each type that has lists is found: fields, each inside the one before; of lists the first. */
let places: Record<string, string[]>;
beforeAll(async () => {
  at = await startGatewayWorld();
  root = await at.person('root');
  const admin = await at.person('admin');
  const community = await admin.get(
    'mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }',
    { input: { slug: 'paged', name: 'Paged' } },
  );
  const teams = await Promise.all(
    ['one', 'two', 'three'].map((slug) =>
      admin.get('mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }', {
        input: { communityId: community.id, slug, name: `Team ${slug}` },
      }),
    ),
  );
  await admin.get('mutation { createInvitation(input: { maxUses: 3 }) { invitation { id } } }');
  const id = (thing: { id: string }) => JSON.stringify(thing.id);
  const { id: tenantId } = await admin.get('{ tenant { id } }');
  const scope = { type: 'TENANT', id: tenantId };
  const [event, poll] = [await anEvent(admin, scope), await aCountedPoll(admin, scope)];
  const achievement = await aGrantedAchievement(admin, scope);
  places = {
    Query: [],
    User: ['me'],
    Tenant: ['tenant'],
    Community: [`community(id: ${id(community)})`],
    Team: [`team(id: ${id(teams[0])})`],
    Event: [`event(id: ${id(event)})`],
    AttendanceReport: [`attendanceReport(scope: { type: TENANT, id: ${JSON.stringify(tenantId)} })`],
    Poll: [`poll(id: ${id(poll)})`],
    Achievement: [`achievement(id: ${id(achievement)})`],
    Invitation: ['invitations(first: 1)', 'edges', 'node'],
  };
});
afterAll(() => at?.close());

type Scope = { type: string; id: string };

/** A series of five dates to which three people come, and were there on the first. */
async function anEvent(admin: Browser, scope: Scope): Promise<{ id: string }> {
  const times = { startsAt: '2030-01-07T18:00:00Z', endsAt: '2030-01-07T20:00:00Z', timeZone: 'Europe/Berlin' };
  const input = { scope, title: 'Weekly', visibility: 'PUBLIC', recurrence: 'RRULE:FREQ=WEEKLY;COUNT=5', ...times };
  const create = 'mutation ($input: CreateEventInput!) { createEvent(input: $input) { id } }';
  const event = await admin.get(create, { input });
  for (const name of ['admin', 'alice', 'bob'] as const) {
    const person = await at.person(name);
    await person.get('mutation ($id: ID!) { setRsvp(eventId: $id, rsvp: GOING) { id } }', { id: event.id });
    const { id: userId } = await person.get('{ me { id } }');
    const marking = { id: event.id, userId, at: times.startsAt };
    const mark =
      'mutation ($id: ID!, $userId: ID!, $at: DateTime) { markAttendance(eventId: $id, userId: $userId, present: true, occurrence: $at) { id } }';
    await admin.get(mark, marking);
  }
  return event;
}

/** An achievement that three people have. */
async function aGrantedAchievement(admin: Browser, scope: Scope): Promise<{ id: string }> {
  const input = { scope, key: 'paged', name: 'Paged', kind: 'BADGE' };
  const create = 'mutation ($input: CreateAchievementInput!) { createAchievement(input: $input) { id } }';
  const achievement = await admin.get(create, { input });
  for (const name of ['admin', 'alice', 'bob'] as const) {
    const { id: userId } = await (await at.person(name)).get('{ me { id } }');
    const granted = { achievementId: achievement.id, userId };
    await admin.get('mutation ($input: GrantInput!) { grantAchievement(input: $input) { id } }', { input: granted });
  }
  return achievement;
}

/** A poll with names in which three people voted, closed and counted. */
async function aCountedPoll(admin: Browser, scope: Scope): Promise<{ id: string }> {
  const options = [{ title: 'Oak' }, { title: 'Elm' }];
  const input = { scope, title: 'A tree', method: 'PLURALITY', visibility: 'PUBLIC', options };
  const create = 'mutation ($input: CreatePollInput!) { createPoll(input: $input) { id options { id } } }';
  const poll = await admin.get(create, { input });
  await admin.get('mutation ($id: ID!) { openPoll(id: $id) { id } }', { id: poll.id });
  const ballot = { pollId: poll.id, choices: [poll.options[0].id] };
  for (const name of ['admin', 'alice', 'bob'] as const) {
    const person = await at.person(name);
    await person.get('mutation ($input: CastVoteInput!) { castVote(input: $input) { id } }', { input: ballot });
  }
  await admin.get('mutation ($id: ID!) { closePoll(id: $id) { id } }', { id: poll.id });
  await at.world.settle();
  return poll;
}

const typesWithLists = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter((type) => Object.values(type.getFields()).some(isPaged));
const lists = typesWithLists.flatMap((type) =>
  Object.values(type.getFields())
    .filter(isPaged)
    .map((field): [string, GraphQLObjectType, GraphQLField<unknown, unknown>] => [
      `${type.name}.${field.name}`,
      type,
      field,
    ]),
);

/** Values for what a list must be given. */
const GIVEN: Readonly<Record<string, string>> = {
  permission: '"portal.post.read"',
  query: '"demo"',
  from: '"2030-01-01T00:00:00Z"',
  to: '"2030-03-01T00:00:00Z"',
};

interface Page {
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

test('every type with lists is asked below', () => {
  expect(typesWithLists.map(({ name }) => name).filter((name) => !(name in places))).toEqual([]);
});

test.each(lists)('%s is read from its end as from its beginning', async (_, type, field) => {
  const tenant = await root.get('{ tenant { id } }');
  const scope = `{ type: TENANT, id: ${JSON.stringify(tenant.id)} }`;
  const required = field.args.filter(isRequiredArgument).map(({ name }) => `${name}: ${GIVEN[name] ?? scope}`);
  async function page(...paging: string[]): Promise<Page> {
    const list = `${field.name}(${[...required, ...paging].join(', ')}) {
      edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
    const place = places[type.name] ?? [];
    const answer = await root.get(`{ ${[...place, list].join(' { ')} ${'}'.repeat(place.length + 1)}`);
    const [, ...steps] = [...place, field.name];
    return steps.reduce((value, step) => [value[step]].flat()[0], answer);
  }
  const cursorsOf = ({ edges }: Page) => edges.map(({ cursor }) => cursor);
  const forwards = cursorsOf(await page('first: 100'));
  const last = await page('last: 2');
  expect(cursorsOf(last)).toEqual(forwards.slice(-2));
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: forwards.length > 2 });
  const backwards = cursorsOf(last);
  while (backwards.length < forwards.length) {
    const before = await page('last: 2', `before: ${JSON.stringify(backwards[0])}`);
    expect(before.edges.length).toBeGreaterThan(0);
    expect(before.pageInfo.hasNextPage).toBe(true);
    backwards.unshift(...cursorsOf(before));
  }
  expect(backwards).toEqual(forwards);
});
