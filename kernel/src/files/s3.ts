import { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import { Pool } from 'undici';
import { StartError } from '../config/start-error.ts';
import { assertFileKey, type FileStore, FilesUnavailable, isFileKey, type StoredFile, witnessed } from './store.ts';

/** Where a bucket is, and who may use it. */
export interface Bucket {
  /** Scheme and host, such as `https://s3.example.org`. */
  origin: string;
  name: string;
  region: string;
  accessKey: string;
  secretKey: string;
}

const CONNECTIONS = 32;
/** Longest wait for the beginning of an answer; a body that is sent may take as long as its sender. */
const ANSWER_MS = 10_000;
const COPY_MS = 60_000;

/** Reads `s3+https://key:secret@host/bucket?region=…`. Throws StartError. */
export function bucketOf(address: string, secretKey?: string): Bucket {
  const url = new URL(address);
  const [, name = '', ...rest] = url.pathname.split('/');
  const bucket = {
    origin: `${url.protocol.slice('s3+'.length)}//${url.host}`,
    name,
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKey: decodeURIComponent(url.username),
    secretKey: secretKey ?? decodeURIComponent(url.password),
  };
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || rest.length > 0)
    throw new StartError('S3_URL must name a bucket: s3+https://key@host/bucket.');
  if (!bucket.accessKey || !bucket.secretKey)
    throw new StartError('S3_URL must hold an access key, and the secret key beside it or in S3_SECRET_KEY.');
  return bucket;
}

interface Ask {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Readable;
  withinMs?: number;
}

/** One request to a bucket by its path, which every S3-compatible server understands. */
function asker({ origin, name, region, accessKey, secretKey }: Bucket) {
  const pool = new Pool(origin, { connections: CONNECTIONS, connectTimeout: ANSWER_MS });
  const cache = new Map<string, ArrayBuffer>();
  async function ask({ method, key, query = {}, headers = {}, body, withinMs = ANSWER_MS }: Ask) {
    if (key !== undefined) assertFileKey(key);
    const url = new URL(`${origin}/${name}${key === undefined ? '' : `/${key}`}?${new URLSearchParams(query)}`);
    const keys = { accessKeyId: accessKey, secretAccessKey: secretKey, service: 's3', region, cache };
    // What is sent is hashed by the receiver of the upload; the signature is made before the first byte is there.
    const signed = await new AwsV4Signer({ ...keys, method, url: url.href, headers }).sign();
    const answer = await pool.request({
      method,
      path: `${url.pathname}${url.search}`,
      headers: Object.fromEntries(signed.headers),
      body: body ?? null,
      headersTimeout: withinMs,
      bodyTimeout: ANSWER_MS,
    });
    return answer;
  }
  return { ask, close: () => pool.close() };
}

type Answer = Awaited<ReturnType<ReturnType<typeof asker>['ask']>>;

/** The answer; null for 404. Throws for every other refusal, without what the server says: it may name the key. */
async function accepted(answer: Answer): Promise<Answer | null> {
  if (answer.statusCode < 300) return answer;
  await answer.body.dump();
  if (answer.statusCode === 404) return null;
  throw new Error(`the bucket answers ${answer.statusCode}`);
}

async function reached<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FilesUnavailable || error instanceof RangeError) throw error;
    throw new FilesUnavailable(error);
  }
}

/** The keys of one page of a listing; only keys of files, which hold nothing that XML would write in another way. */
function filesOf(xml: string): StoredFile[] {
  return [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, entry = '']) => {
    const key = /<Key>([^<]*)<\/Key>/.exec(entry)?.[1] ?? '';
    const writtenAt = Date.parse(/<LastModified>([^<]*)<\/LastModified>/.exec(entry)?.[1] ?? '');
    return isFileKey(key) && !Number.isNaN(writtenAt) ? [{ key, writtenAt }] : [];
  });
}

/** What a bucket is asked for, one request or two each. */
function bucketCalls(bucket: Bucket) {
  const { ask, close } = asker(bucket);

  async function size(key: string): Promise<number | null> {
    const answer = await accepted(await ask({ method: 'HEAD', key }));
    await answer?.body.dump();
    return answer && Number(answer.headers['content-length']);
  }

  async function copy(from: string, to: string): Promise<boolean> {
    const headers = { 'x-amz-copy-source': `/${bucket.name}/${from}` };
    const answer = await accepted(await ask({ method: 'PUT', key: to, headers, withinMs: COPY_MS }));
    // A copy that fails on its way has begun with 200 already (API reference of CopyObject).
    const text = (await answer?.body.text()) ?? '';
    if (answer && !text.includes('CopyObjectResult')) throw new Error('the bucket did not copy a file');
    return answer !== null;
  }

  async function remove(key: string): Promise<void> {
    const answer = await accepted(await ask({ method: 'DELETE', key }));
    await answer?.body.dump();
  }

  /** One page of a listing, as XML. */
  async function page(query: Record<string, string>): Promise<string> {
    const answer = await accepted(await ask({ method: 'GET', query: { 'list-type': '2', ...query } }));
    if (!answer) throw new Error('the bucket does not exist');
    return answer.body.text();
  }

  async function write(key: string, body: Readable, bytes: number): Promise<void> {
    const headers = { 'content-length': String(bytes), 'content-type': 'application/octet-stream' };
    const answer = await accepted(await ask({ method: 'PUT', key, headers, body }));
    if (!answer) throw new Error('the bucket does not exist');
    await answer.body.dump();
  }

  const open = async (key: string) => (await accepted(await ask({ method: 'GET', key })))?.body ?? null;
  return { size, copy, remove, page, write, open, close };
}

type Calls = ReturnType<typeof bucketCalls>;

/** Half a body is no object, since the server waits for as many bytes as were announced; one that is only nearly S3 may keep a piece. */
async function put(
  { write, remove }: Calls,
  key: string,
  body: AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<void> {
  const { seen, read } = witnessed(body);
  try {
    await write(key, Readable.from(read(), { objectMode: false }), bytes);
  } catch (error) {
    await remove(key).catch(() => undefined);
    if (seen.error !== undefined) throw seen.error;
    if (error instanceof RangeError) throw error;
    if (seen.isOver ? seen.bytes !== bytes : seen.bytes > bytes)
      throw new RangeError(`a file of ${bytes} bytes had ${seen.bytes}`, { cause: error });
    throw new FilesUnavailable(error);
  }
}

async function* list({ page }: Calls, space: string): AsyncGenerator<StoredFile> {
  for (let next: string | undefined = ''; next !== undefined; ) {
    const token: Record<string, string> = next ? { 'continuation-token': next } : {};
    const xml = await reached(() => page({ prefix: `${space}/`, ...token }));
    yield* filesOf(xml);
    next = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(xml)?.[1];
  }
}

/** A store in a bucket of an S3-compatible server, for processes on many machines. */
export function s3Files(bucket: Bucket): FileStore {
  const calls = bucketCalls(bucket);
  const { copy, size, open, remove, page, close } = calls;
  return {
    put: (key, body, bytes) => put(calls, key, body, bytes),
    open: (key) => reached(() => open(key)),
    size: (key) => reached(() => size(key)),
    move: (from, to) =>
      reached(async () => {
        if (!(await copy(from, to))) return (await size(to)) !== null;
        await remove(from);
        return true;
      }),
    async remove(keys) {
      for (const key of keys) await reached(() => remove(key));
    },
    list: (space) => list(calls, space),
    ping: () => reached(async () => void (await page({ 'max-keys': '1' }))),
    close,
  };
}
