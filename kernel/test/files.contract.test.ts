import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { diskFiles } from '@polity/kernel/files/disk';
import { bucketOf, s3Files } from '@polity/kernel/files/s3';
import { type FileStore, FilesUnavailable } from '@polity/kernel/files/store';
import { uuidv7 } from '@polity/kernel/ids';
import { freePort } from '@polity/kernel/process/free-port';
import { ACCESS, s3Server } from './s3-server.ts';

interface Opened {
  files: FileStore;
  /** Every file of the store, whatever it is, by its path. */
  stored(): Promise<string[]>;
  close(): Promise<void>;
}

async function pathsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

async function openDisk(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'polity-files-'));
  const close = () => rm(folder, { recursive: true, force: true });
  return { files: diskFiles(join(folder, 'files')), stored: () => pathsIn(folder), close };
}

/** A server that checks signatures with a library of others'; where S3_TEST_URL names a real one with an empty bucket, that. */
async function openBucket(): Promise<Opened> {
  const real = process.env.S3_TEST_URL;
  if (real) {
    const files = s3Files(bucketOf(real));
    return { files, stored: async () => [], close: () => files.close() };
  }
  const server = s3Server();
  const files = s3Files(
    bucketOf(`s3+http://polity@127.0.0.1:${await server.listen()}/bucket?region=eu-west-1`, ACCESS.secretAccessKey),
  );
  const close = async () => {
    await files.close();
    await server.close();
  };
  return { files, stored: async () => [...server.files.keys()], close };
}

async function* inParts(content: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

const keyIn = (space: string, suffix = '') => `${space}/${uuidv7()}${suffix}`;

describe.each([
  ['disk', openDisk],
  ['s3', openBucket],
])('the %s file store', (_name, open) => {
  let at: Opened;
  let files: FileStore;
  const put = (key: string, content: Uint8Array) => files.put(key, inParts(content), content.length);
  const read = async (key: string) => {
    const stream = await files.open(key);
    return stream && buffer(stream);
  };
  const listed = async (space: string) => {
    const keys: string[] = [];
    for await (const { key } of files.list(space)) keys.push(key);
    return keys.sort();
  };

  beforeAll(async () => {
    at = await open();
    ({ files } = at);
  });
  afterAll(() => at.close());

  it('gives back what it was given, byte for byte, and says how large it is', async () => {
    for (const size of [1, 65_536, 3_000_001]) {
      const [key, content] = [keyIn('back', '.png'), randomBytes(size)];
      await put(key, content);
      expect((await read(key))?.equals(content)).toBe(true);
      expect(await files.size(key)).toBe(size);
    }
    await files.ping();
  });

  it('knows what is not there', async () => {
    const key = keyIn('nothing');
    expect([await files.open(key), await files.size(key), await files.move(key, keyIn('nothing'))]).toEqual([
      null,
      null,
      false,
    ]);
    await files.remove([key]);
    expect(await listed('nothing')).toEqual([]);
  });

  it('takes keys of files only', async () => {
    for (const key of [
      '../../etc/passwd',
      'space/../x',
      `space/${uuidv7()}/x`,
      `Space/${uuidv7()}`,
      `space/${uuidv7()}.a/b`,
      '',
    ])
      await expect(put(key, Buffer.from('x'))).rejects.toThrow(RangeError);
  });

  it('keeps nothing of a body that breaks off, that is too short or too long, and throws its error', async () => {
    const before = await at.stored();
    const key = keyIn('broken');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield randomBytes(100_000);
      throw new Error('the sender went away');
    }
    await expect(files.put(key, broken(), 200_000)).rejects.toThrow('the sender went away');
    await expect(files.put(key, inParts(randomBytes(10)), 11)).rejects.toThrow(RangeError);
    await expect(files.put(key, inParts(randomBytes(12)), 11)).rejects.toThrow(RangeError);
    expect(await files.size(key)).toBeNull();
    expect(await listed('broken')).toEqual([]);
    expect(await at.stored()).toEqual(before);
  });

  it('moves a file once, however many ask for it at once and however often', async () => {
    const [from, to, content] = [keyIn('incoming', '.a1'), keyIn('moved', '.csv'), randomBytes(70_000)];
    await put(from, content);
    const answers = await Promise.all(Array.from({ length: 20 }, () => files.move(from, to)));
    expect(answers).toEqual(Array(20).fill(true));
    expect(await files.move(from, to)).toBe(true);
    expect(await files.size(from)).toBeNull();
    expect((await read(to))?.equals(content)).toBe(true);
  });

  it('lists a space and no other, to its last page, and removes what it is told', async () => {
    const since = Date.now() - 5_000;
    const keys = Array.from({ length: 203 }, () => keyIn('many'));
    await put(keyIn('many-more'), Buffer.from('x'));
    for (let from = 0; from < keys.length; from += 100)
      await Promise.all(keys.slice(from, from + 100).map((key) => put(key, Buffer.from('x'))));
    expect(await listed('many')).toEqual([...keys].sort());
    for await (const { writtenAt } of files.list('many')) expect(writtenAt).toBeGreaterThan(since);
    await files.remove(keys.slice(1));
    expect(await listed('many')).toEqual([keys[0]]);
    expect((await listed('many-more')).length).toBe(1);
  });
});

