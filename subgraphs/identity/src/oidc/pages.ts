import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText}
main{box-sizing:border-box;width:min(27rem,calc(100vw - 2rem));padding:1.5rem;border:1px solid color-mix(in srgb,CanvasText 20%,transparent);border-radius:.75rem}
h1{font-size:1.25rem;margin:0 0 1rem}label{display:block;margin:.75rem 0 .25rem}
input{width:100%;box-sizing:border-box;padding:.5rem;font:inherit}
button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0}
[role=alert]{padding:.5rem .75rem;border-left:.25rem solid #c22}
ul{padding-left:1.25rem}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Text made safe for HTML, also inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Where a form that ends at this address may lead, as a content security policy says it: an origin, or a scheme that has none. */
export function formTarget(address: unknown): string[] {
  const target = typeof address === 'string' ? URL.parse(address) : null;
  if (!target) return [];
  return [target.origin === 'null' ? target.protocol : target.origin];
}

/**
 * Headers of every page: nothing is loaded, nobody may frame it, and forms go to this site and on to where the flow ends.
 * `same-origin` and not `no-referrer`, because browsers send `Origin: null` with forms of a page that hides its address.
 */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

/** A whole page; `body` is HTML already. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} – Polity</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>`;
}

const alert = (problem: string | null) => (problem ? `<p role="alert">${escapeHtml(problem)}</p>` : '');

interface Form {
  /** Path of the interaction, without a trailing slash. */
  base: string;
  csrf: string;
  problem: string | null;
}

const token = (csrf: string) => `<input type="hidden" name="csrf" value="${escapeHtml(csrf)}">`;
const cancel = ({ base, csrf }: Form) =>
  `<form method="post" action="${base}/abort">${token(csrf)}<button>Cancel</button></form>`;

/** Asks for address and password. */
export function loginPage(form: Form, clientName: string, loginHint: string): string {
  const body = `<p>to continue to <strong>${escapeHtml(clientName)}</strong></p>${alert(form.problem)}
<form method="post" action="${form.base}/login">${token(form.csrf)}
<label for="email">Address</label><input id="email" name="email" type="email" autocomplete="username" required value="${escapeHtml(loginHint)}">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button></form>${cancel(form)}`;
  return page('Sign in', body);
}

const CODE_FIELDS: Record<string, string> = {
  TOTP: '<label for="totp">Code of your app</label><input id="totp" name="totp" inputmode="numeric" autocomplete="one-time-code" autofocus>',
  RECOVERY_CODE:
    '<label for="recovery">or a recovery code</label><input id="recovery" name="recoveryCode" autocomplete="off">',
};

/** Asks for a second factor. A passkey needs a script, which these pages do without, so they take codes only. */
export function mfaPage(form: Form, challenge: string, methods: readonly string[]): string {
  const fields = methods.map((method) => CODE_FIELDS[method] ?? '').join('');
  const ask = `<form method="post" action="${form.base}/mfa">${token(form.csrf)}
<input type="hidden" name="challenge" value="${escapeHtml(challenge)}">${fields}<button>Confirm</button></form>`;
  const none =
    '<p>This needs a second factor that works with codes. Set up an authenticator app in your account, then try again.</p>';
  return page('Confirm that it is you', `${alert(form.problem)}${fields ? ask : none}${cancel(form)}`);
}

/** Asks whether the application may have what it wants. */
export function consentPage(form: Form, clientName: string, wishes: readonly string[]): string {
  const list = wishes.map((wish) => `<li>${escapeHtml(wish)}</li>`).join('');
  const body = `<p><strong>${escapeHtml(clientName)}</strong> wants to:</p><ul>${list}</ul>
<form method="post" action="${form.base}/consent">${token(form.csrf)}<button>Allow</button></form>${cancel(form)}`;
  return page('Allow access', body);
}

function respond(ctx: KoaContextWithOIDC, html: string, formTargets: string[] = []): void {
  ctx.set(pageHeaders(formTargets));
  ctx.body = html;
}

/** Asks before the session ends; `form` is the library's, with its own token against forged requests. */
export async function logoutPage(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  const target = ctx.oidc.session?.state?.postLogoutRedirectUri;
  const buttons =
    '<button form="op.logoutForm" name="logout" value="yes">Sign out</button><button form="op.logoutForm">Stay signed in</button>';
  respond(ctx, page('Sign out?', `${form}${buttons}`), formTarget(target));
}

/** Says that the session has ended. */
export async function loggedOutPage(ctx: KoaContextWithOIDC): Promise<void> {
  respond(ctx, page('Signed out', '<p>You are signed out.</p>'));
}

/** Says what the provider refused, in the words of the protocol and nothing more. */
export async function errorPage(
  ctx: KoaContextWithOIDC,
  out: { error: string; error_description?: string | undefined },
): Promise<void> {
  respond(
    ctx,
    page(
      'This did not work',
      `<p>${escapeHtml(out.error_description ?? 'Go back and try again.')}</p><p><code>${escapeHtml(out.error)}</code></p>`,
    ),
  );
}
