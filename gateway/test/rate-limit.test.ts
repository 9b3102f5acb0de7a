import { manualClock } from '@polity/kernel/clock';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import { actingMethod } from '@polity/kernel/request/acting';
import { anonymous, type RequestInfo, type Viewer } from '@polity/kernel/request/context';
import { payerOf, rateLimit } from '../src/rate-limit.ts';
import type { Answer, Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

describe('a bucket of points', () => {
  it('is emptied by takes, fills evenly, and never holds more than a minute gives', () => {
    const clock = manualClock();
    const { take } = rateLimit({ perMinute: 600, burst: 600 }, clock);
    const allowance = { perMinute: 600, burst: 600 };
    expect(take('a', 100)).toEqual({ ...allowance, left: 500, secondsToFull: 10, retryAfter: null });
    expect(take('a', 500)).toMatchObject({ left: 0, secondsToFull: 60, retryAfter: null });
    expect(take('a', 1)).toMatchObject({ left: 0, retryAfter: 1 });
    expect(take('a', 600)).toMatchObject({ left: 0, retryAfter: 60 });
    clock.advance(10_000);
    expect(take('a', 100)).toMatchObject({ left: 0, retryAfter: null });
    clock.advance(3_600_000);
    expect(take('a', 0)).toMatchObject({ left: 600, secondsToFull: 0 });
  });

  it('holds no more than a burst, however fast it fills', () => {
    const clock = manualClock();
    const { take } = rateLimit({ perMinute: 6_000, burst: 300 }, clock);
    expect(take('a', 301)).toMatchObject({ left: 300, retryAfter: 1 });
    expect(take('a', 300)).toMatchObject({ left: 0, secondsToFull: 3, retryAfter: null });
    clock.advance(1_000);
    expect(take('a', 100)).toMatchObject({ left: 0, retryAfter: null });
  });

  it('is charged for what was used elsewhere, and never falls more than a bucket behind', () => {
    const clock = manualClock();
    const { take, charge, taken } = rateLimit({ perMinute: 600, burst: 100 }, clock);
    take('unheard', 1);
    expect([...taken()]).toEqual([]);
    take('a', 30);
    charge('a', 50);
    expect(take('a', 0).left).toBe(20);
    charge('a', 1_000_000);
    expect(take('a', 1)).toMatchObject({ left: 0, retryAfter: 11 });
    expect([...taken()]).toEqual([['a', 30]]);
    expect([...taken()]).toEqual([]);
  });

  it('belongs to one payer', () => {
    const { take } = rateLimit({ perMinute: 10, burst: 10 }, manualClock());
    expect(take('a', 10).left).toBe(0);
    expect(take('b', 1)).toMatchObject({ left: 9, retryAfter: null });
  });

  it('is forgotten when it was not used for the longest time and there are too many', () => {
    const { take } = rateLimit({ perMinute: 10, burst: 10 }, manualClock(), 2);
    for (const who of ['a', 'b', 'a', 'c']) take(who, 5);
    expect(take('a', 1).retryAfter).toBe(6);
    expect(take('b', 1).left).toBe(9);
  });
});

it('is paid by the person, also one who acts as another, by the application, or by the network of strangers', () => {
  const payer = (viewer: Partial<Viewer>, address: string | null = '2001:db8:1:2:3:4:5:6') =>
    payerOf({ viewer: { ...anonymous, ...viewer }, address } as RequestInfo);
  expect(payer({ kind: 'user', id: 'alice' })).toBe('user:alice');
  expect(payer({ kind: 'user', id: 'alice', amr: [actingMethod('root')] })).toBe('user:root');
  expect(payer({ kind: 'application', id: 'app' })).toBe('application:app');
  expect(payer({})).toBe('address:2001:db8:1:2::/64');
});

describe('operations', () => {
  const DEAR = '{ communities(first: 100) { edges { node { members(first: 1) { edges { node { roleKey } } } } } } }';
  const DEAR_COST = 1 + 100 * (2 + 1 + 2);
  let at: GatewayWorld;
  let alice: Browser;
  let bob: Browser;

  beforeAll(async () => {
    at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '2000', MAX_COST: '1000' } } });
    alice = await at.person('alice');
    // A sign-in costs a network more than half of what it has here.
    at.world.clock.advance(60_000);
    bob = await at.person('bob');
  });
  afterAll(() => at?.close());
  beforeEach(() => at.world.clock.advance(60_000));

  const left = ({ headers }: Answer) => Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1]);

  it('say what is left, and take what they cost', async () => {
    const { headers } = await alice.ask('{ __typename }');
    expect(headers['ratelimit-policy']).toBe('"operations";q=1000;w=30');
    expect(headers.ratelimit).toBe('"operations";r=990;t=1');
    expect(left(await alice.ask(DEAR))).toBe(990 - DEAR_COST);
    // Nothing that parts of Polity ask each other for it is paid for again.
    const { result, counts } = await at.world.count(() =>
      alice.ask('{ tenant { id } communities(first: 1) { edges { cursor } } }'),
    );
    expect(counts.calls).toMatchObject({ identity: 1, portal: 1 });
    expect(left(result)).toBe(990 - DEAR_COST - 10);
  });

  it('are paid for by their length where they have to be read, also when they are refused', async () => {
    const long = `{ nope(text: "${'a'.repeat(4_000 - 18)}") }`;
    expect(left(await alice.ask(long))).toBe(1_000 - 200);
    // It is kept once it has come again.
    expect(left(await alice.ask(long))).toBe(1_000 - 2 * 200);
    expect(left(await alice.ask(long))).toBe(1_000 - 2 * 200 - 10);
    const { status, codes } = await alice.ask(`{ nope(text: "${'b'.repeat(40_000)}") }`);
    expect([status, codes]).toEqual([429, ['RATE_LIMITED']]);
    expect((await alice.ask('{ __typename }')).errors).toEqual([]);
  });

  it('pay for each plan that is made for them: one for every outcome of @skip, however often they came before', async () => {
    const fields = Array.from({ length: 10 }, (_, i) => `t${i}: tenant { ...F }`).join(' ');
    const wide = `query ($a: Boolean!, $b: Boolean!) { ${fields} x: __typename @skip(if: $a) y: __typename @skip(if: $b) }
      fragment F on Tenant { ${Array.from({ length: 10 }, (_, i) => `f${i}: name`).join(' ')} }`;
    for (let time = 0; time < 2; time++) await alice.ask(wide, { a: false, b: false });
    at.world.clock.advance(60_000);
    const leftAfter = async (a: boolean, b: boolean) => {
      await alice.ask(wide, { a, b });
      return left(await alice.ask('{ __typename }'));
    };
    // 122 selections: 10 objects with a spread of 10 fields each, and two more. Ten are what an operation pays in any case.
    expect(await leftAfter(false, false)).toBe(1_000 - 2 * 10);
    expect(await leftAfter(true, false)).toBe(1_000 - 4 * 10 - 112);
    expect(await leftAfter(true, true)).toBe(1_000 - 6 * 10 - 2 * 112);
  });

  it('are refused with 429 once the points are used up, for whoever used them only', async () => {
    expect((await alice.ask(DEAR)).errors).toEqual([]);
    const { status, data, errors, codes, headers } = await alice.ask(DEAR);
    expect([status, data, codes]).toEqual([429, undefined, ['RATE_LIMITED']]);
    expect(errors[0].extensions.details).toEqual({ retryAfter: 1 });
    expect(headers['retry-after']).toBe('1');
    expect((await bob.ask(DEAR)).errors).toEqual([]);
    expect((await at.browser().ask(DEAR)).errors).toEqual([]);
    at.world.clock.advance(1_000);
    expect((await alice.ask(DEAR)).errors).toEqual([]);
  });

  it('with a token that nobody knows are paid for by the network they came from, before identity is asked', async () => {
    const stranger = at.browser();
    const headers = { authorization: 'Bearer nobody-knows-this' };
    const ask = () => stranger.ask('{ __typename }', {}, headers);
    for (let n = 0; n < 100; n++) expect((await ask()).codes).toEqual(['UNAUTHENTICATED']);
    const { result, counts } = await at.world.count(ask);
    expect([result.status, result.codes, counts.calls]).toEqual([429, ['RATE_LIMITED'], {}]);
    expect((await alice.ask('{ __typename }')).errors).toEqual([]);
  });

  it('are refused before they are read, where even that is no longer paid for', async () => {
    for (let n = 0; n < 100; n++) expect((await bob.ask('{ nope }')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    const { status, codes, headers } = await bob.ask('{ nope }');
    expect([status, codes]).toEqual([429, ['RATE_LIMITED']]);
    expect(headers).toMatchObject({ 'retry-after': '1', ratelimit: '"operations";r=0;t=30' });
    expect((await processMetrics()).text).toMatch(/rate_limited_total\{bucket="operations"\} [1-9]/);
    const services = at.world.services(null);
    expect(await services.call('identity', '{ _tenant(slug: "demo") { slug } }')).toEqual({
      _tenant: { slug: 'demo' },
    });
  });
});

