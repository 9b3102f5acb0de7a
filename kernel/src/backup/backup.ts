import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { StartError } from '../config/start-error.ts';
import type { KeySlot } from '../db/key-slots.ts';
import { appliedMigrations } from '../db/migrate.ts';
import type { FileStore } from '../files/store.ts';
import { copyFiles } from './files.ts';
import { type DatabaseCopy, MANIFEST, type Manifest, type TableCopy } from './manifest.ts';
import { openSnapshots } from './snapshot.ts';
import { type CopiedTable, copiedTables, quoted } from './tables.ts';

/**
 * Writes a backup of the databases (owner's address by service), then of the files, into a new folder for its owner alone, while they serve; a backup that
 * was cut short is no folder of that name. Throws StartError.
 */
export async function backup(
  folder: string,
  urls: Readonly<Record<string, string>>,
  slots: readonly KeySlot[],
  store: FileStore,
): Promise<Manifest> {
  const target = resolve(folder);
  if (await stat(target).catch(() => null))
    throw new StartError(`${target} is there already. Name a folder that is not.`);
  const draft = `${target}.unfinished`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const snapshots = await openSnapshots(urls);
    const takenAt = new Date().toISOString();
    const databases: DatabaseCopy[] = [];
    try {
      for (const service of Object.keys(urls))
        databases.push(await copyDatabase(draft, service, snapshots.client(service)));
    } finally {
      await snapshots.close();
    }
    const files = await copyFiles(draft, store);
    const manifest: Manifest = { format: 1, takenAt, slots: [...slots], ...(files && { files }), databases };
    await writeFile(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(draft, target);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function copyDatabase(folder: string, service: string, client: pg.Client): Promise<DatabaseCopy> {
  await mkdir(join(folder, service), { mode: 0o700 });
  const tables: TableCopy[] = [];
  for (const table of await copiedTables(client)) tables.push(await copyTable(folder, service, table, client));
  const { rows: sequences } = await client.query<{ name: string; value: string; called: boolean }>(
    `select sequencename as name, coalesce(last_value, start_value)::text as value, last_value is not null as called
     from pg_sequences where schemaname = 'public' and sequencename not like 'migration\\_%' order by 1`,
  );
  return { service, migrations: await appliedMigrations(client), tables, sequences };
}

async function copyTable(folder: string, service: string, table: CopiedTable, client: pg.Client): Promise<TableCopy> {
  const { name, columns } = table;
  const file = `${service}/${name}.copy.gz`;
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const rows = client.query(
    copyStreams.to(`copy (select ${columns.map(quoted).join(', ')} from ${quoted(name)}) to stdout`),
  );
  await pipeline(
    rows,
    createGzip({ level: 3 }),
    hashing,
    createWriteStream(join(folder, file), { mode: 0o600, flush: true }),
  );
  return { name, columns, rows: rows.rowCount, file, sha256: hash.digest('hex') };
}
