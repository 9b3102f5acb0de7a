import { uuidv7 } from '@polity/kernel/ids';
import { AWARDED } from '../../src/criteria/compile.ts';
import { emptyState, progressOf } from '../../src/criteria/evaluate.ts';
import { openLedger, replay } from '../../src/criteria/replay.ts';
import type { Fact } from '../../src/criteria/types.ts';
import { post, ruleOf } from './suite.ts';

const EVENT = 'portal.post.created';
const [ann, bob] = [uuidv7(), uuidv7()];

const deserving = (criteria: object, facts: readonly Fact[]) =>
  replay(ruleOf(criteria), facts).map(({ personId }) => personId);

const posts = (...days: number[]) => days.map((day) => post(ann, day));

describe('count', () => {
  it('counts at any time, for each person by themselves', () => {
    const rule = { count: { event: EVENT, atLeast: 3 } };
    expect(deserving(rule, posts(0, 50))).toEqual([]);
    expect(deserving(rule, [...posts(0, 50), post(bob, 1)])).toEqual([]);
    expect(deserving(rule, posts(0, 50, 500))).toEqual([ann]);
  });

  it('counts within days in a row, wherever they begin', () => {
    const rule = { count: { event: EVENT, atLeast: 3, withinDays: 7 } };
    expect(deserving(rule, posts(0, 3, 7))).toEqual([]);
    expect(deserving(rule, posts(0, 3, 6))).toEqual([ann]);
    expect(deserving(rule, posts(0, 5, 9, 10, 11))).toEqual([ann]);
  });

  it('counts at most so many of a day', () => {
    const rule = { count: { event: EVENT, atLeast: 3, atMostPerDay: 1 } };
    expect(deserving(rule, posts(0, 0, 0, 0, 1))).toEqual([]);
    expect(deserving(rule, posts(0, 0, 1, 2))).toEqual([ann]);
    const both = { count: { event: EVENT, atLeast: 3, atMostPerDay: 1, withinDays: 3 } };
    expect(deserving(both, posts(0, 0, 0, 1, 3))).toEqual([]);
    expect(deserving(both, posts(1, 1, 2, 3))).toEqual([ann]);
  });

  it('takes events by their fields, scope and person', () => {
    const where = { count: { event: EVENT, atLeast: 1, where: { visibility: ['TEAM', 'PRIVATE'] } } };
    expect(deserving(where, posts(0))).toEqual([]);
    expect(deserving(where, [post(ann, 0, { data: { visibility: 'TEAM' } })])).toEqual([ann]);
    const [here, there] = [uuidv7(), uuidv7()];
    const scoped = { count: { event: EVENT, atLeast: 1, scope: { type: 'COMMUNITY', id: here } } };
    expect(deserving(scoped, [post(ann, 0, { communityId: there })])).toEqual([]);
    expect(deserving(scoped, [post(ann, 0, { communityId: here, teamId: there })])).toEqual([ann]);
    const invited = { count: { event: 'identity.invitation.used', atLeast: 1, person: 'invitedBy' } };
    const used = post(bob, 0, { type: 'identity.invitation.used', data: { userId: bob, invitedBy: ann } });
    expect(deserving(invited, [used])).toEqual([ann]);
    expect(deserving({ count: { event: 'identity.invitation.used', atLeast: 1 } }, [used])).toEqual([bob]);
    expect(deserving({ count: { event: EVENT, atLeast: 1 } }, [post(ann, 0, { actorId: null })])).toEqual([]);
  });
});

describe('sum', () => {
  const rule = { sum: { event: 'voting.poll.counted', field: 'cast', person: 'actor', atLeast: 100, withinDays: 2 } };
  const counted = (day: number, cast: number | string | null) =>
    post(ann, day, { type: 'voting.poll.counted', data: { cast } });

  it('adds whole numbers up within the days', () => {
    expect(deserving(rule, [counted(0, 60), counted(2, 60)])).toEqual([]);
    expect(deserving(rule, [counted(0, 60), counted(1, 40)])).toEqual([ann]);
  });

  it('takes nothing else for a number', () => {
    expect(
      deserving(rule, [counted(0, 99), counted(0, -5), counted(0, 0.5), counted(0, '9'), counted(0, null)]),
    ).toEqual([]);
  });
});

describe('distinct', () => {
  const vote = (day: number, pollId: string | null) =>
    post(ann, day, { type: 'voting.vote.cast', data: { pollId, voterId: ann } });

  it('counts different values, at any time or within the days', () => {
    const rule = { distinct: { event: 'voting.vote.cast', field: 'pollId', atLeast: 2 } };
    expect(deserving(rule, [vote(0, 'a'), vote(1, 'a'), vote(2, null)])).toEqual([]);
    expect(deserving(rule, [vote(0, 'a'), vote(99, 'b')])).toEqual([ann]);
    const within = { distinct: { ...rule.distinct, withinDays: 3 } };
    expect(deserving(within, [vote(0, 'a'), vote(2, 'a'), vote(5, 'b')])).toEqual([]);
    expect(deserving(within, [vote(0, 'a'), vote(3, 'a'), vote(5, 'b')])).toEqual([ann]);
  });
});

