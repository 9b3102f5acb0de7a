import { field, hidden, notice } from '@polity/kernel/pages/form';
import { Html, html } from '@polity/kernel/pages/html';
import type { PageDefinition } from './definition.ts';
import type { Refused } from './graph.ts';
import { ceremonyOf, passkeyButton } from './proofs.ts';
import { goOn, SCRIPT, typed, type Visit } from './visit.ts';

/** A first factor was right; one of these methods must follow, or none is there yet. */
export interface FactorAsked {
  challenge: string;
  methods: readonly string[];
}

/** What became of a first factor. */
export type Outcome = { outcome: { __typename: 'SignedIn' } | ({ __typename: 'MfaRequired' } & FactorAsked) };

const VERIFY = 'mutation($input: VerifyMfaInput!) { verifyMfa(input: $input) { deviceToken } }';
const BEGIN = 'mutation($challenge: String) { enrolment: beginTotpEnrolment(challenge: $challenge) { secret qrSvg } }';
const CONFIRM = `mutation($code: String!, $challenge: String) { confirmTotpEnrolment(code: $code, challenge: $challenge) { codes } }`;
const REAUTHENTICATE = 'mutation($input: ReauthenticateInput!) { reauthenticate(input: $input) { user { id } } }';
const DEVICE_SECONDS = 30 * 24 * 3600;

/** Inputs of the second factors; all of them where it is not known which the account has. */
function factorFields(visit: Visit, methods: readonly string[]): Html {
  const { say } = visit;
  return html`${
    methods.includes('TOTP') &&
    field({
      name: 'totp',
      label: say.codeOfApp,
      hint: say.codeOfAppHint,
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      required: false,
    })
  }${
    methods.includes('RECOVERY_CODE') &&
    html`<details><summary>${say.useRecoveryCode}</summary>${field({ name: 'recoveryCode', label: say.recoveryCode, required: false })}</details>`
  }`;
}

const givenFactor = (visit: Visit) => ({
  totp: visit.given('totp').trim() || null,
  recoveryCode: visit.given('recoveryCode').trim() || null,
  passkey: visit.given('passkey') ? ceremonyOf(visit, 'passkey') : null,
});

/** Asks for the second factor, or has the person set one up where the tenant wants one and there is none. */
export async function showFactor(visit: Visit, { challenge, methods }: FactorAsked, refused?: Refused) {
  if (methods.length === 0) return showEnrolment(visit, challenge);
  const { say } = visit;
  const body = html`${hidden('challenge', challenge)}${hidden('methods', methods.join(' '))}${factorFields(visit, methods)}
<label class="check"><input type="checkbox" name="remember" value="yes">${say.rememberDevice}</label>
<button>${say.confirm}</button>${methods.includes('PASSKEY') && passkeyButton(visit, 'factor', say.usePasskey)}`;
  return visit.show(
    say.secondFactor,
    html`${notice(visit.refusal(refused), true)}${visit.form('/account/mfa', body)}`,
    {
      script: SCRIPT,
      status: refused ? 400 : 200,
    },
  );
}

/** The second factor of a sign-in. */
export const factorPage: PageDefinition = {
  path: '/account/mfa',
  show(visit, refused) {
    const challenge = visit.given('challenge');
    const isOver = !refused || refused.code === 'TOKEN_INVALID' || !challenge;
    if (isOver) return visit.go(visit.link('/account/sign-in', refused ? { said: 'over' } : {}));
    return showFactor(visit, { challenge, methods: visit.given('methods').split(' ') }, refused);
  },
  async take(visit) {
    const input = {
      challenge: visit.given('challenge'),
      ...givenFactor(visit),
      rememberDevice: visit.given('remember') === 'yes',
    };
    const { verifyMfa } = await visit.ask<{ verifyMfa: { deviceToken: string | null } }>(VERIFY, { input });
    if (verifyMfa.deviceToken) visit.setCookie('device', verifyMfa.deviceToken, DEVICE_SECONDS);
    return goOn(visit);
  },
};

interface Enrolment {
  enrolment: { secret: string; qrSvg: string };
}

