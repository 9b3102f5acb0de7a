import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../config/secrets.ts';
import { boundsOf, kindOfCode, type UploadKind } from './kinds.ts';

/** What an upload token stands for. */
export interface UploadGrant {
  id: string;
  tenantId: string;
  userId: string;
  kind: UploadKind;
  /** Epoch milliseconds until which the upload may begin. */
  expiresAt: number;
}

const VERSION = 1;
const BODY_BYTES = 1 + 1 + 6 + 3 * 16;
/** Half of an HMAC-SHA256, as RFC 2104 section 5 allows. With it a token is 96 characters, without bits to spare: each has one spelling. */
const MAC_BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{96}$/;

/** The keys by which uploads and addresses of files are signed, one each. */
export interface FileKeys {
  uploads: KeyObject;
  addresses: KeyObject;
}

/** Made once per process: deriving costs more than signing. */
export function fileKeys(masterSecret: string): FileKeys {
  const key = (purpose: string) => createSecretKey(deriveKey(masterSecret, purpose));
  return { uploads: key('files: uploads'), addresses: key('files: addresses') };
}

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const uuidOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** HMAC-SHA256 of some bytes. */
export const macOf = (key: KeyObject, data: string | Buffer): Buffer => createHmac('sha256', key).update(data).digest();

/** Writes a grant as a token, 96 characters that stand in an address as they are. */
export function signUpload(key: KeyObject, { id, tenantId, userId, kind, expiresAt }: UploadGrant): string {
  const body = Buffer.alloc(8);
  body.writeUInt8(VERSION, 0);
  body.writeUInt8(boundsOf(kind).code, 1);
  body.writeUIntBE(expiresAt, 2, 6);
  const signed = Buffer.concat([body, bytesOf(id), bytesOf(tenantId), bytesOf(userId)]);
  return Buffer.concat([signed, macOf(key, signed).subarray(0, MAC_BYTES)]).toString('base64url');
}

/** The grant of a token; null for what was not signed here. Whether it has expired is for the caller to ask. */
export function readUpload(key: KeyObject, token: string): UploadGrant | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const signed = bytes.subarray(0, BODY_BYTES);
  if (!timingSafeEqual(macOf(key, signed).subarray(0, MAC_BYTES), bytes.subarray(BODY_BYTES))) return null;
  const kind = kindOfCode(signed.readUInt8(1));
  if (signed.readUInt8(0) !== VERSION || !kind) return null;
  const [id, tenantId, userId] = [8, 24, 40].map((at) => uuidOf(signed.subarray(at, at + 16))) as [
    string,
    string,
    string,
  ];
  return { id, tenantId, userId, kind, expiresAt: signed.readUIntBE(2, 6) };
}
