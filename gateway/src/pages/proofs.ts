import { hidden } from '@polity/kernel/pages/form';
import { type Html, html } from '@polity/kernel/pages/html';
import { Refused } from './graph.ts';
import type { Visit } from './visit.ts';

const TOKEN = /polity_[a-z]{2}_[\w-]{43}/;

/** The token of a mailed link, out of whatever the person copied. Throws Refused where there is none. */
export function tokenOf(visit: Visit): string {
  const [token] = TOKEN.exec(visit.given('token').slice(0, 2_000)) ?? [];
  if (!token) throw new Refused('TOKEN_INVALID', { token: 'is missing' });
  return token;
}

/** JSON of a ceremony with a passkey, as the page's script put it in. Throws Refused. */
export function ceremonyOf(visit: Visit, name: string): unknown {
  try {
    return JSON.parse(visit.given(name));
  } catch {
    throw new Refused('PASSKEY_INVALID');
  }
}

/** A link's token: the script fills it in from the address; without a script the person pastes the link. */
export function tokenField({ say }: Visit): Html {
  return html`<div data-token><label for="token">${say.pasteLink}</label><input id="token" name="token" autocomplete="off" required aria-describedby="token-hint"><p class="hint" id="token-hint">${say.pasteLinkHint}</p></div>`;
}

/** A button that begins a ceremony; shown only where a script can. */
export function passkeyButton({ say }: Visit, what: 'sign-in' | 'factor', label: string): Html {
  return html`${hidden('passkey', '')}${hidden('passkeyChallenge', '')}<button class="plain" type="button" data-passkey="${what}" data-failed="${say.passkeyFailed}" hidden>${label}</button><noscript><p class="hint">${say.passkeyNeedsScript}</p></noscript>`;
}
