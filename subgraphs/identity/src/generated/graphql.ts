import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserRow as UserRowEntity } from '../domain/user/user.entity.ts';
import type { PasskeyRow as PasskeyRowEntity } from '../domain/passkey/passkey.entity.ts';
import type { TenantRow as TenantRowEntity } from '../domain/tenant/tenant.entity.ts';
import type { MembershipRow as MembershipRowEntity } from '../domain/membership/membership.entity.ts';
import type { AuditEntryRow as AuditEntryRowEntity } from '../domain/audit/audit.entity.ts';
import type { ApplicationRow as ApplicationRowEntity, ApplicationSecretRow as ApplicationSecretRowEntity } from '../domain/application/application.entity.ts';
import type { Registered as RegisteredEntity } from '../domain/application/application.service.ts';
import type { Consent as ConsentEntity } from '../domain/application/consent.service.ts';
import type { PersonalToken as PersonalTokenEntity } from '../domain/personal-token/personal-token.entity.ts';
import type { InvitationRow as InvitationRowEntity, InvitationUseRow as InvitationUseRowEntity } from '../domain/invitation/invitation.entity.ts';
import type { TrustedDeviceRow as TrustedDeviceRowEntity } from '../domain/mfa/trusted-device.entity.ts';
import type { RegistrationTokenRow as RegistrationTokenRowEntity } from '../domain/registration/registration-token.entity.ts';
import type { UpstreamProviderRow as UpstreamProviderRowEntity, UpstreamLinkRow as UpstreamLinkRowEntity } from '../domain/upstream/upstream.entity.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment in time, UTC, written as RFC 3339 with milliseconds (`2026-01-31T09:30:00.000Z`). Input may carry any offset; a time without one is refused. */
  DateTime: { input: Date; output: Date | string; }
  /** Any JSON value: null, boolean, number, string, list or object. It is passed through as it is. */
  JSON: { input: unknown; output: unknown; }
  _FieldSet: { input: string; output: string; }
};

/** Kind of viewer that did something. */
export type ActorKind =
  /** Somebody who was not signed in. */
  | 'ANONYMOUS'
  /** An application that acts for itself. */
  | 'APPLICATION'
  /** Another part of Polity. */
  | 'SERVICE'
  /** A person, also one who acts as another. */
  | 'USER';

/** A program that acts for people or for itself through OAuth 2 and OpenID Connect; it belongs to a tenant. */
export type Application = Node & {
  __typename?: 'Application';
  /**
   * Scopes that it may use, and the permissions that it holds for itself, without a person: those that its scopes named or meant when it was
   * approved and that whoever approved it held at the tenant. Public within the tenant.
   */
  approvedScopes: Array<Scalars['String']['output']>;
  /** Address that is told when somebody signs out; null where there is none, and as for `redirectUris`. */
  backchannelLogoutUri?: Maybe<Scalars['String']['output']>;
  /** Whether its ID tokens carry the claims of the scopes `profile` and `email`; null as for `redirectUris`. */
  claimsInIdToken?: Maybe<Scalars['Boolean']['output']>;
  /** Whether it may act for itself, without a person. */
  clientCredentials: Scalars['Boolean']['output'];
  /** Whether it keeps a secret; an application in a browser or on a phone cannot. */
  confidential: Scalars['Boolean']['output'];
  /** When it was registered. */
  createdAt: Scalars['DateTime']['output'];
  /** Who registered it; null as for `redirectUris`. */
  createdBy?: Maybe<User>;
  /** When it was approved, refused or stopped last; null while nobody has decided. */
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it may ask for a sign-in on another device, by a code that people type (RFC 8628), for command lines and television sets. */
  deviceFlow: Scalars['Boolean']['output'];
  /** Id of the application, which is its client id too. */
  id: Scalars['ID']['output'];
  /** Algorithm that signs its ID tokens; null as for `redirectUris`. */
  idTokenAlgorithm?: Maybe<SigningAlgorithm>;
  /** Name to show, 1 to 80 characters. Public within the tenant. */
  name: Scalars['String']['output'];
  /** Scopes that it asks for and waits to be given: empty where all were approved, and where it was refused or stopped; null as for `redirectUris`. */
  pendingScopes?: Maybe<Array<Scalars['String']['output']>>;
  /**
   * Permissions that it would hold for itself if the viewer approved it now: those that its scopes name or mean today and that the viewer holds
   * at the tenant, by code. Empty where it does not act for itself; null for viewers who may not approve it.
   */
  permissionsOnApproval?: Maybe<Array<Scalars['String']['output']>>;
  /** Addresses to which people may be sent after they signed out; null as for `redirectUris`. */
  postLogoutRedirectUris?: Maybe<Array<Scalars['String']['output']>>;
  /** Addresses to which people are sent back, compared exactly; null for those who neither registered it nor look after applications. */
  redirectUris?: Maybe<Array<Scalars['String']['output']>>;
  /** Why it was refused; null where it was not, and as for `redirectUris`. */
  rejectionReason?: Maybe<Scalars['String']['output']>;
  /** Scopes that it asks for; null as for `redirectUris`. */
  requestedScopes?: Maybe<Array<Scalars['String']['output']>>;
  /** Whether its codes need PKCE; null as for `redirectUris`. */
  requirePkce?: Maybe<Scalars['Boolean']['output']>;
  /** Secrets that are good at this moment, two at most, oldest first; null as for `redirectUris`. */
  secrets?: Maybe<Array<ApplicationSecret>>;
  /** What the application may do at this moment. Public within the tenant. */
  status: ApplicationStatus;
  /** Whether it may change a person's token that another application of the tenant sent it for one of its own (RFC 8693). */
  tokenExchange: Scalars['Boolean']['output'];
  /**
   * Stands for its name, addresses, kinds of sign-in and requested scopes, for `approveApplication`: changes when one of them does, and only then. Null as for
   * `redirectUris`.
   */
  version?: Maybe<Scalars['String']['output']>;
};

