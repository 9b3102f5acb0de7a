import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AchievementRow as AchievementRowEntity } from '../domain/achievement/achievement.entity.ts';
import type { GrantRow as GrantRowEntity } from '../domain/grant/grant.entity.ts';
import type { ProgressRow as ProgressRowEntity } from '../domain/rule/progress.entity.ts';
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
 * What people can earn in a tenant, a community or a team: its name, what it is worth and what earns it. Whoever sees the place sees it, unless it is hidden: then only those who
 * were granted it, and those who hold `gamification.achievement.manage` there.
 */
export type Achievement = Node & {
  __typename?: 'Achievement';
  /** When it was archived; null where it can be granted. */
  archivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who made it; null where their account cannot be shown. */
  author?: Maybe<User>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** What earns it, as `criteriaSchema` says; null where it is granted by hand alone. */
  criteria?: Maybe<Scalars['JSON']['output']>;
  /** What it is for, plain text of at most 2,000 characters. */
  description: Scalars['String']['output'];
  /** When it was last changed; null if never. */
  editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its grants, newest first; empty while the achievement is hidden from the viewer. */
  grants?: Maybe<GrantConnection>;
  /** Whether it is seen by nobody but those who were granted it and those who manage it. */
  hidden: Scalars['Boolean']['output'];
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Address of its picture, which ends after some hours; null where it has none. */
  imageUrl?: Maybe<Scalars['String']['output']>;
  /** Its name to programs and to other achievements: 2 to 63 lower-case letters, digits and single hyphens, unique in the tenant, never changed. */
  key: Scalars['String']['output'];
  /** Whether it is an achievement or a badge; never changed. */
  kind: AchievementKind;
  /** Its name to people, 1 to 100 characters. */
  name: Scalars['String']['output'];
  /** How often one person may be granted it; never changed. */
  period: GrantPeriod;
  /** Points that a grant is worth, 0 to 100,000. */
  points: Scalars['Int']['output'];
  /** Whether events of the past are still being looked through for who earned it; meanwhile new events wait. */
  replaying: Scalars['Boolean']['output'];
  /** Why its rule could not be evaluated last; null where it could, where there is none, and for all but those who manage achievements there. */
  ruleError?: Maybe<Scalars['String']['output']>;
  /** Where it lies; never changed. */
  scope?: Maybe<Scope>;
  /** Days after which a grant expires, 1 to 36,500; null for never. */
  validForDays?: Maybe<Scalars['Int']['output']>;
  /** Counts its changes, from 1 on. A grant says by which version it came. */
  version: Scalars['Int']['output'];
  /** Whether the viewer may grant it and revoke its grants. */
  viewerCanGrant: Scalars['Boolean']['output'];
  /** Whether the viewer may change and archive it. */
  viewerCanManage: Scalars['Boolean']['output'];
  /** Who may see it and its grants: PUBLIC, or the members of its place; PRIVATE while it is hidden. */
  visibility: Visibility;
};


/**
 * What people can earn in a tenant, a community or a team: its name, what it is worth and what earns it. Whoever sees the place sees it, unless it is hidden: then only those who
 * were granted it, and those who hold `gamification.achievement.manage` there.
 */
export type AchievementGrantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<GrantStatus>;
};

