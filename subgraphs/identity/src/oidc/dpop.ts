import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify } from 'jose';
import { rememberOnce } from './adapter.ts';

/** Seconds for which a proof is taken; it is remembered for longer, so that none is taken twice. */
const PROOF_SECONDS = 60;
const MEMORY_SECONDS = 300;

/** What the gateway saw of a request whose token is bound to a key (RFC 9449). */
export interface DpopProof {
  /** Value of the header `DPoP`. */
  jwt: string;
  method: string;
  /** Address of the request as its client sees it. */
  url: string;
}

const addressOf = (url: string): string | null => {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.origin}${parsed.pathname}` : null;
};

/** Whether the proof was made for this token and this request by the key with this thumbprint, and is new (RFC 9449 section 4.3). */
export async function isProven(
  em: EntityManager,
  token: string,
  thumbprint: string,
  proof: DpopProof | null,
): Promise<boolean> {
  if (!proof) return false;
  try {
    const { payload, protectedHeader } = await jwtVerify(proof.jwt, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256', 'EdDSA'],
      maxTokenAge: PROOF_SECONDS,
      clockTolerance: 5,
    });
    const { jwk } = protectedHeader;
    const matches =
      jwk !== undefined &&
      (await calculateJwkThumbprint(jwk)) === thumbprint &&
      payload.htm === proof.method.toUpperCase() &&
      addressOf(String(payload.htu)) === addressOf(proof.url) &&
      payload.ath === createHash('sha256').update(token).digest('base64url') &&
      typeof payload.jti === 'string';
    return matches && (await rememberOnce(em, `dpop:${thumbprint}:${payload.jti}`, MEMORY_SECONDS));
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return false;
    throw error;
  }
}
