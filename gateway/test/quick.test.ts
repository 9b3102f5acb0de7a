import { listen } from '@polity/kernel/http/listen';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import { httpApp } from '../src/http.ts';
import type { QuickEntry } from '../src/quick.ts';
import { type Answer, openBrowser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const ALWAYS_APOLLO: QuickEntry = { plain: () => null, answer: async () => null, learn: () => undefined };
const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const JSON_TYPE = { 'content-type': 'application/json' };

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** By somebody who is signed in. */
  signedIn?: boolean;
  /** Answered without Apollo Server. */
  quick?: boolean;
}

const FEED = 'query Feed($first: Int) { posts(first: $first) { edges { node { id title author { displayName } } } } }';
const TWO = 'query A { tenant { slug } } query B { graphVersion }';
const get = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;

/** Requests of every kind; what is plain of them, and comes again, is answered quickly. */
const CORPUS: Record<string, Sent> = {
  'a query': { body: { query: '{ tenant { slug } }' }, quick: true },
  'a query of somebody': { body: { query: '{ me { id username } }' }, signedIn: true, quick: true },
  'a query with variables': { body: { query: FEED, variables: { first: 3 } }, signedIn: true, quick: true },
  'a named operation of two': { body: { query: TWO, operationName: 'B' }, quick: true },
  'nulls that mean nothing': {
    body: { query: '{ graphVersion }', operationName: null, variables: null, extensions: null },
    quick: true,
  },
  'nothing but a name': { body: { query: 'query Name { __typename }' }, quick: true },
  introspection: { body: { query: '{ __type(name: "User") { name kind } }' }, quick: true },
  'the newer type': {
    headers: { accept: 'application/graphql-response+json' },
    body: { query: '{ tenant { name } }' },
    quick: true,
  },
  'types by preference': {
    headers: { accept: 'application/graphql-response+json;q=0.5, application/json;q=0.9' },
    body: { query: '{ tenant { id } }' },
    quick: true,
  },
  'a type that there is not': { headers: { accept: 'text/csv' }, body: { query: '{ tenant { slug } }' } },
  'a denied field beside another': { body: { query: '{ tenant { slug } me { id } permissions { code } }' } },
  'another document with the same denied field': { body: { query: '{ graphVersion me { id } permissions { code } }' } },
  'a denied mutation': { body: { query: 'mutation { revokeOtherSessions }' } },
  'a mutation that fails': {
    body: { query: 'mutation ($id: ID!) { revokeSession(id: $id) { id } }', variables: { id: 'none' } },
    signedIn: true,
  },
  'a variable of the wrong type': { body: { query: FEED, variables: { first: 'three' } } },
  'the wrong type for whom only knows JSON': {
    headers: { accept: 'application/json' },
    body: { query: FEED, variables: { first: 'three' } },
  },
  'variables that are a list': { body: { query: FEED, variables: [3] } },
  'no such operation': { body: { query: TWO, operationName: 'C' } },
  'no operation named': { body: { query: TWO } },
  'an empty name': { body: { query: '{ graphVersion }', operationName: '' } },
  'too large a page': { body: { query: FEED, variables: { first: 100_000 } }, signedIn: true },
  'not valid': { body: { query: '{ nothing }' } },
  'not GraphQL': { body: { query: '{' } },
  'no query': { body: { query: '' } },
  'a batch': { body: [{ query: '{ graphVersion }' }] },
  'an extension': { body: { query: '{ graphVersion }', extensions: { a: 1 } } },
  'a persisted query': { body: { extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } } },
  'its cost, too': { headers: { 'x-polity-cost': '1' }, body: { query: '{ graphVersion }' } },
  GET: { method: 'GET', path: get('{ graphVersion }'), headers: { 'apollo-require-preflight': '1' } },
  'GET without a preflight': { method: 'GET', path: get('{ graphVersion }') },
  'an unknown tenant': { headers: { 'x-tenant': 'nobody' }, body: { query: '{ graphVersion }' } },
  'a token that nobody made': { headers: { authorization: 'Bearer made-up' }, body: { query: '{ graphVersion }' } },
  'a foreign page': { headers: { origin: 'https://evil.test' }, body: { query: '{ graphVersion }' }, signedIn: true },
};

