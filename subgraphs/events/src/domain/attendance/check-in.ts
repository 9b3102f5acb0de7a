import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long a code is shown; it is taken for as long again, for whoever types slowly. */
const CODE_MS = 30_000;
// Crockford's letters: none is taken for another.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** A code to be shown on site, and when the next one takes its place. */
export interface CheckInCode {
  code: string;
  expiresAt: Date;
}

function codeOf(key: Buffer, subject: string, slot: number): string {
  const mac = createHmac('sha256', key).update(`${subject} ${slot}`).digest();
  return Array.from(mac.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** The code of a date at an instant. */
export function codeAt(key: Buffer, subject: string, nowMs: number): CheckInCode {
  const slot = Math.floor(nowMs / CODE_MS);
  return { code: codeOf(key, subject, slot), expiresAt: new Date((slot + 1) * CODE_MS) };
}

/** Whether a code was shown just now. */
export function isCode(key: Buffer, subject: string, given: string, nowMs: number): boolean {
  const text = given
    .trim()
    .toUpperCase()
    .slice(0, 2 * LENGTH)
    .padEnd(LENGTH);
  const slot = Math.floor(nowMs / CODE_MS);
  const matches = [slot, slot - 1].map((each) => {
    const code = Buffer.from(codeOf(key, subject, each));
    const other = Buffer.from(text);
    return code.length === other.length && timingSafeEqual(code, other);
  });
  return matches.includes(true);
}
