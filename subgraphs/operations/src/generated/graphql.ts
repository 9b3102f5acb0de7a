import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PersistedOperationRow as PersistedOperationRowEntity, Published as PublishedEntity } from '../domain/operation/operation.entity.ts';
import type { Limits as LimitsEntity } from '../domain/namespace/namespace.entity.ts';
import type { Breach as BreachEntity } from '../domain/operation/operation.errors.ts';
import type { PublicationRow as PublicationRowEntity } from '../domain/publication/publication.entity.ts';
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

export type Application = Node & {
  __typename?: 'Application';
  id: Scalars['ID']['output'];
};

/** What `limitOperation` needs; what is null is no limit of its own. */
export type LimitOperationInput = {
  /** The application; null for an operation of all clients of the tenant. */
  applicationId?: InputMaybe<Scalars['ID']['input']>;
  /** Id as published. */
  id: Scalars['ID']['input'];
  /** What it may cost, 10 to 1,000,000,000, in place of what its clients' limits say; more or less than theirs. The limit of the installation holds besides. */
  maxCost?: InputMaybe<Scalars['Int']['input']>;
  /** How often one viewer, or one network without one, may send it per minute, 1 to 1,000,000,000. */
  usesPerMinute?: InputMaybe<Scalars['Int']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** For the gateway: counts uses, as `[{ key, uses, lastUsedAt }]`; answers how many operations they were. */
  _noteUses: Scalars['Int']['output'];
  /**
   * Limits one published operation; at once, or within five seconds where several gateways run. Needs `operations.operation.manage` at the tenant. NOT_FOUND where nobody
   * published it, or it is retired. Retiring and publishing it again changes none of its limits.
   */
  limitOperation?: Maybe<PersistedOperation>;
  /**
   * Publishes operations, so that clients can send their ids: whoever registered the application while it is approved, the application itself, and whoever holds
   * `operations.operation.manage`; without an application the latter only. All of them or none: VALIDATION_ERROR says in `details.operations` what is wrong, as
   * `[{ id, code, message }]`, 50 at most. Each document holds one operation, is valid against this graph and within the bounds of every document; an id that looks like a
   * SHA-256 is that of its text. CONFLICT where an id stands for another text already, or beyond 20,000 operations of one application. Publishing again changes nothing.
   */
  publishOperations?: Maybe<PublishedManifest>;
  /**
   * The same for a manifest that was uploaded (`requestUpload`, kind MANIFEST): a job publishes it, all of it or nothing, and `publication` says how far it is. Needs what
   * `publishOperations` needs, also when the job comes to it; TOKEN_INVALID for no such upload.
   */
  publishUploadedOperations?: Maybe<Publication>;
  /**
   * Retires operations: at once, or within five seconds where several gateways run, their ids are answered as unknown ones. Needs what publishing needs. Answers how many
   * were retired; what is unknown or retired already counts for nothing.
   */
  retireOperations?: Maybe<Scalars['Int']['output']>;
  /**
   * Says what clients of an application, or all others of the tenant, may send. Needs `operations.operation.manage` at the tenant. What those who hold it send
   * themselves is not held to the level, so that nobody locks themselves out.
   */
  setOperationLimits?: Maybe<OperationLimits>;
};


export type Mutation_NoteUsesArgs = {
  uses: Scalars['JSON']['input'];
};


export type MutationLimitOperationArgs = {
  input: LimitOperationInput;
};


export type MutationPublishOperationsArgs = {
  input: PublishOperationsInput;
};


export type MutationPublishUploadedOperationsArgs = {
  input: PublishUploadedOperationsInput;
};


export type MutationRetireOperationsArgs = {
  applicationId?: InputMaybe<Scalars['ID']['input']>;
  ids: Array<Scalars['ID']['input']>;
};


export type MutationSetOperationLimitsArgs = {
  input: OperationLimitsInput;
};

/**
 * A thing that has an id of its own. Ids are UUIDs in lower case; no two things have the same, of whatever type, so that a cache may keep things by their
 * ids alone.
 */