describe('every other route', () => {
  let at: GatewayWorld;
  beforeAll(async () => {
    at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '200000' } } });
  });
  afterAll(() => at?.close());
  beforeEach(() => at.world.clock.advance(60_000));

  it.each<[string, number, (browser: Browser) => Promise<Answer>]>([
    ['sign-ins at the provider', 20, (b) => b.send('GET', '/oidc/authorize?client_id=nobody')],
    ['written in another way', 20, (b) => b.send('GET', '/oidc/%61uthorize?client_id=nobody')],
    ['in capitals', 20, (b) => b.send('GET', '/oidc/AUTHORIZE?client_id=nobody')],
    ['with a slash at its end', 20, (b) => b.send('GET', '/oidc/authorize/?client_id=nobody')],
    ['with a fragment', 20, (b) => b.send('GET', '/oidc/authorize#?client_id=nobody')],
    ['tokens', 400, (b) => b.send('POST', '/oidc/token')],
    ['decisions', 400, (b) => b.send('POST', '/access/v1/evaluation', { 'content-type': 'application/json' }, '{}')],
    ['options of passkeys', 40, (b) => b.ask('mutation { beginPasskeySignIn { challenge } }')],
  ])('is limited by the same points: %s', async (_name, burst, send) => {
    const stranger = at.browser();
    for (let n = 0; n < burst - 5; n++) expect((await send(stranger)).status).not.toBe(429);
    const late: number[] = [];
    for (let n = 0; n < 10; n++) late.push((await send(stranger)).status);
    expect(late).toContain(429);
    expect((await send(stranger)).codes).toEqual(['RATE_LIMITED']);
  });

  it('costs a person nothing that a stranger of the same network used up', async () => {
    const alice = await at.person('alice');
    await alice.get('{ __typename }');
    const stranger = at.browser();
    for (let n = 0; n < 21; n++) await stranger.send('GET', '/oidc/authorize?client_id=nobody');
    for (let n = 0; n < 100; n++) await stranger.ask('{ __typename }');
    expect((await stranger.ask('{ __typename }')).status).toBe(429);
    expect((await alice.ask('{ __typename }')).status).toBe(200);
    expect((await alice.send('GET', '/account/activate')).status).toBe(200);
  });
});

it('is off where it is set to 0', async () => {
  const at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '0' } } });
  try {
    const { status, headers } = await at.browser().ask('{ __typename }');
    expect([status, headers.ratelimit]).toEqual([200, undefined]);
  } finally {
    await at.close();
  }
});
