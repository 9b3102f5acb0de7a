import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@polity/kernel/process/free-port';
import { killRunning, start, stop, until } from './process.ts';

async function ask(port: number, query: string): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  return ((await answer.json()) as { data: Record<string, unknown> }).data;
}

describe('npm start', () => {
  let dataDir = '';
  let port = 0;
  let env: Record<string, string> = {};

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'polity-start-'));
    await chmod(dataDir, 0o711);
    port = await freePort();
    env = { PORT: String(port), OPS_PORT: String(await freePort()), DATA_DIR: dataDir };
  });

  afterAll(async () => {
    killRunning();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('brings up the whole supergraph with demo data, says what to try first, and stops when asked', async () => {
    const started = start(env);
    await until(started, 'Polity is ready.');
    expect(started.output()).toContain('alice@demo.test');
    expect(await ask(port, '{ tenant { slug } community(slug: "builders") { name memberCount } }')).toEqual({
      tenant: { slug: 'demo' },
      community: { name: 'Builders', memberCount: 3 },
    });
    expect((await fetch(`http://127.0.0.1:${env.OPS_PORT}/readyz`)).status).toBe(200);
    expect(await stop(started)).toBe(0);
  }, 180_000);

  it('without demo data sends nobody to accounts that are not there', async () => {
    const own = await mkdtemp(join(tmpdir(), 'polity-start-'));
    await chmod(own, 0o711);
    const opsPort = String(await freePort());
    const started = start({ PORT: String(await freePort()), OPS_PORT: opsPort, DATA_DIR: own, SEED: 'none' });
    await until(started, 'Polity is ready.');
    expect(started.output()).not.toContain('demo.test');
    expect(started.output()).toContain('npm run invite -- --tenant');
    expect(await stop(started)).toBe(0);
    await rm(own, { recursive: true, force: true });
  }, 180_000);

  it('finds its data when it starts again, also after everything was killed', async () => {
    const first = start(env);
    await until(first, 'Polity is ready.');
    const before = await ask(port, '{ tenant { id } }');
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start(env);
    await until(second, 'Polity is ready.');
    expect(await ask(port, '{ tenant { id } }')).toEqual(before);
    await stop(second);
  }, 180_000);

  it('does not make another secret beside a database that was made with one', async () => {
    const file = join(dataDir, 'secrets.json');
    const kept = await readFile(file);
    await rm(file);
    const started = start(env);
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('secrets.json is gone, but the database beside it was made with it.');
    expect(started.output()).not.toMatch(/\n\s+at /);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    const wrong = start({ ...env, POLITY_SECRET: Buffer.alloc(32, 1).toString('base64url') });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toMatch(/These databases belong to a secret with the fingerprint [0-9a-f]{16}, but/);
    await writeFile(file, kept, { mode: 0o600 });
    const right = start(env);
    await until(right, 'Polity is ready.');
    await stop(right);
  }, 180_000);

  it('needs a secret from its operator in production', async () => {
    const started = start({ ...env, ALLOW_HTTP: 'true', NODE_ENV: 'production' });
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain(
      'Neither POLITY_SECRET nor POLITY_SECRET_FILE is set. Production needs one of them.',
    );
  });

  it('says nothing but JSON in production', async () => {
    const { master } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'));
    const started = start({ ...env, ALLOW_HTTP: 'true', NODE_ENV: 'production', POLITY_SECRET: master });
    await until(started, '"msg":"ready"');
    await stop(started);
    const lines = started.output().trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) });
  }, 180_000);

  it('names a wrong setting of a subgraph in a sentence', async () => {
    const started = start({ ...env, ACCESS_LOG_DAYS: 'x' });
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('access: ACCESS_LOG_DAYS must be a whole number between 1 and 3650.');
    expect(started.output()).not.toMatch(/\n\s+at /);
  }, 180_000);

  it('keeps the secrets and the database to the account that runs it', async () => {
    const { mode } = await (await import('node:fs/promises')).stat(join(dataDir, 'secrets.json'));
    expect(mode & 0o077).toBe(0);
  });

  it('says in one sentence that a port is in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    const started = start(env);
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain(`Port ${port} is in use. Set PORT to a free port, or stop what listens there.`);
    expect(started.output()).not.toMatch(/\n\s+at /);
    await new Promise((resolve) => taken.close(resolve));
  }, 180_000);

  it('lists every wrong setting at once and shows no value', async () => {
    const started = start({ ...env, PORT: 'many', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://root:hunter2@host/db' });
    expect(await started.ended).toBe(1);
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(started.output()).toContain(name);
    expect(started.output()).not.toContain('hunter2');
  });

  it('says in one sentence that the secrets are damaged', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'polity-damaged-'));
    await writeFile(join(folder, 'secrets.json'), '{"master":');
    const started = start({ ...env, DATA_DIR: folder });
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain('secrets.json is damaged');
    expect(started.output()).not.toMatch(/\n\s+at /);
    expect(await readFile(join(folder, 'secrets.json'), 'utf8')).toBe('{"master":');
    await rm(folder, { recursive: true, force: true });
  });
});
