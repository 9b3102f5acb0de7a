import { type Reading, readDocument } from '@polity/kernel/document/read';
import { selectionsOf } from '@polity/kernel/document/size';
import { textCache } from '@polity/kernel/graph/text-cache';
import type { GraphQLSchema } from 'graphql';

/** What a reading takes for each character, with its tree, and for each selection that its rules and costs are worked out of, measured. */
const BYTES_PER_CHARACTER = 20;
const BYTES_PER_SELECTION = 500;

/** A short text can have many selections, when all spreads are written out. */
const bytesOf = (text: string, reading: Reading): number =>
  BYTES_PER_CHARACTER * text.length +
  ('document' in reading ? BYTES_PER_SELECTION * selectionsOf(reading.document) : 0);

/** Reads documents of one schema; those that come again are kept. */
export interface DocumentReader {
  /** What is known of a document that was read before. */
  known(text: string): Reading | undefined;
  read(text: string): Reading;
  /** Reads what will come, and keeps it at once. */
  expect(text: string): Reading;
  /** Texts that are kept, those that came last first. */
  texts(): Iterable<string>;
}

export function documentReader(schema: GraphQLSchema): DocumentReader {
  const readings = textCache<Reading>({ maxEntries: 1_000, maxBytes: 32_000_000 });
  return {
    known: (text) => readings.get(text),
    read(text) {
      const reading = readings.get(text) ?? readDocument(schema, text);
      readings.set(text, reading, bytesOf(text, reading));
      return reading;
    },
    expect(text) {
      const reading = readings.get(text) ?? readDocument(schema, text);
      readings.keep(text, reading, bytesOf(text, reading));
      return reading;
    },
    texts: () => readings.texts(),
  };
}

/** Readers of the schemas that are served, each made when it is first asked for. */
export interface DocumentReaders {
  of(schema: GraphQLSchema): DocumentReader;
}

export function documentReaders(): DocumentReaders {
  const readers = new WeakMap<GraphQLSchema, DocumentReader>();
  return {
    of(schema) {
      const reader = readers.get(schema) ?? documentReader(schema);
      readers.set(schema, reader);
      return reader;
    },
  };
}
