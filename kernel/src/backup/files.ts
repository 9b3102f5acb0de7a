import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { StartError } from '../config/start-error.ts';
import { INCOMING } from '../files/arrived.ts';
import { type FileStore, isFileKey } from '../files/store.ts';
import type { FilesCopy } from './manifest.ts';

const LIST = 'files.ndjson';
const FOLDER = 'files';

const line = z.object({ key: z.string().refine(isFileKey), bytes: z.number(), sha256: z.string() });

/** Lets a stream pass, and knows its digest and length afterwards. */
function digesting() {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { through, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

async function* keysOf(store: FileStore): AsyncGenerator<string> {
  for (const space of (await store.spaces?.()) ?? []) {
    // What no verb has taken is nobody's yet, and too old before it could be restored.
    if (space === INCOMING) continue;
    for await (const { key } of store.list(space)) yield key;
  }
}

/**
 * Copies the files of a store that knows its spaces; undefined for a bucket, which is copied where it is. It comes after the rows: what they refer to
 * is there for a day after they cease to.
 */
export async function copyFiles(folder: string, store: FileStore): Promise<FilesCopy | undefined> {
  if (!store.spaces) return undefined;
  const list = await open(join(folder, LIST), 'wx', 0o600);
  const hash = createHash('sha256');
  const copied = { count: 0, bytes: 0 };
  try {
    for await (const key of keysOf(store)) {
      const content = await store.open(key);
      if (!content) continue;
      const path = join(folder, FOLDER, key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const { through, result } = digesting();
      await pipeline(content, through, createWriteStream(path, { mode: 0o600, flush: true }));
      const text = `${JSON.stringify({ key, ...result() })}\n`;
      hash.update(text);
      await list.write(text);
      copied.count += 1;
      copied.bytes += (JSON.parse(text) as { bytes: number }).bytes;
    }
    await list.sync();
  } finally {
    await list.close();
  }
  return { ...copied, sha256: hash.digest('hex') };
}

async function* listed(folder: string): AsyncGenerator<z.infer<typeof line>> {
  for await (const text of createInterface({ input: createReadStream(join(folder, LIST)) }))
    yield line.parse(JSON.parse(text));
}

async function digestOf(path: string): Promise<string> {
  const { through, result } = digesting();
  const read = createReadStream(path);
  await pipeline(read, through, async (parts) => {
    for await (const _part of parts);
  }).catch((cause) => {
    throw new StartError(`${path} of the backup cannot be read.`, { cause });
  });
  return result().sha256;
}

/** Compares every file of a backup with what was noted of it. Throws StartError for one that was changed. */
export async function verifyCopiedFiles(folder: string, copy: FilesCopy | undefined): Promise<void> {
  if (!copy) return;
  const damaged = (path: string) => new StartError(`${path} of the backup was changed or is damaged.`);
  if ((await digestOf(join(folder, LIST))) !== copy.sha256) throw damaged(LIST);
  for await (const { key, sha256 } of listed(folder))
    if ((await digestOf(join(folder, FOLDER, key))) !== sha256) throw damaged(`${FOLDER}/${key}`);
}

/** Puts the files of a backup back; what is there stays, and what no row refers to is swept later. */
export async function restoreFiles(folder: string, copy: FilesCopy | undefined, store: FileStore): Promise<void> {
  if (!copy) return;
  for await (const { key, bytes } of listed(folder))
    if ((await store.size(key)) !== bytes) await store.put(key, createReadStream(join(folder, FOLDER, key)), bytes);
}
