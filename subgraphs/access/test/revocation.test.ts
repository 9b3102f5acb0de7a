import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { memoryStore } from '@polity/kernel/kv/memory';
import { redisStore } from '@polity/kernel/kv/redis';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { freePort } from '@polity/kernel/process/free-port';
import { type AccessFixture, startFixture } from './factories.ts';
import { revocationTrial } from './revocation-trial.ts';

// 10,000 revokes take minutes: `ACCESS_TRIALS=10000`.
const TRIALS = Number(process.env.ACCESS_TRIALS ?? 100);
const READERS = 8;
const ASKERS = 2;
const LONG = 60_000 + TRIALS * 200;

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const onRedis = hasRedis ? describe : describe.skip;

/** A Redis of our own, which a test may kill and start again; it keeps nothing, so that a restart loses every stamp. */
function redisServer(port: number) {
  let child: ChildProcess | null = null;
  return {
    start() {
      child = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    },
    async kill() {
      const dying = child;
      child = null;
      if (!dying || dying.exitCode !== null) return;
      const gone = new Promise((resolve) => dying.once('exit', resolve));
      dying.kill('SIGKILL');
      await gone;
    },
  };
}

describe('no check that begins after an acknowledged revoke allows', () => {
  let fixture: AccessFixture;
  afterEach(() => fixture.world.close());

  it(
    'one writer against eight readers in process, and two that ask in upper case',
    async () => {
      const store = memoryStore();
      fixture = await startFixture({ stamps: store });
      const result = await revocationTrial(fixture, {
        revokes: TRIALS,
        stores: Array.from({ length: READERS }, () => store),
        askers: ASKERS,
      });
      // A check that nobody answered in time fails, and so denies; how many do is a matter of the machine.
      expect(result).toMatchObject({ revokes: TRIALS, staleAllows: 0, staleDenials: 0 });
      expect(result.checks).toBeGreaterThan(TRIALS);
    },
    LONG,
  );
});

onRedis('the same on Redis', () => {
  let fixture: AccessFixture;
  let stores: KeyValueStore[] = [];
  let server: ReturnType<typeof redisServer>;
  let port: number;

  beforeEach(async () => {
    port = await freePort();
    server = redisServer(port);
    server.start();
    const url = `redis://127.0.0.1:${port}`;
    stores = Array.from({ length: READERS + 1 }, () => redisStore({ url }));
    for (const store of stores) await answering(store);
    fixture = await startFixture({ stamps: stores[READERS] as KeyValueStore });
  });
  afterEach(async () => {
    await fixture.world.close();
    await Promise.all(stores.map((store) => store.close()));
    await server.kill();
  });

  async function answering(store: KeyValueStore): Promise<void> {
    for (let n = 0; n < 200; n++) {
      const answers = await store.ping().then(
        () => true,
        () => false,
      );
      if (answers) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('Redis does not answer.');
  }

  it(
    'one writer against eight readers, each with a connection and a cache of its own, and two that ask in upper case',
    async () => {
      const result = await revocationTrial(fixture, {
        revokes: TRIALS,
        stores: stores.slice(0, READERS),
        askers: ASKERS,
      });
      expect(result).toMatchObject({ revokes: TRIALS, staleAllows: 0, staleDenials: 0 });
      expect(result.checks).toBeGreaterThan(TRIALS);
    },
    LONG,
  );

  it(
    'also while Redis is killed and comes back empty, again and again',
    async () => {
      let ongoing = true;
      const killer = (async () => {
        while (ongoing) {
          await new Promise((resolve) => setTimeout(resolve, 400));
          await server.kill();
          await new Promise((resolve) => setTimeout(resolve, 100));
          server.start();
        }
      })();
      const revokes = Math.ceil(TRIALS / 5);
      const result = await revocationTrial(fixture, { revokes, stores: stores.slice(0, READERS), askers: ASKERS });
      ongoing = false;
      await killer;
      for (const store of stores) await answering(store);
      expect(result).toMatchObject({ revokes, staleAllows: 0, staleDenials: 0 });
      expect(result.refusedWrites + result.failedChecks).toBeGreaterThan(0);
    },
    LONG,
  );
});
