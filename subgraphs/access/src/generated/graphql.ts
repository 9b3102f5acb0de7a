import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PermissionView as PermissionViewEntity } from '../domain/permission/permission.entity.ts';
import type { RoleRow as RoleRowEntity } from '../domain/role/role.entity.ts';
import type { RoleBindingRow as RoleBindingRowEntity } from '../domain/binding/binding.entity.ts';
import type { PolicyOverrideRow as PolicyOverrideRowEntity } from '../domain/override/override.entity.ts';
import type { SubjectFlagRow as SubjectFlagRowEntity } from '../domain/flag/flag.entity.ts';
import type { Answer as AnswerEntity } from '../domain/check/check.service.ts';
import type { UserRef as UserRefEntity } from '../domain/user.ts';
import type { Holding as HoldingEntity } from '../domain/check/effective.ts';
import type { Effect as EffectEntity } from '../domain/role/role.effect.ts';
import type { TestedPolicy as TestedPolicyEntity } from '../domain/role/policy-test.service.ts';
import type { AccessChangeRow as AccessChangeRowEntity } from '../domain/change/change.entity.ts';
import type { DecisionRecordRow as DecisionRecordRowEntity } from '../domain/check/decision.entity.ts';
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

/** One change of who may do what. Never edited, never removed. */
export type AccessChange = Node & {
  __typename?: 'AccessChange';
  /** Who did it; null where the software did. */
  actor?: Maybe<User>;
  /** How it is since; null where it is no more. */
  after?: Maybe<Scalars['JSON']['output']>;
  /** How it was before: ids and values; null where it was not. */
  before?: Maybe<Scalars['JSON']['output']>;
  /** Id of the change; later changes have higher ones. */
  id: Scalars['ID']['output'];
  /** What happened. */
  kind: AccessChangeKind;
  /** When it was written. */
  occurredAt: Scalars['DateTime']['output'];
  /** Why; null where nobody said. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Id of the scope it concerns, also of one that is gone; null for roles and flags. */
  scopeId?: Maybe<Scalars['ID']['output']>;
  /** Whom it concerns; null for roles and scopes. */
  user?: Maybe<User>;
};

/** A page of access changes, oldest first. */
export type AccessChangeConnection = {
  __typename?: 'AccessChangeConnection';
  /** The changes of this page with their cursors. */
  edges: Array<AccessChangeEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
  /** Give it as `since` to go on where this page ends, now or later: no change is missed and none comes twice. */
  resumeToken: Scalars['String']['output'];
};

/** An access change in a page. */
export type AccessChangeEdge = {
  __typename?: 'AccessChangeEdge';
  /** Position of the change, to be given as `since`. */
  cursor: Scalars['String']['output'];
  /** The change. */
  node: AccessChange;
};

/** What happened to access. */
export type AccessChangeKind =
  /** A role was given. */
  | 'BINDING_CREATED'
  /** A role was taken, or a membership ended. */
  | 'BINDING_REMOVED'
  /** The interval of a role binding changed. */
  | 'BINDING_UPDATED'
  /** Permissions came or went with new software. */
  | 'CATALOGUE_UPDATED'
  /** A master flag was cleared. */
  | 'FLAG_CLEARED'
  /** A master flag was set. */
  | 'FLAG_SET'
  /** A policy override was removed. */
  | 'OVERRIDE_REMOVED'
  /** A policy override was set or replaced. */
  | 'OVERRIDE_SET'
  /** The tenant made a role. */
  | 'ROLE_CREATED'
  /** The tenant deleted a role, and with it its bindings. */
  | 'ROLE_DELETED'
  /** The tenant edited a role. */
  | 'ROLE_UPDATED'
  /** A scope came to lie in another, or a community was opened, hidden, archived or taken out of the archive. */
  | 'SCOPE_MOVED'
  /** A scope became known. */
  | 'SCOPE_REGISTERED'
  /** A scope was removed with all that lay below. */
  | 'SCOPE_REMOVED'
  /** A template was made or edited by new software; it counts in all tenants. */
  | 'TEMPLATE_UPDATED';

/** One question for `canEach` and `checkAccess`. */
export type AccessCheckInput = {
  /** Code of the permission, such as `portal.post.create`. */
  permission: Scalars['String']['input'];
  /** Where it is to be used. */
  scope: ScopeInput;
};

/** A role to be given. */
export type BindRoleInput = {
  /** Why, up to 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Key of the role; the tenant's own is preferred to a template. */
  roleKey: Scalars['String']['input'];
  /** Where it is given. */
  scope: ScopeInput;
  /** Who receives it; a member of the tenant. */
  userId: Scalars['ID']['input'];
  /** From when it counts, inclusive; null: at once. */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Until when it counts, exclusive, in the future; null: without end. */
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
};

export type Community = Node & {
  __typename?: 'Community';
  id: Scalars['ID']['output'];
};

/** A role to be made. */
export type CreateRoleInput = {
  /** What it is for, up to 500 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Short name for machines, such as `club.treasurer`: lower-case words with dots, at most 64 characters. Unique per kind of scope; not `….owner`. */
  key: Scalars['String']['input'];
  /** Name for people, one line of 1 to 80 characters. */
  name: Scalars['String']['input'];
  /** Codes of what it grants; the viewer must hold all of them at the tenant. */
  permissions: Array<Scalars['String']['input']>;
  /** The kind of scope at which it can be given. */
  scopeType: ScopeType;
  /** Id of a template whose permissions are copied as well. Later edits of the template show as `outdated`. */
  template?: InputMaybe<Scalars['ID']['input']>;
};

/** The answer to one question "may this user do that there", with the reason and the row that decided. */
export type Decision = {
  __typename?: 'Decision';
  /** Whether the user may. */
  allowed: Scalars['Boolean']['output'];
  /** The override that decided; null unless the reason is OVERRIDE_ALLOW or OVERRIDE_DENY, and for viewers who may not see it. */
  override?: Maybe<PolicyOverride>;
  /** What was asked for; its description is empty where the code is unknown. */
  permission: Permission;
  /** Why. */
  reason: DecisionReason;
  /** The role that grants; null unless the reason is ROLE. */
  role?: Maybe<Role>;
  /** Where it was asked for; null where the reason is UNKNOWN. */
  scope?: Maybe<Scope>;
  /**
   * Version of the access data the decision rests on, of this user in this tenant. Give it as `atLeast` to later checks about them, and they will not
   * rest on older data.
   */
  version: Scalars['String']['output'];
};

