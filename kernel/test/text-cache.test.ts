import { textCache } from '@polity/kernel/graph/text-cache';

describe('a cache over texts that strangers write', () => {
  it('holds what it was given', () => {
    const cache = textCache<number>({ maxEntries: 2, maxCharacters: 100 });
    cache.set('a', 1);
    expect(cache.get('a')).toBe(1);
    expect(cache.get('b')).toBeUndefined();
  });

  it('lets the oldest go beyond the number of entries', () => {
    const cache = textCache<number>({ maxEntries: 2, maxCharacters: 100 });
    for (const [n, text] of ['a', 'b', 'c'].entries()) cache.set(text, n);
    expect(['a', 'b', 'c'].map(cache.get)).toEqual([undefined, 1, 2]);
  });

  it('lets the oldest go beyond the length of all texts, however few they are', () => {
    const cache = textCache<number>({ maxEntries: 100, maxCharacters: 100 });
    cache.set('x'.repeat(60), 1);
    cache.set('y'.repeat(60), 2);
    expect(cache.get('x'.repeat(60))).toBeUndefined();
    expect(cache.get('y'.repeat(60))).toBe(2);
  });

  it('never keeps a text that is too long by itself, and forgets nothing for it', () => {
    const cache = textCache<number>({ maxEntries: 100, maxCharacters: 100 });
    cache.set('a', 1);
    cache.set('x'.repeat(101), 2);
    expect(cache.get('x'.repeat(101))).toBeUndefined();
    expect(cache.get('a')).toBe(1);
  });

  it('counts a text once that is set again', () => {
    const cache = textCache<number>({ maxEntries: 100, maxCharacters: 100 });
    for (let n = 0; n < 10; n++) cache.set('x'.repeat(40), n);
    cache.set('y'.repeat(40), 1);
    expect(cache.get('x'.repeat(40))).toBe(9);
  });

  it('takes a value for more than its text where it is said to hold more', () => {
    const cache = textCache<number>({ maxEntries: 100, maxCharacters: 100 });
    cache.set('a', 1, 60);
    cache.set('b', 2, 60);
    cache.set('c', 3, 101);
    expect(['a', 'b', 'c'].map(cache.get)).toEqual([undefined, 2, undefined]);
    for (let n = 0; n < 10; n++) cache.set('d', n, 40);
    expect(['b', 'd'].map(cache.get)).toEqual([2, 9]);
  });
});
