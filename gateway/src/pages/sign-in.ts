import { notice } from '@polity/kernel/pages/form';
import { html } from '@polity/kernel/pages/html';
import type { PageDefinition } from './definition.ts';
import { showCode } from './email-code.ts';
import type { Refused } from './graph.ts';
import { ceremonyOf, passkeyButton, tokenField, tokenOf } from './proofs.ts';
import { type Outcome, showFactor } from './second-factor.ts';
import { providerButtons } from './upstream.ts';
import { goOn, SCRIPT, typed, type Visit } from './visit.ts';
import { keepWay } from './way.ts';

const OUTCOME = '__typename ... on MfaRequired { challenge methods }';
const SIGN_IN = `mutation($email: String!, $password: String!, $deviceToken: String) {
  outcome: signIn(input: { email: $email, password: $password, deviceToken: $deviceToken }) { ${OUTCOME} } }`;
const BY_LINK = `mutation($token: String!) { outcome: signInWithMagicLink(token: $token) { ${OUTCOME} } }`;
const BY_PASSKEY = `mutation($challenge: String!, $response: JSON!) {
  outcome: finishPasskeySignIn(challenge: $challenge, response: $response) { ${OUTCOME} } }`;
const MAIL_CODE = 'mutation($email: String!) { sent: requestEmailCode(email: $email) { challenge } }';
const MAIL_LINK = 'mutation($email: String!) { requestMagicLink(email: $email) }';
const SIGN_OUT = 'mutation { signOut }';

async function showSignIn(visit: Visit, refused?: Refused) {
  const { say, form, link } = visit;
  const byLink = refused !== undefined && visit.given('act') === 'use-link';
  const said = visit.given('said');
  const texts: Record<string, string> = {
    reset: say.resetDone,
    deleted: say.deleted,
    mailed: say.linkMailed,
    over: say.signInOver,
  };
  const told = texts[said] ?? null;
  const password = html`${typed(visit, refused, { name: 'email', label: say.email, type: 'email', autocomplete: 'username webauthn', value: visit.given('email') || visit.given('login_hint') })}
${typed(visit, refused, { name: 'password', label: say.password, type: 'password', autocomplete: 'current-password' })}
<button name="act" value="password">${say.signIn}</button><button class="plain" name="act" value="link" formnovalidate>${say.mailMeALink}</button>${visit.place.emailCodes && html`<button class="plain" name="act" value="code" formnovalidate>${say.mailMeACode}</button>`}
${passkeyButton(visit, 'sign-in', say.signInByPasskey)}`;
  const link_ = html`<p>${say.signInHere}</p>${tokenField(visit)}<button name="act" value="use-link">${say.signIn}</button>`;
  return visit.show(
    say.signIn,
    html`${notice(told)}${notice(visit.refusal(refused), true)}<div data-without-token>${form('/account/sign-in', password)}${await providerButtons(visit)}
<p><a href="${link('/account/forgot-password')}">${say.forgotPassword}</a></p>
<p>${say.noAccountYet} <a href="${link('/account/sign-up')}">${say.signUp}</a></p></div>
<details data-with-token${byLink && html` open`}><summary>${say.linkTitle}</summary>${form('/account/sign-in', link_)}</details>`,
    { script: SCRIPT, status: refused ? 400 : 200 },
  );
}

async function outcomeOf(visit: Visit): Promise<Outcome> {
  if (visit.given('passkey'))
    return visit.ask<Outcome>(BY_PASSKEY, {
      challenge: visit.given('passkeyChallenge'),
      response: ceremonyOf(visit, 'passkey'),
    });
  if (visit.given('act') === 'use-link') return visit.ask<Outcome>(BY_LINK, { token: tokenOf(visit) });
  const [email, password] = [visit.given('email'), visit.given('password')];
  return visit.ask<Outcome>(SIGN_IN, { email, password, deviceToken: visit.cookie('device') });
}

async function takeSignIn(visit: Visit) {
  if (visit.given('act') === 'link' && !visit.given('passkey')) {
    await visit.ask(MAIL_LINK, { email: visit.given('email') });
    keepWay(visit);
    return visit.go(visit.link('/account/sign-in', { said: 'mailed' }));
  }
  if (visit.given('act') === 'code' && !visit.given('passkey')) {
    const { sent } = await visit.ask<{ sent: { challenge: string } }>(MAIL_CODE, { email: visit.given('email') });
    return showCode(visit, sent.challenge);
  }
  const { outcome } = await outcomeOf(visit);
  return outcome.__typename === 'MfaRequired' ? showFactor(visit, outcome) : goOn(visit);
}

/** Signing in by password, passkey or mailed link. */
export const signInPage: PageDefinition = {
  path: '/account/sign-in',
  show(visit, refused) {
    const isThere = visit.person && !refused && visit.next && !visit.given('anew');
    return isThere ? goOn(visit) : showSignIn(visit, refused);
  },
  take: takeSignIn,
};

export const signOutPage: PageDefinition = {
  path: '/account/sign-out',
  show: ({ go, link }) => go(link('/account/sign-in')),
  async take(visit) {
    await visit.ask(SIGN_OUT);
    return visit.go(visit.link('/account/sign-in'));
  },
};
