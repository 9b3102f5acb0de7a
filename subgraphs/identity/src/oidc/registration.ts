import { InvalidInput } from '@polity/kernel/graph/errors';
import { z } from 'zod';
import type { RegisterInput } from '../domain/application/application.changes.ts';
import type { Application } from '../domain/application/application.entity.ts';
import { DEVICE_CODE, TOKEN_EXCHANGE } from './clients.ts';

/** An error of RFC 7591 section 3.2.2, or of RFC 6750 for its tokens. */
export class RegistrationError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, description: string, status = 400) {
    super(description);
    this.name = 'RegistrationError';
    this.code = code;
    this.status = status;
  }
}

const GRANTS = ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_CODE, TOKEN_EXCHANGE] as const;
const METHODS = ['client_secret_basic', 'client_secret_post', 'none'] as const;
const ALGORITHMS = ['RS256', 'ES256'] as const;
/** More is no application's; what each holds is looked at afterwards. */
const MAX_ENTRIES = 50;
const texts = z.array(z.string()).max(MAX_ENTRIES);

// What is not understood is ignored (RFC 7591 section 2), but for what would be taken on trust.
const schema = z.object({
  client_id: z.string().optional(),
  client_name: z.string().optional(),
  redirect_uris: texts.default([]),
  post_logout_redirect_uris: texts.default([]),
  backchannel_logout_uri: z.string().optional(),
  scope: z.string().max(5_000).default('openid'),
  token_endpoint_auth_method: z.enum(METHODS).default('client_secret_basic'),
  grant_types: z.array(z.enum(GRANTS)).max(MAX_ENTRIES).default(['authorization_code']),
  response_types: z.array(z.literal('code')).max(MAX_ENTRIES).optional(),
  id_token_signed_response_alg: z.enum(ALGORITHMS).default('RS256'),
});

/** What a program says of an application. */
type Metadata = z.output<typeof schema>;

/** Reads the body of a registration. Throws RegistrationError. */
export function readMetadata(body: unknown): Metadata {
  if (typeof body === 'object' && body !== null && 'software_statement' in body)
    throw new RegistrationError('unapproved_software_statement', 'Software statements are not taken.');
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const [issue] = error.issues;
  const where = issue?.path.join('.') || 'The body';
  const isAddress = issue?.path[0] === 'redirect_uris' || issue?.path[0] === 'post_logout_redirect_uris';
  throw new RegistrationError(
    isAddress ? 'invalid_redirect_uri' : 'invalid_client_metadata',
    `${where}: ${issue?.message ?? 'is not right'}`,
  );
}

/** A name to show, for a program that says none: where it sends people. */
const nameOf = ({ client_name: name, redirect_uris: [first] }: Metadata): string =>
  name ?? (URL.parse(first ?? '')?.host || 'Application');

/** The same as somebody would register it who is signed in. Throws RegistrationError. */
export function inputOf(metadata: Metadata): RegisterInput {
  const { grant_types: grants, redirect_uris: redirectUris, scope } = metadata;
  const asks = (grant: (typeof GRANTS)[number]) => grants.includes(grant);
  if (asks('authorization_code') && redirectUris.length === 0)
    throw new RegistrationError('invalid_redirect_uri', 'redirect_uris: must name at least one address');
  const scopes = scope.split(' ').filter(Boolean);
  const offline = asks('refresh_token') ? ['offline_access'] : [];
  return {
    name: nameOf(metadata),
    redirectUris: asks('authorization_code') ? redirectUris : [],
    postLogoutRedirectUris: metadata.post_logout_redirect_uris,
    backchannelLogoutUri: metadata.backchannel_logout_uri ?? null,
    scopes: [...new Set([...scopes, ...offline])],
    confidential: metadata.token_endpoint_auth_method !== 'none',
    clientCredentials: asks('client_credentials'),
    deviceFlow: asks(DEVICE_CODE),
    tokenExchange: asks(TOKEN_EXCHANGE),
    idTokenAlgorithm: metadata.id_token_signed_response_alg,
  };
}

/** Names of metadata for what verbs call by names of the graph. */
const THEIRS: Readonly<Record<string, string>> = {
  name: 'client_name',
  redirectUris: 'redirect_uris',
  postLogoutRedirectUris: 'post_logout_redirect_uris',
  backchannelLogoutUri: 'backchannel_logout_uri',
  scopes: 'scope',
  confidential: 'token_endpoint_auth_method',
  clientCredentials: 'grant_types',
  deviceFlow: 'grant_types',
  tokenExchange: 'grant_types',
};

/** What a verb refused, as RFC 7591 says it; anything else as it is. */
export function registrationErrorOr(error: unknown): unknown {
  if (!(error instanceof InvalidInput)) return error;
  const { fields = {} } = error.details as { fields?: Record<string, string> };
  const problems = Object.entries(fields).map(([name, problem]) => `${THEIRS[name] ?? name}: ${problem}`);
  const isAddress = Object.keys(fields).some((name) => /redirectUris/i.test(name));
  return new RegistrationError(isAddress ? 'invalid_redirect_uri' : 'invalid_client_metadata', problems.join('; '));
}

/** What is registered (RFC 7591 section 3.2.1), and how it is changed (RFC 7592). */
export function metadataOf(application: Application, publicUrl: string, managementToken: string): object {
  const { id, confidential, redirectUris, requestedScopes, clientCredentials, deviceFlow, tokenExchange } = application;
  const lasts = requestedScopes.includes('offline_access') && (redirectUris.length > 0 || deviceFlow);
  const granted: [boolean, string][] = [
    [redirectUris.length > 0, 'authorization_code'],
    [lasts, 'refresh_token'],
    [clientCredentials, 'client_credentials'],
    [deviceFlow, DEVICE_CODE],
    [tokenExchange, TOKEN_EXCHANGE],
  ];
  return {
    client_id: id,
    client_id_issued_at: Math.floor(application.createdAt.getTime() / 1000),
    client_name: application.name,
    redirect_uris: redirectUris,
    post_logout_redirect_uris: application.postLogoutRedirectUris,
    ...(application.backchannelLogoutUri && { backchannel_logout_uri: application.backchannelLogoutUri }),
    scope: requestedScopes.join(' '),
    token_endpoint_auth_method: confidential ? 'client_secret_basic' : 'none',
    grant_types: granted.filter(([isOn]) => isOn).map(([, name]) => name),
    response_types: redirectUris.length > 0 ? ['code'] : [],
    id_token_signed_response_alg: application.idTokenAlgorithm,
    // Ours: nothing works before somebody approved it.
    approval_status: application.status.toLowerCase(),
    registration_access_token: managementToken,
    registration_client_uri: `${publicUrl}/oidc/register/${id}`,
  };
}
