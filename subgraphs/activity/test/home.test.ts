import { uuidv7 } from '@polity/kernel/ids';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { anonymous } from '@polity/kernel/testing/harness';
import {
  aCommunity,
  aMember,
  aPost,
  feedOf,
  from,
  type Node,
  type Scope,
  startActivity,
  typesOf,
} from './factories.ts';

const SUBSCRIBE =
  'mutation ($scope: ScopeInput!, $types: [String!]) { subscribe(scope: $scope, types: $types) { id types scope { __typename ... on Community { id } } } }';
const UNSUBSCRIBE = 'mutation ($id: ID!) { unsubscribe(id: $id) { id types } }';
const SUBSCRIPTIONS = '{ subscriptions { id types } }';
const MUTE =
  'mutation ($input: FeedMuteInput!) { muteFeed(input: $input) { id type user { id } scope { __typename } } }';
const UNMUTE = 'mutation ($id: ID!) { unmuteFeed(id: $id) { id } }';
const MUTES = '{ feedMutes { id } }';
const READ = 'mutation ($upTo: DateTime!) { markFeedRead(upTo: $upTo) }';
const UNREAD = '{ unreadCount }';

let test: TestSubgraph;
let owner: Person;
let member: Person;
let community: Scope;

beforeAll(async () => {
  test = await startActivity();
  owner = await test.person();
  community = await aCommunity(test, owner);
  member = await aMember(test, community, owner);
});
afterAll(() => test?.world.close());

const homeHas = async (viewer: Person, { id }: Node, variables: object = {}) =>
  (await feedOf(test, viewer, { first: 100, ...variables })).some(({ object }) => object?.id === id);

