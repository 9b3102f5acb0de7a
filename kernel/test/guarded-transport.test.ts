import { Cancelled, SubgraphUnavailable } from '../src/graph/errors.ts';
import { guardedTransport } from '../src/graph/guarded-transport.ts';
import type { GraphReply, GraphRequest, Transport } from '../src/graph/transport.ts';
import { createLogger } from '../src/log/logger.ts';
import { processMetrics } from '../src/metrics/metrics.ts';
import { anonymous, type RequestInfo } from '../src/request/context.ts';

const log = createLogger({ service: 'test', level: 'silent' });
const query: GraphRequest = { query: '{ a }' };
const mutation: GraphRequest = { query: 'mutation { a }' };
const answer: GraphReply = { data: { a: 1 } };

let requests = 0;
const info = (more: Partial<RequestInfo> = {}): RequestInfo => ({
  requestId: `r-${++requests}`,
  tenantId: null,
  viewer: anonymous,
  stamp: null,
  deadline: Date.now() + 10_000,
  onBehalfOf: null,
  address: null,
  device: null,
  ...more,
});

/** A transport whose subgraphs behave as told: `hangs` until it is let go, `away` at once, else well. */
function setUp() {
  let ms = 0;
  const calls: string[] = [];
  const is = new Map<string, 'hangs' | 'away'>();
  const hanging: (() => void)[] = [];
  const inner: Transport = {
    execute(name) {
      calls.push(name);
      if (is.get(name) === 'away') return Promise.reject(new SubgraphUnavailable(name, new Error('ECONNREFUSED')));
      if (is.get(name) !== 'hangs') return Promise.resolve(answer);
      return new Promise((_, reject) => hanging.push(() => reject(new SubgraphUnavailable(name, new Error('late')))));
    },
    close: async () => {},
  };
  return {
    is,
    calls,
    transport: guardedTransport(inner, { log, now: () => ms }),
    advance: (by: number) => void (ms += by),
    /** Lets the patience of everyone who waits run out. */
    lateFor(by: number) {
      ms += by;
      for (const give of hanging.splice(0)) give();
    },
  };
}

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: Error) => error.name,
  );
const settle = () => new Promise((resolve) => setImmediate(resolve));

it('leaves a subgraph alone that has answered nothing for a second while many wait', async () => {
  const { is, calls, transport, advance, lateFor } = setUp();
  for (let n = 0; n < 100; n++) await transport.execute('portal', query, info());
  is.set('portal', 'hangs');
  const waiting = Array.from({ length: 10 }, () => outcome(transport.execute('portal', query, info())));
  await settle();
  advance(250);
  expect(transport.stuckCalls?.()).toBe(10);
  advance(750);
  const before = calls.length;
  expect(await outcome(transport.execute('portal', query, info()))).toBe('SubgraphUnavailable');
  expect(calls).toHaveLength(before);
  expect(await outcome(transport.execute('access', query, info()))).toBe('answered');
  lateFor(1_000);
  await Promise.all(waiting);
  expect(transport.stuckCalls?.()).toBe(0);
});

