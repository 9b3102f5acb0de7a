import { connect } from 'node:net';
import { httpTransport } from '@polity/kernel/graph/http-transport';
import { type ServeOptions, subgraphApp } from '@polity/kernel/graph/serve';
import { listen } from '@polity/kernel/http/listen';
import { memoryStore } from '@polity/kernel/kv/memory';
import { createLogger } from '@polity/kernel/log/logger';
import { metrics } from '@polity/kernel/metrics/metrics';
import { type RequestInfo, serviceViewer } from '@polity/kernel/request/context';
import { memoryNonces } from '@polity/kernel/request/nonces';
import type { FastifyInstance } from 'fastify';
import { httpApp } from '../src/http.ts';
import type { Answer, Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const QUERY = JSON.stringify({ query: '{ graphVersion }' });

let at: GatewayWorld;
let alice: Browser;
const kv = memoryStore();

beforeAll(async () => {
  at = await startGatewayWorld({ platform: { kv } });
  alice = await at.person('alice');
});
afterAll(() => at?.close());
beforeEach(() => {
  at.logs.length = 0;
});

interface Line {
  ms: number;
  msg: string;
  requestId: string;
  route: string;
  outcome: string;
  status: number;
}

const linesOf = (id: unknown) =>
  at.logs.map((line) => JSON.parse(line) as Line).filter((line) => line.requestId === id);

async function counted(route: string, outcome: string): Promise<number> {
  const { values } = await metrics().httpAnswers.get();
  return values.find(({ labels }) => labels.route === route && labels.outcome === outcome)?.value ?? 0;
}

/** The answer has one id in its header, in each of its errors and in one line of the log, and is counted once. */
async function expectTold(route: string, outcome: string, status: number, send: () => Promise<Answer>) {
  const before = await counted(route, outcome);
  const answer = await send();
  const id = answer.headers['x-request-id'];
  expect([answer.status, id]).toEqual([status, expect.stringMatching(/^[A-Za-z0-9-]{8,64}$/)]);
  for (const { extensions } of answer.errors) expect(extensions.requestId).toBe(id);
  const lines = () => linesOf(id).filter(({ msg }) => msg === 'answer' || msg === 'operation');
  // The line is written once the answer has left, and the client may be quicker.
  while (lines().length === 0) await new Promise(setImmediate);
  const told = lines();
  expect(told).toEqual([expect.objectContaining({ route, outcome, status })]);
  expect((await counted(route, outcome)) - before).toBe(1);
}

const post = (browser: Browser, headers = {}, body = QUERY) =>
  browser.send('POST', '/graphql', { ...JSON_TYPE, ...headers }, body);

describe('every answer is counted, and its id leads to its line in the log', () => {
  it.each<[string, string, string, number, () => Promise<Answer>]>([
    ['an operation', 'graphql', 'ok', 200, () => post(alice)],
    ['an operation that is refused', 'graphql', 'bad_request', 400, () => alice.ask('{ nope }')],
    ['an unknown token', 'graphql', 'unauthenticated', 401, () => post(alice, { authorization: 'Bearer nobody' })],
    ['another site', 'graphql', 'forbidden', 403, () => post(alice, { origin: 'https://evil.test' })],
    ['no preflight', 'graphql', 'bad_request', 400, () => alice.send('GET', '/graphql?query={graphVersion}')],
    ['a body that is no JSON', 'graphql', 'bad_request', 400, () => post(alice, {}, '{"query":')],
    ['a body of no query', 'graphql', 'bad_request', 400, () => post(alice, {}, '{}')],
    ['a body that is too large', 'graphql', 'too_large', 413, () => post(alice, {}, 'x'.repeat(1_100_000))],
    ['a path that is not there', 'none', 'not_found', 404, () => alice.send('GET', '/nothing/here')],
    ['an address that is none', 'none', 'unreadable', 400, () => alice.send('GET', '/%ff')],
    [
      'a form that is too large',
      'oidc',
      'too_large',
      413,
      () => alice.send('POST', '/oidc/authorize', FORM, 'a'.repeat(20_000)),
    ],
    ['a page', 'root', 'ok', 200, () => alice.send('GET', '/')],
    ['the OpenID provider', 'oidc', 'bad_request', 400, () => alice.send('GET', '/oidc/authorize')],
    ['its discovery', '.well-known', 'ok', 200, () => alice.send('GET', '/.well-known/openid-configuration')],
    ['AuthZEN', 'access', 'unauthenticated', 401, () => alice.send('POST', '/access/v1/evaluation', JSON_TYPE, '{}')],
    ['mailed links', 'account', 'ok', 200, () => alice.send('GET', '/account/activate')],
  ])('%s', (_name, route, outcome, status, send) => expectTold(route, outcome, status, send));

  it('a store that is away', async () => {
    const real = kv.getMany;
    const realGet = kv.get;
    const gone = () => memoryStoreThatIsAway();
    Object.assign(kv, { get: gone, getMany: gone });
    try {
      await expectTold('graphql', 'unavailable', 503, () => post(alice));
    } finally {
      Object.assign(kv, { get: realGet, getMany: real });
    }
  });

  it('what is no HTTP', async () => {
    const before = await counted('none', 'unreadable');
    const text = await new Promise<string>((resolve) => {
      let got = '';
      const socket = connect(at.port, '127.0.0.1', () => socket.write('NOT HTTP\r\n\r\n'));
      socket.on('data', (chunk) => (got += String(chunk)));
      socket.on('close', () => resolve(got));
    });
    const id = /x-request-id: (\S+)/.exec(text)?.[1];
    expect(text).toMatch(/^HTTP\/1.1 400 /);
    expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '').errors[0].extensions).toEqual({
      code: 'BAD_REQUEST',
      requestId: id,
    });
    expect(linesOf(id)).toEqual([expect.objectContaining({ outcome: 'unreadable', status: 400 })]);
    expect((await counted('none', 'unreadable')) - before).toBe(1);
  });

  it('a client that went away before the answer', async () => {
    const before = await counted('graphql', 'aborted');
    at.down.set('portal', 'hangs');
    const socket = connect(at.port, '127.0.0.1');
    const body = JSON.stringify({ query: '{ posts { edges { cursor } } }' });
    const given = at.givenUp.length;
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: localhost:4000\r\ncontent-type: application/json\r\nx-request-id: gone-away-1\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    while (at.world.clock && !at.logs.some((line) => line.includes('gone-away-1')) && at.givenUp.length === given) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.destroy();
    }
    at.down.clear();
    const told = linesOf('gone-away-1');
    expect(told).toEqual([expect.objectContaining({ route: 'graphql', outcome: 'aborted' })]);
    // It waited for a while above.
    expect(told[0]?.ms).toBeGreaterThan(0);
    expect((await counted('graphql', 'aborted')) - before).toBe(1);
  });
});

