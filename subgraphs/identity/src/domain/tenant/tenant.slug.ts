import { nameProblem } from '@polity/kernel/text/names';

/** A character has two code units at most. */
const MAX_NAME_UNITS = 160;
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/;

// Names that are, or look like, a part of the installation when they stand before its host name.
const RESERVED = new Set(
  `about abuse access account accounts admin administrator api app apps assets auth autoconfig autodiscover billing blog cdn chat config
   console contact dashboard default dev docs download email events example files forum ftp gateway graphiql graphql help home host id
   identity imap internal invite invitation legal livez localhost login logout mail media metrics mx news noreply ns ns1 ns2 oauth oidc
   openid ops persisted polity pop portal postmaster privacy prod production public readyz register root search security session settings
   shop signin signup smtp sso staging static status store support system team teams tenant tenants terms test tls token tokens upload
   user users webhook webhooks webmaster well-known www`.split(/\s+/),
);

/** Why a slug is refused; null for a good one. A slug is a DNS label, because it stands before the host name. */
export function slugProblem(slug: string): string | null {
  if (!SLUG.test(slug) || slug.includes('--'))
    return 'needs 2 to 40 characters: lower-case letters, digits and single dashes, no dash at the ends';
  return RESERVED.has(slug) ? 'is reserved' : null;
}

/** Why the name of a tenant is refused; null for a good one. */
export function tenantNameProblem(name: string): string | null {
  const length = name.length > MAX_NAME_UNITS ? 0 : [...name.trim()].length;
  return length >= 2 && length <= 80 ? nameProblem(name) : 'needs 2 to 80 characters';
}
