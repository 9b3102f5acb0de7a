/** Runs work under a key: at most `width` at a time, and only once for a key that is already under way. */
export interface Lanes {
  run(key: string, work: () => Promise<void>): Promise<void>;
}

/** Lanes of a consumer; whoever comes while all are taken waits in order. */
export function lanes(width: number): Lanes {
  const underWay = new Map<string, Promise<void>>();
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

  async function inLane(work: () => Promise<void>): Promise<void> {
    await enter();
    try {
      await work();
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
