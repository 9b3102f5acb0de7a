import type { Readable } from 'node:stream';

/** A file as a listing shows it. */
export interface StoredFile {
  key: string;
  /** When it was written, epoch milliseconds, by the clock of the store. */
  writtenAt: number;
}

/**
 * Where files are kept, by keys of the form `<space>/<uuid><suffix>`. A space belongs to one service. What is written under a key is never changed,
 * so it can be read and copied without a lock. Every method throws `FilesUnavailable` when the store does not answer.
 */
export interface FileStore {
  /** Writes a file of that many bytes, or nothing: a body that throws leaves nothing behind, and its error is thrown on. */
  put(key: string, body: AsyncIterable<Uint8Array>, bytes: number): Promise<void>;
  /** The file from its beginning; null where there is none. */
  open(key: string): Promise<Readable | null>;
  /** Size in bytes; null where there is none. */
  size(key: string): Promise<number | null>;
  /** Gives a file another key; false where there is none under either. Safe to repeat, and to do by several at once. */
  move(from: string, to: string): Promise<boolean>;
  /** Removes what is there of these. */
  remove(keys: readonly string[]): Promise<void>;
  /** The files of a space, in no particular order. */
  list(space: string): AsyncIterable<StoredFile>;
  /** The spaces that hold files; only a store that is copied with a backup knows them. */
  spaces?(): Promise<string[]>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Thrown when the file store cannot be reached, is full or does not answer in time; the message names neither host nor key. */
export class FilesUnavailable extends Error {
  constructor(cause: unknown) {
    super('The file store does not answer.', { cause });
    this.name = 'FilesUnavailable';
  }
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const KEY = new RegExp(`^[a-z][a-z0-9-]{0,62}/${UUID}(\\.[a-z0-9]{1,32})?$`);

/** Whether a text is a key: nothing else becomes a path or an address. */
export const isFileKey = (text: string): boolean => KEY.test(text);

/** Throws `RangeError` for what is no key. */
export function assertFileKey(key: string): void {
  if (!isFileKey(key)) throw new RangeError('not a key of a file');
}

/** A body that remembers what went wrong with it, so that a fault of the sender is told from one of the store. */
export function witnessed(body: AsyncIterable<Uint8Array>) {
  const seen: { error?: unknown; bytes: number; isOver: boolean } = { bytes: 0, isOver: false };
  const source = body[Symbol.asyncIterator]();
  async function next() {
    try {
      return await source.next();
    } catch (error) {
      seen.error = error;
      throw error;
    }
  }
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      // A stream throws its own end into what it reads from, which is no fault of the sender.
      for (let part = await next(); !part.done; part = await next()) {
        seen.bytes += part.value.byteLength;
        yield part.value;
      }
      seen.isOver = true;
    } finally {
      if (!seen.isOver) await source.return?.();
    }
  }
  return { seen, read };
}
