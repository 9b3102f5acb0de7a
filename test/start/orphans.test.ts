import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killRunning, type Started, start, stop, until } from './process.ts';

interface Running {
  pid: number;
  parent: number;
  command: string;
}

/** Processes that have to do with an installation: by what its environment, its command or its folder names. */
function processesOf(dataDir: string): Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const read = (file: string) => {
        try {
          return readFileSync(`/proc/${name}/${file}`, 'utf8');
        } catch {
          return '';
        }
      };
      const [command, environment] = [read('cmdline').replaceAll('\0', ' '), read('environ')];
      let folder = '';
      try {
        folder = readlinkSync(`/proc/${name}/cwd`);
      } catch {}
      const belongs = [command, environment, folder].some((text) => text.includes(dataDir));
      const [, parent = '0'] = /\) \w (\d+)/.exec(read('stat')) ?? [];
      return belongs && command !== '' ? [{ pid: Number(name), parent: Number(parent), command }] : [];
    });
}

async function untilNone(dataDir: string): Promise<void> {
  for (let left = processesOf(dataDir); left.length > 0; left = processesOf(dataDir)) await sleep(50);
}

async function untilSome(dataDir: string, what: RegExp): Promise<Running> {
  for (;;) {
    const found = processesOf(dataDir).find(({ command }) => what.test(command));
    if (found) return found;
    await sleep(5);
  }
}

const POSTMASTER = /bin\/postgres -D/;

describe('nothing stays behind', () => {
  let dataDir = '';
  let env: Record<string, string> = {};
  let first = 0;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'polity-orphans-'));
    await chmod(dataDir, 0o711);
    first = 20_000 + Math.floor(Math.random() * 45) * 200;
    env = {
      DATA_DIR: dataDir,
      PORT: String(first),
      OPS_PORT: String(first + 1),
      SUBGRAPH_PORT: String(first + 2),
      LOG_LEVEL: 'error',
    };
  });

  afterEach(async () => {
    killRunning();
    for (const { pid, command } of processesOf(dataDir)) {
      process.kill(pid, 'SIGKILL');
      throw new Error(`It left this behind: ${command}`);
    }
  });

  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const ready = async (script?: string): Promise<Started> => {
    const started = start(env, script);
    await until(started, 'Polity is ready');
    return started;
  };

  it('when a start is cut short as the database is made and as it comes up', async () => {
    for (const moment of [/bin\/initdb/, POSTMASTER]) {
      const started = start(env);
      await untilSome(dataDir, moment);
      started.child.kill('SIGINT');
      await started.ended;
      await untilNone(dataDir);
    }
  }, 120_000);

  it('when nobody reads what it says, and it is asked to stop', async () => {
    const started = await ready();
    started.child.stdout?.destroy();
    started.child.stderr?.destroy();
    expect(await stop(started)).toBe(0);
    await untilNone(dataDir);
  }, 180_000);

  it('when it is killed', async () => {
    const started = await ready();
    started.child.kill('SIGKILL');
    await started.ended;
    await untilNone(dataDir);
  }, 180_000);

  it('when the database server hangs', async () => {
    const started = await ready();
    process.kill((await untilSome(dataDir, POSTMASTER)).pid, 'SIGSTOP');
    expect(await stop(started)).toBe(0);
    await untilNone(dataDir);
  }, 180_000);

  describe('of separate processes', () => {
    const services = () => processesOf(dataDir).filter(({ command }) => command.includes('/src/main.ts'));

    it('when all of them are killed, for they are started again and then stopped in order', async () => {
      const started = await ready('tools/start-many.ts');
      const killed = services().map(({ pid }) => pid);
      expect(killed.length).toBeGreaterThan(2);
      for (const pid of killed) process.kill(pid, 'SIGKILL');
      const isReady = async () =>
        (await fetch(`http://127.0.0.1:${first + 1}/readyz`).catch(() => null))?.status === 200;
      while (!(await isReady())) await sleep(100);
      expect(services().some(({ pid }) => killed.includes(pid))).toBe(false);
      expect(await stop(started)).toBe(0);
      await untilNone(dataDir);
    }, 240_000);

    it('when the one that started them is killed', async () => {
      const started = await ready('tools/start-many.ts');
      started.child.kill('SIGKILL');
      await started.ended;
      await untilNone(dataDir);
    }, 240_000);

    it('says in one sentence that a port is in use', async () => {
      const running = await ready();
      const second = start({ ...env, DATA_DIR: `${dataDir}/other` }, 'tools/start-many.ts');
      expect(await second.ended).toBe(1);
      expect(second.output()).toContain(`Port ${first} is in use.`);
      expect(second.output()).not.toMatch(/\n\s+at /);
      await stop(running);
      await untilNone(dataDir);
    }, 240_000);
  });

  it('and commands work beside a running start, or say in one sentence why not', async () => {
    const running = await ready();
    const migrated = start(env, 'tools/migrate.ts');
    expect(await migrated.ended).toBe(0);
    expect(migrated.output()).toContain('Every database is at its newest migration');
    const bogus = start(env, 'subgraphs/identity/src/invite.ts', ['--bogus']);
    expect(await bogus.ended).toBe(1);
    expect(bogus.output()).toContain("No invitation: Unknown option '--bogus'");
    expect(bogus.output()).not.toMatch(/\n\s+at /);
    expect(await stop(running)).toBe(0);
    await untilNone(dataDir);
  }, 240_000);
});
