import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PermissionView as PermissionViewEntity } from '../domain/permission/permission.entity.ts';
import type { Role as RoleEntity } from '../domain/role/role.entity.ts';
import type { RoleBinding as RoleBindingEntity } from '../domain/binding/binding.entity.ts';
import type { PolicyOverride as PolicyOverrideEntity } from '../domain/override/override.entity.ts';
import type { Answer as AnswerEntity } from '../domain/check/check.service.ts';
import type { UserRef as UserRefEntity } from '../domain/user.ts';
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

export type Community = {
  __typename?: 'Community';
  id: Scalars['ID']['output'];
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
  /** Version of the access data the decision rests on. Give it as `atLeast` to later checks, and they will not rest on older data. */
  version: Scalars['String']['output'];
};

/** Why a decision came out as it did. The first of these that applies decides. */
export type DecisionReason =
  /** Nothing grants the permission. Denied. */
  | 'NO_GRANT'
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
  /** The permission or the scope does not exist in this tenant. Denied. */
  | 'UNKNOWN';

/** What a policy override does. */
export type Effect =
  /** Grants the permission, as if a role did. */
  | 'ALLOW'
  /** Denies the permission at the scope and everywhere below it; no role and no other override reopens it. */
  | 'DENY';

/** A flag that stands above all roles of one user, on the whole platform. */
export type MasterFlag =
  /** Everything is denied, whatever roles the user holds, until the flag is cleared. */
  | 'SUSPENDED'
  /** Everything is allowed unless the user is suspended; each such decision is logged. For emergencies. */
  | 'SYSTEM_ADMIN';

export type Mutation = {
  __typename?: 'Mutation';
  /** For other services: gives a role, taking others in the same transaction. Idempotent. */
  _bindRole?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: declares the permissions and role templates of one subgraph; at boot. */
  _registerAccess?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: makes a scope of the tenant of the request known, or moves it. Idempotent. */
  _registerScope?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: forgets a community or team, all below it, their bindings and overrides. Idempotent. */
  _removeScope?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: sets or clears a platform-wide master flag. Idempotent. */
  _setMasterFlag?: Maybe<Scalars['Boolean']['output']>;
  /** For other services: takes roles of a user at a scope. Idempotent. LAST_OWNER for the last owner of that scope, unless forced. */
  _unbindRoles?: Maybe<Scalars['Boolean']['output']>;
  /** Gives a role; giving it again changes nothing, or only its interval. Needs `access.binding.manage` at the scope and every permission of the role there. */
  bindRole?: Maybe<RoleBinding>;
  /** Sets or clears a master flag on the whole platform. For system administrators who have confirmed who they are in the last 15 minutes. */
  setMasterFlag?: Maybe<User>;
  /** Takes a role back; once this answers, no later request is allowed by it. Needs what giving it needs. LAST_OWNER where nobody else owns the scope. */
  unbindRole?: Maybe<Scalars['Boolean']['output']>;
};


