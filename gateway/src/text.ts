/** Whether PostgreSQL can keep the text: it has no U+0000, and no half of a surrogate pair, which JSON columns refuse. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** Whether every text in a JSON value can be kept, names of fields included. Needs no stack, however deep the value is. */
export function holdsStorableText(value: unknown): boolean {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string' && !isStorable(next)) return false;
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, inner] of Object.entries(next)) {
      if (!isStorable(name)) return false;
      waiting.push(inner);
    }
  }
  return true;
}
