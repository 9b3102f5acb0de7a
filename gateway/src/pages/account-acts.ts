import { html } from '@polity/kernel/pages/html';
import { languageOf } from '@polity/kernel/pages/language';
import type { FastifyReply } from 'fastify';
import { Refused } from './graph.ts';
import { ceremonyOf } from './proofs.ts';
import { showCodes } from './second-factor.ts';
import type { Visit } from './visit.ts';

/** One thing that can be done on the account page. */
interface Act {
  query: string;
  variables?(visit: Visit): Record<string, unknown>;
  /** What is said when it worked. */
  said?: 'saved' | 'done' | 'addressMailed';
  /** Where another page follows. */
  follow?(visit: Visit, data: never): FastifyReply;
}

const id = (visit: Visit) => ({ id: visit.given('id') });
const codes = (visit: Visit, { answer }: { answer: { codes: string[] } }) => showCodes(visit, answer.codes);

function showToken(visit: Visit, { answer }: { answer: { secret: string } }): FastifyReply {
  const { say } = visit;
  return visit.show(
    say.tokenTitle,
    html`<p>${say.tokenText}</p><p><code>${answer.secret}</code></p><p><a class="button" href="/account">${say.toAccount}</a></p>`,
  );
}

function assertUnderstood(visit: Visit): void {
  if (visit.given('understood') !== 'yes') throw new Refused('VALIDATION_ERROR', { understood: 'is needed' });
}

/** What can be done on the account page, by the names of its buttons: each is one operation of the graph. */
export const acts: Readonly<Record<string, Act>> = {
  basics: {
    query: 'mutation($input: UpdateAccountInput!) { updateAccount(input: $input) { id } }',
    variables: (visit) => ({
      input: {
        displayName: visit.given('displayName'),
        username: visit.given('username'),
        language: languageOf(visit.given('mailLanguage'))?.toUpperCase() ?? null,
      },
    }),
    said: 'saved',
  },
  email: {
    query: 'mutation($newEmail: String!) { changeEmail(newEmail: $newEmail) }',
    variables: (visit) => ({ newEmail: visit.given('newEmail') }),
    said: 'addressMailed',
  },
  password: {
    query:
      'mutation($current: String!, $fresh: String!) { changePassword(currentPassword: $current, newPassword: $fresh) }',
    variables: (visit) => ({ current: visit.given('currentPassword'), fresh: visit.given('newPassword') }),
    said: 'saved',
  },
  addPasskey: {
    query:
      'mutation($response: JSON!, $name: String) { finishPasskeyRegistration(response: $response, name: $name) { id } }',
    variables: (visit) => ({ response: ceremonyOf(visit, 'passkey'), name: visit.given('passkeyName') || null }),
    said: 'saved',
  },
  removePasskey: { query: 'mutation($id: ID!) { removePasskey(id: $id) { id } }', variables: id },
  unlink: { query: 'mutation($id: ID!) { unlinkUpstream(id: $id) { id } }', variables: id },
  disableTotp: { query: 'mutation { disableTotp }' },
  newCodes: { query: 'mutation { answer: regenerateRecoveryCodes { codes } }', follow: codes },
  revokeDevice: { query: 'mutation($id: ID!) { revokeTrustedDevice(id: $id) { id } }', variables: id },
  revokeSession: { query: 'mutation($id: ID!) { revokeSession(id: $id) { id } }', variables: id },
  revokeOthers: { query: 'mutation { revokeOtherSessions }' },
  revokeConsent: { query: 'mutation($id: ID!) { revokeConsent(id: $id) { id } }', variables: id },
  revokeToken: { query: 'mutation($id: ID!) { revokePersonalToken(id: $id) { id } }', variables: id },
  createToken: {
    query: 'mutation($input: CreatePersonalTokenInput!) { answer: createPersonalToken(input: $input) { secret } }',
    variables: (visit) => ({
      input: {
        name: visit.given('tokenName'),
        scopes: visit
          .given('tokenScopes')
          .split(/[\s,]+/)
          .filter(Boolean),
      },
    }),
    follow: showToken,
  },
  deleteAccount: {
    query: 'mutation($password: String) { deleteAccount(password: $password) }',
    variables(visit) {
      assertUnderstood(visit);
      return { password: visit.given('deletePassword') || null };
    },
    follow: (visit) => visit.go(visit.link('/account/sign-in', { said: 'deleted' })),
  },
};

/** Does what the pressed button stands for. Throws Refused. */
export async function act(visit: Visit): Promise<FastifyReply> {
  const chosen = Object.hasOwn(acts, visit.given('act')) ? acts[visit.given('act')] : undefined;
  if (!chosen) throw new Refused('VALIDATION_ERROR');
  const { query, variables, said = 'done', follow } = chosen;
  const data = await visit.ask<never>(query, variables?.(visit));
  return follow ? follow(visit, data) : visit.go(`/account?said=${said}`);
}
