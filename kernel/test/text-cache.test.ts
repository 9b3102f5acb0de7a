import { textCache } from '@polity/kernel/graph/text-cache';

const openCache = (maxEntries = 100) => {
  const cache = textCache<number>({ maxEntries, maxBytes: 100 });
  return {
    get: cache.get,
    set: cache.set,
    keep(text: string, value: number, bytes = text.length) {
      cache.set(text, value, bytes);
      cache.set(text, value, bytes);
    },
  };
};

describe('a cache over texts that strangers write', () => {
  it('holds what came twice, and nothing of what came once', () => {
    const cache = openCache();
    cache.set('a', 1, 1);
    expect(cache.get('a')).toBeUndefined();
    cache.set('a', 2, 1);
    expect(cache.get('a')).toBe(2);
    expect(cache.get('b')).toBeUndefined();
  });

  it('lets nothing go for any number of texts that come once', () => {
    const cache = openCache(2);
    cache.keep('a', 1);
    for (let n = 0; n < 1_000; n++) cache.set(`text ${n}`, n, 10);
    expect(cache.get('a')).toBe(1);
  });

  it('lets the oldest go beyond the number of entries', () => {
    const cache = openCache(2);
    for (const [n, text] of ['a', 'b', 'c'].entries()) cache.keep(text, n);
    expect(['a', 'b', 'c'].map(cache.get)).toEqual([undefined, 1, 2]);
  });

  it('lets the oldest go beyond the weight of all values, however few they are', () => {
    const cache = openCache();
    cache.keep('a', 1, 60);
    cache.keep('b', 2, 60);
    expect(['a', 'b'].map(cache.get)).toEqual([undefined, 2]);
  });

  it('never keeps a value that is too heavy by itself, and forgets nothing for it', () => {
    const cache = openCache();
    cache.keep('a', 1);
    cache.keep('b', 2, 101);
    expect(['a', 'b'].map(cache.get)).toEqual([1, undefined]);
  });

  it('counts a text once that is set again', () => {
    const cache = openCache();
    for (let n = 0; n < 10; n++) cache.set('a', n, 40);
    cache.keep('b', 1, 40);
    expect(cache.get('a')).toBe(9);
  });
});
