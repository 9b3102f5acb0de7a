import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { formatError } from '@polity/kernel/graph/format-error';
import { uuidv7 } from '@polity/kernel/ids';
import type { Logger } from '@polity/kernel/log/logger';
import { metrics } from '@polity/kernel/metrics/metrics';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Carrier } from './context.ts';
import { LIMITS, limitsRule } from './limits.ts';
import { rateHeaders } from './rate-limit.ts';

/** Letters of an operation's name that go to the log. */
const MAX_NAME = 100;
/** Errors of a document beyond this number are not worked out. */
const MAX_DOCUMENT_ERRORS = 3;

/** "Did you mean" would spell out the schema to those who guess; Apollo Server leaves it in errors of variables. */
const withoutHint = (message: string) => message.replace(/ ?Did you mean .*\?/s, '');

/** Errors of subgraphs are formatted already; only their service name must go. */
function publicError(error: unknown, log: Logger): GraphQLFormattedError {
  const requestId = uuidv7();
  if (!(error instanceof GraphQLError) || error.extensions.serviceName === undefined) {
    const formatted = formatError(error, requestId, log, 'gateway');
    return { ...formatted, message: withoutHint(formatted.message) };
  }
  const { code = 'INTERNAL_ERROR', details } = error.extensions;
  const place = error.path ? { path: error.path } : {};
  return { message: error.message, ...place, extensions: { code, requestId, ...(details ? { details } : {}) } };
}

const REFUSED = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'VALIDATION_ERROR', 'QUERY_TOO_COSTLY']);
/** With the value `1`, the answer says what its operation costs. */
const COST_HEADER = 'x-polity-cost';

/**
 * Clients that know only `application/json` read a status other than 200 as a failure of the way, not of the operation
 * (GraphQL over HTTP, section 6.4.1); those that say nothing or know the newer type get 400.
 */
function legacyStatus(accept: string | undefined, status: number | undefined, codes: readonly unknown[]): boolean {
  const legacy = accept?.includes('application/json') && !accept.includes('application/graphql-response+json');
  return legacy === true && status === 400 && codes.every((code) => REFUSED.has(String(code)));
}

type Errors = readonly GraphQLFormattedError[];

function errorsOf(body: GraphQLResponse['body']): Errors {
  return body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
}

/** `partial` where some of the answer is there beside errors. */
function outcomeOf(body: GraphQLResponse['body']): 'ok' | 'partial' | 'failed' {
  if (errorsOf(body).length === 0) return 'ok';
  return body.kind === 'single' && body.singleResult.data ? 'partial' : 'failed';
}

function show(body: GraphQLResponse['body'], extensions: Record<string, unknown>): void {
  if (body.kind === 'single') body.singleResult.extensions = { ...body.singleResult.extensions, ...extensions };
}

function count(type: string, outcome: string, seconds: number): void {
  metrics().operations.inc({ type, operation_hash: 'other', outcome });
  metrics().operationDuration.observe({ type }, seconds);
}

/** Adds the cookies and the request id of the operation to the answer; counts it and writes its one log line. */
function operationPlugin(): ApolloServerPlugin<Carrier> {
  return {
    async requestDidStart({ contextValue, request }) {
      const startedAt = performance.now();
      return {
        async willSendResponse({ response, operation }) {
          const { cookies, cost, fetches, log, request: info, standing } = contextValue.operation;
          const { headers } = response.http;
          headers.set('x-request-id', info.requestId);
          headers.set('cache-control', 'private, no-store');
          for (const [name, value] of standing ? rateHeaders(standing) : []) headers.set(name, value);
          const cookie = cookies.at(-1);
          if (cookie) headers.set('set-cookie', cookie);
          const errors = errorsOf(response.body);
          for (const error of errors) Object.assign(error.extensions ?? {}, { requestId: info.requestId });
          const codes = errors.map((error) => error.extensions?.code);
          if (cost && request.http?.headers.get(COST_HEADER) === '1') show(response.body, { cost });
          if (legacyStatus(request.http?.headers.get('accept'), response.http.status, codes))
            response.http.status = 200;
          const ms = performance.now() - startedAt;
          count(operation?.operation ?? 'none', outcomeOf(response.body), ms / 1_000);
          const line = {
            operation: operation?.operation,
            name: operation?.name?.value.slice(0, MAX_NAME),
            codes,
            cost: cost?.cost,
            fetches,
            ms: Math.round(ms),
          };
          log.info(line, 'operation');
        },
      };
    },
  };
}

/** Apollo Server over the supergraph; started, not listening. Introspection stays on: the graph is public. */
export async function startApi(gateway: GatewayInterface, log: Logger): Promise<ApolloServer<Carrier>> {
  const server = new ApolloServer<Carrier>({
    gateway,
    introspection: true,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    // "Did you mean" would spell out the schema to those who guess.
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationRules: [limitsRule],
    validationOptions: { maxErrors: MAX_DOCUMENT_ERRORS },
    maxRecursiveSelections: true,
    formatError: (_formatted, error) => publicError(error, log),
    plugins: [
      operationPlugin(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}
