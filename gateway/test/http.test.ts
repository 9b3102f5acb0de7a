import { processMetrics } from '@polity/kernel/metrics/metrics';
import { serverAudits } from 'graphql-http';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let at: GatewayWorld;
let browser: Browser;

beforeAll(async () => {
  at = await startGatewayWorld({ http: { maxInFlight: 8 } });
  browser = at.browser();
});
afterAll(() => at?.close());

describe('GraphQL over HTTP', () => {
  // The audits are listed before the server stands, so the address is asked for when each of them runs.
  const audits = serverAudits({ url: () => `http://127.0.0.1:${at.port}/graphql` });

  it.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    const result = await audit.fn();
    expect('reason' in result ? `${result.status}: ${result.reason}` : result.status).toBe('ok');
  });

  it('takes queries by GET and refuses mutations there with 405', async () => {
    const get = (query: string) => browser.send('GET', `/graphql?query=${encodeURIComponent(query)}`);
    expect((await get('{ tenant { slug } }')).data).toEqual({ tenant: { slug: 'demo' } });
    const refused = await get('mutation { signOut }');
    expect([refused.status, refused.headers.allow]).toEqual([405, 'POST']);
  });

  it('answers everything else in the same form, with a code and nothing from inside', async () => {
    const answers = [
      await browser.send('GET', '/nothing/here'),
      await browser.send('POST', '/graphql', JSON_TYPE, '{"query":'),
      await browser.send('POST', '/graphql', { 'content-type': 'text/xml' }, '<query/>'),
      await browser.send('POST', '/graphql', JSON_TYPE, `{"query":"${'a'.repeat(1_100_000)}"}`),
      await browser.send('DELETE', '/graphql'),
      await browser.send('PUT', '/graphql', JSON_TYPE, '{}'),
      await browser.send('POST', '/graphql', { 'content-type': 'application/json; charset=iso-8859-1' }, '{}'),
    ];
    expect(answers.map(({ status, codes }) => [status, codes])).toEqual([
      [404, ['NOT_FOUND']],
      [400, ['BAD_REQUEST']],
      [415, ['BAD_REQUEST']],
      [413, ['BAD_REQUEST']],
      [405, ['BAD_REQUEST']],
      [405, ['BAD_REQUEST']],
      [415, ['BAD_REQUEST']],
    ]);
    expect(answers.map(({ headers }) => headers['x-request-id'])).toEqual(
      answers.map(() => expect.stringMatching(UUID)),
    );
    expect(answers[4]!.headers.allow).toBe('GET, POST');
  });

  it.each([
    ['application/json', 200, 'application/json'],
    ['application/json;q=0.5, application/graphql-response+json', 400, 'application/graphql-response+json'],
    ['application/graphql-response+json;q=0.1, application/json', 200, 'application/json'],
    ['text/html, application/json; charset=utf-8', 200, 'application/json'],
    ['*/*', 400, 'application/json'],
  ])('says of a document that does not fit what readers of %s understand', async (accept, status, type) => {
    const answer = await browser.send('POST', '/graphql', { ...JSON_TYPE, accept }, '{"query":"{ nope }"}');
    expect([answer.status, String(answer.headers['content-type']).split(';')[0]]).toEqual([status, type]);
  });

  it('packs long answers for whoever takes them so, and unpacks nothing', async () => {
    const introspection = JSON.stringify({ query: '{ __schema { types { name description } } }' });
    const ask = (headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${at.port}/graphql`, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...headers },
        body: introspection,
      });
    const answers = await Promise.all(['br', 'gzip', 'identity'].map((name) => ask({ 'accept-encoding': name })));
    expect(answers.map(({ headers }) => headers.get('content-encoding'))).toEqual(['br', 'gzip', null]);
    expect(answers.slice(0, 2).map(({ headers }) => headers.get('vary'))).toEqual([
      'accept-encoding',
      'accept-encoding',
    ]);
    const [br, gzip, plain] = await Promise.all(answers.map((answer) => answer.text()));
    expect([br, gzip]).toEqual([plain, plain]);
    const short = await browser.send(
      'POST',
      '/graphql',
      { ...JSON_TYPE, 'accept-encoding': 'gzip' },
      '{"query":"{ __typename }"}',
    );
    expect(short.headers['content-encoding']).toBeUndefined();
    const bomb = await browser.send('POST', '/graphql', { ...JSON_TYPE, 'content-encoding': 'gzip' }, '{}');
    expect(bomb.status).toBe(415);
  });

  it('answers a subscription with 400, not with an error of ours', async () => {
    const { status, codes } = await at.browser().ask('subscription { posts { id } }');
    expect([status, codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
  });

  it('answers a document of too many tokens with 400', async () => {
    const { status, codes } = await browser.ask(`{ ${'n '.repeat(6_000)} }`);
    expect([status, codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
  });
});

describe('text that no part of Polity can keep', () => {
  const ask = (query: string, variables: string) =>
    at
      .browser()
      .send(
        'POST',
        '/graphql',
        { 'content-type': 'application/json' },
        `{"query":"${query}","variables":${variables}}`,
      );

  it.each(['\\u0000', '\\ud800'])('is refused wherever it stands in variables: %s', async (text) => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const deep = nested(30);
    const finish = 'mutation ($r: JSON!) { finishPasskeySignIn(challenge: \\"x\\", response: $r) { __typename } }';
    for (const { status, codes } of [
      await ask('query ($slug: String!) { community(slug: $slug) { id } }', `{"slug":"a${text}"}`),
      await ask(finish, `{"r":[{"a ${text}":1},${deep}]}`),
      await ask(finish, `{"r":[${deep},{"a":"${text}"}]}`),
      await ask(finish, `{"r":[${nested(20_000)}]}`),
    ])
      expect([status, codes]).toEqual([400, ['VALIDATION_ERROR']]);
    expect((await ask(finish, `{"r":[${deep}]}`)).codes).toEqual(['PASSKEY_INVALID']);
  });
});

describe('errors', () => {
  it('carry the request id of the answer, and the one that the client chose where it may', async () => {
    const { headers, errors } = await browser.ask('{ users { edges { cursor } } }');
    expect(headers['x-request-id']).toMatch(UUID);
    expect(errors[0].extensions.requestId).toBe(headers['x-request-id']);
    const chosen = await browser.ask('{ graphVersion }', {}, { 'x-request-id': 'my-request-0001' });
    expect(chosen.headers['x-request-id']).toBe('my-request-0001');
    const forged = await browser.ask('{ graphVersion }', {}, { 'x-request-id': 'a b {"level":"fatal"}' });
    expect(forged.headers['x-request-id']).toMatch(UUID);
  });

  it('keep host names, addresses and stacks to themselves', async () => {
    at.down.set('portal', 'breaks');
    const { text, codes } = await browser.ask('{ posts { edges { node { title } } } }');
    at.down.clear();
    expect(codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(text).not.toMatch(/secret-host|10\.1\.2\.3|ECONNREFUSED|stack|node_modules/);
  });

  it('are never cached', async () => {
    expect((await browser.ask('{ nope }')).headers['cache-control']).toBe('private, no-store');
  });

  it('are told to the log once per operation, without names, addresses or variables', async () => {
    at.logs.length = 0;
    await at.browser().signIn('alice@demo.test', 'a wrong password it is');
    const lines = at.logs.filter((line) => line.includes('"operation"'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      operation: 'mutation',
      codes: ['INVALID_CREDENTIALS'],
      fetches: { identity: 1 },
    });
    expect(lines[0]).not.toMatch(/alice|wrong password/);
  });
});

describe('metrics', () => {
  it('count operations by outcome, fetches by subgraph, and what was shed', async () => {
    at.down.set('portal', 'away');
    await browser.ask('{ graphVersion posts { edges { cursor } } }');
    at.down.clear();
    await browser.ask('{ tenant { slug } }');
    const { text } = await processMetrics();
    expect(text).toMatch(/graphql_operations_total\{type="query",operation_hash="other",outcome="partial"\} [1-9]/);
    expect(text).toMatch(/gateway_subgraph_requests_total\{subgraph="portal",outcome="unavailable"\} [1-9]/);
    expect(text).toMatch(/gateway_subgraph_requests_total\{subgraph="identity",outcome="answered"\} [1-9]/);
    expect(text).toMatch(/graphql_operation_duration_seconds_count\{type="query"\} [1-9]/);
  });
});

describe('requests of other sites', () => {
  const body = JSON.stringify({ query: 'mutation { signOut }' });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin', { origin: 'https://evil.test' }],
    ['a sibling host', { origin: 'http://acme.localhost:4000' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port of the same host', { origin: 'http://localhost:9999' }],
    ['the same host over another scheme', { origin: 'https://localhost:4000' }],
  ])('are refused with a cookie when they come from %s', async (_where, headers) => {
    const victim = await at.person('alice');
    const { status, codes } = await victim.send(
      'POST',
      '/graphql',
      { ...JSON_TYPE, ...headers } as Record<string, string>,
      body,
    );
    expect([status, codes]).toEqual([403, ['FORBIDDEN']]);
    expect(await victim.get('{ me { email } }')).not.toBeNull();
  });

  it('are refused when a form could have sent them, cookie or not', async () => {
    const plain = await browser.send('POST', '/graphql', { 'content-type': 'text/plain' }, body);
    expect([plain.status, plain.codes]).toEqual([400, ['BAD_REQUEST']]);
    const form = await browser.send(
      'POST',
      '/graphql',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'query=%7Bme%7Bid%7D%7D',
    );
    expect(form.status).toBe(415);
    const cookie = 'polity=whoever';
    expect((await browser.send('GET', '/graphql?query=%7BgraphVersion%7D', { cookie })).status).toBe(400);
  });

  it('pass from our own pages and from programs', async () => {
    const victim = await at.person('alice');
    const own = { ...JSON_TYPE, origin: 'http://localhost:4000', 'sec-fetch-site': 'same-origin' };
    expect((await victim.send('POST', '/graphql', own, body)).data).toEqual({ signOut: true });
  });

  it.each([
    ['a page of our own', { 'sec-fetch-site': 'same-origin' }, 200],
    ['a program with a token', { authorization: 'Bearer unknown' }, 401],
    ['whoever has no cookie', {}, 200],
    ['a page of a sibling host', { 'sec-fetch-site': 'same-site', cookie: 'other=1' }, 400],
    ['a link or a new tab', { 'sec-fetch-site': 'none', cookie: 'other=1' }, 400],
  ])(
    'queries by GET, which some clients prefer, are judged by what only %s can send',
    async (_who, headers, status) => {
      const sent = { ...headers, accept: 'application/graphql-response+json, application/json' };
      const answer = await browser.send('GET', '/graphql?query=%7Btenant%7Bslug%7D%7D', sent as Record<string, string>);
      expect(answer.status).toBe(status);
    },
  );

  it('get no permission by CORS', async () => {
    const preflight = await browser.send('OPTIONS', '/graphql', {
      origin: 'https://evil.test',
      'access-control-request-method': 'POST',
    });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });
});

// The payloads of graphql-cop (https://github.com/dolevf/graphql-cop); the ones about introspection, GET queries and a GraphiQL page
// find what this graph offers on purpose.
describe('graphql-cop', () => {
  it.each([
    ['alias overloading', `query cop { ${Array.from({ length: 101 }, (_, i) => `alias${i}: __typename`).join(' ')} }`],
    ['directive overloading', 'query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }'],
    ['field duplication', `query cop { ${'__typename '.repeat(500)} }`],
    [
      'circular introspection',
      'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
    ],
    ['unhandled errors', 'qwerty cop { abc }'],
    ['field suggestions', 'query cop { __schema { directive } }'],
  ])('finds nothing by %s', async (_name, query) => {
    const { status, text, data } = await browser.ask(query);
    expect([status, data]).toEqual([400, undefined]);
    expect(text).not.toMatch(/did you mean|exception|stacktrace/i);
  });

  it('finds no batching, tracing, GET mutation, form post or alternative page', async () => {
    const batch = Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }));
    expect((await browser.send('POST', '/graphql', JSON_TYPE, JSON.stringify(batch))).status).toBe(400);
    const traced = await browser.ask(
      'query cop { __typename }',
      {},
      { 'x-apollo-tracing': '1', 'apollo-federation-include-trace': 'ftv1' },
    );
    expect(traced.text.trim()).toBe('{"data":{"__typename":"Query"}}');
    expect((await browser.send('GET', '/graphql?query=mutation%20cop%20%7B__typename%7D', JSON_TYPE)).status).toBe(405);
    expect(
      (
        await browser.send(
          'POST',
          '/graphql',
          { 'content-type': 'application/x-www-form-urlencoded' },
          'query=query+cop',
        )
      ).status,
    ).toBe(415);
    for (const path of ['/graphiql', '/playground', '/console', '/v1/graphql', '/altair'])
      expect((await browser.send('GET', path)).status).toBe(404);
  });

  it('runs at most a handful of sign-ins in one request', async () => {
    const tries = Array.from(
      { length: 100 },
      (_, i) => `a${i}: signIn(input: { email: "alice@demo.test", password: "guess number ${i}" }) { __typename }`,
    );
    const { status, data } = await browser.ask(`mutation { ${tries.join(' ')} }`);
    expect([status, data]).toEqual([400, undefined]);
  });
});

describe('overload', () => {
  it('is answered with OVERLOADED and a time to come again, and ends with the load', async () => {
    at.down.set('portal', 'hangs');
    const people = await Promise.all((['root', 'admin', 'alice', 'bob'] as const).map((name) => at.person(name)));
    const slow = people.flatMap((person) => [1, 2].map(() => person.ask('{ posts { edges { cursor } } }')));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const shed = await browser.ask('{ graphVersion }');
    expect([shed.status, shed.codes, shed.headers['retry-after']]).toEqual([503, ['OVERLOADED'], '1']);
    expect((await processMetrics()).text).toMatch(/gateway_shed_total\{reason="load"\} 1/);
    expect((await Promise.all(slow)).flatMap(({ codes }) => codes)).toEqual(Array(8).fill('SUBGRAPH_UNAVAILABLE'));
    at.down.clear();
    expect(await browser.get('{ graphVersion }')).toMatch(/^[0-9a-f]{12}$/);
  });

  it('by one viewer takes places from nobody else', async () => {
    at.down.set('portal', 'hangs');
    const [alice, bob] = [await at.person('alice'), await at.person('bob')];
    await alice.get('{ graphVersion }');
    const flood = Array.from({ length: 60 }, () => alice.ask('{ posts { edges { cursor } } }'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await bob.get('{ graphVersion }')).toMatch(/^[0-9a-f]{12}$/);
    const answers = await Promise.all(flood);
    at.down.clear();
    const codes = answers.map(({ status, codes: [code] }) => `${status} ${code}`);
    expect(new Set(codes)).toEqual(new Set(['200 SUBGRAPH_UNAVAILABLE', '429 RATE_LIMITED']));
    // Four run at once and 32 wait; each of the four takes two seconds, and nobody waits for more than five.
    expect(codes.filter((code) => code.startsWith('429')).length).toBeGreaterThanOrEqual(60 - 4 - 32);
  });
});
