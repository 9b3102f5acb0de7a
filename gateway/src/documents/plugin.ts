import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { Reading } from '@polity/kernel/document/read';
import type { Logger } from '@polity/kernel/log/logger';
import { type DocumentNode, Kind } from 'graphql';
import type { Carrier, GatewayContext } from '../context.ts';
import { publicError } from '../public-error.ts';
import { LEAST_POINTS, TooManyOperations } from '../rate-limit.ts';
import type { DocumentReader, DocumentReaders } from './read.ts';

/** Characters of a new document that one point pays for: reading and planning the costliest take a tenth of a millisecond for so many. */
const CHARACTERS_PER_POINT = 20;

const NOTHING: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/** Whoever sends a document that is not known pays for having it read, once, also when it is refused. Throws TooManyOperations. */
export function readPaid(reader: DocumentReader, text: string, context: GatewayContext): Reading {
  const known = context.read?.text === text ? context.read.reading : reader.known(text);
  if (known) return known;
  context.pay(Math.max(0, Math.floor(text.length / CHARACTERS_PER_POINT) - LEAST_POINTS));
  const reading = reader.read(text);
  context.read = { text, reading };
  return reading;
}

function refusal(status: number, problems: readonly Error[], log: Logger): GraphQLResponse {
  const errors = problems.map((problem) => publicError(problem, log));
  return { http: { status, headers: new HeaderMap() }, body: { kind: 'single', singleResult: { errors } } };
}

/**
 * Gives Apollo Server the document of an operation, so that it neither parses nor validates any: it would do both without bounds. One that
 * is refused is answered with its errors and does not run.
 */
export function documentPlugin(documents: DocumentReaders, log: Logger): ApolloServerPlugin<Carrier> {
  return {
    async requestDidStart({ schema, contextValue }) {
      let refused: { status: number; problems: readonly Error[] } | null = null;

      function documentOf(text: string): DocumentNode {
        try {
          const reading = readPaid(documents.of(schema), text, contextValue.operation);
          if ('document' in reading) return reading.document;
          refused = { status: 400, problems: reading.problems };
        } catch (error) {
          if (!(error instanceof TooManyOperations)) throw error;
          refused = { status: 429, problems: [error] };
        }
        return NOTHING;
      }

      return {
        async didResolveSource(request) {
          Object.assign(request, { document: documentOf(request.source) });
        },
        responseForOperation: async () => refused && refusal(refused.status, refused.problems, log),
      };
    },
  };
}