/** Why a decision came out as it did. The first of these that applies decides. */
export type DecisionReason =
  /** Nothing grants the permission. Denied; so are, in `can` and `canEach`, scopes that do not exist, as those that are hidden from the viewer. */
  | 'NO_GRANT'
  /** The viewer holds the permission, and the access token of this request does not reach it. Denied; in `can` and `canEach` only. */
  | 'OUT_OF_SCOPE'
  /** A live ALLOW override lies on the path of the scope. Allowed. */
  | 'OVERRIDE_ALLOW'
  /** A live DENY override lies on the path of the scope. Denied. */
  | 'OVERRIDE_DENY'
  /** A live role binding on the path of the scope grants the permission. Allowed. */
  | 'ROLE'
  /** The user is suspended. Denied. */
  | 'SUSPENDED'
  /** The user is a system administrator. Allowed. */
  | 'SYSTEM_ADMIN'
  /** The permission or the scope does not exist in this tenant, or nobody is signed in. Denied. */
  | 'UNKNOWN';

/** What a policy override does. */
export type Effect =
  /** Grants the permission, as if a role did. */
  | 'ALLOW'
  /** Denies the permission at the scope and everywhere below it; no role and no other override reopens it. */
  | 'DENY';

/** All that one user may do at one scope. */
export type EffectiveAccess = {
  __typename?: 'EffectiveAccess';
  /** What the user may do there, in the order of the catalogue; never empty. */
  permissions: Array<Permission>;
  /** The scope. */
  scope?: Maybe<Scope>;
};

/** A page of scopes with what a user may do there: the tenant, then communities, then teams, each by id. Complete across its pages. */
export type EffectiveAccessConnection = {
  __typename?: 'EffectiveAccessConnection';
  /** The scopes of this page with their cursors. */
  edges: Array<EffectiveAccessEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
};

/** A scope in a page of effective access. */
export type EffectiveAccessEdge = {
  __typename?: 'EffectiveAccessEdge';
  /** Position of the scope, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The scope and what the user may do there. */
  node: EffectiveAccess;
};

/** A decision as it was given: all denials, all that rest on an override or on being system administrator, and a sample of the others. */
export type LoggedDecision = Node & {
  __typename?: 'LoggedDecision';
  /** Whether it was allowed. */
  allowed: Scalars['Boolean']['output'];
  /** Who asked: id of the user or application, name of the service that decided for itself; null for anonymous viewers. */
  askedBy?: Maybe<Scalars['ID']['output']>;
  /** Id of the entry; later ones have higher ones. */
  id: Scalars['ID']['output'];
  /** When it was given. */
  occurredAt: Scalars['DateTime']['output'];
  /** The permission that was asked for. */
  permission: Scalars['String']['output'];
  /** Why. */
  reason: DecisionReason;
  /** Request in which it was asked, as in `x-request-id` and in error messages; null where there was none. */
  requestId?: Maybe<Scalars['ID']['output']>;
  /** Id of the role binding or policy override that decided; null where none did. */
  rowId?: Maybe<Scalars['ID']['output']>;
  /** Id of the scope, as it was given. */
  scopeId: Scalars['ID']['output'];
  /** Kind of the scope it was asked for. */
  scopeType: ScopeType;
  /** Whom it concerned; null for anonymous viewers and for others than users. */
  user?: Maybe<User>;
  /** Version of the access data it rests on. */
  version: Scalars['String']['output'];
};

/** A page of logged decisions, newest first. */
export type LoggedDecisionConnection = {
  __typename?: 'LoggedDecisionConnection';
  /** The decisions of this page with their cursors. */
  edges: Array<LoggedDecisionEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
};

/** A logged decision in a page. */
export type LoggedDecisionEdge = {
  __typename?: 'LoggedDecisionEdge';
  /** Position of the decision, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The decision. */
  node: LoggedDecision;
};

/** A flag that stands above all roles of one user, on the whole platform. */
export type MasterFlag =
  /** Everything is denied, whatever roles the user holds, until the flag is cleared. */
  | 'SUSPENDED'
  /** Everything is allowed unless the user is suspended; each such decision is logged. For emergencies. */
  | 'SYSTEM_ADMIN';

