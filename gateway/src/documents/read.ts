import { hash } from 'node:crypto';
import { textCache } from '@polity/kernel/graph/text-cache';
import { problemsOfDocument } from '@polity/kernel/graph/validation';
import { type ASTNode, type DocumentNode, GraphQLError, type GraphQLSchema, parse, visit } from 'graphql';
import { LIMITS } from './limits.ts';
import { problemOfDocument, selectionsOf } from './size.ts';
import { measureText } from './text.ts';

/** A document that may run and the SHA-256 of its text in hex, or what is wrong with it. */
export type Reading = { document: DocumentNode; hash: string } | { problems: readonly GraphQLError[] };

const refused = (...problems: readonly GraphQLError[]): Reading => ({ problems });

function coded(code: string) {
  return (error: GraphQLError): GraphQLError => {
    error.extensions.code ??= code;
    return error;
  };
}

/** Places in the text hold all of its tokens, and only errors of the document need them: what is kept goes without. */
function withoutPlaces(document: DocumentNode): DocumentNode {
  visit(document, {
    enter(node) {
      (node as { loc?: ASTNode['loc'] }).loc = undefined;
    },
  });
  return document;
}

/** Measured, parsed, measured again, validated: each step bounds what the next one costs. */
function read(schema: GraphQLSchema, text: string): Reading {
  try {
    measureText(text);
    const document = parse(text, { maxTokens: LIMITS.tokens });
    const problem = problemOfDocument(document);
    if (problem) return refused(problem);
    const problems = problemsOfDocument(schema, document).map(coded('GRAPHQL_VALIDATION_FAILED'));
    return problems.length > 0
      ? refused(...problems)
      : { document: withoutPlaces(document), hash: hash('sha256', text) };
  } catch (error) {
    if (error instanceof GraphQLError) return refused(coded('GRAPHQL_PARSE_FAILED')(error));
    throw error;
  }
}

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
}

export function documentReader(schema: GraphQLSchema): DocumentReader {
  const readings = textCache<Reading>({ maxEntries: 1_000, maxBytes: 32_000_000 });
  return {
    known: (text) => readings.get(text),
    read(text) {
      const reading = readings.get(text) ?? read(schema, text);
      readings.set(text, reading, bytesOf(text, reading));
      return reading;
    },
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
