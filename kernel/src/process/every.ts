/** Work that comes again and again, one run at a time. */
export interface Repetition {
  /** No run begins any more; resolves when the last one is through. */
  stop(): Promise<void>;
}

/** Runs `work` every so many milliseconds, leaving out the turns in which it still runs; keeps no process alive. */
export function every(ms: number, work: () => Promise<void>): Repetition {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= work().finally(() => {
      running = null;
    });
  }, ms);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
