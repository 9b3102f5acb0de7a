/** Characters of an id that names a document. */
export const MAX_ID = 256;
const SHA256 = /^[0-9a-f]{64}$/;
const PREFIX = 'sha256:';
/** Printable ASCII without spaces, quotes and backslashes: what the known tools make, and nothing that must be escaped somewhere. */
const ID = /^[!#-&(-[\]-~]+$/;

/** Whether the id can only be the SHA-256 of its document. */
export const isSha256 = (id: string): boolean => SHA256.test(id);

/**
 * The id of a document as it is kept, of all the forms in which clients send one: bare, `sha256:` before the hash (GraphQL over HTTP, persisted
 * documents), or `app~version~hash` (Hive). Null for what is no id.
 */
export function documentIdOf(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > MAX_ID || !ID.test(given)) return null;
  const parts = given.split('~');
  const id = parts.length === 3 ? (parts[2] as string) : given;
  if (!id.startsWith(PREFIX)) return id || null;
  const hash = id.slice(PREFIX.length);
  return SHA256.test(hash) ? hash : null;
}
