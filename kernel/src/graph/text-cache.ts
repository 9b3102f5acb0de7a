import { LRUCache } from 'lru-cache';

/** Values by text, within bounds that hold whatever text comes in; what was asked for longest ago falls out. */
export interface TextCache<Value> {
  get(text: string): Value | undefined;
  /** Keeps the value, unless it alone is beyond the bound. `weight` is for values that hold more than their text says, in characters. */
  set(text: string, value: Value, weight?: number): void;
}

export interface TextCacheBounds {
  maxEntries: number;
  /** UTF-16 units of all texts together, or what values are taken for. Clients choose the texts, so their number alone would bound nothing. */
  maxCharacters: number;
}

/** A cache over texts that strangers write, such as documents. */
export function textCache<Value extends NonNullable<unknown>>(bounds: TextCacheBounds): TextCache<Value> {
  const kept = new LRUCache<string, Value>({ max: bounds.maxEntries, maxSize: bounds.maxCharacters });
  return {
    get: (text) => kept.get(text),
    // An empty text weighs something, too, for the cache takes no size of zero.
    set: (text, value, weight = text.length) => void kept.set(text, value, { size: Math.max(1, weight) }),
  };
}
