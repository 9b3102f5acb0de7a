/** Runs work under a key: at most `width` at a time, and only once for a key that is already under way. */
export interface Lanes<Result> {
  run(key: string, work: () => Promise<Result>): Promise<Result>;
}

/** Lanes of a consumer; whoever comes while all are taken waits in order. */
export function lanes<Result = void>(width: number): Lanes<Result> {
  const underWay = new Map<string, Promise<Result>>();
  const waiting: (() => void)[] = [];
  let free = width;

  async function enter(): Promise<void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  async function inLane(work: () => Promise<Result>): Promise<Result> {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  return {
    run(key, work) {
      const known = underWay.get(key);
      if (known) return known;
      const running = inLane(work).finally(() => underWay.delete(key));
      underWay.set(key, running);
      return running;
    },
  };
}
