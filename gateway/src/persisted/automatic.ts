import { LRUCache } from 'lru-cache';

/** Texts of automatic persisted queries that are remembered, of all tenants together; a client whose text fell out sends it again. */
const BOUNDS = { max: 5_000, maxSize: 8_000_000 };

/** Texts by their hash, as clients register them by sending both. Nothing follows from being here but a shorter request. */
export interface AutomaticQueries {
  get(tenantId: string, hash: string): string | undefined;
  set(tenantId: string, hash: string, text: string): void;
}

export function automaticQueries(): AutomaticQueries {
  const texts = new LRUCache<string, string>(BOUNDS);
  const keyOf = (tenantId: string, hash: string) => `${tenantId}:${hash}`;
  return {
    get: (tenantId, hash) => texts.get(keyOf(tenantId, hash)),
    set: (tenantId, hash, text) => void texts.set(keyOf(tenantId, hash), text, { size: text.length + hash.length }),
  };
}
