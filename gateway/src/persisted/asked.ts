import { documentIdOf } from '@polity/kernel/document/document-id';
import type { FastifyRequest } from 'fastify';
import { PersistedQueryNotSupported, UnclearId } from './refusal.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a request says of the operation that it wants, however it does. */
export interface Asked {
  /** The id as it is kept; null where the operation is there as text alone. */
  id: string | null;
  /** Whether the id came as the hash of Apollo's automatic persisted queries, also if in other forms besides. */
  automatic: boolean;
  /** Null where there is none, which some clients write as an empty text. */
  text: string | null;
  /** All that was sent, by name; of a GET as texts. */
  sent: Fields;
}

/** Names of the field in which clients send an id: the specification's, Relay's documentation's, and what many applications of Relay chose. */
const NAMES = ['documentId', 'doc_id', 'id'] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parameters of a GET; one that is there twice stays with Apollo Server, which refuses it. */
function parametersOf(url: string): Fields {
  const start = url.indexOf('?');
  return start === -1 ? {} : Object.fromEntries(new URLSearchParams(url.slice(start + 1)));
}

/** `extensions` of a GET are JSON; so are those of some clients' POST. What cannot be read stays with Apollo Server. */
function extensionsOf({ extensions }: Fields): Fields {
  if (isRecord(extensions)) return extensions;
  if (typeof extensions !== 'string' || !extensions.includes('persistedQuery')) return {};
  try {
    const read: unknown = JSON.parse(extensions);
    return isRecord(read) ? read : {};
  } catch {
    return {};
  }
}

function hashOf(sent: Fields): unknown {
  const { persistedQuery } = extensionsOf(sent);
  if (!isRecord(persistedQuery)) return undefined;
  const { version, sha256Hash } = persistedQuery;
  if (version !== 1) throw new PersistedQueryNotSupported();
  return sha256Hash;
}

function clearId(given: readonly unknown[]): string | null {
  const ids = new Set(given.map(documentIdOf));
  if (ids.has(null)) throw new UnclearId('The id of the operation is not one.');
  if (ids.size > 1) throw new UnclearId('The request names two different operations.');
  return [...ids][0] ?? null;
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** What a client says by these fields, or by a path; null where it names no operation. Throws UnclearId, PersistedQueryNotSupported. */
export function askedIn(sent: Fields, inPath?: string): Asked | null {
  const hash = hashOf(sent);
  const given = [inPath, hash, ...NAMES.map((name) => sent[name])].filter(isGiven);
  const { query } = sent;
  // Anything else than text is refused by Apollo Server.
  if (given.length === 0 && typeof query !== 'string') return null;
  return {
    id: clearId(given),
    automatic: isGiven(hash),
    text: typeof query === 'string' && query ? query : null,
    sent,
  };
}

/** Null for a request that Apollo Server is to refuse. Throws UnclearId, PersistedQueryNotSupported. */
export function askedOf({ method, body, params, raw }: FastifyRequest): Asked | null {
  const sent = method === 'GET' ? parametersOf(raw.url ?? '') : body;
  return isRecord(sent) ? askedIn(sent, (params as { id?: string } | undefined)?.id) : null;
}

/** What is left of the extensions once the hash was understood; null for nothing. */
function otherExtensions(sent: Fields): Fields | null {
  const { persistedQuery: _, ...others } = extensionsOf(sent);
  return Object.keys(others).length > 0 ? others : null;
}

/** Puts the text in the place of its id, as if the client had sent it. */
export function putText(request: FastifyRequest, { sent }: Asked, query: string): void {
  const { operationName, variables } = sent;
  const extensions = otherExtensions(sent);
  if (request.method !== 'GET') {
    const rest = { ...(extensions && { extensions }), ...('variables' in sent && { variables }) };
    request.body = { query, ...('operationName' in sent && { operationName }), ...rest };
    return;
  }
  const parameters = { query, operationName, variables, extensions: extensions && JSON.stringify(extensions) };
  const given = Object.entries(parameters).filter(([, value]) => isGiven(value)) as [string, string][];
  request.raw.url = `/graphql?${new URLSearchParams(given)}`;
}