async function showEnrolment(visit: Visit, challenge: string | null, refused?: Refused) {
  const { say, place } = visit;
  // After a wrong code the key stays, since the app has it already.
  const [known] = /^[A-Z2-7]{16,64}$/.exec(refused ? visit.given('secret') : '') ?? [];
  const { secret, qrSvg } = known
    ? { secret: known, qrSvg: '' }
    : (await visit.ask<Enrolment>(BEGIN, { challenge })).enrolment;
  const picture = new Html(qrSvg.replace('<svg', '<svg role="img" aria-label="QR"'));
  const body = html`${challenge && hidden('challenge', challenge)}${hidden('secret', secret)}<div class="qr">${picture}</div>
<p>${say.enrolKey}: <code>${secret}</code></p>
${field({ name: 'totp', label: say.codeOfApp, hint: say.codeOfAppHint, autocomplete: 'one-time-code', inputmode: 'numeric' })}<button>${say.confirm}</button>`;
  return visit.show(
    say.enrolTitle,
    html`${(challenge || visit.lacksFactor) && html`<p>${say.enrolNeeded(place.name)}</p>`}<p>${say.enrolHow}</p>${notice(visit.refusal(refused), true)}${visit.form('/account/enrol', body)}`,
    { status: refused ? 400 : 200 },
  );
}

/** Recovery codes, shown once. */
export function showCodes(visit: Visit, codes: readonly string[]) {
  const { say } = visit;
  const to = visit.next ?? '/account';
  return visit.show(
    say.recoveryTitle,
    html`<p>${say.recoveryHow}</p><ul class="codes">${codes.map((code) => html`<li>${code}</li>`)}</ul><p><a class="button" href="${to}">${say.goOn}</a></p>`,
  );
}

/** Setting up an authenticator app: on the way in, with a challenge, or in a session. */
export const enrolPage: PageDefinition = {
  path: '/account/enrol',
  show: (visit, refused) =>
    refused?.code === 'TOKEN_INVALID'
      ? visit.go(visit.link('/account/sign-in', { said: 'over' }))
      : showEnrolment(visit, visit.given('challenge') || null, refused),
  async take(visit) {
    const [code, challenge] = [visit.given('totp'), visit.given('challenge') || null];
    const answer = await visit.ask<{ confirmTotpEnrolment: { codes: string[] } }>(CONFIRM, { code, challenge });
    return showCodes(visit, answer.confirmTotpEnrolment.codes);
  },
};

const EVERY_METHOD = ['TOTP', 'RECOVERY_CODE', 'PASSKEY'];

/** Proving again who one is, for what is protected; also where the tenant wants a second factor that the session has not shown. */
export const reauthenticatePage: PageDefinition = {
  path: '/account/reauthenticate',
  show(visit, refused) {
    const { say } = visit;
    if (!visit.person && !visit.lacksFactor) return visit.go(visit.link('/account/sign-in'));
    const body = html`${typed(visit, refused, { name: 'password', label: say.password, type: 'password', autocomplete: 'current-password', required: false })}
${factorFields(visit, EVERY_METHOD)}<button>${say.confirm}</button>${passkeyButton(visit, 'factor', say.usePasskey)}`;
    const mayEnrol = visit.lacksFactor || visit.given('factor') === 'wanted';
    const enrol = mayEnrol && html`<p><a href="${visit.link('/account/enrol')}">${say.enrolTitle}</a></p>`;
    const anew =
      visit.next && html`<p><a href="${visit.link('/account/sign-in', { anew: 'yes' })}">${say.signInAnew}</a></p>`;
    return visit.show(
      say.againTitle,
      html`<p>${say.againText}</p>${notice(visit.refusal(refused), true)}${visit.form('/account/reauthenticate', body)}${enrol}${anew}`,
      { script: SCRIPT, status: refused ? 400 : 200 },
    );
  },
  async take(visit) {
    const factor = givenFactor(visit);
    const input = factor.passkey ? { passkey: factor.passkey } : { password: visit.given('password'), ...factor };
    await visit.ask(REAUTHENTICATE, { input });
    return goOn(visit, '/account?said=again');
  },
};
