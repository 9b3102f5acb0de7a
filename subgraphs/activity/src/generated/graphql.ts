import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Entry as EntryEntity } from '../domain/activity/entry.ts';
import type { FeedSubscriptionRow as FeedSubscriptionRowEntity } from '../domain/subscription/subscription.entity.ts';
import type { FeedMuteRow as FeedMuteRowEntity } from '../domain/mute/mute.entity.ts';
import type { Told as ToldEntity } from '../domain/notification/told.ts';
import type { Channels as ChannelsEntity } from '../domain/notification/setting.service.ts';
import type { PushSubscriptionRow as PushSubscriptionRowEntity } from '../domain/push/push-subscription.entity.ts';
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

/**
 * One entry of the feed: something that happened in the tenant. Whoever may not see the thing of which it speaks does not see the entry, which goes with its thing;
 * what it says is read from that thing at the moment of asking.
 */
export type Activity = Node & {
  __typename?: 'Activity';
  /**
   * Who did it: who wrote the post, founded or joined the community, planned the event; null where that is nobody or is not told, and where their account cannot
   * be shown.
   */
  actor?: Maybe<User>;
  /** Up to three of the others of the group, the last first; empty where the list is not grouped. */
  groupActors?: Maybe<Array<Maybe<User>>>;
  /**
   * How many people did the same to the same thing on the same day (UTC), of whom `actor` is the last: 1 to 100, where 100 stands for any more. Always 1 where the list is
   * not grouped.
   */
  groupSize: Scalars['Int']['output'];
  /** Id of the event that it tells of, UUIDv7: entries ascend with time. */
  id: Scalars['ID']['output'];
  /** The thing itself; null where it could not be reached. */
  object?: Maybe<ActivityObject>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** What else the event told, as an object; null where it told nothing else. */
  payload?: Maybe<Scalars['JSON']['output']>;
  /** Whether it is older than the viewer's mark (`markFeedRead`); null for all but people. */
  read?: Maybe<Scalars['Boolean']['output']>;
  /** Where it happened; null where the viewer may not see that place. */
  scope?: Maybe<Scope>;
  /** One line of English for people, such as `Alice and 4 others joined`; at most 500 characters. */
  summary: Scalars['String']['output'];
  /** Type of the event, such as `portal.post.created`. */
  type: Scalars['String']['output'];
  /** Who may see it: the visibility of the thing of which it speaks, as it is now. */
  visibility: Visibility;
};

