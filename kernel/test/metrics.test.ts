import { createMetrics, metrics, processMetrics } from '../src/metrics/metrics.ts';

const REQUIRED = [
  'graphql_operations_total',
  'graphql_operation_duration_seconds',
  'gateway_subgraph_requests_total',
  'gateway_subgraph_duration_seconds',
  'gateway_shed_total',
  'rate_limited_total',
  'outbox_oldest_unpublished_seconds',
  'outbox_pending',
  'events_published_total',
  'domain_events_total',
  'events_consumed_total',
  'inbox_duplicates_total',
  'dead_letters',
  'pg_pool_in_use',
  'pg_pool_waiting',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_eventloop_utilization',
  'tenant_guard_denied_total',
];

const linesOf = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(name));

describe('the metrics of a process', () => {
  it('name everything that alerts and dashboards ask for, before anything happened', async () => {
    const { text, contentType } = await createMetrics().read();
    expect(contentType).toMatch(/^text\/plain/);
    expect(REQUIRED.filter((name) => !text.includes(`# TYPE ${name} `))).toEqual([]);
  });

  it('are shared: two services in one process register nothing twice', async () => {
    metrics().subgraphRequests.inc({ subgraph: 'portal', outcome: 'ok' });
    metrics().subgraphRequests.inc({ subgraph: 'access', outcome: 'ok' });
    expect(metrics()).toBe(metrics());
    expect(linesOf((await processMetrics()).text, 'gateway_subgraph_requests_total')).toEqual([
      'gateway_subgraph_requests_total{subgraph="portal",outcome="ok"} 1',
      'gateway_subgraph_requests_total{subgraph="access",outcome="ok"} 1',
    ]);
  });

  it('follow Prometheus naming: snake case, base units, _total for counters only', async () => {
    const { text } = await createMetrics().read();
    const types = text
      .split('\n')
      .filter((line) => line.startsWith('# TYPE '))
      .map((line) => line.split(' ').slice(2) as [string, string]);
    expect(
      types.filter(([name]) => !/^[a-z][a-z0-9_]*$/.test(name) || /_(ms|millis|milliseconds)$/.test(name)),
    ).toEqual([]);
    expect(
      types.filter(
        ([name, type]) =>
          (type === 'counter') !== name.endsWith('_total') &&
          !name.startsWith('nodejs_') &&
          !name.startsWith('process_'),
      ),
    ).toEqual([]);
  });
});

describe('watched services', () => {
  it('are asked at each reading', async () => {
    const own = createMetrics();
    let pending = 3;
    own.watch('portal', {
      pool: () => ({ inUse: 2, waiting: 1 }),
      outbox: async () => ({ pending, oldestSeconds: 1.5 }),
      deadLetters: async () => ({ 'portal.greet': 4 }),
      pendingEvents: async () => ({ 'portal.greet': 12 }),
    });
    own.watch('access', { pool: () => ({ inUse: 0, waiting: 0 }) });
    pending = 7;
    const { text } = await own.read();
    expect(
      [
        'outbox_pending',
        'outbox_oldest_unpublished_seconds',
        'dead_letters',
        'event_consumer_pending',
        'pg_pool_in_use',
        'pg_pool_waiting',
      ].flatMap((name) => linesOf(text, name)),
    ).toEqual([
      'outbox_pending{service="portal"} 7',
      'outbox_oldest_unpublished_seconds{service="portal"} 1.5',
      'dead_letters{consumer="portal.greet"} 4',
      'event_consumer_pending{consumer="portal.greet"} 12',
      'pg_pool_in_use{service="portal"} 2',
      'pg_pool_in_use{service="access"} 0',
      'pg_pool_waiting{service="portal"} 1',
      'pg_pool_waiting{service="access"} 0',
    ]);
  });

  it('that cannot answer are left out and take nothing with them', async () => {
    const own = createMetrics();
    let away = false;
    own.watch('portal', {
      pool: () => ({ inUse: 2, waiting: 0 }),
      outbox: () => (away ? Promise.reject(new Error('away')) : Promise.resolve({ pending: 1, oldestSeconds: 1 })),
    });
    expect(linesOf((await own.read()).text, 'outbox_pending')).toHaveLength(1);
    away = true;
    const { text } = await own.read();
    expect(linesOf(text, 'outbox_pending')).toEqual([]);
    expect(linesOf(text, 'pg_pool_in_use')).toEqual(['pg_pool_in_use{service="portal"} 2']);
  });

  it('are forgotten when they stop, unless another took the name', async () => {
    const own = createMetrics();
    const stopFirst = own.watch('portal', { pool: () => ({ inUse: 1, waiting: 0 }) });
    const stopSecond = own.watch('portal', { pool: () => ({ inUse: 2, waiting: 0 }) });
    stopFirst();
    expect(linesOf((await own.read()).text, 'pg_pool_in_use')).toEqual(['pg_pool_in_use{service="portal"} 2']);
    stopSecond();
    expect(linesOf((await own.read()).text, 'pg_pool_in_use')).toEqual([]);
  });
});
