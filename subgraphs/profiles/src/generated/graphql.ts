import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProfileView as ProfileViewEntity, FieldValue as FieldValueEntity, Status as StatusEntity } from '../domain/profile/profile.view.ts';
import type { ProfileFieldRow as ProfileFieldRowEntity } from '../domain/field/field.entity.ts';
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

/** Who may read a part of a profile. Whoever a person has blocked reads nothing of it. */
export type Audience =
  /** Whoever can reach the tenant, signed in or not. */
  | 'EVERYONE'
  /** Those whom the person has as followers. */
  | 'FOLLOWERS'
  /** Members of the tenant who are signed in. */
  | 'MEMBERS'
  /** The person alone. */
  | 'NOBODY';

/** Format of a picture. */
export type AvatarFormat =
  /** AVIF. */
  | 'AVIF'
  /** WebP. */
  | 'WEBP';

/** A new field. */
export type CreateProfileFieldInput = {
  /** Who may read what people fill in. */
  audience?: InputMaybe<Audience>;
  /** What may be chosen: 2 to 50, each one line of up to 100 characters, for a CHOICE and for nothing else. */
  choices?: InputMaybe<Array<Scalars['String']['input']>>;
  /** One line of up to 60 characters. */
  label: Scalars['String']['input'];
  /** Place among the fields, 0 to 1,000. */
  position?: InputMaybe<Scalars['Int']['input']>;
  /** What it holds. */
  type: ProfileFieldType;
};

/** Whether somebody follows somebody. */
export type FollowStatus =
  /** They do. */
  | 'ACTIVE'
  /** They asked, and were not answered yet. */
  | 'REQUESTED';

export type Mutation = {
  __typename?: 'Mutation';
  /** Lets somebody follow the viewer who asked. NOT_FOUND where nobody did. */
  approveFollower?: Maybe<User>;
  /**
   * Hides a person and the viewer from each other, in every list, by every reference and by id; only the viewer still finds them by id. Neither follows the
   * other any more. It holds once it is answered; the person is not told. Those who keep order at a place still see there who has blocked them. NOT_FOUND for who
   * is no member of the tenant, VALIDATION_ERROR for oneself, CONFLICT beyond 1,000 people.
   */
  blockUser?: Maybe<User>;
  /** Makes a field of the tenant's own. CONFLICT beyond 50. */
  createProfileField?: Maybe<ProfileField>;
  /** Deletes a field with what people filled in, and answers it as it was. NOT_FOUND where there is none. */
  deleteProfileField?: Maybe<ProfileField>;
  /**
   * Follows a member of the tenant, or asks them where they want to be asked; the same again changes nothing. NOT_FOUND for whom the viewer does not see,
   * VALIDATION_ERROR for oneself, CONFLICT beyond 5,000 people, or where one has blocked them.
   */
  followUser?: Maybe<User>;
  /** Takes the viewer's picture away; without one nothing changes. */
  removeAvatar?: Maybe<User>;
  /** Takes somebody out of the viewer's followers, or turns down what they asked. NOT_FOUND where they are neither. */
  removeFollower?: Maybe<User>;
  /**
   * Makes an uploaded picture the viewer's (`requestUpload(kind: IMAGE)`): JPEG, PNG, WebP, AVIF or GIF that does not move, 16 to 10,000 pixels wide and high and up to 40
   * million in all, else VALIDATION_ERROR. It is made anew in fixed sizes: where it was taken, and whatever else the file says, is gone. TOKEN_INVALID for an upload that is not the viewer's or was
   * taken; OVERLOADED where too many pictures are being made.
   */
  setAvatar?: Maybe<User>;
  /** Ends that. NOT_FOUND where the viewer has not blocked them. Who followed whom does not come back. */
  unblockUser?: Maybe<User>;
  /** Ends following somebody, or takes the question back. NOT_FOUND where the viewer does neither. */
  unfollowUser?: Maybe<User>;
  /** Chooses who may read what of the viewer's profile, and whether they are asked before somebody follows them. */
  updatePrivacy?: Maybe<User>;
  /** Changes the viewer's profile in this tenant. Needs `profiles.profile.edit`. VALIDATION_ERROR names each part in breach; NOT_FOUND for a field that the tenant does not have. */
  updateProfile?: Maybe<User>;
  /** Changes a field. NOT_FOUND where there is none. */
  updateProfileField?: Maybe<ProfileField>;
};