/** A page of the feed. It may be shorter than asked for, where things ceased to be seen a moment ago. */
export type ActivityConnection = {
  __typename?: 'ActivityConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<ActivityEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An entry in a list. */
export type ActivityEdge = {
  __typename?: 'ActivityEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: Activity;
};

/** What an entry of the feed speaks of. */
export type ActivityObject = Community | Event | Poll | Post | Team;

export type Community = Node & {
  __typename?: 'Community';
  id: Scalars['ID']['output'];
};

export type Event = Node & {
  __typename?: 'Event';
  id: Scalars['ID']['output'];
};

/** What a person does not want to read at home: a type of entries, a place or a person. Seen by themselves alone. */
export type FeedMute = Node & {
  __typename?: 'FeedMute';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** The place that is muted, a community with its teams; null for a mute of something else, and where the viewer may not see it any more. */
  scope?: Maybe<Scope>;
  /** The type that is muted; null for a mute of a place or a person. */
  type?: Maybe<Scalars['String']['output']>;
  /** The person who is muted; null for a mute of something else, and where their account cannot be shown. */
  user?: Maybe<User>;
};

/** What `muteFeed` mutes: exactly one of the three. */
export type FeedMuteInput = {
  /** A place; a community with its teams. */
  scope?: InputMaybe<ScopeInput>;
  /** A type of entries, such as `portal.membership.activated`. */
  type?: InputMaybe<Scalars['String']['input']>;
  /** Id of a person. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** A place of which a person wants to read at home, or of which they want to read some types only. Seen by themselves alone. */
export type FeedSubscription = Node & {
  __typename?: 'FeedSubscription';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** The place; null where the viewer may not see it any more. */
  scope?: Maybe<Scope>;
  /** The types of entries of that place which are shown, as `feed` takes them, at most 20; null for all. */
  types?: Maybe<Array<Scalars['String']['output']>>;
};

/** How often notifications are mailed. Digests go at eight in the morning in the person's time zone. */
export type MailCadence =
  /** What came since the last morning. */
  | 'DAILY'
  /** Each at once. */
  | 'IMMEDIATELY'
  /** Not at all. */
  | 'NEVER'
  /** What came since the last Monday morning. */
  | 'WEEKLY';

export type Mutation = {
  __typename?: 'Mutation';
  /** Has the viewer's notifications pushed to a browser; the same endpoint again takes the new keys. VALIDATION_ERROR for keys that are none; CONFLICT beyond 20. */
  addPushSubscription?: Maybe<PushSubscription>;
  /** Marks the viewer's home feed as read up to a moment, which never moves back nor beyond now, and answers how many entries are left unread, at most 100. */
  markFeedRead?: Maybe<Scalars['Int']['output']>;
  /** Marks one of the viewer's notifications as read; again it stays as it was. NOT_FOUND for another's. */
  markNotificationRead?: Maybe<Notification>;
  /** Marks the viewer's notifications up to a moment as read and answers how many are left unread, at most 100. */
  markNotificationsRead?: Maybe<Scalars['Int']['output']>;
  /**
   * Leaves a type, a place or a person out of the viewer's home feed and of what is unread. The same again answers the mute that is there. NOT_FOUND for a place that is
   * hidden from the viewer; CONFLICT beyond 500 mutes.
   */
  muteFeed?: Maybe<FeedMute>;
  /** Ends pushes to a browser of the viewer's and answers it as it was. NOT_FOUND for another's. */
  removePushSubscription?: Maybe<PushSubscription>;
  /** Sets the viewer's channels for a kind, or for all, and answers them all. VALIDATION_ERROR for a kind that is none. */
  setNotificationSetting?: Maybe<Array<NotificationSetting>>;
  /** Sets the time zone of the viewer's digest and answers it. VALIDATION_ERROR for one that is none. */
  setNotificationTimeZone?: Maybe<Scalars['String']['output']>;
  /**
   * Has the home feed show what happens at a place, also where the viewer does not belong, or narrows it to some types. Again with the same place it replaces the
   * types. NOT_FOUND for a place that is hidden from the viewer; CONFLICT beyond 100 subscriptions.
   */
  subscribe?: Maybe<FeedSubscription>;
  /** Ends a mute of the viewer's and answers it as it was. NOT_FOUND for another's. */
  unmuteFeed?: Maybe<FeedMute>;
  /** Ends a subscription of the viewer's and answers it as it was. NOT_FOUND for another's. */
  unsubscribe?: Maybe<FeedSubscription>;
};


export type MutationAddPushSubscriptionArgs = {
  input: PushSubscriptionInput;
};


export type MutationMarkFeedReadArgs = {
  upTo: Scalars['DateTime']['input'];
};


export type MutationMarkNotificationReadArgs = {
  id: Scalars['ID']['input'];
};


export type MutationMarkNotificationsReadArgs = {
  upTo: Scalars['DateTime']['input'];
};


export type MutationMuteFeedArgs = {
  input: FeedMuteInput;
};


export type MutationRemovePushSubscriptionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSetNotificationSettingArgs = {
  input: NotificationSettingInput;
};


export type MutationSetNotificationTimeZoneArgs = {
  timeZone: Scalars['String']['input'];
};


export type MutationSubscribeArgs = {
  scope: ScopeInput;
  types?: InputMaybe<Array<Scalars['String']['input']>>;
};


export type MutationUnmuteFeedArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUnsubscribeArgs = {
  id: Scalars['ID']['input'];
};

/**
 * A thing that has an id of its own. Ids are UUIDs in lower case; no two things have the same, of whatever type, so that a cache may keep things by their
 * ids alone.
 */
export type Node = {
  /** Id of the thing, for as long as it is there; never given to another. */
  id: Scalars['ID']['output'];
};

/**
 * That something concerns somebody: they are invited, their poll was counted, they have a place. Seen by themselves alone, and only for as long as they may know of what
 * it is about.
 */
export type Notification = Node & {
  __typename?: 'Notification';
  /** Who caused it; null where that is nobody, and where their account cannot be shown. */
  actor?: Maybe<User>;
  /** UUIDv7: notifications ascend with time. */
  id: Scalars['ID']['output'];
  /** What it is about; null where that is nothing of the feed. */
  object?: Maybe<ActivityObject>;
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** When the viewer read it; null where they have not. */
  readAt?: Maybe<Scalars['DateTime']['output']>;
  /** One line of English for people; at most 500 characters. */
  summary: Scalars['String']['output'];
  /** What sort it is, such as `invitation`; the topics are those of `notificationSettings`. */
  topic: Scalars['String']['output'];
  /** Type of the event that is told, such as `portal.membership.invited`. */
  type: Scalars['String']['output'];
};

/** A page of notifications. It may be shorter than asked for, where things ceased to be seen. */
export type NotificationConnection = {
  __typename?: 'NotificationConnection';
  /** Notifications of the page, in the order of the list. */
  edges: Array<NotificationEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A notification in a list. */
export type NotificationEdge = {
  __typename?: 'NotificationEdge';
  /** Place of the notification, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The notification. */
  node: Notification;
};

/** By which channels the viewer is told of one kind. Seen by themselves alone. */
export type NotificationSetting = {
  __typename?: 'NotificationSetting';
  /** Whether they stand in the list `notifications`; true unless chosen otherwise. */
  listed: Scalars['Boolean']['output'];
  /** How often they are mailed; DAILY unless chosen otherwise. */
  mail: MailCadence;
  /** Whether they are pushed to the browsers of `pushSubscriptions`; true unless chosen otherwise. */
  push: Scalars['Boolean']['output'];
  /** What sort of notifications, such as `invitation`. Domains declare them. */
  topic: Scalars['String']['output'];
};

/** Channels of one kind, or of all. */
export type NotificationSettingInput = {
  /** Whether they stand in the list. */
  listed: Scalars['Boolean']['input'];
  /** How often they are mailed. */
  mail: MailCadence;
  /** Whether they are pushed to browsers. */
  push: Scalars['Boolean']['input'];
  /** The kind; null for all kinds, also those that come later. */
  topic?: InputMaybe<Scalars['String']['input']>;
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

export type Poll = Node & {
  __typename?: 'Poll';
  id: Scalars['ID']['output'];
};

export type Post = Node & {
  __typename?: 'Post';
  id: Scalars['ID']['output'];
};

/** A browser to which the viewer's notifications are pushed (Web Push). Seen by themselves alone; its keys by nobody. */
export type PushSubscription = Node & {
  __typename?: 'PushSubscription';
  /** When it was added. */
  createdAt: Scalars['DateTime']['output'];
  /** Host of the push service of that browser. */
  host: Scalars['String']['output'];
  /** UUIDv7. */
  id: Scalars['ID']['output'];
};

/** A `PushSubscription` as the browser gives it, in base64url. */
export type PushSubscriptionInput = {
  /** Its key `auth`. */
  auth: Scalars['String']['input'];
  /** Its `endpoint`, at most 1,000 characters. */
  endpoint: Scalars['String']['input'];
  /** Its key `p256dh`. */
  p256dh: Scalars['String']['input'];
};

export type Query = {
  __typename?: 'Query';
  /** The newest entry of `feed` with the same scope; null where there is none. */
  activity?: Maybe<Activity>;
  /**
   * What happened, newest first; only what the viewer may see. Without a scope a person's home feed: what happened where they belong and where they subscribed, without
   * what they muted; empty for all others. With a scope what happened there: everywhere in a tenant, in a community and its teams, or in a team; empty where the scope is
   * missing or hidden.
   */
  feed?: Maybe<ActivityConnection>;
  /** The viewer's mutes, oldest first, at most 500; null for all but people. */
  feedMutes?: Maybe<Array<FeedMute>>;
  /** The newest of `notifications`; null where there is none. */
  notification?: Maybe<Notification>;
  /** The viewer's channels for each kind, in the order of the alphabet; null for all but people. */
  notificationSettings?: Maybe<Array<NotificationSetting>>;
  /** Time zone in which it is morning when the viewer's digest is sent, UTC unless chosen; null for all but people. */
  notificationTimeZone?: Maybe<Scalars['String']['output']>;
  /** What concerns the viewer, newest first; null for all but people. Kept for 90 days. */
  notifications?: Maybe<NotificationConnection>;
  /** Key of this installation for browsers that subscribe, as `applicationServerKey`: a P-256 point in base64url (RFC 8292). Everybody may know it. */
  pushKey?: Maybe<Scalars['String']['output']>;
  /** The viewer's browsers, oldest first, at most 20; null for all but people. */
  pushSubscriptions?: Maybe<Array<PushSubscription>>;
  /** The viewer's subscriptions, oldest first, at most 100; null for all but people. */
  subscriptions?: Maybe<Array<FeedSubscription>>;
  /** How many entries of the viewer's home feed are newer than their mark: 0 to 100, where 100 stands for any more; null for all but people. */
  unreadCount?: Maybe<Scalars['Int']['output']>;
  /**
   * How many notifications the viewer has not read: 0 to 100, where 100 stands for any more; null for all but people. What ceased to be seen
   * counts until it is marked.
   */
  unreadNotifications?: Maybe<Scalars['Int']['output']>;
};


export type QueryActivityArgs = {
  scope?: InputMaybe<ScopeInput>;
};


export type QueryFeedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  grouped?: InputMaybe<Scalars['Boolean']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<ScopeInput>;
  types?: InputMaybe<Array<Scalars['String']['input']>>;
};


export type QueryNotificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  unread?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Where a post, poll, event or grant lives. */
export type Scope = Community | Team | Tenant;

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

export type Subscription = {
  __typename?: 'Subscription';
  /** The newest entry of the feed that the viewer may see, now and whenever there is another one. */
  activity?: Maybe<Activity>;
  /** The newest notification of the viewer's, now and whenever there is another one. */
  notification?: Maybe<Notification>;
  /** How many entries of the viewer's home feed are unread, now and whenever there are more. */
  unreadCount?: Maybe<Scalars['Int']['output']>;
  /** How many notifications the viewer has not read, now and whenever there are more. */
  unreadNotifications?: Maybe<Scalars['Int']['output']>;
};


export type SubscriptionActivityArgs = {
  scope?: InputMaybe<ScopeInput>;
};

export type Team = Node & {
  __typename?: 'Team';
  id: Scalars['ID']['output'];
};

export type Tenant = Node & {
  __typename?: 'Tenant';
  id: Scalars['ID']['output'];
};

export type User = Node & {
  __typename?: 'User';
  /** What the person did in this tenant, newest first; only what the viewer may see, and nothing for those outside of the audience `activity` of the person's profile. */
  activity?: Maybe<ActivityConnection>;
  id: Scalars['ID']['output'];
};


export type UserActivityArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
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
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ActivityObject:
    | ( { __typename?: 'Community'; id: string } )
    | ( { __typename?: 'Event'; id: string } )
    | ( { __typename?: 'Poll'; id: string } )
    | ( { __typename?: 'Post'; id: string } )
    | ( { __typename?: 'Team'; id: string } )
  ;
  Scope:
    | ( { __typename?: 'Community'; id: string } )
    | ( { __typename?: 'Team'; id: string } )
    | ( { __typename?: 'Tenant'; id: string } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( EntryEntity )
    | ( { __typename?: 'Community'; id: string } )
    | ( { __typename?: 'Event'; id: string } )
    | ( FeedMuteRowEntity )
    | ( FeedSubscriptionRowEntity )
    | ( ToldEntity )
    | ( { __typename?: 'Poll'; id: string } )
    | ( { __typename?: 'Post'; id: string } )
    | ( PushSubscriptionRowEntity )
    | ( { __typename?: 'Team'; id: string } )
    | ( { __typename?: 'Tenant'; id: string } )
    | ( { __typename?: 'User'; id: string } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Activity: ResolverTypeWrapper<EntryEntity>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ActivityConnection: ResolverTypeWrapper<Omit<ActivityConnection, 'edges'> & { edges: Array<ResolversTypes['ActivityEdge']> }>;
  ActivityEdge: ResolverTypeWrapper<Omit<ActivityEdge, 'node'> & { node: ResolversTypes['Activity'] }>;
  ActivityObject: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ActivityObject']>;
  Community: ResolverTypeWrapper<{ __typename?: 'Community'; id: string }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Event: ResolverTypeWrapper<{ __typename?: 'Event'; id: string }>;
  FeedMute: ResolverTypeWrapper<FeedMuteRowEntity>;
  FeedMuteInput: FeedMuteInput;
  FeedSubscription: ResolverTypeWrapper<FeedSubscriptionRowEntity>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  MailCadence: MailCadence;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Notification: ResolverTypeWrapper<ToldEntity>;
  NotificationConnection: ResolverTypeWrapper<Omit<NotificationConnection, 'edges'> & { edges: Array<ResolversTypes['NotificationEdge']> }>;
  NotificationEdge: ResolverTypeWrapper<Omit<NotificationEdge, 'node'> & { node: ResolversTypes['Notification'] }>;
  NotificationSetting: ResolverTypeWrapper<ChannelsEntity>;
  NotificationSettingInput: NotificationSettingInput;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Poll: ResolverTypeWrapper<{ __typename?: 'Poll'; id: string }>;
  Post: ResolverTypeWrapper<{ __typename?: 'Post'; id: string }>;
  PushSubscription: ResolverTypeWrapper<PushSubscriptionRowEntity>;
  PushSubscriptionInput: PushSubscriptionInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Scope: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Scope']>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Team: ResolverTypeWrapper<{ __typename?: 'Team'; id: string }>;
  Tenant: ResolverTypeWrapper<{ __typename?: 'Tenant'; id: string }>;
  User: ResolverTypeWrapper<{ __typename?: 'User'; id: string }>;
  Visibility: Visibility;
  cache__Scope: Cache__Scope;
  guard__Token: Guard__Token;
  guard__Who: Guard__Who;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Activity: EntryEntity;
  ID: Scalars['ID']['output'];
  Boolean: Scalars['Boolean']['output'];
  ActivityConnection: Omit<ActivityConnection, 'edges'> & { edges: Array<ResolversParentTypes['ActivityEdge']> };
  ActivityEdge: Omit<ActivityEdge, 'node'> & { node: ResolversParentTypes['Activity'] };
  ActivityObject: ResolversUnionTypes<ResolversParentTypes>['ActivityObject'];
  Community: { __typename?: 'Community'; id: string };
  DateTime: Scalars['DateTime']['output'];
  Event: { __typename?: 'Event'; id: string };
  FeedMute: FeedMuteRowEntity;
  FeedMuteInput: FeedMuteInput;
  FeedSubscription: FeedSubscriptionRowEntity;
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Notification: ToldEntity;
  NotificationConnection: Omit<NotificationConnection, 'edges'> & { edges: Array<ResolversParentTypes['NotificationEdge']> };
  NotificationEdge: Omit<NotificationEdge, 'node'> & { node: ResolversParentTypes['Notification'] };
  NotificationSetting: ChannelsEntity;
  NotificationSettingInput: NotificationSettingInput;
  PageInfo: PageInfo;
  Poll: { __typename?: 'Poll'; id: string };
  Post: { __typename?: 'Post'; id: string };
  PushSubscription: PushSubscriptionRowEntity;
  PushSubscriptionInput: PushSubscriptionInput;
  Query: Record<PropertyKey, never>;
  Scope: ResolversUnionTypes<ResolversParentTypes>['Scope'];
  ScopeInput: ScopeInput;
  Subscription: Record<PropertyKey, never>;
  Team: { __typename?: 'Team'; id: string };
  Tenant: { __typename?: 'Tenant'; id: string };
  User: { __typename?: 'User'; id: string };
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

export type ActivityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Activity'] = ResolversParentTypes['Activity']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  groupActors?: Resolver<Maybe<Array<Maybe<ResolversTypes['User']>>>, ParentType, ContextType>;
  groupSize?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  object?: Resolver<Maybe<ResolversTypes['ActivityObject']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  payload?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  read?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  visibility?: Resolver<ResolversTypes['Visibility'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ActivityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityConnection'] = ResolversParentTypes['ActivityConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ActivityEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ActivityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityEdge'] = ResolversParentTypes['ActivityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Activity'], ParentType, ContextType>;
};

export type ActivityObjectResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityObject'] = ResolversParentTypes['ActivityObject']> = {
  __resolveType: TypeResolveFn<'Community' | 'Event' | 'Poll' | 'Post' | 'Team', ParentType, ContextType>;
};

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FeedMuteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FeedMute'] = ResolversParentTypes['FeedMute']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  type?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FeedSubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FeedSubscription'] = ResolversParentTypes['FeedSubscription']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  types?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addPushSubscription: Resolver<Maybe<ResolversTypes['PushSubscription']>, ParentType, ContextType, RequireFields<MutationAddPushSubscriptionArgs, 'input'>>;
  markFeedRead: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, RequireFields<MutationMarkFeedReadArgs, 'upTo'>>;
  markNotificationRead: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType, RequireFields<MutationMarkNotificationReadArgs, 'id'>>;
  markNotificationsRead: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType, RequireFields<MutationMarkNotificationsReadArgs, 'upTo'>>;
  muteFeed: Resolver<Maybe<ResolversTypes['FeedMute']>, ParentType, ContextType, RequireFields<MutationMuteFeedArgs, 'input'>>;
  removePushSubscription: Resolver<Maybe<ResolversTypes['PushSubscription']>, ParentType, ContextType, RequireFields<MutationRemovePushSubscriptionArgs, 'id'>>;
  setNotificationSetting: Resolver<Maybe<Array<ResolversTypes['NotificationSetting']>>, ParentType, ContextType, RequireFields<MutationSetNotificationSettingArgs, 'input'>>;
  setNotificationTimeZone: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<MutationSetNotificationTimeZoneArgs, 'timeZone'>>;
  subscribe: Resolver<Maybe<ResolversTypes['FeedSubscription']>, ParentType, ContextType, RequireFields<MutationSubscribeArgs, 'scope'>>;
  unmuteFeed: Resolver<Maybe<ResolversTypes['FeedMute']>, ParentType, ContextType, RequireFields<MutationUnmuteFeedArgs, 'id'>>;
  unsubscribe: Resolver<Maybe<ResolversTypes['FeedSubscription']>, ParentType, ContextType, RequireFields<MutationUnsubscribeArgs, 'id'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Activity' | 'Community' | 'Event' | 'FeedMute' | 'FeedSubscription' | 'Notification' | 'Poll' | 'Post' | 'PushSubscription' | 'Team' | 'Tenant' | 'User', ParentType, ContextType>;
};

export type NotificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Notification'] = ResolversParentTypes['Notification']> = {
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  object?: Resolver<Maybe<ResolversTypes['ActivityObject']>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  readAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  topic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotificationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationConnection'] = ResolversParentTypes['NotificationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NotificationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type NotificationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationEdge'] = ResolversParentTypes['NotificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Notification'], ParentType, ContextType>;
};

export type NotificationSettingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationSetting'] = ResolversParentTypes['NotificationSetting']> = {
  listed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mail?: Resolver<ResolversTypes['MailCadence'], ParentType, ContextType>;
  push?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  topic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PollResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Poll'] = ResolversParentTypes['Poll']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PostResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Post'] = ResolversParentTypes['Post']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PushSubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PushSubscription'] = ResolversParentTypes['PushSubscription']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  activity: Resolver<Maybe<ResolversTypes['Activity']>, ParentType, ContextType, Partial<QueryActivityArgs>>;
  feed: Resolver<Maybe<ResolversTypes['ActivityConnection']>, ParentType, ContextType, RequireFields<QueryFeedArgs, 'grouped'>>;
  feedMutes: Resolver<Maybe<Array<ResolversTypes['FeedMute']>>, ParentType, ContextType>;
  notification: Resolver<Maybe<ResolversTypes['Notification']>, ParentType, ContextType>;
  notificationSettings: Resolver<Maybe<Array<ResolversTypes['NotificationSetting']>>, ParentType, ContextType>;
  notificationTimeZone: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  notifications: Resolver<Maybe<ResolversTypes['NotificationConnection']>, ParentType, ContextType, RequireFields<QueryNotificationsArgs, 'unread'>>;
  pushKey: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pushSubscriptions: Resolver<Maybe<Array<ResolversTypes['PushSubscription']>>, ParentType, ContextType>;
  subscriptions: Resolver<Maybe<Array<ResolversTypes['FeedSubscription']>>, ParentType, ContextType>;
  unreadCount: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unreadNotifications: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ScopeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Scope'] = ResolversParentTypes['Scope']> = {
  __resolveType: TypeResolveFn<'Community' | 'Team' | 'Tenant', ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  activity: SubscriptionResolver<Maybe<ResolversTypes['Activity']>, "activity", ParentType, ContextType, Partial<SubscriptionActivityArgs>>;
  notification: SubscriptionResolver<Maybe<ResolversTypes['Notification']>, "notification", ParentType, ContextType>;
  unreadCount: SubscriptionResolver<Maybe<ResolversTypes['Int']>, "unreadCount", ParentType, ContextType>;
  unreadNotifications: SubscriptionResolver<Maybe<ResolversTypes['Int']>, "unreadNotifications", ParentType, ContextType>;
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
  activity?: Resolver<Maybe<ResolversTypes['ActivityConnection']>, ParentType, ContextType, Partial<UserActivityArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Activity?: ActivityResolvers<ContextType>;
  ActivityConnection?: ActivityConnectionResolvers<ContextType>;
  ActivityEdge?: ActivityEdgeResolvers<ContextType>;
  ActivityObject?: ActivityObjectResolvers<ContextType>;
  Community?: CommunityResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  FeedMute?: FeedMuteResolvers<ContextType>;
  FeedSubscription?: FeedSubscriptionResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Notification?: NotificationResolvers<ContextType>;
  NotificationConnection?: NotificationConnectionResolvers<ContextType>;
  NotificationEdge?: NotificationEdgeResolvers<ContextType>;
  NotificationSetting?: NotificationSettingResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Poll?: PollResolvers<ContextType>;
  Post?: PostResolvers<ContextType>;
  PushSubscription?: PushSubscriptionResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Scope?: ScopeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  guard?: GuardDirectiveResolver<any, any, ContextType>;
  live?: LiveDirectiveResolver<any, any, ContextType>;
  serves?: ServesDirectiveResolver<any, any, ContextType>;
};