describe('streak', () => {
  it('wants days in a row, in whatever order they are told', () => {
    const rule = { streak: { event: EVENT, unit: 'DAY', atLeast: 4 } };
    expect(deserving(rule, posts(0, 1, 2, 4, 5, 6))).toEqual([]);
    expect(deserving(rule, posts(6, 0, 4, 2, 5, 1, 3))).toEqual([ann]);
  });

  it('wants weeks in a row, from Monday on', () => {
    const rule = { streak: { event: EVENT, unit: 'WEEK', atLeast: 2 } };
    // Thursday to Sunday are one week.
    expect(deserving(rule, posts(0, 1, 2, 3))).toEqual([]);
    expect(deserving(rule, posts(3, 4))).toEqual([ann]);
    expect(deserving(rule, posts(3, 11))).toEqual([]);
  });

  it('goes by the zone that somebody had at the time', () => {
    const rule = ruleOf({ streak: { event: EVENT, unit: 'DAY', atLeast: 2 } });
    const late = [23.5, 24.5].map((hour) => post(ann, 0, { at: Date.UTC(2026, 5, 1) + hour * 3_600_000 }));
    const inZone = (zone: string, from = 0) => replay(rule, late, () => [{ from, zone }]).length;
    expect(inZone('UTC')).toBe(1);
    expect(inZone('Europe/Berlin')).toBe(0);
    expect(inZone('Europe/Berlin', Date.UTC(2026, 5, 3))).toBe(1);
  });
});

describe('all, any and after', () => {
  const count = (atLeast: number) => ({ count: { event: EVENT, atLeast } });
  const vote = { count: { event: 'voting.vote.cast', atLeast: 4 } };
  const voted = post(bob, 0, { type: 'voting.vote.cast', data: { voterId: ann } });

  it('make a whole of parts, with progress as numbers', () => {
    const [every, some] = [ruleOf({ allOf: [count(2), vote] }), ruleOf({ anyOf: [count(2), vote] })];
    expect(progressOf(every, emptyState(every))).toEqual({ current: 0, target: 6, met: false });
    const facts = [...posts(0, 0, 0), voted];
    const standing = (rule: typeof every) => {
      const ledger = openLedger(rule, () => undefined);
      for (const fact of facts) ledger.add(fact);
      return [...ledger.standings()].map(({ state }) => progressOf(rule, state));
    };
    expect(standing(every)).toEqual([{ current: 3, target: 6, met: false }]);
    expect(standing(some)).toEqual([{ current: 2, target: 2, met: true }]);
  });

  it('come after another achievement, whenever that was granted', () => {
    const rule = { allOf: [{ after: { achievement: 'first-post' } }, count(1)] };
    const granted = post(bob, 9, { type: AWARDED, data: { userId: ann, key: 'first-post' } });
    const other = post(bob, 9, { type: AWARDED, data: { userId: ann, key: 'another' } });
    expect(deserving(rule, [...posts(0), other])).toEqual([]);
    expect(deserving(rule, [...posts(0), granted])).toEqual([ann]);
    expect(deserving(rule, [granted, ...posts(0)])).toEqual([ann]);
  });

  it('are taken away by what revokeWhen says, before or after', () => {
    const rule = {
      ...count(1),
      revokeWhen: { count: { event: 'portal.membership.ended', where: { banned: true }, atLeast: 1 } },
    };
    const banned = post(bob, 1, { type: 'portal.membership.ended', data: { userId: ann, banned: true } });
    expect(deserving(rule, posts(0))).toEqual([ann]);
    expect(deserving(rule, [...posts(0), banned])).toEqual([]);
    expect(deserving(rule, [banned, ...posts(0)])).toEqual([]);
    expect(deserving(rule, [...posts(0), { ...banned, id: uuidv7(), data: { userId: ann, banned: false } }])).toEqual([
      ann,
    ]);
  });
});

describe('a period', () => {
  it('counts what happened in it alone, and each by itself', () => {
    const rule = ruleOf({ count: { event: EVENT, atLeast: 2 } }, 'MONTH');
    const standings = replay(rule, posts(0, 30, 31, 35, 60, 61, 62));
    expect(standings.map(({ period }) => period).sort()).toEqual(['2026-01', '2026-02', '2026-03']);
    const weeks = replay(ruleOf({ count: { event: EVENT, atLeast: 2 } }, 'WEEK'), posts(0, 3, 4, 11, 12));
    expect(weeks.map(({ period }) => period).sort()).toEqual(['W2025-12-29', 'W2026-01-12']);
    const days = replay(ruleOf({ count: { event: EVENT, atLeast: 2 } }, 'DAY'), posts(0, 0, 1));
    expect(days.map(({ period }) => period)).toEqual(['2026-01-01']);
  });
});

it('an event that comes again changes nothing', () => {
  const [rule, fact] = [ruleOf({ count: { event: EVENT, atLeast: 2 } }), post(ann, 0)];
  const ledger = openLedger(rule, () => undefined);
  expect([ledger.add(fact).length, ledger.add(fact).length]).toEqual([1, 0]);
  expect(replay(rule, [fact, fact])).toEqual([]);
});
