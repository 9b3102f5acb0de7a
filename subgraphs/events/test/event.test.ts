import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import { giveRole, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import {
  aCommunity,
  aMember,
  anEvent,
  aTeam,
  CREATE,
  MONDAY,
  type Node,
  type Scope,
  startEvents,
  tenantScope,
} from './factories.ts';

const UPDATE = `mutation ($id: ID!, $input: UpdateEventInput!) { updateEvent(id: $id, input: $input) {
  id title description descriptionHtml startsAt endsAt timeZone capacity location tags editedAt organizer { id } } }`;
const CANCEL =
  'mutation ($id: ID!, $reason: String) { cancelEvent(id: $id, reason: $reason) { status cancelReason cancelledAt } }';
const DELETE = 'mutation ($id: ID!) { deleteEvent(id: $id) { id title } }';
const PUBLISH = 'mutation ($id: ID!) { publishEvent(id: $id) { status } }';
const DUPLICATE =
  'mutation ($id: ID!, $startsAt: DateTime) { duplicateEvent(id: $id, startsAt: $startsAt) { id status title startsAt endsAt } }';
const ONE = 'query ($id: ID!) { event(id: $id) { id } }';
const LINK = 'query ($id: ID!) { event(id: $id) { onlineUrl } }';
const LIST =
  'query ($scope: ScopeInput, $tag: String, $from: DateTime, $to: DateTime) { events(scope: $scope, tag: $tag, from: $from, to: $to, first: 100) { edges { node { id } } } }';

interface List {
  edges: { node: Node }[];
}

let test: TestSubgraph;
let owner: Person;
beforeAll(async () => {
  test = await startEvents();
  owner = await test.person('tenant.owner');
});
afterAll(() => test?.world.close());

const codeOfCreate = (input: object, who = owner) =>
  test.codeOf(who, CREATE, { input: { scope: tenantScope(test), title: 'New', ...MONDAY, ...input } });
const idsOf = ({ edges }: List) => edges.map(({ node }) => node.id);

describe('createEvent', () => {
  it('makes an event that the list begins with', async () => {
    const input = { scope: tenantScope(test), title: ' New ', ...MONDAY };
    const made = await test.get<Node>(owner, CREATE, { input });
    expect(made).toMatchObject({
      title: 'New',
      visibility: 'COMMUNITY',
      status: 'PUBLISHED',
      ...MONDAY,
      recurrence: null,
    });
    expect(idsOf(await test.get<List>(owner, LIST))[0]).toBe(made.id);
  });

  it('takes a start in the past, for histories', async () => {
    expect(await codeOfCreate({ startsAt: '1999-12-31T22:00:00Z', endsAt: '2000-01-01T02:00:00Z' })).toBeNull();
  });

  it.each([
    ['an empty title', { title: ' ' }],
    ['a long title', { title: 'x'.repeat(201) }],
    ['an end before the start', { endsAt: '2027-01-04T16:59:59Z' }],
    ['an end more than a year later', { endsAt: '2028-02-04T16:00:00Z' }],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }],
    ['an offset in the place of a zone', { timeZone: '+02:00' }],
    ['an empty zone', { timeZone: '' }],
    ['a capacity of none', { capacity: 0 }],
    ['a capacity beyond all', { capacity: 100_001 }],
    ['too many guests', { guestLimit: 21 }],
    ['a link that is no address of the web', { onlineUrl: 'javascript:alert(1)' }],
    ['a link with a password', { onlineUrl: 'https://a:b@example.test/' }],
    ['too many tags', { tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }],
    ['a latitude beyond the pole', { latitude: 91 }],
    ['the visibility of a team at the tenant', { visibility: 'TEAM' }],
    ['a start before the calendar', { startsAt: '1800-01-01T00:00:00Z', endsAt: '1800-01-01T01:00:00Z' }],
    ['an organizer who may not', { organizerId: uuidv7() }],
    ['an organizer who is none', { organizerId: 'x' }],
    ['a description that cannot be shown', { description: '>'.repeat(19_000) }],
  ])('refuses %s', async (_, input) => {
    expect(await codeOfCreate(input)).toBe('VALIDATION_ERROR');
  });

  it('is FORBIDDEN for members without the permission, and for who does not belong', async () => {
    for (const who of [await test.person(), await test.person(null)])
      expect(await codeOfCreate({}, who)).toBe('FORBIDDEN');
  });

  it('asks for belonging to the community, or to the team', async () => {
    const community = await aCommunity(test);
    const team = await aTeam(test, community);
    const moderator = await aMember(test, community, 'portal.moderator');
    const organizer = await aMember(test, community);
    await giveRole(test.world, organizer.id, 'events.organizer', team, test.tenantId);
    expect(await codeOfCreate({ scope: community }, moderator)).toBeNull();
    expect(await codeOfCreate({ scope: team, visibility: 'TEAM' }, organizer)).toBeNull();
    expect(await codeOfCreate({ scope: community }, organizer)).toBe('FORBIDDEN');
    expect(await codeOfCreate({ scope: { type: 'COMMUNITY', id: uuidv7() } })).toBe('NOT_FOUND');
  });
});

