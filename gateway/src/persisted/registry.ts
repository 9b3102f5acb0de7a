import type { ServiceClient } from '@polity/kernel/service/client';
import { LRUCache } from 'lru-cache';
import type { Client } from './client.ts';

/** A published operation. */
export interface Registered {
  /** By which its uses are counted. */
  key: string;
  body: string;
  sha256: string;
  /** How often one payer may send it per minute; null for no limit of its own. */
  usesPerMinute: number | null;
  /** What it may cost, in place of its client's limit; null for that. */
  maxCost: number | null;
}

/** Names an operation: by its id, or by its document in normal form. */
export type Name = { id: string } | { normalHash: string };

/** Operations that clients may name, each asked for once as long as nothing changes. */
export interface OperationRegistry {
  /** Whether it is known already what the name stands for. */
  knows(tenantId: string, client: Client, name: Name): boolean;
  /** Null for what nobody published, or what is retired. Throws SUBGRAPH_UNAVAILABLE. */
  find(tenantId: string, client: Client, name: Name): Promise<Registered | null>;
  /** Texts that are known, those that came last first. */
  texts(): Iterable<string>;
}

const FIND = `query Find($applicationId: ID, $id: String, $normalHash: String) {
  _persistedOperation(applicationId: $applicationId, id: $id, normalHash: $normalHash)
}`;
const MAX_KNOWN = 20_000;
/** What all of them are taken for together, with the trees of those that were read (`documents/read.ts`). */
const MAX_BYTES = 64_000_000;
const BYTES_PER_CHARACTER = 40;
/** Apart from the others, so that nobody pushes good ones out with made-up ones. */
const MAX_UNKNOWN = 20_000;

export function operationRegistry(services: (tenantId: string) => ServiceClient): OperationRegistry {
  const known = new LRUCache<string, Registered>({
    max: MAX_KNOWN,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ body }) => BYTES_PER_CHARACTER * body.length + 1_000,
  });
  const unknown = new LRUCache<string, true>({ max: MAX_UNKNOWN });
  const asking = new Map<string, Promise<Registered | null>>();

  // With the revision, so that nothing that was known before a change is found after it.
  function keyOf(tenantId: string, { applicationId, revision }: Client, name: Name): string {
    const named = 'id' in name ? `i:${name.id}` : `n:${name.normalHash}`;
    return `${tenantId}:${applicationId ?? ''}:${revision}:${named}`;
  }

  async function ask(key: string, tenantId: string, { applicationId }: Client, by: Name): Promise<Registered | null> {
    const { _persistedOperation: found } = await services(tenantId).call<{ _persistedOperation: Registered | null }>(
      'operations',
      FIND,
      { applicationId, ...by },
    );
    if (!found) {
      unknown.set(key, true);
      return null;
    }
    const { key: name, body, sha256, usesPerMinute = null, maxCost = null } = found;
    const registered = { key: name, body, sha256, usesPerMinute, maxCost };
    known.set(key, registered);
    return registered;
  }

  return {
    texts: () => known.values().map(({ body }) => body),
    knows(tenantId, client, name) {
      const key = keyOf(tenantId, client, name);
      return known.has(key) || unknown.has(key);
    },
    async find(tenantId, client, name) {
      const key = keyOf(tenantId, client, name);
      const found = known.get(key);
      if (found || unknown.get(key)) return found ?? null;
      const under = asking.get(key) ?? ask(key, tenantId, client, name).finally(() => asking.delete(key));
      asking.set(key, under);
      return under;
    },
  };
}
