import type { Context } from '../../context.ts';
import { graphAudience } from '../../oidc/provider.ts';
import type { Application } from './application.entity.ts';

/** What an application's developer has to enter somewhere. */
export interface ApplicationSettings {
  issuer: string;
  discoveryUrl: string;
  clientId: string;
  resource: string;
  environment: string;
}

// Names are checked when they are written, and a value that holds a blank stands in quotes.
const line = ([name, value]: [string, string]) => `${name}=${value.includes(' ') ? `"${value}"` : value}\n`;

/** Issuer, client id and secret as a library or an environment file wants them; `secret` is null where there is no new one. */
export function settingsOf(
  { oidc }: Pick<Context, 'oidc'>,
  { id, redirectUris, requestedScopes }: Pick<Application, 'id' | 'redirectUris' | 'requestedScopes'>,
  secret: string | null,
): ApplicationSettings {
  const { issuer, publicUrl } = oidc;
  const resource = graphAudience(publicUrl);
  const [redirectUri] = redirectUris;
  const lines: [string, string][] = [
    ['OIDC_ISSUER', issuer],
    ['OIDC_CLIENT_ID', id],
    ...(secret ? [['OIDC_CLIENT_SECRET', secret] as [string, string]] : []),
    ...(redirectUri ? [['OIDC_REDIRECT_URI', redirectUri] as [string, string]] : []),
    ['OIDC_SCOPE', requestedScopes.join(' ')],
    ['OIDC_RESOURCE', resource],
  ];
  const discoveryUrl = `${issuer}/.well-known/openid-configuration`;
  return { issuer, discoveryUrl, clientId: id, resource, environment: lines.map(line).join('') };
}
