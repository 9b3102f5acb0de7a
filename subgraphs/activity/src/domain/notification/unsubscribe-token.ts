import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whose mails a link ends. */
export interface Recipient {
  tenantId: string;
  userId: string;
}

const ID_BYTES = 16;
const HEAD_BYTES = 2 * ID_BYTES;
const SHAPE = /^[A-Za-z0-9_-]{86}$/;

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const idOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const macOf = (key: Buffer, head: Buffer): Buffer => createHmac('sha256', key).update(head).digest();

/** What stands in the link, made by the installation's key: nobody ends another's mails, and nothing need be stored. */
export function tokenOf(key: Buffer, { tenantId, userId }: Recipient): string {
  const head = Buffer.concat([bytesOf(tenantId), bytesOf(userId)]);
  return Buffer.concat([head, macOf(key, head)]).toString('base64url');
}

/** Whose it is; null for one that this installation has not made. */
export function recipientOf(key: Buffer, token: string): Recipient | null {
  if (!SHAPE.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const head = bytes.subarray(0, HEAD_BYTES);
  if (bytes.length !== HEAD_BYTES + 32 || !timingSafeEqual(macOf(key, head), bytes.subarray(HEAD_BYTES))) return null;
  return { tenantId: idOf(head.subarray(0, ID_BYTES)), userId: idOf(head.subarray(ID_BYTES)) };
}
