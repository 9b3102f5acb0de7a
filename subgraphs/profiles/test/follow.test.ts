import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import {
  APPROVE,
  BLOCK,
  FOLLOW,
  idsIn,
  type People,
  PRIVACY,
  REMOVE,
  seenOf,
  startProfiles,
  UNBLOCK,
  UNFOLLOW,
} from './factories.ts';

interface Seen {
  followers: People | null;
  following: People | null;
  followerCount: number | null;
  followingCount: number | null;
  viewerFollows: boolean | null;
  viewerFollowStatus: string | null;
  viewerBlocks: boolean | null;
  profile: object | null;
}

const LISTS = 'followers { edges { node { id } } } following { edges { node { id } } } followerCount followingCount';
const REQUESTS = '{ followRequests { edges { node { id } } } }';

let test: TestSubgraph;
beforeAll(async () => {
  test = await startProfiles();
});
afterAll(() => test?.world.close());

type Viewer = Parameters<TestSubgraph['ask']>[0];

async function listsOf(viewer: Viewer, person: Person) {
  const { followers, following, followerCount, followingCount } = await seenOf<Seen>(test, viewer, person, LISTS);
  return [idsIn(followers), idsIn(following), followerCount, followingCount];
}
const people = (n: number): Promise<Person[]> => Promise.all(Array.from({ length: n }, () => test.person()));

describe('followUser', () => {
  it('is one follow, told once, that both lists and numbers have', async () => {
    const [alice, bob] = (await people(2)) as [Person, Person];
    for (let n = 0; n < 2; n++)
      expect(await test.get(alice, FOLLOW, { id: bob.id })).toEqual({
        ...{ id: bob.id, viewerFollows: true },
        viewerFollowStatus: 'ACTIVE',
      });
    expect(await listsOf(alice, bob)).toEqual([[alice.id], [], 1, 0]);
    expect(await listsOf(bob, alice)).toEqual([[], [bob.id], 0, 1]);
  });

  it('asks first where the person wants to be asked', async () => {
    const [alice, bob, carol] = (await people(3)) as [Person, Person, Person];
    await test.get(bob, PRIVACY, { input: { approvesFollowers: true } });
    for (const each of [alice, carol])
      expect(await test.get(each, FOLLOW, { id: bob.id })).toMatchObject({
        ...{ viewerFollows: false, viewerFollowStatus: 'REQUESTED' },
      });
    expect(await listsOf(alice, bob)).toEqual([[], [], 0, 0]);
    expect(idsIn(await test.get(bob, REQUESTS))).toEqual([carol.id, alice.id]);
    await test.get(bob, APPROVE, { id: alice.id });
    await test.get(bob, REMOVE, { id: carol.id });
    expect(idsIn(await test.get(bob, REQUESTS))).toEqual([]);
    expect(await listsOf(alice, bob)).toEqual([[alice.id], [], 1, 0]);
    expect(await test.codeOf(bob, APPROVE, { id: carol.id })).toBe('NOT_FOUND');
    expect(await test.codeOf(bob, REMOVE, { id: carol.id })).toBe('NOT_FOUND');
  });

  it('is refused for oneself, for who is not there, and to who does not belong', async () => {
    const alice = await test.person();
    const elsewhere = await test.person('tenant.member', await test.tenant());
    expect(await test.codeOf(alice, FOLLOW, { id: alice.id })).toBe('VALIDATION_ERROR');
    for (const id of [uuidv7(), 'nobody', '', elsewhere.id])
      expect(await test.codeOf(alice, FOLLOW, { id })).toBe('NOT_FOUND');
    expect(await test.codeOf(await test.person(null), FOLLOW, { id: alice.id })).toBe('FORBIDDEN');
    expect(await test.codeOf(alice, UNFOLLOW, { id: uuidv7() })).toBe('NOT_FOUND');
  });

  it('tells of each change once', async () => {
    const [alice, bob] = (await people(2)) as [Person, Person];
    const told: string[] = [];
    const stop = await test.world.bus.watch(['profiles.follow.*'], ({ type, subject }) => {
      if (subject === bob.id) told.push(type);
    });
    await Promise.all(Array.from({ length: 20 }, () => test.get(alice, FOLLOW, { id: bob.id })));
    await test.get(alice, UNFOLLOW, { id: bob.id });
    await test.world.settle();
    await stop();
    expect(told).toEqual(['profiles.follow.created', 'profiles.follow.ended']);
  });
});

describe('who reads whom somebody follows', () => {
  it('is the audience that they chose', async () => {
    const [alice, bob, carol] = (await people(3)) as [Person, Person, Person];
    await test.get(alice, FOLLOW, { id: bob.id });
    const all = [[alice.id], [], 1, 0];
    const nothing = [null, null, null, null];
    expect(await listsOf(carol, bob)).toEqual(all);
    expect(await listsOf(anonymous, bob)).toEqual(nothing);
    await test.get(bob, PRIVACY, { input: { follows: 'FOLLOWERS' } });
    expect(await listsOf(carol, bob)).toEqual(nothing);
    expect(await listsOf(alice, bob)).toEqual(all);
    expect(await listsOf(bob, bob)).toEqual(all);
  });
});

