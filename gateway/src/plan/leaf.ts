import { type GraphQLLeafType, isEnumType } from 'graphql';

/** The JSON of a value; null for one that is none of its type. */
export type LeafText = (value: unknown) => string | null;

/** What JSON writes as it is (RFC 8259 section 7); a lone surrogate it does not. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]*$/;

/** The JSON of a text. Most need no escapes, and looking for some takes less than writing them. */
export const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

const onlyText: LeafText = (value) => (typeof value === 'string' ? quoted(value) : null);
const onlyNumber: LeafText = (value) => (typeof value === 'number' ? JSON.stringify(value) : null);

const TEXTS: Record<string, LeafText> = {
  Boolean: (value) => (typeof value === 'boolean' ? String(value) : null),
  Float: onlyNumber,
  ID: (value) => onlyText(value) ?? onlyNumber(value),
  Int: (value) => (Number.isInteger(value) ? JSON.stringify(value) : null),
  String: onlyText,
};

/** How a value of that type is written, and whether it is one; scalars of ours are checked by the subgraph that serializes them. */
export function leafText(type: GraphQLLeafType): LeafText {
  if (!isEnumType(type))
    return (
      TEXTS[type.name] ?? ((value) => (typeof value === 'string' ? quoted(value) : (JSON.stringify(value) ?? 'null')))
    );
  const texts = new Map<unknown, string>(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
  return (value) => texts.get(value) ?? null;
}