/** A page of achievements. */
export type AchievementConnection = {
  __typename?: 'AchievementConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<AchievementEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One achievement in a list. */
export type AchievementEdge = {
  __typename?: 'AchievementEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The achievement. */
  node: Achievement;
};

/** What an achievement is to whoever earns it. */
export type AchievementKind =
  /** Something that was done, shown on a person's page. */
  | 'ACHIEVEMENT'
  /** A badge, to be shown elsewhere as well. */
  | 'BADGE';

export type Community = Node & {
  __typename?: 'Community';
  id: Scalars['ID']['output'];
};

/** What `createAchievement` needs. */
export type CreateAchievementInput = {
  /** What earns it, as `criteriaSchema` says, at most 20,000 characters as JSON; by hand alone where it is null. VALIDATION_ERROR names each problem by its path below `criteria`. */
  criteria?: InputMaybe<Scalars['JSON']['input']>;
  /** Plain text of at most 2,000 characters; empty where it is null. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Whether it is hidden; false where it is null. */
  hidden?: InputMaybe<Scalars['Boolean']['input']>;
  /** Token of an upload of kind IMAGE; without a picture where it is null. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** 2 to 63 lower-case letters, digits and single hyphens; ALREADY_EXISTS where the tenant has an achievement of that key. */
  key: Scalars['String']['input'];
  /** What it is. */
  kind: AchievementKind;
  /** 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** How often one person may be granted it; ONCE where it is null. */
  period?: InputMaybe<GrantPeriod>;
  /** 0 to 100,000; 0 where it is null. */
  points?: InputMaybe<Scalars['Int']['input']>;
  /** Where it lies. Only what happens there or below counts. NOT_FOUND where that is hidden from the viewer, CONFLICT where it is archived. */
  scope: ScopeInput;
  /** Days after which a grant expires, 1 to 36,500; never where it is null. */
  validForDays?: InputMaybe<Scalars['Int']['input']>;
  /** PUBLIC, or the members of its place: TEAM at a team, else COMMUNITY, which it is where it is null. */
  visibility?: InputMaybe<Visibility>;
};

/** What criteria would have granted. */
export type CriteriaPreview = {
  __typename?: 'CriteriaPreview';
  /** Whether those were all events of the time; false where there were more than 50,000, of which the newest were looked at. Null where they are wrong. */
  complete?: Maybe<Scalars['Boolean']['output']>;
  /** Events that they looked at; null where they are wrong. */
  events?: Maybe<Scalars['Int']['output']>;
  /** People to whom they would have granted the achievement; null where they are wrong. */
  people?: Maybe<Scalars['Int']['output']>;
  /** All that is wrong with the criteria; without problems they can be saved. */
  problems: Array<CriteriaProblem>;
};

/** What is wrong with criteria. */
export type CriteriaProblem = {
  __typename?: 'CriteriaProblem';
  /** Why, with the word that was most likely meant where one is unknown. */
  message: Scalars['String']['output'];
  /** Where, such as `allOf.0.count.event`; empty for the whole. */
  path: Scalars['String']['output'];
};

/** What a person chose about recognition. Seen by themselves alone. */
export type GamificationSettings = {
  __typename?: 'GamificationSettings';
  /** Time zone of their days and weeks, as in the IANA database; null for UTC. */
  timeZone?: Maybe<Scalars['String']['output']>;
};

/** What `updateGamificationSettings` changes; what is absent stays. */
export type GamificationSettingsInput = {
  /** Time zone of the IANA database, such as `Europe/Berlin`; null for UTC. It is that of one's days from now on. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** One person's having of an achievement. Whoever sees the achievement sees it, and its holder always. */
export type Grant = Node & {
  __typename?: 'Grant';
  /** What was granted; null where the viewer may not see it any more. */
  achievement?: Maybe<Achievement>;
  /** What proves it, as whoever granted it gave it; null where there is nothing, and for all but its holder and those who may grant it. */
  evidence?: Maybe<Scalars['JSON']['output']>;
  /** When it ends; null for never. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was granted. */
  grantedAt: Scalars['DateTime']['output'];
  /** Who granted it; null where a rule did, and where their account cannot be shown. */
  grantedBy?: Maybe<User>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** The period that it is for: empty, or a day (`2026-11-22`), a week by its Monday (`W2026-11-16`), a month (`2026-11`) or a year (`2026`). */
  period: Scalars['String']['output'];
  /** Why it was granted, or revoked once it is, at most 500 characters; null where nobody said, and for all but its holder and those who may grant it. */
  reason?: Maybe<Scalars['String']['output']>;
  /** When it was taken away; null where it was not. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it stands, at the moment of asking. */
  status: GrantStatus;
  /** Who has it; null where their account cannot be shown. */
  user?: Maybe<User>;
  /** Version of the achievement by which it came. */
  version: Scalars['Int']['output'];
};

/** A page of grants. */
export type GrantConnection = {
  __typename?: 'GrantConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<GrantEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One grant in a list. */
export type GrantEdge = {
  __typename?: 'GrantEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The grant. */
  node: Grant;
};

/** What came of a table of grants. */
export type GrantImport = {
  __typename?: 'GrantImport';
  /** Grants that were made. */
  created: Scalars['Int']['output'];
  /** Lines that were refused, in their order; all others took effect. */
  refused: Array<RefusedGrant>;
  /** Lines about people who have it already. */
  unchanged: Scalars['Int']['output'];
};

/** What `grantAchievement` needs. */
export type GrantInput = {
  /** Id of the achievement. */
  achievementId: Scalars['ID']['input'];
  /** What proves it: an object of at most 2,000 characters as JSON. */
  evidence?: InputMaybe<Scalars['JSON']['input']>;
  /** Why, at most 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Id of a person who belongs to its place; NOT_FOUND for all others. */
  userId: Scalars['ID']['input'];
};

/** How often one person may be granted an achievement, by the days of their time zone. */
export type GrantPeriod =
  /** Once a day. */
  | 'DAY'
  /** Once a calendar month. */
  | 'MONTH'
  /** Once. */
  | 'ONCE'
  /** Once a week, from Monday to Sunday. */
  | 'WEEK'
  /** Once a calendar year. */
  | 'YEAR';

/** Whether a grant stands. */
export type GrantStatus =
  /** It stands. */
  | 'ACTIVE'
  /** Its time is over. */
  | 'EXPIRED'
  /** It was taken away, by somebody or by a rule. */
  | 'REVOKED';

export type Mutation = {
  __typename?: 'Mutation';
  /** Archives an achievement, which is granted to nobody any more; grants stay. Again it answers it as it is. */
  archiveAchievement?: Maybe<Achievement>;
  /** Makes an achievement. With criteria, events of the past are looked through for who earned it already. */
  createAchievement?: Maybe<Achievement>;
  /** Grants an achievement by hand. ALREADY_EXISTS where the person has it in this period, CONFLICT where it is archived. */
  grantAchievement?: Maybe<Grant>;
  /**
   * Grants an achievement to many. The table is CSV (RFC 4180) whose first line names its columns: `userId` or `email`, and `reason` where wanted; at most 500 lines and
   * 100,000 characters. Lines that cannot take effect are reported, and all others do.
   */
  importGrants?: Maybe<GrantImport>;
  /** Takes a grant away. CONFLICT for one that does not stand any more. A rule does not grant it again in the same period. */
  revokeGrant?: Maybe<Grant>;
  /** Changes an achievement. CONFLICT for one that is archived. */
  updateAchievement?: Maybe<Achievement>;
  /** Changes what the viewer chose. */
  updateGamificationSettings?: Maybe<GamificationSettings>;
};


export type MutationArchiveAchievementArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateAchievementArgs = {
  input: CreateAchievementInput;
};


export type MutationGrantAchievementArgs = {
  input: GrantInput;
};


export type MutationImportGrantsArgs = {
  achievementId: Scalars['ID']['input'];
  csv: Scalars['String']['input'];
};


export type MutationRevokeGrantArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationUpdateAchievementArgs = {
  id: Scalars['ID']['input'];
  input: UpdateAchievementInput;
};


export type MutationUpdateGamificationSettingsArgs = {
  input: GamificationSettingsInput;
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

/** Criteria to be tried. */
export type PreviewCriteriaInput = {
  /** The criteria. */
  criteria: Scalars['JSON']['input'];
  /** Days back from now that are looked at, 1 to 366; 30 where it is null. */
  days?: InputMaybe<Scalars['Int']['input']>;
  /** How often one person may be granted it; ONCE where it is null. */
  period?: InputMaybe<GrantPeriod>;
  /** Where the achievement would lie. */
  scope: ScopeInput;
};

/** How far a person is towards an achievement in the present period. They see it themselves, and so do those who manage achievements at its place. */
export type Progress = {
  __typename?: 'Progress';
  /** What it is about; null where the viewer may not see it any more. */
  achievement?: Maybe<Achievement>;
  /** When it was reached; null where it is not. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How much there is, from 0 to `target`: what the conditions count, added up where all of them are needed, and of the nearest one where one is enough. */
  current: Scalars['Float']['output'];
  /** How much is wanted. */
  target: Scalars['Float']['output'];
};

/** A page of progress. */
export type ProgressConnection = {
  __typename?: 'ProgressConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<ProgressEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** One progress in a list. */
export type ProgressEdge = {
  __typename?: 'ProgressEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The progress. */
  node: Progress;
};

export type Query = {
  __typename?: 'Query';
  /** One achievement; null where it is missing or hidden. */
  achievement?: Maybe<Achievement>;
  /** The gallery: achievements that the viewer may see and that are not archived, newest first. */
  achievements?: Maybe<AchievementConnection>;
  /** The form of criteria as JSON Schema (2020-12). */
  criteriaSchema?: Maybe<Scalars['JSON']['output']>;
  /** What the viewer chose; null for all but people. */
  gamificationSettings?: Maybe<GamificationSettings>;
  /**
   * Tries criteria on the events of the last days: what is wrong with them, and to how many people they would have granted something. NOT_FOUND for a place that is hidden from
   * the viewer, FORBIDDEN for whoever may not manage achievements there.
   */
  previewCriteria?: Maybe<CriteriaPreview>;
};


export type QueryAchievementArgs = {
  id: Scalars['ID']['input'];
};


export type QueryAchievementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind?: InputMaybe<AchievementKind>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<ScopeInput>;
};


export type QueryPreviewCriteriaArgs = {
  input: PreviewCriteriaInput;
};

/** A line of a table of grants that was refused. */
export type RefusedGrant = {
  __typename?: 'RefusedGrant';
  /** Number of the line, from 1 on; the first names the columns. */
  line: Scalars['Int']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
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

export type Team = Node & {
  __typename?: 'Team';
  id: Scalars['ID']['output'];
};

export type Tenant = Node & {
  __typename?: 'Tenant';
  id: Scalars['ID']['output'];
};

/** What `updateAchievement` changes; what is absent stays. */
export type UpdateAchievementInput = {
  /** What earns it; null for by hand alone. Events of the past are looked through again, and grants that are there stay. */
  criteria?: InputMaybe<Scalars['JSON']['input']>;
  /** Plain text of at most 2,000 characters; null leaves it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Whether it is hidden; null leaves it. */
  hidden?: InputMaybe<Scalars['Boolean']['input']>;
  /** Token of an upload of kind IMAGE; null takes the picture away. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 characters; null leaves it. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** 0 to 100,000, for later grants; null leaves it. */
  points?: InputMaybe<Scalars['Int']['input']>;
  /** 1 to 36,500, for later grants; null for never. */
  validForDays?: InputMaybe<Scalars['Int']['input']>;
  /** As in `createAchievement`; null leaves it. */
  visibility?: InputMaybe<Visibility>;
};

export type User = Node & {
  __typename?: 'User';
  /** What the person was granted in this tenant, newest first; only what the viewer may see. */
  grants?: Maybe<GrantConnection>;
  id: Scalars['ID']['output'];
  /** How far they are towards achievements that are granted by rule and of which something counted so far, newest first; empty for whoever may not see it. */
  progress?: Maybe<ProgressConnection>;
};


export type UserGrantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kind?: InputMaybe<AchievementKind>;
  last?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<GrantStatus>;
};


export type UserProgressArgs = {
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
  Achievement: Achievement;
  Grant: Grant;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Achievement:
    ( { __typename: 'Achievement' }
    & GraphQLRecursivePick<FederationTypes['Achievement'], {"id":true}> );
  Grant:
    ( { __typename: 'Grant' }
    & GraphQLRecursivePick<FederationTypes['Grant'], {"id":true}> );
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
    | ( AchievementRowEntity )
    | ( { __typename?: 'Community'; id: string } )
    | ( GrantRowEntity )
    | ( { __typename?: 'Team'; id: string } )
    | ( { __typename?: 'Tenant'; id: string } )
    | ( { __typename?: 'User'; id: string } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Achievement: ResolverTypeWrapper<AchievementRowEntity>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AchievementConnection: ResolverTypeWrapper<Omit<AchievementConnection, 'edges'> & { edges: Array<ResolversTypes['AchievementEdge']> }>;
  AchievementEdge: ResolverTypeWrapper<Omit<AchievementEdge, 'node'> & { node: ResolversTypes['Achievement'] }>;
  AchievementKind: AchievementKind;
  Community: ResolverTypeWrapper<{ __typename?: 'Community'; id: string }>;
  CreateAchievementInput: CreateAchievementInput;
  CriteriaPreview: ResolverTypeWrapper<CriteriaPreview>;
  CriteriaProblem: ResolverTypeWrapper<CriteriaProblem>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  GamificationSettings: ResolverTypeWrapper<GamificationSettings>;
  GamificationSettingsInput: GamificationSettingsInput;
  Grant: ResolverTypeWrapper<GrantRowEntity>;
  GrantConnection: ResolverTypeWrapper<Omit<GrantConnection, 'edges'> & { edges: Array<ResolversTypes['GrantEdge']> }>;
  GrantEdge: ResolverTypeWrapper<Omit<GrantEdge, 'node'> & { node: ResolversTypes['Grant'] }>;
  GrantImport: ResolverTypeWrapper<GrantImport>;
  GrantInput: GrantInput;
  GrantPeriod: GrantPeriod;
  GrantStatus: GrantStatus;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PreviewCriteriaInput: PreviewCriteriaInput;
  Progress: ResolverTypeWrapper<ProgressRowEntity>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ProgressConnection: ResolverTypeWrapper<Omit<ProgressConnection, 'edges'> & { edges: Array<ResolversTypes['ProgressEdge']> }>;
  ProgressEdge: ResolverTypeWrapper<Omit<ProgressEdge, 'node'> & { node: ResolversTypes['Progress'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RefusedGrant: ResolverTypeWrapper<RefusedGrant>;
  Scope: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Scope']>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  Team: ResolverTypeWrapper<{ __typename?: 'Team'; id: string }>;
  Tenant: ResolverTypeWrapper<{ __typename?: 'Tenant'; id: string }>;
  UpdateAchievementInput: UpdateAchievementInput;
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
  Achievement: AchievementRowEntity;
  Boolean: Scalars['Boolean']['output'];
  ID: Scalars['ID']['output'];
  AchievementConnection: Omit<AchievementConnection, 'edges'> & { edges: Array<ResolversParentTypes['AchievementEdge']> };
  AchievementEdge: Omit<AchievementEdge, 'node'> & { node: ResolversParentTypes['Achievement'] };
  Community: { __typename?: 'Community'; id: string };
  CreateAchievementInput: CreateAchievementInput;
  CriteriaPreview: CriteriaPreview;
  CriteriaProblem: CriteriaProblem;
  DateTime: Scalars['DateTime']['output'];
  GamificationSettings: GamificationSettings;
  GamificationSettingsInput: GamificationSettingsInput;
  Grant: GrantRowEntity;
  GrantConnection: Omit<GrantConnection, 'edges'> & { edges: Array<ResolversParentTypes['GrantEdge']> };
  GrantEdge: Omit<GrantEdge, 'node'> & { node: ResolversParentTypes['Grant'] };
  GrantImport: GrantImport;
  GrantInput: GrantInput;
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  PreviewCriteriaInput: PreviewCriteriaInput;
  Progress: ProgressRowEntity;
  Float: Scalars['Float']['output'];
  ProgressConnection: Omit<ProgressConnection, 'edges'> & { edges: Array<ResolversParentTypes['ProgressEdge']> };
  ProgressEdge: Omit<ProgressEdge, 'node'> & { node: ResolversParentTypes['Progress'] };
  Query: Record<PropertyKey, never>;
  RefusedGrant: RefusedGrant;
  Scope: ResolversUnionTypes<ResolversParentTypes>['Scope'];
  ScopeInput: ScopeInput;
  Team: { __typename?: 'Team'; id: string };
  Tenant: { __typename?: 'Tenant'; id: string };
  UpdateAchievementInput: UpdateAchievementInput;
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

export type AchievementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Achievement'] = ResolversParentTypes['Achievement'], FederationReferenceType extends FederationReferenceTypes['Achievement'] = FederationReferenceTypes['Achievement']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Achievement']> | FederationReferenceType, FederationReferenceType, ContextType>;
  archivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  criteria?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  grants?: Resolver<Maybe<ResolversTypes['GrantConnection']>, ParentType, ContextType, Partial<AchievementGrantsArgs>>;
  hidden?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imageUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AchievementKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['GrantPeriod'], ParentType, ContextType>;
  points?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  replaying?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ruleError?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  validForDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  viewerCanGrant?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  viewerCanManage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  visibility?: Resolver<ResolversTypes['Visibility'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AchievementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AchievementConnection'] = ResolversParentTypes['AchievementConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AchievementEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AchievementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AchievementEdge'] = ResolversParentTypes['AchievementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Achievement'], ParentType, ContextType>;
};

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CriteriaPreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CriteriaPreview'] = ResolversParentTypes['CriteriaPreview']> = {
  complete?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  events?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  people?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['CriteriaProblem']>, ParentType, ContextType>;
};

export type CriteriaProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CriteriaProblem'] = ResolversParentTypes['CriteriaProblem']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type GamificationSettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GamificationSettings'] = ResolversParentTypes['GamificationSettings']> = {
  timeZone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type GrantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Grant'] = ResolversParentTypes['Grant'], FederationReferenceType extends FederationReferenceTypes['Grant'] = FederationReferenceTypes['Grant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Grant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  achievement?: Resolver<Maybe<ResolversTypes['Achievement']>, ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  grantedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  grantedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  period?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['GrantStatus'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GrantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GrantConnection'] = ResolversParentTypes['GrantConnection']> = {
  edges?: Resolver<Array<ResolversTypes['GrantEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type GrantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GrantEdge'] = ResolversParentTypes['GrantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Grant'], ParentType, ContextType>;
};

export type GrantImportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GrantImport'] = ResolversParentTypes['GrantImport']> = {
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refused?: Resolver<Array<ResolversTypes['RefusedGrant']>, ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  archiveAchievement: Resolver<Maybe<ResolversTypes['Achievement']>, ParentType, ContextType, RequireFields<MutationArchiveAchievementArgs, 'id'>>;
  createAchievement: Resolver<Maybe<ResolversTypes['Achievement']>, ParentType, ContextType, RequireFields<MutationCreateAchievementArgs, 'input'>>;
  grantAchievement: Resolver<Maybe<ResolversTypes['Grant']>, ParentType, ContextType, RequireFields<MutationGrantAchievementArgs, 'input'>>;
  importGrants: Resolver<Maybe<ResolversTypes['GrantImport']>, ParentType, ContextType, RequireFields<MutationImportGrantsArgs, 'achievementId' | 'csv'>>;
  revokeGrant: Resolver<Maybe<ResolversTypes['Grant']>, ParentType, ContextType, RequireFields<MutationRevokeGrantArgs, 'id' | 'reason'>>;
  updateAchievement: Resolver<Maybe<ResolversTypes['Achievement']>, ParentType, ContextType, RequireFields<MutationUpdateAchievementArgs, 'id' | 'input'>>;
  updateGamificationSettings: Resolver<Maybe<ResolversTypes['GamificationSettings']>, ParentType, ContextType, RequireFields<MutationUpdateGamificationSettingsArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Achievement' | 'Community' | 'Grant' | 'Team' | 'Tenant' | 'User', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Progress'] = ResolversParentTypes['Progress']> = {
  achievement?: Resolver<Maybe<ResolversTypes['Achievement']>, ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type ProgressConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProgressConnection'] = ResolversParentTypes['ProgressConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ProgressEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ProgressEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProgressEdge'] = ResolversParentTypes['ProgressEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Progress'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  achievement: Resolver<Maybe<ResolversTypes['Achievement']>, ParentType, ContextType, RequireFields<QueryAchievementArgs, 'id'>>;
  achievements: Resolver<Maybe<ResolversTypes['AchievementConnection']>, ParentType, ContextType, Partial<QueryAchievementsArgs>>;
  criteriaSchema: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  gamificationSettings: Resolver<Maybe<ResolversTypes['GamificationSettings']>, ParentType, ContextType>;
  previewCriteria: Resolver<Maybe<ResolversTypes['CriteriaPreview']>, ParentType, ContextType, RequireFields<QueryPreviewCriteriaArgs, 'input'>>;
};

export type RefusedGrantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefusedGrant'] = ResolversParentTypes['RefusedGrant']> = {
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  grants?: Resolver<Maybe<ResolversTypes['GrantConnection']>, ParentType, ContextType, Partial<UserGrantsArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  progress?: Resolver<Maybe<ResolversTypes['ProgressConnection']>, ParentType, ContextType, Partial<UserProgressArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Achievement?: AchievementResolvers<ContextType>;
  AchievementConnection?: AchievementConnectionResolvers<ContextType>;
  AchievementEdge?: AchievementEdgeResolvers<ContextType>;
  Community?: CommunityResolvers<ContextType>;
  CriteriaPreview?: CriteriaPreviewResolvers<ContextType>;
  CriteriaProblem?: CriteriaProblemResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  GamificationSettings?: GamificationSettingsResolvers<ContextType>;
  Grant?: GrantResolvers<ContextType>;
  GrantConnection?: GrantConnectionResolvers<ContextType>;
  GrantEdge?: GrantEdgeResolvers<ContextType>;
  GrantImport?: GrantImportResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Progress?: ProgressResolvers<ContextType>;
  ProgressConnection?: ProgressConnectionResolvers<ContextType>;
  ProgressEdge?: ProgressEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RefusedGrant?: RefusedGrantResolvers<ContextType>;
  Scope?: ScopeResolvers<ContextType>;
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
