/** What browsers and authenticators know this installation as; the same for every tenant (WebAuthn L3 4, "RP ID"). */
export interface RelyingParty {
  /** Host of the public address. Subdomains may use it, so a passkey works in every tenant of the installation. */
  id: string;
  name: string;
  /** Exact origins at which a ceremony may take place: the public one, that of the request's own tenant, never a sibling's, and front ends elsewhere. */
  origins(tenantSlug: string | null): string[];
  /** Front ends elsewhere, which browsers let use our passkeys because we name them (WebAuthn L3, section 5.11). */
  related: readonly string[];
}

/** The relying party of an installation with this public address, whose front ends elsewhere have these origins. */
export function relyingParty(publicUrl: string, related: readonly string[]): RelyingParty {
  const { protocol, host, hostname, origin } = new URL(publicUrl);
  return {
    id: hostname,
    name: 'Polity',
    origins: (tenantSlug) => [origin, ...(tenantSlug ? [`${protocol}//${tenantSlug}.${host}`] : []), ...related],
    related,
  };
}

/** The 16 bytes of an account's id: what authenticators keep as user handle. It names nobody (WebAuthn L3 14.6.1). */
export function userHandleOf(userId: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex'));
}

/** Whether a base64url user handle is that of the account. */
export function isHandleOf(userId: string, handle: string): boolean {
  return Buffer.from(userHandleOf(userId)).toString('base64url') === handle;
}
