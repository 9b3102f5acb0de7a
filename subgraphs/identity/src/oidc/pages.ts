import { Html, html } from '@polity/kernel/pages/html';
import { acceptedLanguage, firstLanguage, languageOf } from '@polity/kernel/pages/language';
import { page } from '@polity/kernel/pages/page';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { pageTexts } from './page-texts.ts';

/** Where a form that ends at this address may lead, as a content security policy says it: an origin, or a scheme that has none. */
export function formTarget(address: unknown): string[] {
  const target = typeof address === 'string' ? URL.parse(address) : null;
  if (!target) return [];
  return [target.origin === 'null' ? target.protocol : target.origin];
}

/** What the request wishes, what was chosen on the pages of accounts, what the browser speaks. */
function languageFor(ctx: KoaContextWithOIDC) {
  const [, chosen] = /(?:^|;\s*)(?:__Host-)?polity-language=(\w\w)/.exec(ctx.get('cookie')) ?? [];
  const { ui_locales: wished } = ctx.oidc?.params ?? {};
  const fromRequest = firstLanguage(typeof wished === 'string' ? wished : null);
  return fromRequest ?? languageOf(chosen ?? 'none') ?? acceptedLanguage(ctx.get('accept-language')) ?? 'en';
}

type Texts = (typeof pageTexts)['en'];

function respond(
  ctx: KoaContextWithOIDC,
  made: (say: Texts) => { title: string; body: Html },
  formTargets: string[] = [],
): void {
  const language = languageFor(ctx);
  const { title, body } = made(pageTexts[language]);
  const { text, headers } = page({ language, title, site: 'Polity', accent: null, formTargets }, body);
  ctx.set({ ...headers });
  ctx.body = text;
}

/** Asks before the session ends; `form` is the library's, with its own token against forged requests. */
export async function logoutPage(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  const target = ctx.oidc.session?.state?.postLogoutRedirectUri;
  const made = (say: Texts) => ({
    title: say.signOutTitle,
    body: html`<p>${say.signOutText}</p>${new Html(form)}<button form="op.logoutForm" name="logout" value="yes">${say.signOut}</button><button class="plain" form="op.logoutForm">${say.stay}</button>`,
  });
  respond(ctx, made, formTarget(target));
}

/** Says that the session has ended. */
export async function loggedOutPage(ctx: KoaContextWithOIDC): Promise<void> {
  respond(ctx, (say) => ({ title: say.signedOut, body: html`<p>${say.signedOutText}</p>` }));
}

/** Says what the provider refused, in the words of the protocol and nothing more. */
export async function errorPage(
  ctx: KoaContextWithOIDC,
  { error, error_description: reason }: { error: string; error_description?: string | undefined },
): Promise<void> {
  const id = String(ctx.res.getHeader('x-request-id') ?? '');
  const made = (say: Texts) => ({
    title: say.failed,
    body: html`<p>${say.failedText}</p><p><code>${error}</code>${reason && html` <span lang="en">${reason}</span>`}</p>
${id && html`<p class="hint">${say.request(id)}</p>`}<p><a class="button" href="/account">${say.account}</a></p>`,
  });
  respond(ctx, made);
}
