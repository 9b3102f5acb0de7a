import DataLoader from 'dataloader';

/** How a loader tells keys apart; needed only where keys are objects. */
export interface LoaderOptions<K> {
  cacheKey?: (key: K) => unknown;
  /** Largest number of keys in one fetch; unlimited where absent. */
  maxBatchSize?: number;
}

/** A per-request batch reader whose results are remembered for that request. */
export type Loader<K, R> = DataLoader<K, R, unknown>;

function settings<K>({ cacheKey, maxBatchSize }: LoaderOptions<K>): DataLoader.Options<K, never, unknown> {
  return { ...(cacheKey && { cacheKeyFn: cacheKey }), ...(maxBatchSize && { maxBatchSize }) };
}

const itself = (key: unknown) => key;

/** A loader over `fetch`, which may answer in any order and leave keys out: each key gets its row, or null where there is none. */
export function loaderBy<K, R>(
  fetch: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
  options: LoaderOptions<K> = {},
): Loader<K, R | null> {
  const cacheKey = options.cacheKey ?? itself;
  return new DataLoader<K, R | null, unknown>(async (keys) => {
    const rows = new Map((await fetch(keys)).map((row) => [cacheKey(keyOf(row)), row]));
    return keys.map((key) => rows.get(cacheKey(key)) ?? null);
  }, settings(options));
}

/** A loader of lists: each key gets all rows that belong to it, in the order that `fetch` gave them, or an empty list. */
export function groupLoaderBy<K, R>(
  fetch: (keys: readonly K[]) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
  options: LoaderOptions<K> = {},
): Loader<K, R[]> {
  const cacheKey = options.cacheKey ?? itself;
  return new DataLoader<K, R[], unknown>(async (keys) => {
    const groups = Map.groupBy(await fetch(keys), (row) => cacheKey(keyOf(row)));
    return keys.map((key) => groups.get(cacheKey(key)) ?? []);
  }, settings(options));
}
