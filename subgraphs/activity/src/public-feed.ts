import { createHash } from 'node:crypto';
import { findPlace } from '@polity/kernel/access/place';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { OpenContext, Runtime } from '@polity/kernel/graph/subgraph';
import { isUuid } from '@polity/kernel/ids';
import { html } from '@polity/kernel/pages/html';
import { internalRequest } from '@polity/kernel/request/acting';
import type { FastifyInstance } from 'fastify';
import type { Context } from './context.ts';
import { feed } from './domain/activity/activity.lists.ts';
import { type Entry, summaryOf } from './domain/activity/entry.ts';
import { nouns } from './kinds.ts';

const ENTRIES = 50;
const SECONDS = 60;

/** An entry as strangers read it. */
interface Item {
  id: string;
  type: string;
  objectType: string;
  objectId: string;
  summary: string;
  occurredAt: Date;
}

/** What everybody may read of what happened at a place, newest first; null where there is no such place for everybody. */
async function publicItems(ctx: Context, scope: ScopeRef): Promise<Item[] | null> {
  const place = await findPlace(ctx.access, scope, nouns.Post);
  if (!place || place.tenantId !== ctx.tenantId) return null;
  const { edges } = await feed(ctx, { scope, first: ENTRIES });
  const open = edges.map(({ node }) => node).filter(({ row }) => row.visibility === 'PUBLIC');
  return Promise.all(open.map((entry) => itemOf(ctx, entry)));
}

async function itemOf(ctx: Context, entry: Entry): Promise<Item> {
  const { id, type, objectType, objectId, occurredAt } = entry.row;
  return { id, type, objectType, objectId, occurredAt, summary: await summaryOf(ctx, entry) };
}

const urn = (id: string): string => `urn:uuid:${id}`;
const updatedAt = ([first]: readonly Item[]): string => (first?.occurredAt ?? new Date(0)).toISOString();
/** Signs that XML has no way to say (XML 1.0, section 2.2), and halves of surrogate pairs. */
const sayable = (text: string): string =>
  text.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

/** RFC 4287. */
function atomOf(address: string, { id }: ScopeRef, items: readonly Item[]): string {
  const entries = items.map(
    (item) =>
      html`<entry><id>${urn(item.id)}</id><title>${sayable(item.summary)}</title><updated>${item.occurredAt.toISOString()}</updated><category term="${item.type}"/><content type="text">${sayable(item.summary)}</content></entry>`,
  );
  const head = '<?xml version="1.0" encoding="utf-8"?>\n';
  return `${head}${html`<feed xmlns="http://www.w3.org/2005/Atom"><id>${urn(id)}</id><title>Activity</title><updated>${updatedAt(items)}</updated><link rel="self" type="application/atom+xml" href="${address}"/><author><name>Polity</name></author>${entries}</feed>`.text}\n`;
}

/** Activity Streams 2.0: what happened as activities whose vocabulary is ours, so each is an `Activity` by its general name. */
function streamOf(address: string, items: readonly Item[]): string {
  const orderedItems = items.map(({ id, type, objectType, objectId, summary, occurredAt }) => ({
    type: 'Activity',
    id: urn(id),
    name: type,
    summary,
    published: occurredAt.toISOString(),
    object: { type: objectType === 'Event' ? 'Event' : 'Object', id: urn(objectId), name: objectType },
  }));
  const page = { type: 'OrderedCollection', id: address, totalItems: items.length, orderedItems };
  return JSON.stringify({ '@context': 'https://www.w3.org/ns/activitystreams', ...page });
}

interface Asked {
  Params: { tenant: string; type: string; file: string };
}

const FILE = /^([0-9a-f-]{36})\.(atom|json)$/i;
const SCOPE_TYPES = { tenant: 'TENANT', community: 'COMMUNITY', team: 'TEAM' } as const;

function asked({ tenant, type, file }: Asked['Params']) {
  const [, id = '', format] = FILE.exec(file) ?? [];
  const scopeType = Object.hasOwn(SCOPE_TYPES, type) ? SCOPE_TYPES[type as keyof typeof SCOPE_TYPES] : null;
  return scopeType && isUuid(id) && isUuid(tenant)
    ? { scope: { type: scopeType, id }, isAtom: format === 'atom' }
    : null;
}

/** `GET /feeds/<tenant>/<tenant|community|team>/<id>.atom` or `.json`: what everybody may read of what happened there. */
export function publicFeed(app: FastifyInstance, { publicUrl }: Runtime, open: OpenContext<Context>): void {
  app.get<Asked>('/feeds/:tenant/:type/:file', { config: { open: true } }, async (request, reply) => {
    const wanted = asked(request.params);
    const items = wanted && (await publicItems(open(internalRequest(request.params.tenant)), wanted.scope));
    if (!wanted || !items) return reply.callNotFound();
    const { tenant, type, file } = request.params;
    const address = `${publicUrl}/feeds/${tenant}/${type}/${file}`;
    const body = wanted.isAtom ? atomOf(address, wanted.scope, items) : streamOf(address, items);
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    reply.headers({ etag, 'cache-control': `public, max-age=${SECONDS}`, 'x-content-type-options': 'nosniff' });
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    const kind = wanted.isAtom ? 'application/atom+xml' : 'application/activity+json';
    return reply.type(`${kind}; charset=utf-8`).send(body);
  });
}
