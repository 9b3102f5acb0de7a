import { notice } from '@polity/kernel/pages/form';
import { type Html, html } from '@polity/kernel/pages/html';
import { otherCookies } from '../session/cookie.ts';
import type { PageDefinition } from './definition.ts';
import { Refused } from './graph.ts';
import { scopeText } from './messages/scopes.ts';
import type { Visit } from './visit.ts';

/** What identity says of an authorization. */
interface View {
  need: 'SIGN_IN' | 'OTHER_ACCOUNT' | 'MEMBERSHIP' | 'PROOF' | 'FACTOR' | 'CONSENT' | 'NEW_BEGINNING' | 'NOTHING';
  application: string;
  tenant: string;
  scopes: { scope: string; text: string }[];
  leadsTo: string;
  formTargets: string[];
  loginHint: string | null;
  restart: string;
}

const VIEW = 'query($visit: JSON!) { view: _authorization(visit: $visit) }';
const ANSWER =
  'mutation($visit: JSON!, $answer: String!) { path: _answerAuthorization(visit: $visit, answer: $answer) }';
const SIGN_OUT = 'mutation { signOut }';

const uidOf = ({ request }: Visit) => (request.params as { uid: string }).uid;
const here = (visit: Visit) => `/account/authorize/${uidOf(visit)}`;

/** The browser, as identity knows it: the provider's cookie of this authorization, and who is signed in by the cookie of the gateway. */
async function visitor(visit: Visit) {
  const { headers, ip: address } = visit.request;
  const device = headers['user-agent']?.slice(0, 200) ?? null;
  const cookies = otherCookies(headers.cookie ?? '');
  return { uid: uidOf(visit), cookies, signedIn: await visit.signedIn(), address, device };
}

async function look(visit: Visit): Promise<View> {
  const { view } = await visit.askIdentity<{ view: View | null }>(VIEW, { visit: await visitor(visit) });
  if (!view) throw new Refused('AUTHORIZATION_OVER');
  return view;
}

async function answer(visit: Visit, what: 'CONTINUE' | 'ALLOW' | 'REFUSE') {
  const variables = { visit: await visitor(visit), answer: what };
  const { path } = await visit.askIdentity<{ path: string | null }>(ANSWER, variables);
  if (!path) throw new Refused('AUTHORIZATION_OVER');
  return visit.go(path);
}

/** Who is signed in, for somebody to see on whose behalf they allow something. */
export function whoIs({ say, person }: Visit): Html | null {
  return (
    person &&
    html`<p>${say.signedInAs(person.email ? `${person.displayName} (${person.email})` : person.displayName)}</p>`
  );
}

/** Buttons under what an application asks for. */
export const buttons = (say: Visit['say'], first: Html | null) =>
  html`${first}<button class="plain" name="act" value="refuse">${say.cancel}</button><button class="plain" name="act" value="other">${say.otherAccount}</button>`;

/** What an application asks for, in words. */
export const wishList = (scopes: View['scopes'], { language }: Visit): Html =>
  html`<ul>${scopes.map(({ scope, text }) => html`<li>${scopeText(scope, language) ?? text}</li>`)}</ul>`;

function showConsent(visit: Visit, { application, scopes, leadsTo, formTargets }: View, refused?: Refused) {
  const { say, place } = visit;
  const body = html`${notice(visit.refusal(refused), true)}<p>${say.applicationOf(application, place.name)}</p>${wishList(scopes, visit)}${whoIs(visit)}
<p>${say.leadsTo(leadsTo)}</p><p class="hint">${say.howToTakeBack}</p>
${visit.form(here(visit), buttons(say, html`<button name="act" value="allow">${say.allow}</button>`))}`;
  return visit.show(say.consentTitle(application), body, { formTargets, status: refused ? 400 : 200 });
}

/** Whoever is signed in cannot go on here: it must be somebody else, or nobody. */
function showWrongAccount(visit: Visit, { need, application, formTargets }: View) {
  const { say, place } = visit;
  const why = need === 'MEMBERSHIP' ? say.notAMember(application, place.name) : say.wantsOtherAccount(application);
  const body = html`<p>${why}</p>${whoIs(visit)}${visit.form(here(visit), buttons(say, null))}`;
  return visit.show(say.otherAccountTitle, body, { formTargets });
}

/** Where the browser comes back to, in the name of the application's tenant. */
const wayBack = (visit: Visit, { tenant }: View) => ({
  tenant,
  continue: `${here(visit)}?${new URLSearchParams({ tenant })}`,
});

function takeOn(visit: Visit, view: View, refused?: Refused) {
  const back = wayBack(visit, view);
  if (visit.place.slug !== view.tenant && visit.given('tenant') !== view.tenant) return visit.go(back.continue);
  switch (view.need) {
    case 'NOTHING':
      return answer(visit, 'CONTINUE');
    case 'CONSENT':
      return showConsent(visit, view, refused);
    case 'NEW_BEGINNING':
      return visit.go(view.restart);
    case 'SIGN_IN':
      return visit.go(
        visit.link('/account/sign-in', { ...back, ...(view.loginHint && { login_hint: view.loginHint }) }),
      );
    case 'PROOF':
      return visit.go(visit.link('/account/reauthenticate', back));
    case 'FACTOR':
      return visit.go(visit.link('/account/reauthenticate', { ...back, factor: 'wanted' }));
    default:
      return showWrongAccount(visit, view);
  }
}

/** Between an application's request and its answer: finds out who goes on to it, and whether they allow what it asks for. */
export const authorizePage: PageDefinition = {
  path: '/account/authorize/:uid',
  show: async (visit, refused) => takeOn(visit, await look(visit), refused),
  async take(visit) {
    switch (visit.given('act')) {
      case 'allow':
        return answer(visit, 'ALLOW');
      case 'refuse':
        return answer(visit, 'REFUSE');
      case 'other': {
        const { restart } = await look(visit);
        await visit.ask(SIGN_OUT);
        return visit.go(restart);
      }
      default:
        throw new Refused('VALIDATION_ERROR');
    }
  },
};
