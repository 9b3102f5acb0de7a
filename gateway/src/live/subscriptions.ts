import { setImmediate as endOfTurn } from 'node:timers/promises';
import { problemOfVariables } from '@polity/kernel/document/input';
import type { Bus } from '@polity/kernel/events/bus';
import { AppError } from '@polity/kernel/graph/errors';
import { every } from '@polity/kernel/process/every';
import { type FormattedExecutionResult, type GraphQLSchema, getVariableValues } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { readPaid } from '../documents/plugin.ts';
import type { DocumentReaders } from '../documents/read.ts';
import type { PersistedOperations } from '../persisted/persisted-operations.ts';
import { publicError } from '../public-error.ts';
import { LEAST_POINTS, networkOf, outOfPoints, payerOf } from '../rate-limit.ts';
import { type Caller, contextOf, type GatewayRuntime } from '../request.ts';
import type { Execute } from '../shield/guarded.ts';
import { changesOn } from './changes.ts';
import type { LiveFields } from './declared.ts';
import { callerOf, evaluate, identityOf, type Question, type Subscriber } from './evaluate.ts';
import { type Asked, type LiveOperation, liveOperations, NotLive } from './operation.ts';
import { type OpenStream, openStreams } from './registry.ts';
import { type Evaluation, liveStream, type Stream } from './stream.ts';
import { turns } from './turns.ts';

/** What subscriptions need of the graph that is served. */
export interface LiveGraph {
  schema(): GraphQLSchema;
  live(): LiveFields;
  execute: Execute;
  /** Calls back when another graph is served. */
  onSchemaLoadOrUpdate(callback: () => void): () => void;
}

export interface Subscriptions {
  /** A stream of answers, or why there is none. */
  open(subscriber: Subscriber, asked: Asked): Promise<Stream | FormattedExecutionResult>;
  /** Ends all streams. */
  close(): Promise<void>;
}

/** Answers that are worked out at a time, so that an event of interest to many leaves room for everybody else. */
const AT_ONCE = 8;
/** How often it is looked at whether sessions are still alive and what their viewers may do. */
const LOOK_MS = 15_000;

export interface SubscriptionsOptions {
  runtime: GatewayRuntime;
  graph: LiveGraph;
  documents: DocumentReaders;
  persisted: PersistedOperations;
  bus: Bus;
}

/** What a client sends becomes what is followed, once for each operation of a schema. */
function operationReader({ graph, documents, persisted }: SubscriptionsOptions) {
  const operations = new WeakMap<GraphQLSchema, ReturnType<typeof liveOperations>>();
  return async (context: GatewayContext, { headers }: Subscriber, asked: Asked): Promise<LiveOperation> => {
    const text = await persisted.textOf(asked, headers, context);
    if (text === null) throw new NotLive('The message names no operation.');
    const schema = graph.schema();
    const reading = readPaid(documents.of(schema), text, context);
    if ('problems' in reading) throw reading.problems[0];
    const liveOf = operations.get(schema) ?? liveOperations(schema, graph.live());
    operations.set(schema, liveOf);
    return liveOf(reading, typeof asked.operationName === 'string' ? asked.operationName : undefined);
  };
}

/** Works out answers: a few at a time, and one for all who are nobody and ask the same because of the same event. */
function evaluator(runtime: GatewayRuntime, graph: LiveGraph) {
  const inTurn = turns(AT_ONCE);
  const awaited = new Map<string, Promise<Evaluation>>();
  const ask = (question: Question) => inTurn(() => evaluate(runtime, graph.execute, question));
  return {
    inTurn,
    ask(question: Question, sharedKey: string | null): Promise<Evaluation> {
      if (sharedKey === null) return ask(question);
      // What happens after it has begun wants another one.
      const begin = async () => {
        await endOfTurn();
        awaited.delete(sharedKey);
        return ask(question);
      };
      const answer = awaited.get(sharedKey) ?? begin();
      awaited.set(sharedKey, answer);
      return answer;
    },
  };
}

const isAnonymous = ({ headers }: Subscriber) => !headers.cookie && !headers.authorization;

