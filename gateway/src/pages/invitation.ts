import { notice } from '@polity/kernel/pages/form';
import { html } from '@polity/kernel/pages/html';
import type { PageDefinition } from './definition.ts';
import { Refused } from './graph.ts';
import { tokenField, tokenOf } from './proofs.ts';
import { signUpForm } from './sign-up.ts';
import { SCRIPT, type Visit } from './visit.ts';

const PREVIEW = 'query($token: String!) { previewInvitation(token: $token) { inviterName } }';
const JOIN = 'mutation($slug: String!, $token: String!) { joinTenant(slug: $slug, invitation: $token) { status } }';
/** How long the browser keeps an invitation while its person signs in or up. */
const KEPT_SECONDS = 24 * 3600;
const HERE = '/account/invitation';

/** The token is in the address of the mailed link where only the browser sees it, so the first step hands it over. */
function askForLink(visit: Visit, refused?: Refused) {
  const { say } = visit;
  const body = html`${tokenField(visit)}<button name="act" value="look">${say.showInvitation}</button>`;
  return visit.show(say.invitationTitle, html`${notice(visit.refusal(refused), true)}${visit.form(HERE, body)}`, {
    script: SCRIPT,
    status: refused ? 400 : 200,
  });
}

interface Preview {
  inviterName: string | null;
}

async function preview(visit: Visit, token: string): Promise<Preview> {
  const { previewInvitation } = await visit.ask<{ previewInvitation: Preview | null }>(PREVIEW, { token });
  if (!previewInvitation) throw new Refused('INVITATION_INVALID');
  return previewInvitation;
}

async function showInvitation(visit: Visit, token: string, refused?: Refused) {
  const { say, place, person, form } = visit;
  const { inviterName } = await preview(visit, token);
  const what = inviterName ? say.invitationBy(inviterName, place.name) : say.invitationText(place.name);
  const signIn = visit.link('/account/sign-in', {
    tenant: place.slug,
    continue: visit.link(HERE, { tenant: place.slug }),
  });
  const ways = person
    ? html`<p>${say.invitationAs(person.displayName)}</p>${form(HERE, html`<button name="act" value="join">${say.join}</button>`)}`
    : html`<p>${say.haveAccount} <a class="button" href="${signIn}">${say.signIn}</a></p><h2>${say.signUp}</h2>${await signUpForm(visit, undefined, token)}`;
  return visit.show(say.invitationTitle, html`<p>${what}</p>${notice(visit.refusal(refused), true)}${ways}`, {
    status: refused ? 400 : 200,
  });
}

/** Where an invitation leads: it says who invites to what, and lets the person join, sign in and come back, or sign up. */
export const invitationPage: PageDefinition = {
  path: HERE,
  show(visit, refused) {
    const kept = visit.cookie('invitation');
    const isGone = refused?.code.startsWith('INVITATION_') || refused?.code === 'TOKEN_INVALID';
    return kept && !isGone ? showInvitation(visit, kept, refused) : askForLink(visit, refused);
  },
  async take(visit) {
    if (visit.given('act') !== 'join') {
      const token = tokenOf(visit);
      await preview(visit, token);
      visit.setCookie('invitation', token, KEPT_SECONDS);
      return visit.go(visit.link(HERE));
    }
    const token = visit.cookie('invitation');
    if (!token) throw new Refused('INVITATION_INVALID');
    await visit.ask(JOIN, { slug: visit.place.slug, token });
    visit.setCookie('invitation', '', 0);
    const { say, place } = visit;
    return visit.show(say.joined(place.name), html`<p><a class="button" href="/account">${say.toAccount}</a></p>`);
  },
};
