import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { redisStore } from '../src/kv/redis.ts';
import { type KeyValueStore, StoreUnavailable } from '../src/kv/store.ts';
import { freePort } from '../src/process/free-port.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const withRedis = hasRedis ? describe : describe.skip;

withRedis('a Redis store that asks for a replica', () => {
  const servers: ChildProcess[] = [];
  const stores: KeyValueStore[] = [];

  /** A server on a port of its own; on another one where somebody else took it meanwhile. */
  async function start(...more: string[]): Promise<{ server: ChildProcess; port: number }> {
    for (;;) {
      const port = await freePort();
      const settings = ['--port', String(port), '--save', '', '--appendonly', 'no', '--repl-diskless-sync-delay', '0'];
      const server = spawn('redis-server', [...settings, ...more], {
        stdio: ['ignore', 'pipe', 'ignore'],
        cwd: '/tmp',
      });
      servers.push(server);
      const listens = await new Promise<boolean>((resolve) => {
        let said = '';
        server.once('exit', () => resolve(false));
        server.stdout.on('data', (chunk) => {
          said += String(chunk);
          if (said.includes('Ready to accept connections')) resolve(true);
        });
      });
      if (listens) return { server, port };
    }
  }

  function open(port: number, replicas = 0): KeyValueStore {
    const store = redisStore({ url: `redis://127.0.0.1:${port}`, replicas });
    stores.push(store);
    return store;
  }

  // Whatever fails, nothing may be left that keeps this process from ending.
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    for (const server of servers.splice(0)) {
      if (server.exitCode !== null || server.signalCode !== null || !server.kill('SIGKILL')) continue;
      await once(server, 'exit');
    }
  });

  /** Tries until it works: on a busy machine a command may take longer than the store waits for an answer. */
  async function until<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await work();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  it('acknowledges a version only once the replica has it, and none while there is no replica', async () => {
    const primary = await start();
    const store = open(primary.port, 1);
    await until(() => store.ping());
    await expect(store.max('stamp', 1)).rejects.toThrow(StoreUnavailable);
    const replica = await start('--replicaof', '127.0.0.1', String(primary.port));
    expect(await until(() => store.max('stamp', 2))).toBe(2);
    const copy = open(replica.port);
    expect(await until(() => copy.get('stamp'))).toBe('2');
    expect(await until(() => store.max('stamp', 3))).toBe(3);
    expect(await until(() => copy.get('stamp'))).toBe('3');
    replica.server.kill('SIGKILL');
    await expect(store.max('stamp', 4)).rejects.toThrow(StoreUnavailable);
  });
});