export type Mutation_BindRoleArgs = {
  input: ServiceBindInput;
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


export type Mutation_SetMasterFlagArgs = {
  flag: MasterFlag;
  reason: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
  value: Scalars['Boolean']['input'];
};


export type Mutation_UnbindRolesArgs = {
  below?: InputMaybe<Scalars['Boolean']['input']>;
  force?: InputMaybe<Scalars['Boolean']['input']>;
  roleKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  scope: ScopeInput;
  userId: Scalars['ID']['input'];
};


export type MutationBindRoleArgs = {
  input: BindRoleInput;
};


export type MutationSetMasterFlagArgs = {
  flag: MasterFlag;
  reason: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
  value: Scalars['Boolean']['input'];
};


export type MutationUnbindRoleArgs = {
  id: Scalars['ID']['input'];
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
export type Permission = {
  __typename?: 'Permission';
  /** The code that clients and roles name it by. */
  code: Scalars['String']['output'];
  /** What it allows, in one sentence of English. */
  description: Scalars['String']['output'];
};

/**
 * One permission allowed to or denied one user at a scope and everywhere below it, whatever their roles say. Seen by that user and by holders of
 * `access.override.manage`.
 */
export type PolicyOverride = {
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

export type Query = {
  __typename?: 'Query';
  /** For other services: everything stored about one subject in the tenant of the request, with its versions; one snapshot. */
  _accessRows?: Maybe<Scalars['JSON']['output']>;
  /** For other services: permission codes with their bits, with their version; one snapshot. */
  _catalogue?: Maybe<Scalars['JSON']['output']>;
  /** For other services: the scopes of the tenant of the request, with their version; one snapshot. */
  _scopeTree?: Maybe<Scalars['JSON']['output']>;
  /** Whether the viewer may do something somewhere, and why. Never an error for what does not exist: that is denied as UNKNOWN. */
  can?: Maybe<Decision>;
  /** The same for up to 100 questions at once, answered in their order and all for the same moment. */
  canEach?: Maybe<Array<Decision>>;
  /** All permissions that can be granted, in the order in which they came to be. */
  permissions?: Maybe<Array<Permission>>;
  /** Who holds which role, oldest first: at a scope, of a user, or in the whole tenant. Needs `access.binding.read` there, unless the user is the viewer. */
  roleBindings?: Maybe<RoleBindingConnection>;
  /** The templates and the tenant's own roles. */
  roles?: Maybe<RoleConnection>;
};


export type Query_AccessRowsArgs = {
  subjectId: Scalars['ID']['input'];
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


export type QueryRoleBindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<ScopeInput>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryRolesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A named bundle of permissions for one kind of scope: a template that all tenants share, or a role of this tenant. Seen by everyone who is signed in. */
export type Role = {
  __typename?: 'Role';
  /** What the role is for; null where nobody wrote it down. */
  description?: Maybe<Scalars['String']['output']>;
  /** Id of the role. */
  id: Scalars['ID']['output'];
  /** Short name for machines, such as `portal.moderator`; unique per kind of scope. */
  key: Scalars['String']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
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
export type RoleBinding = {
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
  /** Its id. */
  id: Scalars['ID']['input'];
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

export type Team = {
  __typename?: 'Team';
  id: Scalars['ID']['output'];
};

export type Tenant = {
  __typename?: 'Tenant';
  id: Scalars['ID']['output'];
};

export type User = {
  __typename?: 'User';
  id: Scalars['ID']['output'];
  /** Live master flags of the user. Null for everyone but the user and system administrators. */
  masterFlags?: Maybe<Array<MasterFlag>>;
  /** Roles of the user in this tenant, oldest first. Null for everyone but the user and holders of `access.binding.read` at the tenant. */
  roleBindings?: Maybe<RoleBindingConnection>;
};


export type UserRoleBindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
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


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessCheckInput: AccessCheckInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  BindRoleInput: BindRoleInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Community: ResolverTypeWrapper<{ __typename?: 'Community'; id: string }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decision: ResolverTypeWrapper<AnswerEntity>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DecisionReason: DecisionReason;
  Effect: Effect;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  MasterFlag: MasterFlag;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Permission: ResolverTypeWrapper<PermissionViewEntity>;
  PolicyOverride: ResolverTypeWrapper<PolicyOverrideEntity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Role: ResolverTypeWrapper<RoleEntity>;
  RoleBinding: ResolverTypeWrapper<RoleBindingEntity>;
  RoleBindingConnection: ResolverTypeWrapper<Omit<RoleBindingConnection, 'edges'> & { edges: Array<ResolversTypes['RoleBindingEdge']> }>;
  RoleBindingEdge: ResolverTypeWrapper<Omit<RoleBindingEdge, 'node'> & { node: ResolversTypes['RoleBinding'] }>;
  RoleConnection: ResolverTypeWrapper<Omit<RoleConnection, 'edges'> & { edges: Array<ResolversTypes['RoleEdge']> }>;
  RoleEdge: ResolverTypeWrapper<Omit<RoleEdge, 'node'> & { node: ResolversTypes['Role'] }>;
  Scope: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Scope']>;
  ScopeInput: ScopeInput;
  ScopeRegistrationInput: ScopeRegistrationInput;
  ScopeType: ScopeType;
  ServiceBindInput: ServiceBindInput;
  Team: ResolverTypeWrapper<{ __typename?: 'Team'; id: string }>;
  Tenant: ResolverTypeWrapper<{ __typename?: 'Tenant'; id: string }>;
  User: ResolverTypeWrapper<UserRefEntity>;
  Visibility: Visibility;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessCheckInput: AccessCheckInput;
  String: Scalars['String']['output'];
  BindRoleInput: BindRoleInput;
  ID: Scalars['ID']['output'];
  Community: { __typename?: 'Community'; id: string };
  DateTime: Scalars['DateTime']['output'];
  Decision: AnswerEntity;
  Boolean: Scalars['Boolean']['output'];
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  Permission: PermissionViewEntity;
  PolicyOverride: PolicyOverrideEntity;
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  Role: RoleEntity;
  RoleBinding: RoleBindingEntity;
  RoleBindingConnection: Omit<RoleBindingConnection, 'edges'> & { edges: Array<ResolversParentTypes['RoleBindingEdge']> };
  RoleBindingEdge: Omit<RoleBindingEdge, 'node'> & { node: ResolversParentTypes['RoleBinding'] };
  RoleConnection: Omit<RoleConnection, 'edges'> & { edges: Array<ResolversParentTypes['RoleEdge']> };
  RoleEdge: Omit<RoleEdge, 'node'> & { node: ResolversParentTypes['Role'] };
  Scope: ResolversUnionTypes<ResolversParentTypes>['Scope'];
  ScopeInput: ScopeInput;
  ScopeRegistrationInput: ScopeRegistrationInput;
  ServiceBindInput: ServiceBindInput;
  Team: { __typename?: 'Team'; id: string };
  Tenant: { __typename?: 'Tenant'; id: string };
  User: UserRefEntity;
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

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  _bindRole: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_BindRoleArgs, 'input'>>;
  _registerAccess: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_RegisterAccessArgs, 'declaration' | 'subgraph'>>;
  _registerScope: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_RegisterScopeArgs, 'input'>>;
  _removeScope: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_RemoveScopeArgs, 'scope'>>;
  _setMasterFlag: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_SetMasterFlagArgs, 'flag' | 'reason' | 'userId' | 'value'>>;
  _unbindRoles: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<Mutation_UnbindRolesArgs, 'below' | 'force' | 'scope' | 'userId'>>;
  bindRole: Resolver<Maybe<ResolversTypes['RoleBinding']>, ParentType, ContextType, RequireFields<MutationBindRoleArgs, 'input'>>;
  setMasterFlag: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationSetMasterFlagArgs, 'flag' | 'reason' | 'userId' | 'value'>>;
  unbindRole: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<MutationUnbindRoleArgs, 'id'>>;
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
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  _accessRows: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_AccessRowsArgs, 'subjectId'>>;
  _catalogue: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  _scopeTree: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  can: Resolver<Maybe<ResolversTypes['Decision']>, ParentType, ContextType, RequireFields<QueryCanArgs, 'permission' | 'scope'>>;
  canEach: Resolver<Maybe<Array<ResolversTypes['Decision']>>, ParentType, ContextType, RequireFields<QueryCanEachArgs, 'checks'>>;
  permissions: Resolver<Maybe<Array<ResolversTypes['Permission']>>, ParentType, ContextType>;
  roleBindings: Resolver<Maybe<ResolversTypes['RoleBindingConnection']>, ParentType, ContextType, Partial<QueryRoleBindingsArgs>>;
  roles: Resolver<Maybe<ResolversTypes['RoleConnection']>, ParentType, ContextType, Partial<QueryRolesArgs>>;
};

export type RoleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Role'] = ResolversParentTypes['Role'], FederationReferenceType extends FederationReferenceTypes['Role'] = FederationReferenceTypes['Role']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Role']> | FederationReferenceType, FederationReferenceType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  permissions?: Resolver<Array<ResolversTypes['Permission']>, ParentType, ContextType>;
  scopeType?: Resolver<ResolversTypes['ScopeType'], ParentType, ContextType>;
  template?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  masterFlags?: Resolver<Maybe<Array<ResolversTypes['MasterFlag']>>, ParentType, ContextType>;
  roleBindings?: Resolver<Maybe<ResolversTypes['RoleBindingConnection']>, ParentType, ContextType, Partial<UserRoleBindingsArgs>>;
};

export type Resolvers<ContextType = Context> = {
  Community?: CommunityResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decision?: DecisionResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Permission?: PermissionResolvers<ContextType>;
  PolicyOverride?: PolicyOverrideResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Role?: RoleResolvers<ContextType>;
  RoleBinding?: RoleBindingResolvers<ContextType>;
  RoleBindingConnection?: RoleBindingConnectionResolvers<ContextType>;
  RoleBindingEdge?: RoleBindingEdgeResolvers<ContextType>;
  RoleConnection?: RoleConnectionResolvers<ContextType>;
  RoleEdge?: RoleEdgeResolvers<ContextType>;
  Scope?: ScopeResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

