import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fingerprint, secretsFrom } from '@polity/kernel/config/secrets';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@polity/kernel/db/embedded';
import { type Browser, openBrowser } from '../../gateway/test/browser.ts';
import { registry } from '../../subgraphs/registry.ts';
import { killRunning, type Started, start, until } from './process.ts';

// An installation of separate processes as in production, which know no administrator of the database server.
describe('the secret of running processes', () => {
  const first = 30_000 + Math.floor(Math.random() * 25) * 100;
  const services = [...registry.map(({ name }) => name), 'gateway'];
  const running = new Map<string, Started>();
  const former = randomBytes(32).toString('base64url');
  let folder = '';
  let server: EmbeddedPostgres;
  let next = '';

  const portOf = (name: string) => first + 2 * services.indexOf(name);
  const admin = (secret: string) => ({ DATABASE_URL: server.url('postgres'), POLITY_SECRET: secret });

  function launch(name: string, secret: string, changes: Record<string, string> = {}): Started {
    const script = name === 'gateway' ? 'gateway/src/main.ts' : `subgraphs/${name}/src/main.ts`;
    const address = (each: string) => `${each}=http://127.0.0.1:${portOf(each) + (each === 'gateway' ? 1 : 0)}`;
    const started = start(
      {
        DATABASE_URL: `postgres://127.0.0.1:${server.port}`,
        POLITY_SECRET: secret,
        SUBGRAPHS: services.map(address).join(','),
        PORT: String(portOf(name)),
        OPS_PORT: String(portOf(name) + 1),
        PUBLIC_URL: `http://localhost:${portOf('gateway')}`,
        LOG_LEVEL: 'warn',
        ...changes,
      },
      script,
    );
    running.set(name, started);
    return started;
  }

  async function ready(name: string): Promise<void> {
    const isReady = async () =>
      (await fetch(`http://127.0.0.1:${portOf(name) + 1}/readyz`).catch(() => null))?.status === 200;
    while (!(await isReady())) {
      if (running.get(name)?.child.exitCode !== null) throw new Error(running.get(name)?.output());
      await sleep(100);
    }
  }

  async function command(secret: string, ...args: string[]): Promise<{ code: number | null; text: string }> {
    const started = start(admin(secret), 'tools/secret.ts', args);
    const code = await started.ended;
    return { code, text: started.output() };
  }

  async function restart(name: string, secret: string): Promise<void> {
    running.get(name)?.child.kill('SIGTERM');
    await running.get(name)?.ended;
    launch(name, secret);
    await ready(name);
  }

  /** Asks all the time, each time through the gateway and every subgraph, until it is told to stop; returns what did not succeed. */
  function load(browser: Browser): () => Promise<{ asked: number; failed: string[] }> {
    let isOver = false;
    const failed: string[] = [];
    let asked = 0;
    const asking = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        const { data, text } = await browser.ask(
          '{ me { email } tenant { slug } posts(first: 1) { edges { cursor } } can(permission: "portal.community.create", scope: { type: TENANT, id: "x" }) { reason } }',
        );
        asked++;
        if (!data?.me || !data.tenant || !data.posts || !data.can) failed.push(text);
      }
    });
    return async () => {
      isOver = true;
      await Promise.all(asking);
      return { asked, failed };
    };
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polity-secret-'));
    await chmod(folder, 0o711);
    server = await startEmbeddedPostgres({ dataDir: folder });
  });

  afterAll(async () => {
    killRunning();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is refused where nothing was prepared with it, and a service waits for the migrations it needs', async () => {
    const early = launch('portal', former);
    expect(await early.ended).toBe(1);
    expect(early.output()).toContain(
      `does not know the secret with the fingerprint ${fingerprint(secretsFrom(former))}`,
    );
    expect(early.output()).not.toMatch(/\n\s+at /);
    expect((await command(former, 'show')).text).toContain(fingerprint(secretsFrom(former)));
    const waiting = services.map((name) => launch(name, former));
    await Promise.all(waiting.slice(0, -1).map((started) => until(started, 'waiting for the database')));
    const migrated = start(admin(former), 'tools/migrate.ts');
    expect(await migrated.ended).toBe(0);
    await Promise.all(services.map(ready));
  }, 240_000);

  it('is not given the databases by its administrator in production', async () => {
    const started = start(
      { ...admin(former), ALLOW_HTTP: 'true', NODE_ENV: 'production', SUBGRAPHS: 'a=http://b' },
      'subgraphs/portal/src/main.ts',
    );
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('In production a service signs in by its secret');
  }, 120_000);

  it('changes without a failed request, and both hold until the former is retired', async () => {
    const browser = openBrowser(portOf('gateway'), `localhost:${portOf('gateway')}`);
    expect((await browser.signIn('alice@demo.test')).errors).toEqual([]);
    const end = load(browser);
    const rotated = await command(former, 'rotate');
    expect(rotated.code).toBe(0);
    next = /^[A-Za-z0-9_-]{43}$/m.exec(rotated.text)?.[0] ?? '';
    expect(next).not.toBe('');
    await sleep(1_000);
    const { asked, failed } = await end();
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(0);

    // Half with the new one, half with the former, and they understand each other.
    await restart('portal', next);
    await restart('gateway', next);
    const mixed = load(browser);
    await sleep(1_000);
    expect((await mixed()).failed).toEqual([]);

    const tooEarly = await command(next, 'retire');
    expect(tooEarly.code).toBe(1);
    expect(tooEarly.text).toMatch(/fingerprint [0-9a-f]{16} still has \d+ connections/);
    for (const name of services.filter((each) => each !== 'portal' && each !== 'gateway')) await restart(name, next);
    expect(await command(next, 'retire')).toEqual({
      code: 0,
      text: `Retired: ${fingerprint(secretsFrom(former))}.\n`,
    });
    // The passwords of people are peppered with what the secret opens, not with itself.
    const again = openBrowser(portOf('gateway'), `localhost:${portOf('gateway')}`);
    expect((await again.signIn('bob@demo.test')).errors).toEqual([]);
  }, 240_000);

  it('opens nothing once it is retired, and disturbs nobody', async () => {
    const refused = await command(former, 'show');
    expect(refused.code).toBe(1);
    expect(refused.text).toContain(fingerprint(secretsFrom(next)));
    const late = start(
      { ...admin(former), DATABASE_URL: `postgres://127.0.0.1:${server.port}`, SUBGRAPHS: 'a=http://b' },
      'subgraphs/portal/src/main.ts',
    );
    expect(await late.ended).toBe(1);
    expect(late.output()).toContain('does not know the secret');
    await Promise.all(services.map(ready));
  }, 120_000);
});
