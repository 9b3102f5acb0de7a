/** A wait that somebody else can end. */
export interface Pause {
  /** Resolves after `ms` milliseconds or at the next `wake`, at once if one came since the last wait. */
  wait(ms: number): Promise<void>;
  wake(): void;
}

/** A pause whose timer does not keep the process alive. */
export function createPause(): Pause {
  let woken = false;
  let end: (() => void) | undefined;
  return {
    async wait(ms) {
      if (!woken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          timer.unref();
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      end = undefined;
      woken = false;
    },
    wake() {
      woken = true;
      end?.();
    },
  };
}
