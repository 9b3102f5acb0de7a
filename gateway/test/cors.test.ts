import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const APP = 'https://app.example.org';
const JSON_TYPE = { 'content-type': 'application/json' };
const ME = '{ me { email } }';

let at: GatewayWorld;
let alice: Browser;

beforeAll(async () => {
  at = await startGatewayWorld({
    platform: {
      env: {
        ALLOWED_ORIGINS: `${APP},http://localhost:3000`,
        MAX_COST: '3000',
        RATE_LIMIT: '3000',
      },
    },
  });
  alice = await at.person('alice');
});
afterAll(() => at?.close());

const preflight = (origin: string) =>
  at.browser().send('OPTIONS', '/graphql', {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-tenant',
  });

describe('a page of a listed origin', () => {
  it('may ask and read, with the cookie', async () => {
    const { status, headers } = await preflight(APP);
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringMatching(/authorization, content-type, dpop, x-tenant/),
      'access-control-max-age': '7200',
      vary: 'Origin',
    });
    for (const site of ['same-site', 'cross-site']) {
      const answer = await alice.ask(ME, {}, { origin: APP, 'sec-fetch-site': site });
      expect(answer.data).toEqual({ me: { email: 'alice@demo.test' } });
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': APP,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': expect.stringMatching(/x-request-id, retry-after/),
        vary: 'Origin',
      });
    }
  });

  it('may use a token, and reads what is wrong with it', async () => {
    const answer = await at.browser().ask(ME, {}, { origin: APP, authorization: 'Bearer nonsense' });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([401, APP]);
  });

  it('reads refusals of what never became an operation', async () => {
    const origin = 'http://localhost:3000';
    const tooLong = `{"query":"${'a'.repeat(1_100_000)}"}`;
    const answers = [
      await at.browser().send('POST', '/graphql', { ...JSON_TYPE, origin }, '{"query":'),
      await at.browser().send('POST', '/graphql', { ...JSON_TYPE, origin }, tooLong),
    ];
    expect(answers.map(({ status, headers }) => [status, headers['access-control-allow-origin']])).toEqual([
      [400, origin],
      [413, origin],
    ]);
  });
});

describe('a page of any other origin', () => {
  it.each([
    'https://evil.test',
    'null',
    'http://app.example.org',
    'https://app.example.org:8443',
    'https://app.example.org.evil.test',
    'https://APP.example.org',
  ])('gets no permission and no answer with a cookie: %s', async (origin) => {
    const asked = await preflight(origin);
    expect(asked.status).toBe(204);
    const answer = await alice.ask(ME, {}, { origin });
    expect([answer.status, answer.codes]).toEqual([403, ['FORBIDDEN']]);
    for (const { headers } of [asked, answer]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(headers.vary).toBe('Origin');
    }
  });

  it('still cannot hide behind a missing origin', async () => {
    expect((await alice.ask(ME, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await alice.ask(ME)).status).toBe(200);
  });
});

// The last one, because it takes what strangers may ask in a minute.
it('lets a page of a listed origin read that it asks too much', async () => {
  let answer = await at.browser().ask('{ __typename }', {}, { origin: APP });
  while (answer.status === 200) answer = await at.browser().ask('{ __typename }', {}, { origin: APP });
  expect([answer.status, answer.codes]).toEqual([429, ['RATE_LIMITED']]);
  expect(answer.headers).toMatchObject({ 'access-control-allow-origin': APP, 'retry-after': expect.any(String) });
});