describe('the home feed', () => {
  it('has what happens where one belongs, and nothing from elsewhere', async () => {
    const elsewhere = await aCommunity(test, owner);
    const [here, there] = [
      await aPost(test, owner, community),
      await aPost(test, owner, elsewhere, { visibility: 'PUBLIC' }),
    ];
    expect([await homeHas(member, here), await homeHas(member, there)]).toEqual([true, false]);
    expect(await feedOf(test, anonymous)).toEqual([]);
  });

  it('takes types, and all that begin alike', async () => {
    await aPost(test, owner, community);
    const posts = ['portal.post.created'];
    expect(new Set(typesOf(await feedOf(test, member, { types: posts })))).toEqual(new Set(posts));
    expect(await feedOf(test, member, { types: ['portal.post.*'] })).not.toEqual([]);
    expect(await feedOf(test, member, { types: ['voting.*'] })).toEqual([]);
    const query = 'query ($types: [String!]) { feed(types: $types) { edges { node { id } } } }';
    for (const types of [['*'], ['%'], [], Array.from({ length: 21 }, () => 'a.b')])
      expect([types, await test.codeOf(member, query, { types })]).toEqual([types, 'VALIDATION_ERROR']);
  });

  it('goes on page by page without a gap', async () => {
    for (let n = 0; n < 5; n++) await aPost(test, owner, community, { title: `Number ${n}` });
    const whole = (await feedOf(test, member, { first: 100 })).map(({ id }) => id);
    const paged: string[] = [];
    const query =
      'query ($after: String) { feed(first: 3, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }';
    type Page = { edges: { node: Node }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    for (let after: string | null = null; ; ) {
      const page: Page = await test.get<Page>(member, query, { after });
      paged.push(...page.edges.map(({ node }) => node.id));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(paged).toEqual(whole);
  });
});

describe('subscribe', () => {
  it('brings home what is open elsewhere, until it ends', async () => {
    const elsewhere = await aCommunity(test, owner);
    const open = await aPost(test, owner, elsewhere, { visibility: 'PUBLIC' });
    const closed = await aPost(test, owner, elsewhere);
    const subscription = await test.get<Node>(member, SUBSCRIBE, { scope: elsewhere });
    expect(subscription).toMatchObject({ types: null, scope: { __typename: 'Community', id: elsewhere.id } });
    expect([await homeHas(member, open), await homeHas(member, closed)]).toEqual([true, false]);
    expect(await test.get(member, UNSUBSCRIBE, { id: subscription.id })).toEqual({ id: subscription.id, types: null });
    expect(await homeHas(member, open)).toBe(false);
    expect(await test.codeOf(member, UNSUBSCRIBE, { id: subscription.id })).toBe('NOT_FOUND');
  });

  it('narrows a place to types, and replaces them', async () => {
    const person = await aMember(test, community, owner);
    const post = await aPost(test, owner, community);
    const first = await test.get<Node>(person, SUBSCRIBE, { scope: community, types: ['voting.*'] });
    expect(await homeHas(person, post)).toBe(false);
    const second = await test.get<Node>(person, SUBSCRIBE, { scope: community, types: ['portal.post.created'] });
    expect(second.id).toBe(first.id);
    expect(await homeHas(person, post)).toBe(true);
    expect(await test.get(person, SUBSCRIPTIONS)).toEqual([{ id: first.id, types: ['portal.post.created'] }]);
  });

  it('refuses types that are none, and places that are hidden as such that are missing', async () => {
    const hidden = await aCommunity(test, owner, { visibility: 'COMMUNITY', joinPolicy: 'INVITE' });
    const missing = { type: 'COMMUNITY', id: uuidv7() };
    expect(await test.codeOf(member, SUBSCRIBE, { scope: community, types: ['no type'] })).toBe('VALIDATION_ERROR');
    for (const scope of [hidden, missing]) expect(await test.codeOf(member, SUBSCRIBE, { scope })).toBe('NOT_FOUND');
    expect(await test.codeOf(anonymous, SUBSCRIBE, { scope: community })).toBe('UNAUTHENTICATED');
  });

  it("is one's own", async () => {
    const { id } = await test.get<Node>(owner, SUBSCRIBE, { scope: community });
    expect(await test.codeOf(member, UNSUBSCRIBE, { id })).toBe('NOT_FOUND');
    expect(await test.get(anonymous, SUBSCRIPTIONS)).toBeNull();
  });
});

describe('muteFeed', () => {
  it('leaves out a type, a place or a person, until it ends', async () => {
    const person = await aMember(test, community, owner);
    const post = await aPost(test, owner, community);
    const all = [{ type: 'portal.post.created' }, { type: 'portal.*' }, { scope: community }, { userId: owner.id }];
    for (const input of all) {
      expect(await homeHas(person, post)).toBe(true);
      const { id } = await test.get<Node>(person, MUTE, { input });
      expect(await test.get<Node>(person, MUTE, { input })).toMatchObject({ id });
      expect([input, await homeHas(person, post), await homeHas(person, post, { grouped: true })]).toEqual([
        input,
        false,
        false,
      ]);
      expect(await homeHas(person, post, { scope: community })).toBe(true);
      await test.get(person, UNMUTE, { id });
    }
    expect(await homeHas(person, post)).toBe(true);
    expect(await test.get(person, MUTES)).toEqual([]);
  });

  it('leaves somebody out of a group', async () => {
    const place = await aCommunity(test, owner);
    const [first, second] = [await aMember(test, place, owner), await aMember(test, place, owner)];
    await test.get(owner, MUTE, { input: { userId: second.id } });
    const entries = await feedOf(test, owner, { types: ['portal.membership.activated'], grouped: true });
    expect(entries[0]).toMatchObject({ groupSize: 1, actor: { id: first.id } });
  });

  it('takes exactly one thing, and hides what is hidden', async () => {
    const hidden = await aCommunity(test, owner, { visibility: 'COMMUNITY', joinPolicy: 'INVITE' });
    for (const input of [{}, { type: 'a.b', userId: owner.id }, { type: 'no type' }, { userId: 'nobody' }])
      expect([input, await test.codeOf(member, MUTE, { input })]).toEqual([input, 'VALIDATION_ERROR']);
    expect(await test.codeOf(member, MUTE, { input: { scope: hidden } })).toBe('NOT_FOUND');
    const { id } = await test.get<Node>(owner, MUTE, { input: { type: 'a.b' } });
    expect(await test.codeOf(member, UNMUTE, { id })).toBe('NOT_FOUND');
  });
});

describe('what is unread', () => {
  it('is counted from the mark on, which never moves back', async () => {
    const person = await aMember(test, community, owner);
    await aPost(test, owner, community);
    await test.world.settle();
    expect(await test.get(person, UNREAD)).toBeGreaterThan(1);
    const now = new Date(Date.now() + 1_000);
    test.world.clock.set(now);
    expect(await test.get(person, READ, { upTo: now.toISOString() })).toBe(0);
    expect(await test.get(person, READ, { upTo: '2020-01-01T00:00:00.000Z' })).toBe(0);
    const query = '{ feed(first: 1) { edges { node { read } } } }';
    expect(await test.get(person, query)).toEqual({ edges: [{ node: { read: true } }] });
    expect(await test.get(anonymous, UNREAD)).toBeNull();
  });

  it('does not count what the person muted', async () => {
    const place = await aCommunity(test, owner);
    const person = await aMember(test, place, owner);
    await test.world.settle();
    const before = await test.get<number>(person, UNREAD);
    await test.get(person, MUTE, { input: { type: 'portal.membership.activated' } });
    expect(await test.get(person, UNREAD)).toBe(before - 1);
  });
});

describe('User.activity', () => {
  it('has what a person did, for who may see it, in one statement for many people', async () => {
    const author = await aMember(test, community, owner);
    const [open, closed] = [
      await aPost(test, author, community, { visibility: 'PUBLIC' }),
      await aPost(test, author, community),
    ];
    await test.world.settle();
    const query = (ids: string[]) =>
      [
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { id activity(first: 20) { edges { node { object { ... on Post { id } } } } } } } }',
        { r: ids.map((id) => ({ __typename: 'User', id })) },
      ] as const;
    const read = async (viewer: typeof anonymous) => {
      type Found = { activity: { edges: { node: { object: Partial<Node> } }[] } }[];
      const [found] = await test.get<Found>(viewer, ...query([author.id]));
      return found?.activity.edges.flatMap(({ node }) => node.object.id ?? []);
    };
    expect(await read(anonymous)).toEqual([open.id]);
    expect(await read(member)).toEqual([closed.id, open.id]);
    const many = await test.statementsOf(member, ...query([author.id, owner.id, member.id]));
    expect(many).toHaveLength(1);
  });
});

it('a removed community takes what the feed keeps of it along', async () => {
  const place = await aCommunity(test, owner);
  const team = await from(
    test,
    'portal',
    owner,
    'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }',
    {
      input: { communityId: place.id, slug: 'team', name: 'A team' },
    },
  );
  const post = await aPost(test, owner, { type: 'TEAM', id: team.id }, { visibility: 'COMMUNITY' });
  expect(await homeHas(owner, post)).toBe(true);
  await from(test, 'portal', owner, 'mutation ($id: ID!) { deleteTeam(id: $id) { id } }', { id: team.id });
  await test.world.settle();
  await test.world.runJobs();
  expect(await homeHas(owner, post)).toBe(false);
});