export type MutationApproveFollowerArgs = {
  id: Scalars['ID']['input'];
};


export type MutationBlockUserArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateProfileFieldArgs = {
  input: CreateProfileFieldInput;
};


export type MutationDeleteProfileFieldArgs = {
  id: Scalars['ID']['input'];
};


export type MutationFollowUserArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRemoveFollowerArgs = {
  id: Scalars['ID']['input'];
};


export type MutationSetAvatarArgs = {
  upload: Scalars['String']['input'];
};


export type MutationUnblockUserArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUnfollowUserArgs = {
  id: Scalars['ID']['input'];
};


export type MutationUpdatePrivacyArgs = {
  input: PrivacyInput;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


export type MutationUpdateProfileFieldArgs = {
  id: Scalars['ID']['input'];
  input: UpdateProfileFieldInput;
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

/** Who may read what; what is absent or null stays as it is. */
export type PrivacyInput = {
  /** Of what the person did. */
  activity?: InputMaybe<Audience>;
  /** Whether the person is asked before somebody follows them. Those who follow already stay. */
  approvesFollowers?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of the picture. */
  avatar?: InputMaybe<Audience>;
  /** Of `bio` and `status`. */
  bio?: InputMaybe<Audience>;
  /** Of `followers`, `following` and their numbers. */
  follows?: InputMaybe<Audience>;
  /** Of `interests`. */
  interests?: InputMaybe<Audience>;
  /** Of `links`. */
  links?: InputMaybe<Audience>;
  /** Of `location`. */
  location?: InputMaybe<Audience>;
  /** Of `pronouns`. */
  pronouns?: InputMaybe<Audience>;
};

/** Who may read which part of a profile. */
export type PrivacySettings = {
  __typename?: 'PrivacySettings';
  /** Of what the person did, in their feed; EVERYONE unless chosen, which widens nothing: what was done is for those for whom the thing is. */
  activity: Audience;
  /** Whether the person is asked before somebody follows them; false unless chosen. */
  approvesFollowers: Scalars['Boolean']['output'];
  /** Of the picture; EVERYONE unless chosen. */
  avatar: Audience;
  /** Of `bio` and `status`; MEMBERS unless chosen. */
  bio: Audience;
  /** Of `followers`, `following` and their numbers; MEMBERS unless chosen. */
  follows: Audience;
  /** Of `interests`; MEMBERS unless chosen. */
  interests: Audience;
  /** Of `links`; MEMBERS unless chosen. */
  links: Audience;
  /** Of `location`; MEMBERS unless chosen. */
  location: Audience;
  /** Of `pronouns`; EVERYONE unless chosen. */
  pronouns: Audience;
};

/** What a person says about themselves in one tenant; each part is null, or an empty list, for those outside of its audience. */
export type Profile = {
  __typename?: 'Profile';
  /**
   * Address of the person's picture, a square of the smallest of 64, 128, 256 and 512 pixels that is large enough; it holds as long as the picture does where the picture
   * is for EVERYONE, else for an hour or two. Where there is none, or none for the viewer, a `data:` address with the person's initials as an SVG without any script. Null
   * only while that cannot be made.
   */
  avatarUrl?: Maybe<Scalars['String']['output']>;
  /** Plain text of up to 2,000 characters; null where there is none. */
  bio?: Maybe<Scalars['String']['output']>;
  /** How much of the profile is filled in; null for all but the person. */
  completeness?: Maybe<ProfileCompleteness>;
  /** What the person filled in of the tenant's own fields, for those who may read each, in the order of the fields. */
  customFields: Array<ProfileFieldValue>;
  /** What the person cares about, at most 20, in their order. */
  interests: Array<Scalars['String']['output']>;
  /** Pages of the person, at most 10, in their order. */
  links: Array<ProfileLink>;
  /** Language in which the person wants to be spoken to, as of BCP 47, such as `de-AT`; null for all others, and where it was not set. */
  locale?: Maybe<Scalars['String']['output']>;
  /** Where the person is: one line of up to 100 characters, as they wrote it; null where they do not say. */
  location?: Maybe<Scalars['String']['output']>;
  /** Who may read what; null for all but the person. */
  privacy?: Maybe<PrivacySettings>;
  /** How the person wants to be spoken of: one line of up to 60 characters; null where they do not say. */
  pronouns?: Maybe<Scalars['String']['output']>;
  /** What the person is up to, for those who may read `bio`; null where nothing was said, and once its time is over. */
  status?: Maybe<ProfileStatus>;
  /** Time zone of the person, as of IANA, such as `Europe/Vienna`; null for all others, and where it was not set. */
  timeZone?: Maybe<Scalars['String']['output']>;
};


/** What a person says about themselves in one tenant; each part is null, or an empty list, for those outside of its audience. */
export type ProfileAvatarUrlArgs = {
  format?: InputMaybe<AvatarFormat>;
  size?: InputMaybe<Scalars['Int']['input']>;
};

/** How much of a profile is filled in. */
export type ProfileCompleteness = {
  __typename?: 'ProfileCompleteness';
  /** What is not. */
  missing: Array<ProfilePart>;
  /** From 0 to 100; each part counts alike. */
  percent: Scalars['Int']['output'];
};

/** Something that a tenant asks its people beside what every profile has, such as a role or a chapter. */
export type ProfileField = Node & {
  __typename?: 'ProfileField';
  /** Who may read what people fill in. NOBODY is for the person and whoever holds `profiles.field.manage`. */
  audience: Audience;
  /** What may be chosen, 2 to 50, for a CHOICE; empty for others. */
  choices: Array<Scalars['String']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** What it asks for: one line of up to 60 characters. */
  label: Scalars['String']['output'];
  /** Place among the fields, from 0 on; equal places go by age. */
  position: Scalars['Int']['output'];
  /** What it holds; stays as it was made. */
  type: ProfileFieldType;
};

/** What a field of a tenant's own holds. */
export type ProfileFieldType =
  /** One of the field's choices. */
  | 'CHOICE'
  /** A day, such as `2026-01-31`. */
  | 'DATE'
  /** Address of a page, `https` or `http`, of up to 500 characters. */
  | 'LINK'
  /** One line of up to 200 characters. */
  | 'TEXT';

/** What a person filled in of a field. */
export type ProfileFieldValue = {
  __typename?: 'ProfileFieldValue';
  /** The field. */
  field: ProfileField;
  /** What they filled in, as the type of the field says. */
  value: Scalars['String']['output'];
};

/** What somebody fills in of a field. */
export type ProfileFieldValueInput = {
  /** Id of the field. */
  fieldId: Scalars['ID']['input'];
  /** What the type of the field takes; null takes it away. */
  value?: InputMaybe<Scalars['String']['input']>;
};

/** A page of somebody's. */
export type ProfileLink = {
  __typename?: 'ProfileLink';
  /** What it is called: one line of up to 60 characters; null where nothing was said. */
  label?: Maybe<Scalars['String']['output']>;
  /** Address, `https` or `http`, of up to 500 characters. */
  url: Scalars['String']['output'];
};

/** A page of somebody's. */
export type ProfileLinkInput = {
  /** What it is called: one line of up to 60 characters; null for nothing. */
  label?: InputMaybe<Scalars['String']['input']>;
  /** Address, `https` or `http`, of up to 500 characters. */
  url: Scalars['String']['input'];
};

/** Parts of a profile that count for how much of it is filled in. */
export type ProfilePart =
  /** A text about oneself. */
  | 'BIO'
  /** At least one interest. */
  | 'INTERESTS'
  /** At least one page. */
  | 'LINKS'
  /** A language. */
  | 'LOCALE'
  /** Where one is. */
  | 'LOCATION'
  /** How one wants to be spoken of. */
  | 'PRONOUNS'
  /** A time zone. */
  | 'TIME_ZONE';

/** What somebody is up to. */
export type ProfileStatus = {
  __typename?: 'ProfileStatus';
  /** One line of up to 100 characters. */
  text: Scalars['String']['output'];
  /** When it goes by itself; null for one that stays. */
  until?: Maybe<Scalars['DateTime']['output']>;
};

/** What somebody is up to. */
export type ProfileStatusInput = {
  /** One line of up to 100 characters. */
  text: Scalars['String']['input'];
  /** When it goes by itself: in the future, at most a year ahead; null for one that stays. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

export type Query = {
  __typename?: 'Query';
  /** For other parts of Polity: what these people chose, as `[{ userId, locale, timeZone }]`. Those who chose nothing are left out. */
  _personSettings?: Maybe<Scalars['JSON']['output']>;
  /** For other parts of Polity: those of these people of whom somebody may read what they did, as they chose. */
  _readableActivity?: Maybe<Scalars['JSON']['output']>;
  /** Whom the viewer has blocked, by their ids; null for all but people. */
  blockedUsers?: Maybe<UserConnection>;
  /** Who waits to be let follow the viewer, the last first; null for all but people. */
  followRequests?: Maybe<UserConnection>;
  /** Fields of the tenant's own, in their order; at most 50. */
  profileFields?: Maybe<Array<ProfileField>>;
  /** The viewer's own profile as those see it for whom no more than this is; what a stranger sees for EVERYONE. Null for all but people. */
  profilePreview?: Maybe<Profile>;
  /**
   * Members of the tenant by display name and user name, in any script: every word of the query begins a word of theirs, one letter wrong, missing, too many or in the other's place being forgiven in words of five
   * letters or more. First those that fit exactly, then whom the viewer follows, with whom they share most communities and teams, and by name. The best 500; nobody between whom and the viewer a block stands. Empty for who does not belong to the tenant.
   */
  searchUsers?: Maybe<UserConnection>;
};


export type Query_PersonSettingsArgs = {
  userIds: Array<Scalars['ID']['input']>;
};


export type Query_ReadableActivityArgs = {
  userIds: Array<Scalars['ID']['input']>;
  viewerId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryBlockedUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryFollowRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryProfilePreviewArgs = {
  as?: InputMaybe<Audience>;
};


export type QuerySearchUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
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

/** What changes about a field; what is absent or null stays as it is. */
export type UpdateProfileFieldInput = {
  /** Who may read what people fill in. */
  audience?: InputMaybe<Audience>;
  /** All choices of a CHOICE. What people chose of those that go is not shown any more. */
  choices?: InputMaybe<Array<Scalars['String']['input']>>;
  /** One line of up to 60 characters. */
  label?: InputMaybe<Scalars['String']['input']>;
  /** Place among the fields, 0 to 1,000. */
  position?: InputMaybe<Scalars['Int']['input']>;
};

/** What changes about the viewer's profile; what is absent stays as it is, and null takes it away. */
export type UpdateProfileInput = {
  /** Plain text of up to 2,000 characters. */
  bio?: InputMaybe<Scalars['String']['input']>;
  /** What changes of the tenant's own fields; others stay as they are. */
  customFields?: InputMaybe<Array<ProfileFieldValueInput>>;
  /** All interests, at most 20, each one line of up to 40 characters; one that comes twice counts once. */
  interests?: InputMaybe<Array<Scalars['String']['input']>>;
  /** All pages, at most 10, in their order. */
  links?: InputMaybe<Array<ProfileLinkInput>>;
  /** A language as of BCP 47; it is stored in its usual form. */
  locale?: InputMaybe<Scalars['String']['input']>;
  /** One line of up to 100 characters. */
  location?: InputMaybe<Scalars['String']['input']>;
  /** One line of up to 60 characters. */
  pronouns?: InputMaybe<Scalars['String']['input']>;
  /** What the person is up to. */
  status?: InputMaybe<ProfileStatusInput>;
  /** A time zone as of IANA. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

export type User = Node & {
  __typename?: 'User';
  /** How many follow the person, 10,000 for any more; null for those outside of the audience `follows`. */
  followerCount?: Maybe<Scalars['Int']['output']>;
  /** Who follows the person, the last first; null for those outside of the audience `follows`. */
  followers?: Maybe<UserConnection>;
  /** Whom the person follows, the last first; null for those outside of the audience `follows`. */
  following?: Maybe<UserConnection>;
  /** How many the person follows, 10,000 for any more; null for those outside of the audience `follows`. */
  followingCount?: Maybe<Scalars['Int']['output']>;
  id: Scalars['ID']['output'];
  /** What the person says about themselves in this tenant; null for whom they have blocked. */
  profile?: Maybe<Profile>;
  /** Whether the viewer has blocked the person; null for all but people. */
  viewerBlocks?: Maybe<Scalars['Boolean']['output']>;
  /** How far the viewer is with following the person; null where they do not, and for all but people. */
  viewerFollowStatus?: Maybe<FollowStatus>;
  /** Whether the viewer follows the person, who has let them; null for all but people. */
  viewerFollows?: Maybe<Scalars['Boolean']['output']>;
};


export type UserFollowersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


export type UserFollowingArgs = {
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
  ProfileField: ProfileField;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ProfileField:
    ( { __typename: 'ProfileField' }
    & GraphQLRecursivePick<FederationTypes['ProfileField'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};


/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( ProfileFieldRowEntity )
    | ( { __typename?: 'User'; id: string } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Audience: Audience;
  AvatarFormat: AvatarFormat;
  CreateProfileFieldInput: CreateProfileFieldInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  FollowStatus: FollowStatus;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  PrivacyInput: PrivacyInput;
  PrivacySettings: ResolverTypeWrapper<PrivacySettings>;
  Profile: ResolverTypeWrapper<ProfileViewEntity>;
  ProfileCompleteness: ResolverTypeWrapper<ProfileCompleteness>;
  ProfileField: ResolverTypeWrapper<ProfileFieldRowEntity>;
  ProfileFieldType: ProfileFieldType;
  ProfileFieldValue: ResolverTypeWrapper<FieldValueEntity>;
  ProfileFieldValueInput: ProfileFieldValueInput;
  ProfileLink: ResolverTypeWrapper<ProfileLink>;
  ProfileLinkInput: ProfileLinkInput;
  ProfilePart: ProfilePart;
  ProfileStatus: ResolverTypeWrapper<StatusEntity>;
  ProfileStatusInput: ProfileStatusInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  UpdateProfileFieldInput: UpdateProfileFieldInput;
  UpdateProfileInput: UpdateProfileInput;
  User: ResolverTypeWrapper<{ __typename?: 'User'; id: string }>;
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
  CreateProfileFieldInput: CreateProfileFieldInput;
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
  PrivacyInput: PrivacyInput;
  PrivacySettings: PrivacySettings;
  Profile: ProfileViewEntity;
  ProfileCompleteness: ProfileCompleteness;
  ProfileField: ProfileFieldRowEntity;
  ProfileFieldValue: FieldValueEntity;
  ProfileFieldValueInput: ProfileFieldValueInput;
  ProfileLink: ProfileLink;
  ProfileLinkInput: ProfileLinkInput;
  ProfileStatus: StatusEntity;
  ProfileStatusInput: ProfileStatusInput;
  Query: Record<PropertyKey, never>;
  ScopeInput: ScopeInput;
  UpdateProfileFieldInput: UpdateProfileFieldInput;
  UpdateProfileInput: UpdateProfileInput;
  User: { __typename?: 'User'; id: string };
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

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  approveFollower: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationApproveFollowerArgs, 'id'>>;
  blockUser: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationBlockUserArgs, 'id'>>;
  createProfileField: Resolver<Maybe<ResolversTypes['ProfileField']>, ParentType, ContextType, RequireFields<MutationCreateProfileFieldArgs, 'input'>>;
  deleteProfileField: Resolver<Maybe<ResolversTypes['ProfileField']>, ParentType, ContextType, RequireFields<MutationDeleteProfileFieldArgs, 'id'>>;
  followUser: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationFollowUserArgs, 'id'>>;
  removeAvatar: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  removeFollower: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationRemoveFollowerArgs, 'id'>>;
  setAvatar: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationSetAvatarArgs, 'upload'>>;
  unblockUser: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationUnblockUserArgs, 'id'>>;
  unfollowUser: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationUnfollowUserArgs, 'id'>>;
  updatePrivacy: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationUpdatePrivacyArgs, 'input'>>;
  updateProfile: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
  updateProfileField: Resolver<Maybe<ResolversTypes['ProfileField']>, ParentType, ContextType, RequireFields<MutationUpdateProfileFieldArgs, 'id' | 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'ProfileField' | 'User', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PrivacySettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PrivacySettings'] = ResolversParentTypes['PrivacySettings']> = {
  activity?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
  approvesFollowers?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  avatar?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
  bio?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
  follows?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
  interests?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
  links?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
  pronouns?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
};

export type ProfileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Profile'] = ResolversParentTypes['Profile']> = {
  avatarUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<ProfileAvatarUrlArgs, 'format' | 'size'>>;
  bio?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  completeness?: Resolver<Maybe<ResolversTypes['ProfileCompleteness']>, ParentType, ContextType>;
  customFields?: Resolver<Array<ResolversTypes['ProfileFieldValue']>, ParentType, ContextType>;
  interests?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  links?: Resolver<Array<ResolversTypes['ProfileLink']>, ParentType, ContextType>;
  locale?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  privacy?: Resolver<Maybe<ResolversTypes['PrivacySettings']>, ParentType, ContextType>;
  pronouns?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['ProfileStatus']>, ParentType, ContextType>;
  timeZone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProfileCompletenessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProfileCompleteness'] = ResolversParentTypes['ProfileCompleteness']> = {
  missing?: Resolver<Array<ResolversTypes['ProfilePart']>, ParentType, ContextType>;
  percent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProfileFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProfileField'] = ResolversParentTypes['ProfileField'], FederationReferenceType extends FederationReferenceTypes['ProfileField'] = FederationReferenceTypes['ProfileField']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProfileField']> | FederationReferenceType, FederationReferenceType, ContextType>;
  audience?: Resolver<ResolversTypes['Audience'], ParentType, ContextType>;
  choices?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['ProfileFieldType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProfileFieldValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProfileFieldValue'] = ResolversParentTypes['ProfileFieldValue']> = {
  field?: Resolver<ResolversTypes['ProfileField'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProfileLinkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProfileLink'] = ResolversParentTypes['ProfileLink']> = {
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProfileStatusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProfileStatus'] = ResolversParentTypes['ProfileStatus']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  _personSettings: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_PersonSettingsArgs, 'userIds'>>;
  _readableActivity: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<Query_ReadableActivityArgs, 'userIds'>>;
  blockedUsers: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QueryBlockedUsersArgs>>;
  followRequests: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<QueryFollowRequestsArgs>>;
  profileFields: Resolver<Maybe<Array<ResolversTypes['ProfileField']>>, ParentType, ContextType>;
  profilePreview: Resolver<Maybe<ResolversTypes['Profile']>, ParentType, ContextType, RequireFields<QueryProfilePreviewArgs, 'as'>>;
  searchUsers: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, RequireFields<QuerySearchUsersArgs, 'query'>>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  followerCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  followers?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<UserFollowersArgs>>;
  following?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, Partial<UserFollowingArgs>>;
  followingCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  profile?: Resolver<Maybe<ResolversTypes['Profile']>, ParentType, ContextType>;
  viewerBlocks?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  viewerFollowStatus?: Resolver<Maybe<ResolversTypes['FollowStatus']>, ParentType, ContextType>;
  viewerFollows?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
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
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PrivacySettings?: PrivacySettingsResolvers<ContextType>;
  Profile?: ProfileResolvers<ContextType>;
  ProfileCompleteness?: ProfileCompletenessResolvers<ContextType>;
  ProfileField?: ProfileFieldResolvers<ContextType>;
  ProfileFieldValue?: ProfileFieldValueResolvers<ContextType>;
  ProfileLink?: ProfileLinkResolvers<ContextType>;
  ProfileStatus?: ProfileStatusResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
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
