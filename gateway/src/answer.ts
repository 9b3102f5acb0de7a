import { metrics } from '@polity/kernel/metrics/metrics';
import { KIND } from '@polity/kernel/tracing/exporter';
import { isTracing, tellSpan } from '@polity/kernel/tracing/tracing';
import type { OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from './context.ts';
import { rateHeaders } from './rate-limit.ts';

/** Letters of an operation's name that go to the log. */
export const MAX_NAME = 100;
/** With the value `1`, the answer says what its operation costs. */
export const COST_HEADER = 'x-polity-cost';
/** With the value `1`, the answer says by which plan it came, to those who may read the tenant's persisted operations. */
export const PLAN_HEADER = 'x-polity-plan';

/** `partial` where some of the answer is there beside errors. */
export type Outcome = 'ok' | 'partial' | 'failed';

/** Headers that the answer of an operation has whoever writes it. */
export function headersOf({ standing, standings, uses, cookies }: GatewayContext): [string, string][] {
  const cookie = cookies.at(-1);
  return [
    ['cache-control', 'private, no-store'],
    ...(standing ? rateHeaders(standing, ...standings, ...(uses ? [uses] : [])) : []),
    ...(cookie ? [['set-cookie', cookie] satisfies [string, string]] : []),
  ];
}

/** Hashes of published operations that have a line of their own in the metrics of this process; further ones are `other`. */
const MAX_HASHES = 1_000;
const labelled = new Set<string>();

function hashLabel(published: GatewayContext['published']): string {
  if (!published) return 'other';
  if (labelled.size < MAX_HASHES) labelled.add(published.sha256);
  return labelled.has(published.sha256) ? published.sha256 : 'other';
}

/** By its type, since clients choose names; the hash of a published operation says which it is. */
const spanFacts = (type: string, { published, cost }: GatewayContext) => ({
  service: 'gateway',
  name: type,
  kind: KIND.server,
  attributes: {
    'graphql.operation.type': type,
    ...(published && { 'polity.operation.hash': published.sha256 }),
    ...(cost && { 'polity.operation.cost': cost.cost }),
  },
});

/** For whoever wants to know why: which subgraphs were asked, in which order. */
function tellSlow({ log, plan }: GatewayContext, fields: Record<string, unknown>, tookMs: number): void {
  log.warn({ ...fields, ms: Math.round(tookMs), plan }, 'a slow operation');
}

/** Counts an operation that is about to be answered, and notes what the log will say of it. */
export function noteAnswer(
  context: GatewayContext,
  operation: OperationDefinitionNode | undefined,
  outcome: Outcome,
  codes: readonly unknown[],
): void {
  const { answer, cost, fetches, startedAt } = context;
  const type = operation?.operation ?? 'none';
  metrics().operations.inc({ type, operation_hash: hashLabel(context.published), outcome });
  const tookMs = performance.now() - startedAt;
  metrics().operationDuration.observe({ type }, tookMs / 1_000);
  if (isTracing())
    tellSpan(context.request.traceparent, context.callerSpan, startedAt, spanFacts(type, context), outcome !== 'ok');
  answer.message = 'operation';
  answer.fields = {
    operation: operation?.operation,
    name: operation?.name?.value.slice(0, MAX_NAME),
    codes,
    ...(context.published && { operationHash: context.published.sha256 }),
    cost: cost?.cost,
    fetches,
  };
  if (tookMs >= context.slowMs) tellSlow(context, answer.fields, tookMs);
}
