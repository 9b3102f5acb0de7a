/** Work on single items, in lanes: those that wait for a free one are taken together. */
export interface Lanes<Item> {
  /** Settles as the item did; an item that is under way already is joined. */
  run(item: Item): Promise<void>;
}

export interface LanesOptions<Item> {
  /** How many lanes there are. */
  width: number;
  /** Items that one lane takes at a time, at most; asked each time. */
  most(): number;
  /** Only items of one kind are taken together. */
  kindOf(item: Item): string;
  /** Says of each item in its turn how it went; must not throw. */
  act(items: readonly Item[]): Promise<PromiseSettledResult<void>[]>;
}

interface Waiting<Item> {
  item: Item;
  resolve(): void;
  reject(reason: unknown): void;
}

/** The first that waits, and those of its kind behind it. */
function takeFrom<Item>(waiting: Waiting<Item>[], { most, kindOf }: LanesOptions<Item>): Waiting<Item>[] {
  const [first] = waiting;
  if (!first) return [];
  const kind = kindOf(first.item);
  const taken = new Set(waiting.filter(({ item }) => kindOf(item) === kind).slice(0, most()));
  waiting.splice(0, waiting.length, ...waiting.filter((each) => !taken.has(each)));
  return [...taken];
}

/** Lanes in which nothing waits while one is free, so that under little work each item goes alone and at once. */
export function lanes<Item extends { id: string }>(options: LanesOptions<Item>): Lanes<Item> {
  const underWay = new Map<string, Promise<void>>();
  const waiting: Waiting<Item>[] = [];
  let free = options.width;

  async function work(taken: Waiting<Item>[]): Promise<void> {
    free -= 1;
    const outcomes = await options.act(taken.map(({ item }) => item));
    free += 1;
    for (const [index, { resolve, reject }] of taken.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status === 'rejected') reject(outcome.reason);
      else resolve();
    }
    next();
  }

  function next(): void {
    while (free > 0 && waiting.length > 0) void work(takeFrom(waiting, options));
  }

  return {
    run(item) {
      const known = underWay.get(item.id);
      if (known) return known;
      const settled = new Promise<void>((resolve, reject) => waiting.push({ item, resolve, reject })).finally(() =>
        underWay.delete(item.id),
      );
      underWay.set(item.id, settled);
      next();
      return settled;
    },
  };
}
