import { timingSafeEqual } from 'node:crypto';
import { isFileKey } from './store.ts';
import { type FileKeys, macOf } from './token.ts';

const SIGNATURE_BYTES = 16;
const SIGNATURE = /^[A-Za-z0-9_-]{22}$/;

const signed = ({ addresses }: FileKeys, key: string, until: number | null): Buffer =>
  macOf(addresses, `${key}\n${until ?? ''}`).subarray(0, SIGNATURE_BYTES);

/**
 * Path of a file at the gateway: `/files/<signature>/<space>/<name>`, good as long as the file is there, or until a moment (epoch seconds). Whoever
 * has it may read the file, and nobody can make one up.
 */
export function pathOfFile(keys: FileKeys, key: string, until: number | null = null): string {
  const path = `/files/${signed(keys, key, until).toString('base64url')}/${key}`;
  return until === null ? path : `${path}?until=${until}`;
}

/** The key of the file that a path names; null for a path that was not made here, or is over. */
export function fileOfPath(
  keys: FileKeys,
  { signature, key, until }: { signature: string; key: string; until: number | null },
  nowMs: number,
): string | null {
  if (!SIGNATURE.test(signature) || !isFileKey(key)) return null;
  if (until !== null && !(Number.isSafeInteger(until) && until * 1_000 > nowMs)) return null;
  const given = Buffer.from(signature, 'base64url');
  return given.length === SIGNATURE_BYTES && timingSafeEqual(given, signed(keys, key, until)) ? key : null;
}
