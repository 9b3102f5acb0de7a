import { change, checked, name, told } from '@polity/kernel/domain/input';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import type { ScopeCatalogue } from '../../oidc/scopes.ts';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '../oidc-payload/signing-key.entity.ts';
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
  tokenExchange?: boolean | null | undefined;
  deviceFlow?: boolean | null | undefined;
  idTokenAlgorithm?: SigningAlgorithm | null | undefined;
}

const MAX_SCOPES = 50;

/** Scopes that an application or token may ask for, each once. */
export function scopes(known: ScopeCatalogue) {
  return z
    .array(z.string())
    .min(1, 'must name at least one scope')
    .max(MAX_SCOPES, `must be ${MAX_SCOPES} at most`)
    .superRefine((given, ctx) => {
      const unknown = given.filter((scope) => !known.has(scope)).slice(0, 5);
      if (unknown.length > 0) ctx.addIssue({ code: 'custom', message: `are not known: ${unknown.join(', ')}` });
    })
    .transform((given) => [...new Set(given)]);
}

const redirectUris = told(z.array(z.string()), redirectUrisProblem);

const schema = (known: ScopeCatalogue) =>
  z.object({
    // It stands on the consent page, and must not be able to reorder or hide text there.
    name: change(name(80)),
    redirectUris: change(redirectUris),
    postLogoutRedirectUris: change(redirectUris),
    backchannelLogoutUri: told(z.string(), (uri) => (uri ? webAddressProblem(uri) : null))
      .transform((uri) => uri || null)
      .nullish(),
    scopes: change(scopes(known)),
    requirePkce: change(z.boolean()),
    claimsInIdToken: change(z.boolean()),
    tokenExchange: change(z.boolean()),
    deviceFlow: change(z.boolean()),
    idTokenAlgorithm: change(z.enum(SIGNING_ALGORITHMS)),
  });

/** Reads what a person says about an application. Throws InvalidInput that names each wrong field. */
export function readApplication(input: ApplicationInput, known: ScopeCatalogue): Partial<ApplicationDetails> {
  const { scopes: requestedScopes, ...details } = checked(schema(known), input as never);
  return { ...details, ...(requestedScopes && { requestedScopes }) };
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
  const { redirectUris = [], postLogoutRedirectUris = [], requirePkce, tokenExchange } = details;
  const scheme = 'may begin with a scheme of your own only where no secret is kept';
  const problems = {
    ...(confidential && redirectUris.some(isPrivateUse) && { redirectUris: scheme }),
    ...(confidential && postLogoutRedirectUris.some(isPrivateUse) && { postLogoutRedirectUris: scheme }),
    ...(!confidential && requirePkce === false && { requirePkce: 'is needed where no secret is kept' }),
    ...(!confidential && tokenExchange && { tokenExchange: 'is only for applications that keep a secret' }),
    ...(!confidential && clientCredentials && { clientCredentials: 'is only for applications that keep a secret' }),
  };
  if (Object.keys(problems).length > 0) throw new InvalidInput(problems);
}