describe('the disk store', () => {
  it('keeps files for its owner alone, and says so when it cannot write', async () => {
    const { files, stored, close } = await openDisk();
    const key = keyIn('own');
    await files.put(key, inParts(Buffer.from('x')), 1);
    const [path] = (await stored()) as [string];
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600');
    expect(await files.spaces?.()).toEqual(['own']);
    await close();
    // A file where the folder should be stops everybody, the superuser too.
    const inTheWay = diskFiles('/dev/null/files');
    await expect(inTheWay.put(key, inParts(Buffer.from('x')), 1)).rejects.toThrow(FilesUnavailable);
    await expect(inTheWay.ping()).rejects.toThrow(FilesUnavailable);
  });
});

describe('the S3 store', () => {
  it('says that the store is away where nobody answers, the secret is wrong or the bucket is missing', async () => {
    const server = s3Server();
    const port = await server.listen();
    const secret = encodeURIComponent(ACCESS.secretAccessKey);
    const addresses = [
      `s3+http://polity:wrong@127.0.0.1:${port}/bucket`,
      `s3+http://polity:${secret}@127.0.0.1:${port}/missing`,
      `s3+http://polity:${secret}@127.0.0.1:${await freePort()}/bucket`,
    ];
    for (const address of addresses) {
      const wrong = s3Files(bucketOf(address));
      await expect(wrong.ping()).rejects.toThrow(FilesUnavailable);
      await expect(wrong.put(keyIn('x'), inParts(Buffer.from('x')), 1)).rejects.toThrow(FilesUnavailable);
      await wrong.close();
    }
    expect(server.files.size).toBe(0);
    await server.close();
  });

  it('does not take a server that hangs up for one that has kept a file', async () => {
    const server = createServer((socket) => void setTimeout(() => socket.destroy(), 50));
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const files = s3Files(bucketOf(`s3+http://key:secret@127.0.0.1:${port}/polity`));
    await expect(files.put(keyIn('x'), inParts(randomBytes(100_000)), 100_000)).rejects.toThrow(FilesUnavailable);
    await files.close();
    server.close();
  });

  it('reads its address, with the secret key beside it where it has characters of an address', () => {
    const address = 's3+https://AKIA@s3.eu-central-1.amazonaws.com/our-files?region=eu-central-1';
    expect(bucketOf(address, 'a/b+c')).toEqual({
      origin: 'https://s3.eu-central-1.amazonaws.com',
      name: 'our-files',
      region: 'eu-central-1',
      accessKey: 'AKIA',
      secretKey: 'a/b+c',
    });
    for (const wrong of ['s3+https://key:secret@host', 's3+https://key:secret@host/a/b', 's3+https://key@host/bucket'])
      expect(() => bucketOf(wrong)).toThrow(/S3_URL must/);
  });
});
