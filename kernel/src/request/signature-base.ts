import { createHmac, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

/** A covered component and its value, such as `['@method', 'POST']`. */
export type Component = readonly [name: string, value: string];

/** The bytes that RFC 9421 section 2.5 has signed: one line per component and the signature parameters last. */
export function signatureBase(components: readonly Component[], parameters: string): string {
  let base = '';
  for (const [name, value] of components) base += `"${name}": ${value}\n`;
  return `${base}"@signature-params": ${parameters}`;
}

/** HMAC-SHA256 of a signature base (RFC 9421 section 3.3.3), base64. A key as bytes would be made a KeyObject each time, which takes longer than the HMAC. */
export function hmacSha256(secret: KeyObject, base: string): string {
  return createHmac('sha256', secret).update(base).digest('base64');
}

/** The `content-digest` of a body (RFC 9530). */
export function contentDigest(body: Buffer | string): string {
  return `sha-256=:${hash('sha256', body, 'base64')}:`;
}

/** Whether two texts are equal, in a time that tells nothing of where they differ. */
export function sameText(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
