import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const ITERATIONS = 4096;
const VERIFIER = /^SCRAM-SHA-256\$(\d+):([A-Za-z0-9+/=]+)\$/;

function verifier(password: string, salt: Buffer, iterations: number): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(sign('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${sign('Server Key').toString('base64')}`;
}

/** What PostgreSQL keeps of a password (RFC 5803). Sending it keeps the password itself out of the server's statement log. */
export function scramVerifier(password: string): string {
  return verifier(password, randomBytes(16), ITERATIONS);
}

/** Whether a verifier was made of this password, compared in constant time. */
export function isVerifierOf(kept: string, password: string): boolean {
  const [, iterations, salt] = VERIFIER.exec(kept) ?? [];
  if (!iterations || !salt) return false;
  const expected = Buffer.from(verifier(password, Buffer.from(salt, 'base64'), Number(iterations)));
  const given = Buffer.from(kept);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
