import type { ApolloGateway } from '@apollo/gateway';
import { AppError } from '@polity/kernel/graph/errors';
import { GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import type { Carrier, GatewayContext } from '../context.ts';
import { onlyLeadsOut, SecondFactorRequired } from '../second-factor.ts';
import type { Shield } from './enforce.ts';
import { pruned, rootKeys } from './prune.ts';

export type Executor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];
type ExecutorRequest = Parameters<Executor>[0];
export type ExecutorResult = Awaited<ReturnType<Executor>>;

/** Answer to every operation of a suspended person but `signOut`. */
class AccountSuspended extends AppError {
  constructor() {
    super('ACCOUNT_SUSPENDED', 'This account is suspended.');
  }
}

function refusal(error: AppError): ExecutorResult {
  return { data: null, errors: [new GraphQLError(error.message, { originalError: error })] };
}

/** Errors of the request itself: there is no `data` at all, and HTTP says 400. */
function badRequest(errors: readonly GraphQLError[]): ExecutorResult {
  return { errors: [...errors] };
}

const onlySignsOut = (operation: OperationDefinitionNode) =>
  operation.operation === 'mutation' &&
  operation.selectionSet.selections.every((node) => node.kind === Kind.FIELD && node.name.value === 'signOut');

/**
 * Fills in the viewer's live flags and refuses the suspended. While access does not answer, queries go on without flags, since every
 * decision about permissions fails by itself then; nothing is changed on behalf of somebody whose flags nobody knows.
 */
async function suspension(context: GatewayContext, operation: OperationDefinitionNode): Promise<AppError | null> {
  if (context.viewer.id === null || onlySignsOut(operation)) return null;
  try {
    await context.readFlags();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SUBGRAPH_UNAVAILABLE') throw error;
    context.log.warn({ err: error }, 'flags of the viewer are unknown');
    context.giveUpAccess(error);
    return operation.operation === 'query' ? null : error;
  }
  return context.viewer.flags.includes('SUSPENDED') ? new AccountSuspended() : null;
}

/** `valueCompletion` would tell clients how the schema is spread over services. */
function withoutExtensions({ extensions: _hidden, ...result }: ExecutorResult): ExecutorResult {
  return result;
}

async function executePruned(
  executor: Executor,
  request: ExecutorRequest,
  denied: ReadonlyMap<string, GraphQLError>,
): Promise<ExecutorResult> {
  const { document, operation } = request;
  const errors = [...denied.values()];
  if (operation.operation !== 'query') return { data: null, errors };
  const remaining = pruned(document, operation, new Set(denied.keys()));
  const queryHash = `${request.queryHash}:${[...denied.keys()].sort().join()}`;
  const result: ExecutorResult = remaining ? await executor({ ...request, ...remaining, queryHash }) : {};
  const data: Record<string, unknown> = {};
  for (const key of rootKeys(document, operation)) {
    if (denied.has(key)) data[key] = null;
    else if (result.data && key in result.data) data[key] = result.data[key];
  }
  return { ...result, data, errors: [...errors, ...(result.errors ?? [])] };
}

/**
 * Executor with the shield in front: denied query roots are nulled with their error and the rest goes on, a denied mutation stops the
 * operation before anything ran.
 */
export function guarded(shieldOf: () => Shield, executor: Executor): Executor {
  return async (request) => {
    const { document, operation } = request;
    const context = (request.context as Carrier).operation;
    if (!operation)
      return badRequest([
        new GraphQLError('The document has several operations, or none of that name: name one of them.'),
      ]);
    const shield = shieldOf();
    const coerced = shield.coerce(operation, request.request.variables ?? {});
    if ('errors' in coerced) return badRequest(coerced.errors);
    const suspended = await suspension(context, operation);
    if (suspended) return refusal(suspended);
    if (context.lacksFactor && !onlyLeadsOut(document, operation)) return refusal(new SecondFactorRequired());
    try {
      const verdict = await shield.judge(document, operation, coerced.values, context);
      return withoutExtensions(
        await (verdict.size === 0 ? executor(request) : executePruned(executor, request, verdict)),
      );
    } catch (error) {
      if (error instanceof AppError) return refusal(error);
      throw error;
    }
  };
}
