import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import type { EventEnvelope } from '../src/events/envelope.ts';
import { localBus } from '../src/events/local-bus.ts';
import { signedPost } from '../src/graph/http-transport.ts';
import { eventRoute } from '../src/graph/serve.ts';
import { uuidv7 } from '../src/ids.ts';
import { createLogger } from '../src/log/logger.ts';
import { type HttpBus, httpBus } from '../src/process/http-bus.ts';
import { memoryNonces } from '../src/request/nonces.ts';

const masterSecret = Buffer.alloc(32, 3).toString('base64url');
const log = createLogger({ service: 'test', level: 'silent' });
const NAMES = ['one', 'two', 'three'] as const;

const event = (): EventEnvelope => ({
  specversion: '1.0',
  id: uuidv7(),
  source: '/polity/one',
  type: 'one.thing.happened',
  subject: 'thing-1',
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  tenantid: null,
  actorid: null,
  requestid: null,
  data: {},
});

describe('separate processes without a broker', () => {
  const apps: FastifyInstance[] = [];
  const buses = new Map<string, HttpBus>();
  const taken: Record<string, string[]> = { one: [], two: [], three: [] };
  const addresses: Record<string, string> = {};

  beforeAll(async () => {
    for (const name of NAMES) {
      const app = fastify();
      apps.push(app);
      const receive = (envelope: EventEnvelope) => (buses.get(name) as HttpBus).receive(envelope);
      await eventRoute(app, { name, masterSecret, nonces: memoryNonces(), log }, receive);
      await app.listen({ host: '127.0.0.1', port: 0 });
      addresses[name] = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    }
    for (const name of NAMES) {
      const others = NAMES.filter((other) => other !== name);
      const bus = httpBus(localBus(), others, signedPost(addresses, masterSecret));
      buses.set(name, bus);
      await bus.subscribe({
        name: `${name}.things`,
        types: ['one.*'],
        handle: async ({ id }) => void taken[name]?.push(id),
      });
    }
  });

  afterAll(async () => {
    for (const bus of buses.values()) await bus.close();
    for (const app of apps) await app.close();
  });

  it('take an event once each, and nobody sends it on', async () => {
    const envelope = event();
    await buses.get('one')?.publish(envelope);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(taken).toEqual({ one: [envelope.id], two: [envelope.id], three: [envelope.id] });
  });

  it('refuse an event that nobody signed', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${addresses.two}/events`, { method: 'POST', headers, body: JSON.stringify(event()) });
    expect(answer.status).toBe(401);
    expect(taken.two).toHaveLength(1);
  });

  it('keep an event unpublished while one of them is away', async () => {
    await apps[2]?.close();
    await expect(buses.get('one')?.publish(event())).rejects.toThrow();
  });
});
