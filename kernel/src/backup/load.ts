import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { StartError } from '../config/start-error.ts';
import type { DatabaseCopy, Manifest, TableCopy } from './manifest.ts';
import { copiedTables, quoted } from './tables.ts';

/** Reads every file of a backup and compares it with what the manifest says. Throws StartError for one that was changed. */
export async function verifyFiles(folder: string, { databases }: Manifest): Promise<void> {
  for (const { file, sha256 } of databases.flatMap(({ tables }) => tables)) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, file)), hash).catch((cause) => {
      throw new StartError(`${file} of the backup cannot be read.`, { cause });
    });
    if (hash.digest('hex') !== sha256) throw new StartError(`${file} of the backup was changed or is damaged.`);
  }
}

/** Fills a database that has just the tables of the backup, as its owner, in one transaction. Throws StartError. */
export async function loadDatabase(folder: string, copy: DatabaseCopy, owner: pg.Client): Promise<void> {
  await owner.query('begin');
  const present = await copiedTables(owner);
  const names = present.map(({ name }) => quoted(name));
  // What triggers guard or derive is in the backup already; what migrations put in is there, too.
  for (const name of names) await owner.query(`alter table ${name} disable trigger user`);
  await owner.query(`truncate ${names.join(', ')}`);
  for (const table of copy.tables) await loadTable(folder, table, owner);
  for (const { name, value, called } of copy.sequences) {
    await owner.query('select setval($1::regclass, $2::bigint, $3)', [quoted(name), value, called]);
  }
  // A table with checks that wait for the end of the transaction cannot be altered.
  await owner.query('set constraints all immediate');
  for (const name of names) await owner.query(`alter table ${name} enable trigger user`);
  await owner.query('commit');
}

async function loadTable(folder: string, { name, columns, rows, file }: TableCopy, owner: pg.Client): Promise<void> {
  const target = owner.query(copyStreams.from(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`));
  await pipeline(createReadStream(join(folder, file)), createGunzip(), target);
  if (target.rowCount !== rows) {
    throw new StartError(`${file} of the backup has ${target.rowCount} rows, and its manifest says ${rows}.`);
  }
}
