import { hidden, notice } from '@polity/kernel/pages/form';
import { type Html, html } from '@polity/kernel/pages/html';
import type { PageDefinition } from './definition.ts';
import { Refused } from './graph.ts';
import { type Outcome, showFactor } from './second-factor.ts';
import { goOn, SCRIPT, type Visit } from './visit.ts';
import { ownPath } from './way.ts';

const HERE = '/account/upstream';
const OFFERED = 'query { signInProviders { key name } }';
const BEGIN_SIGN_IN =
  'mutation($input: BeginUpstreamSignInInput!) { begun: beginUpstreamSignIn(input: $input) { url browser } }';
const BEGIN_LINK = `mutation($provider: String!, $tenantHost: Boolean) {
  begun: beginUpstreamLink(provider: $provider, tenantHost: $tenantHost) { url browser } }`;
const FINISH_SIGN_IN = `mutation($input: FinishUpstreamSignInInput!) {
  outcome: finishUpstreamSignIn(input: $input) { __typename ... on MfaRequired { challenge methods } } }`;
const FINISH_LINK = 'mutation($input: FinishUpstreamLinkInput!) { finishUpstreamLink(input: $input) { id } }';
const ATTEMPT_SECONDS = 600;

interface SignInProvider {
  key: string;
  name: string;
}

/** A button for each provider at which people of this tenant may sign in; nothing where there is none. */
export async function providerButtons(visit: Visit, invitation: string | null = null): Promise<Html | null> {
  const { signInProviders } = await visit.ask<{ signInProviders: SignInProvider[] | null }>(OFFERED);
  if (!signInProviders?.length) return null;
  const button = ({ key, name }: SignInProvider) =>
    html`<button class="plain" name="provider" value="${key}">${visit.say.signInWith(name)}</button>`;
  const invited = invitation && hidden('token', invitation);
  return visit.form(HERE, html`${hidden('act', 'sign-in')}${invited}${signInProviders.map(button)}`);
}

/** A button for each provider with which the account may be linked. */
export function linkButtons(visit: Visit, offered: readonly SignInProvider[]): Html | null {
  if (offered.length === 0) return null;
  const button = ({ key, name }: SignInProvider) =>
    html`<button class="plain" name="provider" value="${key}">${visit.say.linkWith(name)}</button>`;
  return visit.form(HERE, html`${hidden('act', 'link')}${offered.map(button)}`);
}

/** What the browser keeps until it comes back: what for, its secret, in which tenant, and where it goes on. */
interface Kept {
  purpose: 'sign-in' | 'link';
  browser: string;
  tenant: string;
  next: string | null;
}

const NONE = '-';
const LONGEST_WAY = 220;

function keep(visit: Visit, { purpose, browser, tenant, next }: Kept): void {
  const way = next && Buffer.from(next).toString('base64url');
  const parts = [purpose, browser, tenant || NONE, way && way.length <= LONGEST_WAY ? way : NONE];
  visit.setCookie('upstream', parts.join('.'), ATTEMPT_SECONDS);
}

function kept(visit: Visit): Kept | null {
  const [purpose, browser = '', tenant = NONE, way = NONE] = visit.cookie('upstream')?.split('.') ?? [];
  if (purpose !== 'sign-in' && purpose !== 'link') return null;
  const next = way === NONE ? null : ownPath(Buffer.from(way, 'base64url').toString());
  return { purpose, browser, tenant: tenant === NONE ? '' : tenant, next };
}

/** Sends the browser to a provider, by a link, because a form may not lead there. */
export const upstreamPage: PageDefinition = {
  path: HERE,
  show(visit, refused) {
    const { say } = visit;
    if (!refused) return visit.go(visit.link('/account/sign-in'));
    const back = visit.given('act') === 'link' ? '/account' : visit.link('/account/sign-in');
    const body = html`${notice(visit.refusal(refused), true)}<p><a class="button" href="${back}">${say.goBack}</a></p>`;
    return visit.show(say.tryAgainTitle, body, { status: 400 });
  },
  async take(visit) {
    const { say, place, next } = visit;
    const purpose = visit.given('act') === 'link' ? 'link' : 'sign-in';
    const asked = { provider: visit.given('provider'), tenantHost: visit.hostTenant !== null };
    const input = { ...asked, invitation: visit.given('token') || null };
    type Begun = { begun: { url: string; browser: string } };
    const { begun } = await (purpose === 'link'
      ? visit.ask<Begun>(BEGIN_LINK, asked)
      : visit.ask<Begun>(BEGIN_SIGN_IN, { input }));
    keep(visit, { purpose, browser: begun.browser, tenant: visit.hostTenant ? '' : place.slug, next });
    const body = html`<p>${say.goesOn}</p><p><a class="button" href="${begun.url}">${say.goOn}</a></p>`;
    return visit.show(say.goOn, body, { goOn: begun.url });
  },
};

const keyOf = ({ request }: Visit) => (request.params as { provider: string }).provider;

async function finish(visit: Visit, { purpose, browser }: Kept) {
  const [state, code, issuer] = [visit.given('state'), visit.given('code'), visit.given('iss') || null];
  if (!state || !code) throw new Refused('UPSTREAM_REFUSED');
  const input = { provider: keyOf(visit), stateSecret: state, code, issuer, browser };
  if (purpose === 'link') {
    await visit.ask(FINISH_LINK, { input });
    return visit.go('/account?said=linked');
  }
  const { outcome } = await visit.ask<Outcome>(FINISH_SIGN_IN, {
    input: { ...input, deviceToken: visit.cookie('device') },
  });
  return outcome.__typename === 'MfaRequired' ? showFactor(visit, outcome) : goOn(visit);
}

function showRefusal(visit: Visit, refused: Refused) {
  const { say } = visit;
  const body = html`${notice(visit.refusal(refused), true)}<p><a class="button" href="${visit.link('/account/sign-in')}">${say.toSignIn}</a></p>
<p class="hint">${say.requestIs(visit.request.id)}</p>`;
  return visit.show(say.tryAgainTitle, body, { status: 400, script: SCRIPT });
}

/** Whether the browser began at the host of a tenant, which only the state says here; then it ends there. */
function elsewhere(visit: Visit): string | null {
  const [, slug] = /^polity_us_[\w-]{43}\.([a-z0-9-]{2,40})$/.exec(visit.given('state')) ?? [];
  return slug && visit.hostTenant === null ? visit.atHost(slug, visit.request.url) : null;
}

/** Where a provider sends people back: an address for each provider, so that none can answer for another. */
export const upstreamReturnPage: PageDefinition = {
  path: `${HERE}/:provider`,
  async show(visit) {
    const host = elsewhere(visit);
    if (host) return visit.reply.redirect(host, 303);
    const found = kept(visit);
    if (!found) return showRefusal(visit, new Refused('UPSTREAM_REFUSED'));
    // The tenant, and where to go on, were not told to the provider.
    if (found.tenant && visit.given('tenant') !== found.tenant) {
      const way = { tenant: found.tenant, ...(found.next && { continue: found.next }) };
      const { pathname, search } = new URL(visit.request.url, 'http://pages');
      return visit.go(`${pathname}?${new URLSearchParams([...new URLSearchParams(search), ...Object.entries(way)])}`);
    }
    visit.setCookie('upstream', '', 0);
    try {
      return await finish(visit, found);
    } catch (error) {
      if (error instanceof Refused) return showRefusal(visit, error);
      throw error;
    }
  },
};
