import { fileOfPath } from '@polity/kernel/files/address';
import { type FileType, typeOfName } from '@polity/kernel/files/kinds';
import { NotFound } from '@polity/kernel/graph/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answering } from './answer-file-errors.ts';
import type { UploadPorts } from './ports.ts';

/** A week: what is erased is gone from caches, too, some time. */
const KEPT_SECONDS = 7 * 24 * 3_600;

type Get = { Params: { signature: string; space: string; name: string }; Querystring: { until?: string } };

const untilOf = ({ query }: FastifyRequest<Get>): number | null =>
  query.until === undefined ? null : /^\d{1,11}$/.test(query.until) ? Number(query.until) : Number.NaN;

function headersOf(
  name: string,
  { mediaType, isInline, isText }: FileType,
  bytes: number,
): Record<string, string | number> {
  return {
    'content-type': isText ? `${mediaType}; charset=utf-8` : mediaType,
    'content-length': bytes,
    // Whatever it is, it is no page of ours: no script of it runs, and what could hold one is downloaded.
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': `${isInline ? 'inline' : 'attachment'}; filename="${name}"`,
    'cross-origin-resource-policy': 'cross-origin',
  };
}

/** `GET /files/<signature>/<space>/<name>`: a file for whoever has its address. What is under an address never changes. */
export function serveFiles(app: FastifyInstance, { keys, store, clock }: UploadPorts): void {
  const get = answering<Get>(async (request, reply) => {
    const { signature, space, name } = request.params;
    const until = untilOf(request);
    const key = fileOfPath(keys, { signature, key: `${space}/${name}`, until }, clock.nowMs());
    const type = typeOfName(name);
    const bytes = key && type && (await store.size(key));
    if (!key || !type || bytes === null) throw new NotFound('This file');
    const etag = `"${name}"`;
    const keep =
      until === null
        ? `public, max-age=${KEPT_SECONDS}, immutable`
        : `private, max-age=${Math.max(0, until - Math.ceil(clock.nowMs() / 1_000))}`;
    reply.headers({ etag, 'cache-control': keep });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    reply.headers(headersOf(name, type, Number(bytes)));
    if (request.method === 'HEAD') return reply.send('');
    const content = await store.open(key);
    if (!content) throw new NotFound('This file');
    return reply.send(content);
  });
  // By one route, since the answer to HEAD that the server makes by itself has no length.
  app.route<Get>({
    method: ['GET', 'HEAD'],
    url: '/files/:signature/:space/:name',
    exposeHeadRoute: false,
    handler: get,
  });
}
