import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { signedPost } from '../src/graph/http-transport.ts';
import { eventRoute } from '../src/graph/serve.ts';
import { StoreUnavailable } from '../src/kv/store.ts';
import { createLogger } from '../src/log/logger.ts';
import { processMetrics } from '../src/metrics/metrics.ts';
import { anonymous } from '../src/request/context.ts';
import { type NonceStore, storeNonces } from '../src/request/nonces.ts';

const masterSecret = Buffer.alloc(32, 3).toString('base64url');
const away = { setIfAbsent: () => Promise.reject(new StoreUnavailable(new Error('10.0.0.7:6379'))) };

const info = () => ({
  requestId: 'r-1',
  tenantId: null,
  viewer: anonymous,
  stamp: null,
  deadline: Date.now() + 5_000,
  onBehalfOf: null,
  address: null,
  device: null,
});

describe('a service that takes signed requests only', () => {
  const apps: FastifyInstance[] = [];
  const logs: string[] = [];
  const log = createLogger({ service: 'one', stream: { write: (line) => void logs.push(line) } });

  afterEach(() => logs.splice(0));
  afterAll(() => Promise.all(apps.map((app) => app.close())));

  async function serve(nonces: NonceStore): Promise<string> {
    const app = fastify();
    apps.push(app);
    await eventRoute(app, { name: 'one', masterSecret, nonces, log }, async () => {});
    await app.listen({ host: '127.0.0.1', port: 0 });
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  }

  async function post(url: string, secret = masterSecret) {
    const client = signedPost({ one: url }, secret);
    const answer = await client.post('one', '/events', '{}', info());
    await client.close();
    return answer.status;
  }

  const refused = async () =>
    (await processMetrics()).text.split('\n').filter((line) => line.startsWith('request_signatures_refused_total'));

  it('goes on while the store of nonces is away, and raises no alarm about signatures', async () => {
    expect(await post(await serve(storeNonces(away, 'one')))).toBe(204);
    expect([await refused(), logs]).toEqual([[], []]);
  });

  it('does not call what goes wrong on its own side a wrong signature', async () => {
    expect(await post(await serve({ claim: () => Promise.reject(new TypeError('a fault of ours')) }))).toBe(500);
    expect(await refused()).toEqual([]);
  });

  it('says in its log, and only there, why it refused a request', async () => {
    const url = await serve(storeNonces(away, 'one'));
    expect(await post(url, Buffer.alloc(32, 4).toString('base64url'))).toBe(401);
    expect(JSON.parse(logs[0] ?? '')).toMatchObject({ level: 'warn', reason: 'signature', path: '/events' });
    expect(await refused()).toEqual(['request_signatures_refused_total{subgraph="one",reason="signature"} 1']);
  });
});
