import type { AuthorizationServer } from 'oauth4webapi';
import type { ClaimNames } from './upstream.entity.ts';

/** Providers that the operator may set for the whole installation. */
export const PRESETS = ['google', 'microsoft', 'github', 'discord'] as const;
export type PresetKey = (typeof PRESETS)[number];

export interface Client {
  clientId: string;
  clientSecret: string;
}

/** A provider as it is asked: of the installation, or of one tenant. */
export interface Provider extends Client {
  /** `google` and the like, or the id of a tenant's own. */
  key: string;
  name: string;
  /** Whose word it is; null for the installation's. */
  tenantId: string | null;
  issuer: string;
  scopes: readonly string[];
  claims: ClaimNames & { subject: string; verified: string };
  allowedDomains: readonly string[];
  /** Where it speaks plain OAuth 2, without ID tokens: its addresses, since nothing can be discovered. */
  fixed: AuthorizationServer | null;
}

type Preset = Omit<Provider, keyof Client | 'key' | 'tenantId' | 'allowedDomains'>;

export const OIDC_CLAIMS: Provider['claims'] = {
  subject: 'sub',
  email: 'email',
  verified: 'email_verified',
  name: 'name',
  username: 'preferred_username',
};
const OIDC_SCOPES = ['openid', 'profile', 'email'];
/** Directory of Microsoft's personal accounts; organizations have one each. */
export const PERSONAL_DIRECTORY = '9188040d-6c67-4c5b-b112-36a304b66dad';

const presets = (directory: string): Record<PresetKey, Preset> => ({
  google: {
    name: 'Google',
    issuer: 'https://accounts.google.com',
    scopes: OIDC_SCOPES,
    claims: OIDC_CLAIMS,
    fixed: null,
  },
  microsoft: {
    name: 'Microsoft',
    issuer: `https://login.microsoftonline.com/${directory}/v2.0`,
    scopes: OIDC_SCOPES,
    claims: OIDC_CLAIMS,
    fixed: null,
  },
  github: {
    name: 'GitHub',
    issuer: 'https://github.com/login/oauth',
    scopes: ['read:user'],
    claims: { subject: 'id', email: 'email', verified: 'email_verified', name: 'name', username: 'login' },
    fixed: {
      issuer: 'https://github.com/login/oauth',
      authorization_endpoint: 'https://github.com/login/oauth/authorize',
      token_endpoint: 'https://github.com/login/oauth/access_token',
      userinfo_endpoint: 'https://api.github.com/user',
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    },
  },
  discord: {
    name: 'Discord',
    issuer: 'https://discord.com',
    scopes: ['identify', 'email'],
    claims: { subject: 'id', email: 'email', verified: 'verified', name: 'global_name', username: 'username' },
    fixed: {
      issuer: 'https://discord.com',
      authorization_endpoint: 'https://discord.com/oauth2/authorize',
      token_endpoint: 'https://discord.com/api/oauth2/token',
      userinfo_endpoint: 'https://discord.com/api/users/@me',
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    },
  },
});

export interface PresetSettings {
  clients: Partial<Record<PresetKey, Client>>;
  directory: string;
}

/** The providers of the installation, by key. */
export function presetProviders({ clients, directory }: PresetSettings): ReadonlyMap<string, Provider> {
  const known = presets(directory);
  return new Map(
    PRESETS.flatMap((key) => {
      const client = clients[key];
      return client ? [[key, { ...known[key], ...client, key, tenantId: null, allowedDomains: [] }] as const] : [];
    }),
  );
}
