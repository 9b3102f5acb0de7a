import type { IncomingHttpHeaders } from 'node:http';
import { Unauthenticated } from '@polity/kernel/graph/errors';
import { uuidv7 } from '@polity/kernel/ids';
import { type FormattedExecutionResult, type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import { noteAnswer } from '../answer.ts';
import type { GatewayContext } from '../context.ts';
import { publicError } from '../public-error.ts';
import { LEAST_POINTS } from '../rate-limit.ts';
import { type Caller, contextOf, type GatewayRuntime } from '../request.ts';
import { type Execute, opened } from '../shield/guarded.ts';
import { requestUnderWay } from '../under-way.ts';
import { type LiveOperation, NotLive } from './operation.ts';
import type { Evaluation } from './stream.ts';

/** Who subscribes, and by what. */
export interface Subscriber {
  headers: IncomingHttpHeaders;
  address: string;
  host: string;
  transport: 'sse' | 'websocket';
  /** Whether what was sent has not left yet. */
  isBehind(): boolean;
}

/** How soon a part that did not answer is asked again. */
const AGAIN_MS = 2_000;
/** Errors that say nothing of the thing: what is on the screen stays there. */
const PASSING = new Set(['RATE_LIMITED', 'OVERLOADED', 'SUBGRAPH_UNAVAILABLE']);

/** Nobody waits for an answer in vain for long: a stream that has ended asks no more. */
const NEVER = new AbortController().signal;

/** The subscriber as whoever sends one more request; `payer` has paid for finding out who that is. Throws NotLive. */
export function callerOf({ headers, address, host }: Subscriber, payer: string): Caller {
  // A proof of possession holds for one request, and this is many.
  if (headers.dpop !== undefined) throw new NotLive('Subscriptions take sessions and bearer tokens, not bound ones.');
  const admitted = { payer, standing: null, gone: NEVER };
  return { headers, address, host, method: 'GET', path: '/graphql', requestId: uuidv7(), notes: {}, admitted };
}

/** Who asks, with which rights as far as a token limits them. */
export const identityOf = ({ request, viewer }: GatewayContext): string =>
  `${request.tenantId} ${viewer.kind} ${viewer.id} ${viewer.scopes}`;

/** A subscription at the moment at which it is asked again. */
export interface Question {
  caller: Caller;
  live: LiveOperation;
  variables: Record<string, unknown>;
  /** As whom it began. */
  identity: string;
  /** Refuses what the client may not send any more. Throws coded AppErrors. */
  admit(context: GatewayContext): Promise<unknown>;
  /** Hears with which stamp it was asked. */
  onStamp(stamp: string | null): void;
}

const codesOf = (errors: readonly GraphQLFormattedError[]) => errors.map(({ extensions }) => String(extensions?.code));

function judged(data: Record<string, unknown> | null | undefined, errors: GraphQLFormattedError[]): Evaluation {
  if (codesOf(errors).some((code) => PASSING.has(code))) return { againMs: AGAIN_MS };
  const result: FormattedExecutionResult =
    errors.length > 0 ? { ...(data && { data }), errors } : { data: data ?? null };
  // Whoever may not ask, or asks wrongly, will not hear anything else later.
  const isNothing = !data || Object.values(data).every((value) => value === null);
  return errors.length > 0 && isNothing ? { end: result } : { show: result };
}

async function answered(runtime: GatewayRuntime, execute: Execute, question: Question): Promise<Evaluation> {
  const { caller, live, variables, identity, admit, onStamp } = question;
  const context = await contextOf(runtime, caller);
  if (identityOf(context) !== identity) throw new Unauthenticated('The session or token has ended.');
  onStamp(context.request.stamp);
  context.pay(LEAST_POINTS);
  await admit(context);
  context.startedAt = performance.now();
  const { document, queryHash, operation } = live;
  const sent = { document, queryHash, operation, request: { variables }, context: { operation: context } };
  const { data, errors = [] } = opened(await execute(sent as never));
  const shown = errors.map((error) => publicError(error, runtime.log));
  const outcome = shown.length === 0 ? 'ok' : data ? 'partial' : 'failed';
  noteAnswer(context, { ...operation, operation: OperationTypeNode.SUBSCRIPTION }, outcome, codesOf(shown));
  return judged(data, shown);
}

/** Asks once, as the viewer whom the credentials stand for at this moment, with all that is asked of any operation. */
export function evaluate(runtime: GatewayRuntime, execute: Execute, question: Question): Promise<Evaluation> {
  const { requestId: id, notes } = question.caller;
  return requestUnderWay.run({ id, notes }, async () => {
    try {
      return await answered(runtime, execute, question);
    } catch (error) {
      const errors = [publicError(error, runtime.log)];
      return codesOf(errors).some((code) => PASSING.has(code)) ? { againMs: AGAIN_MS } : { end: { errors } };
    }
  });
}
