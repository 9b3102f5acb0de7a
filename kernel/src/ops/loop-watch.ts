import type { Logger } from '../log/logger.ts';
import { metrics } from '../metrics/metrics.ts';

/** Whatever holds the event loop longer than this makes everybody else wait for it. */
const HELD_MS = 200;
const LOOK_MS = 50;

/** A step of a request that the event loop turned to. */
export interface Turn {
  step: string;
  requestId?: string;
  /** Name that the client gave the operation. */
  operation?: string | undefined;
}

const IDLE: Turn = { step: 'unknown' };

let current = IDLE;
let since = performance.now();
let tell: ((turn: Turn, heldMs: number) => void) | undefined;

/**
 * Says what the event loop does from now on. JavaScript runs until it is done, so where more than `HELD_MS` pass between two such words (one
 * comes from a timer, too), the step that the earlier one named held the loop, or something that nobody named. Costs a fraction of a microsecond.
 */
export function turnTo(turn: Turn): void {
  const now = performance.now();
  if (now - since > HELD_MS) tell?.(current, now - since);
  current = turn;
  since = now;
}

/** Logs and counts what holds the event loop of this process; the last call counts. Stops with what it returns. */
export function watchLoop(log: Logger): () => void {
  since = performance.now();
  tell = ({ step, ...request }, heldMs) => {
    metrics().loopHeld.inc({ step });
    log.warn({ step, ...request, ms: Math.round(heldMs) }, 'a request held the event loop');
  };
  const timer = setInterval(() => turnTo(IDLE), LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    tell = undefined;
  };
}
