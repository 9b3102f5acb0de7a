import type { Viewer } from './context.ts';

// Proof of possession of a key in software (RFC 8176): the secret of a device that a second factor was proved on.
const TRUSTED_DEVICE = 'swk';

/**
 * Whether these are enough for a tenant that wants a second factor. A personal token has no assurance of its own; it was made by a session of
 * the tenant, which was asked for one.
 */
export function provesTwoFactors({ scopes, acr, amr }: Pick<Viewer, 'scopes' | 'acr' | 'amr'>): boolean {
  return (scopes !== null && acr === null) || acr === 'aal2' || amr.includes(TRUSTED_DEVICE);
}
