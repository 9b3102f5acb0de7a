import { createHash } from 'node:crypto';
import { defineEntity, OptionalProps, p } from '@mikro-orm/postgresql';
import { reachesPermission } from '@polity/kernel/access/token-scopes';
import { tenantPolicies, tenantProperties } from '@polity/kernel/db/orm';
import type { Row } from '@polity/kernel/db/row';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '../oidc-payload/signing-key.entity.ts';

export type ApplicationStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'DISABLED';

const schema = defineEntity({
  name: 'Application',
  tableName: 'application',
  properties: {
    ...tenantProperties,
    name: p.string(),
    /** Keeps a secret; a public application (browser, phone) cannot. */
    confidential: p.boolean(),
    /** May act for itself, without a person. */
    clientCredentials: p.boolean(),
    /** Whether codes are given only to whoever proves by PKCE that they asked; always so where no secret is kept. */
    requirePkce: p.boolean().default(true),
    /** Whether it may change a person's token, sent to it by another application, for one of its own (RFC 8693). */
    tokenExchange: p.boolean().default(false),
    /** Whether it may ask for a sign-in on another device, by a code that people type there (RFC 8628). */
    deviceFlow: p.boolean().default(false),
    /** Whether the ID token says what else only the userinfo endpoint would. */
    claimsInIdToken: p.boolean().default(false),
    idTokenAlgorithm: p.enum(SIGNING_ALGORITHMS).default('RS256'),
    redirectUris: p.json<string[]>(),
    postLogoutRedirectUris: p.json<string[]>(),
    backchannelLogoutUri: p.text().nullable(),
    requestedScopes: p.json<string[]>(),
    approvedScopes: p.json<string[]>(),
    status: p.enum(['PENDING', 'APPROVED', 'REJECTED', 'DISABLED'] as const),
    rejectionReason: p.text().nullable(),
    /** SHA-256 of the token with which the program that registered it changes that (RFC 7592); null where a person did. */
    registrationHash: p.text().nullable(),
    createdBy: p.uuid(),
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime().nullable(),
    updatedAt: p.datetime(),
  },
  policies: tenantPolicies,
  uniques: [{ properties: ['tenantId', 'id'] }],
  indexes: [{ properties: ['tenantId', 'status', 'id'] }, { properties: ['createdBy'] }],
});

export interface ApplicationDetails {
  name: string;
  redirectUris: string[];
  postLogoutRedirectUris: string[];
  backchannelLogoutUri: string | null;
  requestedScopes: string[];
  requirePkce: boolean;
  tokenExchange: boolean;
  deviceFlow: boolean;
  claimsInIdToken: boolean;
  idTokenAlgorithm: SigningAlgorithm;
}

const isAsked = (requested: readonly string[], scope: string) =>
  requested.includes(scope) || reachesPermission(requested, scope);

export interface Ruling {
  by: string;
  at: Date;
}

/** A client of the OpenID Connect provider. It can do nothing until it is approved, and nothing again once it is disabled. */
export class Application extends schema.class {
  declare [OptionalProps]?: 'version' | 'pendingScopes' | 'waits';

  /** Stands for all that an approval is about, and for nothing else: it differs exactly where that does. */
  get version(): string {
    const {
      name,
      redirectUris,
      postLogoutRedirectUris,
      backchannelLogoutUri,
      requestedScopes,
      tokenExchange,
      deviceFlow,
    } = this;
    const asked = [name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri ?? null, requestedScopes];
    if (tokenExchange) asked.push('token_exchange');
    if (deviceFlow) asked.push('device_flow');
    return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
  }

  /** Scopes that wait for an approval. */
  get pendingScopes(): string[] {
    if (this.status === 'REJECTED' || this.status === 'DISABLED') return [];
    return this.requestedScopes.filter((scope) => !this.approvedScopes.includes(scope));
  }

  /** Whether somebody has to decide on it. */
  get waits(): boolean {
    return this.status === 'PENDING' || this.pendingScopes.length > 0;
  }

  change(details: Partial<ApplicationDetails>, at: Date): void {
    Object.assign(this, details);
    // Fewer scopes hold at once; more wait for an approval.
    this.approvedScopes = this.approvedScopes.filter((scope) => isAsked(this.requestedScopes, scope));
    this.updatedAt = at;
  }

  /** `permissions` are those that it gets for itself, without a person: wide scopes say nothing of that by themselves. */
  approve({ by, at }: Ruling, permissions: readonly string[]): void {
    this.status = 'APPROVED';
    this.approvedScopes = [...new Set([...this.requestedScopes, ...permissions])];
    this.rejectionReason = null;
    this.decide(by, at);
  }

  reject(reason: string, { by, at }: Ruling): void {
    this.status = 'REJECTED';
    this.approvedScopes = [];
    this.rejectionReason = reason;
    this.decide(by, at);
  }

  disable({ by, at }: Ruling): void {
    this.status = 'DISABLED';
    this.decide(by, at);
  }

  /** Where the application sends people, what it may ask for: a change of these is a new question to the administrators. */
  askAgain(): void {
    this.status = 'PENDING';
    this.rejectionReason = null;
    this.decidedBy = null;
    this.decidedAt = null;
  }

  private decide(by: string, at: Date): void {
    this.decidedBy = by;
    this.decidedAt = at;
    this.updatedAt = at;
  }
}
schema.setClass(Application);

export type ApplicationRow = Row<Application>;

const secretSchema = defineEntity({
  name: 'ApplicationSecret',
  tableName: 'application_secret',
  properties: {
    ...tenantProperties,
    applicationId: p.uuid(),
    hash: p.string(),
    /** Its last four characters, to tell two secrets apart. */
    hint: p.string(),
    expiresAt: p.datetime(),
  },
  policies: tenantPolicies,
  indexes: [{ properties: ['tenantId', 'applicationId'] }],
});

/** A secret of an application; only its SHA-256 is kept. At most two are live, so that it can be changed without a gap. */
export class ApplicationSecret extends secretSchema.class {}
secretSchema.setClass(ApplicationSecret);

export type ApplicationSecretRow = Row<ApplicationSecret>;
