import { matchesType } from '@polity/kernel/events/envelope';
import { uuidv7 } from '@polity/kernel/ids';
import type { Person, TestSubgraph } from '@polity/kernel/testing/dialect';
import { onDatabase } from '@polity/kernel/testing/walls';
import { consumers } from '../src/consumers.ts';
import { eventCatalogue } from '../src/domain/rule/catalogue.ts';
import {
  ARCHIVE,
  aCommunity,
  aLiveRule,
  anAchievement,
  anEvent,
  anOwner,
  aPost,
  aVote,
  type EventGiven,
  grantsOf,
  grantTo,
  happens,
  REVOKE,
  startGamification,
  statusesOf,
  UPDATE,
} from './factories.ts';

let test: TestSubgraph;
let owner: Person;
let person: Person;

beforeAll(async () => {
  test = await startGamification();
  owner = await anOwner(test);
});
beforeEach(async () => {
  person = await test.person();
});
afterAll(() => test.world.close());

const DAY = 86_400_000;
const posts = (atLeast: number, more: object = {}) => ({ count: { event: 'portal.post.created', atLeast, ...more } });
const PROGRESS = `query ($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) { ... on User {
  progress { edges { node { current target completedAt achievement { id } } } } } } }`;

interface ProgressNode {
  current: number;
  target: number;
  completedAt: string | null;
  achievement: { id: string } | null;
}

async function progressOf(viewer: Person, id: string, achievementId: string): Promise<ProgressNode | undefined> {
  const [user] = await test.get<{ progress: { edges: { node: ProgressNode }[] } }[]>(viewer, PROGRESS, { id });
  return user?.progress.edges.map(({ node }) => node).find(({ achievement }) => achievement?.id === achievementId);
}

const RULE = 'query ($id: ID!) { achievement(id: $id) { replaying ruleError } }';

it('takes every event on which criteria may look', () => {
  const types = consumers.flatMap(({ types: taken }) => (typeof taken === 'function' ? [] : taken));
  expect([...eventCatalogue().keys()].filter((type) => !matchesType(types, type))).toEqual([]);
});

