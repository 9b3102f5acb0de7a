import type { OpenContext, Runtime } from '@polity/kernel/graph/subgraph';
import { personRequest } from '@polity/kernel/request/acting';
import type { FastifyInstance } from 'fastify';
import type { Context } from './context.ts';
import { feed } from './domain/feed/feed.service.ts';
import { ownerOf } from './domain/feed/feed-secret.ts';
import type { Ports } from './ports.ts';

const HEADERS = {
  // Whoever keeps a copy asks again: a calendar ends with its owner's membership.
  'cache-control': 'private, no-cache',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** Whether one of the tags of an `if-none-match` is this one (RFC 9110 section 13.1.2). */
const knows = (header: string | undefined) => (tag: string) =>
  (header?.split(',', 50) ?? []).some((each) => each.trim().replace(/^W\//, '') === tag);

/** `GET /calendar/<secret>.ics`: somebody's calendar, by an address that only they know. Log lines have the pattern of the route, never the secret. */
export async function routes(
  app: FastifyInstance,
  _runtime: Runtime,
  ports: Ports,
  open: OpenContext<Context>,
): Promise<void> {
  app.get<{ Params: { file: string } }>('/calendar/:file', { config: { open: true } }, async (request, reply) => {
    const { file } = request.params;
    const owner = file.endsWith('.ics') ? ownerOf(ports.feedKey, file.slice(0, -'.ics'.length)) : null;
    const ctx = owner && open(personRequest(owner.tenantId, owner.userId));
    const found = owner && ctx && (await feed(ctx, owner, knows(request.headers['if-none-match'])));
    if (!found) return reply.callNotFound();
    reply.headers({ ...HEADERS, etag: found.tag });
    if (found.body === null) return reply.code(304).send();
    return reply.type('text/calendar; charset=utf-8').send(found.body);
  });
}
