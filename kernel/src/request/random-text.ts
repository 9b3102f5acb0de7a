import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8_192;

/** Random bytes for many requests at a time: asking for a few costs as much as asking for all of them. */
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** So many unguessable bytes as text, for names that last as long as a request; secrets are made of bytes that nobody keeps. At most 8,192. */
export function randomText(bytes: number, encoding: 'hex' | 'base64url'): string {
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const start = used;
  used += bytes;
  return pool.toString(encoding, start, used);
}
