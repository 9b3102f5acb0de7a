import { hash } from 'node:crypto';
import { isSha256 } from '@polity/kernel/document/document-id';
import { normalHash } from '@polity/kernel/document/normal-form';
import type { Reading } from '@polity/kernel/document/read';
import { AppError } from '@polity/kernel/graph/errors';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { DocumentNode } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { readPaid } from '../documents/plugin.ts';
import type { DocumentReader } from '../documents/read.ts';
import type { Asked } from './asked.ts';
import type { AutomaticQueries } from './automatic.ts';
import type { Client } from './client.ts';
import { isOfOwnPages } from './own-pages.ts';
import { HashMismatch, IdAndBody, IdRequired, NotInList, NotInSafelist, PersistedQueryNotFound } from './refusal.ts';
import type { Name, OperationRegistry, Registered } from './registry.ts';

/** Points that a name takes which nobody published, when it is looked up. */
const LOOKUP_POINTS = 50;
const MANAGE = 'operations.operation.manage';

/** What may be run of a request: the text, and the published operation that it is, where it is one. */
export interface Admitted {
  text: string;
  registered: Registered | null;
}

export interface GateParts {
  registry: OperationRegistry;
  automatic: AutomaticQueries;
  /** Reads documents of the graph that is served now. */
  reader(): DocumentReader;
}

/** One request at the gate. */
interface Visit {
  asked: Asked;
  context: GatewayContext;
  client: Client;
  tenantId: string;
}

/** Normal forms of documents, which are kept by their text. */
const normalHashes = new WeakMap<DocumentNode, string>();

function normalHashOf(document: DocumentNode): string {
  const normal = normalHashes.get(document) ?? normalHash(document);
  normalHashes.set(document, normal);
  return normal;
}

/** Kept as long as the operation is, whatever else is read meanwhile: whoever published it need not fear that others push it out. */
const readings = new WeakMap<Registered, { reader: DocumentReader; reading: Reading }>();

/** It was read within the same bounds when it was published, so nobody pays for it. */
function readingOf(reader: DocumentReader, registered: Registered): Reading {
  const known = readings.get(registered);
  if (known?.reader === reader) return known.reading;
  const reading = reader.read(registered.body);
  readings.set(registered, { reader, reading });
  return reading;
}

/** Whoever may loosen what clients may send is not held to it: else a mistake could not be undone. */
async function mayPass({ viewer, access }: GatewayContext): Promise<boolean> {
  if (viewer.kind !== 'user') return false;
  const authorizer = await access.authorizer().catch(() => null);
  return authorizer?.quiet.mayAtTenant(MANAGE) ?? false;
}

/** The hash of the document in normal form; null for text that is no valid document, which runs nowhere. */
function normalOf(reader: DocumentReader, text: string, context: GatewayContext): string | null {
  const reading = readPaid(reader, text, context);
  return 'document' in reading ? normalHashOf(reading.document) : null;
}

async function unpublished({ context, client }: Visit, text: string, refusal: Error): Promise<Admitted> {
  if (await mayPass(context)) return { text, registered: null };
  metrics().operationsRefused.inc({ level: client.level });
  throw refusal;
}

/** Only watched: the operation runs, and operators see what would not if the level were stricter. */
function watched({ context, client }: Visit, text: string, normal: string | null): Admitted {
  metrics().operationsUnpublished.inc();
  const { applicationId } = client;
  context.log.info({ applicationId, normalHash: normal }, 'an operation that nobody published');
  return { text, registered: null };
}

function unlessAway(error: unknown): null {
  if (error instanceof AppError && error.code === 'SUBGRAPH_UNAVAILABLE') return null;
  throw error;
}

/** What is found in the registry, and who pays for it. */
function lookups({ registry, reader }: GateParts) {
  async function find({ context, client, tenantId }: Visit, name: Name): Promise<Registered | null> {
    const isNew = !registry.knows(tenantId, client, name);
    const registered = await registry.find(tenantId, client, name);
    // Whoever makes names up pays for having them looked up.
    if (!registered && isNew) context.pay(LOOKUP_POINTS);
    return registered;
  }

  /** Any text may be sent; what is published with limits of its own keeps them in whatever form it comes. */
  async function openly(visit: Visit, text: string): Promise<Admitted> {
    const nothing = { text, registered: null };
    if (!visit.client.limitsOperations) return nothing;
    const normal = normalOf(reader(), text, visit.context);
    if (normal === null) return nothing;
    // While nobody can say whose text it is, the limits of its client and of the installation are enough: who may send anything need not wait.
    const registered = await find(visit, { normalHash: normal }).catch(unlessAway);
    const isLimited = registered !== null && (registered.usesPerMinute !== null || registered.maxCost !== null);
    return isLimited ? { text, registered } : nothing;
  }

  return { find, openly };
}

/**
 * Decides what of a request is run, by what its client may send. Throws the refusals of `refusal.ts`, RATE_LIMITED, and SUBGRAPH_UNAVAILABLE
 * where what it names is not known here and cannot be asked for.
 */
export function gate(parts: GateParts) {
  const { automatic, reader } = parts;
  const { find, openly } = lookups(parts);

  async function byText(visit: Visit, text: string): Promise<Admitted> {
    const { client, context } = visit;
    if (client.level === 'OPEN') return openly(visit, text);
    const normal = normalOf(reader(), text, context);
    if (normal !== null && isOfOwnPages(normal)) return { text, registered: null };
    if (client.level === 'IDS_ONLY') return unpublished(visit, text, new IdRequired());
    const registered = normal === null ? null : await find(visit, { normalHash: normal });
    if (registered) return { text, registered };
    return client.level === 'SAFELIST' ? unpublished(visit, text, new NotInSafelist()) : watched(visit, text, normal);
  }

  /** Text and id that came together and of which the id is not published. */
  function byBoth(visit: Visit, id: string, text: string): Promise<Admitted> {
    const { client, asked, tenantId } = visit;
    // Any other id must be known, or nobody could tell whether both are the same.
    if (!isSha256(id)) throw new PersistedQueryNotFound();
    if (client.level === 'IDS_ONLY') return unpublished(visit, text, new NotInList());
    if (asked.automatic && client.level === 'OPEN') automatic.set(tenantId, id, text);
    return byText(visit, text);
  }

  async function byIdAlone(visit: Visit, id: string): Promise<Admitted> {
    const { client, tenantId } = visit;
    const text = client.level === 'OPEN' ? automatic.get(tenantId, id) : undefined;
    if (text !== undefined) return openly(visit, text);
    throw client.level === 'IDS_ONLY' ? new NotInList() : new PersistedQueryNotFound();
  }

  async function byId(visit: Visit, id: string): Promise<Admitted> {
    const { text } = visit.asked;
    if (text !== null && isSha256(id) && hash('sha256', text) !== id)
      throw visit.asked.automatic ? new HashMismatch() : new IdAndBody();
    const registered = await find(visit, { id });
    if (!registered) return text === null ? byIdAlone(visit, id) : byBoth(visit, id, text);
    if (text !== null && text !== registered.body) throw new IdAndBody();
    visit.context.read = { text: registered.body, reading: readingOf(reader(), registered) };
    return { text: registered.body, registered };
  }

  return {
    /** Null where there is nothing to run, which Apollo Server then says. */
    async admit(visit: Visit): Promise<Admitted | null> {
      const { id, text } = visit.asked;
      if (id !== null) return byId(visit, id);
      return text === null ? null : byText(visit, text);
    },
  };
}