describe('a rule', () => {
  it('grants once what somebody did, and says how far they are', async () => {
    const { id } = await aLiveRule(test, owner, posts(2));
    await happens(test, aPost(person.id));
    expect(await progressOf(person, person.id, id)).toMatchObject({ current: 1, target: 2, completedAt: null });
    expect(await progressOf(owner, person.id, id)).toMatchObject({ current: 1 });
    expect(await progressOf(await test.person(), person.id, id)).toBeUndefined();
    await happens(test, aPost(person.id), aPost(person.id));
    expect(await statusesOf(test, person, id)).toEqual(['ACTIVE']);
    expect(await progressOf(person, person.id, id)).toMatchObject({ current: 2, completedAt: expect.any(String) });
  });

  it('counts an event once, however often it comes, and grants once of twenty at once', async () => {
    const [{ id }, { id: another }] = [await aLiveRule(test, owner, posts(2)), await aLiveRule(test, owner, posts(20))];
    const event = aPost(person.id);
    const again = { ...event, id: uuidv7() };
    await happens(test, again, again);
    expect(await statusesOf(test, person, id)).toEqual([]);
    const many = Array.from({ length: 19 }, () => anEvent(test, aPost(person.id)));
    await Promise.all(many.map((each) => test.world.bus.publish(each)));
    await test.world.settle();
    expect(await statusesOf(test, person, id)).toEqual(['ACTIVE']);
    expect(await statusesOf(test, person, another)).toEqual(['ACTIVE']);
  });

  it('of a community counts what happened there', async () => {
    const { scope, id: communityId, owner: at } = await aCommunity(test);
    const { id } = await aLiveRule(test, at, posts(1), { scope });
    await happens(test, aPost(at.id), aPost(at.id, { communityId: uuidv7() }));
    expect(await statusesOf(test, at, id)).toEqual([]);
    await happens(test, aPost(at.id, { communityId }));
    expect(await statusesOf(test, at, id)).toEqual(['ACTIVE']);
  });

  it('comes after another achievement, granted by rule or by hand', async () => {
    const key = `k-${uuidv7().slice(-12)}`;
    const first = await anAchievement(test, owner, { key });
    const { id } = await aLiveRule(test, owner, { allOf: [{ after: { achievement: key } }, posts(1)] });
    await happens(test, aPost(person.id));
    expect(await statusesOf(test, person, id)).toEqual([]);
    await grantTo(test, owner, first.id, person.id);
    await happens(test);
    expect(await statusesOf(test, person, id)).toEqual(['ACTIVE']);
    const reply = await test.codeOf(owner, UPDATE, {
      id: first.id,
      input: { criteria: { after: { achievement: key } } },
    });
    expect(reply).toBe('VALIDATION_ERROR');
  });

  it('takes away what it says, and does not grant it again', async () => {
    const revokeWhen = { count: { event: 'portal.membership.ended', where: { banned: true }, atLeast: 1 } };
    const { id } = await aLiveRule(test, owner, { ...posts(1), revokeWhen });
    const banned: EventGiven = {
      type: 'portal.membership.ended',
      data: { communityId: uuidv7(), userId: person.id, roleKey: 'portal.member', banned: true },
    };
    await happens(test, aPost(person.id));
    expect(await statusesOf(test, person, id)).toEqual(['ACTIVE']);
    await happens(test, banned, aPost(person.id));
    expect(await statusesOf(test, person, id)).toEqual(['REVOKED']);
  });

  it('does not grant again what was taken away by hand, and grants in each period', async () => {
    const { id } = await aLiveRule(test, owner, posts(1), { period: 'DAY' });
    await happens(test, aPost(person.id));
    const grant = (await grantsOf(test, person, person.id)).find((each) => each.achievement?.id === id);
    await test.get(owner, REVOKE, { id: grant?.id, reason: 'A mistake' });
    await happens(test, aPost(person.id));
    expect(await statusesOf(test, person, id)).toEqual(['REVOKED']);
    await happens(test, aPost(person.id, {}, new Date(test.world.clock.nowMs() + DAY)));
    expect((await statusesOf(test, person, id)).sort()).toEqual(['ACTIVE', 'REVOKED']);
  });

  it('that is archived grants nothing more', async () => {
    const { id } = await aLiveRule(test, owner, posts(1));
    await test.get(owner, ARCHIVE, { id });
    await happens(test, aPost(person.id));
    expect(await statusesOf(test, person, id)).toEqual([]);
  });

  it('counts days by the zone of the person', async () => {
    const streak = { streak: { event: 'portal.post.created', unit: 'DAY', atLeast: 2 } };
    const { id } = await aLiveRule(test, owner, streak);
    const [settings, zone] = [
      'mutation ($zone: String) { updateGamificationSettings(input: { timeZone: $zone }) { timeZone } }',
      'Asia/Tokyo',
    ];
    expect(await test.codeOf(person, settings, { zone: 'Moon/Crater' })).toBe('VALIDATION_ERROR');
    const midnight = Math.ceil(test.world.clock.nowMs() / DAY) * DAY + DAY;
    const at = (hour: number) => new Date(midnight + hour * 3_600_000);
    const other = await test.person();
    await test.get(person, settings, { zone });
    // 14:00 and 16:00 in UTC are 23:00 and 01:00 of the next day in Tokyo.
    await happens(test, ...[14, 16].flatMap((hour) => [aPost(person.id, {}, at(hour)), aPost(other.id, {}, at(hour))]));
    expect(await statusesOf(test, person, id)).toEqual(['ACTIVE']);
    expect(await statusesOf(test, other, id)).toEqual([]);
  });
});

describe('a rule that fails', () => {
  it('shows its error to designers, and blocks no other', async () => {
    const [broken, whole] = [await aLiveRule(test, owner, posts(1)), await aLiveRule(test, owner, posts(1))];
    const wrong = JSON.stringify({ allOf: [null] });
    await onDatabase(test.world, 'gamification', (ask) =>
      ask(
        `update achievement set criteria = '${wrong}', rule_version = 7, replayed_version = 7 where id = '${broken.id}'`,
      ),
    );
    await happens(test, aPost(person.id));
    expect(await statusesOf(test, person, whole.id)).toEqual(['ACTIVE']);
    expect(await statusesOf(test, person, broken.id)).toEqual([]);
    expect(await test.get(owner, RULE, { id: broken.id })).toEqual({
      replaying: false,
      ruleError: expect.stringContaining('null'),
    });
    expect(await test.get(person, RULE, { id: broken.id })).toMatchObject({ ruleError: null });
    await test.get(owner, UPDATE, { id: broken.id, input: { criteria: posts(1) } });
    await test.world.runJobs();
    expect(await statusesOf(test, person, broken.id)).toEqual(['ACTIVE']);
    expect(await test.get(owner, RULE, { id: broken.id })).toEqual({ replaying: false, ruleError: null });
  });
});

