/** Counts what runs at once. Delay is a lagging signal of overload; the amount of concurrent work is an immediate one. */
export interface InFlight {
  /** Runs `work`, or answers null without running it when `max` are running already. */
  run<Result>(work: () => Promise<Result>): Promise<Result> | null;
  readonly running: number;
}

/** A cap on concurrent work. */
export function inFlight(max: number): InFlight {
  let running = 0;
  return {
    get running() {
      return running;
    },
    run(work) {
      if (running >= max) return null;
      running++;
      return work().finally(() => {
        running--;
      });
    },
  };
}
