import { generateSecret, generateURI, verify } from 'otplib';

/** Thirty seconds: one time step (RFC 6238). */
const PERIOD_SECONDS = 30;
/** Characters of a code that are looked at. */
const MAX_GIVEN = 32;

/** Where the secret of a factor is sealed. */
export const placeOf = (factorId: string) => `totp_factor.sealed_secret:${factorId}`;

/** 160 random bits, base32 (RFC 4226 4, requirement R6). */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** What authenticator apps read from a QR code. */
export function totpUri(secret: string, label: string): string {
  return generateURI({ issuer: 'Polity', label, secret });
}

/**
 * The time step of a right code, null for a wrong one. The present step and the one before count, and only steps after `lastTimeStep`: a
 * code is good once (RFC 6238 5.2).
 */
export async function acceptedTimeStep(
  secret: string,
  given: string,
  nowMs: number,
  lastTimeStep: number | null,
): Promise<number | null> {
  // Apps show the six digits in groups, and people type them as they see them. otplib throws on what is not six digits.
  const code = given.length <= MAX_GIVEN ? given.replaceAll(/[\s-]/g, '') : '';
  if (!/^\d{6}$/.test(code)) return null;
  const result = await verify({
    secret,
    token: code,
    epoch: Math.floor(nowMs / 1000),
    epochTolerance: [PERIOD_SECONDS, 0],
    ...(lastTimeStep !== null && { afterTimeStep: lastTimeStep }),
  });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
