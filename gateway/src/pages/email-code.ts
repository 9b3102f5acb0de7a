import { field, hidden, notice } from '@polity/kernel/pages/form';
import { html } from '@polity/kernel/pages/html';
import type { PageDefinition } from './definition.ts';
import type { Refused } from './graph.ts';
import { type Outcome, showFactor } from './second-factor.ts';
import { goOn, type Visit } from './visit.ts';

const HERE = '/account/code';
const BY_CODE = `mutation($input: SignInWithEmailCodeInput!) {
  outcome: signInWithEmailCode(input: $input) { __typename ... on MfaRequired { challenge methods } } }`;

/** Asks for the code that was mailed; it says the same whether the address has an account or not. */
export function showCode(visit: Visit, challenge: string, refused?: Refused) {
  const { say } = visit;
  const code = field({
    ...{ name: 'code', label: say.codeOfMail, hint: say.codeOfAppHint },
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
  });
  const body = html`${hidden('challenge', challenge)}${code}<button>${say.signIn}</button>`;
  const again = html`<p><a href="${visit.link('/account/sign-in')}">${say.goBack}</a></p>`;
  return visit.show(
    say.codeMailedTitle,
    html`<p>${say.codeMailed}</p>${notice(visit.refusal(refused), true)}${visit.form(HERE, body)}${again}`,
    { status: refused ? 400 : 200 },
  );
}

/** Signing in with the code of a mail. */
export const emailCodePage: PageDefinition = {
  path: HERE,
  show(visit, refused) {
    const challenge = visit.given('challenge');
    return challenge ? showCode(visit, challenge, refused) : visit.go(visit.link('/account/sign-in'));
  },
  async take(visit) {
    const [challenge, code] = [visit.given('challenge'), visit.given('code')];
    const input = { challenge, code, deviceToken: visit.cookie('device') };
    const { outcome } = await visit.ask<Outcome>(BY_CODE, { input });
    return outcome.__typename === 'MfaRequired' ? showFactor(visit, outcome) : goOn(visit);
  },
};
