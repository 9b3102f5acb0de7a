import { performance } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Readings, readSources, type ServiceSources } from './sources.ts';
import type { MetricValues } from './summed.ts';

const OPERATION_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const EVENT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600];
const JOB_SECONDS = [0.01, 0.1, 1, 10, 60, 600];
const SUBGRAPH_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];

function frontMetrics(registers: Registry[]) {
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    httpAnswers: counter('http_answers_total', 'Answers over HTTP, refusals included.', 'route', 'outcome'),
    shed: counter('gateway_shed_total', 'Requests refused because of load.', 'reason'),
    rateLimited: counter('rate_limited_total', 'Attempts refused by a rate limit.', 'bucket'),
    uploads: counter('uploads_total', 'Uploads that were sent.', 'kind', 'outcome'),
    uploadBytes: counter('upload_bytes_total', 'Bytes of uploads that arrived whole.', 'kind'),
    loopHeld: counter(
      'event_loop_held_total',
      'Times that one step of a request held the event loop longer than 200 ms.',
      'step',
    ),
    operationsUnpublished: counter(
      'graphql_operations_unpublished_total',
      'Operations that nobody published, of clients for which that is only watched.',
    ),
    operationsRefused: counter(
      'graphql_operations_refused_total',
      'Operations that were refused because nobody published them, or they came as text.',
      'level',
    ),
    subscriptionsOpen: new Gauge({
      name: 'graphql_subscriptions_open',
      help: 'Subscriptions that are open.',
      labelNames: ['transport'],
      registers,
    }),
    spansDropped: counter('trace_spans_dropped_total', 'Spans of traces that could not be told to the collector.'),
    rateUnshared: counter(
      'rate_limit_unshared_total',
      'Times that a gateway could not tell the others what was taken, and counted for itself.',
    ),
  };
}

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
    tenantGuardDenied: counter(
      'tenant_guard_denied_total',
      'Accesses to a foreign tenant that a guard stopped.',
      'wall',
    ),
  };
}

function eventMetrics(registers: Registry[]) {
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    eventsPublished: counter('events_published_total', 'Events handed to the bus.', 'service'),
    domainEvents: counter(
      'domain_events_total',
      'Events handed to the bus, by what happened; `other` is not in the catalogue.',
      'type',
    ),
    eventBreaches: counter(
      'event_breaches_total',
      'Events that were recorded otherwise than their subgraph says it publishes; a sample is looked at.',
      'service',
    ),
    eventsConsumed: counter('events_consumed_total', 'Deliveries of events.', 'consumer', 'outcome'),
    eventAge: new Histogram({
      name: 'event_delivery_seconds',
      help: 'Time from the recording of an event to its effect in a consumer.',
      buckets: EVENT_SECONDS,
      labelNames: ['consumer'],
      registers,
    }),
    inboxDuplicates: counter('inbox_duplicates_total', 'Deliveries of events that had acted before.', 'consumer'),
  };
}

/** Calls between services: whether they are made, and whether they are believed. */
function callMetrics(registers: Registry[]) {
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    breakerState: new Gauge({
      name: 'gateway_breaker_state',
      help: 'Whether a subgraph is called: 0 yes, 1 one call tries, 2 left alone because most calls failed.',
      aggregator: 'max',
      labelNames: ['subgraph'],
      registers,
    }),
    callsRefused: counter(
      'subgraph_calls_refused_total',
      'Calls to a subgraph that were not made: its bulkhead was full, its breaker open, or the operation had waited for it in vain.',
      'subgraph',
      'reason',
    ),
    subgraphRetries: counter(
      'subgraph_retries_total',
      'Queries to a subgraph that were sent a second time.',
      'subgraph',
    ),
    signaturesRefused: counter(
      'request_signatures_refused_total',
      'Requests to a subgraph refused for their signature.',
      'subgraph',
      'reason',
    ),
    clockSkew: new Gauge({
      name: 'request_clock_skew_seconds',
      help: 'Seconds by which the clock of the latest sender of a signed request was behind; beyond 30 it is refused.',
      aggregator: 'max',
      labelNames: ['subgraph'],
      registers,
    }),
    nonceOutages: counter(
      'nonce_store_outages_total',
      'Times that the shared store of nonces did not answer; each process went on with its own memory.',
      'subgraph',
    ),
  };
}

