import type { Clock } from '@polity/kernel/clock';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { RateLimit } from './rate-limit.ts';

const EVERY_MS = 250;
/** Time that one counter of the store covers. */
const WINDOW_MS = 10_000;

interface Known {
  window: number;
  total: number;
}

/**
 * Tells the other gateways what was taken here, and charges the buckets here with what was taken there, a few times a second. No request
 * waits for the store, and while it is away each gateway counts for itself. Payers who used little are not worth a round trip.
 */
export function shareRate(
  limit: RateLimit,
  kv: KeyValueStore,
  worthTelling: number,
  clock: Clock,
): () => Promise<void> {
  limit.taken();
  const untold = new Map<string, number>();
  const known = new Map<string, Known>();
  let running: Promise<unknown> = Promise.resolve();

  async function tell(who: string, points: number, window: number): Promise<void> {
    untold.delete(who);
    const before = known.get(who);
    const total = await kv.increment(`rate:${who}:${window}`, points, { ttlSeconds: (2 * WINDOW_MS) / 1_000 });
    const seen = before?.window === window ? before.total : 0;
    known.set(who, { window, total });
    limit.charge(who, Math.max(0, total - seen - points));
  }

  async function round(): Promise<void> {
    const window = Math.floor(clock.nowMs() / WINDOW_MS);
    for (const [who, points] of limit.taken()) untold.set(who, (untold.get(who) ?? 0) + points);
    for (const [who, at] of known) if (at.window < window) known.delete(who);
    const worth = [...untold].filter(([, points]) => points >= worthTelling);
    try {
      await Promise.all(worth.map(([who, points]) => tell(who, points, window)));
    } catch {
      metrics().rateUnshared.inc();
    }
    // What is too little to tell is forgotten with its window.
    if (untold.size > 10_000) untold.clear();
  }

  const timer = setInterval(() => {
    running = running.then(round);
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
