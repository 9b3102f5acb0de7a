import { createHash, randomBytes } from 'node:crypto';
import { keyId } from '@polity/kernel/ids';
import { actorOf } from '@polity/kernel/request/acting';

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
  /** Differs from one proof of identity to the next. */
  proof: string;
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

const HOUR = 3600;
const DAY = 24 * HOUR;
/** How long a session lives (NIST SP 800-63B 2.1.3). */
const SESSION: Lifetime = { idle: DAY, absolute: 30 * DAY };
/** How long somebody acts as another at a stretch. */
const ACTING: Lifetime = { idle: HOUR / 2, absolute: HOUR };
/** How long a second factor counts (NIST SP 800-63B 2.2.3); then the session goes on as if only the first had been shown. */
const SECOND_FACTOR: Lifetime = { idle: HOUR, absolute: DAY };

/** The session at the assurance that it still has: `aal2` ends an hour after the last use and a day after the proof. */
export function assured(record: SessionRecord, nowMs: number): SessionRecord {
  if (record.acr !== 'aal2') return record;
  const idle = (nowMs - record.lastSeenAt) / 1000;
  const age = nowMs / 1000 - record.authTime;
  return idle <= SECOND_FACTOR.idle && age <= SECOND_FACTOR.absolute ? record : { ...record, acr: 'aal1' };
}

/** Seconds until the session ends if it is used no more; not above zero for one whose time is over. */
export function secondsLeft(record: SessionRecord, nowMs: number): number {
  const { idle, absolute } = actorOf(record) === null ? SESSION : ACTING;
  return Math.min(idle - (nowMs - record.lastSeenAt) / 1000, absolute - (nowMs - record.createdAt) / 1000);
}

/** A new cookie value: 32 random bytes, base64url. */
export const newCookie = () => randomBytes(32).toString('base64url');

/** Seconds after which the index may forget a session. */
export const LONGEST_SECONDS = SESSION.absolute;

/** Where sessions lie in the store: one entry each, an index and a generation per user. */
export const keys = {
  session: (cookie: string) => `session:${createHash('sha256').update(cookie).digest('base64url')}`,
  index: (userId: string) => `sessions:${keyId(userId)}`,
  epoch: (userId: string) => `epoch:${keyId(userId)}`,
};
