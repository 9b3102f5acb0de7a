import { AsyncLocalStorage } from 'node:async_hooks';

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result | undefined): void;
  /** Runs work with the deadline and the trace of whoever asked. */
  within<Value>(work: () => Value): Value;
}

/**
 * Does together, by key, what many ask for at the same time. While one lot is under way the next one gathers, so nobody waits for longer than the lot
 * before theirs, and who comes alone does not wait at all. `act` answers those whom it served; for all others, and for everybody where it throws, the
 * answer is undefined, and each does it alone, with the error that is theirs.
 */
export function together<Item, Result>(
  act: (lot: readonly [Item, ...Item[]]) => Promise<ReadonlyMap<Item, Result>>,
  most: number,
): (key: string, item: Item) => Promise<Result | undefined> {
  const gathered = new Map<string, Waiting<Item, Result>[]>();

  async function serve(key: string, waiting: Waiting<Item, Result>[]): Promise<void> {
    for (;;) {
      const [first, ...others] = waiting.splice(0, most);
      if (!first) break;
      const lot = [first, ...others] as const;
      const items: readonly [Item, ...Item[]] = [first.item, ...others.map(({ item }) => item)];
      const served = await first.within(() => act(items)).catch(() => new Map<Item, Result>());
      for (const { item, resolve } of lot) resolve(served.get(item));
    }
    gathered.delete(key);
  }

  return (key, item) =>
    new Promise((resolve) => {
      const asked = { item, resolve, within: AsyncLocalStorage.snapshot() };
      const waiting = gathered.get(key);
      if (waiting) {
        waiting.push(asked);
        return;
      }
      const begun = [asked];
      gathered.set(key, begun);
      void serve(key, begun);
    });
}
