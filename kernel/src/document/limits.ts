/** Bounds of one document. A page of a rich client stays well below each of them. */
export const LIMITS = {
  /** UTF-16 units of a document; long texts travel as variables. */
  characters: 256 * 1024,
  /** Lexical tokens and comments, counted before anything is parsed. */
  tokens: 5_000,
  /** Letters of a name. */
  name: 200,
  /** Brackets of any kind that are open at once, and selection sets inside each other with fragments spread. */
  nesting: 40,
  /** Fields inside fields. */
  depth: 15,
  /** The same below `__schema` and `__type`, where a type is wrapped in lists and non-nulls. */
  introspectionDepth: 20,
  /** Operations of one document, of which one runs. */
  operations: 25,
  /** Fields, fragments and spreads of all operations, with every spread of a fragment counted again. */
  selections: 2_000,
  /** Response keys that one field may have in one selection set, fragments included. */
  aliases: 15,
  /** Times that one field may be written in one selection set, inline fragments included. */
  repeats: 15,
  /** Directives at one place. */
  directives: 5,
} as const;
