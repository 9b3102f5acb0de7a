import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { Logger } from '@polity/kernel/log/logger';
import { turnTo } from '@polity/kernel/ops/loop-watch';
import type { GraphQLFormattedError } from 'graphql';
import Negotiator from 'negotiator';
import { COST_HEADER, headersOf, MAX_NAME, noteAnswer, type Outcome, PLAN_HEADER } from './answer.ts';
import type { Carrier, GatewayContext } from './context.ts';
import { documentPlugin } from './documents/plugin.ts';
import type { DocumentReaders } from './documents/read.ts';
import { publicError } from './public-error.ts';

const REFUSED = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'VALIDATION_ERROR', 'QUERY_TOO_COSTLY']);

const LEGACY_TYPE = 'application/json; charset=utf-8';
/** Whoever takes anything gets what a new client gets. */
const ANSWER_TYPES = ['application/graphql-response+json; charset=utf-8', LEGACY_TYPE];

/**
 * Clients that would rather have `application/json` read a status other than 200 as a failure of the way, not of the operation
 * (GraphQL over HTTP, section 6.4.1); those that say nothing or know the newer type get 400.
 */
function legacyStatus(accept: string | undefined, status: number | undefined, codes: readonly unknown[]): boolean {
  if (!accept || status !== 400 || !codes.every((code) => REFUSED.has(String(code)))) return false;
  return new Negotiator({ headers: { accept } }).mediaType(ANSWER_TYPES) === LEGACY_TYPE;
}

type Errors = readonly GraphQLFormattedError[];

function errorsOf(body: GraphQLResponse['body']): Errors {
  return body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
}

function outcomeOf(body: GraphQLResponse['body']): Outcome {
  if (errorsOf(body).length === 0) return 'ok';
  return body.kind === 'single' && body.singleResult.data ? 'partial' : 'failed';
}

function show(body: GraphQLResponse['body'], extensions: Record<string, unknown>): void {
  if (body.kind === 'single') body.singleResult.extensions = { ...body.singleResult.extensions, ...extensions };
}

/** Plans tell how an installation is made, so they are for those who look after its operations. */
async function maySeePlans({ access, viewer }: GatewayContext): Promise<boolean> {
  if (viewer.id === null) return false;
  const authorizer = await access.authorizer().catch(() => null);
  return authorizer?.quiet.mayAtTenant('operations.operation.read') ?? false;
}

/** Adds the cookies of the operation to the answer; counts it and notes what the log will say of it. */
function operationPlugin(): ApolloServerPlugin<Carrier> {
  return {
    async requestDidStart({ contextValue, request }) {
      const context = contextValue.operation;
      // What was run already without Apollo Server has its beginning.
      if (!context.ran) context.startedAt = performance.now();
      const { requestId } = context.request;
      const turn = (step: string) => turnTo({ step, requestId, operation: request.operationName?.slice(0, MAX_NAME) });
      turn('document');
      return {
        async didResolveOperation() {
          turn('execute');
        },
        async willSendResponse({ response, operation }) {
          turn('answer');
          const { cost } = context;
          for (const [name, value] of headersOf(context)) response.http.headers.set(name, value);
          const codes = errorsOf(response.body).map((error) => error.extensions?.code);
          if (cost && request.http?.headers.get(COST_HEADER) === '1') show(response.body, { cost });
          if (request.http?.headers.get(PLAN_HEADER) === '1' && (await maySeePlans(context)))
            show(response.body, { plan: context.plan?.split('\n') ?? null });
          if (legacyStatus(request.http?.headers.get('accept'), response.http.status, codes))
            response.http.status = 200;
          noteAnswer(context, operation, outcomeOf(response.body), codes);
        },
      };
    },
  };
}

/** Requests with one of these come from programs, or from pages whose browser asked before: no form and no link can send them. */
const SENT_BY_PROGRAMS = ['apollo-require-preflight', 'x-apollo-operation-name', 'authorization', 'dpop', 'x-tenant'];

/** Apollo Server over the supergraph; started, not listening. Introspection stays on: the graph is public. */
export async function startApi(
  gateway: GatewayInterface,
  documents: DocumentReaders,
  log: Logger,
): Promise<ApolloServer<Carrier>> {
  const server = new ApolloServer<Carrier>({
    gateway,
    introspection: true,
    csrfPrevention: { requestHeaders: SENT_BY_PROGRAMS },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    // The documents plugin parses, validates and keeps them, within limits.
    documentStore: null,
    dangerouslyDisableValidation: true,
    formatError: (_formatted, error) => publicError(error, log),
    plugins: [
      documentPlugin(documents, log),
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
