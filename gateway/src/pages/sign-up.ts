import { hidden, notice } from '@polity/kernel/pages/form';
import { type Html, html } from '@polity/kernel/pages/html';
import type { PageDefinition } from './definition.ts';
import type { Refused } from './graph.ts';
import { providerButtons } from './upstream.ts';
import { typed, type Visit } from './visit.ts';
import { keepWay } from './way.ts';

const SIGN_UP = 'mutation($input: SignUpInput!) { signUp(input: $input) { email } }';
const FIELDS = ['email', 'displayName', 'username', 'password'];

/** Names and password of somebody new. */
function inputs(visit: Visit, refused: Refused | undefined): Html {
  const { say } = visit;
  const optional = (label: string) => `${label} (${say.optional})`;
  return html`${typed(visit, refused, { name: 'email', label: say.email, type: 'email', autocomplete: 'email' })}
${typed(visit, refused, { name: 'displayName', label: optional(say.displayName), autocomplete: 'name', required: false })}
${typed(visit, refused, { name: 'username', label: optional(say.username), hint: say.usernameHint, autocomplete: 'username', required: false })}
${typed(visit, refused, { name: 'password', label: say.password, type: 'password', hint: say.passwordHint, autocomplete: 'new-password' })}
<button>${say.signUp}</button>`;
}

/** The form by which people sign up, for an invitation or without one. */
export async function signUpForm(visit: Visit, refused: Refused | undefined, invitation: string | null): Promise<Html> {
  const told = refused && (FIELDS.some((name) => refused.fields[name]) ? null : visit.refusal(refused));
  const kept = invitation && hidden('token', invitation);
  return html`${notice(told, true)}${visit.form('/account/sign-up', html`${kept}${inputs(visit, refused)}`)}${await providerButtons(visit, invitation)}`;
}

/** Signing up; the account waits for the mailed link. */
export const signUpPage: PageDefinition = {
  path: '/account/sign-up',
  async show(visit, refused) {
    const { say, place, link } = visit;
    const invitation = /^polity_in_[\w-]{43}$/.exec(visit.given('token'))?.[0] ?? null;
    const isOpen = place.signUpPolicy === 'OPEN' || invitation !== null;
    const form = isOpen ? await signUpForm(visit, refused, invitation) : html`<p>${say.signUpClosed}</p>`;
    const known = html`<p>${say.haveAccount} <a href="${link('/account/sign-in')}">${say.signIn}</a></p>`;
    return visit.show(say.signUpTo(place.name), html`${form}${known}`, { status: refused ? 400 : 200 });
  },
  async take(visit) {
    const { say } = visit;
    const given = (name: string) => visit.given(name).trim() || null;
    const [email, password] = [visit.given('email'), visit.given('password')];
    const input = {
      email,
      password,
      displayName: given('displayName'),
      username: given('username'),
      invitation: given('token'),
    };
    await visit.ask(SIGN_UP, { input });
    keepWay(visit);
    return visit.show(say.signedUp, html`<p>${say.signedUpText(email)}</p>`);
  },
};