export type Node = {
  /** Id of the thing, for as long as it is there; never given to another. */
  id: Scalars['ID']['output'];
};

/** What clients may send, from the freest to the strictest. */
export type OperationLevel =
  /** Published operations by their id alone. */
  | 'IDS_ONLY'
  /** Any document; those that nobody published are logged and counted. */
  | 'LOG'
  /** Any document, also as an automatic persisted query. */
  | 'OPEN'
  /** Published operations, by id or by their text, however that is laid out. */
  | 'SAFELIST';

/**
 * What clients may send: of one application, or of all others in the tenant (anonymous ones, sessions, scripts with personal tokens). A client that only names an application,
 * by the header `graphql-client-name`, gets the stricter of both.
 */
export type OperationLimits = {
  __typename?: 'OperationLimits';
  /** The application; null where these are the limits of all others, or where it cannot be shown. */
  application?: Maybe<Application>;
  /** What they may send; OPEN until somebody says otherwise. */
  level: OperationLevel;
  /** What one operation of theirs may cost; null for the limit of the installation. */
  maxCost?: Maybe<Scalars['Int']['output']>;
  /** Points that all clients of the application together may spend per minute, beside what each of them may; null for no limit of its own. */
  pointsPerMinute?: Maybe<Scalars['Int']['output']>;
  /** When they were set last; null if never. */
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** What `setOperationLimits` needs; what is null is no limit. */
export type OperationLimitsInput = {
  /** The application; null for all clients of the tenant that are none. */
  applicationId?: InputMaybe<Scalars['ID']['input']>;
  /** What they may send. */
  level: OperationLevel;
  /** What one operation may cost, 10 to 1,000,000,000; the limit of the installation holds besides. */
  maxCost?: InputMaybe<Scalars['Int']['input']>;
  /** Points per minute, 100 to 1,000,000,000, of all clients of the application together. */
  pointsPerMinute?: InputMaybe<Scalars['Int']['input']>;
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

/**
 * An operation that a client's build published, so that its requests name it by id instead of sending its text. It is told apart by its id and the application
 * that it belongs to together, so it is no Node: two applications may have published the same id.
 */
export type PersistedOperation = {
  __typename?: 'PersistedOperation';
  /** The application whose clients may use it; null where all clients of the tenant may, or where the application cannot be shown. */
  application?: Maybe<Application>;
  /** The document, at most 262,144 characters: one operation with its fragments. */
  body: Scalars['String']['output'];
  /**
   * Id as it was published, at most 256 characters, without a `sha256:` before it: the SHA-256 of the text in hex, or what the client's tools make. It stands for one text
   * for good within its application.
   */
  id: Scalars['ID']['output'];
  /** When it was used last, to the minute or so; null if never. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it may cost, in place of what its clients' limits say; that of the installation holds besides. Null for theirs. */
  maxCost?: Maybe<Scalars['Int']['output']>;
  /** Name of the operation in its document; null for one without. */
  name?: Maybe<Scalars['String']['output']>;
  /** When it was published, or brought back, last. */
  publishedAt: Scalars['DateTime']['output'];
  /** When it was retired; null while it may be used. A retired one is answered as one that was never published. */
  retiredAt?: Maybe<Scalars['DateTime']['output']>;
  /** SHA-256 of `body` in hex, by which metrics name it. */
  sha256: Scalars['String']['output'];
  /** What kind of operation it is: `query` or `mutation`. */
  type: Scalars['String']['output'];
  /** How often it was used, a minute or so late, 2,147,483,647 at most. */
  uses: Scalars['Int']['output'];
  /** How often one viewer, or one network without one, may send it per minute, 1 to 1,000,000,000, at each gateway; null for no limit of its own. */
  usesPerMinute?: Maybe<Scalars['Int']['output']>;
};

/** A page of persisted operations. */
export type PersistedOperationConnection = {
  __typename?: 'PersistedOperationConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<PersistedOperationEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A persisted operation in a list. */
export type PersistedOperationEdge = {
  __typename?: 'PersistedOperationEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The operation. */
  node: PersistedOperation;
};

/** The publication of an uploaded manifest, seen by whoever sent it. */
export type Publication = Node & {
  __typename?: 'Publication';
  /** The application that it is for; null where it is for all clients of the tenant. */
  application?: Maybe<Application>;
  /** When it was sent. */
  createdAt: Scalars['DateTime']['output'];
  /** Operations that were looked at. */
  done: Scalars['Int']['output'];
  /** When it was over; null before. */
  finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Why it failed, for people to read; null where it did not. */
  problem?: Maybe<Scalars['String']['output']>;
  /** Operations because of which it failed, 50 at most. */
  refused: Array<RefusedOperation>;
  /** What came of it; null before it is DONE. */
  result?: Maybe<PublishedManifest>;
  /** Where it stands. */
  status: PublicationStatus;
  /** Operations of the manifest; null before it was read. */
  total?: Maybe<Scalars['Int']['output']>;
};

/** Where the publication of an uploaded manifest stands. */
export type PublicationStatus =
  /** It is published, or would be where it was only tried. */
  | 'DONE'
  /** Nothing of it was published. */
  | 'FAILED'
  /** Its operations are being looked at. */
  | 'RUNNING'
  /** It waits for its turn. */
  | 'WAITING';

/** What `publishOperations` needs. */
export type PublishOperationsInput = {
  /** The application whose clients may use them; null for all clients of the tenant. */
  applicationId?: InputMaybe<Scalars['ID']['input']>;
  /** True to be told what would come of it, and nothing more; false where it is null. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /**
   * Apollo's manifest (`{ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [{ "id", "name", "type", "body" }] }`), Relay's and codegen's
   * `{ "id": "text" }`, or `[["id", "text"]]`. 1 to 1,000 operations, 524,288 characters of text in all; larger ones by upload
   * (`publishUploadedOperations`), or in parts, as `npm run operations` does by itself.
   */
  manifest: Scalars['JSON']['input'];
};

/** What `publishUploadedOperations` needs. */
export type PublishUploadedOperationsInput = {
  /** The application whose clients may use them; null for all clients of the tenant. */
  applicationId?: InputMaybe<Scalars['ID']['input']>;
  /** True to be told what would come of it, and nothing more; false where it is null. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Token of an upload of the kind MANIFEST: a manifest in the forms of `publishOperations`, of at most 20,000 operations in 10 MiB. */
  upload: Scalars['String']['input'];
};

/** What came of publishing a manifest. */
export type PublishedManifest = {
  __typename?: 'PublishedManifest';
  /** Those that were not published before. */
  added: Scalars['Int']['output'];
  /** The application that it was published for; null where it was for all clients of the tenant. */
  application?: Maybe<Application>;
  /** Whether it was only tried: then nothing was changed, and the counts are what would have been. */
  dryRun: Scalars['Boolean']['output'];
  /** Operations of the manifest. */
  operations: Scalars['Int']['output'];
  /** Those that had been retired and may be used again. */
  restored: Scalars['Int']['output'];
  /** Those that were published already. */
  unchanged: Scalars['Int']['output'];
};

export type Query = {
  __typename?: 'Query';
  /**
   * For the gateway: limits of the tenant's applications, as `[{ applicationId, level, pointsPerMinute, maxCost, limitsOperations, revision }]`; those that differ from
   * none at all. `limitsOperations` says whether one of their operations has limits of its own.
   */
  _operationNamespaces?: Maybe<Scalars['JSON']['output']>;
  /**
   * For the gateway: the operation that an application's clients mean by this id, or by this document, as `{ key, id, applicationId, body, sha256, type, name, usesPerMinute, maxCost }`; the
   * application's own first, then those of the tenant. Null for one that is unknown or retired.
   */
  _persistedOperation?: Maybe<Scalars['JSON']['output']>;
  /** For the gateway: operations that an application's clients may use, newest first, 25 at most, as `_persistedOperation` has them; those of the tenant are not among them. */
  _publishedOperations?: Maybe<Scalars['JSON']['output']>;
  /** For the gateway, of no tenant: ids of tenants that have published operations, by id, 1,000 at most. */
  _publishingTenants?: Maybe<Array<Scalars['ID']['output']>>;
  /** What clients of an application may send, for those who see its operations; without an application, what all other clients of the tenant may. */
  operationLimits?: Maybe<OperationLimits>;
  /**
   * Operations that were published for an application, newest first: for whoever registered it, for the application itself, and for those with
   * `operations.operation.read`; to all others it does not exist (NOT_FOUND). Without an application those for all clients of the tenant, for those with that
   * permission only, else FORBIDDEN.
   */
  persistedOperations?: Maybe<PersistedOperationConnection>;
  /** A publication of an uploaded manifest that the viewer began, one of their last 20; null for any other. */
  publication?: Maybe<Publication>;
};


export type Query_PersistedOperationArgs = {
  applicationId?: InputMaybe<Scalars['ID']['input']>;
  id?: InputMaybe<Scalars['String']['input']>;
  normalHash?: InputMaybe<Scalars['String']['input']>;
};


export type Query_PublishedOperationsArgs = {
  applicationId?: InputMaybe<Scalars['ID']['input']>;
  before?: InputMaybe<Scalars['ID']['input']>;
};


export type Query_PublishingTenantsArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryOperationLimitsArgs = {
  applicationId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryPersistedOperationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  applicationId?: InputMaybe<Scalars['ID']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPublicationArgs = {
  id: Scalars['ID']['input'];
};

/** An operation of a manifest that cannot be published. */
export type RefusedOperation = {
  __typename?: 'RefusedOperation';
  /** What is wrong, as `publishOperations` says it: `GRAPHQL_VALIDATION_FAILED`, `HASH_MISMATCH`, `ID_TWICE` and others. */
  code: Scalars['String']['output'];
  /** The same for people to read. */
  message: Scalars['String']['output'];
  /** Its id in the manifest, at most 300 characters of it. */
  operationId: Scalars['ID']['output'];
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




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( { __typename?: 'Application'; id: string } )
    | ( PublicationRowEntity )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Application: ResolverTypeWrapper<{ __typename?: 'Application'; id: string }>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  LimitOperationInput: LimitOperationInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  OperationLevel: OperationLevel;
  OperationLimits: ResolverTypeWrapper<LimitsEntity>;
  OperationLimitsInput: OperationLimitsInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PersistedOperation: ResolverTypeWrapper<PersistedOperationRowEntity>;
  PersistedOperationConnection: ResolverTypeWrapper<Omit<PersistedOperationConnection, 'edges'> & { edges: Array<ResolversTypes['PersistedOperationEdge']> }>;
  PersistedOperationEdge: ResolverTypeWrapper<Omit<PersistedOperationEdge, 'node'> & { node: ResolversTypes['PersistedOperation'] }>;
  Publication: ResolverTypeWrapper<PublicationRowEntity>;
  PublicationStatus: PublicationStatus;
  PublishOperationsInput: PublishOperationsInput;
  PublishUploadedOperationsInput: PublishUploadedOperationsInput;
  PublishedManifest: ResolverTypeWrapper<PublishedEntity>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefusedOperation: ResolverTypeWrapper<BreachEntity>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  Visibility: Visibility;
  cache__Scope: Cache__Scope;
  guard__Token: Guard__Token;
  guard__Who: Guard__Who;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Application: { __typename?: 'Application'; id: string };
  ID: Scalars['ID']['output'];
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  LimitOperationInput: LimitOperationInput;
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  OperationLimits: LimitsEntity;
  OperationLimitsInput: OperationLimitsInput;
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  PersistedOperation: PersistedOperationRowEntity;
  PersistedOperationConnection: Omit<PersistedOperationConnection, 'edges'> & { edges: Array<ResolversParentTypes['PersistedOperationEdge']> };
  PersistedOperationEdge: Omit<PersistedOperationEdge, 'node'> & { node: ResolversParentTypes['PersistedOperation'] };
  Publication: PublicationRowEntity;
  PublishOperationsInput: PublishOperationsInput;
  PublishUploadedOperationsInput: PublishUploadedOperationsInput;
  PublishedManifest: PublishedEntity;
  Query: Record<PropertyKey, never>;
  RefusedOperation: BreachEntity;
  ScopeInput: ScopeInput;
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

export type ApplicationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Application'] = ResolversParentTypes['Application']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  _noteUses: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<Mutation_NoteUsesArgs, 'uses'>>;
  limitOperation: Resolver<Maybe<ResolversTypes['PersistedOperation']>, ParentType, ContextType, RequireFields<MutationLimitOperationArgs, 'input'>>;
  publishOperations: Resolver<Maybe<ResolversTypes['PublishedManifest']>, ParentType, ContextType, RequireFields<MutationPublishOperationsArgs, 'input'>>;
  publishUploadedOperations: Resolver<Maybe<ResolversTypes['Publication']>, ParentType, ContextType, RequireFields<MutationPublishUploadedOperationsArgs, 'input'>>;
  retireOperations: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, RequireFields<MutationRetireOperationsArgs, 'ids'>>;
  setOperationLimits: Resolver<Maybe<ResolversTypes['OperationLimits']>, ParentType, ContextType, RequireFields<MutationSetOperationLimitsArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Application' | 'Publication', ParentType, ContextType>;
};

export type OperationLimitsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationLimits'] = ResolversParentTypes['OperationLimits']> = {
  application?: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType>;
  level?: Resolver<ResolversTypes['OperationLevel'], ParentType, ContextType>;
  maxCost?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  pointsPerMinute?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PersistedOperationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersistedOperation'] = ResolversParentTypes['PersistedOperation']> = {
  application?: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  maxCost?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  retiredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usesPerMinute?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PersistedOperationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersistedOperationConnection'] = ResolversParentTypes['PersistedOperationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PersistedOperationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PersistedOperationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PersistedOperationEdge'] = ResolversParentTypes['PersistedOperationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PersistedOperation'], ParentType, ContextType>;
};

export type PublicationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Publication'] = ResolversParentTypes['Publication']> = {
  application?: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refused?: Resolver<Array<ResolversTypes['RefusedOperation']>, ParentType, ContextType>;
  result?: Resolver<Maybe<ResolversTypes['PublishedManifest']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PublicationStatus'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PublishedManifestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishedManifest'] = ResolversParentTypes['PublishedManifest']> = {
  added?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  application?: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType>;
  dryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  operations?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  restored?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  _operationNamespaces: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  _persistedOperation: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, Partial<Query_PersistedOperationArgs>>;
  _publishedOperations: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, Partial<Query_PublishedOperationsArgs>>;
  _publishingTenants: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType, Partial<Query_PublishingTenantsArgs>>;
  operationLimits: Resolver<Maybe<ResolversTypes['OperationLimits']>, ParentType, ContextType, Partial<QueryOperationLimitsArgs>>;
  persistedOperations: Resolver<Maybe<ResolversTypes['PersistedOperationConnection']>, ParentType, ContextType, Partial<QueryPersistedOperationsArgs>>;
  publication: Resolver<Maybe<ResolversTypes['Publication']>, ParentType, ContextType, RequireFields<QueryPublicationArgs, 'id'>>;
};

export type RefusedOperationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefusedOperation'] = ResolversParentTypes['RefusedOperation']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Application?: ApplicationResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  OperationLimits?: OperationLimitsResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PersistedOperation?: PersistedOperationResolvers<ContextType>;
  PersistedOperationConnection?: PersistedOperationConnectionResolvers<ContextType>;
  PersistedOperationEdge?: PersistedOperationEdgeResolvers<ContextType>;
  Publication?: PublicationResolvers<ContextType>;
  PublishedManifest?: PublishedManifestResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RefusedOperation?: RefusedOperationResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  guard?: GuardDirectiveResolver<any, any, ContextType>;
  live?: LiveDirectiveResolver<any, any, ContextType>;
  serves?: ServesDirectiveResolver<any, any, ContextType>;
};