describe('updateEvent', () => {
  it('changes what is given, clears what is null, and keeps the length and the clock', async () => {
    const { id } = await anEvent(test, owner, { location: 'Hall', capacity: 5, description: '*one*' });
    const input = { title: 'Other', location: null, startsAt: '2027-01-05T17:00:00Z', tags: ['a', 'a', 'b'] };
    expect(await test.get(owner, UPDATE, { id, input })).toMatchObject({
      title: 'Other',
      location: null,
      capacity: 5,
      descriptionHtml: '<p><em>one</em></p>',
      startsAt: '2027-01-05T17:00:00.000Z',
      endsAt: '2027-01-05T19:00:00.000Z',
      tags: ['a', 'b'],
      editedAt: expect.any(String),
    });
    expect(await test.get(owner, UPDATE, { id, input: { timeZone: 'America/New_York' } })).toMatchObject({
      startsAt: '2027-01-05T23:00:00.000Z',
      endsAt: '2027-01-06T01:00:00.000Z',
    });
  });

  it('is for its author, its organizer and whoever manages, who hand it on to who may', async () => {
    const [author, other] = [await test.person('events.organizer'), await test.person('events.organizer')];
    const { id } = await anEvent(test, author);
    expect(await test.codeOf(await test.person(), UPDATE, { id, input: { title: 'x' } })).toBe('FORBIDDEN');
    expect(await test.codeOf(author, UPDATE, { id, input: { organizerId: (await test.person()).id } })).toBe(
      'VALIDATION_ERROR',
    );
    expect(await test.get(author, UPDATE, { id, input: { organizerId: other.id } })).toMatchObject({
      organizer: { id: other.id },
    });
    for (const who of [author, other, owner])
      expect(await test.codeOf(who, UPDATE, { id, input: { title: 'x' } })).toBeNull();
  });

  it('is refused for what is hidden, missing, wrong or called off', async () => {
    const hidden = await anEvent(test, owner, { visibility: 'PRIVATE' });
    const organizer = await test.person();
    expect(await test.codeOf(organizer, UPDATE, { id: hidden.id, input: {} })).toBe('NOT_FOUND');
    expect(await test.codeOf(owner, UPDATE, { id: uuidv7(), input: {} })).toBe('NOT_FOUND');
    const { id } = await anEvent(test, owner);
    expect(await test.codeOf(owner, UPDATE, { id, input: { endsAt: '2027-01-01T00:00:00Z' } })).toBe(
      'VALIDATION_ERROR',
    );
    expect(await test.codeOf(owner, UPDATE, { id, input: { timeZone: 'Nowhere' } })).toBe('VALIDATION_ERROR');
    await test.get(owner, CANCEL, { id });
    expect(await test.codeOf(owner, UPDATE, { id, input: { title: 'x' } })).toBe('CONFLICT');
  });
});

describe('a draft', () => {
  it('is seen by its author and managers only, whatever its visibility, until it is published', async () => {
    const [author, reader] = [await test.person('events.organizer'), await test.person()];
    const { id } = await anEvent(test, author, { draft: true, visibility: 'PUBLIC' });
    const seen = async () =>
      Promise.all([author, owner, reader, anonymous].map(async (who) => (await test.get(who, ONE, { id })) !== null));
    expect(await seen()).toEqual([true, true, false, false]);
    expect(await test.codeOf(reader, PUBLISH, { id })).toBe('NOT_FOUND');
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => test.get<{ status: string }>(author, PUBLISH, { id })),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set(['PUBLISHED']));
    expect(await seen()).toEqual([true, true, true, true]);
  });
});

describe('cancelEvent, duplicateEvent and deleteEvent', () => {
  it('call it off once with its reason, and keep it to be seen', async () => {
    const { id } = await anEvent(test, owner);
    const cancelled = { status: 'CANCELLED', cancelReason: 'Rain', cancelledAt: expect.any(String) };
    expect(await test.get(owner, CANCEL, { id, reason: 'Rain' })).toEqual(cancelled);
    const again = await Promise.all(Array.from({ length: 20 }, () => test.get(owner, CANCEL, { id, reason: 'Snow' })));
    expect(again).toEqual(again.map(() => cancelled));
    expect(await test.codeOf(owner, CANCEL, { id, reason: 'x'.repeat(501) })).toBe('VALIDATION_ERROR');
    expect(await test.get(await test.person(), ONE, { id })).toEqual({ id });
    expect(await test.codeOf(owner, PUBLISH, { id })).toBe('CONFLICT');
  });

  it('copy it as a draft a week later on the clock', async () => {
    const { id } = await anEvent(test, owner, { startsAt: '2027-03-24T17:00:00Z', endsAt: '2027-03-24T18:00:00Z' });
    const copy = await test.get<Node>(owner, DUPLICATE, { id });
    // The clock went forward in between.
    expect(copy).toMatchObject({ status: 'DRAFT', title: 'An event', startsAt: '2027-03-31T16:00:00.000Z' });
    expect(copy.id).not.toBe(id);
    expect(await test.codeOf(await test.person(), DUPLICATE, { id })).toBe('FORBIDDEN');
  });

  it('delete it and answer it as it was', async () => {
    const { id } = await anEvent(test, owner);
    expect(await test.codeOf(await test.person(), DELETE, { id })).toBe('FORBIDDEN');
    expect(await test.get(owner, DELETE, { id })).toEqual({ id, title: 'An event' });
    expect(await test.get(owner, ONE, { id })).toBeNull();
    expect(await test.codeOf(owner, DELETE, { id })).toBe('NOT_FOUND');
  });
});

