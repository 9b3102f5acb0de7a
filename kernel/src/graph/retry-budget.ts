/** Lets a share of calls be tried again, so that retries cannot add to the load of a service that is in trouble. */
export interface RetryBudget {
  /** Notes a first try. */
  earn(): void;
  /** True when one more try is within the budget. */
  spend(): boolean;
}

/** A budget of `share` retries per call, with `most` saved up; it begins full, or a quiet service could never be tried again. */
export function retryBudget(share: number, most: number): RetryBudget {
  let saved = most;
  return {
    earn() {
      saved = Math.min(most, saved + share);
    },
    spend() {
      if (saved < 1) return false;
      saved -= 1;
      return true;
    },
  };
}
