import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@polity/kernel/log/logger';
import { startTracing } from '@polity/kernel/tracing/tracing';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const CALLER = 'b7ad6b7169203331';
let traces = 0;
/** The header of a trace of its own. */
function aTrace(flags = '01') {
  const trace = (++traces).toString(16).padStart(32, 'a');
  return { trace, header: { traceparent: `00-${trace}-${CALLER}-${flags}` } };
}

interface Span {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code?: number };
}

/** What arrived at the collector, and its text. */
const spans: Span[] = [];
let received = '';

function take(body: string): void {
  received += body;
  for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
    const service = resource.attributes.find(({ key }: { key: string }) => key === 'service.name').value.stringValue;
    for (const each of scopeSpans.flatMap((scope: { spans: Span[] }) => scope.spans)) spans.push({ ...each, service });
  }
}

const collector: Server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    if (request.url === '/v1/traces') take(body);
    response.end('{}');
  });
});

let at: GatewayWorld;
let alice: Browser;
let tracing: ReturnType<typeof startTracing>;
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;
  tracing = startTracing(endpoint, createLogger({ service: 'test', level: 'silent' }));
  at = await startGatewayWorld();
  alice = await at.person('alice');
});
afterAll(async () => {
  await at?.close();
  await tracing?.close();
  collector.close();
});

async function spansOf(trace: string): Promise<Span[]> {
  await tracing.flush();
  return spans.filter(({ traceId }) => traceId === trace);
}

const POSTS = 'query Posts($first: Int) { posts(first: $first) { edges { node { title author { displayName } } } } }';

it('an operation is followed from its caller through the gateway and each subgraph to the database', async () => {
  const { trace, header } = aTrace();
  await alice.ask(POSTS, { first: 7 }, header);
  const all = await spansOf(trace);
  const childrenOf = ({ spanId }: Span) => all.filter(({ parentSpanId }) => parentSpanId === spanId);
  const [operation, ...others] = all.filter(({ parentSpanId }) => parentSpanId === CALLER);
  expect([operation?.service, operation?.name, operation?.kind, others]).toEqual(['gateway', 'query', 2, []]);
  const fetches = childrenOf(operation as Span);
  expect(fetches.map(({ name }) => name)).toEqual(expect.arrayContaining(['fetch portal', 'fetch identity']));
  for (const name of ['portal', 'identity']) {
    const fetch = fetches.find((each) => each.name === `fetch ${name}`) as Span;
    const [answer] = childrenOf(fetch);
    expect([answer?.service, answer?.kind]).toEqual([name, 2]);
    const statements = childrenOf(answer as Span);
    expect(statements.map((each) => each.name)).toContain('SELECT');
  }
  for (const { startTimeUnixNano: start, endTimeUnixNano: end } of all)
    expect(BigInt(end)).toBeGreaterThanOrEqual(BigInt(start));
});

it('what failed says so', async () => {
  const { trace, header } = aTrace();
  await alice.ask('mutation ($id: ID!) { deletePost(id: $id) { id } }', { id: trace.slice(0, 8) }, header);
  expect((await spansOf(trace)).filter(({ status }) => status.code === 2).length).toBeGreaterThan(0);
});

it('nothing is told of a trace that its caller does not sample; one that begins here is told', async () => {
  const { trace, header } = aTrace('00');
  await alice.ask(POSTS, {}, header);
  expect(await spansOf(trace)).toEqual([]);
  const before = spans.length;
  await alice.ask(POSTS);
  await tracing.flush();
  const begun = spans.slice(before).find(({ service, name }) => service === 'gateway' && name === 'query');
  expect(begun?.parentSpanId).toBeUndefined();
});

it('no span says what people sent', async () => {
  const secret = 'a-secret-that-nobody-else-writes';
  const { header } = aTrace();
  await alice.ask(`query ${'N'.repeat(20)} { community(slug: "${secret}") { id } }`, {}, header);
  await alice.ask('query ($slug: String!) { community(slug: $slug) { id } }', { slug: secret }, header);
  await tracing.flush();
  expect(received.length).toBeGreaterThan(0);
  expect(received).not.toContain(secret);
});
