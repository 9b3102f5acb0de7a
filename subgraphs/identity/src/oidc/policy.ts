import { rows } from '@polity/kernel/db/orm';
import { provesTwoFactors } from '@polity/kernel/request/second-factor';
import { type Client, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { OpenEm } from './adapter.ts';
import type { BrowserSession } from './browser-session.ts';

interface Parts {
  openEm: OpenEm;
}

const WANTS_FACTOR = 'select mfa_required as wanted from tenant where id = ?::uuid';
const SLUG = 'select slug from tenant where id = ?::uuid';

const { Check } = interactionPolicy;
const asked = (isAsked: boolean) => (isAsked ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT);
const sessionOf = ({ oidc }: KoaContextWithOIDC) => oidc.session as unknown as BrowserSession;

/** Whether the tenant of the application wants two factors; the session may have begun at an application of another. */
async function tenantWantsFactor(openEm: OpenEm, client: Client | undefined): Promise<boolean> {
  const [tenant] = await rows<{ wanted: boolean }>(openEm(), WANTS_FACTOR, [client?.tenant_id ?? null]);
  return tenant?.wanted === true;
}

/** Account that the request names by a hint that we signed. */
function wantedAccount({ oidc }: KoaContextWithOIDC): string | undefined {
  const { payload } = (oidc.entities.IdTokenHint ?? {}) as { payload?: { sub?: string } };
  return payload?.sub;
}

/** What the gateway's page learns of every request: the proof that the session rested on when it came, and whose account is wanted. */
const detailsOf = (ctx: KoaContextWithOIDC) => ({
  formerProof: sessionOf(ctx).proof,
  wantedAccount: wantedAccount(ctx),
});

/** Asks for a new sign-in where an application or its tenant wants more assurance than the session has; what it got is in `acr`. */
export function interactions({ openEm }: Parts) {
  const policy = interactionPolicy.base();
  const login = policy.get('login');
  const more = new Check('acr_values', 'a second factor is asked for', 'login_required', ({ oidc }) => {
    const wanted = String(oidc.params?.acr_values ?? '').split(' ');
    const short = wanted.includes('aal2') && !wanted.includes('aal1') && oidc.session?.acr !== 'aal2';
    return asked(short && !oidc.result?.login);
  });
  const factor = new Check('tenant_mfa', 'the tenant wants a second factor', 'login_required', async (ctx) => {
    const { acr = null, amr = [], accountId } = sessionOf(ctx);
    if (!accountId || provesTwoFactors({ acr, amr, scopes: null })) return Check.NO_NEED_TO_PROMPT;
    return asked(await tenantWantsFactor(openEm, ctx.oidc.client));
  });
  const member = new Check('membership', 'the account does not belong to the tenant', 'login_required', (ctx) =>
    asked(sessionOf(ctx).accountId !== undefined && !ctx.oidc.account),
  );
  for (const check of [more, factor, member]) login?.checks.add(check);
  const former = login?.details;
  if (login) login.details = async (ctx) => ({ ...(await former?.(ctx)), ...detailsOf(ctx) });
  return policy;
}

/** Path of the gateway's page on which an authorization goes on, in the name of the application's tenant. */
export async function pageOf({ openEm }: Parts, { oidc }: KoaContextWithOIDC, uid: string): Promise<string> {
  const [tenant] = await rows<{ slug: string }>(openEm(), SLUG, [oidc.client?.tenant_id ?? null]);
  const { ui_locales: locales } = oidc.params ?? {};
  const query = {
    ...(tenant && { tenant: tenant.slug }),
    ...(locales !== undefined && { ui_locales: String(locales) }),
  };
  return `/account/authorize/${uid}?${new URLSearchParams(query)}`;
}
