import { normalHash } from '@polity/kernel/document/normal-form';
import { parse } from 'graphql';

/**
 * What the pages send that every installation serves: signing in and out, and where mailed links lead. They are published with the release, or a
 * tenant that takes published operations only would have locked everybody out. A test holds them and the pages together.
 */
export const PAGE_OPERATIONS = [
  'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on MfaRequired { challenge methods } } }',
  'mutation VerifyMfa($input: VerifyMfaInput!) { verifyMfa(input: $input) { __typename } }',
  'query Session { me { displayName email tenantMemberships { status tenant { slug name } } } tenant { slug name } }',
  'mutation SwitchTenant($slug: String!) { switchTenant(slug: $slug) { slug } }',
  'query Ids { tenant { id } community(slug: "builders") { id } }',
  'mutation SignOut { signOut }',
  'mutation($token: String!) { activateAccount(token: $token) { username } }',
  'mutation($token: String!, $newPassword: String!) { resetPassword(token: $token, newPassword: $newPassword) }',
  'mutation($token: String!) { signInWithMagicLink(token: $token) { ... on MfaRequired { challenge } } }',
  'mutation($token: String!) { confirmEmail(token: $token) { id } }',
  'mutation($tenant: String!, $token: String) { joinTenant(slug: $tenant, invitation: $token) { status } }',
  'mutation($email: String!, $password: String!, $displayName: String, $token: String) { signUp(input: { email: $email, password: $password, displayName: $displayName, invitation: $token }) { email } }',
  'mutation($challenge: String!, $totp: String) { verifyMfa(input: { challenge: $challenge, totp: $totp }) { user { username } } }',
];

const hashes = new Set(PAGE_OPERATIONS.map((text) => normalHash(parse(text, { noLocation: true }))));

/** Whether a document in normal form is one of the pages'. */
export const isOfOwnPages = (normal: string): boolean => hashes.has(normal);