describe('the past', () => {
  it('is looked through for a new rule, and what comes meanwhile is not lost', async () => {
    await happens(test, aPost(person.id), aPost(person.id));
    const { id } = await anAchievement(test, owner, { criteria: posts(3) });
    expect(await test.get(owner, RULE, { id })).toMatchObject({ replaying: true });
    await happens(test, aPost(person.id));
    expect(await statusesOf(test, person, id)).toEqual([]);
    await test.world.runJobs();
    expect(await statusesOf(test, person, id)).toEqual(['ACTIVE']);
    expect(await test.get(owner, RULE, { id })).toMatchObject({ replaying: false });
  });

  it('is looked through again for other criteria, and what was granted stays', async () => {
    const { id } = await aLiveRule(test, owner, posts(1));
    const other = await test.person();
    await happens(test, aPost(person.id), aVote(other.id));
    const criteria = { count: { event: 'voting.vote.cast', atLeast: 1 } };
    await test.get(owner, UPDATE, { id, input: { criteria } });
    await test.world.runJobs();
    expect([await statusesOf(test, person, id), await statusesOf(test, other, id)]).toEqual([['ACTIVE'], ['ACTIVE']]);
    expect(await progressOf(person, person.id, id)).toBeUndefined();
  });

  it('gives the same as events that come as they happen, in any order', async () => {
    const people = [await test.person(), await test.person(), await test.person()] as [Person, Person, Person];
    const start = test.world.clock.nowMs();
    const rules = [
      posts(3, { withinDays: 4 }),
      { streak: { event: 'portal.post.created', unit: 'DAY', atLeast: 3 } },
      { distinct: { event: 'voting.vote.cast', field: 'pollId', atLeast: 3, withinDays: 5 } },
      { anyOf: [posts(5), { allOf: [posts(2), { count: { event: 'voting.vote.cast', atLeast: 2 } }] }] },
    ];
    const live = await Promise.all(rules.map((criteria) => anAchievement(test, owner, { criteria })));
    await test.world.runJobs();
    const polls = Array.from({ length: 4 }, () => uuidv7());
    // A linear congruential generator: the same history each time, in no order.
    let seed = 4;
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    const history = Array.from({ length: 60 }, (): EventGiven => {
      const [who, at] = [(people[next(3)] as Person).id, new Date(start + next(20) * DAY)];
      return next(2) ? aPost(who, {}, at) : aVote(who, polls[next(4)], at);
    });
    await happens(test, ...history);
    const after = await Promise.all(rules.map((criteria) => anAchievement(test, owner, { criteria })));
    await test.world.runJobs();
    for (const [index, { id }] of live.entries()) {
      const again = after[index]?.id as string;
      for (const each of people) {
        expect([index, await statusesOf(test, each, again)]).toEqual([index, await statusesOf(test, each, id)]);
        const [a, b] = [await progressOf(each, each.id, again), await progressOf(each, each.id, id)];
        expect([index, a?.current, a?.target]).toEqual([index, b?.current, b?.target]);
      }
    }
    const held = await Promise.all(people.map(async (each) => (await grantsOf(test, each, each.id)).length));
    expect(held.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(4);
  });
});

describe('previewCriteria', () => {
  const PREVIEW =
    'query ($input: PreviewCriteriaInput!) { previewCriteria(input: $input) { problems { path message } people events complete } }';

  it('says to how many people criteria would have granted something, and grants nothing', async () => {
    const { scope, id: communityId, owner: at } = await aCommunity(test);
    const old = new Date(test.world.clock.nowMs() - 40 * DAY);
    const given = [at.id, at.id, person.id].map((id) => aPost(id, { communityId }));
    await happens(test, ...given, aPost(person.id, { communityId }, old));
    const before = await grantsOf(test, at, at.id);
    const preview = (by: Person, more: object = {}) =>
      test.get(by, PREVIEW, { input: { scope, criteria: posts(2), ...more } });
    expect(await preview(at)).toEqual({ problems: [], people: 1, events: expect.any(Number), complete: true });
    expect(await preview(at, { days: 60 })).toMatchObject({ people: 2 });
    expect(await preview(at, { criteria: posts(0) })).toEqual({
      problems: [{ path: 'count.atLeast', message: 'must be 1 at least, or everybody would have it' }],
      people: null,
      events: null,
      complete: null,
    });
    expect(await test.codeOf(await test.person(), PREVIEW, { input: { scope, criteria: posts(2) } })).toBe('FORBIDDEN');
    expect(await test.codeOf(at, PREVIEW, { input: { scope, criteria: posts(2), days: 0 } })).toBe('VALIDATION_ERROR');
    expect(await grantsOf(test, at, at.id)).toEqual(before);
  });
});
