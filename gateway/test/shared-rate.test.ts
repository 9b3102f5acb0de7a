import { manualClock } from '@polity/kernel/clock';
import { memoryStore } from '@polity/kernel/kv/memory';
import { metrics } from '@polity/kernel/metrics/metrics';
import { rateLimit } from '../src/rate-limit.ts';
import { shareRate } from '../src/shared-rate.ts';

const ALLOWANCE = { perMinute: 6_000, burst: 1_000 };

describe('gateways that share a store', () => {
  const clock = manualClock();
  const kv = memoryStore({ clock });
  const gateways = [rateLimit(ALLOWANCE, clock), rateLimit(ALLOWANCE, clock)] as const;
  const stops = gateways.map((limit) => shareRate(limit, kv, 10, clock));
  afterAll(() => Promise.all(stops.map((stop) => stop())));

  const until = async (holds: () => boolean | Promise<boolean>) => {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('give together what one of them would give', async () => {
    const [one, other] = gateways;
    const left = (limit: typeof one) => limit.take('a', 0).left;
    expect(one.take('a', 900).retryAfter).toBeNull();
    await until(async () => (await kv.get(`rate:a:${Math.floor(clock.nowMs() / 10_000)}`)) === '900');
    // Whoever is asked for little need not know; from there on, each learns what the other gave.
    expect(other.take('a', 10).retryAfter).toBeNull();
    await until(() => left(other) === 90);
    expect(one.take('a', 10).retryAfter).toBeNull();
    await until(() => left(one) === 80);
    expect(one.take('a', 81).retryAfter).toBe(1);
    expect(one.take('b', 1_000).retryAfter).toBeNull();
    // What was told is charged once, however often they look.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect([left(one), left(other)]).toEqual([80, 90]);
  });

  it('go on alone while the store is away, and say so', async () => {
    const { get } = metrics().rateUnshared;
    const count = async () => (await get.call(metrics().rateUnshared)).values[0]?.value ?? 0;
    const before = await count();
    await kv.close();
    const [one, other] = gateways;
    expect(one.take('c', 900).retryAfter).toBeNull();
    let now = before;
    while (now === before) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      now = await count();
    }
    expect(other.take('c', 900).retryAfter).toBeNull();
    expect(one.take('c', 900).retryAfter).not.toBeNull();
  });
});
