import { defineEntity, p } from '@mikro-orm/postgresql';
import { entityProperties, tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';

/** Names of the claims in which a provider says what; who it speaks of is always `sub`. */
export interface ClaimNames {
  email: string;
  name: string;
  username: string;
}

const provider = defineEntity({
  name: 'UpstreamProvider',
  tableName: 'upstream_provider',
  properties: {
    ...tenantProperties,
    name: p.string(),
    issuer: p.text(),
    clientId: p.text(),
    sealedSecret: p.text(),
    scopes: p.json<string[]>(),
    claims: p.json<ClaimNames>(),
    /** Domains of confirmed addresses that are let in; empty for everybody. */
    allowedDomains: p.json<string[]>(),
    enabled: p.boolean(),
    createdBy: p.uuid(),
    updatedAt: p.datetime(),
  },
  policies: tenantPolicies,
  indexes: [{ properties: ['tenantId', 'id'] }],
});

/** A provider of OpenID Connect that a tenant chose to sign people in. It is believed about who somebody is in that tenant, and nowhere else. */
export class UpstreamProvider extends provider.class {}
provider.setClass(UpstreamProvider);

export type UpstreamProviderRow = Row<UpstreamProvider>;

const link = defineEntity({
  name: 'UpstreamLink',
  tableName: 'upstream_link',
  properties: {
    ...entityProperties,
    userId: p.uuid(),
    /** `google` and the like, or the id of a tenant's provider: never the issuer, which another tenant may name too. */
    provider: p.text(),
    /** Null for a provider of the installation. */
    tenantId: p.uuid().nullable(),
    subject: p.text(),
    /** Name of the provider, and by which the person knows the account there; as of its last use. */
    providerName: p.text(),
    label: p.text().nullable(),
    /** Whether the account was made through it. */
    founding: p.boolean(),
    lastUsedAt: p.datetime().nullable(),
  },
  // Read before a tenant is known and shown to the person from any, so this table has no tenancy policy.
  uniques: [{ properties: ['provider', 'subject'] }, { properties: ['userId', 'provider'] }],
});

/** That somebody's account elsewhere signs them in here. */
export class UpstreamLink extends link.class {}
link.setClass(UpstreamLink);

export type UpstreamLinkRow = Row<UpstreamLink>;

const attempt = defineEntity({
  name: 'UpstreamAttempt',
  tableName: 'upstream_attempt',
  properties: {
    ...tenantProperties,
    provider: p.text(),
    purpose: p.enum(['SIGN_IN', 'LINK'] as const),
    /** SHA-256 of `state`, and of what only the browser that began knows. */
    stateHash: p.text().unique(),
    browserHash: p.text(),
    /** PKCE verifier and nonce. */
    sealed: p.text(),
    /** Whose account is to be linked, in which session. */
    userId: p.uuid().nullable(),
    sessionId: p.text().nullable(),
    invitationHash: p.text().nullable(),
    expiresAt: p.datetime().index(),
    consumedAt: p.datetime().nullable(),
  },
  policies: tenantPolicies,
});

/** A visit to a provider that has begun: it ends once, in the browser in which it began. */
export class UpstreamAttempt extends attempt.class {}
attempt.setClass(UpstreamAttempt);
