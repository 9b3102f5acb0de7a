import { field, hidden } from '@polity/kernel/pages/form';
import { type Html, html } from '@polity/kernel/pages/html';
import { LANGUAGE_NAMES, LANGUAGES } from '@polity/kernel/pages/language';
import type { Refused } from './graph.ts';
import { linkButtons } from './upstream.ts';
import { typed, type Visit } from './visit.ts';

interface Connection<Node> {
  edges: { node: Node }[];
}

/** What the account page asks of the graph. */
export interface Account {
  me: {
    displayName: string;
    username: string;
    email: string | null;
    language: string | null;
    mfa: { totp: boolean; passkeys: number; recoveryCodesLeft: number };
    passkeys: { id: string; name: string; createdAt: string; lastUsedAt: string | null }[];
    upstreamLinks: {
      id: string;
      provider: string;
      label: string | null;
      createdAt: string;
      lastUsedAt: string | null;
    }[];
    trustedDevices: { id: string; device: string | null; createdAt: string; expiresAt: string }[];
    sessions: {
      id: string;
      createdAt: string;
      lastSeenAt: string;
      device: string | null;
      address: string | null;
      current: boolean;
    }[];
  };
  signInProviders: { key: string; name: string }[] | null;
  consents: Connection<{ id: string; applicationName: string; scopes: string[]; expiresAt: string }>;
  personalTokens: Connection<{ id: string; name: string; hint: string; scopes: string[]; expiresAt: string }>;
}

const HERE = '/account';

interface Entry {
  id: string;
  text: Html;
}

/** Times as people of this language read them; UTC, because a page without a script does not know where it is read. */
const timeIn = ({ language }: Visit) => {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return (text: string) => `${format.format(new Date(text))} UTC`;
};

/** Rows with a button each; the button says of what it is, for those who do not see the row. */
function list(
  visit: Visit,
  entries: readonly Entry[],
  { act, label, none }: { act: string; label: string; none: string },
): Html {
  if (entries.length === 0) return html`<p>${none}</p>`;
  const row = ({ id, text }: Entry) =>
    html`<li><span id="${id}">${text}</span>${visit.form(HERE, html`${hidden('id', id)}<button class="plain" name="act" value="${act}" aria-describedby="${id}">${label}</button>`)}</li>`;
  return html`<ul class="list">${entries.map(row)}</ul>`;
}

/** In which language pages and mails come. */
function languageChoice({ say }: Visit, { me }: Account): Html {
  const chosen = me.language?.toLowerCase();
  const options = LANGUAGES.map(
    (each) =>
      html`<option value="${each}" lang="${each}"${each === chosen && html` selected`}>${LANGUAGE_NAMES[each]}</option>`,
  );
  return html`<label for="mailLanguage">${say.accountLanguage}</label><select id="mailLanguage" name="mailLanguage"><option value="">${say.languageOfBrowser}</option>${options}</select>`;
}

function basics(visit: Visit, account: Account, refused?: Refused): Html {
  const { me } = account;
  const { say, form } = visit;
  const refusedHere = visit.given('act') === 'basics' ? refused : undefined;
  const input = (name: 'displayName' | 'username', label: string, hint: string | null, autocomplete: string) =>
    field({
      name,
      label,
      hint,
      autocomplete,
      value: refusedHere ? visit.given(name) : me[name],
      wrong: visit.wrong(refusedHere, name),
    });
  const body = html`${input('displayName', say.displayName, null, 'name')}${input('username', say.username, say.usernameHint, 'username')}${languageChoice(visit, account)}<button name="act" value="basics">${say.save}</button>`;
  return html`<section><h2>${say.basics}</h2>${form(HERE, body)}</section>`;
}

function address(visit: Visit, { me }: Account, refused?: Refused): Html {
  const { say, form } = visit;
  const body = html`${typed(visit, refused, { name: 'newEmail', label: say.newAddress, type: 'email', autocomplete: 'email' })}<button name="act" value="email">${say.save}</button>`;
  return html`<section><h2>${say.address}</h2>${me.email && html`<p>${say.addressNow(me.email)}</p>`}${form(HERE, body)}</section>`;
}

function password(visit: Visit, refused?: Refused): Html {
  const { say, form } = visit;
  const old = {
    name: 'currentPassword',
    label: say.currentPassword,
    type: 'password',
    autocomplete: 'current-password',
  } as const;
  const fresh = {
    name: 'newPassword',
    label: say.newPassword,
    type: 'password',
    autocomplete: 'new-password',
  } as const;
  const body = html`${typed(visit, refused, old)}${typed(visit, refused, { ...fresh, hint: say.passwordHint })}<button name="act" value="password">${say.changePassword}</button>`;
  return html`<section><h2>${say.password}</h2>${form(HERE, body)}</section>`;
}

function passkeys(visit: Visit, { me }: Account, refused?: Refused): Html {
  const { say, form } = visit;
  const time = timeIn(visit);
  const entries = me.passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
    id,
    text: html`<strong>${name}</strong> ${lastUsedAt ? say.lastUsed(time(lastUsedAt)) : say.since(time(createdAt))}`,
  }));
  const add = html`${typed(visit, refused, { name: 'passkeyName', label: say.passkeyName, required: false })}${hidden('passkey', '')}${hidden('act', 'addPasskey')}<button type="button" data-passkey="create" data-failed="${say.passkeyFailed}" hidden>${say.addPasskey}</button>`;
  return html`<section><h2>${say.passkeys}</h2>${list(visit, entries, { act: 'removePasskey', label: say.remove, none: say.noPasskeys })}
<div data-scripted hidden>${form(HERE, add)}</div><noscript><p class="hint">${say.passkeyNeedsScript}</p></noscript></section>`;
}