let at: GatewayWorld;
let cookie: string | null;
const quickly: string[] = [];
const ports = { apollo: 0, quick: 0 };
const close: (() => Promise<unknown>)[] = [];

async function face(quick: QuickEntry): Promise<number> {
  const { gateway } = at;
  const app = await httpApp({ ...gateway, ...gateway.settings, quick, demoAccounts: false, routes: async () => {} });
  close.push(() => app.close());
  return listen(app, '127.0.0.1', 0);
}

beforeAll(async () => {
  at = await startGatewayWorld();
  ({ cookie } = await at.person('alice'));
  const { quick } = at.gateway;
  ports.apollo = await face(ALWAYS_APOLLO);
  ports.quick = await face({
    ...quick,
    async answer(plain, carrier, reply) {
      const text = await quick.answer(plain, carrier, reply);
      if (text !== null) quickly.push(carrier.operation.request.requestId);
      return text;
    },
  });
});
afterAll(async () => {
  for (const each of close) await each();
  await at?.close();
});

/** Counters by name, without those of times, and of how busy the machine was. */
async function counters(): Promise<Record<string, number>> {
  const { text } = await processMetrics();
  const lines = text
    .split('\n')
    .filter((line) => /^[a-z_]+_(total|count)[{ ]/.test(line) && !/^(nodejs|process|event_loop)_/.test(line));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

const points = ({ headers }: Answer) => Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1] ?? Number.NaN);

/** What can be known of an answer from outside: itself, its line in the log, what was counted, and what it took. */
async function observed(
  port: number,
  { method = 'POST', path = '/graphql', headers = {}, body, signedIn }: Sent,
  id: string,
) {
  const browser = openBrowser(port);
  browser.cookie = signedIn ? cookie : null;
  const left = points(await browser.ask('{ __typename }'));
  at.logs.length = 0;
  const before = await counters();
  const type: Record<string, string> = body === undefined ? {} : JSON_TYPE;
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await browser.send(
    method,
    path,
    { ...type, 'x-request-id': id, traceparent: TRACE, ...headers },
    text,
  );
  while (!at.logs.some((line) => line.includes('"ms"'))) await new Promise(setImmediate);
  const after = await counters();
  const { date: _date, ratelimit: _left, ...rest } = answer.headers;
  // How busy the machine was is no part of an answer.
  const told = at.logs.map((line) => JSON.parse(line)).filter(({ msg }) => msg !== 'a request held the event loop');
  const lines = told.map(({ ts: _ts, ms: _ms, ...line }) => line);
  const seen = {
    status: answer.status,
    text: answer.text,
    headers: Object.entries(rest),
    lines,
    counted: Object.entries(after).flatMap(([name, value]) =>
      value === (before[name] ?? 0) ? [] : [[name, value - (before[name] ?? 0)]],
    ),
  };
  return { seen, took: left - points(answer) };
}

describe('a request that comes again', () => {
  it.each(Object.entries(CORPUS))('is answered as Apollo Server does, to the byte: %s', async (name, sent) => {
    const id = `corpus-${Object.keys(CORPUS).indexOf(name)}-${'0'.repeat(8)}`;
    for (const port of [ports.apollo, ports.quick]) await observed(port, sent, id);
    quickly.length = 0;
    const [expected, actual] = [await observed(ports.apollo, sent, id), await observed(ports.quick, sent, id)];
    expect(actual.seen).toEqual(expected.seen);
    // A bucket is a moment in time, and the last digit of that is not exact.
    expect(Math.abs(actual.took - expected.took) || 0).toBeLessThanOrEqual(1);
    expect(quickly.filter((each) => each === id)).toEqual(sent.quick ? [id] : []);
  });

  it('runs once, also where Apollo Server tells of its errors', async () => {
    const sent = CORPUS['a denied field beside another'] as Sent;
    const {
      seen: { counted },
    } = await observed(ports.quick, sent, 'once-00000000');
    const operations = counted.filter(([name]) => String(name).startsWith('graphql_operations_total'));
    expect(operations.map(([, count]) => count)).toEqual([1]);
  });
});
