import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { StartError } from '../src/config/start-error.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/db/embedded.ts';
import { canReach } from '../src/db/embedded-account.ts';

const LAUNCHER = fileURLToPath(new URL('../src/db/embedded.ts', import.meta.url));
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const whenRoot = isRoot ? test : test.skip;
const whenNobodyCanReadUs =
  isRoot && (await canReach({ uid: NOBODY, gid: NOBODY }, dirname(LAUNCHER))) ? test : test.skip;

const folders: string[] = [];
const running = new Set<EmbeddedPostgres>();
const children = new Set<ChildProcess>();

afterEach(async () => {
  for (const server of running) await server.stop();
  running.clear();
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'polity-embedded-'));
  await chmod(folder, 0o711);
  folders.push(folder);
  return folder;
}

async function start(dataDir: string, port?: number): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(port === undefined ? { dataDir } : { dataDir, port });
  running.add(server);
  return server;
}

async function stop(server: EmbeddedPostgres): Promise<void> {
  running.delete(server);
  await server.stop();
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StartError);
  const { message } = error as StartError;
  expect(message).toMatch(/^[A-Z][^\n]*\.$/);
  return message;
}

/** Another node process that starts the database, says its URL and stays. */
async function startElsewhere(dataDir: string, uid?: number): Promise<{ child: ChildProcess; url: string }> {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(LAUNCHER)});
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} }).catch((error) => { process.stdout.write('refused: ' + error.message); process.exit(1); });
    process.stdout.write(server.url('postgres') + '\\n');
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: '/',
    env: { PATH: process.env['PATH'], TMPDIR: uid === undefined ? tmpdir() : dirname(dataDir) },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  children.add(child);
  const [chunk] = await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  return { child, url: String(chunk).trim() };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

const serverPid = async (folder: string) =>
  Number.parseInt(await readFile(join(folder, 'cluster/postmaster.pid'), 'utf8'), 10);

async function eventually<Value>(attempt: () => Promise<Value>): Promise<Value> {
  for (let left = 100; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(100);
    }
  }
}

