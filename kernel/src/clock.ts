/** The time as a request or job sees it; injected so that tests can move it. */
export interface Clock {
  now(): Date;
  nowMs(): number;
}

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  set(to: Date | number): void;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date(), nowMs: () => Date.now() };

/** A clock for tests that starts at the given time (a date or Unix milliseconds) and moves only when told to. */
export function manualClock(start: Date | number = Date.UTC(2026, 0, 1)): ManualClock {
  let ms = Number(start);
  return {
    now: () => new Date(ms),
    nowMs: () => ms,
    advance: (by) => {
      ms += by;
    },
    set: (to) => {
      ms = Number(to);
    },
  };
}
