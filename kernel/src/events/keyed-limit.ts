/** Runs work under a key: at most `width` at a time, and only once for a key that is already under way. */
export interface KeyedLimit<Result> {
  run(key: string, work: () => Promise<Result>): Promise<Result>;
}

/** Work that comes while `width` others run waits in the order of its coming. */
export function keyedLimit<Result = void>(width: number): KeyedLimit<Result> {
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

  async function inTurn(work: () => Promise<Result>): Promise<Result> {
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
      const running = inTurn(work).finally(() => underWay.delete(key));
      underWay.set(key, running);
      return running;
    },
  };
}
