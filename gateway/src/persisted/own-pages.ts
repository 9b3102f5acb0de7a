import { normalHash } from '@polity/kernel/document/normal-form';
import { parse } from 'graphql';

/**
 * What the browser sends for the pages that every installation serves: GraphiQL's session, and passkeys. They are published with the release, or a tenant that
 * takes published operations only would have locked everybody out; the account pages ask past HTTP. A test holds them and the pages together.
 */
export const PAGE_OPERATIONS = [
  'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on MfaRequired { challenge methods } } }',
  'mutation VerifyMfa($input: VerifyMfaInput!) { verifyMfa(input: $input) { __typename } }',
  'query Session { me { displayName email masterFlags tenantMemberships { status tenant { slug name } } } tenant { slug name } }',
  'mutation SwitchTenant($slug: String!) { switchTenant(slug: $slug) { slug } }',
  'query Ids { tenant { id } community(slug: "builders") { id } }',
  'query MaySeeOperations { operationLimits { level } }',
  'query Published($after: String) { persistedOperations(first: 20, after: $after) { edges { node { id name type uses lastUsedAt retiredAt body } } pageInfo { hasNextPage endCursor } } }',
  'mutation SignOut { signOut }',
  'mutation { begun: beginPasskeyRegistration { challenge options } }',
  'mutation { begun: beginPasskeySignIn { challenge options } }',
];

const hashes = new Set(PAGE_OPERATIONS.map((text) => normalHash(parse(text, { noLocation: true }))));

/** Whether a document in normal form is one of the pages'. */
export const isOfOwnPages = (normal: string): boolean => hashes.has(normal);
