/** Lets each key through so many times until it is reset, so that no single one crowds the others out of what is kept. */
export interface FairShare {
  /** Whether this one still lies within the share of its key. */
  take(key: string): boolean;
  reset(): void;
}

/** A share of `limit` for each key. */
export function fairShare(limit: number): FairShare {
  const taken = new Map<string, number>();
  return {
    take(key) {
      const count = taken.get(key) ?? 0;
      if (count < limit) taken.set(key, count + 1);
      return count < limit;
    },
    reset: () => taken.clear(),
  };
}