/** A master flag as it was set. Seen by its user and by system administrators. */
export type MasterFlagGrant = Node & {
  __typename?: 'MasterFlagGrant';
  /** When it was set last. */
  createdAt: Scalars['DateTime']['output'];
  /** Which flag. */
  flag: MasterFlag;
  /** Who set it last; null where the software did. */
  grantedBy?: Maybe<User>;
  /** Id of the flag, the same until it is cleared. */
  id: Scalars['ID']['output'];
  /** Who decided on it. A user can be suspended by both, and is until both have ended. */
  origin: MasterFlagOrigin;
  /** Why; null where the software did not say. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Whom it concerns. */
  user?: Maybe<User>;
  /** Until when it counts, exclusive; null: until it is cleared. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of live master flags, oldest first. */
export type MasterFlagGrantConnection = {
  __typename?: 'MasterFlagGrantConnection';
  /** The flags of this page with their cursors. */
  edges: Array<MasterFlagGrantEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
};

/** A master flag in a page. */
export type MasterFlagGrantEdge = {
  __typename?: 'MasterFlagGrantEdge';
  /** Position of the flag, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The flag. */
  node: MasterFlagGrant;
};

/** Who decided on a master flag. */
export type MasterFlagOrigin =
  /** Identity, because the account is suspended: only `reinstateUser` ends it. */
  | 'ACCOUNT'
  /** An administrator of the installation, with `setMasterFlag`, which ends it, or the software at its start. */
  | 'ADMINISTRATOR';

export type Mutation = {
  __typename?: 'Mutation';
  /** For other services: gives a role, taking others in the same transaction. Idempotent. */
  _bindRole?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: logs decisions that they took themselves. True in any case; what cannot be kept is counted. */
  _logDecisions?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: declares the permissions and role templates of one subgraph; at boot. */
  _registerAccess?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: makes a scope of the tenant of the request known, or moves it. Idempotent. */
  _registerScope?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: forgets a community or team, all below it, their bindings and overrides. Idempotent. */
  _removeScope?: Maybe<Scalars['Boolean']['output']>;
  /**
   * For other services: hides two people of the tenant of the request from each other, or ends that. Idempotent. True where it was not so before. CONFLICT
   * beyond 1,000 people whom one has blocked, VALIDATION_ERROR for oneself.
   */
  _setBlock?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: sets or clears a platform-wide master flag. Idempotent. A suspension set so is that of the account, and ends so only. */
  _setMasterFlag?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: takes roles of a user at a scope. Idempotent. LAST_OWNER for the last owner of that scope, unless forced. */
  _unbindRoles?: Maybe<Scalars['Boolean']['output']>;
  /**
   * Gives a role; giving it again changes nothing, or only its interval. Needs `access.binding.manage` at the scope and every permission of the role there,
   * for as long as it is given; FORBIDDEN names what is `missing`. LAST_OWNER where the only owner of a scope would be one for a time.
   */
  bindRole?: Maybe<RoleBinding>;
  /** Makes a role of this tenant. Needs `access.role.manage`. */
  createRole?: Maybe<Role>;
  /** Deletes a role of this tenant, takes it from all who hold it and answers it as it was. Needs `access.role.manage`. */
  deleteRole?: Maybe<Role>;
  /** Removes an override and answers it as it was. Needs what setting it needs. */
  removePolicyOverride?: Maybe<PolicyOverride>;
  /**
   * Sets or clears a master flag on the whole platform. For system administrators who have confirmed who they are in the last 15 minutes. In an
   * emergency, make somebody SYSTEM_ADMIN until a moment: the flag ends by itself, and its holder makes nobody administer for longer (FORBIDDEN).
   * LAST_ADMINISTRATOR where nobody would be left who has it for good and is not suspended. A suspension of the account (`suspendUser`) is another one:
   * it goes on whatever is set here, and this one goes on after `reinstateUser`.
   */
  setMasterFlag?: Maybe<User>;
  /**
   * Allows or denies one permission to one user at a scope; replaces an earlier override of the same. Needs `access.override.manage` and the
   * permission itself at the scope, to allow it for as long as it is to be allowed. LAST_OWNER for a denial of somebody beside whom nobody else owns the scope.
   */
  setPolicyOverride?: Maybe<PolicyOverride>;
  /** Replaces what the tenant expects of its roles; an empty text removes it. POLICY_TEST_FAILED where it does not hold now. Needs `access.role.manage`. */
  setPolicyTest?: Maybe<PolicyTest>;
  /** Takes a role back and answers the binding as it was; once this answers, no later request is allowed by it. Needs what giving it needs. LAST_OWNER where nobody else owns the scope. */
  unbindRole?: Maybe<RoleBinding>;
  /**
   * Edits a role of this tenant; counts at once for all who hold it. Needs `access.role.manage`; POLICY_TEST_FAILED where the tenant's own
   * expectations would not hold.
   */
  updateRole?: Maybe<Role>;
};


export type Mutation_BindRoleArgs = {
  input: ServiceBindInput;
};


export type Mutation_LogDecisionsArgs = {
  entries: Scalars['JSON']['input'];
};


export type Mutation_RegisterAccessArgs = {
  declaration: Scalars['JSON']['input'];
  subgraph: Scalars['String']['input'];
};


export type Mutation_RegisterScopeArgs = {
  input: ScopeRegistrationInput;
};


export type Mutation_RemoveScopeArgs = {
  scope: ScopeInput;
};


export type Mutation_SetBlockArgs = {
  blocked: Scalars['Boolean']['input'];
  blockedId: Scalars['ID']['input'];
  blockerId: Scalars['ID']['input'];
};


export type Mutation_SetMasterFlagArgs = {
  flag: MasterFlag;
  reason: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
  value: Scalars['Boolean']['input'];
};


export type Mutation_UnbindRolesArgs = {
  below?: InputMaybe<Scalars['Boolean']['input']>;
  force?: InputMaybe<Scalars['Boolean']['input']>;
  membershipId?: InputMaybe<Scalars['ID']['input']>;
  roleKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  scope: ScopeInput;
  userId: Scalars['ID']['input'];
};


export type MutationBindRoleArgs = {
  input: BindRoleInput;
};


export type MutationCreateRoleArgs = {
  input: CreateRoleInput;
};


export type MutationDeleteRoleArgs = {
  bindings?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};


export type MutationRemovePolicyOverrideArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSetMasterFlagArgs = {
  flag: MasterFlag;
  reason: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
  value: Scalars['Boolean']['input'];
};


export type MutationSetPolicyOverrideArgs = {
  input: PolicyOverrideInput;
};


export type MutationSetPolicyTestArgs = {
  source: Scalars['String']['input'];
};


export type MutationUnbindRoleArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateRoleArgs = {
  id: Scalars['ID']['input'];
  input: UpdateRoleInput;
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

/** Something that may be granted. Codes read `<subgraph>.<noun>.<verb>`, such as `portal.post.create`, and never change their meaning. */
export type Permission = Node & {
  __typename?: 'Permission';
  /** The code that clients and roles name it by. */
  code: Scalars['String']['output'];
  /** What it allows, in one sentence of English; empty where nobody declares the code. */
  description: Scalars['String']['output'];
  /** Id of the permission, made of its code: the same in every installation, also for a code that nobody declares. */
  id: Scalars['ID']['output'];
  /** Kinds of scope at which it is asked for, and so at or above which it is worth granting; empty where nobody declares the code. */
  scopeTypes: Array<ScopeType>;
};

/**
 * One permission allowed to or denied one user at a scope and everywhere below it, whatever their roles say. Seen by that user and by holders of
 * `access.override.manage`.
 */
export type PolicyOverride = Node & {
  __typename?: 'PolicyOverride';
  /** When it was set. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether it allows or denies. */
  effect: Effect;
  /** Who set it; null where the software did. */
  grantedBy?: Maybe<User>;
  /** Id of the override. */
  id: Scalars['ID']['output'];
  /** What it allows or denies. */
  permission: Permission;
  /** Why it was set. */
  reason: Scalars['String']['output'];
  /** Where it counts, and everywhere below. */
  scope?: Maybe<Scope>;
  /** Whom it concerns. */
  user?: Maybe<User>;
  /** From when it counts, inclusive; null: from the beginning. */
  validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** Until when it counts, exclusive; null: without end. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of policy overrides, oldest first. */
export type PolicyOverrideConnection = {
  __typename?: 'PolicyOverrideConnection';
  /** The overrides of this page with their cursors. */
  edges: Array<PolicyOverrideEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
};

/** A policy override in a page. */
export type PolicyOverrideEdge = {
  __typename?: 'PolicyOverrideEdge';
  /** Position of the override, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The override. */
  node: PolicyOverride;
};

/** A permission to be allowed or denied to one user. */
export type PolicyOverrideInput = {
  /** Whether it allows or denies. */
  effect: Effect;
  /** Code of the permission. */
  permission: Scalars['String']['input'];
  /** Why, 1 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Where it counts, and everywhere below. */
  scope: ScopeInput;
  /** Whom it concerns; a member of the tenant. */
  userId: Scalars['ID']['input'];
  /** From when it counts, inclusive; null: at once. */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Until when it counts, exclusive, in the future; null: without end. */
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What a tenant expects of its roles, as YAML. Before a role is edited or deleted, all of it must hold. */
export type PolicyTest = {
  __typename?: 'PolicyTest';
  /** Expectations that do not hold now, each as one sentence. */
  failures: Array<Scalars['String']['output']>;
  /** Expectations that hold now. */
  passed: Scalars['Int']['output'];
  /** The YAML as it was given. */
  source: Scalars['String']['output'];
  /** When it was last replaced. */
  updatedAt: Scalars['DateTime']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** For other services: everything stored about one subject in the tenant of the request, with its versions; one snapshot. */
  _accessRows?: Maybe<Scalars['JSON']['output']>;
  /** For other services: permission codes with their bits, with their version; one snapshot. */
  _catalogue?: Maybe<Scalars['JSON']['output']>;
  /** For other services: what a user lacks to give this role there, as codes; empty where they may give it, null where there is no such role. */
  _lackedToGive?: Maybe<Array<Scalars['String']['output']>>;
  /** For other services: ids of the people who belong to a scope, ascending: those who hold a live role at exactly that scope and are not suspended. */
  _members?: Maybe<Array<Scalars['ID']['output']>>;
  /** For other services: the scopes of the tenant of the request, with their version; one snapshot. */
  _scopeTree?: Maybe<Scalars['JSON']['output']>;
  /** For other services: in how many communities and teams others hold a role beside a person, by id; who shares none is left out. */
  _sharedPlaces?: Maybe<Scalars['JSON']['output']>;
  /** History and watch feed of access in this tenant, oldest first. Needs `access.change.read`. */
  accessChanges?: Maybe<AccessChangeConnection>;
  /**
   * Whether the viewer may do something somewhere, and why, as the door of the gateway decides it: by what they hold and, with an access token, by what
   * that reaches. Never an error for what does not exist: a permission is denied as UNKNOWN, a scope as NO_GRANT, which is what a hidden one answers. What
   * the state of a thing forbids beside is told by the thing: an archived community takes nothing new whoever asks (`Community.archivedAt`).
   */
  can?: Maybe<Decision>;
  /** The same for up to 100 questions at once, answered in their order and all for the same moment. */
  canEach?: Maybe<Array<Decision>>;
  /** The same about another user. Needs `access.binding.read` at the tenant or at every scope asked about; about oneself, nothing. */
  checkAccess?: Maybe<Array<Decision>>;
  /** Every scope at which a user may do anything, with all they may do there. About others it needs `access.binding.read` at the tenant. */
  effectiveAccess?: Maybe<EffectiveAccessConnection>;
  /**
   * Decisions of the tenant, newest first: what clients and enforcement points asked, what the gateway's rules asked at the door, and what
   * the policies of all subgraphs asked inside their verbs. Every denial, every decision by an override or for a system administrator, and
   * a share of the ordinary allows; what only decides whether something is shown is left out. Needs `access.change.read`.
   */
  loggedDecisions?: Maybe<LoggedDecisionConnection>;
  /**
   * Who is suspended or administers the installation now, since when, until when, by whom and why: live master flags, oldest first. For system
   * administrators.
   */
  masterFlagGrants?: Maybe<MasterFlagGrantConnection>;
  /** All permissions that can be granted, in the order in which they came to be. */
  permissions?: Maybe<Array<Permission>>;
  /** Policy overrides, oldest first: at a scope, of a user, or in the whole tenant. Needs `access.override.manage` there, unless the user is the viewer. */
  policyOverrides?: Maybe<PolicyOverrideConnection>;
  /** What the tenant expects of its roles; null where it wrote nothing down. Needs `access.role.manage`. */
  policyTest?: Maybe<PolicyTest>;
  /** Who holds which role, oldest first: at a scope, of a user, or in the whole tenant. Needs `access.binding.read` there, unless the user is the viewer. */
  roleBindings?: Maybe<RoleBindingConnection>;
  /** What an edit of a role would do, before it is done. Needs `access.role.manage`. */
  roleEffect?: Maybe<RoleEffect>;
  /** The templates and the tenant's own roles. */
  roles?: Maybe<RoleConnection>;
  /**
   * Every user who may do something somewhere, by id: complete across its pages, and the same answer as `checkAccess` for each. Needs
   * `access.binding.read` at the scope.
   */
  whoCan?: Maybe<UserConnection>;
};


export type Query_AccessRowsArgs = {
  subjectId: Scalars['ID']['input'];
};


export type Query_LackedToGiveArgs = {
  forGood?: InputMaybe<Scalars['Boolean']['input']>;
  roleKey: Scalars['String']['input'];
  scope: ScopeInput;
  userId: Scalars['ID']['input'];
};


export type Query_MembersArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  permission?: InputMaybe<Scalars['String']['input']>;
  roleKey?: InputMaybe<Scalars['String']['input']>;
  scope: ScopeInput;
};


export type Query_SharedPlacesArgs = {
  others: Array<Scalars['ID']['input']>;
  userId: Scalars['ID']['input'];
};


export type QueryAccessChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  platform?: InputMaybe<Scalars['Boolean']['input']>;
  since?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCanArgs = {
  atLeast?: InputMaybe<Scalars['String']['input']>;
  permission: Scalars['String']['input'];
  scope: ScopeInput;
};


export type QueryCanEachArgs = {
  atLeast?: InputMaybe<Scalars['String']['input']>;
  checks: Array<AccessCheckInput>;
};


export type QueryCheckAccessArgs = {
  atLeast?: InputMaybe<Scalars['String']['input']>;
  checks: Array<AccessCheckInput>;
  userId: Scalars['ID']['input'];
};


export type QueryEffectiveAccessArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryLoggedDecisionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  allowed?: InputMaybe<Scalars['Boolean']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryMasterFlagGrantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  flag?: InputMaybe<MasterFlag>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPolicyOverridesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<ScopeInput>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryRoleBindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<ScopeInput>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryRoleEffectArgs = {
  id: Scalars['ID']['input'];
  permissions?: InputMaybe<Array<Scalars['String']['input']>>;
};


export type QueryRolesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryWhoCanArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  permission: Scalars['String']['input'];
  scope: ScopeInput;
};

/** A named bundle of permissions for one kind of scope: a template that all tenants share, or a role of this tenant. Seen by everyone who is signed in. */
export type Role = Node & {
  __typename?: 'Role';
  /** The template it was copied from; null for templates and for roles made from nothing. */
  copiedFrom?: Maybe<Role>;
  /** What the role is for; null where nobody wrote it down. */
  description?: Maybe<Scalars['String']['output']>;
  /** Id of the role. */
  id: Scalars['ID']['output'];
  /** Short name for machines, such as `portal.moderator`; unique per kind of scope. */
  key: Scalars['String']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Whether that template was edited since. The role does not follow by itself; compare the two and edit it. */
  outdated: Scalars['Boolean']['output'];
  /** What it grants, at its scope and everywhere below, in the order of the catalogue. Retired permissions are left out. */
  permissions: Array<Permission>;
  /** The kind of scope at which it can be given. */
  scopeType: ScopeType;
  /** Whether it is a template, shared by all tenants and edited by nobody but the software. */
  template: Scalars['Boolean']['output'];
  /** Grows by one with each edit. */
  version: Scalars['Int']['output'];
};

/** A role given to a user at a scope, for good or for a time. It holds at every scope below as well. Seen by that user and by holders of `access.binding.read`. */
export type RoleBinding = Node & {
  __typename?: 'RoleBinding';
  /** When it was given. */
  createdAt: Scalars['DateTime']['output'];
  /** Who gave it; null where the software did. */
  grantedBy?: Maybe<User>;
  /** Id of the binding. */
  id: Scalars['ID']['output'];
  /** Why it was given; null where nobody said. */
  reason?: Maybe<Scalars['String']['output']>;
  /** The role they hold. */
  role: Role;
  /** Where they hold it. */
  scope?: Maybe<Scope>;
  /** Who holds the role. */
  user?: Maybe<User>;
  /** From when it counts, inclusive; null: from the beginning. */
  validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** Until when it counts, exclusive; null: without end. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of role bindings, oldest first. */
export type RoleBindingConnection = {
  __typename?: 'RoleBindingConnection';
  /** The bindings of this page with their cursors. */
  edges: Array<RoleBindingEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
};

/** A role binding in a page. */
export type RoleBindingEdge = {
  __typename?: 'RoleBindingEdge';
  /** Position of the binding, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The binding. */
  node: RoleBinding;
};

/** A page of roles, ordered by id. */
export type RoleConnection = {
  __typename?: 'RoleConnection';
  /** The roles of this page with their cursors. */
  edges: Array<RoleEdge>;
  /** Where this page stands in the list. */
  pageInfo: PageInfo;
};

/** A role in a page. */
export type RoleEdge = {
  __typename?: 'RoleEdge';
  /** Position of the role, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The role. */
  node: Role;
};

/** What an edit or a deletion of a role would do to those who hold it now. */
export type RoleEffect = {
  __typename?: 'RoleEffect';
  /** Permissions it would gain. */
  added: Array<Permission>;
  /** How often the role is held. */
  bindings: Scalars['Int']['output'];
  /** Expectations of the policy test that would fail; while there are any, the edit is refused. */
  failures: Array<Scalars['String']['output']>;
  /** Permissions it would lose; all of them where it is deleted. */
  removed: Array<Permission>;
  /** How many users hold it. */
  users: Scalars['Int']['output'];
  /** How many users would be allowed something at a scope of theirs that they are not allowed now. */
  usersGaining: Scalars['Int']['output'];
  /** How many users would be denied something at a scope of theirs that they are allowed now, other roles considered. */
  usersLosing: Scalars['Int']['output'];
};

export type Scope = Community | Team | Tenant;

/** Names one tenant, community or team. A scope that is missing, hidden from the viewer or of another tenant is answered in the same way. */
export type ScopeInput = {
  /** Id of that tenant, community or team. */
  id: Scalars['ID']['input'];
  /** Kind of the scope. */
  type: ScopeType;
};

/** A scope that another service owns and access has to know. */
export type ScopeRegistrationInput = {
  /** Of a community: whether nothing new may come to it and its teams. Null leaves that as it is. */
  archived?: InputMaybe<Scalars['Boolean']['input']>;
  /** Its id. */
  id: Scalars['ID']['input'];
  /** Of a community: whether everybody who reaches the tenant may know of it. Null leaves that as it is; a new one is hidden from all but its members. */
  open?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the scope it lies in; null for a tenant, and the tenant itself where a community leaves it out. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
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

/** A role to be given by a service that has asked its own policy. */
export type ServiceBindInput = {
  /** Id of the membership that is about to lose the replaced roles; as of `_unbindRoles`. */
  membershipId?: InputMaybe<Scalars['ID']['input']>;
  /** Why, up to 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Keys of roles at the same scope that are taken in the same transaction. */
  replaces?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Key of the role; the type of the scope picks the template. */
  roleKey: Scalars['String']['input'];
  /** Where it is given. */
  scope: ScopeInput;
  /** Who receives it. */
  userId: Scalars['ID']['input'];
};

export type Team = Node & {
  __typename?: 'Team';
  id: Scalars['ID']['output'];
};

export type Tenant = Node & {
  __typename?: 'Tenant';
  id: Scalars['ID']['output'];
};

/** Changes of a role; what is left out stays as it is, and so does what is null, but for the description. */
export type UpdateRoleInput = {
  /** True to say that later edits of the copied template were looked at; `outdated` turns false. */
  caughtUp?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it is for, up to 500 characters; null or an empty text removes it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Name for people, one line of 1 to 80 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Codes of all that it grants from now on; the viewer must hold what is added (for good) and what is removed at the tenant. */
  permissions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Version that the edit is based on; CONFLICT where the role has another by now. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

export type User = Node & {
  __typename?: 'User';
  /**
   * Version of what access knows about the user in this tenant now, after a change in the same operation as well. Given as `atLeast` to later checks
   * about the user, it keeps them from resting on anything older. Null for everyone but the user and holders of `access.binding.read` at the tenant.
   */
  accessVersion?: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  /** The same with since when, until when, by whom and why. Null for everyone but the user and system administrators. */
  masterFlagGrants?: Maybe<Array<MasterFlagGrant>>;
  /** Live master flags of the user. Null for everyone but the user and system administrators. */
  masterFlags?: Maybe<Array<MasterFlag>>;
  /** Roles of the user in this tenant, oldest first. Null for everyone but the user and holders of `access.binding.read` at the tenant. */
  roleBindings?: Maybe<RoleBindingConnection>;
};


export type UserRoleBindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type UserConnection = {
  __typename?: 'UserConnection';
  edges: Array<UserEdge>;
  pageInfo: PageInfo;
};

export type UserEdge = {
  __typename?: 'UserEdge';
  cursor: Scalars['String']['output'];
  node?: Maybe<User>;
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
  Permission: Permission;
  PolicyOverride: PolicyOverride;
  Role: Role;
  RoleBinding: RoleBinding;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Permission:
    ( { __typename: 'Permission' }
    & GraphQLRecursivePick<FederationTypes['Permission'], {"code":true}> );
  PolicyOverride:
    ( { __typename: 'PolicyOverride' }
    & GraphQLRecursivePick<FederationTypes['PolicyOverride'], {"id":true}> );
  Role:
    ( { __typename: 'Role' }
    & GraphQLRecursivePick<FederationTypes['Role'], {"id":true}> );
  RoleBinding:
    ( { __typename: 'RoleBinding' }
    & GraphQLRecursivePick<FederationTypes['RoleBinding'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  Scope:
    | ( { __typename?: 'Community'; id: string } )
    | ( { __typename?: 'Team'; id: string } )
    | ( { __typename?: 'Tenant'; id: string } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( AccessChangeRowEntity )
    | ( { __typename?: 'Community'; id: string } )
    | ( DecisionRecordRowEntity )
    | ( SubjectFlagRowEntity )
    | ( PermissionViewEntity )
    | ( PolicyOverrideRowEntity )
    | ( RoleRowEntity )
    | ( RoleBindingRowEntity )
    | ( { __typename?: 'Team'; id: string } )
    | ( { __typename?: 'Tenant'; id: string } )
    | ( UserRefEntity )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessChange: ResolverTypeWrapper<AccessChangeRowEntity>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AccessChangeConnection: ResolverTypeWrapper<Omit<AccessChangeConnection, 'edges'> & { edges: Array<ResolversTypes['AccessChangeEdge']> }>;
  AccessChangeEdge: ResolverTypeWrapper<Omit<AccessChangeEdge, 'node'> & { node: ResolversTypes['AccessChange'] }>;
  AccessChangeKind: AccessChangeKind;
  AccessCheckInput: AccessCheckInput;
  BindRoleInput: BindRoleInput;
  Community: ResolverTypeWrapper<{ __typename?: 'Community'; id: string }>;
  CreateRoleInput: CreateRoleInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decision: ResolverTypeWrapper<AnswerEntity>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DecisionReason: DecisionReason;
  Effect: Effect;
  EffectiveAccess: ResolverTypeWrapper<HoldingEntity>;
  EffectiveAccessConnection: ResolverTypeWrapper<Omit<EffectiveAccessConnection, 'edges'> & { edges: Array<ResolversTypes['EffectiveAccessEdge']> }>;
  EffectiveAccessEdge: ResolverTypeWrapper<Omit<EffectiveAccessEdge, 'node'> & { node: ResolversTypes['EffectiveAccess'] }>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  LoggedDecision: ResolverTypeWrapper<DecisionRecordRowEntity>;
  LoggedDecisionConnection: ResolverTypeWrapper<Omit<LoggedDecisionConnection, 'edges'> & { edges: Array<ResolversTypes['LoggedDecisionEdge']> }>;
  LoggedDecisionEdge: ResolverTypeWrapper<Omit<LoggedDecisionEdge, 'node'> & { node: ResolversTypes['LoggedDecision'] }>;
  MasterFlag: MasterFlag;
  MasterFlagGrant: ResolverTypeWrapper<SubjectFlagRowEntity>;
  MasterFlagGrantConnection: ResolverTypeWrapper<Omit<MasterFlagGrantConnection, 'edges'> & { edges: Array<ResolversTypes['MasterFlagGrantEdge']> }>;
  MasterFlagGrantEdge: ResolverTypeWrapper<Omit<MasterFlagGrantEdge, 'node'> & { node: ResolversTypes['MasterFlagGrant'] }>;
  MasterFlagOrigin: MasterFlagOrigin;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Permission: ResolverTypeWrapper<PermissionViewEntity>;
  PolicyOverride: ResolverTypeWrapper<PolicyOverrideRowEntity>;
  PolicyOverrideConnection: ResolverTypeWrapper<Omit<PolicyOverrideConnection, 'edges'> & { edges: Array<ResolversTypes['PolicyOverrideEdge']> }>;
  PolicyOverrideEdge: ResolverTypeWrapper<Omit<PolicyOverrideEdge, 'node'> & { node: ResolversTypes['PolicyOverride'] }>;
  PolicyOverrideInput: PolicyOverrideInput;
  PolicyTest: ResolverTypeWrapper<TestedPolicyEntity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Role: ResolverTypeWrapper<RoleRowEntity>;
  RoleBinding: ResolverTypeWrapper<RoleBindingRowEntity>;
  RoleBindingConnection: ResolverTypeWrapper<Omit<RoleBindingConnection, 'edges'> & { edges: Array<ResolversTypes['RoleBindingEdge']> }>;
  RoleBindingEdge: ResolverTypeWrapper<Omit<RoleBindingEdge, 'node'> & { node: ResolversTypes['RoleBinding'] }>;
  RoleConnection: ResolverTypeWrapper<Omit<RoleConnection, 'edges'> & { edges: Array<ResolversTypes['RoleEdge']> }>;
  RoleEdge: ResolverTypeWrapper<Omit<RoleEdge, 'node'> & { node: ResolversTypes['Role'] }>;
  RoleEffect: ResolverTypeWrapper<EffectEntity>;
  Scope: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Scope']>;
  ScopeInput: ScopeInput;
  ScopeRegistrationInput: ScopeRegistrationInput;
  ScopeType: ScopeType;
  ServiceBindInput: ServiceBindInput;
  Team: ResolverTypeWrapper<{ __typename?: 'Team'; id: string }>;
  Tenant: ResolverTypeWrapper<{ __typename?: 'Tenant'; id: string }>;
  UpdateRoleInput: UpdateRoleInput;
  User: ResolverTypeWrapper<UserRefEntity>;
  UserConnection: ResolverTypeWrapper<Omit<UserConnection, 'edges'> & { edges: Array<ResolversTypes['UserEdge']> }>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node?: Maybe<ResolversTypes['User']> }>;
  Visibility: Visibility;
  cache__Scope: Cache__Scope;
  guard__Token: Guard__Token;
  guard__Who: Guard__Who;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessChange: AccessChangeRowEntity;
  ID: Scalars['ID']['output'];
  AccessChangeConnection: Omit<AccessChangeConnection, 'edges'> & { edges: Array<ResolversParentTypes['AccessChangeEdge']> };
  AccessChangeEdge: Omit<AccessChangeEdge, 'node'> & { node: ResolversParentTypes['AccessChange'] };
  AccessCheckInput: AccessCheckInput;
  BindRoleInput: BindRoleInput;
  Community: { __typename?: 'Community'; id: string };
  CreateRoleInput: CreateRoleInput;
  DateTime: Scalars['DateTime']['output'];
  Decision: AnswerEntity;
  Boolean: Scalars['Boolean']['output'];
  EffectiveAccess: HoldingEntity;
  EffectiveAccessConnection: Omit<EffectiveAccessConnection, 'edges'> & { edges: Array<ResolversParentTypes['EffectiveAccessEdge']> };
  EffectiveAccessEdge: Omit<EffectiveAccessEdge, 'node'> & { node: ResolversParentTypes['EffectiveAccess'] };
  JSON: Scalars['JSON']['output'];
  LoggedDecision: DecisionRecordRowEntity;
  LoggedDecisionConnection: Omit<LoggedDecisionConnection, 'edges'> & { edges: Array<ResolversParentTypes['LoggedDecisionEdge']> };
  LoggedDecisionEdge: Omit<LoggedDecisionEdge, 'node'> & { node: ResolversParentTypes['LoggedDecision'] };
  MasterFlagGrant: SubjectFlagRowEntity;
  MasterFlagGrantConnection: Omit<MasterFlagGrantConnection, 'edges'> & { edges: Array<ResolversParentTypes['MasterFlagGrantEdge']> };
  MasterFlagGrantEdge: Omit<MasterFlagGrantEdge, 'node'> & { node: ResolversParentTypes['MasterFlagGrant'] };
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Permission: PermissionViewEntity;
  PolicyOverride: PolicyOverrideRowEntity;
  PolicyOverrideConnection: Omit<PolicyOverrideConnection, 'edges'> & { edges: Array<ResolversParentTypes['PolicyOverrideEdge']> };
  PolicyOverrideEdge: Omit<PolicyOverrideEdge, 'node'> & { node: ResolversParentTypes['PolicyOverride'] };
  PolicyOverrideInput: PolicyOverrideInput;
  PolicyTest: TestedPolicyEntity;
  Query: Record<PropertyKey, never>;
  Role: RoleRowEntity;
  RoleBinding: RoleBindingRowEntity;
  RoleBindingConnection: Omit<RoleBindingConnection, 'edges'> & { edges: Array<ResolversParentTypes['RoleBindingEdge']> };
  RoleBindingEdge: Omit<RoleBindingEdge, 'node'> & { node: ResolversParentTypes['RoleBinding'] };
  RoleConnection: Omit<RoleConnection, 'edges'> & { edges: Array<ResolversParentTypes['RoleEdge']> };
  RoleEdge: Omit<RoleEdge, 'node'> & { node: ResolversParentTypes['Role'] };
  RoleEffect: EffectEntity;
  Scope: ResolversUnionTypes<ResolversParentTypes>['Scope'];
  ScopeInput: ScopeInput;
  ScopeRegistrationInput: ScopeRegistrationInput;
  ServiceBindInput: ServiceBindInput;
  Team: { __typename?: 'Team'; id: string };
  Tenant: { __typename?: 'Tenant'; id: string };
  UpdateRoleInput: UpdateRoleInput;
  User: UserRefEntity;
  UserConnection: Omit<UserConnection, 'edges'> & { edges: Array<ResolversParentTypes['UserEdge']> };
  UserEdge: Omit<UserEdge, 'node'> & { node?: Maybe<ResolversParentTypes['User']> };
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

export type AccessChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccessChange'] = ResolversParentTypes['AccessChange']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AccessChangeKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scopeId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccessChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccessChangeConnection'] = ResolversParentTypes['AccessChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AccessChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  resumeToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccessChangeEdge'] = ResolversParentTypes['AccessChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessChange'], ParentType, ContextType>;
};

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Decision'] = ResolversParentTypes['Decision']> = {
  allowed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  override?: Resolver<Maybe<ResolversTypes['PolicyOverride']>, ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['Permission'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['DecisionReason'], ParentType, ContextType>;
  role?: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EffectiveAccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EffectiveAccess'] = ResolversParentTypes['EffectiveAccess']> = {
  permissions?: Resolver<Array<ResolversTypes['Permission']>, ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
};

export type EffectiveAccessConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EffectiveAccessConnection'] = ResolversParentTypes['EffectiveAccessConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EffectiveAccessEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EffectiveAccessEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EffectiveAccessEdge'] = ResolversParentTypes['EffectiveAccessEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['EffectiveAccess'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LoggedDecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoggedDecision'] = ResolversParentTypes['LoggedDecision']> = {
  allowed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  askedBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['DecisionReason'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  rowId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  scopeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scopeType?: Resolver<ResolversTypes['ScopeType'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LoggedDecisionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoggedDecisionConnection'] = ResolversParentTypes['LoggedDecisionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LoggedDecisionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LoggedDecisionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoggedDecisionEdge'] = ResolversParentTypes['LoggedDecisionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LoggedDecision'], ParentType, ContextType>;
};

export type MasterFlagGrantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MasterFlagGrant'] = ResolversParentTypes['MasterFlagGrant']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  flag?: Resolver<ResolversTypes['MasterFlag'], ParentType, ContextType>;
  grantedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['MasterFlagOrigin'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MasterFlagGrantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MasterFlagGrantConnection'] = ResolversParentTypes['MasterFlagGrantConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MasterFlagGrantEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MasterFlagGrantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MasterFlagGrantEdge'] = ResolversParentTypes['MasterFlagGrantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MasterFlagGrant'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  _bindRole: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_BindRoleArgs, 'input'>>;
  _logDecisions: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_LogDecisionsArgs, 'entries'>>;
  _registerAccess: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_RegisterAccessArgs, 'declaration' | 'subgraph'>>;
  _registerScope: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_RegisterScopeArgs, 'input'>>;
  _removeScope: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_RemoveScopeArgs, 'scope'>>;
  _setBlock: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_SetBlockArgs, 'blocked' | 'blockedId' | 'blockerId'>>;
  _setMasterFlag: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_SetMasterFlagArgs, 'flag' | 'reason' | 'userId' | 'value'>>;
  _unbindRoles: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_UnbindRolesArgs, 'below' | 'force' | 'scope' | 'userId'>>;
  bindRole: Resolver<Maybe<ResolversTypes['RoleBinding']>, ParentType, ContextType, RequireFields<MutationBindRoleArgs, 'input'>>;
  createRole: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType, RequireFields<MutationCreateRoleArgs, 'input'>>;
  deleteRole: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType, RequireFields<MutationDeleteRoleArgs, 'id'>>;
  removePolicyOverride: Resolver<Maybe<ResolversTypes['PolicyOverride']>, ParentType, ContextType, RequireFields<MutationRemovePolicyOverrideArgs, 'id'>>;
  setMasterFlag: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationSetMasterFlagArgs, 'flag' | 'reason' | 'userId' | 'value'>>;
  setPolicyOverride: Resolver<Maybe<ResolversTypes['PolicyOverride']>, ParentType, ContextType, RequireFields<MutationSetPolicyOverrideArgs, 'input'>>;
  setPolicyTest: Resolver<Maybe<ResolversTypes['PolicyTest']>, ParentType, ContextType, RequireFields<MutationSetPolicyTestArgs, 'source'>>;
  unbindRole: Resolver<Maybe<ResolversTypes['RoleBinding']>, ParentType, ContextType, RequireFields<MutationUnbindRoleArgs, 'id'>>;
  updateRole: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType, RequireFields<MutationUpdateRoleArgs, 'id' | 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'AccessChange' | 'Community' | 'LoggedDecision' | 'MasterFlagGrant' | 'Permission' | 'PolicyOverride' | 'Role' | 'RoleBinding' | 'Team' | 'Tenant' | 'User', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PermissionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Permission'] = ResolversParentTypes['Permission'], FederationReferenceType extends FederationReferenceTypes['Permission'] = FederationReferenceTypes['Permission']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Permission']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scopeTypes?: Resolver<Array<ResolversTypes['ScopeType']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PolicyOverrideResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PolicyOverride'] = ResolversParentTypes['PolicyOverride'], FederationReferenceType extends FederationReferenceTypes['PolicyOverride'] = FederationReferenceTypes['PolicyOverride']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['PolicyOverride']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['Effect'], ParentType, ContextType>;
  grantedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['Permission'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PolicyOverrideConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PolicyOverrideConnection'] = ResolversParentTypes['PolicyOverrideConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PolicyOverrideEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PolicyOverrideEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PolicyOverrideEdge'] = ResolversParentTypes['PolicyOverrideEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PolicyOverride'], ParentType, ContextType>;
};

export type PolicyTestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PolicyTest'] = ResolversParentTypes['PolicyTest']> = {
  failures?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  passed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  _accessRows: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_AccessRowsArgs, 'subjectId'>>;
  _catalogue: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  _lackedToGive: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType, RequireFields<Query_LackedToGiveArgs, 'forGood' | 'roleKey' | 'scope' | 'userId'>>;
  _members: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType, RequireFields<Query_MembersArgs, 'scope'>>;
  _scopeTree: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  _sharedPlaces: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_SharedPlacesArgs, 'others' | 'userId'>>;
  accessChanges: Resolver<Maybe<ResolversTypes['AccessChangeConnection']>, ParentType, ContextType, RequireFields<QueryAccessChangesArgs, 'platform'>>;
  can: Resolver<Maybe<ResolversTypes['Decision']>, ParentType, ContextType, RequireFields<QueryCanArgs, 'permission' | 'scope'>>;
  canEach: Resolver<Maybe<Array<ResolversTypes['Decision']>>, ParentType, ContextType, RequireFields<QueryCanEachArgs, 'checks'>>;
  checkAccess: Resolver<Maybe<Array<ResolversTypes['Decision']>>, ParentType, ContextType, RequireFields<QueryCheckAccessArgs, 'checks' | 'userId'>>;
  effectiveAccess: Resolver<Maybe<ResolversTypes['EffectiveAccessConnection']>, ParentType, ContextType, Partial<QueryEffectiveAccessArgs>>;
  loggedDecisions: Resolver<Maybe<ResolversTypes['LoggedDecisionConnection']>, ParentType, ContextType, Partial<QueryLoggedDecisionsArgs>>;
  masterFlagGrants: Resolver<Maybe<ResolversTypes['MasterFlagGrantConnection']>, ParentType, ContextType, Partial<QueryMasterFlagGrantsArgs>>;
  permissions: Resolver<Maybe<Array<ResolversTypes['Permission']>>, ParentType, ContextType>;
  policyOverrides: Resolver<Maybe<ResolversTypes['PolicyOverrideConnection']>, ParentType, ContextType, Partial<QueryPolicyOverridesArgs>>;
  policyTest: Resolver<Maybe<ResolversTypes['PolicyTest']>, ParentType, ContextType>;
  roleBindings: Resolver<Maybe<ResolversTypes['RoleBindingConnection']>, ParentType, ContextType, Partial<QueryRoleBindingsArgs>>;
  roleEffect: Resolver<Maybe<ResolversTypes['RoleEffect']>, ParentType, ContextType, RequireFields<QueryRoleEffectArgs, 'id'>>;
  roles: Resolver<Maybe<ResolversTypes['RoleConnection']>, ParentType, ContextType, Partial<QueryRolesArgs>>;
  whoCan: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, RequireFields<QueryWhoCanArgs, 'permission' | 'scope'>>;
};

export type RoleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Role'] = ResolversParentTypes['Role'], FederationReferenceType extends FederationReferenceTypes['Role'] = FederationReferenceTypes['Role']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Role']> | FederationReferenceType, FederationReferenceType, ContextType>;
  copiedFrom?: Resolver<Maybe<ResolversTypes['Role']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outdated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  permissions?: Resolver<Array<ResolversTypes['Permission']>, ParentType, ContextType>;
  scopeType?: Resolver<ResolversTypes['ScopeType'], ParentType, ContextType>;
  template?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleBindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleBinding'] = ResolversParentTypes['RoleBinding'], FederationReferenceType extends FederationReferenceTypes['RoleBinding'] = FederationReferenceTypes['RoleBinding']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['RoleBinding']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  grantedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleBindingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleBindingConnection'] = ResolversParentTypes['RoleBindingConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RoleBindingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RoleBindingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleBindingEdge'] = ResolversParentTypes['RoleBindingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RoleBinding'], ParentType, ContextType>;
};

export type RoleConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleConnection'] = ResolversParentTypes['RoleConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RoleEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RoleEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleEdge'] = ResolversParentTypes['RoleEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type RoleEffectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleEffect'] = ResolversParentTypes['RoleEffect']> = {
  added?: Resolver<Array<ResolversTypes['Permission']>, ParentType, ContextType>;
  bindings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failures?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  removed?: Resolver<Array<ResolversTypes['Permission']>, ParentType, ContextType>;
  users?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usersGaining?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usersLosing?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ScopeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Scope'] = ResolversParentTypes['Scope']> = {
  __resolveType: TypeResolveFn<'Community' | 'Team' | 'Tenant', ParentType, ContextType>;
};

export type TeamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Team'] = ResolversParentTypes['Team']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  accessVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  masterFlagGrants?: Resolver<Maybe<Array<ResolversTypes['MasterFlagGrant']>>, ParentType, ContextType>;
  masterFlags?: Resolver<Maybe<Array<ResolversTypes['MasterFlag']>>, ParentType, ContextType>;
  roleBindings?: Resolver<Maybe<ResolversTypes['RoleBindingConnection']>, ParentType, ContextType, Partial<UserRoleBindingsArgs>>;
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
  AccessChange?: AccessChangeResolvers<ContextType>;
  AccessChangeConnection?: AccessChangeConnectionResolvers<ContextType>;
  AccessChangeEdge?: AccessChangeEdgeResolvers<ContextType>;
  Community?: CommunityResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decision?: DecisionResolvers<ContextType>;
  EffectiveAccess?: EffectiveAccessResolvers<ContextType>;
  EffectiveAccessConnection?: EffectiveAccessConnectionResolvers<ContextType>;
  EffectiveAccessEdge?: EffectiveAccessEdgeResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  LoggedDecision?: LoggedDecisionResolvers<ContextType>;
  LoggedDecisionConnection?: LoggedDecisionConnectionResolvers<ContextType>;
  LoggedDecisionEdge?: LoggedDecisionEdgeResolvers<ContextType>;
  MasterFlagGrant?: MasterFlagGrantResolvers<ContextType>;
  MasterFlagGrantConnection?: MasterFlagGrantConnectionResolvers<ContextType>;
  MasterFlagGrantEdge?: MasterFlagGrantEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Permission?: PermissionResolvers<ContextType>;
  PolicyOverride?: PolicyOverrideResolvers<ContextType>;
  PolicyOverrideConnection?: PolicyOverrideConnectionResolvers<ContextType>;
  PolicyOverrideEdge?: PolicyOverrideEdgeResolvers<ContextType>;
  PolicyTest?: PolicyTestResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Role?: RoleResolvers<ContextType>;
  RoleBinding?: RoleBindingResolvers<ContextType>;
  RoleBindingConnection?: RoleBindingConnectionResolvers<ContextType>;
  RoleBindingEdge?: RoleBindingEdgeResolvers<ContextType>;
  RoleConnection?: RoleConnectionResolvers<ContextType>;
  RoleEdge?: RoleEdgeResolvers<ContextType>;
  RoleEffect?: RoleEffectResolvers<ContextType>;
  Scope?: ScopeResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
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
