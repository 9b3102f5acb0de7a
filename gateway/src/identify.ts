import { AppError, InvalidInput } from '@polity/kernel/graph/errors';
import type { ServiceClient } from '@polity/kernel/service/client';

/** What the gateway needs to know of a tenant. */
export interface TenantRef {
  id: string;
  slug: string;
}

/** Finds tenants by slug or id, remembering each for a few seconds. */
export interface TenantDirectory {
  bySlug(slug: string): Promise<TenantRef | null>;
  byId(id: string): Promise<TenantRef | null>;
}

const REMEMBER_MS = 10_000;
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Directory that asks identity; a tenant that is not there is asked for again each time. */
export function tenantDirectory(services: () => ServiceClient): TenantDirectory {
  const seen = new Map<string, { tenant: TenantRef; until: number }>();
  async function find(key: string, argument: { slug?: string; id?: string }): Promise<TenantRef | null> {
    const known = seen.get(key);
    if (known && known.until > Date.now()) return known.tenant;
    const query = 'query Tenant($slug: String, $id: ID) { _tenant(slug: $slug, id: $id) { id slug } }';
    const { _tenant: tenant } = await services().call<{ _tenant: TenantRef | null }>('identity', query, argument);
    if (tenant) {
      if (seen.size > 10_000) seen.clear();
      seen.set(key, { tenant, until: Date.now() + REMEMBER_MS });
    }
    return tenant;
  }
  return {
    bySlug: async (slug) => (SLUG.test(slug) ? find(`slug:${slug}`, { slug }) : null),
    byId: (id) => find(`id:${id}`, { id }),
  };
}

export interface TenantQuestion {
  host: string | undefined;
  /** Host under which the installation is reached; its subdomains are tenants. */
  publicHost: string;
  header: string | undefined;
  sessionTenantId: string | null;
  defaultSlug: string;
}

/** Label of the host below the public host: `acme` of `acme.localhost:4000`; null for the public host itself and others. */
export function subdomainOf(host: string | undefined, publicHost: string): string | null {
  const name = host?.toLowerCase().replace(/:\d+$/, '') ?? '';
  const base = publicHost.toLowerCase().replace(/:\d+$/, '');
  if (!name.endsWith(`.${base}`)) return null;
  const label = name.slice(0, -base.length - 1);
  return label.includes('.') || label === 'www' ? null : label;
}

/** Thrown when host and header, or host and session, name different tenants; nothing is guessed (design section 5). */
class TenantMismatch extends AppError {
  constructor() {
    super('TENANT_MISMATCH', 'The request names two different tenants.');
  }
}

/**
 * Tenant of a request: subdomain, else header, else the session's, else the default. Throws TENANT_MISMATCH when host
 * and header disagree and VALIDATION_ERROR for a tenant that does not exist.
 */
export async function tenantOf(question: TenantQuestion, directory: TenantDirectory): Promise<TenantRef | null> {
  const fromHost = subdomainOf(question.host, question.publicHost);
  const fromHeader = question.header?.trim().toLowerCase() || null;
  if (fromHost && fromHeader && fromHost !== fromHeader) throw new TenantMismatch();
  const named = fromHost ?? fromHeader;
  if (named) {
    const tenant = await directory.bySlug(named);
    if (!tenant) throw new InvalidInput({ tenant: 'There is no such tenant.' });
    return tenant;
  }
  if (question.sessionTenantId) {
    const tenant = await directory.byId(question.sessionTenantId);
    if (tenant) return tenant;
  }
  return directory.bySlug(question.defaultSlug);
}
