import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Texts that are recognised when they come again; a hundred bytes each. */
const REMEMBERED = 10_000;

/**
 * Values by text, within bounds that hold whatever text comes in; what was asked for longest ago falls out. A value is kept from the second
 * time on that its text comes: texts that differ every time would else push out what is needed, and each would grow old before it falls out,
 * so that the process holds many times the bound until old garbage is collected.
 */
export interface TextCache<Value> {
  get(text: string): Value | undefined;
  /** Keeps the value where the text came before, unless it alone is beyond the bound. `bytes` is all that it keeps alive. */
  set(text: string, value: Value, bytes: number): void;
  /** Keeps the value although its text never came: for texts that no stranger chose. */
  keep(text: string, value: Value, bytes: number): void;
  /** Texts whose values are kept, those asked for last first. */
  texts(): Iterable<string>;
}

export interface TextCacheBounds {
  maxEntries: number;
  /** What all values are taken for together. Clients choose the texts, so their number alone would bound nothing. */
  maxBytes: number;
}

/** A cache over texts that strangers write, such as documents. */
export function textCache<Value extends NonNullable<unknown>>(bounds: TextCacheBounds): TextCache<Value> {
  const kept = new LRUCache<string, Value>({ max: bounds.maxEntries, maxSize: bounds.maxBytes });
  const came = new LRUCache<string, true>({ max: REMEMBERED });
  const cameBefore = (text: string): boolean => {
    const name = hash('sha256', text, 'base64');
    if (came.get(name)) return true;
    came.set(name, true);
    return false;
  };
  // The cache takes no size of zero.
  const keep = (text: string, value: Value, bytes: number) => void kept.set(text, value, { size: Math.max(1, bytes) });
  return {
    get: (text) => kept.get(text),
    set: (text, value, bytes) => void (cameBefore(text) && keep(text, value, bytes)),
    keep,
    texts: () => kept.keys(),
  };
}
