import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../config/secrets.ts';

/** Header in which the gateway tells the OpenID Connect provider who is signed in at the browser; it comes from nobody else. */
export const SIGNED_IN_HEADER = 'x-polity-signed-in';

/** Seconds for which the statement is good: it travels from one service to the next. */
const GOOD_SECONDS = 30;

/** Who is signed in at a browser, and how they proved it. */
export interface SignedIn {
  sessionId: string;
  userId: string;
  amr: string[];
  acr: string;
  /** Epoch seconds of the last proof of identity. */
  authTime: number;
  /** Differs from one proof of identity to the next, whatever clocks say. */
  proof: string;
}

/** The key under which gateway and provider exchange statements; no other service derives it. */
export const signedInKey = (masterSecret: string): Buffer => deriveKey(masterSecret, 'gateway/signed-in');

const macOf = (key: Buffer, body: string) => createHmac('sha256', key).update(body).digest();

/** Value of the header: base64url JSON and its HMAC-SHA256. */
export function sealSignedIn(key: Buffer, signedIn: SignedIn, nowMs = Date.now()): string {
  const body = Buffer.from(JSON.stringify({ signedIn, until: nowMs + GOOD_SECONDS * 1000 })).toString('base64url');
  return `${body}.${macOf(key, body).toString('base64url')}`;
}

/** What the header says; null without one, and for one that is not the gateway's or too old. */
export function openSignedIn(key: Buffer, header: string | string[] | undefined, nowMs = Date.now()): SignedIn | null {
  const [body, mac, ...rest] = typeof header === 'string' ? header.split('.') : [];
  if (!body || !mac || rest.length > 0) return null;
  const [given, expected] = [Buffer.from(mac, 'base64url'), macOf(key, body)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { signedIn, until } = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
    signedIn: SignedIn;
    until: number;
  };
  return until > nowMs ? signedIn : null;
}
