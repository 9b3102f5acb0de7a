import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@polity/kernel/db/embedded';
import { withClient } from '@polity/kernel/db/provision';
import { freePort } from '@polity/kernel/process/free-port';
import { openBrowser } from '../../gateway/test/browser.ts';
import { registry } from '../../subgraphs/registry.ts';
import { isInstalled, nats, redis } from '../processes/brokers.ts';
import { type Leash, leash } from '../processes/leash.ts';
import type { Victim } from '../processes/process.ts';
import { killRunning, start, stop, until } from './process.ts';

// As in production: the database server is not ours, and where this machine has Redis and NATS, sessions and events are there.
const HAS_BROKERS = isInstalled('redis-server') && isInstalled('nats-server');

describe(`a backup of another server${HAS_BROKERS ? ', with Redis and NATS' : ''}`, () => {
  const secret = Buffer.alloc(32, 7).toString('base64url');
  let folder = '';
  let held: Leash;
  let server: EmbeddedPostgres;
  let brokers: Victim[] = [];
  let env: Record<string, string> = {};
  let port = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polity-external-'));
    await chmod(folder, 0o711);
    held = leash([]);
  });

  afterAll(async () => {
    killRunning();
    await held.end();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Stores of their own with nothing in them, as after they were emptied, and a server with nothing in it. */
  async function fresh(name: string): Promise<void> {
    server = await startEmbeddedPostgres({ dataDir: join(folder, `server-${name}`) });
    const [redisPort, natsPort, opsPort] = [await freePort(), await freePort(), await freePort()];
    port = await freePort();
    const place = join(folder, `brokers-${name}`);
    await mkdir(place);
    const common = { folder: place, leash: held, onDeath: () => undefined };
    brokers = HAS_BROKERS ? [redis({ ...common, port: redisPort }), nats({ ...common, port: natsPort })] : [];
    for (const broker of brokers) broker.start();
    for (const broker of brokers) await broker.green(30_000);
    env = {
      DATA_DIR: join(folder, `data-${name}`),
      DATABASE_URL: server.url('postgres'),
      POLITY_SECRET: secret,
      PORT: String(port),
      OPS_PORT: String(opsPort),
      LOG_LEVEL: 'error',
      ...(HAS_BROKERS && { REDIS_URL: `redis://127.0.0.1:${redisPort}`, NATS_URL: `nats://127.0.0.1:${natsPort}` }),
    };
  }

  async function end(): Promise<void> {
    for (const broker of brokers) await broker.kill();
    await server.stop();
  }

  const command = async (script: string, ...args: string[]) => {
    const started = start(env, `tools/${script}.ts`, args);
    return { code: await started.ended, text: started.output() };
  };

  async function serve() {
    const running = start(env);
    await until(running, 'Polity is ready.');
    const alice = openBrowser(port, `localhost:${port}`);
    expect((await alice.signIn('alice@demo.test')).errors).toEqual([]);
    return { running, alice };
  }

  const RENAME = 'mutation ($name: String) { updateAccount(input: { displayName: $name }) { id } }';
  const NAME = '{ me { displayName } }';
  const ask = <Row>(service: string, sql: string) =>
    withClient(server.url(`polity_${service}`), async (client) => (await client.query(sql)).rows as Row[]);

  it('brings everything back on an empty server beside empty stores, and nothing of what came after it', async () => {
    await fresh('old');
    const before = await serve();
    await before.alice.get(RENAME, { name: 'Alice before' });
    const taken = await command('backup', join(folder, 'backup'));
    expect([taken.code, taken.text]).toEqual([0, expect.stringContaining('The secret is not in it')]);
    await before.alice.get(RENAME, { name: 'Alice after' });
    const { cookie } = before.alice;
    expect(await stop(before.running)).toBe(0);
    await end();

    await fresh('new');
    const restored = await command('restore', join(folder, 'backup'));
    expect([restored.code, restored.text]).toEqual([0, expect.stringContaining('The installation is as it was at')]);
    const { running, alice } = await serve();
    expect(await alice.get(NAME)).toEqual({ displayName: 'Alice before' });
    const former = openBrowser(port, `localhost:${port}`);
    former.cookie = cookie;
    expect(await former.get('{ me { id } }')).toBeNull();
    // What changes who may do what is confirmed again, and its events arrive.
    const { id } = await alice.get(
      'mutation ($input: CreateCommunityInput!) { createCommunity(input: $input) { id } }',
      {
        input: { slug: 'after-all', name: 'After all' },
      },
    );
    expect(await alice.get('mutation ($id: ID!) { archiveCommunity(id: $id) { id } }', { id })).toEqual({ id });
    for (const { name } of registry) {
      while ((await ask<{ n: number }>(name, 'select count(*)::int as n from outbox where published_at is null'))[0]?.n)
        await sleep(100);
      expect(await ask(name, 'select consumer, error from dead_letter')).toEqual([]);
    }
    expect(await stop(running)).toBe(0);
    await end();
  }, 300_000);
});
