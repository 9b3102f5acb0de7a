import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { anonymous, serviceViewer } from '@polity/kernel/testing/harness';
import { onDatabase } from '@polity/kernel/testing/walls';
import {
  aCommunity,
  addToTeam,
  aMember,
  anEvent,
  anOpenPoll,
  aPost,
  aTeam,
  feedOf,
  from,
  type Scope,
  startActivity,
  tenantScope,
  typesOf,
} from './factories.ts';

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

const sees = async (viewer: Parameters<typeof feedOf>[1], thing: { id: string }, scope: Scope = community) =>
  (await feedOf(test, viewer, { scope, first: 100 })).some(({ object }) => object?.id === thing.id);

describe('an entry', () => {
  it('tells of what happens in every domain, newest first, and says it in a line', async () => {
    const post = await aPost(test, member, community, { title: 'Who has a lathe?' });
    const poll = await anOpenPoll(test, owner, community);
    const event = await anEvent(test, owner, community);
    const entries = await feedOf(test, member, { first: 3 });
    expect(entries.map(({ type, summary, actor, object }) => [type, summary, actor?.id, object?.id])).toEqual([
      ['events.event.created', 'Somebody plans “An event”', owner.id, event.id],
      ['voting.poll.opened', 'The poll “A poll” is open', undefined, poll.id],
      ['portal.post.created', 'Somebody posted “Who has a lathe?”', member.id, post.id],
    ]);
    expect(typesOf(await feedOf(test, member, { first: 100 }))).toContain('portal.community.created');
  });

  it('comes once, however often its event does', async () => {
    await aPost(test, member, community, { title: 'Once' });
    const [before] = await feedOf(test, member, { first: 1 });
    const consumer = 'activity.feed';
    const again = await onDatabase(test.world, 'portal', (ask) =>
      ask<{ event_id: string }>(
        `update outbox set published_at = null where type = 'portal.post.created' returning event_id`,
      ),
    );
    await onDatabase(test.world, 'activity', (ask) => ask(`delete from inbox where consumer = '${consumer}'`));
    expect(again.length).toBeGreaterThan(0);
    const entries = await feedOf(test, member, { first: 100 });
    expect(entries.filter(({ id }) => id === before?.id)).toHaveLength(1);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  it('speaks of no draft, and of an event from its publication on', async () => {
    const draft = await anEvent(test, owner, community, { draft: true });
    expect(await sees(owner, draft)).toBe(false);
    await from(test, 'events', owner, 'mutation ($id: ID!) { publishEvent(id: $id) { id } }', { id: draft.id });
    expect(await sees(member, draft)).toBe(true);
  });

  it('goes with its thing', async () => {
    const post = await aPost(test, member, community);
    expect(await sees(member, post)).toBe(true);
    await from(test, 'portal', member, 'mutation ($id: ID!) { deletePost(id: $id) { id } }', { id: post.id });
    expect(await sees(member, post)).toBe(false);
  });

  it('is hidden and restored with its thing, and still there for its author', async () => {
    const post = await aPost(test, member, community);
    const other = await aMember(test, community, owner);
    const HIDE = 'mutation ($id: ID!, $hidden: Boolean!) { _hideContent(type: "Post", id: $id, hidden: $hidden) }';
    await from(test, 'portal', serviceViewer('test'), HIDE, { id: post.id, hidden: true });
    expect([await sees(other, post), await sees(member, post)]).toEqual([false, true]);
    await from(test, 'portal', serviceViewer('test'), HIDE, { id: post.id, hidden: false });
    expect(await sees(other, post)).toBe(true);
  });

  it('is asked of its thing again, before the feed has heard of a change', async () => {
    const post = await aPost(test, member, community, { visibility: 'PUBLIC' });
    expect(await sees(anonymous, post)).toBe(true);
    await test.world.withoutEvents(async () => {
      const HIDE = 'mutation ($id: ID!) { updatePost(id: $id, input: { visibility: PRIVATE }) { id } }';
      await from(test, 'portal', member, HIDE, { id: post.id });
      const entries = await test.get<{ edges: { node: { object: { id: string } } }[] }>(
        anonymous,
        'query ($scope: ScopeInput) { feed(scope: $scope) { edges { node { object { ... on Post { id } } } } } }',
        { scope: community },
      );
      expect(entries.edges.some(({ node }) => node.object?.id === post.id)).toBe(false);
    });
    expect([await sees(anonymous, post), await sees(member, post)]).toEqual([false, true]);
  });

  it('says what its thing is called now', async () => {
    const post = await aPost(test, member, community, { title: 'Before' });
    await from(
      test,
      'portal',
      member,
      'mutation ($id: ID!) { updatePost(id: $id, input: { title: "After" }) { id } }',
      {
        id: post.id,
      },
    );
    const entry = (await feedOf(test, member)).find(({ object }) => object?.id === post.id);
    expect(entry?.summary).toBe('Somebody posted “After”');
  });
});

describe('who sees an entry', () => {
  it('is who sees its thing, at each visibility', async () => {
    const team = await aTeam(test, community, owner);
    const teammate = await aMember(test, community, owner);
    await addToTeam(test, owner, team, teammate);
    const author = await aMember(test, community, owner);
    await addToTeam(test, owner, team, author);
    const viewers = { anonymous, outsider: await test.person(), member, teammate, author, owner };
    const expected = {
      PUBLIC: ['anonymous', 'outsider', 'member', 'teammate', 'author', 'owner'],
      COMMUNITY: ['member', 'teammate', 'author', 'owner'],
      TEAM: ['teammate', 'author', 'owner'],
      PRIVATE: ['author', 'owner'],
    };
    for (const [visibility, seenBy] of Object.entries(expected)) {
      const post = await aPost(test, author, team, { visibility });
      for (const scope of [team, community, tenantScope(test)]) {
        const found: string[] = [];
        for (const [who, viewer] of Object.entries(viewers)) if (await sees(viewer, post, scope)) found.push(who);
        expect([visibility, scope.type, found]).toEqual([visibility, scope.type, seenBy]);
      }
    }
  });

  it('follows a community that becomes hidden', async () => {
    const place = await aCommunity(test, owner);
    const outsider = await test.person();
    expect(await sees(outsider, place, place)).toBe(true);
    const HIDE = 'mutation ($id: ID!) { updateCommunity(id: $id, input: { visibility: COMMUNITY }) { id } }';
    await from(test, 'portal', owner, HIDE, { id: place.id });
    expect([await sees(outsider, place, place), await sees(owner, place, place)]).toEqual([false, true]);
  });

  it('is nobody of another tenant', async () => {
    const post = await aPost(test, member, community, { visibility: 'PUBLIC' });
    await test.world.settle();
    const there = await test.tenant();
    const foreigner = await test.person('tenant.owner', there);
    const ids = { edges: [] };
    const query = 'query ($scope: ScopeInput) { feed(scope: $scope) { edges { node { id } } } }';
    for (const scope of [community, tenantScope(test), null])
      expect(await test.get(foreigner, query, { scope }, { tenantId: there })).toEqual(ids);
    expect(post.id).toBeTruthy();
  });
});

describe('joining', () => {
  it('is told one by one, or as one entry for the day', async () => {
    const place = await aCommunity(test, owner);
    const people = [
      await aMember(test, place, owner),
      await aMember(test, place, owner),
      await aMember(test, place, owner),
    ];
    const types = ['portal.membership.activated'];
    const last = people[2] as Person;
    expect(await feedOf(test, last, { scope: place, types })).toHaveLength(3);
    const [group, ...more] = await feedOf(test, last, { scope: place, types, grouped: true });
    expect(more).toEqual([]);
    expect(group).toMatchObject({ groupSize: 3, actor: { id: last.id }, summary: 'Somebody and 2 others joined' });
  });

  it('is not told any more of who left', async () => {
    const place = await aCommunity(test, owner);
    const [first, second] = [await aMember(test, place, owner), await aMember(test, place, owner)];
    const types = ['portal.membership.activated'];
    await test.world.settle();
    await from(test, 'portal', second, 'mutation ($id: ID!) { leaveCommunity(id: $id) { id } }', { id: place.id });
    const entries = await feedOf(test, owner, { scope: place, types, grouped: true });
    expect(entries).toMatchObject([{ groupSize: 1, actor: { id: first.id } }]);
  });

  it('stands for its group once, however many join at once', async () => {
    const place = await aCommunity(test, owner);
    const people = await Promise.all(Array.from({ length: 8 }, () => test.person()));
    const JOIN = 'mutation ($id: ID!) { joinCommunity(id: $id) { id } }';
    await Promise.all(people.map((person) => from(test, 'portal', person, JOIN, { id: place.id })));
    const types = ['portal.membership.activated'];
    const entries = await feedOf(test, owner, { scope: place, types, grouped: true });
    expect(entries).toMatchObject([{ groupSize: 8 }]);
  });
});