describe('starting and stopping', () => {
  test('the first start makes an empty UTF-8 database that only this machine reaches, and later starts find its data', async () => {
    const dataDir = join(await aFolder(), 'not/yet/there');
    const first = await start(dataDir);
    const [facts] = await query(
      first.url('postgres'),
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('listen_addresses') as listens,
         current_setting('unix_socket_directories') as sockets, pg_encoding_to_char(encoding) as encoding, datlocprovider as provider,
         current_setting('max_connections') as connections, current_setting('TimeZone') as zone, lower('ÀÉ') as lowered
       from pg_database where datname = 'postgres'`,
    );
    expect(facts).toEqual({
      major: 18,
      listens: '127.0.0.1',
      sockets: '',
      encoding: 'UTF8',
      provider: 'b',
      connections: '200',
      zone: 'UTC',
      lowered: 'àé',
    });
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'cluster'))).mode & 0o777).toBe(0o700);
    await query(first.url('postgres'), `create table kept as select 'still here' as word`);
    await stop(first);

    const second = await start(dataDir);
    expect(await query(second.url('postgres'), 'select word from kept')).toEqual([{ word: 'still here' }]);
    expect(second.password).toBe(first.password);
  });

  test('a connection without the password is refused', async () => {
    const server = await start(await aFolder());
    const url = server.url('postgres').replace(server.password, 'guess');
    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('stopping does not wait for an open transaction, and can be asked twice', async () => {
    const server = await start(await aFolder());
    const client = new pg.Client({ connectionString: server.url('postgres') });
    const lost = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await client.query('begin; create table unfinished ()');
    await stop(server);
    await server.stop();
    await lost;
    await expect(query(server.url('postgres'), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('the environment of the caller does not steer the server', async () => {
    process.env['PGPORT'] = '1';
    process.env['PGDATA'] = '/nowhere';
    try {
      const server = await start(await aFolder());
      expect(await query(server.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      delete process.env['PGPORT'];
      delete process.env['PGDATA'];
    }
  });
});

describe('after a crash', () => {
  test('a server that is killed comes back on its port with every committed row', async () => {
    const dataDir = await aFolder();
    const server = await start(dataDir);
    await query(server.url('postgres'), 'create table kept as select 7 as number');
    const killed = await serverPid(dataDir);
    process.kill(killed, 'SIGKILL');
    const rows = await eventually(async () => {
      expect(await serverPid(dataDir)).not.toBe(killed);
      return query(server.url('postgres'), 'select number from kept');
    });
    expect(rows).toEqual([{ number: 7 }]);
  });

  test('what a killed node process left running does not stand in the way of the next start', async () => {
    const dataDir = await aFolder();
    const { child, url } = await startElsewhere(dataDir);
    await query(url, 'create table kept as select 7 as number');
    // Its guard begins to stop the server now; the next start waits for that or takes the server over.
    await end(child, 'SIGKILL');
    const server = await start(dataDir);
    expect(await query(server.url('postgres'), 'select number from kept')).toEqual([{ number: 7 }]);
    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('data survive the kill of node and server at once', async () => {
    const dataDir = await aFolder();
    const { child, url } = await startElsewhere(dataDir);
    await query(url, 'create table kept as select 7 as number');
    process.kill(await serverPid(dataDir), 'SIGKILL');
    await end(child, 'SIGKILL');
    const server = await start(dataDir);
    expect(await query(server.url('postgres'), 'select number from kept')).toEqual([{ number: 7 }]);
  });

  test('a stale pid file whose number now belongs to another program neither stops the start nor harms that program', async () => {
    const dataDir = await aFolder();
    const first = await start(dataDir);
    const pidFile = await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8');
    await stop(first);
    const { uid, gid } = await stat(join(dataDir, 'cluster'));
    const bystander = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    children.add(bystander);
    await writeFile(join(dataDir, 'cluster/postmaster.pid'), pidFile.replace(/^\d+/, String(bystander.pid)));
    if (isRoot) await chown(join(dataDir, 'cluster/postmaster.pid'), uid, gid);
    await writeFile(join(dataDir, 'lock'), `${bystander.pid} born-in-another-life\n`);

    const server = await start(dataDir);
    expect(await query(server.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    expect([bystander.exitCode, bystander.signalCode]).toEqual([null, null]);
  });

  test('a lost password file is replaced, and the data stay', async () => {
    const dataDir = await aFolder();
    const first = await start(dataDir);
    await query(first.url('postgres'), 'create table kept as select 7 as number');
    await stop(first);
    await rm(join(dataDir, 'password'));
    const second = await start(dataDir);
    expect(second.password).not.toBe(first.password);
    expect(await query(second.url('postgres'), 'select number from kept')).toEqual([{ number: 7 }]);
  });
});

describe('what cannot start says why in one sentence', () => {
  test('of two starts of one data folder at once, one wins and the other is told who holds it', async () => {
    const dataDir = await aFolder();
    const outcomes = await Promise.allSettled([start(dataDir), start(dataDir)]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(await refusal(Promise.reject(refused[0]?.reason))).toContain(`already in use by process ${process.pid}`);

    const elsewhere = await startElsewhere(dataDir);
    expect(elsewhere.url).toMatch(/^refused: The database in .* is already in use by process/);
    const [winner] = running;
    expect(await query((winner as EmbeddedPostgres).url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('a port that another program holds', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const dataDir = await aFolder();
    try {
      expect(await refusal(start(dataDir, port))).toContain(`Port ${port} is taken`);
    } finally {
      holder.close();
    }
    expect((await start(dataDir, port)).port).toBe(port);
  });

  test('a damaged or foreign data folder', async () => {
    const dataDir = await aFolder();
    await stop(await start(dataDir));
    const cluster = join(dataDir, 'cluster');
    await rename(join(cluster, 'global/pg_control'), join(cluster, 'pg_control.aside'));
    expect(await refusal(start(dataDir))).toMatch(/does not start: could not find the database system.*may be damaged/);
    await rename(join(cluster, 'pg_control.aside'), join(cluster, 'global/pg_control'));
    await writeFile(join(cluster, 'PG_VERSION'), '15\n');
    expect(await refusal(start(dataDir))).toContain('was made by PostgreSQL 15');
    await rm(join(cluster, 'PG_VERSION'));
    expect(await refusal(start(dataDir))).toContain('is damaged');
    await writeFile(join(cluster, 'PG_VERSION'), '18\n');
    if (isRoot) await chown(join(cluster, 'PG_VERSION'), (await stat(cluster)).uid, (await stat(cluster)).gid);
    await start(dataDir);
  });

  test('a password file that does not fit', async () => {
    const dataDir = await aFolder();
    await stop(await start(dataDir));
    await writeFile(join(dataDir, 'password'), 'another\n');
    expect(await refusal(start(dataDir))).toContain('does not fit');
  });

  test('a data folder that is a file', async () => {
    const file = join(await aFolder(), 'file');
    await writeFile(file, '');
    expect(await refusal(start(file))).toContain('cannot be used');
  });

  test('a failed start leaves no server and no lock behind', async () => {
    const dataDir = await aFolder();
    await stop(await start(dataDir));
    await writeFile(join(dataDir, 'password'), 'another\n');
    await refusal(start(dataDir));
    expect(await readdir(dataDir)).not.toContain('lock');
    expect(await readdir(join(dataDir, 'cluster'))).not.toContain('postmaster.pid');
  });
});

describe('accounts', () => {
  whenRoot('as root the server runs under another account', async () => {
    const dataDir = await aFolder();
    await start(dataDir);
    expect((await stat(`/proc/${await serverPid(dataDir)}`)).uid).not.toBe(0);
  });

  whenRoot(
    'as root in a private home the cluster lies outside, where a pointer in the data folder finds it again',
    async () => {
      const home = await aFolder();
      await chmod(home, 0o700);
      const dataDir = join(home, 'project/.data/postgres');
      const umask = process.umask(0o077);
      const first = await start(dataDir).finally(() => process.umask(umask));
      const outside = (await readFile(join(dataDir, 'location'), 'utf8')).trim();
      folders.push(outside);
      await query(first.url('postgres'), 'create table kept as select 7 as number');
      await stop(first);
      expect((await stat(join(outside, 'cluster'))).isDirectory()).toBe(true);
      expect((await stat(home)).mode & 0o777).toBe(0o700);

      const second = await start(dataDir);
      expect(await query(second.url('postgres'), 'select number from kept')).toEqual([{ number: 7 }]);
      await stop(second);
      await rename(outside, `${outside}-gone`);
      folders.push(`${outside}-gone`);
      expect(await refusal(start(dataDir))).toContain('which is gone');
    },
  );

  whenRoot('as root a cluster that was restored as root is given to the account of the server', async () => {
    const dataDir = await aFolder();
    await stop(await start(dataDir));
    const cluster = join(dataDir, 'cluster');
    for (const name of await readdir(cluster, { recursive: true })) await chown(join(cluster, name), 0, 0);
    await chown(cluster, 0, 0);
    await chmod(cluster, 0o755);
    const server = await start(dataDir);
    expect(await query(server.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  whenNobodyCanReadUs(
    'an ordinary user starts, root starts the same data, and the user starts them again',
    async () => {
      const folder = await aFolder();
      await chmod(folder, 0o777);
      const dataDir = join(folder, 'data');
      await mkdir(dataDir, { mode: 0o700 });
      await chown(dataDir, NOBODY, NOBODY);

      const first = await startElsewhere(dataDir, NOBODY);
      expect(first.url).toMatch(/^postgres:/);
      await query(first.url, 'create table kept as select 7 as number');
      await end(first.child, 'SIGTERM');

      const asRoot = await start(dataDir);
      expect((await stat(`/proc/${await serverPid(dataDir)}`)).uid).toBe(NOBODY);
      await query(asRoot.url('postgres'), 'update kept set number = 8');
      await stop(asRoot);

      const again = await startElsewhere(dataDir, NOBODY);
      expect(await query(again.url, 'select number from kept')).toEqual([{ number: 8 }]);
      await end(again.child, 'SIGKILL');
      const after = await startElsewhere(dataDir, NOBODY);
      expect(await query(after.url, 'select number from kept')).toEqual([{ number: 8 }]);
      await end(after.child, 'SIGTERM');
    },
  );

  whenNobodyCanReadUs('an ordinary user is told when the database belongs to someone else', async () => {
    const dataDir = await aFolder();
    await chmod(dataDir, 0o755);
    await stop(await start(dataDir));
    const { url } = await startElsewhere(dataDir, NOBODY);
    expect(url).toMatch(
      /^refused: The database in .* belongs to another user|^refused: .* Start as the user who owns it\.$/,
    );
  });
});