async function memoryStoreThatIsAway(): Promise<never> {
  const closed = memoryStore();
  await closed.close();
  await closed.ping();
  throw new Error('a closed store answered');
}

it('a route keeps the headers that it chose', async () => {
  const routes = async (app: FastifyInstance) => {
    app.get('/chosen', async (_request, reply) => reply.header('referrer-policy', 'same-origin').send('x'));
    app.get('/plain', async () => 'x');
  };
  const app = await httpApp({ ...at.gateway, ...at.gateway.settings, demoAccounts: false, routes });
  const policies = [await app.inject('/chosen'), await app.inject('/plain')].map(({ headers }) => [
    headers['referrer-policy'],
    headers['x-content-type-options'],
  ]);
  await app.close();
  expect(policies).toEqual([
    ['same-origin', 'nosniff'],
    ['no-referrer', 'nosniff'],
  ]);
});

describe('a subgraph that is a process of its own', () => {
  const masterSecret = Buffer.alloc(32, 7).toString('base64url');
  let app: FastifyInstance;
  let url: string;

  beforeAll(async () => {
    const subgraph = at.world.subgraph('portal');
    const log = createLogger({ service: 'portal', stream: { write: (line) => void at.logs.push(line) } });
    const receive = async () => {};
    app = await subgraphApp({
      subgraph,
      masterSecret,
      nonces: memoryNonces(),
      log,
      receive,
      routes: subgraph.routes,
    } satisfies ServeOptions);
    url = `http://127.0.0.1:${await listen(app, '127.0.0.1', 0)}`;
  });
  afterAll(() => app?.close());

  it('tells of its answers in the same way, under the id of the request that asked', async () => {
    const transport = httpTransport({ portal: url }, masterSecret);
    const info: RequestInfo = {
      ...{ requestId: 'asked-by-gateway-1', tenantId: at.world.tenantId, viewer: serviceViewer('gateway') },
      ...{ stamp: null, deadline: Date.now() + 5_000, onBehalfOf: null, address: null, device: null },
    };
    await transport.execute('portal', { query: '{ __typename }' }, info);
    await transport.close();
    const unsigned = await fetch(`${url}/graphql`, { method: 'POST', body: '{}' });
    const refused = unsigned.headers.get('x-request-id');
    while (linesOf(refused).length < 2 || linesOf(info.requestId).length === 0) await new Promise(setImmediate);
    expect(linesOf(info.requestId)).toEqual([expect.objectContaining({ route: 'graphql', outcome: 'ok' })]);
    expect(linesOf(refused)).toEqual([
      expect.objectContaining({ msg: expect.any(String), path: '/graphql' }),
      expect.objectContaining({ route: 'graphql', outcome: 'unauthenticated', status: 401 }),
    ]);
  });
});
