import { HeaderMap } from '@apollo/server';
import type { AppError } from '@polity/kernel/graph/errors';
import { GraphQLError } from 'graphql';
import { InvalidToken } from './bearer.ts';
import { rateHeaders, TooManyOperations } from './rate-limit.ts';

function outcomeOf(error: AppError): { status: number; headers: [string, string][] } {
  if (error instanceof InvalidToken)
    return { status: 401, headers: [['www-authenticate', 'Bearer error="invalid_token"']] };
  if (error instanceof TooManyOperations) return { status: 429, headers: rateHeaders(error.standing) };
  return { status: error.code === 'SUBGRAPH_UNAVAILABLE' ? 503 : 400, headers: [] };
}

/** The error of a request that does not run at all, with the status and the headers that HTTP has for it. */
export function httpError(error: AppError): GraphQLError {
  const { status, headers } = outcomeOf(error);
  const http = { status, headers: new HeaderMap(headers) };
  return new GraphQLError(error.message, { originalError: error, extensions: { http } });
}
