import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transport } from '../graph/transport.ts';
import type { Logger } from '../log/logger.ts';
import { randomText } from '../request/random-text.ts';
import { isSampled, spanIdOf, traceIdOf } from '../request/trace.ts';
import { type EndedSpan, KIND, type SpanExporter, spanExporter } from './exporter.ts';

/** Where spans go; null where nobody wants any, which costs a look at this. */
let exporter: SpanExporter | null = null;
/** The span in whose work a statement runs. */
const active = new AsyncLocalStorage<{ service: string; traceparent: string }>();

/** Whether spans go anywhere; what is wrapped for them is left as it is otherwise. */
export const isTracing = (): boolean => exporter !== null;

/** Sends spans to a collector from now on, where there is one. Must come before subgraphs and gateway start. Returns what ends it. */
export function startTracing(
  endpoint: string | undefined,
  log: Logger,
): { flush(): Promise<void>; close(): Promise<void> } {
  if (!endpoint) return { flush: async () => {}, close: async () => {} };
  const mine = spanExporter(endpoint, log);
  exporter = mine;
  return {
    flush: mine.flush,
    async close() {
      if (exporter === mine) exporter = null;
      await mine.close();
    },
  };
}

/** Epoch milliseconds, finer than the clock's. */
const nowMs = () => performance.timeOrigin + performance.now();

/** What is said of a span. */
export type SpanFacts = Pick<EndedSpan, 'service' | 'name' | 'kind' | 'attributes'>;

/** Tells of a span that has its id already. `startedAt` is by `performance.now()`. */
export function tellSpan(
  traceparent: string | undefined,
  parentSpanId: string | null,
  startedAt: number,
  facts: SpanFacts,
  failed: boolean,
): void {
  if (!exporter || !traceparent || !isSampled(traceparent)) return;
  const [traceId, spanId] = [traceIdOf(traceparent), spanIdOf(traceparent)];
  const startMs = performance.timeOrigin + startedAt;
  exporter.add({ ...facts, traceId, spanId, parentSpanId, startMs, endMs: nowMs(), failed });
}

/** Runs work as a span below another; the work gets the `traceparent` that it hands on. */
async function within<Result>(
  parent: string,
  facts: SpanFacts,
  work: (traceparent: string) => Promise<Result>,
): Promise<Result> {
  const own = `${parent.slice(0, 36)}${randomText(8, 'hex')}-01`;
  const startedAt = performance.now();
  let failed = true;
  try {
    const result = await work(own);
    failed = false;
    return result;
  } finally {
    tellSpan(own, spanIdOf(parent), startedAt, facts, failed);
  }
}

/** Calls to subgraphs as spans of the caller; the transport itself where nobody wants any. */
export function tracedCalls(transport: Transport, service: string): Transport {
  if (!exporter) return transport;
  return {
    ...transport,
    execute(name, request, info) {
      const { traceparent } = info;
      if (!traceparent || !isSampled(traceparent)) return transport.execute(name, request, info);
      const facts = { service, name: `fetch ${name}`, kind: KIND.client, attributes: { 'polity.subgraph': name } };
      return within(traceparent, facts, (own) => transport.execute(name, request, { ...info, traceparent: own }));
    },
  };
}

type Execute = Transport['execute'] extends (name: string, ...rest: infer Rest) => infer Reply
  ? (...rest: Rest) => Reply
  : never;

/** What a subgraph answers as spans of its own, in which statements find theirs; the same function where nobody wants any. */
export function tracedAnswers(service: string, execute: Execute): Execute {
  if (!exporter) return execute;
  const facts = { service, name: 'answer', kind: KIND.server, attributes: {} };
  return (request, info) => {
    const { traceparent: parent } = info;
    if (!parent || !isSampled(parent)) return execute(request, info);
    return within(parent, facts, (traceparent) => active.run({ service, traceparent }, () => execute(request, info)));
  };
}

/** Runs one statement as a span of whatever it is part of. Says its first word and its database alone, as texts may hold what people wrote. */
export function tracedStatement<Result>(text: string, database: string, run: () => Promise<Result>): Promise<Result> {
  const under = exporter && active.getStore();
  if (!under) return run();
  const word = /^\s*(\w{1,20})/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
  const attributes = { 'db.system.name': 'postgresql', 'db.namespace': database, 'db.operation.name': word };
  return within(under.traceparent, { service: under.service, name: word, kind: KIND.client, attributes }, run);
}
