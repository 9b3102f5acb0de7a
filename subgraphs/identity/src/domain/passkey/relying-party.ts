/** What browsers and authenticators know this installation as; the same for every tenant (WebAuthn L3 4, "RP ID"). */
export interface RelyingParty {
  /** Host of the public address. Subdomains may use it, so a passkey works in every tenant of the installation. */
  id: string;
  name: string;
  /** Exact origins at which a ceremony may take place: the public one and that of the request's own tenant, never a sibling's. */
  origins(tenantSlug: string | null): string[];
}

/** The relying party of an installation with this public address. */
export function relyingParty(publicUrl: string): RelyingParty {
  const { protocol, host, hostname, origin } = new URL(publicUrl);
  return {
    id: hostname,
    name: 'Polity',
    origins: (tenantSlug) => (tenantSlug ? [origin, `${protocol}//${tenantSlug}.${host}`] : [origin]),
  };
}
