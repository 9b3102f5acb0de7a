import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { redisStore } from '../src/kv/redis.ts';
import { StoreUnavailable } from '../src/kv/store.ts';
import { freePort } from '../src/process/free-port.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const withRedis = hasRedis ? describe : describe.skip;

withRedis('a Redis store that asks for a replica', () => {
  const servers: ChildProcess[] = [];
  const start = (port: number, ...more: string[]) => {
    const settings = ['--port', String(port), '--save', '', '--appendonly', 'no', '--repl-diskless-sync-delay', '0'];
    const server = spawn('redis-server', [...settings, ...more], { stdio: 'ignore', cwd: '/tmp' });
    servers.push(server);
    return server;
  };

  afterAll(() => {
    for (const server of servers) server.kill('SIGKILL');
  });

  async function until(work: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const done = await work().then(
        () => true,
        () => false,
      );
      if (done) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('it never came to be');
  }

  it('acknowledges a version only once the replica has it, and none while there is no replica', async () => {
    const [primary, replica] = [await freePort(), await freePort()];
    start(primary);
    const store = redisStore({ url: `redis://127.0.0.1:${primary}`, replicas: 1 });
    await until(() => store.ping());
    await expect(store.max('stamp', 1)).rejects.toThrow(StoreUnavailable);
    const second = start(replica, '--replicaof', '127.0.0.1', String(primary));
    await until(() => store.max('stamp', 2));
    const copy = redisStore({ url: `redis://127.0.0.1:${replica}` });
    await until(() => copy.ping());
    expect(await store.max('stamp', 3)).toBe(3);
    expect(await copy.get('stamp')).toBe('3');
    second.kill('SIGKILL');
    await expect(store.max('stamp', 4)).rejects.toThrow(StoreUnavailable);
    await Promise.all([store.close(), copy.close()]);
  });
});