function authenticator(visit: Visit, { me: { mfa } }: Account): Html {
  const { say, form } = visit;
  const hasFactor = mfa.totp || mfa.passkeys > 0;
  const turnOff = form(HERE, html`<button class="plain" name="act" value="disableTotp">${say.turnOff}</button>`);
  const fresh = form(HERE, html`<button class="plain" name="act" value="newCodes">${say.newCodes}</button>`);
  return html`<section><h2>${say.authenticatorApp}</h2><p>${mfa.totp ? say.appIsOn : say.appIsOff}</p>
${mfa.totp ? turnOff : html`<p><a class="button" href="/account/enrol">${say.setUp}</a></p>`}
${hasFactor && html`<p>${say.codesLeft(mfa.recoveryCodesLeft)}</p>${fresh}`}</section>`;
}

function links(visit: Visit, { me, signInProviders }: Account): Html | null {
  const { say } = visit;
  const time = timeIn(visit);
  if (me.upstreamLinks.length === 0 && !signInProviders?.length) return null;
  const entries = me.upstreamLinks.map(({ id, provider, label, createdAt, lastUsedAt }) => ({
    id,
    text: html`<strong>${provider}</strong>${label && html` ${label}`}, ${lastUsedAt ? say.lastUsed(time(lastUsedAt)) : say.since(time(createdAt))}`,
  }));
  return html`<section><h2>${say.linkedAccounts}</h2>${list(visit, entries, { act: 'unlink', label: say.unlink, none: say.noLinks })}${linkButtons(visit, signInProviders ?? [])}</section>`;
}

function devices(visit: Visit, { me }: Account): Html {
  const { say } = visit;
  const time = timeIn(visit);
  const entries = me.trustedDevices.map(({ id, device, expiresAt }) => ({
    id,
    text: html`${device ?? say.unknownDevice}, ${say.until(time(expiresAt))}`,
  }));
  return html`<section><h2>${say.trustedDevices}</h2>${list(visit, entries, { act: 'revokeDevice', label: say.remove, none: say.noTrustedDevices })}</section>`;
}

function sessions(visit: Visit, { me }: Account): Html {
  const { say, form } = visit;
  const time = timeIn(visit);
  const entries = me.sessions.map(({ id, device, address: at, lastSeenAt, current }) => ({
    id,
    text: html`${current && html`<strong>${say.thisSession}</strong>, `}${device ?? say.unknownDevice}${at && html`, ${at}`}, ${say.lastUsed(time(lastSeenAt))}`,
  }));
  const others =
    me.sessions.length > 1 &&
    form(HERE, html`<button class="plain" name="act" value="revokeOthers">${say.endOthers}</button>`);
  return html`<section><h2>${say.sessions}</h2>${list(visit, entries, { act: 'revokeSession', label: say.end, none: '' })}${others}</section>`;
}

function applications(visit: Visit, { consents }: Account): Html {
  const { say } = visit;
  const time = timeIn(visit);
  const entries = consents.edges.map(({ node: { id, applicationName, scopes, expiresAt } }) => ({
    id,
    text: html`<strong>${applicationName}</strong> ${say.mayUse(scopes.join(', '))}, ${say.until(time(expiresAt))}`,
  }));
  return html`<section><h2>${say.applications}</h2>${list(visit, entries, { act: 'revokeConsent', label: say.takeBack, none: say.noApplications })}</section>`;
}

function tokens(visit: Visit, { personalTokens }: Account, refused?: Refused): Html {
  const { say, form } = visit;
  const time = timeIn(visit);
  const entries = personalTokens.edges.map(({ node: { id, name, hint, scopes, expiresAt } }) => ({
    id,
    text: html`<strong>${name}</strong> …${hint}, ${say.mayUse(scopes.join(', '))}, ${say.until(time(expiresAt))}`,
  }));
  const make = html`${typed(visit, refused, { name: 'tokenName', label: say.tokenName })}${typed(visit, refused, { name: 'tokenScopes', label: say.tokenScopes, hint: say.tokenScopesHint })}<button name="act" value="createToken">${say.makeToken}</button>`;
  return html`<section><h2>${say.tokens}</h2>${list(visit, entries, { act: 'revokeToken', label: say.end, none: say.noTokens })}${form(HERE, make)}</section>`;
}

function deletion(visit: Visit, refused?: Refused): Html {
  const { say, form } = visit;
  const proof = typed(visit, refused, {
    name: 'deletePassword',
    label: say.currentPassword,
    type: 'password',
    autocomplete: 'current-password',
    required: false,
  });
  const body = html`${proof}<label class="check"><input type="checkbox" name="understood" value="yes" required>${say.deleteUnderstood}</label><button class="plain" name="act" value="deleteAccount">${say.deleteAccount}</button>`;
  return html`<section><h2>${say.deleteAccount}</h2><p>${say.deleteText}</p>${form(HERE, body)}</section>`;
}

/** The sections of the account page, in the order in which people look for them. */
export function sections(visit: Visit, account: Account, refused?: Refused): (Html | null)[] {
  return [
    basics(visit, account, refused),
    address(visit, account, refused),
    password(visit, refused),
    passkeys(visit, account, refused),
    links(visit, account),
    authenticator(visit, account),
    devices(visit, account),
    sessions(visit, account),
    applications(visit, account),
    tokens(visit, account, refused),
    deletion(visit, refused),
  ];
}
