import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const FEED = '{ posts(first: 2) { edges { node { title author { displayName } } } } }';

let at: GatewayWorld;
let admin: Browser;

beforeAll(async () => {
  at = await startGatewayWorld({ http: { maxInFlight: 1 } });
  admin = await at.person('admin');
  await admin.get(FEED);
});
afterAll(() => at?.close());

async function until(happened: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!happened()) {
    if (Date.now() > end) throw new Error('It did not happen.');
    await sleep(5);
  }
}

/** Asks, goes away while `subgraph` is held up, and resolves when the gateway has seen that; the result lets the subgraph go on. */
async function askAndGo(query: string, subgraph: string, requestId: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  at.held.set(subgraph, promise);
  at.calls.length = 0;
  const headers = { 'content-type': 'application/json', cookie: `polity=${admin.cookie}`, 'x-request-id': requestId };
  const request = httpRequest({ host: '127.0.0.1', port: at.port, method: 'POST', path: '/graphql', headers });
  request.on('error', () => undefined);
  request.end(JSON.stringify({ query }));
  await until(() => at.calls.includes(subgraph));
  request.destroy();
  await until(() => at.logs.some((line) => line.includes(requestId) && line.includes('"aborted"')));
  return () => {
    at.held.delete(subgraph);
    resolve();
  };
}

/** What the operation comes to when its client stays. */
async function callsOf(query: string): Promise<string[]> {
  at.calls.length = 0;
  expect((await admin.ask(query)).errors).toEqual([]);
  return [...at.calls];
}

/** Waits until the gateway is at nothing: it does one thing at a time here, so it answers. */
const rest = () => admin.get('{ graphVersion }');

describe('an operation whose client has gone', () => {
  it.each(['cancelled-at-first', 'cancelled-when-known'])('makes no further fetch (%s)', async (requestId) => {
    // Sent for the first time it goes through Apollo Server, and past it when it is known.
    const query = requestId.endsWith('known') ? FEED : FEED.replace('first: 2', 'first: 3');
    if (query === FEED) expect(await callsOf(FEED)).toEqual(['portal', 'identity']);
    const goOn = await askAndGo(query, 'portal', requestId);
    goOn();
    await rest();
    expect(at.calls.filter((name) => name !== 'gateway')).toEqual(['portal']);
  });

  it('keeps its place among what runs at once until its work has ended', async () => {
    const goOn = await askAndGo(FEED, 'portal', 'cancelled-in-place');
    expect((await admin.ask('{ graphVersion }')).codes).toEqual(['OVERLOADED']);
    goOn();
    await rest();
  });

  it('is done to its end where it changes something', async () => {
    const mutation = `mutation { updateAccount(input: { displayName: "Admin gone" }) { displayName }
      createCommunity(input: { slug: "made-when-gone", name: "Made", visibility: PUBLIC }) { slug } }`;
    const goOn = await askAndGo(mutation, 'identity', 'cancelled-mutation');
    goOn();
    await until(() => at.calls.includes('portal'));
    await rest();
    expect(await admin.get('{ me { displayName } }')).toEqual({ displayName: 'Admin gone' });
    expect(await admin.get('{ community(slug: "made-when-gone") { name } }')).toEqual({ name: 'Made' });
  });
});
