import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { EventRow as EventRowEntity } from '../domain/event/event.entity.ts';
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

/** What `createEvent` needs. */
export type CreateEventInput = {
  /** One line of plain text, 1 to 200 characters. */
  title: Scalars['String']['input'];
  /** Who may see it: PUBLIC, COMMUNITY or PRIVATE; COMMUNITY where it is null. */
  visibility?: InputMaybe<Visibility>;
};

/** Something that a person put into the tenant. */
export type Event = Node & {
  __typename?: 'Event';
  /** Who made it; null where their account cannot be shown. */
  author?: Maybe<User>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When title or visibility last changed; null if never. */
  editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** One line of plain text, 1 to 200 characters. */
  title: Scalars['String']['output'];
  /**
   * Who may see it: PUBLIC whoever can reach the tenant; COMMUNITY the members of the tenant; PRIVATE its author. Whoever holds `events.event.manage` sees it
   * always. TEAM does not occur here.
   */
  visibility: Visibility;
};

/** A page of events. */
export type EventConnection = {
  __typename?: 'EventConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<EventEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A event in a list. */
export type EventEdge = {
  __typename?: 'EventEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: Event;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Makes a event. Needs `events.event.create` at the tenant, else FORBIDDEN. */
  createEvent?: Maybe<Event>;
  /** Deletes a event and answers it as it was. Needs what changing it needs. */
  deleteEvent?: Maybe<Event>;
  /** Changes a event: its author, and whoever holds `events.event.manage`. NOT_FOUND where it is hidden from the viewer, else FORBIDDEN. */
  updateEvent?: Maybe<Event>;
};


export type MutationCreateEventArgs = {
  input: CreateEventInput;
};


export type MutationDeleteEventArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdateEventArgs = {
  id: Scalars['ID']['input'];
  input: UpdateEventInput;
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

export type Query = {
  __typename?: 'Query';
  /** A event by its id; null where it is missing or hidden from the viewer. */
  event?: Maybe<Event>;
  /** Events of the tenant, newest first; only those that the viewer may see. */
  events?: Maybe<EventConnection>;
};


export type QueryEventArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
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

/** What changes about a event; what is absent or null stays as it is. */
export type UpdateEventInput = {
  /** One line of plain text, 1 to 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Who may see it: PUBLIC, COMMUNITY or PRIVATE. */
  visibility?: InputMaybe<Visibility>;
};

export type User = Node & {
  __typename?: 'User';
  id: Scalars['ID']['output'];
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
  Event: Event;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Event:
    ( { __typename: 'Event' }
    & GraphQLRecursivePick<FederationTypes['Event'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( EventRowEntity )
    | ( { __typename?: 'User'; id: string } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CreateEventInput: CreateEventInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Event: ResolverTypeWrapper<EventRowEntity>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges'> & { edges: Array<ResolversTypes['EventEdge']> }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  UpdateEventInput: UpdateEventInput;
  User: ResolverTypeWrapper<{ __typename?: 'User'; id: string }>;
  Visibility: Visibility;
  guard__Token: Guard__Token;
  guard__Who: Guard__Who;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CreateEventInput: CreateEventInput;
  DateTime: Scalars['DateTime']['output'];
  Event: EventRowEntity;
  ID: Scalars['ID']['output'];
  EventConnection: Omit<EventConnection, 'edges'> & { edges: Array<ResolversParentTypes['EventEdge']> };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  ScopeInput: ScopeInput;
  UpdateEventInput: UpdateEventInput;
  User: { __typename?: 'User'; id: string };
  String: Scalars['String']['output'];
};

export type GuardDirectiveArgs = {
  at?: Maybe<Scalars['String']['input']>;
  permission?: Maybe<Scalars['String']['input']>;
  scope?: Maybe<ScopeType>;
  token?: Maybe<Guard__Token>;
  who: Guard__Who;
};

export type GuardDirectiveResolver<Result, Parent, ContextType = Context, Args = GuardDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'], FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Event']> | FederationReferenceType, FederationReferenceType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  visibility?: Resolver<ResolversTypes['Visibility'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationCreateEventArgs, 'input'>>;
  deleteEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationDeleteEventArgs, 'id'>>;
  updateEvent: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<MutationUpdateEventArgs, 'id' | 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Event' | 'User', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  event: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, RequireFields<QueryEventArgs, 'id'>>;
  events: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, Partial<QueryEventsArgs>>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  guard?: GuardDirectiveResolver<any, any, ContextType>;
};
