import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import { AppError, Forbidden } from '@polity/kernel/graph/errors';
import { GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import { assertWithinCap } from '../answer-cap.ts';
import type { Carrier, GatewayContext } from '../context.ts';
import { httpError } from '../http-error.ts';
import { LEAST_POINTS, TooManyOperations } from '../rate-limit.ts';
import { onlyLeadsOut, SecondFactorRequired } from '../second-factor.ts';
import { QueryTooCostly } from './cost.ts';
import type { Shield, Verdict } from './enforce.ts';
import { pruned, rootKeys } from './prune.ts';

type Values = Record<string, unknown>;
type ServerRequest = Parameters<GatewayExecutor>[0];

/** What an operation came to. `data` is JSON, written already; there is none where the request itself was bad. */
export interface ExecutorResult {
  data?: string;
  errors?: readonly GraphQLError[];
}

/** Runs an operation that is valid, with the shield in front. */
export type Execute = (request: ServerRequest) => Promise<ExecutorResult>;

/** The result for whoever needs the values. */
export const opened = ({ data, errors }: ExecutorResult): Awaited<ReturnType<GatewayExecutor>> => ({
  ...(data !== undefined && { data: JSON.parse(data) as Values | null }),
  ...(errors && { errors }),
});

/** An operation that is valid; `prunedKey` names what is left of one whose denied fields were taken out. */
export interface ExecutorRequest extends Pick<ServerRequest, 'document' | 'operation' | 'request' | 'queryHash'> {
  context: Carrier;
  prunedKey?: string;
}

/** Runs an operation with its coerced variables. */
export type Executor = (request: ExecutorRequest, values: Values) => Promise<ExecutorResult>;

const NO_OPERATION = 'The document has several operations, or none of that name: name one of them.';
const operationOf = (request: ExecutorRequest): GatewayContext => request.context.operation;

/** Answer to every operation of a suspended person but `signOut`. */
class AccountSuspended extends AppError {
  constructor() {
    super('ACCOUNT_SUSPENDED', 'This account is suspended.');
  }
}

/** Error of a field of a mutation that was stopped because of another field. */
class NotRun extends AppError {
  constructor() {
    super('NOT_RUN', 'Not run, because another field of this operation was denied. Nothing has changed.');
  }
}

function refusal(error: AppError): ExecutorResult {
  return { data: 'null', errors: [new GraphQLError(error.message, { originalError: error })] };
}

/** Errors of the request itself: there is no `data` at all, and HTTP says 400 or worse. */
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

/** The answer to a mutation of which nothing ran: the same as a subgraph's to a field that it denies. */
function stopped(request: ExecutorRequest, denied: Verdict): ExecutorResult {
  const errors = new Map([...everyRoot(request, new NotRun()), ...denied]);
  const data = Object.fromEntries([...errors.keys()].map((key) => [key, null]));
  return { data: JSON.stringify(data), errors: [...errors.values()] };
}

async function executePruned(
  executor: Executor,
  request: ExecutorRequest,
  values: Values,
  denied: Verdict,
): Promise<ExecutorResult> {
  const { document, operation } = request;
  if (operation.operation !== 'query') return stopped(request, denied);
  const errors = [...denied.values()];
  const remaining = pruned(document, operation, new Set(denied.keys()));
  const prunedKey = `${request.queryHash}:${operation.name?.value ?? ''}:${[...denied.keys()].sort().join()}`;
  const result: ExecutorResult = remaining ? await executor({ ...request, ...remaining, prunedKey }, values) : {};
  const answered = opened(result).data ?? {};
  const data: Record<string, unknown> = {};
  for (const key of rootKeys(document, operation)) {
    if (denied.has(key)) data[key] = null;
    else if (key in answered) data[key] = answered[key];
  }
  return { data: JSON.stringify(data), errors: [...errors, ...(result.errors ?? [])] };
}

/** The error of an operation that its viewer may not run at all; else the root fields that fall. */
async function judged(shield: Shield, request: ExecutorRequest, values: Values): Promise<AppError | Verdict> {
  const { document, operation } = request;
  const context = operationOf(request);
  const suspended = await suspension(context, operation);
  if (suspended) return suspended;
  if (!onlySignsOut(operation) && !(await context.actorMayAct()))
    return new Forbidden('You may not act for this person any more.');
  if (context.lacksFactor && !onlyLeadsOut(document, operation)) return new SecondFactorRequired();
  const verdict = await shield.judge(document, operation, values, context);
  context.judgedFor = context.viewer;
  return verdict;
}

/** Weighs the operation and has it paid for; the error of one that is too costly, or whose viewer has no points left. */
function unpaid(context: GatewayContext, cost: number, limit: number): AppError | null {
  context.cost = { cost, limit };
  if (cost > limit) return new QueryTooCostly(cost, limit);
  try {
    context.pay(Math.max(0, cost - LEAST_POINTS));
    return null;
  } catch (error) {
    if (error instanceof TooManyOperations) return error;
    throw error;
  }
}

function everyRoot({ document, operation }: ExecutorRequest, error: AppError): Verdict {
  const at = (key: string) => new GraphQLError(error.message, { path: [key], originalError: error });
  return new Map(rootKeys(document, operation).map((key) => [key, at(key)]));
}

async function run(
  shield: Shield,
  executor: Executor,
  request: ExecutorRequest,
  values: Values,
): Promise<ExecutorResult> {
  const verdict = await judged(shield, request, values);
  if (verdict instanceof AppError) return refusal(verdict);
  operationOf(request).authorizeAgain = async () => {
    const next = await judged(shield, request, values);
    return next instanceof AppError ? everyRoot(request, next) : next;
  };
  const result = await (verdict.size === 0
    ? executor(request, values)
    : executePruned(executor, request, values, verdict));
  assertWithinCap(operationOf(request), result);
  return result;
}

/**
 * Executor with the shield in front: what may cost more than `maxCost` is refused, denied query roots are nulled with their error and the
 * rest goes on, a denied mutation stops the operation before anything ran. A mutation in which the viewer changes is judged again for its
 * later fields.
 */
export function guarded(graphOf: () => { shield: Shield; executor: Executor }, maxCost: number): Execute {
  return async ({ context, ...sent }) => {
    const request: ExecutorRequest = { ...sent, context: context as Carrier };
    if (!request.operation) return badRequest([new GraphQLError(NO_OPERATION)]);
    const { shield, executor } = graphOf();
    const coerced = shield.coerce(request.operation, request.request.variables ?? {});
    if ('errors' in coerced) return badRequest(coerced.errors);
    try {
      const cost = shield.cost(request.document, request.operation, coerced.values);
      const { published, client } = operationOf(request);
      const most = Math.min(maxCost, published?.maxCost ?? client?.maxCost ?? maxCost);
      const refused = unpaid(operationOf(request), cost, most);
      if (refused) return badRequest([httpError(refused)]);
      return await run(shield, executor, request, coerced.values);
    } catch (error) {
      if (error instanceof AppError) return refusal(error);
      throw error;
    }
  };
}
