import { uuidv7 } from '@polity/kernel/ids';
import { MOST } from '../../src/criteria/schema.ts';
import { problemsOf } from './suite.ts';

const EVENT = 'portal.post.created';
const count = (more: object = {}) => ({ count: { event: EVENT, atLeast: 2, ...more } });

it('takes every operator', () => {
  expect(problemsOf(count({ withinDays: 30 }))).toEqual([]);
  expect(problemsOf({ distinct: { event: 'voting.vote.cast', field: 'pollId', atLeast: 3 } })).toEqual([]);
  expect(problemsOf({ streak: { event: EVENT, unit: 'WEEK', atLeast: 4 } })).toEqual([]);
  expect(problemsOf({ sum: { event: 'voting.poll.counted', field: 'cast', atLeast: 100 } })).toEqual([]);
  expect(problemsOf({ allOf: [count(), { anyOf: [count(), { after: { achievement: 'first-post' } }] }] })).toEqual([]);
  expect(problemsOf({ ...count(), revokeWhen: { count: { event: 'portal.membership.ended', atLeast: 1 } } })).toEqual(
    [],
  );
});

describe('says what is wrong, and where', () => {
  const cases: [string, unknown, string][] = [
    ['no object', 'count', ': must be an object with one operator'],
    ['an unknown operator', { cuont: {} }, ': there is no operator `cuont`; did you mean `count`?'],
    [
      'two operators',
      { ...count(), streak: {} },
      ': must have exactly one of count, sum, distinct, streak, after, allOf, anyOf',
    ],
    ['no parts', { allOf: [] }, `allOf: must be a list of 1 to ${MOST.parts} criteria`],
    [
      'a misspelt option',
      { count: { event: EVENT, atLeast: 2, withinDay: 3 } },
      'count: there is no option `withinDay`; did you mean `withinDays`?',
    ],
    [
      'a misspelt event',
      { allOf: [count({ event: 'portal.post.create' })] },
      'allOf.0.count.event: there is no event type `portal.post.create`; did you mean `portal.post.created`?',
    ],
    [
      'a misspelt field',
      { distinct: { event: 'voting.vote.cast', field: 'pollID', atLeast: 2 } },
      'distinct.field: there is no field `pollID`; did you mean `pollId`?',
    ],
    [
      'a field of a condition',
      count({ where: { visibilty: 'PUBLIC' } }),
      'count.where.visibilty: there is no field `visibilty`; did you mean `visibility`?',
    ],
    [
      'a value that no event has',
      count({ where: { visibility: 'PUBLC' } }),
      'count.where.visibility: there is no value `PUBLC`; did you mean `PUBLIC`?',
    ],
    [
      'a value of another type',
      count({ where: { postId: 3 } }),
      'count.where.postId: can never be reached: the field is a id',
    ],
    ['a person whom no event names', count({ person: 'postId' }), 'count.person: there is no person `postId`'],
    ['what everybody has', count({ atLeast: 0 }), 'count.atLeast: must be 1 at least, or everybody would have it'],
    [
      'more values than there are',
      { distinct: { event: EVENT, field: 'visibility', atLeast: 5 } },
      'distinct.atLeast: can never be reached: the field has 4 values',
    ],
    [
      'more than a day allows',
      count({ atLeast: 10, withinDays: 3, atMostPerDay: 3 }),
      'count.atLeast: can never be reached with 3 a day in 3 days',
    ],
    [
      'a sum of no numbers',
      { sum: { event: EVENT, field: 'visibility', atLeast: 2 } },
      'sum.field: must be a number to be added up, and is a text',
    ],
    [
      'an achievement that is not there',
      { after: { achievement: 'frist-post' } },
      'after.achievement: there is no achievement `frist-post`; did you mean `first-post`?',
    ],
    [
      'what comes of grants themselves',
      count({ event: 'gamification.grant.awarded' }),
      'count.event: there is no event type `gamification.grant.awarded`',
    ],
    [
      'what takes away what it gives',
      { ...count(), revokeWhen: count() },
      'revokeWhen: takes away at once what it gives',
    ],
    [
      'grants that take grants away',
      { ...count(), revokeWhen: { after: { achievement: 'first-post' } } },
      'revokeWhen.after: is not what takes a grant away: `revokeWhen` looks at events alone',
    ],
  ];

  it.each(cases)('%s', (_, criteria, problem) => {
    expect(problemsOf(criteria)).toEqual([problem]);
  });

  it('a scope elsewhere, and events that do not say where they happened', () => {
    const scope = { type: 'COMMUNITY' as const, id: uuidv7() };
    expect(problemsOf(count({ scope }), { liesWithin: () => false })).toEqual([
      'count.scope: is none that lies where the achievement does',
    ]);
    const vote = { count: { event: 'voting.vote.cast', atLeast: 1 } };
    expect(problemsOf(vote, { scope })).toEqual([
      'count.event: can never be reached: events of this type do not say where they happened',
    ]);
  });

  it('a circle, however long', () => {
    const after = (achievement: string) => ({ after: { achievement } });
    const others = new Map([
      ['b', ['c']],
      ['c', ['d', 'own']],
      ['d', []],
    ]);
    expect(problemsOf(after('own'), { others })).toEqual(['after: goes round in a circle: own → own']);
    expect(problemsOf(after('b'), { others })).toEqual(['after: goes round in a circle: own → b → c → own']);
    expect(problemsOf(after('d'), { others })).toEqual([]);
  });

  it('what a period has no room for', () => {
    const streak = (unit: string, atLeast: number) => ({ streak: { event: EVENT, unit, atLeast } });
    expect(problemsOf(streak('DAY', 8), { period: 'WEEK' })).toEqual([
      'streak.atLeast: can never be reached in 7 days',
    ]);
    expect(problemsOf(streak('DAY', 7), { period: 'WEEK' })).toEqual([]);
    expect(problemsOf(streak('WEEK', 6), { period: 'MONTH' })).toEqual([]);
    expect(problemsOf(streak('WEEK', 7), { period: 'MONTH' })).toEqual([
      'streak.atLeast: can never be reached in 31 days',
    ]);
    expect(problemsOf({ after: { achievement: 'first-post' } }, { period: 'DAY' })).toEqual([
      'after.achievement: is for what is granted once: a period begins without grants',
    ]);
  });

  it('every problem at once, and no end of nesting', () => {
    expect(problemsOf({ allOf: [{ x: 1 }, count({ event: 'nothing' })] })).toHaveLength(2);
    const deep = Array.from({ length: 6 }).reduce<object>((inner) => ({ allOf: [inner] }), count());
    expect(problemsOf(deep)).toEqual([
      `allOf.0.allOf.0.allOf.0.allOf.0.allOf.0: is nested deeper than ${MOST.depth} times`,
    ]);
    const wide = {
      allOf: [
        { allOf: Array.from({ length: 15 }, () => count()) },
        { anyOf: Array.from({ length: 15 }, () => count()) },
      ],
    };
    expect(problemsOf(wide)).toContain(`allOf.1.anyOf.5.count: is more than ${MOST.parts} conditions in all`);
  });
});