/** A page of applications. */
export type ApplicationConnection = {
  __typename?: 'ApplicationConnection';
  /** The applications of the page, each with its cursor. */
  edges: Array<ApplicationEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One application of a page. */
export type ApplicationEdge = {
  __typename?: 'ApplicationEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The application. */
  node: Application;
};

/** A secret of an application; the secret itself was shown once. */
export type ApplicationSecret = Node & {
  __typename?: 'ApplicationSecret';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Until when it is good. */
  expiresAt: Scalars['DateTime']['output'];
  /** Its last four characters. */
  hint: Scalars['String']['output'];
  /** Id of the secret. */
  id: Scalars['ID']['output'];
};

/** What an application needs to know of the OpenID Connect provider. */
export type ApplicationSettings = {
  __typename?: 'ApplicationSettings';
  /** Id of the application, which is its client id. */
  clientId: Scalars['ID']['output'];
  /** Where the provider's settings stand for libraries (OpenID Connect Discovery 1.0). */
  discoveryUrl: Scalars['String']['output'];
  /**
   * The same as lines of an environment file: `OIDC_ISSUER`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET` where there is a new secret, `OIDC_REDIRECT_URI` where it
   * has an address, `OIDC_SCOPE`, `OIDC_RESOURCE`.
   */
  environment: Scalars['String']['output'];
  /** The issuer: all that most libraries need beside client id and secret, since they find the rest by discovery. */
  issuer: Scalars['String']['output'];
  /** Value of the parameter `resource` with which tokens for the graph are asked for (RFC 8707). */
  resource: Scalars['String']['output'];
};

/** What an application may do. */
export type ApplicationStatus =
  /** Works. */
  | 'APPROVED'
  /** Was stopped; can do nothing. */
  | 'DISABLED'
  /** Waits for an approval; can do nothing. */
  | 'PENDING'
  /** Was refused; can do nothing. */
  | 'REJECTED';

/** One line of the audit log. Lines are never changed or removed. */
export type AuditEntry = Node & {
  __typename?: 'AuditEntry';
  /** Id of whoever did it: user, application or service; null for somebody who was not signed in. */
  actorId?: Maybe<Scalars['ID']['output']>;
  /** Kind of viewer that did it. */
  actorKind: ActorKind;
  /** Network address from which it came; null where it came from within. */
  address?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  createdAt: Scalars['DateTime']['output'];
  /** More about it; never a secret. */
  data: Scalars['JSON']['output'];
  /** Device from which it came; null where that is not known. */
  device?: Maybe<Scalars['String']['output']>;
  /** Id of the entry; ids ascend with time. */
  id: Scalars['ID']['output'];
  /** Request in which it happened, for support. */
  requestId: Scalars['ID']['output'];
  /** What happened, in the words of OWASP's Logging Vocabulary where it has one: `authn_login_success`, `user_suspended`. */
  type: Scalars['String']['output'];
  /** Account that the entry is about; null where there is none, or it left the tenant. */
  user?: Maybe<User>;
  /** Id of that account, also when it can no longer be seen; null where there is none. */
  userId?: Maybe<Scalars['ID']['output']>;
};

/** A page of the audit log. */
export type AuditEntryConnection = {
  __typename?: 'AuditEntryConnection';
  /** The entries of the page, each with its cursor. */
  edges: Array<AuditEntryEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One entry of a page. */
export type AuditEntryEdge = {
  __typename?: 'AuditEntryEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: AuditEntry;
};

/** A part of the audit log for an archive. */
export type AuditExport = {
  __typename?: 'AuditExport';
  /** To be given as `after`; null where there are no entries. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether entries follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** One JSON object per line, newest first; empty where there are no entries. `actorKind` stands there in lower case, and `createdAt` is called `at`. */
  ndjson: Scalars['String']['output'];
};

/** Which entries of the audit log; every condition must be met. */
export type AuditFilter = {
  /** Done by this viewer. */
  actorId?: InputMaybe<Scalars['ID']['input']>;
  /** At this time or later. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this time. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of one of these types. */
  types?: InputMaybe<Array<Scalars['String']['input']>>;
  /** About this account. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** Where to sign in. */
export type BeginUpstreamSignInInput = {
  /** Token of an invitation, for somebody who signs up where the tenant wants one. */
  invitation?: InputMaybe<Scalars['String']['input']>;
  /** Key of the provider. */
  provider: Scalars['String']['input'];
  /** Whether the browser is at the tenant's own host, and comes back there. */
  tenantHost?: InputMaybe<Scalars['Boolean']['input']>;
};

export type Community = Node & {
  __typename?: 'Community';
  id: Scalars['ID']['output'];
};

/** What a person allowed an application; one for each application, however often it was allowed something. */
export type Consent = Node & {
  __typename?: 'Consent';
  /** The application; null where it belongs to another tenant than the request's. */
  application?: Maybe<Application>;
  /** Its name. */
  applicationName: Scalars['String']['output'];
  /** When it was allowed. */
  createdAt: Scalars['DateTime']['output'];
  /** When it has to be allowed again. */
  expiresAt: Scalars['DateTime']['output'];
  /** Id of the consent. */
  id: Scalars['ID']['output'];
  /** Scopes that were allowed. */
  scopes: Array<Scalars['String']['output']>;
};

/** A page of consents. */
export type ConsentConnection = {
  __typename?: 'ConsentConnection';
  /** The consents of the page, each with its cursor. */
  edges: Array<ConsentEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One consent of a page. */
export type ConsentEdge = {
  __typename?: 'ConsentEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The consent. */
  node: Consent;
};

/** A new invitation. */
export type CreateInvitationInput = {
  /** Community to which it leads; the tenant alone without it. */
  communityId?: InputMaybe<Scalars['ID']['input']>;
  /** Only an account with this address can use it, and it is mailed there; whoever has the token without it. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** When it ends, at most 90 days from now; 7 days without it. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How many people may use it, 1 to 1000. */
  maxUses?: InputMaybe<Scalars['Int']['input']>;
  /** Key of the role that it gives at the community, if one is named, else at the tenant; membership without it. */
  roleKey?: InputMaybe<Scalars['String']['input']>;
};

/** A new personal access token. */
export type CreatePersonalTokenInput = {
  /** When it ends: within 366 days; in 90 days without it. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Name to know it by, 1 to 80 characters. */
  name: Scalars['String']['input'];
  /** What it may be used for; names as in `RegisterApplicationInput.scopes`. */
  scopes: Array<Scalars['String']['input']>;
};

/** A new initial access token. */
export type CreateRegistrationTokenInput = {
  /** When it ends: within 366 days; in 7 days without it. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How many applications it may register, 1 to 1000. */
  maxUses?: InputMaybe<Scalars['Int']['input']>;
  /** Name to know it by, 1 to 80 characters. */
  name: Scalars['String']['input'];
};

/** A new tenant. */
export type CreateTenantInput = {
  /** Colour of the tenant's pages, `#rrggbb`; that of Polity without it. */
  accentColor?: InputMaybe<Scalars['String']['input']>;
  /** Name to show, 2 to 80 characters. */
  name: Scalars['String']['input'];
  /** How people become members. */
  signUpPolicy?: InputMaybe<SignUpPolicy>;
  /** Unique name in addresses: 2 to 40 lower-case letters, digits and single dashes; some names are reserved. */
  slug: Scalars['String']['input'];
};

/** A new provider. */
export type CreateUpstreamProviderInput = {
  /** Domains of confirmed addresses that are let in, 50 at most; everybody by default. */
  allowedDomains?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Claims in which it says what. */
  claims?: InputMaybe<UpstreamClaimsInput>;
  /** Client id that it gave Polity. */
  clientId: Scalars['ID']['input'];
  /** Secret that it gave; it is kept encrypted and never shown. */
  clientSecret: Scalars['String']['input'];
  /** Whether people may sign in by it at once. */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Its issuer: an https address below which `/.well-known/openid-configuration` stands. */
  issuer: Scalars['String']['input'];
  /** Name to show, 1 to 40 characters. */
  name: Scalars['String']['input'];
  /** Scopes to ask for, 20 at most; `openid` is always among them. */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** An invitation and its secret. */
export type CreatedInvitation = {
  __typename?: 'CreatedInvitation';
  /** The invitation. */
  invitation: Invitation;
  /** For `signUp` and `joinTenant`; shown once. */
  token: Scalars['String']['output'];
};

/** A new personal access token. */
export type CreatedPersonalToken = {
  __typename?: 'CreatedPersonalToken';
  /** The token. */
  personalToken: PersonalToken;
  /** The secret, shown this once; it begins with `polity_pat_`. */
  secret: Scalars['String']['output'];
};

/** A new initial access token. */
export type CreatedRegistrationToken = {
  __typename?: 'CreatedRegistrationToken';
  /** The token. */
  registrationToken: RegistrationToken;
  /** The secret, shown this once; it begins with `polity_rg_`. */
  secret: Scalars['String']['output'];
};

/** That a code was mailed, if there was somebody to mail it to. */
export type EmailCodeSent = {
  __typename?: 'EmailCodeSent';
  /** Names the code, for `signInWithEmailCode`. */
  challenge: Scalars['String']['output'];
  /** Until when it is good. */
  expiresAt: Scalars['DateTime']['output'];
};

/** What a provider sent a browser back with. */
export type FinishUpstreamLinkInput = {
  /** `browser` of the beginning. */
  browser: Scalars['String']['input'];
  /** `code` of that address. */
  code: Scalars['String']['input'];
  /** `iss` of that address, where it is there (RFC 9207). */
  issuer?: InputMaybe<Scalars['String']['input']>;
  /** Key of the provider, as it stands in the address to which the browser came back. */
  provider: Scalars['String']['input'];
  /** `state` of that address. */
  stateSecret: Scalars['String']['input'];
};

/** What a provider sent a browser back with. */
export type FinishUpstreamSignInInput = {
  /** `browser` of the beginning. */
  browser: Scalars['String']['input'];
  /** `code` of that address. */
  code: Scalars['String']['input'];
  /** `deviceToken` that this device was given, instead of a second factor. */
  deviceToken?: InputMaybe<Scalars['String']['input']>;
  /** `iss` of that address, where it is there (RFC 9207). */
  issuer?: InputMaybe<Scalars['String']['input']>;
  /** Key of the provider, as it stands in the address to which the browser came back. */
  provider: Scalars['String']['input'];
  /** `state` of that address. */
  stateSecret: Scalars['String']['input'];
};

/** A language that pages and mails have. */
export type InterfaceLanguage =
  /** Danish. */
  | 'DA'
  /** German. */
  | 'DE'
  /** English. */
  | 'EN'
  /** Russian. */
  | 'RU';

/** Lets people into a tenant. */
export type Invitation = Node & {
  __typename?: 'Invitation';
  /** Community to which it leads; null for the tenant alone, and where the viewer may not see it. */
  community?: Maybe<Community>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Who made it; null for one made by a command, and for somebody who left. */
  createdBy?: Maybe<User>;
  /** Only an account with this address can use it; null for whoever has the token. */
  email?: Maybe<Scalars['String']['output']>;
  /** When it ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** Id of the invitation; not a secret. */
  id: Scalars['ID']['output'];
  /** How many people may use it, 1 to 1000. */
  maxUses: Scalars['Int']['output'];
  /** Key of the role that it gives, at the community if there is one, else at the tenant: which role has it, is looked up when the invitation is used. */
  roleKey: Scalars['String']['output'];
  /** Whether it can be used now, and if not, why. */
  status: InvitationStatus;
  /** Who used it, first come first. */
  useHistory: InvitationUseConnection;
  /** Who used it, first come first: all of them, 1000 at most. `useHistory` has pages. */
  usedBy: Array<InvitationUse>;
  /** How many have used it. */
  uses: Scalars['Int']['output'];
};


/** Lets people into a tenant. */
export type InvitationUseHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of invitations. */
export type InvitationConnection = {
  __typename?: 'InvitationConnection';
  /** The invitations of the page, each with its cursor. */
  edges: Array<InvitationEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One invitation of a page. */
export type InvitationEdge = {
  __typename?: 'InvitationEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The invitation. */
  node: Invitation;
};

/** What whoever holds the token of an invitation may know of it. */
export type InvitationPreview = {
  __typename?: 'InvitationPreview';
  /** Until when it is good. */
  expiresAt: Scalars['DateTime']['output'];
  /** Name of who made it; null where the operator did, or where that account is not in use any more. */
  inviterName?: Maybe<Scalars['String']['output']>;
};

/** State of an invitation. */
export type InvitationStatus =
  /** Its time is over. */
  | 'EXPIRED'
  /** It can be used, as long as whoever made it could still make it. */
  | 'OPEN'
  /** It was revoked. */
  | 'REVOKED'
  /** As many people as may have used it. */
  | 'USED';

/** That somebody came in with an invitation. */
export type InvitationUse = Node & {
  __typename?: 'InvitationUse';
  /** When. */
  createdAt: Scalars['DateTime']['output'];
  /** Id of the use. */
  id: Scalars['ID']['output'];
  /** Who; null where they cannot be seen any more. */
  user?: Maybe<User>;
};

/** A page of uses of an invitation. */
export type InvitationUseConnection = {
  __typename?: 'InvitationUseConnection';
  /** The uses of the page, each with its cursor. */
  edges: Array<InvitationUseEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One use of an invitation of a page. */
export type InvitationUseEdge = {
  __typename?: 'InvitationUseEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The use. */
  node: InvitationUse;
};

/** State of a membership. */
export type MembershipStatus =
  /** A member. */
  | 'ACTIVE'
  /** Shut out. */
  | 'BANNED'
  /** Invited and has not answered. */
  | 'INVITED'
  /** Asked to join and waits for approval. */
  | 'PENDING';

/** A second factor. */
export type MfaMethod =
  /** A passkey or security key. */
  | 'PASSKEY'
  /** One of ten codes that were shown once. */
  | 'RECOVERY_CODE'
  /** Six digits of an authenticator app. */
  | 'TOTP';

/** The first factor was right; a second one is needed. */
export type MfaRequired = {
  __typename?: 'MfaRequired';
  /** To be given to `verifyMfa`; good for one success and 5 minutes. */
  challenge: Scalars['String']['output'];
  /** When the challenge ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** Second factors of this account; none where the tenant wants one that is to be enrolled first, with `beginTotpEnrolment`. */
  methods: Array<MfaMethod>;
};

/** What is known about the second factors of an account. */
export type MfaStatus = {
  __typename?: 'MfaStatus';
  /** Whether a second factor is asked for when signing in with a password or link. */
  enabled: Scalars['Boolean']['output'];
  /** Number of passkeys. */
  passkeys: Scalars['Int']['output'];
  /** Recovery codes that were not used, 0 to 10. */
  recoveryCodesLeft: Scalars['Int']['output'];
  /** Whether the request's tenant wants a second factor of everybody. */
  required: Scalars['Boolean']['output'];
  /** Whether an authenticator app is enrolled. */
  totp: Scalars['Boolean']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * For the gateway: answers an authorization of an application, once, and returns the path at which the browser goes on; null where it began none by
   * this name. VALIDATION_ERROR for an answer that it does not wait for, FORBIDDEN for every other service.
   */
  _answerAuthorization?: Maybe<Scalars['String']['output']>;
  /**
   * For the gateway: answers what a device asks for, once; false for a code that is not known, was answered or is over. VALIDATION_ERROR where something
   * else is needed first, RATE_LIMITED and FORBIDDEN as for `_deviceRequest`.
   */
  _answerDeviceRequest?: Maybe<Scalars['Boolean']['output']>;
  /**
   * For the gateway: has applications told that somebody signed out there (Back-Channel Logout), and answers how many of the provider's sessions rested on
   * theirs; those that go on are left alone. FORBIDDEN for every other service.
   */
  _browserSignedOut?: Maybe<Scalars['Int']['output']>;
  /**
   * For other parts of Polity: mails people what concerns them, and answers the ids of those whose mail did not leave. Who has no active account is
   * passed over.
   */
  _sendNotices?: Maybe<Scalars['JSON']['output']>;
  /**
   * Activates the account whose link was mailed. TOKEN_INVALID for a link that is unknown, used or older than 24 hours, INVITATION_INVALID or
   * INVITATION_OUTDATED where it came with an invitation that is not good any more; the link stays unused then.
   */
  activateAccount?: Maybe<User>;
  /**
   * Lets an application work, with all scopes that it asks for and the name and addresses that it has at this moment. Whoever registered it may have
   * changed them since somebody looked: CONFLICT where they are not those of `version`. Where it may act for itself, it gets `permissionsOnApproval`,
   * and no more later; FORBIDDEN with `missing` where it names a permission that the viewer does not hold. Needs `identity.application.manage` at the tenant.
   */
  approveApplication?: Maybe<Application>;
  /**
   * What the browser needs to make a passkey for the viewer; good once, in this session, for 5 minutes. Needs a fresh session. CONFLICT for an account
   * that has 20 passkeys.
   */
  beginPasskeyRegistration?: Maybe<PasskeyOptions>;
  /**
   * What the browser needs to sign in with any passkey of this installation, also by conditional UI, or to prove a second factor with one; good once
   * for 5 minutes. The answer names no account and no key. At most 1200 an hour from one address.
   */
  beginPasskeySignIn?: Maybe<PasskeyOptions>;
  /**
   * Begins to enrol an authenticator app. Needs a fresh session, or the challenge of a sign-in that may not go on without a second factor. CONFLICT where
   * one is enrolled.
   */
  beginTotpEnrolment?: Maybe<TotpEnrolment>;
  /** Begins to link an account at a provider with the viewer's. Needs a fresh session. Errors as for `beginUpstreamSignIn`. */
  beginUpstreamLink?: Maybe<UpstreamRedirect>;
  /**
   * Begins a sign-in at a provider (`signInProviders`): the browser goes to `url` and comes back within 10 minutes. NOT_FOUND for a provider that is not
   * offered, UPSTREAM_UNAVAILABLE for one that does not answer. At most 600 an hour from one address.
   */
  beginUpstreamSignIn?: Maybe<UpstreamRedirect>;
  /** Mails a link to the new address; the account moves there when it is used within 24 hours. Needs a fresh session. True in any case. */
  changeEmail?: Maybe<Scalars['Boolean']['output']>;
  /** Changes the viewer's password, ends their other sessions and mails them. INVALID_CREDENTIALS for a wrong current password. */
  changePassword?: Maybe<Scalars['Boolean']['output']>;
  /** Moves the account to the address whose link was mailed, and tells the old one. TOKEN_INVALID for a link that is not good any more. */
  confirmEmail?: Maybe<User>;
  /** Ends the enrolment with the first code of the app, and shows ten recovery codes once. With a challenge it signs in too. INVALID_CREDENTIALS for a wrong code. */
  confirmTotpEnrolment?: Maybe<RecoveryCodes>;
  /**
   * Invites to the request's tenant; the token is shown once, and mailed where an address is given. Needs `identity.member.invite`, what
   * the role grants there, and for one that is more than membership also to hold that for good and the right to give it, now and at each use: INVITATION_OUTDATED where the viewer
   * could not make it any more. RATE_LIMITED past 100 mails per hour and person; past ten to one address nothing is mailed.
   */
  createInvitation?: Maybe<CreatedInvitation>;
  /** Makes a token with which scripts act as the viewer in the request's tenant, within scopes. Needs a fresh session. */
  createPersonalToken?: Maybe<CreatedPersonalToken>;
  /**
   * Makes an initial access token, with which programs register applications of the request's tenant at `/oidc/register` (RFC 7591); they wait for an approval
   * like any other, and whoever makes the token answers for them. At most 50 are live in a tenant. Needs `identity.application.manage`, of the person's own
   * session. VALIDATION_ERROR.
   */
  createRegistrationToken?: Maybe<CreatedRegistrationToken>;
  /** Makes a tenant; the viewer becomes its first member and owner. ALREADY_EXISTS for a slug that is taken. At most 10 an hour. */
  createTenant?: Maybe<Tenant>;
  /**
   * Lets people sign in to the request's tenant at a provider of its choice, 20 at most. Needs `identity.upstream.manage` at the tenant, and a fresh
   * session. VALIDATION_ERROR where no OpenID Connect provider answers at the issuer.
   */
  createUpstreamProvider?: Maybe<UpstreamProvider>;
  /**
   * Erases the viewer's account and its memberships in every tenant; what they wrote stays without a name. LAST_OWNER while they are the only owner of a
   * tenant, LAST_ADMINISTRATOR while nobody else administers the installation for good, INVALID_CREDENTIALS for a wrong password. An account without a password needs a fresh session instead, else STEP_UP_REQUIRED. Never for access
   * tokens and for those who act as the person.
   */
  deleteAccount?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Deletes an application for good and answers it as it was: its secrets, consents and tokens are gone at once, and nothing it did is undone. For whoever
   * registered it and those with `identity.application.manage`. Needs a fresh session.
   */
  deleteApplication?: Maybe<Application>;
  /**
   * Deletes a provider of the request's tenant and all that was linked with it, and answers it as it was. Needs what `createUpstreamProvider` needs. CONFLICT
   * with `accounts` while so many have no other way in: stop it with `enabled` instead.
   */
  deleteUpstreamProvider?: Maybe<UpstreamProvider>;
  /** Stops an application at once; `approveApplication` lets it work again. Needs `identity.application.manage` at the tenant. */
  disableApplication?: Maybe<Application>;
  /** Removes the authenticator app, recovery codes and trusted devices, and ends other sessions. Needs a fresh session. CONFLICT where the tenant wants a second factor. */
  disableTotp?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Keeps the passkey that the browser made and mails the person. Needs a fresh session. PASSKEY_INVALID for an answer that does not fit, ALREADY_EXISTS
   * for a passkey that is known.
   */
  finishPasskeyRegistration?: Maybe<Passkey>;
  /**
   * Signs in with a passkey; no second factor is asked for, because the authenticator verified its user. PASSKEY_INVALID for every cause alike. The
   * challenge is used up, whatever comes of it.
   */
  finishPasskeySignIn?: Maybe<SignInResult>;
  /**
   * Ends it, once, in the session that began it, and mails the person. UPSTREAM_REFUSED for whatever is not accepted, CONFLICT where that account, or another
   * of the same provider, is linked already.
   */
  finishUpstreamLink?: Maybe<UpstreamLink>;
  /**
   * Ends a sign-in at a provider, once, in the browser that began it. The person's second factor is asked for as after a password. Somebody new signs up under
   * the tenant's policy, without an address: that is confirmed by mail, and no address that a provider names ever links an account. A session that a
   * tenant's own provider began is valid in that tenant only, and until the person proves themselves (`reauthenticate`) it changes nothing about the
   * account. UPSTREAM_REFUSED for whatever is not accepted, UPSTREAM_UNKNOWN for somebody who has no account and may not sign up.
   */
  finishUpstreamSignIn?: Maybe<SignInResult>;
  /**
   * Ends the viewer's session and begins one as a member, who is mailed; it lasts an hour at most, and no longer than the right to it. It stays in this
   * tenant; nothing that needs a fresh session can be done in it, and account, memberships elsewhere, sessions and tokens are out of its reach. The audit log
   * names who really acted as `impersonatorId`. Needs `identity.user.impersonate`, which no role template has, a fresh session, and every permission that the
   * member holds at the tenant.
   */
  impersonate?: Maybe<SignedIn>;
  /**
   * Makes the viewer a member of a tenant. FORBIDDEN where it is not open, ALREADY_EXISTS for members, INVITATION_INVALID for an invitation that is not
   * good, INVITATION_OUTDATED for one whose maker could not give any more what it gives; that one stays unused.
   */
  joinTenant?: Maybe<TenantMembership>;
  /** Ends the viewer's membership and every role in the tenant; answers the membership as it was. LAST_OWNER for its only owner. */
  leaveTenant?: Maybe<TenantMembership>;
  /**
   * Proves again who the viewer is, for what needs a fresh session (STEP_UP_REQUIRED) in the next 15 minutes: with a passkey, or with the password and,
   * where an authenticator app is enrolled, a code.
   */
  reauthenticate?: Maybe<SignedIn>;
  /** Makes ten new recovery codes, shown once; the old ones stop working. Needs a fresh session. CONFLICT without a second factor. */
  regenerateRecoveryCodes?: Maybe<RecoveryCodes>;
  /**
   * Registers an application of the request's tenant; it can do nothing until it is approved. Those who may approve it are told by mail, and whoever
   * registered it is told of the decision. For members of the tenant, signed in themselves; at most 20 an hour.
   */
  registerApplication?: Maybe<RegisteredApplication>;
  /** Lets a suspended account in again. Needs what `suspendUser` needs; a suspension by a system administrator is theirs to end, else FORBIDDEN. */
  reinstateUser?: Maybe<User>;
  /** Refuses an application; what it holds ends at once. Needs `identity.application.manage` at the tenant. */
  rejectApplication?: Maybe<Application>;
  /**
   * Removes one of the viewer's passkeys, mails the person and answers the passkey as it was. Needs a fresh session. LAST_SIGN_IN_METHOD while it is the only way into an account
   * without a password, CONFLICT while it is the only second factor and the tenant wants one.
   */
  removePasskey?: Maybe<Passkey>;
  /**
   * Ends somebody's membership, their roles and their sessions in the request's tenant; answers the membership as it was. Needs `identity.member.remove`
   * there. CONFLICT for oneself, LAST_OWNER for the only owner.
   */
  removeTenantMember?: Maybe<TenantMembership>;
  /** Gives one of the viewer's passkeys another name. */
  renamePasskey?: Maybe<Passkey>;
  /**
   * Mails a code that signs in once within 10 minutes, if the address has an active account; the same answer in any case. FORBIDDEN where the tenant does not
   * let people in by codes (`Tenant.emailCodes`). Limits are those of mailed links.
   */
  requestEmailCode?: Maybe<EmailCodeSent>;
  /** Mails a link that signs in once within 10 minutes, if the address has an active account. True in any case. */
  requestMagicLink?: Maybe<Scalars['Boolean']['output']>;
  /** Mails a link to choose a new password within 30 minutes, if the address has an active account. True in any case. Locks nothing. */
  requestPasswordReset?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Removes the authenticator app of somebody who lost it, ends their sessions and mails them; passkeys stay. Needs `identity.user.resetMfa` at the tenant
   * in which the account was made, and a fresh session. CONFLICT where there is none.
   */
  resetMfa?: Maybe<User>;
  /**
   * Sets the password with a mailed link and ends every session and personal token of the account; signs nobody in. TOKEN_INVALID for a link that is not
   * good any more.
   */
  resetPassword?: Maybe<Scalars['Boolean']['output']>;
  /** Takes back what the viewer allowed an application; its tokens end at once. Answers the consent as it was; NOT_FOUND where there is none. */
  revokeConsent?: Maybe<Consent>;
  /** Ends an invitation; who came in with it stays. Needs `identity.member.invite`. NOT_FOUND for one of another tenant. */
  revokeInvitation?: Maybe<Invitation>;
  /** Ends one of the viewer's personal access tokens at once and answers it as it was; NOT_FOUND where there is none. */
  revokePersonalToken?: Maybe<PersonalToken>;
  /** Ends an initial access token at once and answers it; what it registered stays. Needs `identity.application.manage`. NOT_FOUND for one that was revoked, or of another tenant. */
  revokeRegistrationToken?: Maybe<RegistrationToken>;
  /** Asks for the second factor on this device again and answers the trust as it was. NOT_FOUND for a device of somebody else. */
  revokeTrustedDevice?: Maybe<TrustedDevice>;
  /** Makes a new secret; the former one stays good for a while. Needs a fresh session. CONFLICT for an application without a secret. */
  rotateApplicationSecret?: Maybe<RegisteredApplication>;
  /**
   * Signs in with address and password. INVALID_CREDENTIALS for every cause alike. Five tries are free, then each waits 30 seconds doubling to 15
   * minutes (RATE_LIMITED with `retryAfter`); after 100 failures in a row the password is off until it is reset.
   */
  signIn?: Maybe<SignInResult>;
  /**
   * Signs in with a mailed code; it is one factor, so a second one is still asked for. INVALID_CREDENTIALS for every cause alike: after five wrong ones the
   * code is void, and tries at one address count together, however many codes were mailed (RATE_LIMITED as for `signIn`).
   */
  signInWithEmailCode?: Maybe<SignInResult>;
  /** Signs in with a mailed link; a second factor is still asked for. TOKEN_INVALID for a link that is unknown, used or older than 10 minutes. */
  signInWithMagicLink?: Maybe<SignInResult>;
  /**
   * Signs up and mails an activation link that is good for 24 hours. An address that has an account gets another mail and the same answer. At most
   * 300 sign-ups an hour from one address and 10 mails an hour to one mailbox. FORBIDDEN where the tenant does not take sign-ups.
   */
  signUp?: Maybe<SignUpAccepted>;
  /** Mails a member a link to choose a new password; nobody but they ever knows it. Needs `identity.user.resetPassword` at the tenant. */
  startPasswordReset?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Suspends an account everywhere at once and ends its sessions. Needs `identity.user.suspend` at the tenant in which the account was made, and a fresh
   * session; accounts from elsewhere only by administrators of the installation. LAST_ADMINISTRATOR for the last of those who is not suspended.
   */
  suspendUser?: Maybe<User>;
  /**
   * Unlinks an account at a provider, ends the viewer's other sessions and answers the link as it was. Needs a fresh session. LAST_SIGN_IN_METHOD while
   * it is the only way in, NOT_FOUND for one of somebody else.
   */
  unlinkUpstream?: Maybe<UpstreamLink>;
  /** Changes names of the viewer's own account. ALREADY_EXISTS for a user name that is taken. */
  updateAccount?: Maybe<User>;
  /**
   * Changes an application. For whoever registered it and those with `identity.application.manage`. New scopes wait for an approval (`pendingScopes`); a
   * new name or new addresses stop the application until it is approved again, unless an administrator makes the change. One that was refused asks again
   * when name, addresses or scopes change.
   */
  updateApplication?: Maybe<Application>;
  /** Changes the tenant of the request. Needs `identity.tenant.update` there. */
  updateTenant?: Maybe<Tenant>;
  /** Changes a provider of the request's tenant. Needs what `createUpstreamProvider` needs. NOT_FOUND for one of another tenant. */
  updateUpstreamProvider?: Maybe<UpstreamProvider>;
  /**
   * Signs in with the second factor, exactly one of them. INVALID_CREDENTIALS for a wrong one, which leaves the challenge good; tries count together with
   * those of the password.
   */
  verifyMfa?: Maybe<SignedIn>;
};


export type Mutation_AnswerAuthorizationArgs = {
  answer: Scalars['String']['input'];
  visit: Scalars['JSON']['input'];
};


export type Mutation_AnswerDeviceRequestArgs = {
  answer: Scalars['String']['input'];
  visit: Scalars['JSON']['input'];
};


export type Mutation_BrowserSignedOutArgs = {
  sessionIds: Array<Scalars['ID']['input']>;
  userId: Scalars['ID']['input'];
};


export type Mutation_SendNoticesArgs = {
  mails: Scalars['JSON']['input'];
};


export type MutationActivateAccountArgs = {
  token: Scalars['String']['input'];
};


export type MutationApproveApplicationArgs = {
  id: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['String']['input']>;
};


export type MutationBeginPasskeySignInArgs = {
  email?: InputMaybe<Scalars['String']['input']>;
};


export type MutationBeginTotpEnrolmentArgs = {
  challenge?: InputMaybe<Scalars['String']['input']>;
};


export type MutationBeginUpstreamLinkArgs = {
  provider: Scalars['String']['input'];
  tenantHost?: InputMaybe<Scalars['Boolean']['input']>;
};


export type MutationBeginUpstreamSignInArgs = {
  input: BeginUpstreamSignInInput;
};


export type MutationChangeEmailArgs = {
  newEmail: Scalars['String']['input'];
};


export type MutationChangePasswordArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};


export type MutationConfirmEmailArgs = {
  token: Scalars['String']['input'];
};


export type MutationConfirmTotpEnrolmentArgs = {
  challenge?: InputMaybe<Scalars['String']['input']>;
  code: Scalars['String']['input'];
};


export type MutationCreateInvitationArgs = {
  input: CreateInvitationInput;
};


export type MutationCreatePersonalTokenArgs = {
  input: CreatePersonalTokenInput;
};


export type MutationCreateRegistrationTokenArgs = {
  input: CreateRegistrationTokenInput;
};


export type MutationCreateTenantArgs = {
  input: CreateTenantInput;
};


export type MutationCreateUpstreamProviderArgs = {
  input: CreateUpstreamProviderInput;
};


export type MutationDeleteAccountArgs = {
  password?: InputMaybe<Scalars['String']['input']>;
};


export type MutationDeleteApplicationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDeleteUpstreamProviderArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDisableApplicationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationFinishPasskeyRegistrationArgs = {
  name?: InputMaybe<Scalars['String']['input']>;
  response: Scalars['JSON']['input'];
};


export type MutationFinishPasskeySignInArgs = {
  challenge: Scalars['String']['input'];
  response: Scalars['JSON']['input'];
};


export type MutationFinishUpstreamLinkArgs = {
  input: FinishUpstreamLinkInput;
};


export type MutationFinishUpstreamSignInArgs = {
  input: FinishUpstreamSignInInput;
};


export type MutationImpersonateArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationJoinTenantArgs = {
  invitation?: InputMaybe<Scalars['String']['input']>;
  slug: Scalars['String']['input'];
};


export type MutationLeaveTenantArgs = {
  id: Scalars['ID']['input'];
};


export type MutationReauthenticateArgs = {
  input: ReauthenticateInput;
};


export type MutationRegisterApplicationArgs = {
  input: RegisterApplicationInput;
};


export type MutationReinstateUserArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRejectApplicationArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationRemovePasskeyArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRemoveTenantMemberArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationRenamePasskeyArgs = {
  id: Scalars['ID']['input'];
  name: Scalars['String']['input'];
};


export type MutationRequestEmailCodeArgs = {
  email: Scalars['String']['input'];
};


export type MutationRequestMagicLinkArgs = {
  email: Scalars['String']['input'];
};


export type MutationRequestPasswordResetArgs = {
  email: Scalars['String']['input'];
};


export type MutationResetMfaArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationResetPasswordArgs = {
  newPassword: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


export type MutationRevokeConsentArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokeInvitationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokePersonalTokenArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokeRegistrationTokenArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRevokeTrustedDeviceArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRotateApplicationSecretArgs = {
  id: Scalars['ID']['input'];
  overlapHours?: InputMaybe<Scalars['Int']['input']>;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationSignInWithEmailCodeArgs = {
  input: SignInWithEmailCodeInput;
};


export type MutationSignInWithMagicLinkArgs = {
  token: Scalars['String']['input'];
};


export type MutationSignUpArgs = {
  input: SignUpInput;
};


export type MutationStartPasswordResetArgs = {
  userId: Scalars['ID']['input'];
};


export type MutationSuspendUserArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationUnlinkUpstreamArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateAccountArgs = {
  input: UpdateAccountInput;
};


export type MutationUpdateApplicationArgs = {
  id: Scalars['ID']['input'];
  input: UpdateApplicationInput;
};


export type MutationUpdateTenantArgs = {
  input: UpdateTenantInput;
};


export type MutationUpdateUpstreamProviderArgs = {
  id: Scalars['ID']['input'];
  input: UpdateUpstreamProviderInput;
};


export type MutationVerifyMfaArgs = {
  input: VerifyMfaInput;
};

/**
 * A thing that has an id of its own. Ids are UUIDs in lower case; no two things have the same, of whatever type, so that a cache may keep things by their
 * ids alone.
 */
export type Node = {
  /** Id of the thing, for as long as it is there; never given to another. */
  id: Scalars['ID']['output'];
};

/** Where a page stands in its list (Relay Cursor Connections). Pages hold 20 entries unless `first` says otherwise, 100 at most. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last entry, to be given as `after`; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether entries follow the last one of this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether entries precede the first one of this page; false where that was not looked up. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first entry, to be given as `before`; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** A passkey: signs its person in without a password. Seen by nobody but them. */
export type Passkey = Node & {
  __typename?: 'Passkey';
  /** When it was registered. */
  createdAt: Scalars['DateTime']['output'];
  /** Id by which browsers and authenticators know it, base64url; for `PublicKeyCredential.signalUnknownCredential`. */
  credentialId: Scalars['ID']['output'];
  /** Id of the passkey. */
  id: Scalars['ID']['output'];
  /** When it last signed in; null for never. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name that the person gave it. */
  name: Scalars['String']['output'];
  /** Whether its provider keeps copies on the person's other devices; as of its last use. */
  synced: Scalars['Boolean']['output'];
};

/** The beginning of a passkey ceremony. */
export type PasskeyOptions = {
  __typename?: 'PasskeyOptions';
  /** Challenge within the options, base64url. */
  challenge: Scalars['String']['output'];
  /** For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
  options: Scalars['JSON']['output'];
};

/** A token with which scripts act as a person, within scopes and in one tenant. */
export type PersonalToken = Node & {
  __typename?: 'PersonalToken';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** Its last four characters. */
  hint: Scalars['String']['output'];
  /** Id of the token. */
  id: Scalars['ID']['output'];
  /** When it was used last, to the minute; null before the first use. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name that the person gave it. */
  name: Scalars['String']['output'];
  /** What it may be used for. */
  scopes: Array<Scalars['String']['output']>;
};

/** A page of personal access tokens. */
export type PersonalTokenConnection = {
  __typename?: 'PersonalTokenConnection';
  /** The tokens of the page, each with its cursor. */
  edges: Array<PersonalTokenEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One personal access token of a page. */
export type PersonalTokenEdge = {
  __typename?: 'PersonalTokenEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The token. */
  node: PersonalToken;
};

export type Query = {
  __typename?: 'Query';
  /** For other parts of Polity: an application of the request's tenant, as `{ id, ownerId, status }`; null where there is none. */
  _application?: Maybe<Scalars['JSON']['output']>;
  /**
   * For the gateway: what an authorization of an application waits for and asks, as `{ need, application, tenant, scopes, leadsTo, formTargets,
   * loginHint, restart }`; null where this browser began none by this name. FORBIDDEN for every other service.
   */
  _authorization?: Maybe<Scalars['JSON']['output']>;
  /**
   * For the gateway: what a device asks for that shows this code (RFC 8628), as `{ need, application, tenant, scopes, userCode }`; null for a code that is
   * not known, was answered or is over. RATE_LIMITED past 60 codes an hour of a person and 300 of an address, FORBIDDEN for every other service.
   */
  _deviceRequest?: Maybe<Scalars['JSON']['output']>;
  /**
   * For the gateway: the viewer that a bearer token stands for, as `{ kind, id, clientId, scopes, amr, acr, authTime, tenantId }`; null for one that
   * is unknown, expired or revoked, or whose application or account is not in use.
   */
  _introspectToken?: Maybe<Scalars['JSON']['output']>;
  /** For other parts of Polity: whether somebody is an active member of the request's tenant. */
  _isTenantMember: Scalars['Boolean']['output'];
  /** For other parts of Polity: active members of the request's tenant as `[{ id, username, displayName }]`, at most 1,000 by id: those of these ids, or the next after one. */
  _memberNames?: Maybe<Scalars['JSON']['output']>;
  /** For other parts of Polity: a tenant by slug or id; null where there is none. */
  _tenant?: Maybe<Tenant>;
  /** For other parts of Polity: ids of all tenants, at most 1,000 at a time. */
  _tenantIds?: Maybe<Scalars['JSON']['output']>;
  /** For other parts of Polity: ids of the tenants to which somebody belongs. */
  _tenantsOf?: Maybe<Scalars['JSON']['output']>;
  /** For other parts of Polity: accounts by their addresses, in no particular order; those that do not exist are left out. */
  _usersByEmail?: Maybe<Array<User>>;
  /**
   * Applications of the request's tenant, newest first: all for those with `identity.application.read` at the tenant, else those that the viewer
   * registered.
   */
  applications?: Maybe<ApplicationConnection>;
  /** The same as NDJSON for archives, a thousand entries at a time. Needs `identity.audit.read` at the tenant, else FORBIDDEN. */
  auditExport?: Maybe<AuditExport>;
  /** What happened in the request's tenant, newest first. Needs `identity.audit.read` at the tenant, else FORBIDDEN. */
  auditLog?: Maybe<AuditEntryConnection>;
  /** What the viewer allowed applications, of any tenant, newest first. A page is shorter where an application is gone. */
  consents?: Maybe<ConsentConnection>;
  /** Invitations of the request's tenant, newest first. Needs `identity.member.invite` at the tenant, else FORBIDDEN. */
  invitations?: Maybe<InvitationConnection>;
  /** The account of the person who asks; null for anybody else, without an error. */
  me?: Maybe<User>;
  /** Personal access tokens of the viewer that are neither revoked nor expired, newest first. */
  personalTokens?: Maybe<PersonalTokenConnection>;
  /**
   * What an invitation to the request's tenant says to whoever holds its token, before they sign in or up; it is not used up. Null for one
   * that is unknown, revoked, used up or too old.
   */
  previewInvitation?: Maybe<InvitationPreview>;
  /** Initial access tokens of the request's tenant, newest first, also those that are over. Needs `identity.application.manage`. */
  registrationTokens?: Maybe<RegistrationTokenConnection>;
  /** Providers by which people may sign in at the request's tenant: its own, oldest first, then those of the installation. Empty where there is none. */
  signInProviders?: Maybe<Array<SignInProvider>>;
  /** A tenant by its slug, public to everyone; without a slug the tenant of the request. Null where there is none. */
  tenant?: Maybe<Tenant>;
  /** Providers that the request's tenant chose, oldest first. Needs `identity.upstream.manage` at the tenant, else FORBIDDEN. */
  upstreamProviders?: Maybe<UpstreamProviderConnection>;
  /** One account: the viewer's own, or that of a member of the request's tenant; null for others and for what does not exist. */
  user?: Maybe<User>;
  /**
   * Members of the request's tenant, newest first; administrators of the installation get all accounts. Whoever signed up is in no tenant's list until
   * the mailed link was used: before, the list would tell which addresses have an account elsewhere. Needs `identity.user.read` at the tenant, else
   * FORBIDDEN.
   */
  users?: Maybe<UserConnection>;
};


export type Query_ApplicationArgs = {
  id: Scalars['ID']['input'];
};


export type Query_AuthorizationArgs = {
  visit: Scalars['JSON']['input'];
};


export type Query_DeviceRequestArgs = {
  visit: Scalars['JSON']['input'];
};


export type Query_IntrospectTokenArgs = {
  proof?: InputMaybe<Scalars['JSON']['input']>;
  token: Scalars['String']['input'];
};


export type Query_IsTenantMemberArgs = {
  userId: Scalars['ID']['input'];
};


export type Query_MemberNamesArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  userIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};


export type Query_TenantArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type Query_TenantIdsArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
};


export type Query_TenantsOfArgs = {
  userId: Scalars['ID']['input'];
};


export type Query_UsersByEmailArgs = {
  emails: Array<Scalars['String']['input']>;
};


export type QueryApplicationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<ApplicationStatus>;
};


export type QueryAuditExportArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
};


export type QueryAuditLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryConsentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryInvitationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPersonalTokensArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPreviewInvitationArgs = {
  token: Scalars['String']['input'];
};


export type QueryRegistrationTokensArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryTenantArgs = {
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryUpstreamProvidersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<UserStatus>;
};

/** Who the viewer is, proved again. */
export type ReauthenticateInput = {
  /** What `navigator.credentials.get` gave for the options of `beginPasskeySignIn`; enough alone. */
  passkey?: InputMaybe<Scalars['JSON']['input']>;
  /** The password; not needed with a passkey. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** A recovery code instead of that. */
  recoveryCode?: InputMaybe<Scalars['String']['input']>;
  /** Six digits of the authenticator app, where one is enrolled. */
  totp?: InputMaybe<Scalars['String']['input']>;
};

/** Codes for the day on which the second factor is lost. */
export type RecoveryCodes = {
  __typename?: 'RecoveryCodes';
  /** Ten codes of 80 bits in the form `xxxx-xxxx-xxxx-xxxx`, each good once; shown once. */
  codes: Array<Scalars['String']['output']>;
};

/** A new application. */
export type RegisterApplicationInput = {
  /**
   * Address that is told when somebody signs out, within 2.5 seconds and without following a redirect: https and in the public internet, unless the
   * operator allows a server of the own network.
   */
  backchannelLogoutUri?: InputMaybe<Scalars['String']['input']>;
  /** Whether its ID tokens carry the claims of the scopes `profile` and `email`, for libraries that never ask the userinfo endpoint. */
  claimsInIdToken?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it may act for itself, without a person: by default where it keeps a secret; true is refused where it keeps none. */
  clientCredentials?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it can keep a secret. */
  confidential?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Whether it may ask for a sign-in on another device, by a code that people type (RFC 8628), for command lines and television sets; it needs no address
   * to which people are sent back then.
   */
  deviceFlow?: InputMaybe<Scalars['Boolean']['input']>;
  /** Algorithm that signs its ID tokens. */
  idTokenAlgorithm?: InputMaybe<SigningAlgorithm>;
  /** Name to show, 1 to 80 characters. */
  name: Scalars['String']['input'];
  /** Addresses to which people may be sent after they signed out. */
  postLogoutRedirectUris?: InputMaybe<Array<Scalars['String']['input']>>;
  /**
   * Addresses to which people are sent back: https, http on the own machine, or, where no secret is kept, a scheme of the application's own
   * (`com.example.app:/signed-in`); no wildcards, no fragments; 20 at most.
   */
  redirectUris: Array<Scalars['String']['input']>;
  /** Whether its codes need PKCE: by default, and always, where it keeps no secret, else not; a challenge that it sends is checked in any case. */
  requirePkce?: InputMaybe<Scalars['Boolean']['input']>;
  /** Scopes to ask for: `openid`, `profile`, `email`, `offline_access`, `graph.read`, `graph.write`, `<subgraph>.read`, `<subgraph>.write`, permission codes. */
  scopes: Array<Scalars['String']['input']>;
  /**
   * Whether it may change a person's token that another application of the tenant sent it for one of its own, with no more scopes (RFC 8693), for services;
   * true is refused where it keeps no secret.
   */
  tokenExchange?: InputMaybe<Scalars['Boolean']['input']>;
};

/** An application and its new secret. */
export type RegisteredApplication = {
  __typename?: 'RegisteredApplication';
  /** The application. */
  application: Application;
  /** Its secret, shown this once; null for an application that keeps none. */
  secret?: Maybe<Scalars['String']['output']>;
  /** What its developer has to enter somewhere. */
  settings: ApplicationSettings;
};

/** An initial access token: programs register applications of its tenant with it (RFC 7591). Seen by those with `identity.application.manage` there. */
export type RegistrationToken = Node & {
  __typename?: 'RegistrationToken';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Who made it and answers for what it registers; it is good as long as they are a member. Null once that account is erased. */
  createdBy?: Maybe<User>;
  /** When it ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** Its last four characters. */
  hint: Scalars['String']['output'];
  /** Id of the token. */
  id: Scalars['ID']['output'];
  /** How many it may register. */
  maxUses: Scalars['Int']['output'];
  /** Name that whoever made it gave it. */
  name: Scalars['String']['output'];
  /** When it was revoked; null where it was not. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many applications it registered. */
  uses: Scalars['Int']['output'];
};

/** A page of initial access tokens. */
export type RegistrationTokenConnection = {
  __typename?: 'RegistrationTokenConnection';
  /** The tokens of the page, each with its cursor. */
  edges: Array<RegistrationTokenEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One initial access token of a page. */
export type RegistrationTokenEdge = {
  __typename?: 'RegistrationTokenEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The token. */
  node: RegistrationToken;
};

/** Names one tenant, community or team. A scope that is missing, hidden from the viewer or of another tenant is answered in the same way. */
export type ScopeInput = {
  /** Id of that tenant, community or team. */
  id: Scalars['ID']['input'];
  /** Kind of the scope. */
  type: ScopeType;
};

/** The three kinds of place in which things happen and permissions are granted. A team lies in one community, a community in one tenant. */
export type ScopeType =
  /** One community of a tenant. */
  | 'COMMUNITY'
  /** One team of a community. */
  | 'TEAM'
  /** A whole tenant: everything of one customer or federation of communities. */
  | 'TENANT';

/** Address and password. */
export type SignInInput = {
  /** `deviceToken` that this device was given, instead of a second factor; what needs a fresh session asks for the factor all the same. */
  deviceToken?: InputMaybe<Scalars['String']['input']>;
  /** Address; case does not matter. */
  email: Scalars['String']['input'];
  /** The password. */
  password: Scalars['String']['input'];
};

/** A provider by which people may sign in. */
export type SignInProvider = {
  __typename?: 'SignInProvider';
  /** Key by which it is asked for. */
  key: Scalars['String']['output'];
  /** Name to show on its button. */
  name: Scalars['String']['output'];
};

/** How a sign-in went: done, or a second factor is needed. */
export type SignInResult = MfaRequired | SignedIn;

/** A mailed code. */
export type SignInWithEmailCodeInput = {
  /** `challenge` of `requestEmailCode`. */
  challenge: Scalars['String']['input'];
  /** Six digits; spaces do not matter. */
  code: Scalars['String']['input'];
  /** `deviceToken` that this device was given, instead of a second factor. */
  deviceToken?: InputMaybe<Scalars['String']['input']>;
};

/** That a sign-up was taken; the same for new and for known addresses. */
export type SignUpAccepted = {
  __typename?: 'SignUpAccepted';
  /** Where the mail goes, in the form in which addresses are stored. */
  email: Scalars['String']['output'];
};

/** A new account. */
export type SignUpInput = {
  /** Name to show, 1 to 60 characters; the user name without it. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** Address, at most 254 characters; case does not matter. */
  email: Scalars['String']['input'];
  /** Token of an invitation, where the tenant wants one. */
  invitation?: InputMaybe<Scalars['String']['input']>;
  /** 15 to 256 characters, none of the most used passwords; no other rules. */
  password: Scalars['String']['input'];
  /** Wished user name, held from the activation on; where it is taken by then, or without it, one is made, so that the answer says nothing about others. */
  username?: InputMaybe<Scalars['String']['input']>;
};

/** How people become members of a tenant. */
export type SignUpPolicy =
  /** Nobody. */
  | 'CLOSED'
  /** Only with an invitation. */
  | 'INVITATION'
  /** Anybody can sign up and join. */
  | 'OPEN';

/** A session has begun; its cookie came with the answer. */
export type SignedIn = {
  __typename?: 'SignedIn';
  /** To be kept by this device and given to `signIn` for 30 days instead of a second factor; shown once, null unless `rememberDevice` was asked. */
  deviceToken?: Maybe<Scalars['String']['output']>;
  /** Who signed in. */
  user: User;
};

/** How tokens are signed; the keys of both stand at `/oidc/jwks`. */
export type SigningAlgorithm =
  /** ECDSA on P-256 with SHA-256: shorter tokens. */
  | 'ES256'
  /** RSA with SHA-256, which every library knows. */
  | 'RS256';

/** A customer or federation of communities, apart from all others. */
export type Tenant = Node & {
  __typename?: 'Tenant';
  /** Colour of its pages, `#rrggbb`; null for that of Polity. Public, like the name. */
  accentColor?: Maybe<Scalars['String']['output']>;
  /** When the tenant was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether people may sign in here with a code by mail; false unless the tenant allows it. Public. */
  emailCodes: Scalars['Boolean']['output'];
  /** Id of the tenant, for ever. */
  id: Scalars['ID']['output'];
  /** Language of its pages and mails for whoever says no other, neither in their account nor by their browser. Public; null for English. */
  language?: Maybe<InterfaceLanguage>;
  /** Address of the tenant's picture, for an `img` as it is; it changes with the picture. Public; null where there is none. */
  logoUrl?: Maybe<Scalars['String']['output']>;
  /** Active members of the request's tenant, in the order in which they joined; null for those who do not belong to it. */
  members?: Maybe<TenantMembershipConnection>;
  /** Whether everybody needs a second factor here: sessions that proved one factor get MFA_REQUIRED, whichever way they came. Public. */
  mfaRequired: Scalars['Boolean']['output'];
  /** Name to show, 2 to 80 characters. Public. */
  name: Scalars['String']['output'];
  /** How people become members. Public. */
  signUpPolicy: SignUpPolicy;
  /** Unique name in addresses: 2 to 40 lower-case letters, digits and single dashes. Public. */
  slug: Scalars['String']['output'];
};


/** A customer or federation of communities, apart from all others. */
export type TenantMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** That a person belongs to a tenant. */
export type TenantMembership = Node & {
  __typename?: 'TenantMembership';
  /** Id of the membership; somebody who comes back has another. */
  id: Scalars['ID']['output'];
  /** When it began. */
  joinedAt: Scalars['DateTime']['output'];
  /** State of the membership. */
  status: MembershipStatus;
  /** The tenant. */
  tenant: Tenant;
  /** The person. */
  user: User;
};

/** A page of memberships of a tenant. */
export type TenantMembershipConnection = {
  __typename?: 'TenantMembershipConnection';
  /** The memberships of the page, each with its cursor. */
  edges: Array<TenantMembershipEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One membership of a page. */
export type TenantMembershipEdge = {
  __typename?: 'TenantMembershipEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The membership. */
  node: TenantMembership;
};

/** How an authenticator app gets its secret; shown once. */
export type TotpEnrolment = {
  __typename?: 'TotpEnrolment';
  /** The address as QR code: an SVG image. */
  qrSvg: Scalars['String']['output'];
  /** Secret in base32, for typing. */
  secret: Scalars['String']['output'];
  /** The same as `otpauth:` address: SHA-1, 6 digits, 30 seconds. */
  uri: Scalars['String']['output'];
};

/** A device on which the second factor is not asked for. */
export type TrustedDevice = Node & {
  __typename?: 'TrustedDevice';
  /** Network address from which it was trusted; null where it is not known. */
  address?: Maybe<Scalars['String']['output']>;
  /** When it was trusted. */
  createdAt: Scalars['DateTime']['output'];
  /** What the device said it is; null where it said nothing. */
  device?: Maybe<Scalars['String']['output']>;
  /** When the trust ends: 30 days after it began. */
  expiresAt: Scalars['DateTime']['output'];
  /** Id of the trust; not a secret. */
  id: Scalars['ID']['output'];
  /** When it last signed in. */
  lastUsedAt: Scalars['DateTime']['output'];
};

/** What to change about an account; what is left out stays, and so does a name that is null. */
export type UpdateAccountInput = {
  /** Name to show, 1 to 60 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** Language of pages and mails; null for that of each browser. */
  language?: InputMaybe<InterfaceLanguage>;
  /** User name: 3 to 32 lower-case letters, digits, dots, dashes and underscores. */
  username?: InputMaybe<Scalars['String']['input']>;
};

/** What to change about an application; what is left out stays, and so does what is null, but for `backchannelLogoutUri`. */
export type UpdateApplicationInput = {
  /** Address that is told when somebody signs out, as for `RegisterApplicationInput`; null for none. */
  backchannelLogoutUri?: InputMaybe<Scalars['String']['input']>;
  /** Whether its ID tokens carry the claims of the scopes `profile` and `email`. */
  claimsInIdToken?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether it may ask for a sign-in on another device. As with new addresses, a change waits for an approval. */
  deviceFlow?: InputMaybe<Scalars['Boolean']['input']>;
  /** Algorithm that signs its ID tokens from now on. */
  idTokenAlgorithm?: InputMaybe<SigningAlgorithm>;
  /** Name to show, 1 to 80 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Addresses to which people may be sent after they signed out; an empty list for none. */
  postLogoutRedirectUris?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Addresses to which people are sent back. */
  redirectUris?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether its codes need PKCE; false is refused where it keeps no secret. */
  requirePkce?: InputMaybe<Scalars['Boolean']['input']>;
  /** Scopes to ask for; fewer hold at once, more wait for an approval. */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether it may exchange tokens; refused where it keeps no secret. As with new addresses, a change waits for an approval. */
  tokenExchange?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What to change about a tenant; what is left out stays, and so does what is null, but for `logo`. */
export type UpdateTenantInput = {
  /** Colour of the tenant's pages, `#rrggbb`; null for that of Polity. */
  accentColor?: InputMaybe<Scalars['String']['input']>;
  /** Whether people may sign in with a code by mail. */
  emailCodes?: InputMaybe<Scalars['Boolean']['input']>;
  /** Language of its pages and mails for whoever says no other; null for English. */
  language?: InputMaybe<InterfaceLanguage>;
  /**
   * Token of an upload of the kind IMAGE (`requestUpload`), whose picture becomes the tenant's as it is; null takes the one that is there away. TOKEN_INVALID for an
   * upload that is not the viewer's and this tenant's, not there yet, used, or too old.
   */
  logo?: InputMaybe<Scalars['String']['input']>;
  /** Whether everybody needs a second factor here; open sessions that proved one factor get MFA_REQUIRED until they prove another. */
  mfaRequired?: InputMaybe<Scalars['Boolean']['input']>;
  /** Name to show, 2 to 80 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** How people become members. */
  signUpPolicy?: InputMaybe<SignUpPolicy>;
  /** Unique name in addresses; addresses with the old one stop working. */
  slug?: InputMaybe<Scalars['String']['input']>;
};

/** What to change about a provider; what is left out or null stays. Issuer and client id are for ever: another one is another provider. */
export type UpdateUpstreamProviderInput = {
  /** Domains that are let in, 50 at most; empty for everybody. */
  allowedDomains?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Claims in which it says what. */
  claims?: InputMaybe<UpstreamClaimsInput>;
  /** A new secret; it is kept encrypted and never shown. */
  clientSecret?: InputMaybe<Scalars['String']['input']>;
  /** Whether people may sign in by it; sessions that are open stay. */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Name to show, 1 to 40 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Scopes to ask for, 20 at most. */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Names of claims; who it is, `sub`, has no other name. */
export type UpstreamClaims = {
  __typename?: 'UpstreamClaims';
  /** Of the address. */
  email: Scalars['String']['output'];
  /** Of the name to show. */
  name: Scalars['String']['output'];
  /** Of the wished user name. */
  username: Scalars['String']['output'];
};

/** Names of claims. */
export type UpstreamClaimsInput = {
  /** Of the address. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Of the name to show. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Of the wished user name. */
  username?: InputMaybe<Scalars['String']['input']>;
};

/** An account elsewhere by which a person signs in. */
export type UpstreamLink = Node & {
  __typename?: 'UpstreamLink';
  /** When it was linked. */
  createdAt: Scalars['DateTime']['output'];
  /** Id of the link. */
  id: Scalars['ID']['output'];
  /** By which the person knows the account there, such as its address, as of the last use; null where the provider says nothing. */
  label?: Maybe<Scalars['String']['output']>;
  /** When it last signed in; null for never. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Name of the provider, as of the last use. */
  provider: Scalars['String']['output'];
};

/** A provider of OpenID Connect that a tenant chose to sign people in. */
export type UpstreamProvider = Node & {
  __typename?: 'UpstreamProvider';
  /** Domains of confirmed addresses (`email_verified`) that are let in; empty for everybody. */
  allowedDomains: Array<Scalars['String']['output']>;
  /** Claims in which it says what. */
  claims: UpstreamClaims;
  /** Client id of Polity there. */
  clientId: Scalars['ID']['output'];
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether people may sign in by it now. */
  enabled: Scalars['Boolean']['output'];
  /** Id of the provider, which is its key for signing in too. */
  id: Scalars['ID']['output'];
  /** Its issuer, as it names itself. */
  issuer: Scalars['String']['output'];
  /** Name to show, 1 to 40 characters. */
  name: Scalars['String']['output'];
  /** Address to enter there: it sends people back to this one only. */
  redirectUri: Scalars['String']['output'];
  /** Scopes that are asked for. */
  scopes: Array<Scalars['String']['output']>;
};

/** A page of providers. */
export type UpstreamProviderConnection = {
  __typename?: 'UpstreamProviderConnection';
  /** The providers of the page, each with its cursor. */
  edges: Array<UpstreamProviderEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One provider of a page. */
export type UpstreamProviderEdge = {
  __typename?: 'UpstreamProviderEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The provider. */
  node: UpstreamProvider;
};

/** A visit to a provider that has begun. */
export type UpstreamRedirect = {
  __typename?: 'UpstreamRedirect';
  /** Secret of the browser that began, kept there and given back at the end, such as in a cookie that scripts cannot read. */
  browser: Scalars['String']['output'];
  /** Until when it can end. */
  expiresAt: Scalars['DateTime']['output'];
  /** Address at the provider to which the browser goes. */
  url: Scalars['String']['output'];
};

/** A person's account. One account belongs to any number of tenants. */
export type User = Node & {
  __typename?: 'User';
  /** When the account was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Name to show, 1 to 60 characters. Public within the tenant. */
  displayName: Scalars['String']['output'];
  /** Address for mails and for signing in; null for everybody but the person and administrators, and for erased accounts. */
  email?: Maybe<Scalars['String']['output']>;
  /** Whether the address was confirmed; null for everybody but the person and administrators. */
  emailVerified?: Maybe<Scalars['Boolean']['output']>;
  /** Id of the account, for ever. */
  id: Scalars['ID']['output'];
  /**
   * Language of the person's pages and mails: that in which they signed up, until they choose another. Null where they never said, and for everybody but the
   * person and administrators.
   */
  language?: Maybe<InterfaceLanguage>;
  /** Second factors; null for everybody but the person. */
  mfa?: Maybe<MfaStatus>;
  /** Passkeys of the person, oldest first; null for everybody but the person. */
  passkeys?: Maybe<Array<Passkey>>;
  /** State of the account; null for everybody but the person and administrators. */
  status?: Maybe<UserStatus>;
  /** Tenants to which the person belongs, oldest first; null for everybody but the person. */
  tenantMemberships?: Maybe<Array<TenantMembership>>;
  /** Devices on which the second factor is not asked for, newest first; null for everybody but the person. */
  trustedDevices?: Maybe<Array<TrustedDevice>>;
  /** Accounts elsewhere by which the person signs in, oldest first, 20 at most; null for everybody but the person. */
  upstreamLinks?: Maybe<Array<UpstreamLink>>;
  /** Unique name: 3 to 32 lower-case letters, digits, dots, dashes and underscores. Public within the tenant. */
  username: Scalars['String']['output'];
};

/** A page of accounts. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The accounts of the page, each with its cursor. */
  edges: Array<UserEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One account of a page. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** To be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The account; null where it cannot be seen any more. */
  node?: Maybe<User>;
};

/** State of an account. */
export type UserStatus =
  /** In use. */
  | 'ACTIVE'
  /** Erased; only the id is left. */
  | 'DELETED'
  /** Signed up; the activation link was not used yet. Seen by administrators of the installation only. */
  | 'PENDING'
  /** Locked by an administrator; it can do nothing. */
  | 'SUSPENDED';

/** The second factor of a sign-in; exactly one of `totp`, `recoveryCode` and `passkey`. */
export type VerifyMfaInput = {
  /** Challenge of `MfaRequired`. */
  challenge: Scalars['String']['input'];
  /** What `navigator.credentials.get` gave for the options of `beginPasskeySignIn`, as its `toJSON()` writes it. */
  passkey?: InputMaybe<Scalars['JSON']['input']>;
  /** One of the recovery codes; dashes and case do not matter. */
  recoveryCode?: InputMaybe<Scalars['String']['input']>;
  /** Whether not to ask on this device again for 30 days. */
  rememberDevice?: InputMaybe<Scalars['Boolean']['input']>;
  /** Six digits of the authenticator app; each code is good once. */
  totp?: InputMaybe<Scalars['String']['input']>;
};

/** Who may see a thing. The author and whoever holds the manage permission at its scope see it always. */
export type Visibility =
  /** Active members of the community in which it lies. */
  | 'COMMUNITY'
  /** Only the author and those with the manage permission at its scope. */
  | 'PRIVATE'
  /** Whoever can reach the tenant, signed in or not. */
  | 'PUBLIC'
  /** Active members of the team in which it lies. */
  | 'TEAM';

/** Whose an answer is for caches. */
export type Cache__Scope =
  /** The viewer's alone; only their own client keeps it. */
  | 'PRIVATE'
  /** Everybody's who is not signed in; what is answered to somebody stays theirs. */
  | 'PUBLIC';

/** What an access token must be approved for; `graph.read` and `graph.write` reach everywhere. */
export type Guard__Token =
  /** Anything in this subgraph: for fields that lead into it from elsewhere. */
  | 'ANY'
  /** Reading in this subgraph: `<subgraph>.read`. */
  | 'READ';

/** Who may ask for a field. */
export type Guard__Who =
  /** Whoever reaches the tenant, signed in or not; the field decides what they see. */
  | 'ANYONE'
  /** The same, having proved who they are in the last 15 minutes. */
  | 'FRESH_SESSION'
  /** A person, by session or access token; not an application that acts for itself. */
  | 'PERSON'
  /** Another part of Polity; only for `@inaccessible` fields. */
  | 'SERVICE'
  /** A person in a session of their own: no access token, and nobody who acts for another. */
  | 'SESSION'
  /** A person, an application or a service. */
  | 'SIGNED_IN'
  /** A system administrator in a session of their own. */
  | 'SYSTEM_ADMIN';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Application: Application;
  Tenant: Tenant;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Application:
    ( { __typename: 'Application' }
    & GraphQLRecursivePick<FederationTypes['Application'], {"id":true}> );
  Tenant:
    ( { __typename: 'Tenant' }
    & GraphQLRecursivePick<FederationTypes['Tenant'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  SignInResult:
    | ( MfaRequired )
    | ( Omit<SignedIn, 'user'> & { user: _RefType['User'] } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( ApplicationRowEntity )
    | ( ApplicationSecretRowEntity )
    | ( AuditEntryRowEntity )
    | ( { __typename?: 'Community'; id: string } )
    | ( ConsentEntity )
    | ( InvitationRowEntity )
    | ( InvitationUseRowEntity )
    | ( PasskeyRowEntity )
    | ( PersonalTokenEntity )
    | ( RegistrationTokenRowEntity )
    | ( TenantRowEntity )
    | ( MembershipRowEntity )
    | ( TrustedDeviceRowEntity )
    | ( UpstreamLinkRowEntity )
    | ( UpstreamProviderRowEntity )
    | ( UserRowEntity )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActorKind: ActorKind;
  Application: ResolverTypeWrapper<ApplicationRowEntity>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ApplicationConnection: ResolverTypeWrapper<Omit<ApplicationConnection, 'edges'> & { edges: Array<ResolversTypes['ApplicationEdge']> }>;
  ApplicationEdge: ResolverTypeWrapper<Omit<ApplicationEdge, 'node'> & { node: ResolversTypes['Application'] }>;
  ApplicationSecret: ResolverTypeWrapper<ApplicationSecretRowEntity>;
  ApplicationSettings: ResolverTypeWrapper<ApplicationSettings>;
  ApplicationStatus: ApplicationStatus;
  AuditEntry: ResolverTypeWrapper<AuditEntryRowEntity>;
  AuditEntryConnection: ResolverTypeWrapper<Omit<AuditEntryConnection, 'edges'> & { edges: Array<ResolversTypes['AuditEntryEdge']> }>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditExport: ResolverTypeWrapper<AuditExport>;
  AuditFilter: AuditFilter;
  BeginUpstreamSignInInput: BeginUpstreamSignInInput;
  Community: ResolverTypeWrapper<{ __typename?: 'Community'; id: string }>;
  Consent: ResolverTypeWrapper<ConsentEntity>;
  ConsentConnection: ResolverTypeWrapper<Omit<ConsentConnection, 'edges'> & { edges: Array<ResolversTypes['ConsentEdge']> }>;
  ConsentEdge: ResolverTypeWrapper<Omit<ConsentEdge, 'node'> & { node: ResolversTypes['Consent'] }>;
  CreateInvitationInput: CreateInvitationInput;
  CreatePersonalTokenInput: CreatePersonalTokenInput;
  CreateRegistrationTokenInput: CreateRegistrationTokenInput;
  CreateTenantInput: CreateTenantInput;
  CreateUpstreamProviderInput: CreateUpstreamProviderInput;
  CreatedInvitation: ResolverTypeWrapper<Omit<CreatedInvitation, 'invitation'> & { invitation: ResolversTypes['Invitation'] }>;
  CreatedPersonalToken: ResolverTypeWrapper<Omit<CreatedPersonalToken, 'personalToken'> & { personalToken: ResolversTypes['PersonalToken'] }>;
  CreatedRegistrationToken: ResolverTypeWrapper<Omit<CreatedRegistrationToken, 'registrationToken'> & { registrationToken: ResolversTypes['RegistrationToken'] }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailCodeSent: ResolverTypeWrapper<EmailCodeSent>;
  FinishUpstreamLinkInput: FinishUpstreamLinkInput;
  FinishUpstreamSignInInput: FinishUpstreamSignInInput;
  InterfaceLanguage: InterfaceLanguage;
  Invitation: ResolverTypeWrapper<InvitationRowEntity>;
  InvitationConnection: ResolverTypeWrapper<Omit<InvitationConnection, 'edges'> & { edges: Array<ResolversTypes['InvitationEdge']> }>;
  InvitationEdge: ResolverTypeWrapper<Omit<InvitationEdge, 'node'> & { node: ResolversTypes['Invitation'] }>;
  InvitationPreview: ResolverTypeWrapper<InvitationPreview>;
  InvitationStatus: InvitationStatus;
  InvitationUse: ResolverTypeWrapper<InvitationUseRowEntity>;
  InvitationUseConnection: ResolverTypeWrapper<Omit<InvitationUseConnection, 'edges'> & { edges: Array<ResolversTypes['InvitationUseEdge']> }>;
  InvitationUseEdge: ResolverTypeWrapper<Omit<InvitationUseEdge, 'node'> & { node: ResolversTypes['InvitationUse'] }>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  MembershipStatus: MembershipStatus;
  MfaMethod: MfaMethod;
  MfaRequired: ResolverTypeWrapper<MfaRequired>;
  MfaStatus: ResolverTypeWrapper<MfaStatus>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Passkey: ResolverTypeWrapper<PasskeyRowEntity>;
  PasskeyOptions: ResolverTypeWrapper<PasskeyOptions>;
  PersonalToken: ResolverTypeWrapper<PersonalTokenEntity>;
  PersonalTokenConnection: ResolverTypeWrapper<Omit<PersonalTokenConnection, 'edges'> & { edges: Array<ResolversTypes['PersonalTokenEdge']> }>;
  PersonalTokenEdge: ResolverTypeWrapper<Omit<PersonalTokenEdge, 'node'> & { node: ResolversTypes['PersonalToken'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReauthenticateInput: ReauthenticateInput;
  RecoveryCodes: ResolverTypeWrapper<RecoveryCodes>;
  RegisterApplicationInput: RegisterApplicationInput;
  RegisteredApplication: ResolverTypeWrapper<RegisteredEntity>;
  RegistrationToken: ResolverTypeWrapper<RegistrationTokenRowEntity>;
  RegistrationTokenConnection: ResolverTypeWrapper<Omit<RegistrationTokenConnection, 'edges'> & { edges: Array<ResolversTypes['RegistrationTokenEdge']> }>;
  RegistrationTokenEdge: ResolverTypeWrapper<Omit<RegistrationTokenEdge, 'node'> & { node: ResolversTypes['RegistrationToken'] }>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  SignInInput: SignInInput;
  SignInProvider: ResolverTypeWrapper<SignInProvider>;
  SignInResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SignInResult']>;
  SignInWithEmailCodeInput: SignInWithEmailCodeInput;
  SignUpAccepted: ResolverTypeWrapper<SignUpAccepted>;
  SignUpInput: SignUpInput;
  SignUpPolicy: SignUpPolicy;
  SignedIn: ResolverTypeWrapper<Omit<SignedIn, 'user'> & { user: ResolversTypes['User'] }>;
  SigningAlgorithm: SigningAlgorithm;
  Tenant: ResolverTypeWrapper<TenantRowEntity>;
  TenantMembership: ResolverTypeWrapper<MembershipRowEntity>;
  TenantMembershipConnection: ResolverTypeWrapper<Omit<TenantMembershipConnection, 'edges'> & { edges: Array<ResolversTypes['TenantMembershipEdge']> }>;
  TenantMembershipEdge: ResolverTypeWrapper<Omit<TenantMembershipEdge, 'node'> & { node: ResolversTypes['TenantMembership'] }>;
  TotpEnrolment: ResolverTypeWrapper<TotpEnrolment>;
  TrustedDevice: ResolverTypeWrapper<TrustedDeviceRowEntity>;
  UpdateAccountInput: UpdateAccountInput;
  UpdateApplicationInput: UpdateApplicationInput;
  UpdateTenantInput: UpdateTenantInput;
  UpdateUpstreamProviderInput: UpdateUpstreamProviderInput;
  UpstreamClaims: ResolverTypeWrapper<UpstreamClaims>;
  UpstreamClaimsInput: UpstreamClaimsInput;
  UpstreamLink: ResolverTypeWrapper<UpstreamLinkRowEntity>;
  UpstreamProvider: ResolverTypeWrapper<UpstreamProviderRowEntity>;
  UpstreamProviderConnection: ResolverTypeWrapper<Omit<UpstreamProviderConnection, 'edges'> & { edges: Array<ResolversTypes['UpstreamProviderEdge']> }>;
  UpstreamProviderEdge: ResolverTypeWrapper<Omit<UpstreamProviderEdge, 'node'> & { node: ResolversTypes['UpstreamProvider'] }>;
  UpstreamRedirect: ResolverTypeWrapper<UpstreamRedirect>;
  User: ResolverTypeWrapper<UserRowEntity>;
  UserConnection: ResolverTypeWrapper<Omit<UserConnection, 'edges'> & { edges: Array<ResolversTypes['UserEdge']> }>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node?: Maybe<ResolversTypes['User']> }>;
  UserStatus: UserStatus;
  VerifyMfaInput: VerifyMfaInput;
  Visibility: Visibility;
  cache__Scope: Cache__Scope;
  guard__Token: Guard__Token;
  guard__Who: Guard__Who;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Application: ApplicationRowEntity;
  Boolean: Scalars['Boolean']['output'];
  ID: Scalars['ID']['output'];
  ApplicationConnection: Omit<ApplicationConnection, 'edges'> & { edges: Array<ResolversParentTypes['ApplicationEdge']> };
  ApplicationEdge: Omit<ApplicationEdge, 'node'> & { node: ResolversParentTypes['Application'] };
  ApplicationSecret: ApplicationSecretRowEntity;
  ApplicationSettings: ApplicationSettings;
  AuditEntry: AuditEntryRowEntity;
  AuditEntryConnection: Omit<AuditEntryConnection, 'edges'> & { edges: Array<ResolversParentTypes['AuditEntryEdge']> };
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditExport: AuditExport;
  AuditFilter: AuditFilter;
  BeginUpstreamSignInInput: BeginUpstreamSignInInput;
  Community: { __typename?: 'Community'; id: string };
  Consent: ConsentEntity;
  ConsentConnection: Omit<ConsentConnection, 'edges'> & { edges: Array<ResolversParentTypes['ConsentEdge']> };
  ConsentEdge: Omit<ConsentEdge, 'node'> & { node: ResolversParentTypes['Consent'] };
  CreateInvitationInput: CreateInvitationInput;
  CreatePersonalTokenInput: CreatePersonalTokenInput;
  CreateRegistrationTokenInput: CreateRegistrationTokenInput;
  CreateTenantInput: CreateTenantInput;
  CreateUpstreamProviderInput: CreateUpstreamProviderInput;
  CreatedInvitation: Omit<CreatedInvitation, 'invitation'> & { invitation: ResolversParentTypes['Invitation'] };
  CreatedPersonalToken: Omit<CreatedPersonalToken, 'personalToken'> & { personalToken: ResolversParentTypes['PersonalToken'] };
  CreatedRegistrationToken: Omit<CreatedRegistrationToken, 'registrationToken'> & { registrationToken: ResolversParentTypes['RegistrationToken'] };
  DateTime: Scalars['DateTime']['output'];
  EmailCodeSent: EmailCodeSent;
  FinishUpstreamLinkInput: FinishUpstreamLinkInput;
  FinishUpstreamSignInInput: FinishUpstreamSignInInput;
  Invitation: InvitationRowEntity;
  InvitationConnection: Omit<InvitationConnection, 'edges'> & { edges: Array<ResolversParentTypes['InvitationEdge']> };
  InvitationEdge: Omit<InvitationEdge, 'node'> & { node: ResolversParentTypes['Invitation'] };
  InvitationPreview: InvitationPreview;
  InvitationUse: InvitationUseRowEntity;
  InvitationUseConnection: Omit<InvitationUseConnection, 'edges'> & { edges: Array<ResolversParentTypes['InvitationUseEdge']> };
  InvitationUseEdge: Omit<InvitationUseEdge, 'node'> & { node: ResolversParentTypes['InvitationUse'] };
  JSON: Scalars['JSON']['output'];
  MfaRequired: MfaRequired;
  MfaStatus: MfaStatus;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Passkey: PasskeyRowEntity;
  PasskeyOptions: PasskeyOptions;
  PersonalToken: PersonalTokenEntity;
  PersonalTokenConnection: Omit<PersonalTokenConnection, 'edges'> & { edges: Array<ResolversParentTypes['PersonalTokenEdge']> };
  PersonalTokenEdge: Omit<PersonalTokenEdge, 'node'> & { node: ResolversParentTypes['PersonalToken'] };
  Query: Record<PropertyKey, never>;
  ReauthenticateInput: ReauthenticateInput;
  RecoveryCodes: RecoveryCodes;
  RegisterApplicationInput: RegisterApplicationInput;
  RegisteredApplication: RegisteredEntity;
  RegistrationToken: RegistrationTokenRowEntity;
  RegistrationTokenConnection: Omit<RegistrationTokenConnection, 'edges'> & { edges: Array<ResolversParentTypes['RegistrationTokenEdge']> };
  RegistrationTokenEdge: Omit<RegistrationTokenEdge, 'node'> & { node: ResolversParentTypes['RegistrationToken'] };
  ScopeInput: ScopeInput;
  SignInInput: SignInInput;
  SignInProvider: SignInProvider;
  SignInResult: ResolversUnionTypes<ResolversParentTypes>['SignInResult'];
  SignInWithEmailCodeInput: SignInWithEmailCodeInput;
  SignUpAccepted: SignUpAccepted;
  SignUpInput: SignUpInput;
  SignedIn: Omit<SignedIn, 'user'> & { user: ResolversParentTypes['User'] };
  Tenant: TenantRowEntity;
  TenantMembership: MembershipRowEntity;
  TenantMembershipConnection: Omit<TenantMembershipConnection, 'edges'> & { edges: Array<ResolversParentTypes['TenantMembershipEdge']> };
  TenantMembershipEdge: Omit<TenantMembershipEdge, 'node'> & { node: ResolversParentTypes['TenantMembership'] };
  TotpEnrolment: TotpEnrolment;
  TrustedDevice: TrustedDeviceRowEntity;
  UpdateAccountInput: UpdateAccountInput;
  UpdateApplicationInput: UpdateApplicationInput;
  UpdateTenantInput: UpdateTenantInput;
  UpdateUpstreamProviderInput: UpdateUpstreamProviderInput;
  UpstreamClaims: UpstreamClaims;
  UpstreamClaimsInput: UpstreamClaimsInput;
  UpstreamLink: UpstreamLinkRowEntity;
  UpstreamProvider: UpstreamProviderRowEntity;
  UpstreamProviderConnection: Omit<UpstreamProviderConnection, 'edges'> & { edges: Array<ResolversParentTypes['UpstreamProviderEdge']> };
  UpstreamProviderEdge: Omit<UpstreamProviderEdge, 'node'> & { node: ResolversParentTypes['UpstreamProvider'] };
  UpstreamRedirect: UpstreamRedirect;
  User: UserRowEntity;
  UserConnection: Omit<UserConnection, 'edges'> & { edges: Array<ResolversParentTypes['UserEdge']> };
  UserEdge: Omit<UserEdge, 'node'> & { node?: Maybe<ResolversParentTypes['User']> };
  VerifyMfaInput: VerifyMfaInput;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
};

export type CacheControlDirectiveArgs = {
  maxAge: Scalars['Int']['input'];
  scope?: Maybe<Cache__Scope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type GuardDirectiveArgs = {
  at?: Maybe<Scalars['String']['input']>;
  permission?: Maybe<Scalars['String']['input']>;
  scope?: Maybe<ScopeType>;
  token?: Maybe<Guard__Token>;
  who: Guard__Who;
};

export type GuardDirectiveResolver<Result, Parent, ContextType = Context, Args = GuardDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LiveDirectiveArgs = {
  on: Array<Scalars['String']['input']>;
};

export type LiveDirectiveResolver<Result, Parent, ContextType = Context, Args = LiveDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ServesDirectiveArgs = {
  paths: Array<Scalars['String']['input']>;
};

export type ServesDirectiveResolver<Result, Parent, ContextType = Context, Args = ServesDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ApplicationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Application'] = ResolversParentTypes['Application'], FederationReferenceType extends FederationReferenceTypes['Application'] = FederationReferenceTypes['Application']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Application']> | FederationReferenceType, FederationReferenceType, ContextType>;
  approvedScopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  backchannelLogoutUri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  claimsInIdToken?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  clientCredentials?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  confidential?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deviceFlow?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  idTokenAlgorithm?: Resolver<Maybe<ResolversTypes['SigningAlgorithm']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pendingScopes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  permissionsOnApproval?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  postLogoutRedirectUris?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  redirectUris?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  rejectionReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestedScopes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  requirePkce?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  secrets?: Resolver<Maybe<Array<ResolversTypes['ApplicationSecret']>>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ApplicationStatus'], ParentType, ContextType>;
  tokenExchange?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApplicationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApplicationConnection'] = ResolversParentTypes['ApplicationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ApplicationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApplicationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApplicationEdge'] = ResolversParentTypes['ApplicationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Application'], ParentType, ContextType>;
};

export type ApplicationSecretResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApplicationSecret'] = ResolversParentTypes['ApplicationSecret']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApplicationSettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApplicationSettings'] = ResolversParentTypes['ApplicationSettings']> = {
  clientId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  discoveryUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  environment?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issuer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  actorId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  data?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  requestId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditExportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditExport'] = ResolversParentTypes['AuditExport']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ndjson?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Consent'] = ResolversParentTypes['Consent']> = {
  application?: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType>;
  applicationName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsentConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsentConnection'] = ResolversParentTypes['ConsentConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ConsentEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ConsentEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsentEdge'] = ResolversParentTypes['ConsentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Consent'], ParentType, ContextType>;
};

export type CreatedInvitationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreatedInvitation'] = ResolversParentTypes['CreatedInvitation']> = {
  invitation?: Resolver<ResolversTypes['Invitation'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreatedPersonalTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreatedPersonalToken'] = ResolversParentTypes['CreatedPersonalToken']> = {
  personalToken?: Resolver<ResolversTypes['PersonalToken'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreatedRegistrationTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreatedRegistrationToken'] = ResolversParentTypes['CreatedRegistrationToken']> = {
  registrationToken?: Resolver<ResolversTypes['RegistrationToken'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EmailCodeSentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmailCodeSent'] = ResolversParentTypes['EmailCodeSent']> = {
  challenge?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type InvitationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invitation'] = ResolversParentTypes['Invitation']> = {
  community?: Resolver<Maybe<ResolversTypes['Community']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxUses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  roleKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InvitationStatus'], ParentType, ContextType>;
  useHistory?: Resolver<ResolversTypes['InvitationUseConnection'], ParentType, ContextType, Partial<InvitationUseHistoryArgs>>;
  usedBy?: Resolver<Array<ResolversTypes['InvitationUse']>, ParentType, ContextType>;
  uses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvitationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationConnection'] = ResolversParentTypes['InvitationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InvitationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InvitationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationEdge'] = ResolversParentTypes['InvitationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invitation'], ParentType, ContextType>;
};

export type InvitationPreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationPreview'] = ResolversParentTypes['InvitationPreview']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  inviterName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type InvitationUseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationUse'] = ResolversParentTypes['InvitationUse']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvitationUseConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationUseConnection'] = ResolversParentTypes['InvitationUseConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InvitationUseEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InvitationUseEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationUseEdge'] = ResolversParentTypes['InvitationUseEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['InvitationUse'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MfaRequiredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MfaRequired'] = ResolversParentTypes['MfaRequired']> = {
  challenge?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  methods?: Resolver<Array<ResolversTypes['MfaMethod']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MfaStatusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MfaStatus'] = ResolversParentTypes['MfaStatus']> = {
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  passkeys?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  recoveryCodesLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  totp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  _answerAuthorization: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<Mutation_AnswerAuthorizationArgs, 'answer' | 'visit'>>;
  _answerDeviceRequest: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_AnswerDeviceRequestArgs, 'answer' | 'visit'>>;
  _browserSignedOut: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, RequireFields<Mutation_BrowserSignedOutArgs, 'sessionIds' | 'userId'>>;
  _sendNotices: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Mutation_SendNoticesArgs, 'mails'>>;
  activateAccount: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationActivateAccountArgs, 'token'>>;
  approveApplication: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType, RequireFields<MutationApproveApplicationArgs, 'id'>>;
  beginPasskeyRegistration: Resolver<Maybe<ResolversTypes['PasskeyOptions']>, ParentType, ContextType>;
  beginPasskeySignIn: Resolver<Maybe<ResolversTypes['PasskeyOptions']>, ParentType, ContextType, Partial<MutationBeginPasskeySignInArgs>>;
  beginTotpEnrolment: Resolver<Maybe<ResolversTypes['TotpEnrolment']>, ParentType, ContextType, Partial<MutationBeginTotpEnrolmentArgs>>;
  beginUpstreamLink: Resolver<Maybe<ResolversTypes['UpstreamRedirect']>, ParentType, ContextType, RequireFields<MutationBeginUpstreamLinkArgs, 'provider' | 'tenantHost'>>;
  beginUpstreamSignIn: Resolver<Maybe<ResolversTypes['UpstreamRedirect']>, ParentType, ContextType, RequireFields<MutationBeginUpstreamSignInArgs, 'input'>>;
  changeEmail: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<MutationChangeEmailArgs, 'newEmail'>>;
  changePassword: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'currentPassword' | 'newPassword'>>;
  confirmEmail: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationConfirmEmailArgs, 'token'>>;
  confirmTotpEnrolment: Resolver<Maybe<ResolversTypes['RecoveryCodes']>, ParentType, ContextType, RequireFields<MutationConfirmTotpEnrolmentArgs, 'code'>>;
  createInvitation: Resolver<Maybe<ResolversTypes['CreatedInvitation']>, ParentType, ContextType, RequireFields<MutationCreateInvitationArgs, 'input'>>;
  createPersonalToken: Resolver<Maybe<ResolversTypes['CreatedPersonalToken']>, ParentType, ContextType, RequireFields<MutationCreatePersonalTokenArgs, 'input'>>;
  createRegistrationToken: Resolver<Maybe<ResolversTypes['CreatedRegistrationToken']>, ParentType, ContextType, RequireFields<MutationCreateRegistrationTokenArgs, 'input'>>;
  createTenant: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType, RequireFields<MutationCreateTenantArgs, 'input'>>;
  createUpstreamProvider: Resolver<Maybe<ResolversTypes['UpstreamProvider']>, ParentType, ContextType, RequireFields<MutationCreateUpstreamProviderArgs, 'input'>>;
  deleteAccount: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, Partial<MutationDeleteAccountArgs>>;
  deleteApplication: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType, RequireFields<MutationDeleteApplicationArgs, 'id'>>;
  deleteUpstreamProvider: Resolver<Maybe<ResolversTypes['UpstreamProvider']>, ParentType, ContextType, RequireFields<MutationDeleteUpstreamProviderArgs, 'id'>>;
  disableApplication: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType, RequireFields<MutationDisableApplicationArgs, 'id'>>;
  disableTotp: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  finishPasskeyRegistration: Resolver<Maybe<ResolversTypes['Passkey']>, ParentType, ContextType, RequireFields<MutationFinishPasskeyRegistrationArgs, 'response'>>;
  finishPasskeySignIn: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationFinishPasskeySignInArgs, 'challenge' | 'response'>>;
  finishUpstreamLink: Resolver<Maybe<ResolversTypes['UpstreamLink']>, ParentType, ContextType, RequireFields<MutationFinishUpstreamLinkArgs, 'input'>>;
  finishUpstreamSignIn: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationFinishUpstreamSignInArgs, 'input'>>;
  impersonate: Resolver<Maybe<ResolversTypes['SignedIn']>, ParentType, ContextType, RequireFields<MutationImpersonateArgs, 'id' | 'reason'>>;
  joinTenant: Resolver<Maybe<ResolversTypes['TenantMembership']>, ParentType, ContextType, RequireFields<MutationJoinTenantArgs, 'slug'>>;
  leaveTenant: Resolver<Maybe<ResolversTypes['TenantMembership']>, ParentType, ContextType, RequireFields<MutationLeaveTenantArgs, 'id'>>;
  reauthenticate: Resolver<Maybe<ResolversTypes['SignedIn']>, ParentType, ContextType, RequireFields<MutationReauthenticateArgs, 'input'>>;
  regenerateRecoveryCodes: Resolver<Maybe<ResolversTypes['RecoveryCodes']>, ParentType, ContextType>;
  registerApplication: Resolver<Maybe<ResolversTypes['RegisteredApplication']>, ParentType, ContextType, RequireFields<MutationRegisterApplicationArgs, 'input'>>;
  reinstateUser: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationReinstateUserArgs, 'id'>>;
  rejectApplication: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType, RequireFields<MutationRejectApplicationArgs, 'id' | 'reason'>>;
  removePasskey: Resolver<Maybe<ResolversTypes['Passkey']>, ParentType, ContextType, RequireFields<MutationRemovePasskeyArgs, 'id'>>;
  removeTenantMember: Resolver<Maybe<ResolversTypes['TenantMembership']>, ParentType, ContextType, RequireFields<MutationRemoveTenantMemberArgs, 'userId'>>;
  renamePasskey: Resolver<Maybe<ResolversTypes['Passkey']>, ParentType, ContextType, RequireFields<MutationRenamePasskeyArgs, 'id' | 'name'>>;
  requestEmailCode: Resolver<Maybe<ResolversTypes['EmailCodeSent']>, ParentType, ContextType, RequireFields<MutationRequestEmailCodeArgs, 'email'>>;
  requestMagicLink: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<MutationRequestMagicLinkArgs, 'email'>>;
  requestPasswordReset: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'email'>>;
  resetMfa: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationResetMfaArgs, 'id' | 'reason'>>;
  resetPassword: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'newPassword' | 'token'>>;
  revokeConsent: Resolver<Maybe<ResolversTypes['Consent']>, ParentType, ContextType, RequireFields<MutationRevokeConsentArgs, 'id'>>;
  revokeInvitation: Resolver<Maybe<ResolversTypes['Invitation']>, ParentType, ContextType, RequireFields<MutationRevokeInvitationArgs, 'id'>>;
  revokePersonalToken: Resolver<Maybe<ResolversTypes['PersonalToken']>, ParentType, ContextType, RequireFields<MutationRevokePersonalTokenArgs, 'id'>>;
  revokeRegistrationToken: Resolver<Maybe<ResolversTypes['RegistrationToken']>, ParentType, ContextType, RequireFields<MutationRevokeRegistrationTokenArgs, 'id'>>;
  revokeTrustedDevice: Resolver<Maybe<ResolversTypes['TrustedDevice']>, ParentType, ContextType, RequireFields<MutationRevokeTrustedDeviceArgs, 'id'>>;
  rotateApplicationSecret: Resolver<Maybe<ResolversTypes['RegisteredApplication']>, ParentType, ContextType, RequireFields<MutationRotateApplicationSecretArgs, 'id' | 'overlapHours'>>;
  signIn: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationSignInArgs, 'input'>>;
  signInWithEmailCode: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationSignInWithEmailCodeArgs, 'input'>>;
  signInWithMagicLink: Resolver<Maybe<ResolversTypes['SignInResult']>, ParentType, ContextType, RequireFields<MutationSignInWithMagicLinkArgs, 'token'>>;
  signUp: Resolver<Maybe<ResolversTypes['SignUpAccepted']>, ParentType, ContextType, RequireFields<MutationSignUpArgs, 'input'>>;
  startPasswordReset: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<MutationStartPasswordResetArgs, 'userId'>>;
  suspendUser: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationSuspendUserArgs, 'id' | 'reason'>>;
  unlinkUpstream: Resolver<Maybe<ResolversTypes['UpstreamLink']>, ParentType, ContextType, RequireFields<MutationUnlinkUpstreamArgs, 'id'>>;
  updateAccount: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationUpdateAccountArgs, 'input'>>;
  updateApplication: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType, RequireFields<MutationUpdateApplicationArgs, 'id' | 'input'>>;
  updateTenant: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType, RequireFields<MutationUpdateTenantArgs, 'input'>>;
  updateUpstreamProvider: Resolver<Maybe<ResolversTypes['UpstreamProvider']>, ParentType, ContextType, RequireFields<MutationUpdateUpstreamProviderArgs, 'id' | 'input'>>;
  verifyMfa: Resolver<Maybe<ResolversTypes['SignedIn']>, ParentType, ContextType, RequireFields<MutationVerifyMfaArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Application' | 'ApplicationSecret' | 'AuditEntry' | 'Community' | 'Consent' | 'Invitation' | 'InvitationUse' | 'Passkey' | 'PersonalToken' | 'RegistrationToken' | 'Tenant' | 'TenantMembership' | 'TrustedDevice' | 'UpstreamLink' | 'UpstreamProvider' | 'User', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PasskeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Passkey'] = ResolversParentTypes['Passkey']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  credentialId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  synced?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PasskeyOptionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PasskeyOptions'] = ResolversParentTypes['PasskeyOptions']> = {
  challenge?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  options?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type PersonalTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersonalToken'] = ResolversParentTypes['PersonalToken']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PersonalTokenConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersonalTokenConnection'] = ResolversParentTypes['PersonalTokenConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PersonalTokenEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PersonalTokenEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersonalTokenEdge'] = ResolversParentTypes['PersonalTokenEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PersonalToken'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  _application: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_ApplicationArgs, 'id'>>;
  _authorization: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_AuthorizationArgs, 'visit'>>;
  _deviceRequest: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_DeviceRequestArgs, 'visit'>>;
  _introspectToken: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_IntrospectTokenArgs, 'token'>>;
  _isTenantMember: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<Query_IsTenantMemberArgs, 'userId'>>;
  _memberNames: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, Partial<Query_MemberNamesArgs>>;
  _tenant: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType, Partial<Query_TenantArgs>>;
  _tenantIds: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, Partial<Query_TenantIdsArgs>>;
  _tenantsOf: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_TenantsOfArgs, 'userId'>>;
  _usersByEmail: Resolver<Maybe<Array<ResolversTypes['User']>>, ParentType, ContextType, RequireFields<Query_UsersByEmailArgs, 'emails'>>;
  applications: Resolver<Maybe<ResolversTypes['ApplicationConnection']>, ParentType, ContextType, Partial<QueryApplicationsArgs>>;
  auditExport: Resolver<Maybe<ResolversTypes['AuditExport']>, ParentType, ContextType, Partial<QueryAuditExportArgs>>;
  auditLog: Resolver<Maybe<ResolversTypes['AuditEntryConnection']>, ParentType, ContextType, Partial<QueryAuditLogArgs>>;
  consents: Resolver<Maybe<ResolversTypes['ConsentConnection']>, ParentType, ContextType, Partial<QueryConsentsArgs>>;
  invitations: Resolver<Maybe<ResolversTypes['InvitationConnection']>, ParentType, ContextType, Partial<QueryInvitationsArgs>>;
  me: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  personalTokens: Resolver<Maybe<ResolversTypes['PersonalTokenConnection']>, ParentType, ContextType, Partial<QueryPersonalTokensArgs>>;
  previewInvitation: Resolver<Maybe<ResolversTypes['InvitationPreview']>, ParentType, ContextType, RequireFields<QueryPreviewInvitationArgs, 'token'>>;
  registrationTokens: Resolver<Maybe<ResolversTypes['RegistrationTokenConnection']>, ParentType, ContextType, Partial<QueryRegistrationTokensArgs>>;
  signInProviders: Resolver<Maybe<Array<ResolversTypes['SignInProvider']>>, ParentType, ContextType>;
  tenant: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType, Partial<QueryTenantArgs>>;
  upstreamProviders: Resolver<Maybe<ResolversTypes['UpstreamProviderConnection']>, ParentType, ContextType, Partial<QueryUpstreamProvidersArgs>>;
  user: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
  users: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QueryUsersArgs>>;
};

export type RecoveryCodesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecoveryCodes'] = ResolversParentTypes['RecoveryCodes']> = {
  codes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RegisteredApplicationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisteredApplication'] = ResolversParentTypes['RegisteredApplication']> = {
  application?: Resolver<ResolversTypes['Application'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['ApplicationSettings'], ParentType, ContextType>;
};

export type RegistrationTokenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegistrationToken'] = ResolversParentTypes['RegistrationToken']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  hint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxUses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  uses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RegistrationTokenConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegistrationTokenConnection'] = ResolversParentTypes['RegistrationTokenConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RegistrationTokenEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RegistrationTokenEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegistrationTokenEdge'] = ResolversParentTypes['RegistrationTokenEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RegistrationToken'], ParentType, ContextType>;
};

export type SignInProviderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInProvider'] = ResolversParentTypes['SignInProvider']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SignInResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInResult'] = ResolversParentTypes['SignInResult']> = {
  __resolveType: TypeResolveFn<'MfaRequired' | 'SignedIn', ParentType, ContextType>;
};

export type SignUpAcceptedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignUpAccepted'] = ResolversParentTypes['SignUpAccepted']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SignedInResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignedIn'] = ResolversParentTypes['SignedIn']> = {
  deviceToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant'], FederationReferenceType extends FederationReferenceTypes['Tenant'] = FederationReferenceTypes['Tenant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tenant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  accentColor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  emailCodes?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['InterfaceLanguage']>, ParentType, ContextType>;
  logoUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['TenantMembershipConnection']>, ParentType, ContextType, Partial<TenantMembersArgs>>;
  mfaRequired?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signUpPolicy?: Resolver<ResolversTypes['SignUpPolicy'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantMembershipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantMembership'] = ResolversParentTypes['TenantMembership']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  joinedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['MembershipStatus'], ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantMembershipConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantMembershipConnection'] = ResolversParentTypes['TenantMembershipConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TenantMembershipEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TenantMembershipEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TenantMembershipEdge'] = ResolversParentTypes['TenantMembershipEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TenantMembership'], ParentType, ContextType>;
};

export type TotpEnrolmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TotpEnrolment'] = ResolversParentTypes['TotpEnrolment']> = {
  qrSvg?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TrustedDeviceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TrustedDevice'] = ResolversParentTypes['TrustedDevice']> = {
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpstreamClaimsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpstreamClaims'] = ResolversParentTypes['UpstreamClaims']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UpstreamLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpstreamLink'] = ResolversParentTypes['UpstreamLink']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpstreamProviderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpstreamProvider'] = ResolversParentTypes['UpstreamProvider']> = {
  allowedDomains?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  claims?: Resolver<ResolversTypes['UpstreamClaims'], ParentType, ContextType>;
  clientId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issuer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  redirectUri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpstreamProviderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpstreamProviderConnection'] = ResolversParentTypes['UpstreamProviderConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UpstreamProviderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UpstreamProviderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpstreamProviderEdge'] = ResolversParentTypes['UpstreamProviderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['UpstreamProvider'], ParentType, ContextType>;
};

export type UpstreamRedirectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpstreamRedirect'] = ResolversParentTypes['UpstreamRedirect']> = {
  browser?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerified?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  language?: Resolver<Maybe<ResolversTypes['InterfaceLanguage']>, ParentType, ContextType>;
  mfa?: Resolver<Maybe<ResolversTypes['MfaStatus']>, ParentType, ContextType>;
  passkeys?: Resolver<Maybe<Array<ResolversTypes['Passkey']>>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['UserStatus']>, ParentType, ContextType>;
  tenantMemberships?: Resolver<Maybe<Array<ResolversTypes['TenantMembership']>>, ParentType, ContextType>;
  trustedDevices?: Resolver<Maybe<Array<ResolversTypes['TrustedDevice']>>, ParentType, ContextType>;
  upstreamLinks?: Resolver<Maybe<Array<ResolversTypes['UpstreamLink']>>, ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Application?: ApplicationResolvers<ContextType>;
  ApplicationConnection?: ApplicationConnectionResolvers<ContextType>;
  ApplicationEdge?: ApplicationEdgeResolvers<ContextType>;
  ApplicationSecret?: ApplicationSecretResolvers<ContextType>;
  ApplicationSettings?: ApplicationSettingsResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  AuditExport?: AuditExportResolvers<ContextType>;
  Community?: CommunityResolvers<ContextType>;
  Consent?: ConsentResolvers<ContextType>;
  ConsentConnection?: ConsentConnectionResolvers<ContextType>;
  ConsentEdge?: ConsentEdgeResolvers<ContextType>;
  CreatedInvitation?: CreatedInvitationResolvers<ContextType>;
  CreatedPersonalToken?: CreatedPersonalTokenResolvers<ContextType>;
  CreatedRegistrationToken?: CreatedRegistrationTokenResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  EmailCodeSent?: EmailCodeSentResolvers<ContextType>;
  Invitation?: InvitationResolvers<ContextType>;
  InvitationConnection?: InvitationConnectionResolvers<ContextType>;
  InvitationEdge?: InvitationEdgeResolvers<ContextType>;
  InvitationPreview?: InvitationPreviewResolvers<ContextType>;
  InvitationUse?: InvitationUseResolvers<ContextType>;
  InvitationUseConnection?: InvitationUseConnectionResolvers<ContextType>;
  InvitationUseEdge?: InvitationUseEdgeResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  MfaRequired?: MfaRequiredResolvers<ContextType>;
  MfaStatus?: MfaStatusResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Passkey?: PasskeyResolvers<ContextType>;
  PasskeyOptions?: PasskeyOptionsResolvers<ContextType>;
  PersonalToken?: PersonalTokenResolvers<ContextType>;
  PersonalTokenConnection?: PersonalTokenConnectionResolvers<ContextType>;
  PersonalTokenEdge?: PersonalTokenEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecoveryCodes?: RecoveryCodesResolvers<ContextType>;
  RegisteredApplication?: RegisteredApplicationResolvers<ContextType>;
  RegistrationToken?: RegistrationTokenResolvers<ContextType>;
  RegistrationTokenConnection?: RegistrationTokenConnectionResolvers<ContextType>;
  RegistrationTokenEdge?: RegistrationTokenEdgeResolvers<ContextType>;
  SignInProvider?: SignInProviderResolvers<ContextType>;
  SignInResult?: SignInResultResolvers<ContextType>;
  SignUpAccepted?: SignUpAcceptedResolvers<ContextType>;
  SignedIn?: SignedInResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  TenantMembership?: TenantMembershipResolvers<ContextType>;
  TenantMembershipConnection?: TenantMembershipConnectionResolvers<ContextType>;
  TenantMembershipEdge?: TenantMembershipEdgeResolvers<ContextType>;
  TotpEnrolment?: TotpEnrolmentResolvers<ContextType>;
  TrustedDevice?: TrustedDeviceResolvers<ContextType>;
  UpstreamClaims?: UpstreamClaimsResolvers<ContextType>;
  UpstreamLink?: UpstreamLinkResolvers<ContextType>;
  UpstreamProvider?: UpstreamProviderResolvers<ContextType>;
  UpstreamProviderConnection?: UpstreamProviderConnectionResolvers<ContextType>;
  UpstreamProviderEdge?: UpstreamProviderEdgeResolvers<ContextType>;
  UpstreamRedirect?: UpstreamRedirectResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  guard?: GuardDirectiveResolver<any, any, ContextType>;
  live?: LiveDirectiveResolver<any, any, ContextType>;
  serves?: ServesDirectiveResolver<any, any, ContextType>;
};
