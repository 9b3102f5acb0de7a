/** Said of text that no part of Polity can keep. */
export const UNSTORABLE = 'Text must not hold U+0000 or half of a surrogate pair.';

/** Bounds of what one operation says in its arguments, measured before anything looks at it. What is longer is an upload. */
export const INPUT = {
  /** UTF-16 units of one text, in a document or in a variable. */
  text: 64 * 1024,
  /** UTF-16 units of all texts and names of the variables together. */
  allText: 512 * 1024,
  /** Values of all variables, at any depth. */
  values: 10_000,
  /** Lists and objects inside each other. */
  nesting: 40,
} as const;

/** Whether PostgreSQL can keep the text: it has no U+0000, and no half of a surrogate pair, which JSON columns refuse. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** What is wrong with a text; null for one that any part of Polity may look at. */
export function problemOfText(text: string): string | null {
  if (text.length > INPUT.text) return `A text may have at most ${INPUT.text} characters.`;
  return isStorable(text) ? null : UNSTORABLE;
}

/** What is wrong with the variables of an operation, names of fields included. Needs no stack, however deep they are. */
export function problemOfVariables(variables: unknown): string | null {
  const waiting: [value: unknown, nesting: number][] = [[variables, 0]];
  let [values, characters] = [0, 0];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, nesting] = next;
    if (++values > INPUT.values) return `Variables may hold at most ${INPUT.values} values.`;
    const texts = typeof value === 'string' ? [value] : [];
    if (typeof value === 'object' && value !== null) {
      if (nesting >= INPUT.nesting) return `Variables may be nested at most ${INPUT.nesting} deep.`;
      if (Array.isArray(value)) for (const inner of value) waiting.push([inner, nesting + 1]);
      else
        for (const [name, inner] of Object.entries(value)) {
          texts.push(name);
          waiting.push([inner, nesting + 1]);
        }
    }
    for (const text of texts) {
      const problem = problemOfText(text);
      if (problem) return problem;
      characters += text.length;
    }
    if (characters > INPUT.allText)
      return `The texts of variables may have at most ${INPUT.allText} characters together.`;
  }
  return null;
}
