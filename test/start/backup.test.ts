import { randomUUID } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Manifest } from '@polity/kernel/backup/manifest';
import { attachEmbeddedPostgres } from '@polity/kernel/db/embedded';
import { withClient } from '@polity/kernel/db/provision';
import { onePixel } from '@polity/kernel/testing/uploads';
import { openBrowser } from '../../gateway/test/browser.ts';
import { registry } from '../../subgraphs/registry.ts';
import { killRunning, type Started, start, stop, until } from './process.ts';

describe('a backup', () => {
  const port = 30_000 + Math.floor(Math.random() * 25) * 100;
  let folder = '';
  let dataDir = '';
  let env: Record<string, string> = {};
  let running: Started;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polity-backup-'));
    await chmod(folder, 0o711);
    dataDir = join(folder, 'data');
    env = { DATA_DIR: dataDir, PORT: String(port), OPS_PORT: String(port + 1), LOG_LEVEL: 'error' };
  });

  afterAll(async () => {
    killRunning();
    await sleep(500);
    await rm(folder, { recursive: true, force: true });
  });

  const serve = async () => {
    running = start(env);
    await until(running, 'Polity is ready.');
  };
  const command = async (script: string, ...args: string[]) => {
    const started = start(env, `tools/${script}.ts`, args);
    return { code: await started.ended, text: started.output() };
  };
  const manifestOf = async (backup: string) =>
    JSON.parse(await readFile(join(folder, backup, 'manifest.json'), 'utf8')) as Manifest;

  async function ask<Row>(service: string, sql: string, values: unknown[] = []): Promise<Row[]> {
    const server = await attachEmbeddedPostgres(dataDir);
    if (!server) throw new Error('The server does not run.');
    return withClient(
      server.url(`polity_${service}`),
      async (client) => (await client.query(sql, values)).rows as Row[],
    );
  }

  /** Rows of every table that a backup names, as they are now. */
  async function countsOf(manifest: Manifest): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { service, tables } of manifest.databases) {
      for (const { name } of tables) {
        const [row] = await ask<{ rows: number }>(service, `select count(*)::int as rows from "${name}"`);
        counts[`${service}.${name}`] = row?.rows ?? -1;
      }
    }
    return counts;
  }

  const writtenCounts = ({ databases }: Manifest) =>
    Object.fromEntries(
      databases.flatMap(({ service, tables }) => tables.map(({ name, rows }) => [`${service}.${name}`, rows])),
    );

  const lost = randomUUID();
  /** Puts in an event of a kind that is consumed, published but still on its way: in a broker that the restored installation does not have. */
  async function loseOne(): Promise<void> {
    const handled = await Promise.all(
      registry.map(({ name }) => ask<{ event_id: string }>(name, 'select event_id from inbox')),
    );
    const ids = handled.flat().map(({ event_id }) => event_id);
    const copy = `insert into outbox (event_id, tenant_id, aggregate_id, type, payload, dataschema, published_at)
      select $1, tenant_id, aggregate_id, type, payload, dataschema, clock_timestamp()
      from outbox where event_id = any($2) order by id limit 1 returning type`;
    for (const { name } of registry) if ((await ask(name, copy, [lost, ids])).length > 0) return;
    throw new Error('No event was consumed yet.');
  }

  let logoUrl = '';
  const logo = async () => {
    const answer = await fetch(logoUrl);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  /** Gives the tenant a picture. */
  async function giveLogo(): Promise<void> {
    const admin = openBrowser(port, `localhost:${port}`);
    await admin.signIn('admin@demo.test');
    const { url, token } = await admin.get('mutation { requestUpload(kind: IMAGE) { url token } }');
    expect((await fetch(url, { method: 'PUT', body: onePixel })).status).toBe(201);
    const change = 'mutation ($logo: String!) { updateTenant(input: { logo: $logo }) { logoUrl } }';
    ({ logoUrl } = await admin.get(change, { logo: token }));
  }

  it('is taken while the installation serves and writes', async () => {
    await serve();
    const browser = openBrowser(port, `localhost:${port}`);
    expect((await browser.signIn('alice@demo.test')).errors).toEqual([]);
    await giveLogo();
    expect(await logo()).toEqual({ status: 200, bytes: onePixel });
    await loseOne();
    let isOver = false;
    const refused: string[] = [];
    const writing = (async () => {
      while (!isOver) {
        const { errors, text } = await openBrowser(port, `localhost:${port}`).signIn('bob@demo.test');
        if (errors.length > 0 && !text.includes('RATE_LIMITED')) refused.push(text);
      }
    })();
    const { code, text } = await command('backup', join(folder, 'first'));
    isOver = true;
    await writing;
    expect([code, text]).toEqual([0, expect.stringContaining('The secret is not in it')]);
    expect(refused).toEqual([]);
    const manifest = await manifestOf('first');
    expect(manifest.files).toMatchObject({ count: 1, bytes: onePixel.length });
    expect(manifest.databases.map(({ service }) => service).sort()).toEqual(registry.map(({ name }) => name).sort());
    const secret = (JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as { master: string }).master;
    expect(JSON.stringify(manifest)).not.toContain(secret);
  }, 240_000);

  it('does not take the place of another, and is not restored under a running installation', async () => {
    expect((await command('backup', join(folder, 'first'))).text).toContain('is there already');
    const { code, text } = await command('restore', join(folder, 'first'));
    expect([code, text]).toEqual([1, expect.stringMatching(/^Not restored: .* is already in use by process \d+/)]);
    expect(await stop(running)).toBe(0);
  }, 120_000);

  it('is refused before anything is touched where it was changed, or belongs to another secret', async () => {
    await cp(join(folder, 'first'), join(folder, 'changed'), { recursive: true });
    const { databases } = await manifestOf('changed');
    const { file } = databases[0]!.tables[0]!;
    await writeFile(join(folder, 'changed', file), 'x', { flag: 'a' });
    const changed = await command('restore', join(folder, 'changed'), '--replace');
    expect([changed.code, changed.text]).toEqual([1, expect.stringContaining(`${file} of the backup was changed`)]);
    await cp(join(folder, 'first', file), join(folder, 'changed', file));
    const [picture = ''] = await readdir(join(folder, 'changed/files/identity'));
    await writeFile(join(folder, 'changed/files/identity', picture), 'x');
    const damaged = await command('restore', join(folder, 'changed'), '--replace');
    expect([damaged.code, damaged.text]).toEqual([
      1,
      expect.stringContaining(`files/identity/${picture} of the backup was`),
    ]);
    const newer = await manifestOf('changed');
    newer.databases[0]!.migrations.push('Migration99990101000000_later');
    await writeFile(join(folder, 'changed/manifest.json'), JSON.stringify(newer));
    const early = await command('restore', join(folder, 'changed'), '--replace');
    expect([early.code, early.text]).toEqual([1, expect.stringContaining('is of a newer release')]);
    const careful = await command('restore', join(folder, 'first'));
    expect([careful.code, careful.text]).toEqual([1, expect.stringContaining('Give --replace')]);
    const other = { ...env, DATA_DIR: join(folder, 'stranger') };
    const stranger = start(other, 'tools/restore.ts', [join(folder, 'first')]);
    expect(await stranger.ended).toBe(1);
    expect(stranger.output()).toMatch(/This backup opens with the secret with the fingerprint [0-9a-f]{16}/);
    await serve();
    expect((await openBrowser(port, `localhost:${port}`).signIn('alice@demo.test')).errors).toEqual([]);
    await stop(running);
  }, 240_000);

  it('brings a machine that lost everything but the secret back: rows, files, sign-in, events', async () => {
    const secrets = await readFile(join(dataDir, 'secrets.json'));
    await rename(dataDir, join(folder, 'gone'));
    await mkdir(dataDir, { mode: 0o711 });
    await writeFile(join(dataDir, 'secrets.json'), secrets, { mode: 0o600 });
    const restored = await command('restore', join(folder, 'first'));
    expect([restored.code, restored.text]).toEqual([0, expect.stringContaining('The installation is as it was at')]);

    // A second backup of the untouched restore has the same rows; only what is to be published again differs.
    expect((await command('backup', join(folder, 'second'))).code).toBe(0);
    const [first, second] = [await manifestOf('first'), await manifestOf('second')];
    expect(writtenCounts(second)).toEqual(writtenCounts(first));
    const contents = ({ databases }: Manifest) =>
      databases.flatMap(({ service, tables }) =>
        tables
          .filter(({ name }) => name !== 'outbox' && !name.endsWith('_version') && name !== 'access_change')
          .map(({ name, sha256 }) => `${service}.${name} ${sha256}`),
      );
    expect(contents(second)).toEqual(contents(first));
    const versions = ({ databases }: Manifest) => databases.map(({ sequences }) => sequences);
    expect(versions(second)).toEqual(versions(first));

    await serve();
    const browser = openBrowser(port, `localhost:${port}`);
    expect((await browser.signIn('alice@demo.test')).errors).toEqual([]);
    expect(await browser.get('{ me { email } }')).toEqual({ email: 'alice@demo.test' });
    expect(await logo()).toEqual({ status: 200, bytes: onePixel });
    // What was on its way arrives, and nothing acts twice or is given up.
    const consumed = async () =>
      (
        await Promise.all(registry.map(({ name }) => ask(name, 'select from inbox where event_id = $1', [lost])))
      ).flat();
    while ((await consumed()).length === 0) await sleep(100);
    for (const { name } of registry) {
      while ((await ask<{ n: number }>(name, 'select count(*)::int as n from outbox where published_at is null'))[0]?.n)
        await sleep(100);
      expect(await ask(name, `select consumer, error from dead_letter`)).toEqual([]);
    }
    const after = await countsOf(first);
    expect(after['portal.post']).toBe(writtenCounts(first)['portal.post']);
    expect(after['access.role_binding']).toBe(writtenCounts(first)['access.role_binding']);
    // Versions that anybody may remember from after the backup are older than these.
    const [{ oldest }] = (await ask<{ oldest: string }>('access', 'select min(v) as oldest from subject_version')) as [
      { oldest: string },
    ];
    expect(Number(oldest)).toBeGreaterThan(Date.parse(first.takenAt));
    await stop(running);
  }, 300_000);
});
