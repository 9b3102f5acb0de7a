import { hash } from 'node:crypto';
import { type ASTNode, type DocumentNode, GraphQLError, type GraphQLSchema, parse, visit } from 'graphql';
import { problemsOfDocument } from '../graph/validation.ts';
import { LIMITS } from './limits.ts';
import { problemOfDocument } from './size.ts';
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
export function readDocument(schema: GraphQLSchema, text: string): Reading {
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
