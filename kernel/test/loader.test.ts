import { groupLoaderBy, loaderBy } from '../src/graph/loader.ts';

interface Row {
  id: string;
  owner: string;
}

const rows: Row[] = [
  { id: 'c', owner: 'x' },
  { id: 'a', owner: 'y' },
  { id: 'b', owner: 'x' },
];

describe('loaderBy', () => {
  it('gives each key its row whatever order they were fetched in, and null where there is none', async () => {
    const loader = loaderBy(
      async () => rows,
      (row: Row) => row.id,
    );
    expect(await loader.loadMany(['a', 'missing', 'c'])).toEqual([rows[1], null, rows[0]]);
  });

  it('fetches once for all keys of a tick and once per distinct key', async () => {
    const fetched: (readonly string[])[] = [];
    const fetch = async (keys: readonly string[]) => {
      fetched.push(keys);
      return rows.filter((row) => keys.includes(row.id));
    };
    const loader = loaderBy(fetch, (row) => row.id);
    await Promise.all([loader.load('a'), loader.load('b'), loader.load('a')]);
    await loader.load('b');
    expect(fetched).toEqual([['a', 'b']]);
  });

  it('tells object keys apart by the cache key', async () => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      return rows;
    };
    const cacheKey = (key: { id: string; owner: string }) => `${key.owner}/${key.id}`;
    const loader = loaderBy(fetch, ({ id, owner }) => ({ id, owner }), { cacheKey });
    const found = await Promise.all([
      loader.load({ id: 'a', owner: 'y' }),
      loader.load({ id: 'a', owner: 'y' }),
      loader.load({ id: 'a', owner: 'x' }),
    ]);
    expect(found).toEqual([rows[1], rows[1], null]);
    expect(calls).toBe(1);
  });

  it('splits a fetch at the largest batch size', async () => {
    const sizes: number[] = [];
    const fetch = async (keys: readonly string[]) => {
      sizes.push(keys.length);
      return rows;
    };
    await loaderBy(fetch, (row) => row.id, { maxBatchSize: 2 }).loadMany(['a', 'b', 'c']);
    expect(sizes).toEqual([2, 1]);
  });

  it('rejects every key of a fetch that fails', async () => {
    const loader = loaderBy(
      () => Promise.reject(new Error('down')),
      (row: Row) => row.id,
    );
    const answers = await Promise.allSettled([loader.load('a'), loader.load('b')]);
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'rejected']);
  });
});

describe('groupLoaderBy', () => {
  it('gives each key all its rows in the order fetched, and an empty list where there are none', async () => {
    const loader = groupLoaderBy(
      async () => rows,
      (row: Row) => row.owner,
    );
    expect(await loader.loadMany(['y', 'nobody', 'x'])).toEqual([[rows[1]], [], [rows[0], rows[2]]]);
  });
});
