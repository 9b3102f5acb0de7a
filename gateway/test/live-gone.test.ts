import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { processMetrics } from '@polity/kernel/metrics/metrics';
import WebSocket from 'ws';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const POST = 'subscription ($id: ID!) { post(id: $id) { title } }';
const CREATE = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';
const UPDATE = 'mutation ($id: ID!, $title: String!) { updatePost(id: $id, input: { title: $title }) { id } }';

let at: GatewayWorld;
let alice: Browser;
let id: string;
beforeAll(async () => {
  at = await startGatewayWorld();
  alice = await at.person('alice');
  const community = (await alice.get('{ community(slug: "builders") { id } }')).id;
  const input = { scope: { type: 'COMMUNITY', id: community }, title: 'First', body: 'Text', visibility: 'PUBLIC' };
  id = (await alice.get(CREATE, { input })).id;
});
afterAll(() => at?.close());

/** Streams that the process takes for open, over every transport. */
async function open(): Promise<number> {
  const { text } = await processMetrics();
  const values = [...text.matchAll(/^graphql_subscriptions_open\{[^}]*\} (\d+)$/gm)].map(([, value]) => Number(value));
  return values.reduce((sum, value) => sum + value, 0);
}

/** Waits until none is; a stream that stays would be waited for in vain. */
async function untilNone(): Promise<number> {
  for (let tries = 0; tries < 500 && (await open()) > 0; tries++) await sleep(20);
  return open();
}

const host = () => ({ host: 'localhost:4000', cookie: `polity=${alice.cookie}` });

/** Begins to follow over Server-Sent Events, and is gone after so many milliseconds. */
function overSse(afterMs: number): Promise<void> {
  return new Promise((resolve) => {
    const headers = { ...host(), accept: 'text/event-stream', 'content-type': 'application/json' };
    const stream = request({ port: at.port, path: '/graphql/stream', method: 'POST', headers, agent: false });
    stream.on('response', (response) => response.on('error', () => undefined).resume());
    stream.on('error', () => undefined).on('close', () => resolve());
    stream.end(JSON.stringify({ query: POST, variables: { id } }));
    setTimeout(() => stream.destroy(), afterMs);
  });
}

/** The same over a socket that is cut off, without a word of farewell. */
function overSocket(afterMs: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${at.port}/graphql`, 'graphql-transport-ws', { headers: host() });
    socket.on('open', () => {
      socket.send('{"type":"connection_init"}');
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: POST, variables: { id } } }));
    });
    socket.on('error', () => undefined).on('close', () => resolve());
    setTimeout(() => socket.terminate(), afterMs);
  });
}

it.each([
  ['server-sent events', overSse],
  ['a socket', overSocket],
])(
  'a client that goes at any moment leaves no stream behind over %s',
  async (_how, begin) => {
    for (let round = 0; round < 4; round++) {
      const gone = Array.from({ length: 20 }, (_, index) => begin(round * 20 + index * 2));
      await alice.get(UPDATE, { id, title: `Round ${round}` });
      await Promise.all(gone);
    }
    expect(await untilNone()).toBe(0);
  },
  60_000,
);
