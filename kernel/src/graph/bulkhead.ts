/** A place in a bulkhead; give it back once. */
export type Leave = () => void;

export interface BulkheadOptions {
  /** Calls under way at once. */
  width: number;
  /** Calls that may wait for a place, and for how long. */
  queue: number;
  waitMs: number;
}

/** Keeps calls to one service from using up what calls to the others need. */
export interface Bulkhead {
  /** A place, after a short wait where there is none; null when none becomes free. */
  enter(): Promise<Leave | null>;
}

export function bulkhead({ width, queue, waitMs }: BulkheadOptions): Bulkhead {
  const waiting = new Set<(leave: Leave) => void>();
  let taken = 0;

  const leave = () => {
    const [next] = waiting;
    if (!next) {
      taken -= 1;
      return;
    }
    waiting.delete(next);
    next(leave);
  };

  return {
    async enter() {
      if (taken < width) {
        taken += 1;
        return leave;
      }
      if (waiting.size >= queue) return null;
      return new Promise<Leave | null>((resolve) => {
        const take = (place: Leave) => {
          clearTimeout(timer);
          resolve(place);
        };
        const timer = setTimeout(() => {
          waiting.delete(take);
          resolve(null);
        }, waitMs);
        waiting.add(take);
      });
    },
  };
}
