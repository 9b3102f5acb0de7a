import { createHmac, timingSafeEqual } from 'node:crypto';
import { uuidFromBytes, uuidToBytes } from './uuid-bytes.ts';

/** Whose calendar an address shows. */
export interface FeedOwner {
  tenantId: string;
  userId: string;
  generation: number;
}

const ID_BYTES = 16;
const HEAD_BYTES = 2 * ID_BYTES + 4;
const MAC_BYTES = 32;
const SHAPE = /^[A-Za-z0-9_-]{91}$/;

const macOf = (key: Buffer, head: Buffer): Buffer => createHmac('sha256', key).update(head).digest();

/** The secret of an address, made by the installation's key from whose it is: nothing that is stored would give it away. */
export function secretOf(key: Buffer, { tenantId, userId, generation }: FeedOwner): string {
  const head = Buffer.alloc(HEAD_BYTES);
  uuidToBytes(tenantId).copy(head, 0);
  uuidToBytes(userId).copy(head, ID_BYTES);
  head.writeUInt32BE(generation, 2 * ID_BYTES);
  return Buffer.concat([head, macOf(key, head)]).toString('base64url');
}

/** Whose calendar a secret is for; null for one that this installation has not made. */
export function ownerOf(key: Buffer, secret: string): FeedOwner | null {
  if (!SHAPE.test(secret)) return null;
  const bytes = Buffer.from(secret, 'base64url');
  if (bytes.length !== HEAD_BYTES + MAC_BYTES) return null;
  const head = bytes.subarray(0, HEAD_BYTES);
  if (!timingSafeEqual(macOf(key, head), bytes.subarray(HEAD_BYTES))) return null;
  const [tenantId, userId] = [
    uuidFromBytes(head.subarray(0, ID_BYTES)),
    uuidFromBytes(head.subarray(ID_BYTES, 2 * ID_BYTES)),
  ];
  return { tenantId, userId, generation: head.readUInt32BE(2 * ID_BYTES) };
}
