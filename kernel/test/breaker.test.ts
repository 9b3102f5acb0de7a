import { type BreakerState, breaker, type CallOutcome } from '../src/graph/breaker.ts';
import { bulkhead } from '../src/graph/bulkhead.ts';
import { retryBudget } from '../src/graph/retry-budget.ts';
import { silence } from '../src/graph/silence.ts';

function setUp() {
  let ms = 0;
  const states: BreakerState[] = [];
  const guard = breaker({
    failureShare: 0.5,
    minCalls: 20,
    windowMs: 10_000,
    openMs: 1_000,
    now: () => ms,
    onChange: (state) => states.push(state),
  });
  const call = (outcome: CallOutcome) => {
    const report = guard.admit();
    report?.(outcome);
    return report !== null;
  };
  return {
    guard,
    states,
    call,
    many: (count: number, outcome: CallOutcome) => Array.from({ length: count }, () => call(outcome)),
    advance: (by: number) => void (ms += by),
  };
}

describe('a breaker', () => {
  it('opens when half of at least twenty calls failed, and not before', () => {
    const { many, call, states } = setUp();
    many(10, 'answered');
    many(9, 'failed');
    expect(states).toEqual([]);
    call('failed');
    expect(states).toEqual(['open']);
    expect(call('answered')).toBe(false);
  });

  it('stays closed while less than half fail, however many they are', () => {
    const { call, states } = setUp();
    for (let i = 0; i < 500; i++)
      expect([call('answered'), call('answered'), call('failed')]).toEqual([true, true, true]);
    expect(states).toEqual([]);
  });

  it('forgets failures after its window', () => {
    const { many, advance, states } = setUp();
    many(19, 'failed');
    advance(10_000);
    many(1, 'failed');
    expect(states).toEqual([]);
  });

  it('lets one call try after a pause, of twenty at once, and closes when it is answered', () => {
    const { guard, many, call, advance, states } = setUp();
    many(20, 'failed');
    advance(999);
    expect(call('answered')).toBe(false);
    advance(1);
    const reports = Array.from({ length: 20 }, () => guard.admit());
    expect(reports.filter(Boolean)).toHaveLength(1);
    reports.find(Boolean)?.('answered');
    expect(states).toEqual(['open', 'half-open', 'closed']);
    expect(call('answered')).toBe(true);
  });

  it('stays open for another pause when the try fails, and lets the next one try when it was cut off', () => {
    const { many, call, advance, states } = setUp();
    many(20, 'failed');
    advance(1_000);
    expect([call('failed'), call('answered')]).toEqual([true, false]);
    advance(1_000);
    expect([call('unknown'), call('answered')]).toEqual([true, true]);
    expect(states.at(-1)).toBe('closed');
  });

  it('does not count what says nothing about the service, nor what began before it opened', () => {
    const { guard, many, states, advance } = setUp();
    many(100, 'unknown');
    expect(states).toEqual([]);
    const late = guard.admit();
    many(20, 'failed');
    late?.('answered');
    expect(states).toEqual(['open']);
    advance(1_000);
    expect(guard.admit()).not.toBeNull();
  });
});

describe('a bulkhead', () => {
  it('hands a freed place to whoever waited longest, and turns away those beyond the queue', async () => {
    const places = bulkhead({ width: 2, queue: 1, waitMs: 60_000 });
    const [first] = [await places.enter(), await places.enter()];
    const third = places.enter();
    expect(await places.enter()).toBeNull();
    first?.();
    const leave = await third;
    expect(leave).not.toBeNull();
    const fourth = places.enter();
    leave?.();
    expect(await fourth).not.toBeNull();
  });

  it('turns away who waited too long, and keeps no place for them', async () => {
    const places = bulkhead({ width: 1, queue: 5, waitMs: 5 });
    const leave = await places.enter();
    expect(await places.enter()).toBeNull();
    leave?.();
    const again = await places.enter();
    expect(again).not.toBeNull();
  });
});

describe('a retry budget', () => {
  it('allows a tenth of the calls, besides what was saved up', () => {
    const budget = retryBudget(0.1, 10);
    let allowed = 0;
    for (let i = 0; i < 1_000; i++) {
      budget.earn();
      if (budget.spend()) allowed += 1;
    }
    expect(allowed).toBeGreaterThanOrEqual(100);
    expect(allowed).toBeLessThanOrEqual(110);
  });
});

describe('silence', () => {
  let ms = 0;
  const watch = () => silence(() => ms);
  const begin = (of: ReturnType<typeof watch>, count: number) => Array.from({ length: count }, () => of.begin());

  it('is a second without an answer while eight calls are under way', () => {
    const few = watch();
    const many = watch();
    begin(few, 7);
    begin(many, 8);
    ms += 999;
    expect([few.isSilent(), many.isSilent()]).toEqual([false, false]);
    ms += 1;
    expect([few.isSilent(), many.isSilent()]).toEqual([false, true]);
  });

  it('ends with one answer, and not with a failure', () => {
    const of = watch();
    const [first, second] = begin(of, 10);
    ms += 1_000;
    first?.(false);
    expect(of.isSilent()).toBe(true);
    second?.(true);
    expect(of.isSilent()).toBe(false);
  });

  it('has calls count as stuck after a tenth of it, and begins with the first call after a quiet time', () => {
    const of = watch();
    begin(of, 1)[0]?.(true);
    ms += 60_000;
    const ends = begin(of, 3);
    expect(of.stuckCalls()).toBe(0);
    ms += 100;
    expect(of.stuckCalls()).toBe(3);
    ends[0]?.(true);
    expect(of.stuckCalls()).toBe(0);
  });
});
