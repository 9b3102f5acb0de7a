import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  type ECDH,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

/** Keys of a browser's subscription, base64url: its P-256 point and its secret (RFC 8291 section 3.1). */
export interface BrowserKeys {
  p256dh: string;
  auth: string;
}

const CURVE = 'prime256v1';
const POINT_BYTES = 65;
const AUTH_BYTES = 16;
const RECORD_BYTES = 4_096;
/** Plain text of one record: without the header, the delimiter and the tag. */
export const MAX_PAYLOAD_BYTES = RECORD_BYTES - 103;

const hkdf = (secret: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));

/** Whether these are keys with which a message can be encrypted. */
export function areBrowserKeys({ p256dh, auth }: BrowserKeys): boolean {
  const point = Buffer.from(p256dh, 'base64url');
  if (point.length !== POINT_BYTES || Buffer.from(auth, 'base64url').length !== AUTH_BYTES) return false;
  try {
    const own = createECDH(CURVE);
    own.generateKeys();
    own.computeSecret(point);
    return true;
  } catch {
    return false;
  }
}

function freshSender(): ECDH {
  const sender = createECDH(CURVE);
  sender.generateKeys();
  return sender;
}

/** Encrypts a message for a browser: `aes128gcm` in one record (RFC 8188, RFC 8291). Tests say which salt and sender. */
export function encrypted(
  message: Buffer,
  { p256dh, auth }: BrowserKeys,
  salt: Buffer = randomBytes(16),
  sender: ECDH = freshSender(),
): Buffer {
  const browser = Buffer.from(p256dh, 'base64url');
  const own = sender.getPublicKey();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser, own]);
  const secret = hkdf(sender.computeSecret(browser), Buffer.from(auth, 'base64url'), info, 32);
  const key = hkdf(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // 2 ends the last record.
  const body = Buffer.concat([
    cipher.update(message),
    cipher.update(Buffer.from([2])),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(RECORD_BYTES, 0);
  head.writeUInt8(POINT_BYTES, 4);
  return Buffer.concat([salt, head, own, body]);
}

/** The key by which push services know this installation (VAPID, RFC 8292). */
export interface Vapid {
  /** The public point, base64url: browsers want it as `applicationServerKey`. */
  publicKey: string;
  privateKey: KeyObject;
  /** Whom a push service may write to. */
  contact: string;
}

/** Made of 32 bytes that the installation's secret gives. */
export function vapidOf(seed: Buffer, publicUrl: string): Vapid {
  const pair = createECDH(CURVE);
  pair.setPrivateKey(seed);
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url')) as [
    string,
    string,
  ];
  const jwk = { kty: 'EC', crv: 'P-256', d: seed.toString('base64url'), x, y };
  const contact = publicUrl.startsWith('https:') ? publicUrl : 'mailto:no-reply@polity.invalid';
  return { publicKey: point.toString('base64url'), privateKey: createPrivateKey({ key: jwk, format: 'jwk' }), contact };
}

const TOKEN_SECONDS = 12 * 3_600;
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The `authorization` header by which a push service knows who sends. */
export function authorization({ publicKey, privateKey, contact }: Vapid, endpoint: string, nowMs: number): string {
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(nowMs / 1000) + TOKEN_SECONDS, sub: contact };
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${text}.${signature.toString('base64url')}, k=${publicKey}`;
}
