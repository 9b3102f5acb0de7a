/** Values by text, within bounds that hold whatever text comes in; the oldest falls out. */
export interface TextCache<Value> {
  get(text: string): Value | undefined;
  /** Keeps the value, unless its text alone is beyond the bound. */
  set(text: string, value: Value): void;
}

export interface TextCacheBounds {
  maxEntries: number;
  /** UTF-16 units of all texts together. Clients choose the texts, so their number alone would bound nothing. */
  maxCharacters: number;
}

/** A cache over texts that strangers write, such as documents. */
export function textCache<Value>({ maxEntries, maxCharacters }: TextCacheBounds): TextCache<Value> {
  const values = new Map<string, Value>();
  let characters = 0;

  function forgetOldest(): void {
    const [oldest] = values.keys();
    if (oldest === undefined) return;
    values.delete(oldest);
    characters -= oldest.length;
  }

  return {
    get: (text) => values.get(text),
    set(text, value) {
      if (text.length > maxCharacters) return;
      if (!values.has(text)) characters += text.length;
      values.set(text, value);
      while (values.size > maxEntries || characters > maxCharacters) forgetOldest();
    },
  };
}
