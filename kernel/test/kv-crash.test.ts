import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/db/embedded.ts';
import { withClient } from '../src/db/provision.ts';
import { createStoreTables, postgresStore } from '../src/kv/postgres.ts';
import type { KeyValueStore } from '../src/kv/store.ts';

// A server of its own: the crash ends every connection there is.
let folder: string;
let server: EmbeddedPostgres;
let store: KeyValueStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polity-kv-crash-'));
  await chmod(folder, 0o711);
  server = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
}, 120_000);

afterAll(async () => {
  await store?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function untilItAnswers(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch {
      await sleep(50);
    }
  }
}

/** Any backend that dies of SIGKILL makes the server end all others and recover from its log. */
async function crash(): Promise<void> {
  const url = server.url('postgres');
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    process.kill(rows[0]?.pid as number, 'SIGKILL');
  });
  await untilItAnswers(() => withClient(url, async (client) => void (await client.query('select 1'))));
}

describe('a store in PostgreSQL, when a backend of the server is killed', () => {
  it('keeps sessions and whatever was ended or counted for good, in tables that an earlier version made, too', async () => {
    const url = server.url('postgres');
    await withClient(url, async (client) => {
      await client.query(
        'create unlogged table polity_kv (key bytea primary key, value bytea not null, expires_at timestamptz)',
      );
    });
    await createStoreTables(url);
    store = postgresStore({ url, maxConnections: 2 });
    const life = { ttlSeconds: 3_600 };
    await store.set('session:a', 'alice', life);
    await store.addMember('sessions:alice', 'session:a', life);
    await store.set('session:b', 'bob', life);
    await store.increment('epoch:alice', 1);
    expect(await store.delete('session:b')).toBe(true);
    await crash();
    await untilItAnswers(() => store.ping());
    expect(await store.getMany(['session:a', 'session:b', 'epoch:alice'])).toEqual(['alice', null, '1']);
    expect(await store.members('sessions:alice')).toEqual(['session:a']);
  }, 60_000);
});
