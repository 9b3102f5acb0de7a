import { formatError } from '@polity/kernel/graph/format-error';
import { uuidv7 } from '@polity/kernel/ids';
import type { Logger } from '@polity/kernel/log/logger';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { requestUnderWay } from './under-way.ts';

/** Characters of a message that are shown; messages of graphql-js repeat what the client sent, however long. */
const MAX_MESSAGE = 500;

const shortened = (message: string) =>
  message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE).toWellFormed()}…` : message;

/** "Did you mean" would spell out the schema to those who guess. What is looked through is short already. */
const withoutHint = (message: string) => message.replace(/ ?Did you mean .*\?/s, '');

/** What a client sees of an error; the request that it belongs to is noted with its code. */
export function publicError(error: unknown, log: Logger): GraphQLFormattedError {
  const { id = uuidv7(), notes = {} } = requestUnderWay.getStore() ?? {};
  const formatted = formattedError(error, id, notes.log ?? log.child({ requestId: id }));
  notes.code ??= String(formatted.extensions?.code);
  return { ...formatted, message: shortened(formatted.message) };
}

/** Errors of subgraphs are formatted already; only their service name must go. */
function formattedError(error: unknown, requestId: string, log: Logger): GraphQLFormattedError {
  if (!(error instanceof GraphQLError) || error.extensions.serviceName === undefined) {
    const formatted = formatError(error, requestId, log, 'gateway');
    return { ...formatted, message: withoutHint(shortened(formatted.message)) };
  }
  const { code = 'INTERNAL_ERROR', details } = error.extensions;
  const place = error.path ? { path: error.path } : {};
  return { message: error.message, ...place, extensions: { code, requestId, ...(details ? { details } : {}) } };
}