describe('a subgraph that hangs', () => {
  it('takes 64 calls at a time and no more, and nothing from the others', async () => {
    const { is, transport, calls, lateFor } = setUp();
    is.set('portal', 'hangs');
    const held = Array.from({ length: 400 }, () => outcome(transport.execute('portal', query, info())));
    await settle();
    expect(calls.filter((name) => name === 'portal')).toHaveLength(64);
    const others = Array.from({ length: 200 }, () => outcome(transport.execute('identity', query, info())));
    expect(new Set(await Promise.all(others))).toEqual(new Set(['answered']));
    // Places that become free go to those who wait, until the breaker knows what is up.
    for (let round = 0; round < 5; round++) {
      lateFor(2_000);
      await settle();
    }
    expect(new Set(await Promise.all(held))).toEqual(new Set(['SubgraphUnavailable']));
    expect(calls.filter((name) => name === 'portal').length).toBeLessThan(100);
  });

  it('is left alone once its calls failed, and called again after a try that was answered', async () => {
    const { is, transport, calls, lateFor, advance } = setUp();
    is.set('portal', 'hangs');
    const held = Array.from({ length: 40 }, () => outcome(transport.execute('portal', query, info())));
    await settle();
    lateFor(2_000);
    await Promise.all(held);
    calls.length = 0;
    expect(await outcome(transport.execute('portal', query, info()))).toBe('SubgraphUnavailable');
    expect(calls).toEqual([]);
    expect((await processMetrics()).text).toContain('gateway_breaker_state{subgraph="portal"} 2');
    is.delete('portal');
    advance(1_000);
    expect(await outcome(transport.execute('portal', query, info()))).toBe('answered');
    expect((await processMetrics()).text).toContain('gateway_breaker_state{subgraph="portal"} 0');
  });

  it('is waited for once in an operation', async () => {
    const { is, transport, calls, lateFor } = setUp();
    is.set('portal', 'hangs');
    const operation = info();
    const first = outcome(transport.execute('portal', query, operation));
    await settle();
    lateFor(2_000);
    await first;
    expect(await outcome(transport.execute('portal', query, { ...operation, stamp: 'newer' }))).toBe(
      'SubgraphUnavailable',
    );
    expect(await outcome(transport.execute('identity', query, operation))).toBe('answered');
    expect(calls).toEqual(['portal', 'identity']);
  });

  it('is nothing to work that nobody waits for, which bounds itself', async () => {
    const { is, transport, calls } = setUp();
    is.set('portal', 'away');
    for (let i = 0; i < 100; i++) await outcome(transport.execute('portal', query, info({ background: true })));
    expect(calls).toHaveLength(100);
  });
});

describe('a second try', () => {
  it('is made for a query that failed at once, and the client learns nothing of it', async () => {
    let calls = 0;
    const flaky: Transport = {
      async execute(name) {
        calls += 1;
        if (calls === 1) throw new SubgraphUnavailable(name);
        return answer;
      },
      close: async () => {},
    };
    expect(await guardedTransport(flaky, { log }).execute('portal', query, info())).toEqual(answer);
    expect(calls).toBe(2);
  });

  it('is never made for a mutation, nor for a fault of the subgraph itself', async () => {
    const { is, transport, calls } = setUp();
    is.set('portal', 'away');
    await outcome(transport.execute('portal', mutation, info()));
    expect(calls).toHaveLength(1);
    const broken: Transport = {
      async execute() {
        calls.push('broken');
        throw new TypeError('a fault');
      },
      close: async () => {},
    };
    await outcome(guardedTransport(broken, { log }).execute('portal', query, info()));
    expect(calls).toHaveLength(2);
  });

  it('is made for a tenth of the calls at most, so that it adds no storm to an outage', async () => {
    let calls = 0;
    // Half of the calls are answered, so that the breaker stays closed.
    const flaky: Transport = {
      async execute(name) {
        calls += 1;
        if (calls % 3 === 0) throw new SubgraphUnavailable(name);
        return answer;
      },
      close: async () => {},
    };
    const transport = guardedTransport(flaky, { log });
    for (let i = 0; i < 300; i++) await outcome(transport.execute('portal', query, info()));
    expect(calls - 300).toBeLessThanOrEqual(40);
    expect(calls - 300).toBeGreaterThanOrEqual(30);
  });
});

it('takes a call whose client has gone for no failure of the subgraph, and does not try it again', async () => {
  let calls = 0;
  let gone = true;
  const inner: Transport = {
    async execute() {
      calls += 1;
      if (gone) throw new Cancelled();
      return answer;
    },
    close: async () => {},
  };
  const transport = guardedTransport(inner, { log });
  for (let n = 0; n < 100; n++) expect(await outcome(transport.execute('portal', query, info()))).toBe('Cancelled');
  expect(calls).toBe(100);
  gone = false;
  expect(await transport.execute('portal', query, info())).toEqual(answer);
});
