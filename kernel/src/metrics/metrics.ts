import { performance } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Readings, readSources, type ServiceSources } from './sources.ts';

const OPERATION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SUBGRAPH_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];

function gatewayMetrics(registers: Registry[]) {
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  const timer = <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
    new Histogram({ name, help, buckets, labelNames, registers });
  return {
    /** `operation_hash` is a registered operation's hash, or `other`. */
    operations: counter(
      'graphql_operations_total',
      'GraphQL operations answered.',
      'type',
      'operation_hash',
      'outcome',
    ),
    operationDuration: timer(
      'graphql_operation_duration_seconds',
      'Time to answer a GraphQL operation.',
      OPERATION_SECONDS,
      'type',
    ),
    subgraphRequests: counter('gateway_subgraph_requests_total', 'Fetches from subgraphs.', 'subgraph', 'outcome'),
    subgraphDuration: timer(
      'gateway_subgraph_duration_seconds',
      'Time of one fetch from a subgraph.',
      SUBGRAPH_SECONDS,
      'subgraph',
    ),
    shed: counter('gateway_shed_total', 'Operations refused because of load.', 'reason'),
    rateLimited: counter('rate_limited_total', 'Attempts refused by a rate limit.', 'bucket'),
    signaturesRefused: counter(
      'request_signatures_refused_total',
      'Requests to a subgraph refused for their signature.',
      'subgraph',
    ),
    tenantGuardDenied: counter(
      'tenant_guard_denied_total',
      'Accesses to a foreign tenant that a guard stopped.',
      'wall',
    ),
    eventsPublished: counter('events_published_total', 'Events handed to the bus.', 'service'),
    eventsConsumed: counter('events_consumed_total', 'Deliveries of events.', 'consumer', 'outcome'),
    inboxDuplicates: counter('inbox_duplicates_total', 'Deliveries of events that had acted before.', 'consumer'),
  };
}

function sourceMetrics(registers: Registry[]) {
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers });
  const outboxPending = gauge('outbox_pending', 'Events committed but not yet published.', 'service');
  const outboxOldest = gauge(
    'outbox_oldest_unpublished_seconds',
    'Age of the oldest unpublished event; 0 where there is none.',
    'service',
  );
  const deadLetters = gauge('dead_letters', 'Events given up by a consumer and not redriven.', 'consumer');
  const poolInUse = gauge('pg_pool_in_use', 'Database connections in use.', 'service');
  const poolWaiting = gauge('pg_pool_waiting', 'Requests that wait for a database connection.', 'service');
  return ({ pools, outboxes, deadLetters: letters }: Readings) => {
    for (const each of [outboxPending, outboxOldest, deadLetters, poolInUse, poolWaiting]) each.reset();
    for (const [service, { pending, oldestSeconds }] of outboxes) {
      outboxPending.set({ service }, pending);
      outboxOldest.set({ service }, oldestSeconds);
    }
    for (const [consumer, count] of letters) deadLetters.set({ consumer }, count);
    for (const [service, { inUse, waiting }] of pools) {
      poolInUse.set({ service }, inUse);
      poolWaiting.set({ service }, waiting);
    }
  };
}

function eventLoopUtilization(registers: Registry[]) {
  let before = performance.eventLoopUtilization();
  new Gauge({
    name: 'nodejs_eventloop_utilization',
    help: 'Share of the time since the last reading in which the event loop was busy.',
    registers,
    collect() {
      const now = performance.eventLoopUtilization();
      this.set(performance.eventLoopUtilization(now, before).utilization);
      before = now;
    },
  });
}

/** Prometheus counters and timers of a process, and the sources that are asked when they are read. */
export type Metrics = ReturnType<typeof createMetrics>;

/** A full set of metrics on a registry of its own. Services share `metrics()`; tests make their own. */
export function createMetrics(registry: Registry = new Registry()) {
  const services = new Map<string, ServiceSources>();
  const record = sourceMetrics([registry]);
  collectDefaultMetrics({ register: registry });
  eventLoopUtilization([registry]);
  return {
    ...gatewayMetrics([registry]),
    /** Has the service asked at each reading, until the returned function is called. */
    watch(service: string, sources: ServiceSources): () => void {
      services.set(service, sources);
      return () => {
        if (services.get(service) === sources) services.delete(service);
      };
    },
    /** All metrics in Prometheus's text format. */
    async read(): Promise<{ contentType: string; text: string }> {
      record(await readSources(services));
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

let ofProcess: Metrics | undefined;

/** The metrics of this process, made at first use and shared by everything that runs in it. */
export function metrics(): Metrics {
  ofProcess ??= createMetrics();
  return ofProcess;
}

/** What `/metrics` answers for this process. */
export function processMetrics(): Promise<{ contentType: string; text: string }> {
  return metrics().read();
}
