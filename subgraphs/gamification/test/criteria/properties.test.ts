import fc from 'fast-check';
import { takes } from '../../src/criteria/compile.ts';
import { dayOf } from '../../src/criteria/days.ts';
import { isRevoked, progressOf } from '../../src/criteria/evaluate.ts';
import { deserves, openLedger, replay } from '../../src/criteria/replay.ts';
import type { Fact } from '../../src/criteria/types.ts';
import { DAY, ruleOf } from './suite.ts';

const PEOPLE = ['ann', 'bob', 'cy'];
const VISIBILITIES = ['PUBLIC', 'COMMUNITY', 'TEAM'];
const EVENT = 'voting.poll.counted';

const fact = fc.record({
  at: fc.integer({ min: 0, max: 45 * 24 }).map((hour) => Date.UTC(2026, 1, 20) + hour * 3_600_000),
  actorId: fc.constantFrom(...PEOPLE, null),
  data: fc.record({
    visibility: fc.constantFrom(...VISIBILITIES),
    cast: fc.integer({ min: 0, max: 9 }),
    pollId: fc.constantFrom('a', 'b', 'c', 'd'),
  }),
});
const history = fc
  .array(fact, { maxLength: 60 })
  .map((facts): Fact[] =>
    facts.map((each, index) => ({ ...each, id: `e${index}`, type: EVENT, communityId: null, teamId: null })),
  );

const atLeast = fc.integer({ min: 1, max: 6 });
const withinDays = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined });
const where = fc.option(fc.record({ visibility: fc.subarray(VISIBILITIES, { minLength: 1 }) }), { nil: undefined });
const bare = (options: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries({ event: EVENT, person: 'actor', ...options }).filter(([, value]) => value !== undefined),
  );
const leaf = fc.oneof(
  fc
    .record({ atLeast, withinDays, where, atMostPerDay: fc.option(fc.integer({ min: 6, max: 8 }), { nil: undefined }) })
    .map((options) => ({ count: bare(options) })),
  fc
    .record({ atLeast: fc.integer({ min: 1, max: 40 }), withinDays, where })
    .map((options) => ({ sum: bare({ ...options, field: 'cast' }) })),
  fc
    .record({ atLeast: fc.integer({ min: 1, max: 4 }), withinDays })
    .map((options) => ({ distinct: bare({ ...options, field: 'pollId' }) })),
  fc.record({ atLeast, unit: fc.constantFrom('DAY', 'WEEK') }).map((options) => ({ streak: bare(options) })),
);
const criteria = fc.oneof(
  leaf,
  fc.array(leaf, { minLength: 1, maxLength: 3 }).map((allOf) => ({ allOf })),
  fc.array(leaf, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
);
const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia', 'America/St_Johns');
const shuffled = (facts: Fact[]) => fc.shuffledSubarray(facts, { minLength: facts.length, maxLength: facts.length });

it('what comes live, in any order and more than once, ends as what is looked through afterwards', () => {
  const setting = fc.tuple(
    history,
    criteria,
    fc.option(leaf, { nil: undefined }),
    zones,
    fc.constantFrom('ONCE' as const, 'MONTH' as const),
  );
  fc.assert(
    fc.property(
      setting.chain(([facts, earns, revokeWhen, zone, period]) =>
        fc.record({
          facts: fc.constant(facts),
          live: shuffled(facts),
          again: shuffled(facts),
          earns: fc.constant(earns),
          revokeWhen: fc.constant(revokeWhen),
          zone: fc.constant(zone),
          period: fc.constant(period),
        }),
      ),
      ({ facts, live, again, earns, revokeWhen, zone, period }) => {
        const differs = JSON.stringify(earns) !== JSON.stringify(revokeWhen);
        const rule = ruleOf({ ...earns, ...(revokeWhen && differs && { revokeWhen }) }, period);
        const zonesOf = () => [{ from: 0, zone }];
        const ledger = openLedger(rule, zonesOf);
        const granted = new Set<string>();
        const revoked = new Set<string>();
        for (const each of [...live, ...again.slice(0, 10)]) {
          for (const standing of ledger.add(each)) {
            const key = `${standing.personId} ${standing.period}`;
            if (deserves(rule, standing)) granted.add(key);
            if (isRevoked(rule, standing.state)) revoked.add(key);
          }
        }
        const backfilled = replay(rule, facts, zonesOf).map(({ personId, period: of }) => `${personId} ${of}`);
        expect([...granted].filter((key) => !revoked.has(key)).sort()).toEqual(backfilled.sort());
        const numbers = (from: typeof ledger) =>
          [...from.standings()]
            .map(({ personId, period: of, state }) => [personId, of, progressOf(rule, state)])
            .sort();
        const after = openLedger(rule, zonesOf);
        for (const each of facts) after.add(each);
        expect(numbers(ledger)).toEqual(numbers(after));
      },
    ),
    { numRuns: 400 },
  );
});

/** The same said in the plainest way: every window of days is looked at. */
function naively(kind: string, facts: readonly Fact[], options: Record<string, number>): boolean {
  const days = facts.map(({ at }) => dayOf(at));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const length = options.withinDays ?? last - first + 1;
  for (let start = first; start <= last; start++) {
    const inside = facts.filter(
      (_, index) => (days[index] as number) >= start && (days[index] as number) < start + length,
    );
    const values = {
      count: inside.length,
      sum: inside.reduce((sum, { data }) => sum + (data.cast as number), 0),
      distinct: new Set(inside.map(({ data }) => data.pollId)).size,
    };
    if (values[kind as 'count'] >= (options.atLeast as number)) return true;
  }
  return false;
}

it('windows are what looking at each of them finds', () => {
  fc.assert(
    fc.property(history, leaf, (facts, earns) => {
      const [kind, options] = Object.entries(earns)[0] as unknown as [string, Record<string, number>];
      if (kind === 'streak' || options.atMostPerDay !== undefined) return;
      const rule = ruleOf(earns);
      const own = facts.filter((each) => each.actorId === 'ann' && takes(rule.leaves[0] as never, each));
      const found = replay(rule, facts).some(({ personId }) => personId === 'ann');
      expect(found).toBe(own.length > 0 && naively(kind, own, options));
    }),
    { numRuns: 1_000 },
  );
});

it('days of a zone are those of its clock', () => {
  const inZone = (zone: string, at: number) => dayOf(at, [{ from: 0, zone }]);
  const shown = (zone: string, at: number) =>
    Date.parse(`${new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)}T00:00:00Z`) / DAY;
  fc.assert(
    fc.property(zones, fc.integer({ min: 0, max: 4_000_000_000 }), (zone, second) => {
      expect(inZone(zone, second * 1000)).toBe(shown(zone, second * 1000));
    }),
  );
});
