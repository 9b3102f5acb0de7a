import type { Logger } from '@polity/kernel/log/logger';
import type { ServiceClient } from '@polity/kernel/service/client';
import type { DocumentReaders } from '../documents/read.ts';
import type { Supergraph } from '../supergraph.ts';
import { publishedIn } from './published.ts';
import { warm } from './warm.ts';

/** Newest operations of a namespace that are prepared when something was published there. */
const NEWEST = 100;
/** Namespaces that wait for it; those of further ones are prepared when they are asked for. */
const MAX_WAITING = 1_000;

export interface PublishedWarmerOptions {
  services(tenantId: string | null): ServiceClient;
  graph: Supergraph;
  documents: DocumentReaders;
  log: Logger;
}

/** Prepares what is published before anybody asks for it. */
export interface PublishedWarmer {
  /** Something changed among the operations of an application, or of all clients of the tenant. */
  note(tenantId: string, applicationId: string | null): void;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
}

export function publishedWarmer({ services, graph, documents, log }: PublishedWarmerOptions): PublishedWarmer {
  const waiting = new Map<string, { tenantId: string; applicationId: string | null }>();
  let working: Promise<void> | null = null;

  async function prepare(tenantId: string, applicationId: string | null): Promise<void> {
    const texts: string[] = [];
    for await (const { body } of publishedIn(services, tenantId, applicationId)) {
      texts.push(body);
      if (texts.length === NEWEST) break;
    }
    const served = graph.served();
    await warm(served, documents.of(served.apiSchema), texts);
  }

  async function work(): Promise<void> {
    for (const [key, { tenantId, applicationId }] of waiting) {
      waiting.delete(key);
      await prepare(tenantId, applicationId).catch((error: unknown) =>
        log.warn({ err: error }, 'published operations could not be prepared; they will be when they are asked for'),
      );
    }
    working = null;
  }

  return {
    note(tenantId, applicationId) {
      if (waiting.size >= MAX_WAITING) return;
      waiting.set(`${tenantId}:${applicationId}`, { tenantId, applicationId });
      working ??= work();
    },
    idle: async () => working ?? undefined,
  };
}
