/** What came of a call; `unknown` says nothing about the service, such as a call that was given no time. */
export type CallOutcome = 'answered' | 'failed' | 'unknown';
export type BreakerState = 'closed' | 'half-open' | 'open';

export interface BreakerOptions {
  /** Share of failed calls, of so many at least within the window, at which the service is left alone. */
  failureShare: number;
  minCalls: number;
  windowMs: number;
  /** How long it is left alone before one call tries whether it is back. */
  openMs: number;
  /** Milliseconds of a clock that is never set. */
  now(): number;
  onChange(state: BreakerState): void;
}

/** Stops calling a service that does not answer, so that nobody waits for it in vain. */
export interface Breaker {
  /** Null while the service is left alone; else says once what came of the call. */
  admit(): ((outcome: CallOutcome) => void) | null;
  /** Leaves the service alone at once, because it is known to hang. */
  trip(): void;
}

/** A circuit breaker: closed, open, or half open with one call that decides. */
export function breaker(options: BreakerOptions): Breaker {
  const { failureShare, minCalls, windowMs, openMs, now, onChange } = options;
  let state: BreakerState = 'closed';
  let openedAt = 0;
  // Two halves of the window: the current one, and the one before it, which falls out as a whole.
  let [current, before] = [
    { calls: 0, failures: 0 },
    { calls: 0, failures: 0 },
  ];
  let since = now();

  function become(next: BreakerState) {
    state = next;
    if (next === 'open') openedAt = now();
    current = { calls: 0, failures: 0 };
    before = { calls: 0, failures: 0 };
    onChange(next);
  }

  function turn() {
    const halves = Math.floor((now() - since) / (windowMs / 2));
    if (halves === 0) return;
    before = halves === 1 ? current : { calls: 0, failures: 0 };
    current = { calls: 0, failures: 0 };
    since = now();
  }

  function note(outcome: CallOutcome) {
    // A call that began before the service was given up says nothing new.
    if (state !== 'closed' || outcome === 'unknown') return;
    turn();
    current.calls += 1;
    if (outcome === 'failed') current.failures += 1;
    const calls = current.calls + before.calls;
    const failures = current.failures + before.failures;
    if (calls >= minCalls && failures >= calls * failureShare) become('open');
  }

  function probe(outcome: CallOutcome) {
    if (outcome === 'answered') become('closed');
    else if (outcome === 'failed') become('open');
    // Nothing was learnt: the next call may try.
    else state = 'open';
  }

  return {
    admit() {
      if (state === 'closed') return note;
      if (state === 'half-open' || now() - openedAt < openMs) return null;
      become('half-open');
      return probe;
    },
    trip() {
      if (state === 'closed') become('open');
    },
  };
}