function jobMetrics(registers: Registry[]) {
  return {
    jobRuns: new Counter({
      name: 'job_runs_total',
      help: 'Runs of jobs that ended.',
      labelNames: ['service', 'job', 'outcome'],
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'job_duration_seconds',
      help: 'Time of one run of a job.',
      buckets: JOB_SECONDS,
      labelNames: ['service', 'job'],
      registers,
    }),
    housekeepingRemoved: new Counter({
      name: 'housekeeping_removed_total',
      help: 'Rows that were removed because they were older than they are kept.',
      labelNames: ['service', 'what'],
      registers,
    }),
  };
}

function jobStateMetrics(registers: Registry[]) {
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name, help, labelNames, registers });
  const failed = gauge('jobs_failed', 'Enqueued jobs that were given up and not retried.', 'service');
  const overdue = gauge('jobs_overdue_seconds', 'Time for which the oldest job that is due has waited.', 'service');
  const success = gauge(
    'job_last_success_timestamp_seconds',
    'When a job that runs by interval succeeded last, in any process, in seconds since 1970.',
    'service',
    'job',
  );
  return ({ jobs }: Readings) => {
    for (const each of [failed, overdue, success]) each.reset();
    for (const [service, states] of jobs) {
      failed.set({ service }, states.failed);
      overdue.set({ service }, states.overdueSeconds);
      for (const [job, at] of Object.entries(states.succeededAt)) success.set({ service, job }, at);
    }
  };
}

function sourceMetrics(registers: Registry[]) {
  const gauge = <L extends string>(name: string, help: string, labelName: L, aggregator: 'max' | 'sum' = 'max') =>
    new Gauge({ name, help, labelNames: [labelName], registers, aggregator });
  const outboxPending = gauge('outbox_pending', 'Events committed but not yet published.', 'service');
  const outboxOldest = gauge(
    'outbox_oldest_unpublished_seconds',
    'Age of the oldest unpublished event; 0 where there is none.',
    'service',
  );
  const consumerPending = gauge(
    'event_consumer_pending',
    'Events on NATS that a consumer has still to settle; without NATS they wait in outboxes.',
    'consumer',
  );
  const deadLetters = gauge('dead_letters', 'Events given up by a consumer and not redriven.', 'consumer');
  const poolInUse = gauge('pg_pool_in_use', 'Database connections in use.', 'service', 'sum');
  const poolWaiting = gauge('pg_pool_waiting', 'Requests that wait for a database connection.', 'service', 'sum');
  return ({ pools, outboxes, deadLetters: letters, pendingEvents }: Readings) => {
    for (const each of [outboxPending, outboxOldest, consumerPending, deadLetters, poolInUse, poolWaiting])
      each.reset();
    for (const [service, { pending, oldestSeconds }] of outboxes) {
      outboxPending.set({ service }, pending);
      outboxOldest.set({ service }, oldestSeconds);
    }
    for (const [consumer, count] of pendingEvents) consumerPending.set({ consumer }, count);
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
    aggregator: 'average',
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
  const records = [sourceMetrics([registry]), jobStateMetrics([registry])];
  collectDefaultMetrics({ register: registry });
  // Gauges by the names of counters, which promtool refuses; the same numbers are there by type, without `_total`.
  for (const what of ['handles', 'requests', 'resources']) registry.removeSingleMetric(`nodejs_active_${what}_total`);
  eventLoopUtilization([registry]);
  const readAll = async () => {
    const readings = await readSources(services);
    for (const record of records) record(readings);
  };
  return {
    ...frontMetrics([registry]),
    ...gatewayMetrics([registry]),
    ...eventMetrics([registry]),
    ...callMetrics([registry]),
    ...jobMetrics([registry]),
    /** Has the service asked at each reading, until the returned function is called. */
    watch(service: string, sources: ServiceSources): () => void {
      services.set(service, sources);
      return () => {
        if (services.get(service) === sources) services.delete(service);
      };
    },
    /** All metrics in Prometheus's text format. */
    async read(): Promise<{ contentType: string; text: string }> {
      await readAll();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    /** The same as values. */
    async values(): Promise<MetricValues> {
      await readAll();
      return registry.getMetricsAsJSON();
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
