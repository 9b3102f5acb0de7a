/** Values by text, within bounds that hold whatever text comes in; the oldest falls out. */
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
export function textCache<Value>({ maxEntries, maxCharacters }: TextCacheBounds): TextCache<Value> {
  const kept = new Map<string, { value: Value; weight: number }>();
  let characters = 0;

  function forgetOldest(): void {
    const [oldest] = kept;
    if (oldest === undefined) return;
    kept.delete(oldest[0]);
    characters -= oldest[1].weight;
  }

  return {
    get: (text) => kept.get(text)?.value,
    set(text, value, weight = text.length) {
      if (weight > maxCharacters) return;
      characters += weight - (kept.get(text)?.weight ?? 0);
      kept.set(text, { value, weight });
      while (kept.size > maxEntries || characters > maxCharacters) forgetOldest();
    },
  };
}