describe('blockUser', () => {
  const MINE = 'viewerFollows viewerBlocks profile { bio }';
  const BLOCKED = '{ blockedUsers { edges { node { id } } } }';

  it('ends what both follow, hides each from the other, and is known to the one who blocks alone', async () => {
    const [alice, bob, carol] = (await people(3)) as [Person, Person, Person];
    for (const [a, b] of [
      [alice, bob],
      [bob, alice],
      [alice, carol],
      [bob, carol],
    ] as const)
      await test.get(a, FOLLOW, { id: b.id });
    expect(await test.get(alice, BLOCK, { id: bob.id })).toEqual({ id: bob.id, viewerBlocks: true });
    expect(await listsOf(alice, carol)).toEqual([[alice.id], [], 2, 0]);
    expect(await listsOf(bob, carol)).toEqual([[bob.id], [], 2, 0]);
    expect(await listsOf(carol, carol)).toEqual([[bob.id, alice.id], [], 2, 0]);
    expect(await seenOf<Seen>(test, alice, bob, MINE)).toEqual({
      ...{ viewerFollows: false, viewerBlocks: true },
      profile: { bio: null },
    });
    expect(await seenOf<Seen>(test, bob, alice, MINE)).toEqual({
      ...{ viewerFollows: false, viewerBlocks: false },
      profile: null,
    });
    expect(await listsOf(bob, alice)).toEqual([null, null, null, null]);
    expect(idsIn(await test.get(alice, BLOCKED))).toEqual([bob.id]);
    expect(idsIn(await test.get(bob, BLOCKED))).toEqual([]);
  });

  it('keeps both from following, in ways that tell the blocked one nothing', async () => {
    const [alice, bob] = (await people(2)) as [Person, Person];
    await test.get(alice, BLOCK, { id: bob.id });
    expect(await test.codeOf(bob, FOLLOW, { id: alice.id })).toBe('NOT_FOUND');
    expect(await test.codeOf(alice, FOLLOW, { id: bob.id })).toBe('CONFLICT');
    await test.get(alice, UNBLOCK, { id: bob.id });
    expect(await test.get(bob, FOLLOW, { id: alice.id })).toMatchObject({ viewerFollows: true });
    expect(await test.codeOf(alice, UNBLOCK, { id: bob.id })).toBe('NOT_FOUND');
  });

  it('leaves no follow behind, however they race', async () => {
    for (let round = 0; round < 5; round++) {
      const [alice, bob] = (await people(2)) as [Person, Person];
      await Promise.all([
        ...Array.from({ length: 10 }, () => test.ask(bob, FOLLOW, { id: alice.id })),
        test.get(alice, BLOCK, { id: bob.id }),
        ...Array.from({ length: 10 }, () => test.ask(alice, FOLLOW, { id: bob.id })),
      ]);
      expect(await listsOf(alice, alice)).toEqual([[], [], 0, 0]);
      expect(await seenOf<Seen>(test, bob, alice, 'viewerFollows')).toEqual({ viewerFollows: false });
    }
  });

  it('is paged', async () => {
    const alice = await test.person();
    const others = (await people(3)).map(({ id }) => id).sort();
    for (const id of others) await test.get(alice, BLOCK, { id });
    const PAGE = `query ($first: Int, $after: String, $last: Int) {
      blockedUsers(first: $first, after: $after, last: $last) { edges { cursor node { id } } pageInfo { hasNextPage } } }`;
    type Page = People & { edges: { cursor: string }[]; pageInfo: { hasNextPage: boolean } };
    const first = await test.get<Page>(alice, PAGE, { first: 2 });
    expect([idsIn(first), first.pageInfo.hasNextPage]).toEqual([others.slice(0, 2), true]);
    const rest = await test.get<Page>(alice, PAGE, { first: 2, after: first.edges[1]?.cursor });
    expect([idsIn(rest), rest.pageInfo.hasNextPage]).toEqual([others.slice(2), false]);
    expect(idsIn(await test.get<Page>(alice, PAGE, { last: 1 }))).toEqual(others.slice(2));
  });

  it('is refused for oneself, for who is not there, and to who does not belong', async () => {
    const alice = await test.person();
    expect(await test.codeOf(alice, BLOCK, { id: alice.id })).toBe('VALIDATION_ERROR');
    for (const id of [uuidv7(), 'nobody']) expect(await test.codeOf(alice, BLOCK, { id })).toBe('NOT_FOUND');
    expect(await test.codeOf(await test.person(null), BLOCK, { id: alice.id })).toBe('FORBIDDEN');
  });
});
