import { notice } from '@polity/kernel/pages/form';
import { html } from '@polity/kernel/pages/html';
import { act } from './account-acts.ts';
import { type Account, sections } from './account-sections.ts';
import type { PageDefinition } from './definition.ts';
import { SCRIPT, type Visit } from './visit.ts';

const ACCOUNT = `query Account {
  me {
    id displayName username email language
    mfa { totp passkeys recoveryCodesLeft }
    passkeys { id name createdAt lastUsedAt }
    trustedDevices { id device createdAt expiresAt }
    sessions { id createdAt lastSeenAt device address current }
  }
  consents(first: 100) { edges { node { id applicationName scopes createdAt expiresAt } } }
  personalTokens(first: 50) { edges { node { id name hint scopes expiresAt } } }
}`;

function said(visit: Visit): string | null {
  const { say } = visit;
  const texts: Record<string, string> = {
    saved: say.saved,
    done: say.done,
    addressMailed: say.addressMailed,
    again: say.againDone,
  };
  return texts[visit.given('said')] ?? null;
}

/** Everything that belongs to a person's account. */
export const accountPage: PageDefinition = {
  path: '/account',
  async show(visit, refused) {
    if (visit.lacksFactor) return visit.go('/account/reauthenticate?continue=/account');
    if (!visit.person) return visit.go(visit.link('/account/sign-in'));
    const account = await visit.ask<Account>(ACCOUNT);
    const body = html`${notice(refused ? null : said(visit))}${notice(visit.refusal(refused), true)}${sections(visit, account, refused)}`;
    return visit.show(visit.say.account, body, { wide: true, script: SCRIPT, status: refused ? 400 : 200 });
  },
  take: act,
};
