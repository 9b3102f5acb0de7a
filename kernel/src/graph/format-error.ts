import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from '../log/logger.ts';
import { AppError, SubgraphUnavailable } from './errors.ts';
import { isOutage } from './outage.ts';

const RETIRED_CODES: Record<string, string> = {
  INTERNAL_SERVER_ERROR: 'INTERNAL_ERROR',
  BAD_USER_INPUT: 'VALIDATION_ERROR',
  OPERATION_RESOLUTION_FAILURE: 'GRAPHQL_VALIDATION_FAILED',
};

/** Codes of errors whose text is about the document itself and may be shown as it is. */
const DOCUMENT_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'VALIDATION_ERROR',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

function* chainOf(error: unknown): Generator<Error> {
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    yield current;
    current = current instanceof GraphQLError ? current.originalError : current.cause;
  }
}

function appErrorOf(error: unknown): AppError | undefined {
  return chainOf(error).find((each) => each instanceof AppError);
}

function coerced(error: GraphQLError): string | undefined {
  const code = error.extensions.code;
  if (typeof code === 'string') return RETIRED_CODES[code] ?? code;
  // graphql-js reports a bad variable or argument value as an error without a code, whose causes are such errors too: those of scalars.
  const { originalError } = error;
  if (originalError instanceof GraphQLError) return coerced(originalError);
  return originalError ? undefined : 'VALIDATION_ERROR';
}

/**
 * Turns any error into what a client may see: a stable code, the request id, and no stack, host name or SQL.
 * A store or database of `service` that does not answer is `SUBGRAPH_UNAVAILABLE`; anything else that is not an AppError or about the
 * document becomes `INTERNAL_ERROR`, and its cause goes to the log.
 */
export function formatError(error: unknown, requestId: string, log: Logger, service: string): GraphQLFormattedError {
  const graphqlError =
    error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error });
  const place = { path: graphqlError.path, locations: graphqlError.locations };
  const said = (told: AppError) => ({
    message: told.message,
    ...place,
    extensions: { code: told.code, requestId, ...detailsOf(told) },
  });
  const known = appErrorOf(error);
  if (known) return said(known);
  const code = coerced(graphqlError);
  if (code && DOCUMENT_CODES.has(code)) {
    return { message: graphqlError.message, ...place, extensions: { code, requestId } };
  }
  const outage = chainOf(error).find(isOutage);
  if (outage) {
    log.warn({ err: outage, path: graphqlError.path }, 'the database or the store did not answer');
    return said(new SubgraphUnavailable(service, outage));
  }
  log.error({ err: graphqlError.originalError ?? graphqlError, path: graphqlError.path }, 'unexpected error');
  return { message: 'Something went wrong on our side.', ...place, extensions: { code: 'INTERNAL_ERROR', requestId } };
}

function detailsOf(error: AppError): Record<string, unknown> {
  return Object.keys(error.details).length > 0 ? { details: error.details } : {};
}
