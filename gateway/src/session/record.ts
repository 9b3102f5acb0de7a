import { createHash, randomBytes } from 'node:crypto';

/** One signed-in browser. The cookie's value is never stored, only its SHA-256. */
export interface SessionRecord {
  id: string;
  userId: string;
  /** Tenant the session acts in; null before one was chosen. */
  tenantId: string | null;
  amr: string[];
  acr: string;
  /** Epoch seconds of the last proof of identity. */
  authTime: number;
  device: string | null;
  address: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
  lastSeenAt: number;
  /** Sign-in generation of the user when the session began; an older one than the user's is dead. */
  epoch: number;
}

/** A found session together with the key it lies under. */
export interface FoundSession {
  record: SessionRecord;
  key: string;
}

/** Seconds that a session lives without use, and in all. */
interface Lifetime {
  idle: number;
  absolute: number;
}

const DAY = 24 * 3600;
const AAL1: Lifetime = { idle: DAY, absolute: 30 * DAY };
/** By assurance level (NIST SP 800-63B 2.1.3, 2.2.3). */
const LIFETIMES: Record<string, Lifetime> = { aal1: AAL1, aal2: { idle: DAY, absolute: 30 * DAY } };

export const lifetimeOf = ({ acr }: SessionRecord): Lifetime => LIFETIMES[acr] ?? AAL1;

/** Seconds until the session ends if it is used no more; not above zero for one whose time is over. */
export function secondsLeft(record: SessionRecord, nowMs: number): number {
  const { idle, absolute } = lifetimeOf(record);
  return Math.min(idle - (nowMs - record.lastSeenAt) / 1000, absolute - (nowMs - record.createdAt) / 1000);
}

/** A new cookie value: 32 random bytes, base64url. */
export const newCookie = () => randomBytes(32).toString('base64url');

/** Where sessions lie in the store: one entry each, an index and a generation per user. */
export const keys = {
  session: (cookie: string) => `session:${createHash('sha256').update(cookie).digest('base64url')}`,
  index: (userId: string) => `sessions:${userId}`,
  epoch: (userId: string) => `epoch:${userId}`,
};
