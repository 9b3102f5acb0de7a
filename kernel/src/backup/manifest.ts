import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../config/start-error.ts';

const table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number(),
  /** Path within the backup. */
  file: z.string().regex(/^[a-z0-9_]+\/[a-z0-9_]+\.copy\.gz$/),
  sha256: z.string(),
});

/** The files of an installation that keeps them in a folder; what each is, says the list beside the manifest. */
const files = z.object({
  count: z.number(),
  bytes: z.number(),
  /** Of the list. */
  sha256: z.string(),
});

const manifest = z.object({
  format: z.literal(1),
  takenAt: z.string(),
  /** Key slots: the installation's key, sealed with each secret that held. The secrets themselves are not in a backup. */
  slots: z.array(z.object({ id: z.string(), envelope: z.string() })),
  /** Absent in a backup of an installation whose files are in a bucket, or that had none. */
  files: files.optional(),
  databases: z.array(
    z.object({
      service: z.string(),
      /** Migrations that the data had, in their order. */
      migrations: z.array(z.string()),
      /** In an order in which rows find what they refer to. */
      tables: z.array(table),
      sequences: z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() })),
    }),
  ),
});

/** What a backup says about itself. */
export type Manifest = z.infer<typeof manifest>;
export type DatabaseCopy = Manifest['databases'][number];
export type TableCopy = z.infer<typeof table>;
export type FilesCopy = z.infer<typeof files>;

export const MANIFEST = 'manifest.json';

/** Reads the manifest of a backup. Throws StartError where there is none that this release can read. */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    return manifest.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch (cause) {
    throw new StartError(`There is no backup in ${folder}, or not one that this release can read.`, { cause });
  }
}
