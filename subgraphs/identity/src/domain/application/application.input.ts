import { InvalidInput } from '@polity/kernel/graph/errors';
import { nameProblem } from '@polity/kernel/text/names';
import type { ScopeCatalogue } from '../../oidc/scopes.ts';
import type { SigningAlgorithm } from '../oidc-payload/signing-key.entity.ts';
import type { ApplicationDetails } from './application.entity.ts';
import { isPrivateUse, redirectUrisProblem, webAddressProblem } from './redirect-uri.ts';

export interface ApplicationInput {
  name?: string | null | undefined;
  redirectUris?: readonly string[] | null | undefined;
  postLogoutRedirectUris?: readonly string[] | null | undefined;
  backchannelLogoutUri?: string | null | undefined;
  scopes?: readonly string[] | null | undefined;
  requirePkce?: boolean | null | undefined;
  claimsInIdToken?: boolean | null | undefined;
  idTokenAlgorithm?: SigningAlgorithm | null | undefined;
}

const NAME_MAX = 80;
const MAX_SCOPES = 50;

/** What is wrong with a list of scopes; null for a good one. */
export function scopesProblem(scopes: readonly string[], known: ScopeCatalogue): string | null {
  if (scopes.length === 0) return 'must name at least one scope';
  if (scopes.length > MAX_SCOPES) return `must be ${MAX_SCOPES} at most`;
  const unknown = scopes.filter((scope) => !known.has(scope));
  return unknown.length > 0 ? `are not known: ${unknown.slice(0, 5).join(', ')}` : null;
}

function applicationNameProblem(name: string): string | null {
  if (name.length === 0 || name.length > NAME_MAX) return `must have 1 to ${NAME_MAX} characters`;
  // The name stands on the consent page; it must not be able to reorder or hide text there.
  return /[\p{C}]/u.test(name) ? 'must not have control characters' : nameProblem(name);
}

/** Reads what a person says about an application. Throws InvalidInput that names each wrong field. */
export function readApplication(input: ApplicationInput, known: ScopeCatalogue): Partial<ApplicationDetails> {
  const { redirectUris, postLogoutRedirectUris, backchannelLogoutUri, scopes } = input;
  const name = input.name?.trim();
  const problems = {
    name: name === undefined ? null : applicationNameProblem(name),
    redirectUris: redirectUris ? redirectUrisProblem(redirectUris) : null,
    postLogoutRedirectUris: postLogoutRedirectUris ? redirectUrisProblem(postLogoutRedirectUris) : null,
    backchannelLogoutUri: backchannelLogoutUri ? webAddressProblem(backchannelLogoutUri) : null,
    scopes: scopes ? scopesProblem(scopes, known) : null,
  };
  const wrong = Object.entries(problems).filter((entry): entry is [string, string] => entry[1] !== null);
  if (wrong.length > 0) throw new InvalidInput(Object.fromEntries(wrong));
  return {
    ...(name !== undefined && { name }),
    ...(redirectUris && { redirectUris: [...redirectUris] }),
    ...(postLogoutRedirectUris && { postLogoutRedirectUris: [...postLogoutRedirectUris] }),
    ...(backchannelLogoutUri !== undefined && { backchannelLogoutUri: backchannelLogoutUri || null }),
    ...(scopes && { requestedScopes: [...new Set(scopes)] }),
    ...(input.requirePkce != null && { requirePkce: input.requirePkce }),
    ...(input.claimsInIdToken != null && { claimsInIdToken: input.claimsInIdToken }),
    ...(input.idTokenAlgorithm && { idTokenAlgorithm: input.idTokenAlgorithm }),
  };
}

/**
 * Throws InvalidInput for what only one of the two kinds of application may have: addresses of a scheme of its own are for those that keep no
 * secret, since any program of a machine may claim one, and going without PKCE or acting for itself is for those that keep one.
 */
export function assertFitsKind(
  confidential: boolean,
  details: Partial<ApplicationDetails>,
  clientCredentials?: boolean | null,
): void {
  const { redirectUris = [], postLogoutRedirectUris = [], requirePkce } = details;
  const scheme = 'may begin with a scheme of your own only where no secret is kept';
  const problems = {
    ...(confidential && redirectUris.some(isPrivateUse) && { redirectUris: scheme }),
    ...(confidential && postLogoutRedirectUris.some(isPrivateUse) && { postLogoutRedirectUris: scheme }),
    ...(!confidential && requirePkce === false && { requirePkce: 'is needed where no secret is kept' }),
    ...(!confidential && clientCredentials && { clientCredentials: 'is only for applications that keep a secret' }),
  };
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}
