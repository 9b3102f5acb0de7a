import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CommunityRow as CommunityRowEntity } from '../domain/community/community.entity.ts';
import type { CommunityMembershipRow as CommunityMembershipRowEntity } from '../domain/membership/membership.entity.ts';
import type { TeamRow as TeamRowEntity } from '../domain/team/team.entity.ts';
import type { TeamMembershipRow as TeamMembershipRowEntity } from '../domain/team/team-membership.entity.ts';
import type { PostRow as PostRowEntity } from '../domain/post/post.entity.ts';
import type { ModuleEntry as ModuleEntryEntity } from '../domain/module/module.table.ts';
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

/** A group of people within a tenant: it has members, teams and posts. */
export type Community = Node & {
  __typename?: 'Community';
  /** When it was archived: nobody joins, is invited, forms teams or posts any more. Null while it lives. */
  archivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Plain text, at most 2,000 characters; null where none was given. */
  description?: Maybe<Scalars['String']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** How people become members. */
  joinPolicy: JoinPolicy;
  /** Number of ACTIVE members. */
  memberCount: Scalars['Int']['output'];
  /**
   * Memberships in the order in which they began. Seen by whoever sees the community; entries other than ACTIVE only by those who
   * hold `portal.member.approve` or `portal.member.invite` here, for everyone else `status` values other than ACTIVE give an empty list.
   */
  members?: Maybe<CommunityMembershipConnection>;
  /** Display name, 1 to 100 characters. */
  name: Scalars['String']['output'];
  /** Posts of the community itself, without those of its teams, newest first; only those that the viewer may see. */
  posts?: Maybe<PostConnection>;
  /** Short name in addresses, unique in the tenant: 2 to 63 lower-case letters, digits and single hyphens. */
  slug: Scalars['String']['output'];
  /** Teams by name. Seen by whoever sees the community. */
  teams?: Maybe<TeamConnection>;
  /** The tenant it belongs to. */
  tenant?: Maybe<Tenant>;
  /** The viewer's own membership, in whatever status; null for strangers and anonymous viewers. */
  viewerMembership?: Maybe<CommunityMembership>;
  /**
   * Who sees that the community exists: PUBLIC whoever can reach the tenant; COMMUNITY and PRIVATE its members and those invited or waiting.
   * Whoever holds `portal.community.update` at it sees it always. TEAM does not occur here. Each post has a visibility of its own.
   */
  visibility: Visibility;
};


/** A group of people within a tenant: it has members, teams and posts. */
export type CommunityMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<MembershipStatus>;
};


