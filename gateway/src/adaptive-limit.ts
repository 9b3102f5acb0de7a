import type { Clock } from '@polity/kernel/clock';

/** How often the limit is thought over. */
const WINDOW_MS = 100;
/** Half of all answers are to be quicker than this, or than twice the quickest half-way time of the last minute where all is slower. */
const TARGET_MS = 50;
const FIRST = 48;
const LEAST = 16;
/** What the quickest half-way time grows by with each window, so that an old one is forgotten: twice as much in about a minute. */
const FORGETTING = 1.001;
const DOWN = 0.9;
const UP = 1.1;

/** A limit of what runs at once that follows how long it takes. */
export interface Adaptive {
  readonly value: number;
  /** Milliseconds that half of the answers of a moment ago took at most; 0 before the first. */
  readonly middleMs: number;
  /** Somebody had to wait. */
  crowded(): void;
  /** Something ran for so long. */
  took(ms: number): void;
}

/**
 * Additive or multiplicative increase as long as answers are quick and the limit is what holds them up, multiplicative decrease when half of
 * them become slow. The middle and not the mean decides, so that what waits for one part that hangs lowers nothing for all others.
 */
export function adaptiveLimit(max: number, clock: Clock): Adaptive {
  const least = Math.min(LEAST, max);
  let limit = Math.min(FIRST, max);
  let times: number[] = [];
  let began = clock.nowMs();
  let wasCrowded = false;
  let middle = 0;
  let quickest = Number.POSITIVE_INFINITY;

  function consider(now: number): void {
    middle = times.sort((a, b) => a - b)[times.length >> 1] as number;
    quickest = Math.min(quickest * FORGETTING, Math.max(1, middle));
    if (middle > Math.max(TARGET_MS, 2 * quickest)) limit = Math.max(least, limit * DOWN);
    else if (wasCrowded) limit = Math.min(max, limit * UP);
    times = [];
    began = now;
    wasCrowded = false;
  }

  return {
    get value() {
      return Math.floor(limit);
    },
    get middleMs() {
      return middle;
    },
    crowded() {
      wasCrowded = true;
    },
    took(ms) {
      times.push(ms);
      const now = clock.nowMs();
      if (now - began >= WINDOW_MS) consider(now);
    },
  };
}