/** Measured before anything walks them. Throws VALIDATION_ERROR. */
function variablesOf({ variables }: Asked): Record<string, unknown> {
  if (typeof variables !== 'object' || variables === null) return {};
  const problem = problemOfVariables(variables);
  if (problem) throw new AppError('VALIDATION_ERROR', problem);
  return variables as Record<string, unknown>;
}

/** Ids that the arguments name; none where the variables are wrong, which the first answer says. */
function idsOf(schema: GraphQLSchema, live: LiveOperation, variables: Record<string, unknown>): readonly string[] {
  const { coerced } = getVariableValues(schema, live.operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  return coerced ? live.idsOf(coerced) : [];
}

/** A sign-out, or a right that was given or taken, shows at the next look where no event tells of it. */
async function lookAt(runtime: GatewayRuntime, open: OpenStream[], inTurn: ReturnType<typeof turns>): Promise<void> {
  for (const { stream, caller, identity, stamp } of open) {
    const context = await inTurn(() => contextOf(runtime, caller())).catch(() => null);
    if (!context || identityOf(context) !== identity || context.request.stamp !== stamp) stream.changed();
  }
}

/** Each message that begins a stream pays as a request does, before it is found out who sent it. Throws RATE_LIMITED. */
function payingCaller({ rateLimit }: GatewayRuntime, subscriber: Subscriber): Caller {
  const network = networkOf(subscriber.address);
  const standing = rateLimit?.take(network, LEAST_POINTS);
  if (standing && standing.retryAfter !== null) throw outOfPoints(standing);
  return callerOf(subscriber, network);
}

/** What all streams of a process have in common. */
interface Shared extends SubscriptionsOptions {
  open: ReturnType<typeof openStreams>;
  changes: ReturnType<typeof changesOn>;
  read: ReturnType<typeof operationReader>;
  ask: ReturnType<typeof evaluator>['ask'];
}

async function begin(shared: Shared, subscriber: Subscriber, asked: Asked): Promise<Stream> {
  const { runtime, graph, persisted, open, changes } = shared;
  const context = await contextOf(runtime, payingCaller(runtime, subscriber));
  const { tenantId, stamp } = context.request;
  const payer = payerOf(context.request);
  const variables = variablesOf(asked);
  const live = await shared.read(context, subscriber, asked);
  // From here to `add` nothing is waited for, so that many at once are not more than there is room for.
  open.mustHaveRoom(payer);
  const sharedKey = isAnonymous(subscriber) ? JSON.stringify([tenantId, live.queryHash, variables]) : null;
  const caller = () => callerOf(subscriber, payer);
  const identity = identityOf(context);
  const admit = (again: GatewayContext) => persisted.textOf(asked, subscriber.headers, again);
  const onStamp = (seen: string | null) => void (entry.stamp = seen);
  const stream = liveStream({
    isBehind: subscriber.isBehind,
    evaluate: () => shared.ask({ caller: caller(), live, variables, identity, admit, onStamp }, sharedKey),
    onEnd() {
      stopListening();
      open.remove(entry);
    },
  });
  const entry: OpenStream = { stream, payer, transport: subscriber.transport, caller, identity, stamp };
  const interest = { tenantId: tenantId ?? '', types: live.types, ids: idsOf(graph.schema(), live, variables) };
  const stopListening = changes.listen(interest, context.viewer.id, () => stream.changed());
  open.add(entry);
  return stream;
}

/** All subscriptions of this process. Each is a query that is asked again, as its viewer, when an event names what it is about. */
export async function subscriptions(options: SubscriptionsOptions): Promise<Subscriptions> {
  const { runtime, graph, bus } = options;
  const { inTurn, ask } = evaluator(runtime, graph);
  const [open, changes] = [openStreams(), changesOn(bus)];
  const shared: Shared = { ...options, open, changes, read: operationReader(options), ask };
  const watch = () => changes.watch([...graph.live().values()].flat());
  await watch();
  const unfollow = graph.onSchemaLoadOrUpdate(() => void watch());
  const looking = every(LOOK_MS, () => lookAt(runtime, open.all(), inTurn));
  return {
    open: (subscriber, asked) =>
      begin(shared, subscriber, asked).catch((error: unknown) => ({ errors: [publicError(error, runtime.log)] })),
    async close() {
      unfollow();
      await looking.stop();
      await changes.close();
      for (const { stream } of open.all()) await stream.return();
    },
  };
}