/** A group of people within a tenant: it has members, teams and posts. */
export type CommunityPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A group of people within a tenant: it has members, teams and posts. */
export type CommunityTeamsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of communities. */
export type CommunityConnection = {
  __typename?: 'CommunityConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<CommunityEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A community in a list. */
export type CommunityEdge = {
  __typename?: 'CommunityEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The community. */
  node: Community;
};

/** That a person belongs, or may come to belong, to a community. */
export type CommunityMembership = Node & {
  __typename?: 'CommunityMembership';
  /** The community; null where the viewer may not see it, such as a hidden one that they have left. */
  community?: Maybe<Community>;
  /** When they first asked, were invited or joined. */
  createdAt: Scalars['DateTime']['output'];
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Who invited them; null where they came by themselves. */
  invitedBy?: Maybe<User>;
  /** When they became a member; null unless ACTIVE. */
  joinedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Key of the role template that the membership carries: `portal.member`, `portal.moderator` or `portal.owner`. */
  roleKey: Scalars['String']['output'];
  /** Where they stand. */
  status: MembershipStatus;
  /** The person; null where their account cannot be shown. */
  user?: Maybe<User>;
};

/** A page of memberships in a community. */
export type CommunityMembershipConnection = {
  __typename?: 'CommunityMembershipConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<CommunityMembershipEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A membership in a list. */
export type CommunityMembershipEdge = {
  __typename?: 'CommunityMembershipEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The membership. */
  node: CommunityMembership;
};

/** What `createCommunity` needs. */
export type CreateCommunityInput = {
  /** Plain text, at most 2,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** How people become members. */
  joinPolicy?: InputMaybe<JoinPolicy>;
  /** Display name, 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** Short name in addresses: 2 to 63 lower-case letters, digits and single hyphens; ALREADY_EXISTS where it is taken in the tenant. */
  slug: Scalars['String']['input'];
  /** Who sees that it exists: PUBLIC, COMMUNITY or PRIVATE. */
  visibility?: InputMaybe<Visibility>;
};

/** What `createPost` needs. */
export type CreatePostInput = {
  /** Markdown, 1 to 50,000 characters, within the bounds that `Post.body` names. */
  body: Scalars['String']['input'];
  /** Tenant, community or team at which to post. */
  scope: ScopeInput;
  /** Plain text, 1 to 200 characters. */
  title: Scalars['String']['input'];
  /** Who may see it; the members of the scope by default. TEAM is for posts of a team only. */
  visibility?: InputMaybe<Visibility>;
};

/** What `createTeam` needs. */
export type CreateTeamInput = {
  /** The community in which the team will lie. */
  communityId: Scalars['ID']['input'];
  /** Plain text, at most 2,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Display name, 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** Short name in addresses: 2 to 63 lower-case letters, digits and single hyphens; ALREADY_EXISTS where it is taken in the community. */
  slug: Scalars['String']['input'];
};

/** How people become members of a community. */
export type JoinPolicy =
  /** Only people who were invited. */
  | 'INVITE'
  /** Whoever belongs to the tenant joins at once. */
  | 'OPEN'
  /** Whoever belongs to the tenant may ask; someone with `portal.member.approve` decides. */
  | 'REQUEST';

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

/** An entry of the navigation of a tenant, community or team. */
export type Module = {
  __typename?: 'Module';
  /** Whether it is shown; always true in `navigation` unless disabled entries were asked for. */
  enabled: Scalars['Boolean']['output'];
  /** Stable key, such as `posts`; unique within a scope. */
  key: Scalars['String']['output'];
  /** Path below the scope's own address, beginning with a slash. */
  path: Scalars['String']['output'];
  /** Title to show, in English. */
  title: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Adds a member of the community to a team. Needs `portal.team.update` at it. CONFLICT for who is no member of the community, ALREADY_EXISTS for who is in the team. */
  addToTeam?: Maybe<TeamMembership>;
  /**
   * Accepts a person who asked to join. Needs `portal.member.approve` at the community. NOT_FOUND where nobody of that id waits, or they may not
   * join any more.
   */
  approveMembership?: Maybe<CommunityMembership>;
  /** Archives a community for good: what it holds stays readable, nothing is added. Needs `portal.community.archive` at it. Repeating it changes nothing. */
  archiveCommunity?: Maybe<Community>;
  /**
   * Creates a community; the viewer becomes its first member and its owner. Needs `portal.community.create` at the tenant. VALIDATION_ERROR for
   * input against the rules, ALREADY_EXISTS for a taken slug, RATE_LIMITED past 100 per hour and person.
   */
  createCommunity?: Maybe<Community>;
  /** Posts at a scope. Needs `portal.post.create` there and to be one of its members, or `portal.post.manage`. CONFLICT in an archived community. */
  createPost?: Maybe<Post>;
  /** Creates a team. Needs `portal.team.create` at the community. ALREADY_EXISTS for a taken slug. */
  createTeam?: Maybe<Team>;
  /** Deletes a post for good and answers it as it was. For its author as long as they may post there, and for those with `portal.post.manage`. */
  deletePost?: Maybe<Post>;
  /** Deletes a team with its posts and memberships; roles granted at it end first. Answers the team as it was, its lists empty. Needs `portal.team.delete` at it. */
  deleteTeam?: Maybe<Team>;
  /**
   * Invites a person, or accepts one who asked to join. Needs `portal.member.invite` at the community. NOT_FOUND for who does not belong to the tenant,
   * ALREADY_EXISTS for members and those invited already, CONFLICT for the banned.
   */
  inviteToCommunity?: Maybe<CommunityMembership>;
  /**
   * Joins a community: ACTIVE where it is open or the viewer was invited, PENDING where members are approved. Needs `portal.community.join` at the
   * tenant. FORBIDDEN without an invitation where one is needed and for the banned, ALREADY_EXISTS for members and those who wait already.
   */
  joinCommunity?: Maybe<CommunityMembership>;
  /** Leaves a community and its teams, or withdraws a request, or declines an invitation. Answers the membership as it was. LAST_OWNER for its last owner. */
  leaveCommunity?: Maybe<CommunityMembership>;
  /**
   * Removes a person from a community and its teams, rejects their request, takes back their invitation or lifts their ban; access ends before the answer comes.
   * Answers the membership as it was; with `ban` as it is from now on, BANNED.
   * Needs `portal.member.remove` at the community, and for those with more than `portal.member` also
   * `portal.member.promote` and all that their role grants: FORBIDDEN names what is `missing`. LAST_OWNER for the last owner.
   */
  removeFromCommunity?: Maybe<CommunityMembership>;
  /** Takes a person out of a team; their access to it ends before the answer comes. Answers the membership as it was. Needs `portal.team.update` at it, or to be that person. */
  removeFromTeam?: Maybe<TeamMembership>;
  /**
   * Gives a member another role. Needs `portal.member.promote` at the community and all that the higher of the two roles grants, for good where it
   * is given: FORBIDDEN names what is `missing`. VALIDATION_ERROR for an unknown role, LAST_OWNER where the community would lose its last owner.
   */
  setCommunityRole?: Maybe<CommunityMembership>;
  /** Shows or hides a navigation entry and answers all entries of the scope. Needs `portal.module.manage` there. VALIDATION_ERROR for an unknown key and for `home`. */
  setModule?: Maybe<Array<Module>>;
  /** Changes a community. Needs `portal.community.update` at it. */
  updateCommunity?: Maybe<Community>;
  /** Changes a post. For its author as long as they may post there, and for those with `portal.post.manage`. */
  updatePost?: Maybe<Post>;
  /** Changes a team. Needs `portal.team.update` at it. */
  updateTeam?: Maybe<Team>;
};


export type MutationAddToTeamArgs = {
  teamId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationApproveMembershipArgs = {
  communityId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationArchiveCommunityArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreateCommunityArgs = {
  input: CreateCommunityInput;
};


export type MutationCreatePostArgs = {
  input: CreatePostInput;
};


export type MutationCreateTeamArgs = {
  input: CreateTeamInput;
};


export type MutationDeletePostArgs = {
  id: Scalars['ID']['input'];
};


export type MutationDeleteTeamArgs = {
  id: Scalars['ID']['input'];
};


export type MutationInviteToCommunityArgs = {
  communityId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationJoinCommunityArgs = {
  id: Scalars['ID']['input'];
};


export type MutationLeaveCommunityArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRemoveFromCommunityArgs = {
  ban?: InputMaybe<Scalars['Boolean']['input']>;
  communityId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationRemoveFromTeamArgs = {
  teamId: Scalars['ID']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationSetCommunityRoleArgs = {
  communityId: Scalars['ID']['input'];
  roleKey: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


export type MutationSetModuleArgs = {
  enabled: Scalars['Boolean']['input'];
  key: Scalars['String']['input'];
  scope: ScopeInput;
};


export type MutationUpdateCommunityArgs = {
  id: Scalars['ID']['input'];
  input: UpdateCommunityInput;
};


export type MutationUpdatePostArgs = {
  id: Scalars['ID']['input'];
  input: UpdatePostInput;
};


export type MutationUpdateTeamArgs = {
  id: Scalars['ID']['input'];
  input: UpdateTeamInput;
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

/** Something that a person wrote, at a tenant, a community or a team. */
export type Post = Node & {
  __typename?: 'Post';
  /** Who wrote it; null where their account cannot be shown. */
  author?: Maybe<User>;
  /**
   * Markdown (CommonMark with GitHub's tables, strike-through, lists of tasks, and bare `http://`, `https://` and `www.` addresses as links), 1 to
   * 50,000 characters, as the author wrote it. What cannot be shown within bounds is refused with VALIDATION_ERROR: quotes and lists nested more
   * than 50 deep, a list counting two; HTML longer than eight times the body and 65,536 characters; more than a second of CPU time.
   */
  body: Scalars['String']['output'];
  /**
   * The body as safe HTML: no scripts, styles, frames, forms, event handlers or `data:` images; HTML that was typed into the body shows as text.
   * At most eight times as long as the body and 65,536 characters. Links carry `rel="nofollow noopener noreferrer"`.
   */
  bodyHtml: Scalars['String']['output'];
  /** When it was posted. */
  createdAt: Scalars['DateTime']['output'];
  /** When title, body or visibility last changed; null if never. */
  editedAt?: Maybe<Scalars['DateTime']['output']>;
  /**
   * Since when moderators have hidden it from all but its author and whoever holds `portal.post.manage` at its scope; to everybody else it is missing. Null for
   * one that is seen as `visibility` says.
   */
  hiddenAt?: Maybe<Scalars['DateTime']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Where it was posted; null where the viewer may not see that place. */
  scope?: Maybe<Scope>;
  /** Plain text, 1 to 200 characters. */
  title: Scalars['String']['output'];
  /** Whether the viewer may edit and delete it: its author as long as they may post here, and whoever holds `portal.post.manage`. */
  viewerCanEdit: Scalars['Boolean']['output'];
  /**
   * Who may see it: PUBLIC whoever can reach the tenant; COMMUNITY the members of the community it lies in, or of the tenant for a post of the
   * tenant; TEAM the members of its team; PRIVATE its author. Whoever holds `portal.post.manage` at its scope sees it always.
   */
  visibility: Visibility;
};

/** A page of posts. */
export type PostConnection = {
  __typename?: 'PostConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<PostEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A post in a list. */
export type PostEdge = {
  __typename?: 'PostEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The post. */
  node: Post;
};

export type Query = {
  __typename?: 'Query';
  /** Communities of the tenant that the viewer may see, by name; archived ones included. */
  communities?: Maybe<CommunityConnection>;
  /** One community by id or by slug (exactly one of the two); null for a community that is missing or hidden from the viewer. */
  community?: Maybe<Community>;
  /** Navigation entries that the viewer may open; null for a scope that is missing or hidden from the viewer. */
  navigation?: Maybe<Array<Module>>;
  /** One post; null for a post that is missing or hidden from the viewer. */
  post?: Maybe<Post>;
  /** Posts that the viewer may see, newest first. */
  posts?: Maybe<PostConnection>;
  /** One team; null for a team that is missing or hidden from the viewer. */
  team?: Maybe<Team>;
};


export type QueryCommunitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  mine?: InputMaybe<Scalars['Boolean']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCommunityArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryNavigationArgs = {
  includeDisabled?: InputMaybe<Scalars['Boolean']['input']>;
  scope?: InputMaybe<ScopeInput>;
};


export type QueryPostArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<ScopeInput>;
};


export type QueryTeamArgs = {
  id: Scalars['ID']['input'];
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

/**
 * What can be followed, over Server-Sent Events at `/graphql/stream` or over a WebSocket at `/graphql`. Each field answers at once what the query of its name
 * answers, and again whenever that has changed: with the rights that the subscriber has at that moment. A stream ends with the session or token that it was begun
 * with. Changes that come quickly one after the other are one answer. One field to an operation; at most 100 streams of one person at a time.
 */
export type Subscription = {
  __typename?: 'Subscription';
  /** One post, as it is now and whenever it changes; null where it is missing, hidden from the viewer or deleted. */
  post?: Maybe<Post>;
};


/**
 * What can be followed, over Server-Sent Events at `/graphql/stream` or over a WebSocket at `/graphql`. Each field answers at once what the query of its name
 * answers, and again whenever that has changed: with the rights that the subscriber has at that moment. A stream ends with the session or token that it was begun
 * with. Changes that come quickly one after the other are one answer. One field to an operation; at most 100 streams of one person at a time.
 */
export type SubscriptionPostArgs = {
  id: Scalars['ID']['input'];
};

/** A smaller group within a community. It is seen by whoever sees the community. */
export type Team = Node & {
  __typename?: 'Team';
  /** The community it lies in. */
  community: Community;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Plain text, at most 2,000 characters; null where none was given. */
  description?: Maybe<Scalars['String']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Number of members. */
  memberCount: Scalars['Int']['output'];
  /** Members in the order in which they were added. Seen by whoever sees the team. */
  members?: Maybe<TeamMembershipConnection>;
  /** Display name, 1 to 100 characters. */
  name: Scalars['String']['output'];
  /** Posts of the team, newest first; only those that the viewer may see. */
  posts?: Maybe<PostConnection>;
  /** Short name in addresses, unique in the community: 2 to 63 lower-case letters, digits and single hyphens. */
  slug: Scalars['String']['output'];
  /** The viewer's own membership; null for everyone else. */
  viewerMembership?: Maybe<TeamMembership>;
};


/** A smaller group within a community. It is seen by whoever sees the community. */
export type TeamMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A smaller group within a community. It is seen by whoever sees the community. */
export type TeamPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of teams. */
export type TeamConnection = {
  __typename?: 'TeamConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<TeamEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A team in a list. */
export type TeamEdge = {
  __typename?: 'TeamEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The team. */
  node: Team;
};

/** That a member of a community belongs to one of its teams. */
export type TeamMembership = Node & {
  __typename?: 'TeamMembership';
  /** When they were added. */
  createdAt: Scalars['DateTime']['output'];
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** The team. */
  team: Team;
  /** The person; null where their account cannot be shown. */
  user?: Maybe<User>;
};

/** A page of memberships in a team. */
export type TeamMembershipConnection = {
  __typename?: 'TeamMembershipConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<TeamMembershipEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A membership in a list. */
export type TeamMembershipEdge = {
  __typename?: 'TeamMembershipEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The membership. */
  node: TeamMembership;
};

export type Tenant = Node & {
  __typename?: 'Tenant';
  /** Communities that the viewer may see, by name; empty for a tenant other than that of the request. */
  communities?: Maybe<CommunityConnection>;
  id: Scalars['ID']['output'];
};


export type TenantCommunitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Changes to a community; what is left out stays as it is, and so does what is null, but for the description. */
export type UpdateCommunityInput = {
  /** New description, at most 2,000 characters; null or an empty text removes it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** New way of joining. Requests that wait keep waiting. */
  joinPolicy?: InputMaybe<JoinPolicy>;
  /** New display name, 1 to 100 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** New short name, under the rules of `createCommunity`. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** New visibility: PUBLIC, COMMUNITY or PRIVATE. */
  visibility?: InputMaybe<Visibility>;
};

/** Changes to a post; what is left out or null stays as it is. */
export type UpdatePostInput = {
  /** New Markdown body, 1 to 50,000 characters, within the bounds that `Post.body` names. */
  body?: InputMaybe<Scalars['String']['input']>;
  /** New title, 1 to 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** New visibility; TEAM is for posts of a team only. */
  visibility?: InputMaybe<Visibility>;
};

/** Changes to a team; what is left out stays as it is, and so does what is null, but for the description. */
export type UpdateTeamInput = {
  /** New description, at most 2,000 characters; null or an empty text removes it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** New display name, 1 to 100 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** New short name, under the rules of `createTeam`. */
  slug?: InputMaybe<Scalars['String']['input']>;
};

export type User = Node & {
  __typename?: 'User';
  /** Communities of this tenant of which the person is an ACTIVE member and which the viewer may see, by name. */
  communities?: Maybe<CommunityConnection>;
  id: Scalars['ID']['output'];
};


export type UserCommunitiesArgs = {
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
  Community: Community;
  Post: Post;
  Team: Team;
  Tenant: Tenant;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Community:
    ( { __typename: 'Community' }
    & GraphQLRecursivePick<FederationTypes['Community'], {"id":true}> );
  Post:
    ( { __typename: 'Post' }
    & GraphQLRecursivePick<FederationTypes['Post'], {"id":true}> );
  Team:
    ( { __typename: 'Team' }
    & GraphQLRecursivePick<FederationTypes['Team'], {"id":true}> );
  Tenant:
    ( { __typename: 'Tenant' }
    & GraphQLRecursivePick<FederationTypes['Tenant'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  Scope:
    | ( CommunityRowEntity )
    | ( TeamRowEntity )
    | ( { __typename?: 'Tenant'; id: string } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( CommunityRowEntity )
    | ( CommunityMembershipRowEntity )
    | ( PostRowEntity )
    | ( TeamRowEntity )
    | ( TeamMembershipRowEntity )
    | ( { __typename?: 'Tenant'; id: string } )
    | ( { __typename?: 'User'; id: string } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Community: ResolverTypeWrapper<CommunityRowEntity>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CommunityConnection: ResolverTypeWrapper<Omit<CommunityConnection, 'edges'> & { edges: Array<ResolversTypes['CommunityEdge']> }>;
  CommunityEdge: ResolverTypeWrapper<Omit<CommunityEdge, 'node'> & { node: ResolversTypes['Community'] }>;
  CommunityMembership: ResolverTypeWrapper<CommunityMembershipRowEntity>;
  CommunityMembershipConnection: ResolverTypeWrapper<Omit<CommunityMembershipConnection, 'edges'> & { edges: Array<ResolversTypes['CommunityMembershipEdge']> }>;
  CommunityMembershipEdge: ResolverTypeWrapper<Omit<CommunityMembershipEdge, 'node'> & { node: ResolversTypes['CommunityMembership'] }>;
  CreateCommunityInput: CreateCommunityInput;
  CreatePostInput: CreatePostInput;
  CreateTeamInput: CreateTeamInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  JoinPolicy: JoinPolicy;
  MembershipStatus: MembershipStatus;
  Module: ResolverTypeWrapper<ModuleEntryEntity>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Post: ResolverTypeWrapper<PostRowEntity>;
  PostConnection: ResolverTypeWrapper<Omit<PostConnection, 'edges'> & { edges: Array<ResolversTypes['PostEdge']> }>;
  PostEdge: ResolverTypeWrapper<Omit<PostEdge, 'node'> & { node: ResolversTypes['Post'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Scope: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Scope']>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Team: ResolverTypeWrapper<TeamRowEntity>;
  TeamConnection: ResolverTypeWrapper<Omit<TeamConnection, 'edges'> & { edges: Array<ResolversTypes['TeamEdge']> }>;
  TeamEdge: ResolverTypeWrapper<Omit<TeamEdge, 'node'> & { node: ResolversTypes['Team'] }>;
  TeamMembership: ResolverTypeWrapper<TeamMembershipRowEntity>;
  TeamMembershipConnection: ResolverTypeWrapper<Omit<TeamMembershipConnection, 'edges'> & { edges: Array<ResolversTypes['TeamMembershipEdge']> }>;
  TeamMembershipEdge: ResolverTypeWrapper<Omit<TeamMembershipEdge, 'node'> & { node: ResolversTypes['TeamMembership'] }>;
  Tenant: ResolverTypeWrapper<{ __typename?: 'Tenant'; id: string }>;
  UpdateCommunityInput: UpdateCommunityInput;
  UpdatePostInput: UpdatePostInput;
  UpdateTeamInput: UpdateTeamInput;
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
  Community: CommunityRowEntity;
  ID: Scalars['ID']['output'];
  CommunityConnection: Omit<CommunityConnection, 'edges'> & { edges: Array<ResolversParentTypes['CommunityEdge']> };
  CommunityEdge: Omit<CommunityEdge, 'node'> & { node: ResolversParentTypes['Community'] };
  CommunityMembership: CommunityMembershipRowEntity;
  CommunityMembershipConnection: Omit<CommunityMembershipConnection, 'edges'> & { edges: Array<ResolversParentTypes['CommunityMembershipEdge']> };
  CommunityMembershipEdge: Omit<CommunityMembershipEdge, 'node'> & { node: ResolversParentTypes['CommunityMembership'] };
  CreateCommunityInput: CreateCommunityInput;
  CreatePostInput: CreatePostInput;
  CreateTeamInput: CreateTeamInput;
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  Module: ModuleEntryEntity;
  Boolean: Scalars['Boolean']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Post: PostRowEntity;
  PostConnection: Omit<PostConnection, 'edges'> & { edges: Array<ResolversParentTypes['PostEdge']> };
  PostEdge: Omit<PostEdge, 'node'> & { node: ResolversParentTypes['Post'] };
  Query: Record<PropertyKey, never>;
  Scope: ResolversUnionTypes<ResolversParentTypes>['Scope'];
  ScopeInput: ScopeInput;
  Subscription: Record<PropertyKey, never>;
  Team: TeamRowEntity;
  TeamConnection: Omit<TeamConnection, 'edges'> & { edges: Array<ResolversParentTypes['TeamEdge']> };
  TeamEdge: Omit<TeamEdge, 'node'> & { node: ResolversParentTypes['Team'] };
  TeamMembership: TeamMembershipRowEntity;
  TeamMembershipConnection: Omit<TeamMembershipConnection, 'edges'> & { edges: Array<ResolversParentTypes['TeamMembershipEdge']> };
  TeamMembershipEdge: Omit<TeamMembershipEdge, 'node'> & { node: ResolversParentTypes['TeamMembership'] };
  Tenant: { __typename?: 'Tenant'; id: string };
  UpdateCommunityInput: UpdateCommunityInput;
  UpdatePostInput: UpdatePostInput;
  UpdateTeamInput: UpdateTeamInput;
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

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community'], FederationReferenceType extends FederationReferenceTypes['Community'] = FederationReferenceTypes['Community']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Community']> | FederationReferenceType, FederationReferenceType, ContextType>;
  archivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  joinPolicy?: Resolver<ResolversTypes['JoinPolicy'], ParentType, ContextType>;
  memberCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['CommunityMembershipConnection']>, ParentType, ContextType, RequireFields<CommunityMembersArgs, 'status'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  posts?: Resolver<Maybe<ResolversTypes['PostConnection']>, ParentType, ContextType, Partial<CommunityPostsArgs>>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  teams?: Resolver<Maybe<ResolversTypes['TeamConnection']>, ParentType, ContextType, Partial<CommunityTeamsArgs>>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
  viewerMembership?: Resolver<Maybe<ResolversTypes['CommunityMembership']>, ParentType, ContextType>;
  visibility?: Resolver<ResolversTypes['Visibility'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CommunityConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityConnection'] = ResolversParentTypes['CommunityConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CommunityEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CommunityEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityEdge'] = ResolversParentTypes['CommunityEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Community'], ParentType, ContextType>;
};

export type CommunityMembershipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityMembership'] = ResolversParentTypes['CommunityMembership']> = {
  community?: Resolver<Maybe<ResolversTypes['Community']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invitedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  joinedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  roleKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['MembershipStatus'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CommunityMembershipConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityMembershipConnection'] = ResolversParentTypes['CommunityMembershipConnection']> = {
  edges?: Resolver<Array<ResolversTypes['CommunityMembershipEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CommunityMembershipEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CommunityMembershipEdge'] = ResolversParentTypes['CommunityMembershipEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CommunityMembership'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type ModuleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Module'] = ResolversParentTypes['Module']> = {
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addToTeam: Resolver<Maybe<ResolversTypes['TeamMembership']>, ParentType, ContextType, RequireFields<MutationAddToTeamArgs, 'teamId' | 'userId'>>;
  approveMembership: Resolver<Maybe<ResolversTypes['CommunityMembership']>, ParentType, ContextType, RequireFields<MutationApproveMembershipArgs, 'communityId' | 'userId'>>;
  archiveCommunity: Resolver<Maybe<ResolversTypes['Community']>, ParentType, ContextType, RequireFields<MutationArchiveCommunityArgs, 'id'>>;
  createCommunity: Resolver<Maybe<ResolversTypes['Community']>, ParentType, ContextType, RequireFields<MutationCreateCommunityArgs, 'input'>>;
  createPost: Resolver<Maybe<ResolversTypes['Post']>, ParentType, ContextType, RequireFields<MutationCreatePostArgs, 'input'>>;
  createTeam: Resolver<Maybe<ResolversTypes['Team']>, ParentType, ContextType, RequireFields<MutationCreateTeamArgs, 'input'>>;
  deletePost: Resolver<Maybe<ResolversTypes['Post']>, ParentType, ContextType, RequireFields<MutationDeletePostArgs, 'id'>>;
  deleteTeam: Resolver<Maybe<ResolversTypes['Team']>, ParentType, ContextType, RequireFields<MutationDeleteTeamArgs, 'id'>>;
  inviteToCommunity: Resolver<Maybe<ResolversTypes['CommunityMembership']>, ParentType, ContextType, RequireFields<MutationInviteToCommunityArgs, 'communityId' | 'userId'>>;
  joinCommunity: Resolver<Maybe<ResolversTypes['CommunityMembership']>, ParentType, ContextType, RequireFields<MutationJoinCommunityArgs, 'id'>>;
  leaveCommunity: Resolver<Maybe<ResolversTypes['CommunityMembership']>, ParentType, ContextType, RequireFields<MutationLeaveCommunityArgs, 'id'>>;
  removeFromCommunity: Resolver<Maybe<ResolversTypes['CommunityMembership']>, ParentType, ContextType, RequireFields<MutationRemoveFromCommunityArgs, 'ban' | 'communityId' | 'userId'>>;
  removeFromTeam: Resolver<Maybe<ResolversTypes['TeamMembership']>, ParentType, ContextType, RequireFields<MutationRemoveFromTeamArgs, 'teamId' | 'userId'>>;
  setCommunityRole: Resolver<Maybe<ResolversTypes['CommunityMembership']>, ParentType, ContextType, RequireFields<MutationSetCommunityRoleArgs, 'communityId' | 'roleKey' | 'userId'>>;
  setModule: Resolver<Maybe<Array<ResolversTypes['Module']>>, ParentType, ContextType, RequireFields<MutationSetModuleArgs, 'enabled' | 'key' | 'scope'>>;
  updateCommunity: Resolver<Maybe<ResolversTypes['Community']>, ParentType, ContextType, RequireFields<MutationUpdateCommunityArgs, 'id' | 'input'>>;
  updatePost: Resolver<Maybe<ResolversTypes['Post']>, ParentType, ContextType, RequireFields<MutationUpdatePostArgs, 'id' | 'input'>>;
  updateTeam: Resolver<Maybe<ResolversTypes['Team']>, ParentType, ContextType, RequireFields<MutationUpdateTeamArgs, 'id' | 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Community' | 'CommunityMembership' | 'Post' | 'Team' | 'TeamMembership' | 'Tenant' | 'User', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PostResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Post'] = ResolversParentTypes['Post'], FederationReferenceType extends FederationReferenceTypes['Post'] = FederationReferenceTypes['Post']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Post']> | FederationReferenceType, FederationReferenceType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bodyHtml?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  hiddenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  viewerCanEdit?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  visibility?: Resolver<ResolversTypes['Visibility'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PostConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostConnection'] = ResolversParentTypes['PostConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PostEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PostEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PostEdge'] = ResolversParentTypes['PostEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Post'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  communities: Resolver<Maybe<ResolversTypes['CommunityConnection']>, ParentType, ContextType, RequireFields<QueryCommunitiesArgs, 'mine'>>;
  community: Resolver<Maybe<ResolversTypes['Community']>, ParentType, ContextType, Partial<QueryCommunityArgs>>;
  navigation: Resolver<Maybe<Array<ResolversTypes['Module']>>, ParentType, ContextType, RequireFields<QueryNavigationArgs, 'includeDisabled'>>;
  post: Resolver<Maybe<ResolversTypes['Post']>, ParentType, ContextType, RequireFields<QueryPostArgs, 'id'>>;
  posts: Resolver<Maybe<ResolversTypes['PostConnection']>, ParentType, ContextType, Partial<QueryPostsArgs>>;
  team: Resolver<Maybe<ResolversTypes['Team']>, ParentType, ContextType, RequireFields<QueryTeamArgs, 'id'>>;
};

export type ScopeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Scope'] = ResolversParentTypes['Scope']> = {
  __resolveType: TypeResolveFn<'Community' | 'Team' | 'Tenant', ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  post: SubscriptionResolver<Maybe<ResolversTypes['Post']>, "post", ParentType, ContextType, RequireFields<SubscriptionPostArgs, 'id'>>;
};

export type TeamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Team'] = ResolversParentTypes['Team'], FederationReferenceType extends FederationReferenceTypes['Team'] = FederationReferenceTypes['Team']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Team']> | FederationReferenceType, FederationReferenceType, ContextType>;
  community?: Resolver<ResolversTypes['Community'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  memberCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['TeamMembershipConnection']>, ParentType, ContextType, Partial<TeamMembersArgs>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  posts?: Resolver<Maybe<ResolversTypes['PostConnection']>, ParentType, ContextType, Partial<TeamPostsArgs>>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  viewerMembership?: Resolver<Maybe<ResolversTypes['TeamMembership']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TeamConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TeamConnection'] = ResolversParentTypes['TeamConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TeamEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TeamEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TeamEdge'] = ResolversParentTypes['TeamEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Team'], ParentType, ContextType>;
};

export type TeamMembershipResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TeamMembership'] = ResolversParentTypes['TeamMembership']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  team?: Resolver<ResolversTypes['Team'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TeamMembershipConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TeamMembershipConnection'] = ResolversParentTypes['TeamMembershipConnection']> = {
  edges?: Resolver<Array<ResolversTypes['TeamMembershipEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TeamMembershipEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TeamMembershipEdge'] = ResolversParentTypes['TeamMembershipEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TeamMembership'], ParentType, ContextType>;
};

export type TenantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant'], FederationReferenceType extends FederationReferenceTypes['Tenant'] = FederationReferenceTypes['Tenant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tenant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  communities?: Resolver<Maybe<ResolversTypes['CommunityConnection']>, ParentType, ContextType, Partial<TenantCommunitiesArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  communities?: Resolver<Maybe<ResolversTypes['CommunityConnection']>, ParentType, ContextType, Partial<UserCommunitiesArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Community?: CommunityResolvers<ContextType>;
  CommunityConnection?: CommunityConnectionResolvers<ContextType>;
  CommunityEdge?: CommunityEdgeResolvers<ContextType>;
  CommunityMembership?: CommunityMembershipResolvers<ContextType>;
  CommunityMembershipConnection?: CommunityMembershipConnectionResolvers<ContextType>;
  CommunityMembershipEdge?: CommunityMembershipEdgeResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  Module?: ModuleResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Post?: PostResolvers<ContextType>;
  PostConnection?: PostConnectionResolvers<ContextType>;
  PostEdge?: PostEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Scope?: ScopeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  TeamConnection?: TeamConnectionResolvers<ContextType>;
  TeamEdge?: TeamEdgeResolvers<ContextType>;
  TeamMembership?: TeamMembershipResolvers<ContextType>;
  TeamMembershipConnection?: TeamMembershipConnectionResolvers<ContextType>;
  TeamMembershipEdge?: TeamMembershipEdgeResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  guard?: GuardDirectiveResolver<any, any, ContextType>;
  live?: LiveDirectiveResolver<any, any, ContextType>;
  serves?: ServesDirectiveResolver<any, any, ContextType>;
};
