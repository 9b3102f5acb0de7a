import { hidden, notice } from '@polity/kernel/pages/form';
import { html } from '@polity/kernel/pages/html';
import { buttons, whoIs, wishList } from './authorize.ts';
import type { PageDefinition } from './definition.ts';
import { Refused } from './graph.ts';
import { typed, type Visit } from './visit.ts';

/** What identity says of a code. */
interface View {
  need: 'MEMBERSHIP' | 'FACTOR' | 'CONSENT';
  application: string;
  tenant: string;
  scopes: { scope: string; text: string }[];
  userCode: string;
}

const PATH = '/account/device';
const VIEW = 'query($visit: JSON!) { view: _deviceRequest(visit: $visit) }';
const ANSWER =
  'mutation($visit: JSON!, $answer: String!) { isDone: _answerDeviceRequest(visit: $visit, answer: $answer) }';
const SIGN_OUT = 'mutation { signOut }';

const codeOf = (visit: Visit) => visit.given('user_code').slice(0, 50);
const here = (visit: Visit, more: Record<string, string> = {}) =>
  `${PATH}?${new URLSearchParams({ ...(codeOf(visit) && { user_code: codeOf(visit) }), ...more })}`;

/** Whoever types the code, as identity knows them; null where nobody is signed in. Throws Refused for whoever acts as another. */
async function visitor(visit: Visit) {
  const signedIn = await visit.signedIn();
  if (!signedIn && visit.person) throw new Refused('FORBIDDEN');
  const { headers, ip: address } = visit.request;
  const device = headers['user-agent']?.slice(0, 200) ?? null;
  return signedIn && { userCode: codeOf(visit), signedIn, address, device };
}

function showForm(visit: Visit, refused?: Refused) {
  const { say } = visit;
  const code = typed(visit, refused, { name: 'user_code', label: say.deviceCode, hint: say.deviceCodeHint });
  const body = html`<p>${say.deviceText}</p>${notice(visit.refusal(refused), true)}${visit.form(PATH, html`${code}<button name="act" value="look">${say.goOn}</button>`)}`;
  return visit.show(say.deviceTitle, body, { status: refused ? 400 : 200 });
}

function showConsent(visit: Visit, { application, scopes, userCode }: View) {
  const { say, place } = visit;
  const form = html`${hidden('user_code', userCode)}${buttons(say, html`<button name="act" value="allow">${say.allow}</button>`)}`;
  const body = html`<p>${say.deviceCheck}</p><p><code>${userCode}</code></p><p>${say.applicationOf(application, place.name)}</p>${wishList(scopes, visit)}${whoIs(visit)}
<p>${say.deviceActs}</p><p class="hint">${say.howToTakeBack}</p>${visit.form(PATH, form)}`;
  return visit.show(say.consentTitle(application), body);
}

function showWrongAccount(visit: Visit, { application, userCode }: View) {
  const { say, place } = visit;
  const body = html`<p>${say.notAMember(application, place.name)}</p>${whoIs(visit)}${visit.form(PATH, html`${hidden('user_code', userCode)}${buttons(say, null)}`)}`;
  return visit.show(say.otherAccountTitle, body);
}

/** What waits under the code of this visit. Throws Refused where nothing does. */
async function look(visit: Visit, who: NonNullable<Awaited<ReturnType<typeof visitor>>>): Promise<View> {
  const { view } = await visit.askIdentity<{ view: View | null }>(VIEW, { visit: who });
  if (!view) throw new Refused('DEVICE_CODE_INVALID');
  return view;
}

function takeOn(visit: Visit, view: View) {
  const { tenant } = view;
  if (visit.place.slug !== tenant && visit.given('tenant') !== tenant) return visit.go(here(visit, { tenant }));
  const back = { tenant, continue: here(visit, { tenant }), factor: 'wanted' };
  if (view.need === 'FACTOR') return visit.go(visit.link('/account/reauthenticate', back));
  return view.need === 'CONSENT' ? showConsent(visit, view) : showWrongAccount(visit, view);
}

async function answer(visit: Visit, what: 'ALLOW' | 'REFUSE') {
  const who = await visitor(visit);
  if (!who) throw new Refused('UNAUTHENTICATED');
  const { isDone } = await visit.askIdentity<{ isDone: boolean }>(ANSWER, { visit: who, answer: what });
  if (!isDone) throw new Refused('DEVICE_CODE_INVALID');
  const { say } = visit;
  return visit.show(say.deviceTitle, notice(what === 'ALLOW' ? say.deviceAllowed : say.deviceRefused) ?? html``);
}

/** Where people type the code that a device shows on which they cannot sign in, and allow it what it asks for (RFC 8628). */
export const devicePage: PageDefinition = {
  path: PATH,
  async show(visit, refused) {
    const who = await visitor(visit);
    if (!who) return visit.go(visit.link('/account/sign-in', { continue: here(visit) }));
    if (refused || !who.userCode) return showForm(visit, refused);
    try {
      return takeOn(visit, await look(visit, who));
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'DEVICE_CODE_INVALID') throw error;
      return showForm(visit, error);
    }
  },
  async take(visit) {
    switch (visit.given('act')) {
      case 'look':
        return visit.go(here(visit));
      case 'allow':
        return answer(visit, 'ALLOW');
      case 'refuse':
        return answer(visit, 'REFUSE');
      case 'other':
        await visit.ask(SIGN_OUT);
        return visit.go(here(visit));
      default:
        throw new Refused('VALIDATION_ERROR');
    }
  },
};