describe('events', () => {
  it('are found by scope, tag and time', async () => {
    const community = await aCommunity(test);
    const { id } = await anEvent(test, owner, { scope: community, tags: ['boats'] });
    for (const [found, args] of [
      [true, { scope: community }],
      [true, { tag: 'boats' }],
      [true, { from: '2027-01-04T18:00:00Z', to: '2027-01-05T00:00:00Z' }],
      [false, { scope: tenantScope(test) }],
      [false, { tag: 'radios' }],
      [false, { from: '2027-01-04T19:00:01Z' }],
      [false, { to: '2027-01-04T17:00:00Z' }],
    ] as const)
      expect([args, idsOf(await test.get<List>(owner, LIST, args)).includes(id)]).toEqual([args, found]);
    expect(await test.codeOf(owner, LIST, { from: '2027-01-04T19:00:00Z', to: '2027-01-04T18:00:00Z' })).toBe(
      'VALIDATION_ERROR',
    );
  });

  it('show the address of the meeting to those who organize it only', async () => {
    const { id } = await anEvent(test, owner, { onlineUrl: 'https://meet.example.test/x', visibility: 'PUBLIC' });
    expect(await test.get(owner, LINK, { id })).toEqual({ onlineUrl: 'https://meet.example.test/x' });
    for (const who of [await test.person(), anonymous])
      expect(await test.get(who, LINK, { id })).toEqual({ onlineUrl: null });
  });
});

describe('who sees what', () => {
  const everyone = ['anonymous', 'outsider', 'stranger', 'member', 'teamMember', 'manager', 'author'];
  const table: [string, string, string[]][] = [
    ['PUBLIC', 'tenant', everyone],
    ['COMMUNITY', 'tenant', everyone.slice(2)],
    ['PRIVATE', 'tenant', ['author']],
    ['PUBLIC', 'community', everyone],
    ['COMMUNITY', 'community', ['member', 'teamMember', 'manager', 'author']],
    ['PRIVATE', 'community', ['manager', 'author']],
    ['PUBLIC', 'team', everyone],
    ['COMMUNITY', 'team', ['member', 'teamMember', 'manager', 'author']],
    ['TEAM', 'team', ['teamMember', 'manager', 'author']],
    ['PRIVATE', 'team', ['manager', 'author']],
  ];
  const CALENDAR =
    'query ($scope: ScopeInput) { calendar(scope: $scope, from: "2027-01-01T00:00:00Z", to: "2027-02-01T00:00:00Z", first: 100) { edges { node { event { id } } } } }';
  const REFERENCE = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Event { id } } }';
  let scopes: Record<string, Scope>;
  let viewers: Record<string, Person | typeof anonymous>;
  beforeAll(async () => {
    const community = await aCommunity(test);
    scopes = { tenant: tenantScope(test), community, team: await aTeam(test, community) };
    const teamMember = await aMember(test, scopes.team!);
    await giveRole(test.world, teamMember.id, 'portal.member', community, test.tenantId);
    viewers = {
      anonymous,
      outsider: await test.person(null),
      stranger: await test.person(),
      member: await aMember(test, community),
      teamMember,
      manager: await aMember(test, community, 'events.organizer'),
      author: owner,
    };
  });

  it.each(table)('%s at the %s', async (visibility, at, seenBy) => {
    const scope = scopes[at]!;
    const { id } = await anEvent(test, owner, { scope, visibility });
    for (const who of everyone) {
      const viewer = viewers[who]!;
      const dates = await test.get<{ edges: { node: { event: Node } }[] }>(viewer, CALENDAR, { scope });
      const ways = {
        byId: (await test.get(viewer, ONE, { id })) !== null,
        byReference: (await test.get<unknown[]>(viewer, REFERENCE, { r: [{ __typename: 'Event', id }] }))[0] !== null,
        listed: idsOf(await test.get<List>(viewer, LIST, { scope })).includes(id),
        inCalendar: dates.edges.some(({ node }) => node.event.id === id),
      };
      const sees = seenBy.includes(who);
      expect([who, ways]).toEqual([who, { byId: sees, byReference: sees, listed: sees, inCalendar: sees }]);
    }
  });
});
