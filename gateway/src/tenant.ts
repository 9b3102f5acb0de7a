import type { Clock } from '@polity/kernel/clock';
import { AppError, InvalidInput } from '@polity/kernel/graph/errors';
import { CALL_TIMEOUT_MS } from '@polity/kernel/graph/transport';
import type { ServiceClient } from '@polity/kernel/service/client';

/** What the gateway needs to know of a tenant. */
export interface TenantRef {
  id: string;
  slug: string;
  /** Whether a session must have proved two factors to act here. */
  mfaRequired: boolean;
}

/** Finds tenants by slug or id, remembering each for a few seconds, and going on with what it knows while identity is slow or away. */
export interface TenantDirectory {
  bySlug(slug: string): Promise<TenantRef | null>;
  byId(id: string): Promise<TenantRef | null>;
  /** Has the tenant with this id looked up anew: something about it has changed. */
  changed(id: string): void;
}

const REMEMBER_MS = 10_000;
const MAX_REMEMBERED = 10_000;
/** Longest wait for news of a tenant that is known already; a fresh answer takes a few milliseconds. */
const NEWS_MS = 250;
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const FIND = 'query Tenant($slug: String, $id: ID) { _tenant(slug: $slug, id: $id) { id slug mfaRequired } }';

/** Directory that asks identity; a tenant that is not there is asked for again each time. Throws SUBGRAPH_UNAVAILABLE. */
export function tenantDirectory(services: () => ServiceClient, clock: Clock): TenantDirectory {
  const seen = new Map<string, { tenant: TenantRef; until: number }>();
  // An answer that was on its way when something changed may be of before, and is not remembered.
  let changes = 0;

  async function ask(key: string, argument: { slug?: string; id?: string }): Promise<TenantRef | null> {
    const before = changes;
    const { _tenant: tenant } = await services().call<{ _tenant: TenantRef | null }>('identity', FIND, argument);
    seen.delete(key);
    if (seen.size >= MAX_REMEMBERED) seen.clear();
    if (tenant) seen.set(key, { tenant, until: before === changes ? clock.nowMs() + REMEMBER_MS : 0 });
    return tenant;
  }

  async function find(key: string, argument: { slug?: string; id?: string }): Promise<TenantRef | null> {
    const known = seen.get(key);
    if (!known) return ask(key, argument);
    if (known.until > clock.nowMs()) return known.tenant;
    // Slugs hardly ever change, and without this an identity that is down would take every other subgraph with it. One request asks.
    known.until = clock.nowMs() + CALL_TIMEOUT_MS;
    const { promise: soon, resolve } = Promise.withResolvers<TenantRef>();
    const timer = setTimeout(resolve, NEWS_MS, known.tenant);
    const news = ask(key, argument).catch(() => known.tenant);
    return Promise.race([news, soon]).finally(() => clearTimeout(timer));
  }

  return {
    bySlug: async (slug) => (SLUG.test(slug) ? find(`slug:${slug}`, { slug }) : null),
    byId: (id) => find(`id:${id}`, { id }),
    changed(id) {
      changes += 1;
      for (const known of seen.values()) if (known.tenant.id === id) known.until = 0;
    },
  };
}

export interface TenantQuestion {
  host: string | undefined;
  /** Host under which the installation is reached; its subdomains are tenants. */
  publicHost: string;
  header: string | undefined;
  /** Tenant that the session acts in. */
  sessionTenantId: string | null;
  /** Whether the session holds in its own tenant only. */
  sessionBound: boolean;
  /** Tenant that the bearer token was made for. */
  tokenTenantId: string | null;
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

/** Thrown when host, header, session or token name different tenants; nothing is guessed (design section 5). */
class TenantMismatch extends AppError {
  constructor() {
    super('TENANT_MISMATCH', 'The request names two different tenants.');
  }
}

async function named(
  { host, publicHost, header }: TenantQuestion,
  directory: TenantDirectory,
): Promise<{ tenant: TenantRef; byHost: boolean } | null> {
  const fromHost = subdomainOf(host, publicHost);
  const fromHeader = header?.trim().toLowerCase() || null;
  if (fromHost && fromHeader && fromHost !== fromHeader) throw new TenantMismatch();
  const slug = fromHost ?? fromHeader;
  if (!slug) return null;
  const tenant = await directory.bySlug(slug);
  if (!tenant) throw new InvalidInput({ tenant: 'There is no such tenant.' });
  return { tenant, byHost: fromHost !== null };
}

/**
 * Tenant of a request: subdomain, else header, else the session's or the token's, else the default. A header may lead a session into
 * another tenant; a subdomain may not, and a token or a bound session stays in its own. Throws TENANT_MISMATCH, and VALIDATION_ERROR for a tenant that does
 * not exist.
 */
export async function tenantOf(question: TenantQuestion, directory: TenantDirectory): Promise<TenantRef | null> {
  const { sessionTenantId, sessionBound, tokenTenantId, defaultSlug } = question;
  const found = await named(question, directory);
  if (found) {
    const { tenant, byHost } = found;
    if (tokenTenantId && tokenTenantId !== tenant.id) throw new TenantMismatch();
    if ((byHost || sessionBound) && sessionTenantId && sessionTenantId !== tenant.id) throw new TenantMismatch();
    return tenant;
  }
  if (tokenTenantId) return directory.byId(tokenTenantId);
  const own = sessionTenantId ? await directory.byId(sessionTenantId) : null;
  if (sessionBound && !own) throw new TenantMismatch();
  return own ?? directory.bySlug(defaultSlug);
}
