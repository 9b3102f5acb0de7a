import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { arrivals, INCOMING } from '@polity/kernel/files/arrived';
import { inspected, UnfitUpload } from '@polity/kernel/files/inspect';
import { boundsOf } from '@polity/kernel/files/kinds';
import { readUpload, type UploadGrant } from '@polity/kernel/files/token';
import { AppError, InvalidInput, RateLimited } from '@polity/kernel/graph/errors';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answering, Refused } from './answer-file-errors.ts';
import { places } from './places.ts';
import type { UploadPorts } from './ports.ts';
import { countHourly } from './request-upload.ts';

/** Uploads under way at once, of one person and in all: each is a connection, and memory of a few chunks. */
const OF_ONE = 4;
const IN_ALL = 64;
/** Longest pause between two parts of a body. */
const IDLE_MS = 15_000;
/** What is left of a refused body is read and dropped up to here, so that its sender reads the answer; beyond it the connection ends. */
const DROPPED_BYTES = 64 * 1024 * 1024;

type Put = { Params: { token: string } };

const gone = () =>
  new Refused(410, new AppError('TOKEN_INVALID', 'This upload was used, is under way, or is too old.'));

function unfit({ kind }: UploadGrant, reason: 'size' | 'type'): Refused {
  const { maxBytes, types } = boundsOf(kind);
  if (reason === 'size') return new Refused(413, new InvalidInput({ file: `must be at most ${maxBytes} bytes` }));
  const accepted = types.map(({ mediaType }) => mediaType).join(', ');
  return new Refused(415, new InvalidInput({ file: `must be ${accepted}, by its contents` }));
}

/** Bytes that the body has by its own word. Throws Refused where it has none, or more than its kind may have. */
function lengthOf({ headers }: FastifyRequest<Put>, grant: UploadGrant): number {
  const said = headers['content-length'];
  if (said === undefined)
    throw new Refused(411, new AppError('BAD_REQUEST', 'An upload says its length (Content-Length).'));
  const length = Number(said);
  if (length > boundsOf(grant.kind).maxBytes) throw unfit(grant, 'size');
  if (length === 0) throw unfit(grant, 'type');
  return length;
}

/** The body, as long as it keeps coming; one that pauses too long loses its connection. */
async function* coming(raw: IncomingMessage): AsyncGenerator<Uint8Array> {
  const timer = setTimeout(() => raw.destroy(new Error('the body of an upload stopped coming')), IDLE_MS);
  try {
    // A body that is refused is not destroyed, or its sender could not be answered.
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
      timer.refresh();
      yield chunk as Uint8Array;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Streams the body into the store under a key of its own; nothing of it stays where that fails. */
async function store(
  { store: files, kv, clock }: UploadPorts,
  raw: IncomingMessage,
  grant: UploadGrant,
  length: number,
) {
  const attempt = randomBytes(8).toString('hex');
  const place = arrivals(kv);
  if (grant.expiresAt <= clock.nowMs() || !(await place.begin(grant.id, attempt))) throw gone();
  const key = `${grant.id}.${attempt}`;
  const { body, result } = inspected(coming(raw), grant.kind);
  try {
    await files.put(`${INCOMING}/${key}`, body, length);
  } catch (error) {
    await place.giveUp(grant.id).catch(() => undefined);
    throw error instanceof UnfitUpload ? unfit(grant, error.reason) : error;
  }
  const { type, bytes, sha256 } = result();
  const { mediaType, extension } = type;
  const found = { key, kind: grant.kind, mediaType, extension, bytes, sha256 };
  if (await place.finish(grant.id, attempt, found)) return { bytes, mediaType, sha256 };
  await files.remove([`${INCOMING}/${key}`]);
  throw gone();
}

/** What is left of a body that nobody reads: a little is dropped by the server, of much the connection ends. */
function leaveBody({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
  if (!raw.complete && Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) > DROPPED_BYTES)
    reply.header('connection', 'close');
}

/** `PUT /uploads/<token>`: the one request by which an upload arrives; the token is all that it needs. */
export function receiveUploads(app: FastifyInstance, ports: UploadPorts): void {
  const underWay = places(OF_ONE, IN_ALL);

  async function receive(request: FastifyRequest<Put>, grant: UploadGrant) {
    const length = lengthOf(request, grant);
    const leave = underWay.take(grant.userId);
    if (!leave) throw new Refused(429, new RateLimited(1, 'Too many uploads at once. Wait until one is there.'));
    try {
      await countHourly(ports, 'bytes', grant, length);
      return await store(ports, request.raw, grant, length);
    } finally {
      leave();
    }
  }

  const put = answering<Put>(async (request, reply) => {
    leaveBody(request, reply);
    const grant = readUpload(ports.keys.uploads, request.params.token);
    // Nothing more is read of whoever has no token of ours.
    if (!grant) reply.header('connection', 'close');
    if (!grant) throw new Refused(401, new AppError('TOKEN_INVALID', 'This is no address of an upload.'));
    let outcome = 'failed';
    try {
      const found = await receive(request, grant);
      outcome = 'ok';
      metrics().uploadBytes.inc({ kind: grant.kind }, found.bytes);
      return await reply.code(201).header('cache-control', 'no-store').send(found);
    } catch (error) {
      if (error instanceof Refused || error instanceof AppError) outcome = 'refused';
      else if (request.raw.destroyed) outcome = 'aborted';
      // Nobody is there to be answered.
      if (outcome === 'aborted') return reply.hijack().raw.destroy();
      throw error;
    } finally {
      metrics().uploads.inc({ kind: grant.kind, outcome });
    }
  });

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body stays with the request: it is read as it comes.
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.put<Put>('/uploads/:token', put);
  });
}
