import { notice } from '@polity/kernel/pages/form';
import { html } from '@polity/kernel/pages/html';
import { act } from './account-acts.ts';
import { type Account, sections } from './account-sections.ts';
import type { PageDefinition } from './definition.ts';
import { Refused } from './graph.ts';
import { SCRIPT, type Visit } from './visit.ts';

const ACCOUNT = `query Account {
  me {
    id displayName username email language
    mfa { totp passkeys recoveryCodesLeft }
    passkeys { id name createdAt lastUsedAt }
    upstreamLinks { id provider label createdAt lastUsedAt }
    trustedDevices { id device createdAt expiresAt }
    sessions { id createdAt lastSeenAt device address current }
  }
  signInProviders { key name }
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
    linked: say.linkedDone,
  };
  return texts[visit.given('said')] ?? null;
}

/** Null in a session that has to show first whose account it is. */
async function accountOf(visit: Visit): Promise<Account | null> {
  try {
    return await visit.ask<Account>(ACCOUNT);
  } catch (error) {
    if (error instanceof Refused && error.code === 'STEP_UP_REQUIRED') return null;
    throw error;
  }
}

/** Everything that belongs to a person's account. */
export const accountPage: PageDefinition = {
  path: '/account',
  async show(visit, refused) {
    if (visit.lacksFactor) return visit.go('/account/reauthenticate?continue=/account');
    if (!visit.person) return visit.go(visit.link('/account/sign-in'));
    const account = await accountOf(visit);
    // Only a tenant's provider says who this is: the account is shown to whoever proves it.
    if (!account) return visit.go(visit.link('/account/reauthenticate', { continue: '/account' }));
    const body = html`${notice(refused ? null : said(visit))}${notice(visit.refusal(refused), true)}${sections(visit, account, refused)}`;
    return visit.show(visit.say.account, body, { wide: true, script: SCRIPT, status: refused ? 400 : 200 });
  },
  take: act,
};
