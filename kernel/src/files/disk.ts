import { randomBytes } from 'node:crypto';
import { createWriteStream, type Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { assertFileKey, type FileStore, FilesUnavailable, isFileKey, type StoredFile, witnessed } from './store.ts';

/** Drafts that are older than an hour were left by a process that died. */
const DRAFT_MS = 3_600_000;
const DRAFTS = '.drafts';

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** What the work comes to; null where the file is missing, and FilesUnavailable for every other trouble of the disk. */
async function orMissing<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return null;
    throw new FilesUnavailable(error);
  }
}

/** A rename is there after a loss of power only once its folder was written. */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function sweepDrafts(drafts: string): Promise<void> {
  for (const name of (await orMissing(() => readdir(drafts))) ?? []) {
    const draft = join(drafts, name);
    const found = await orMissing(() => stat(draft));
    if (found && Date.now() - found.mtimeMs > DRAFT_MS) await orMissing(() => rm(draft, { force: true }));
  }
}

const foldersIn = (entries: readonly Dirent[] | null) =>
  (entries ?? []).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);

/** Where a key lies in the folder. */
function pathIn(root: string, key: string): string {
  assertFileKey(key);
  const [space, name] = key.split('/') as [string, string];
  // The last digits of a UUIDv7 are random; the first ones are the time.
  return join(root, space, name.slice(34, 36), name);
}

async function takePlace(from: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rename(from, path);
  await settle(dirname(path));
}

/** Writes a draft, which takes its place once it is whole. */
async function put(root: string, key: string, body: AsyncIterable<Uint8Array>, bytes: number): Promise<void> {
  const path = pathIn(root, key);
  const draft = join(root, DRAFTS, randomBytes(12).toString('hex'));
  const { seen, read } = witnessed(body);
  try {
    await mkdir(dirname(draft), { recursive: true, mode: 0o700 });
    await pipeline(read, createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }));
    if (seen.bytes !== bytes) throw new RangeError(`a file of ${bytes} bytes had ${seen.bytes}`);
    await takePlace(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    if (seen.error !== undefined) throw seen.error;
    throw error instanceof RangeError ? error : new FilesUnavailable(error);
  }
}

async function* list(root: string, space: string): AsyncGenerator<StoredFile> {
  await sweepDrafts(join(root, DRAFTS));
  const top = join(root, space);
  for (const part of foldersIn(await orMissing(() => readdir(top, { withFileTypes: true })))) {
    for (const name of (await orMissing(() => readdir(join(top, part)))) ?? []) {
      const key = `${space}/${name}`;
      const found = isFileKey(key) && (await orMissing(() => stat(join(top, part, name))));
      if (found) yield { key, writtenAt: found.mtimeMs };
    }
  }
}

/** A store in a folder that all processes of one machine share. Files are for its owner alone, in 256 folders per space. */
export function diskFiles(folder: string): FileStore {
  const root = resolve(folder);
  const pathOf = (key: string) => pathIn(root, key);
  return {
    put: (key, body, bytes) => put(root, key, body, bytes),
    async open(key) {
      const handle = await orMissing(() => open(pathOf(key)));
      return handle?.createReadStream() ?? null;
    },
    size: async (key) => (await orMissing(() => stat(pathOf(key))))?.size ?? null,
    async move(from, to) {
      const moved = await orMissing(async () => {
        await stat(pathOf(from));
        await takePlace(pathOf(from), pathOf(to));
        return true;
      });
      return moved ?? (await orMissing(() => stat(pathOf(to)))) !== null;
    },
    async remove(keys) {
      for (const key of keys) await orMissing(() => rm(pathOf(key)));
    },
    list: (space) => list(root, space),
    spaces: async () => foldersIn(await orMissing(() => readdir(root, { withFileTypes: true }))),
    async ping() {
      // The folder is made by the first file; a disk on which it cannot be made fails that one.
      await orMissing(() => readdir(root));
    },
    close: async () => undefined,
  };
}
