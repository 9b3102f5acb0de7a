import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pingNats } from '../src/events/nats-bus.ts';
import { redisStore } from '../src/kv/redis.ts';
import { freePort } from '../src/process/free-port.ts';

const isInstalled = (name: string) => spawnSync(name, ['--version']).status === 0;
const password = `p@ss:w/o#r?d%20'&`;
const running: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polity-passwords-'));
});

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function until(attempt: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const did = await attempt().then(
      () => true,
      () => false,
    );
    if (did) return;
    await sleep(50);
  }
}

(isInstalled('redis-server') ? test : test.skip)(
  'Redis takes any password beside its address, and no other',
  async () => {
    const port = await freePort();
    const args = ['--port', String(port), '--requirepass', password, '--save', '', '--dir', folder];
    running.push(spawn('redis-server', args, { stdio: 'ignore' }));
    const ping = async (given?: string) => {
      const store = redisStore({ url: `redis://127.0.0.1:${port}`, password: given });
      await store.ping().finally(() => store.close());
    };
    await until(() => ping(password));
    await expect(ping('another')).rejects.toThrow();
    await expect(ping()).rejects.toThrow();
  },
);

(isInstalled('nats-server') ? test : test.skip)(
  'NATS takes any password beside its address, and no other',
  async () => {
    const port = await freePort();
    const args = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, '--user', 'polity', '--pass', password];
    running.push(spawn('nats-server', args, { stdio: 'ignore' }));
    const url = `nats://127.0.0.1:${port}`;
    await until(() => pingNats({ url, user: 'polity', password }));
    await expect(pingNats({ url, user: 'polity', password: 'another' })).rejects.toThrow();
    await expect(pingNats({ url })).rejects.toThrow();
  },
);
