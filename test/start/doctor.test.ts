import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@polity/kernel/db/embedded';
import { withClient } from '@polity/kernel/db/provision';
import { freePort } from '@polity/kernel/process/free-port';
import { killRunning, start } from './process.ts';

describe('npm run doctor', () => {
  const secret = Buffer.alloc(32, 9).toString('base64url');
  let folder = '';
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polity-doctor-'));
    await chmod(folder, 0o711);
    server = await startEmbeddedPostgres({ dataDir: join(folder, 'server') });
  });

  afterAll(async () => {
    killRunning();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(script: string, env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
    const started = start({ DATA_DIR: join(folder, 'data'), POLITY_SECRET: secret, ...env }, `tools/${script}.ts`);
    const code = await started.ended;
    expect(started.output()).not.toMatch(/\n\s+at /);
    expect(started.output()).not.toContain(secret);
    return { code, lines: started.output().trim().split('\n') };
  }
  const asService = () => ({ DATABASE_URL: `postgres://127.0.0.1:${server.port}` });
  const ask = (database: string, sql: string) => withClient(server.url(database), (client) => client.query(sql));

  it('says what a new machine lacks, and makes nothing', async () => {
    const { code, lines } = await run('doctor', { POLITY_SECRET: '' });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining('There is no secret yet')]);
    const beside = await run('doctor', {});
    expect(beside).toEqual({ code: 1, lines: [expect.stringContaining('The embedded database server does not run')] });
  }, 120_000);

  it('says that a server was not prepared for this secret', async () => {
    const { code, lines } = await run('doctor', asService());
    expect([code, lines]).toEqual([1, [expect.stringContaining('does not know the secret with the fingerprint')]]);
  }, 120_000);

  it('finds nothing wrong where nothing is, with no more rights than a service', async () => {
    await ask('postgres', `create role boss superuser login password 'p@ss:w/o#r?d%20"&'`);
    const administrator = { DATABASE_URL: `postgres://boss@127.0.0.1:${server.port}`, PGPASSWORD: `p@ss:w/o#r?d%20"&` };
    expect((await run('migrate', administrator)).code).toBe(0);
    expect(await run('doctor', asService())).toEqual({ code: 0, lines: ['All is well.'] });
  }, 120_000);

  it('names what is wrong, all of it, each in a sentence', async () => {
    const outbox = 'insert into outbox (event_id, aggregate_id, type, payload, created_at, published_at) values';
    await ask(
      'polity_portal',
      `${outbox} (gen_random_uuid(), 'a', 'portal.a.b', '{}', now() - interval '1 hour', null)`,
    );
    await ask(
      'polity_access',
      `insert into job (name, key, due_at, succeeded_at) values ('retention', '', now(), now() - interval '5 hours')`,
    );
    await ask(
      'polity_access',
      `insert into dead_letter (consumer, event_id, payload, state, error) values ('access.x', gen_random_uuid(), '{}', 'dead', 'x')`,
    );
    const job = 'insert into job (name, key, state, due_at) values';
    await ask(
      'polity_portal',
      `${job} ('close', 'a', 'failed', now()), ('close', 'b', 'waiting', now() - interval '1 hour')`,
    );
    await ask('polity_identity', `delete from migration where id = (select max(id) from migration)`);
    const port = await freePort();
    const { code, lines } = await run('doctor', {
      ...asService(),
      NODE_ENV: 'production',
      REDIS_URL: `redis://127.0.0.1:${port}`,
      NATS_URL: `nats://127.0.0.1:${port}`,
    });
    expect(code).toBe(1);
    for (const sentence of [
      'PUBLIC_URL is no https address',
      'SMTP_URL is not set',
      'Redis (REDIS_URL) does not answer',
      'NATS (NATS_URL) does not answer',
      'Events of portal have waited for 3',
      'access gave up 1 events',
      'access keeps old rows longer than it should: its job retention fails',
      'portal gave up 1 jobs close',
      'Jobs of portal have been due for 3',
      'The database of identity lacks Migration',
    ]) {
      expect(lines).toContainEqual(expect.stringContaining(sentence));
    }
    expect(lines).toHaveLength(10);
  }, 120_000);

  it('says that files cannot be written: to what is no folder, or to a bucket that does not answer', async () => {
    const inTheWay = join(folder, 'in-the-way');
    await writeFile(inTheWay, '');
    const onDisk = await run('doctor', { ...asService(), DATA_DIR: inTheWay });
    expect(onDisk.lines).toContainEqual(expect.stringContaining(`Files cannot be written to ${inTheWay}`));
    const bucket = `s3+http://key:secret@127.0.0.1:${await freePort()}/bucket`;
    const inBucket = await run('doctor', { ...asService(), S3_URL: bucket });
    expect(inBucket.lines).toContainEqual(expect.stringContaining('The bucket of S3_URL does not answer'));
  }, 60_000);

  it('says that a wrong setting is wrong', async () => {
    const { code, lines } = await run('doctor', { PORT: 'x' });
    expect([code, lines]).toEqual([1, ['doctor: Settings: PORT must be a port number between 0 and 65535.']]);
  }, 60_000);
});
