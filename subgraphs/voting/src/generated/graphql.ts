import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { PollRow as PollRowEntity } from '../domain/poll/poll.entity.ts';
import type { PollOptionRow as PollOptionRowEntity } from '../domain/option/option.entity.ts';
import type { NominationRow as NominationRowEntity } from '../domain/nomination/nomination.entity.ts';
import type { DelegationRow as DelegationRowEntity } from '../domain/delegation/delegation.entity.ts';
import type { BallotView as BallotViewEntity } from '../domain/ballot/ballot.view.ts';
import type { ShownContent as ShownContentEntity } from '../domain/ballot/ballot.shown.ts';
import type { PublishedView as PublishedViewEntity, ReceiptCheck as ReceiptCheckEntity } from '../domain/ballot/ballot.lists.ts';
import type { Results as ResultsEntity } from '../domain/count/results.ts';
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

/** What somebody votes. */
export type Ballot = Node & {
  __typename?: 'Ballot';
  /** When it was last cast; null in anonymous polls. */
  castAt?: Maybe<Scalars['DateTime']['output']>;
  /** PLURALITY and APPROVAL: the options chosen; null for other methods, for abstentions and in anonymous polls. */
  choices?: Maybe<Array<PollOption>>;
  /** All of what it says; null in anonymous polls. */
  content?: Maybe<BallotContent>;
  /** Id of the ballot; of an anonymous poll, of the entry on the roll, which says nothing of the ballot. */
  id: Scalars['ID']['output'];
  /** Why it was declared invalid; null where it counts. */
  invalidReason?: Maybe<Scalars['String']['output']>;
  /** When it was declared invalid; null where it counts. */
  invalidatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The poll; null where the viewer does not see it. */
  poll?: Maybe<Poll>;
  /**
   * Shown once, in the answer to `castVote`: a secret and the hash of it and the ballot, several of them, a space between two, where the vote weighs more than
   * one in an anonymous poll. There it is all that changes or withdraws the ballot. Hashes are published when the poll closes.
   */
  receipt?: Maybe<Scalars['String']['output']>;
  /** Who voted; null where their account cannot be shown. */
  voter?: Maybe<User>;
  /** With how many votes it counts, delegated ones included once the poll is counted; null in anonymous polls. */
  weight?: Maybe<Scalars['Int']['output']>;
};

/** A page of ballots. */
export type BallotConnection = {
  __typename?: 'BallotConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<BallotEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** What a ballot says. */
export type BallotContent = {
  __typename?: 'BallotContent';
  /** Whether it abstains. */
  abstain: Scalars['Boolean']['output'];
  /** PLURALITY, APPROVAL: the options chosen; null for other methods. */
  choices?: Maybe<Array<PollOption>>;
  /** CONSENT; null for other methods. */
  consent?: Maybe<Stance>;
  /** RANKED: best first, equal ones side by side; null for other methods. */
  ranking?: Maybe<Array<Array<PollOption>>>;
  /** Reason of a stance; null where none was given. */
  reason?: Maybe<Scalars['String']['output']>;
  /** SCORE; null for other methods. */
  scores?: Maybe<Array<OptionScore>>;
};

/** A ballot in a list. */
export type BallotEdge = {
  __typename?: 'BallotEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The ballot. */
  node: Ballot;
};

/** A ballot: exactly what goes with the method of the poll, or `abstain`. An empty list is a blank ballot. */
export type CastVoteInput = {
  /** Whether to abstain. */
  abstain?: InputMaybe<Scalars['Boolean']['input']>;
  /** PLURALITY, APPROVAL: ids of options, each once. */
  choices?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** CONSENT. */
  consent?: InputMaybe<Stance>;
  /** Name of this try, 1 to 200 characters, chosen by the client: tried again, the same ballot is answered as the first time. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Id of the poll. */
  pollId: Scalars['ID']['input'];
  /** RANKED: ids of options, best first, equal ones side by side where the rule knows equal ranks; each once, no empty rank, and not all need be there. */
  ranking?: InputMaybe<Array<Array<Scalars['ID']['input']>>>;
  /** CONSENT: why, at most 2,000 characters; BLOCK needs one. It is published with the ballot. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** To change a ballot of an anonymous poll: the receipt of it, as `castVote` answered it. */
  receipt?: InputMaybe<Scalars['String']['input']>;
  /** SCORE: scores within the bounds of the poll, an option once at most. */
  scores?: InputMaybe<Array<ScoreInput>>;
};

export type Community = Node & {
  __typename?: 'Community';
  id: Scalars['ID']['output'];
  /** Polls of the community that the viewer may see, newest first; those of its teams are not among them. */
  polls?: Maybe<PollConnection>;
};


export type CommunityPollsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** One comparison of two options. */
export type CountDuel = {
  __typename?: 'CountDuel';
  /** An exact number. */
  against: Scalars['String']['output'];
  /** Who is preferred by `votes`. */
  over: PollOption;
  /** Who is preferred by `against`. */
  under: PollOption;
  /** An exact number. */
  votes: Scalars['String']['output'];
};

/** One round of a count, as it stood when it ended. */
export type CountRound = {
  __typename?: 'CountRound';
  /** Comparisons of two options. */
  duels: Array<CountDuel>;
  /** Elected in this round, most votes first. */
  elected: Array<PollOption>;
  /** Excluded in this round. */
  excluded: Array<PollOption>;
  /** Votes that count for nobody any more, an exact number. */
  exhausted: Scalars['String']['output'];
  /** What it did. */
  reason: RoundReason;
  /** From 1. */
  round: Scalars['Int']['output'];
  /** Every option that it still counts, in published order. */
  tallies: Array<Tally>;
  /** Votes that elect, an exact number; null where the rule has none. */
  threshold?: Maybe<Scalars['String']['output']>;
  /** Votes that moved. */
  transfers: Array<CountTransfer>;
};

/** Votes that moved in a round. */
export type CountTransfer = {
  __typename?: 'CountTransfer';
  /** How many, an exact number. */
  count: Scalars['String']['output'];
  /** Whose they were; null: lost in rounding. */
  source?: Maybe<PollOption>;
  /** Whose they are; null: exhausted. */
  target?: Maybe<PollOption>;
};

/** How ballots are counted. `npm run voting -- count` knows the rules by the same names. */
export type CountingRule =
  /** Most approvals win. APPROVAL. */
  | 'APPROVAL'
  /** Points by rank; equal and unranked ones share the average of theirs. RANKED. */
  | 'BORDA'
  /** Adopted where nobody blocks and more agree than object. CONSENT. */
  | 'CONSENT'
  /** Most duels won, an equal one being half. RANKED. */
  | 'COPELAND'
  /** The weakest is excluded until one has more than half. RANKED, without equal ranks. */
  | 'INSTANT_RUNOFF'
  /** The highest median grade. SCORE. */
  | 'MAJORITY_JUDGMENT'
  /** The mildest worst defeat, by winning votes. RANKED. */
  | 'MINIMAX'
  /** Most choices win. PLURALITY. */
  | 'PLURALITY'
  /** Votes whose squares are paid with credits; the highest sum wins. SCORE. */
  | 'QUADRATIC'
  /** Ranked pairs (Tideman), by winning votes. RANKED. */
  | 'RANKED_PAIRS'
  /** Schulze, by winning votes. RANKED. */
  | 'SCHULZE'
  /** Schulze, by margins. RANKED. */
  | 'SCHULZE_MARGINS'
  /** The two highest sums, then whichever of the two more voters prefer. SCORE. */
  | 'STAR'
  /** Single transferable vote, Meek. RANKED, without equal ranks; several seats. */
  | 'STV_MEEK'
  /** Single transferable vote as in Scottish council elections. RANKED, without equal ranks; several seats. */
  | 'STV_SCOTTISH'
  /** Single transferable vote, weighted inclusive Gregory. RANKED, without equal ranks; several seats. */
  | 'STV_WIGM'
  /** The highest sum of scores wins. SCORE. */
  | 'SUM';

/** What `createPoll` needs. */
export type CreatePollInput = {
  /** Whether ballots can be changed until it closes; yes by default. */
  allowsChange?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether nobody can tell who voted what; no by default. */
  anonymous?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether ties are broken by lots from a seed made of all ballots; no by default. */
  breakTies?: InputMaybe<Scalars['Boolean']['input']>;
  /** When it closes by itself, in the future and after `opensAt`. */
  closesAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** QUADRATIC: credits of one ballot, 1 to 1,000,000; 100 by default. */
  credits?: InputMaybe<Scalars['Int']['input']>;
  /** Markdown, at most 20,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** People with other weights than 1, or for LIST all who vote; at most 1,000, `putElectors` adds more. */
  electors?: InputMaybe<Array<ElectorInput>>;
  /** Who is put on the roll when it opens; MEMBERS by default. */
  eligibility?: InputMaybe<Eligibility>;
  /** Key of the role for ROLE. */
  eligibilityRole?: InputMaybe<Scalars['String']['input']>;
  /** Choices of one ballot at most, 1 to 100, for PLURALITY and APPROVAL. */
  maxChoices?: InputMaybe<Scalars['Int']['input']>;
  /** SCORE: highest score, -1,000 to 1,000; 5 by default, unbounded for QUADRATIC. */
  maxScore?: InputMaybe<Scalars['Int']['input']>;
  /** What a ballot looks like. */
  method: PollMethod;
  /** SCORE: lowest score, -1,000 to 1,000; 0 by default. */
  minScore?: InputMaybe<Scalars['Int']['input']>;
  /** Whether nominations are approved by whoever runs the poll; no by default. */
  nominationApproval?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether none of the above is an option; no by default. */
  noneOfTheAbove?: InputMaybe<Scalars['Boolean']['input']>;
  /** When it opens by itself, in the future. */
  opensAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** What is voted on, at most 100; `addOption` adds more. */
  options?: InputMaybe<Array<OptionInput>>;
  /** Share of the people on the roll for whom a ballot must lie there: up to 1 a share (0.5), above that a percentage (50), to two decimals of a percent. */
  quorum?: InputMaybe<Scalars['Float']['input']>;
  /** When results are shown; AFTER_CLOSE by default. ALWAYS is refused for anonymous polls. */
  resultsVisibility?: InputMaybe<ResultsVisibility>;
  /** How ballots are counted; one that goes with the method, by default its first, or STV_SCOTTISH for several seats. */
  rule?: InputMaybe<CountingRule>;
  /** Where it lies; the viewer must hold `voting.poll.create` there and belong there, or hold `voting.poll.manage`. */
  scope: ScopeInput;
  /** How many are elected, 1 to 100; 1 by default. */
  seats?: InputMaybe<Scalars['Int']['input']>;
  /** Whether options come in another order for each viewer; no by default. */
  shuffleOptions?: InputMaybe<Scalars['Boolean']['input']>;
  /** Share of the votes that are no abstentions which the strongest option must have: `2/3`, `50%`, `>1/2`. For PLURALITY, APPROVAL and CONSENT. */
  threshold?: InputMaybe<Scalars['String']['input']>;
  /** One line of plain text, 1 to 200 characters. */
  title: Scalars['String']['input'];
  /** Tag under which people delegate, 1 to 60 characters. */
  topic?: InputMaybe<Scalars['String']['input']>;
  /** Share of the cast votes that must not be abstentions or blank, written alike. */
  turnoutQuorum?: InputMaybe<Scalars['Float']['input']>;
  /** For whom it is; COMMUNITY, or TEAM in a team, where it is null. TEAM only in a team. */
  visibility?: InputMaybe<Visibility>;
};

/** Whom somebody lets vote for them. */
export type Delegation = Node & {
  __typename?: 'Delegation';
  /** The people to whom the vote goes as things stand, nearest first: whoever of them votes first in this order decides. Its length is the depth. */
  chain?: Maybe<Array<User>>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Who votes; null where their account cannot be shown. */
  delegate?: Maybe<User>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Where it holds; null where the viewer does not see that place. */
  scope?: Maybe<Scope>;
  /** Polls with this tag only; null for all that have no delegation of their own. */
  topic?: Maybe<Scalars['String']['output']>;
};

/** A page of delegations. */
export type DelegationConnection = {
  __typename?: 'DelegationConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<DelegationEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A delegation in a list. */
export type DelegationEdge = {
  __typename?: 'DelegationEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The delegation. */
  node: Delegation;
};

/** Whom the viewer lets vote for them. */
export type DelegationInput = {
  /** Who votes; they must belong there. */
  delegateId: Scalars['ID']['input'];
  /** Where it holds: for polls at exactly this scope. */
  scope: ScopeInput;
  /** For polls with this tag only, 1 to 60 characters; null for all that have no delegation of their own. */
  topic?: InputMaybe<Scalars['String']['input']>;
};

/** Somebody on a roll. */
export type ElectorInput = {
  /** Id of the person. */
  userId: Scalars['ID']['input'];
  /** Votes that they have, 1 to 1,000,000, in anonymous polls 1 to 20; 1 where it is null. */
  weight?: InputMaybe<Scalars['Int']['input']>;
};

/** Who is put on the roll when a poll opens. */
export type Eligibility =
  /** Those whom `putElectors` put on it. */
  | 'LIST'
  /** All who belong to the scope: who hold a role at exactly that tenant, community or team. */
  | 'MEMBERS'
  /** Those of them who hold the role `eligibilityRole` there, such as `voting.voter`. */
  | 'ROLE';

/** Format of an export. */
export type ExportFormat =
  /** The format of STV programs: for RANKED, PLURALITY and APPROVAL. */
  | 'BLT'
  /** Condorcet Election Format (`.cvotes`): for RANKED, PLURALITY and APPROVAL. */
  | 'CEF'
  /** One line per ballot, with the titles of options as columns. */
  | 'CSV'
  /** What `npm run voting -- count FILE.json` reads, with receipts. */
  | 'JSON';

export type Mutation = {
  __typename?: 'Mutation';
  /** Adds something to vote for to a poll that is not open yet. Needs what changing it needs. */
  addOption?: Maybe<PollOption>;
  /** Puts a poll that is closed or cancelled away; its results stay readable. Needs what changing it needs. */
  archivePoll?: Maybe<Poll>;
  /** Ends a poll without a result; ballots are never published. Needs what changing it needs. CONFLICT (`POLL_STATUS`) once it is closed. */
  cancelPoll?: Maybe<Poll>;
  /**
   * Votes, or replaces one's ballot whole. Needs being on the roll and `voting.vote.cast` at the scope. FORBIDDEN (`NOT_ELIGIBLE`); CONFLICT: `POLL_NOT_OPEN`,
   * `ALREADY_VOTED` (in an anonymous poll the receipt is what changes a ballot), `IDEMPOTENCY_KEY_REUSED`; VALIDATION_ERROR that names the rule a ballot breaks.
   */
  castVote?: Maybe<Ballot>;
  /** Closes an open poll and counts it; a large one is counted after the answer. Needs what changing it needs. CONFLICT (`POLL_STATUS`) where it is not open. */
  closePoll?: Maybe<Poll>;
  /**
   * Makes a poll, as a draft. Needs `voting.poll.create` at the scope and belonging there, or `voting.poll.manage`. FORBIDDEN; NOT_FOUND for a scope that is hidden;
   * VALIDATION_ERROR for settings that do not go together.
   */
  createPoll?: Maybe<Poll>;
  /** Deletes a poll that never opened or was cancelled, and answers it as it was; CONFLICT (`POLL_STATUS`) for others. Needs what changing it needs. */
  deletePoll?: Maybe<Poll>;
  /** Moves the end of an open poll to a later time. Needs what changing it needs. */
  extendPoll?: Maybe<Poll>;
  /**
   * Declares a ballot of an open poll with names invalid: it stays with the reason, does not count, and cannot be cast again. Needs `voting.poll.manage` at the
   * scope. NOT_FOUND where it is hidden; CONFLICT (`POLL_STATUS`, `POLL_NOT_OPEN`).
   */
  invalidateBallot?: Maybe<Ballot>;
  /**
   * Nominates somebody while nominations are open; who was nominated already is seconded, once by each. Needs `voting.nomination.create` and belonging there, or
   * running the poll. NOT_FOUND for a person who does not belong there; CONFLICT (`POLL_STATUS`) at other times.
   */
  nominate?: Maybe<Nomination>;
  /** Lets people be nominated for a draft, which is shown from then on. Needs what changing it needs. */
  openNominations?: Maybe<Poll>;
  /**
   * Opens a poll now: nominees who stand become options, and the roll is made of who is eligible. Neither changes after that. Needs what changing it needs. CONFLICT:
   * `POLL_STATUS`, `NO_OPTIONS`, `NO_ELECTORS`, `CLOSES_IN_PAST`, `ROLL_TOO_LONG` (more than 100,000).
   */
  openPoll?: Maybe<Poll>;
  /** Puts people on the roll of a poll that is not open yet, or changes their weights. Needs what changing it needs. */
  putElectors?: Maybe<Poll>;
  /** Takes a delegation of one's own back, and answers it as it was. */
  removeDelegation?: Maybe<Delegation>;
  /** Takes people off the roll of a poll that is not open yet; those who are not on it are left out. Needs what changing it needs. */
  removeElectors?: Maybe<Poll>;
  /** Takes an option out of a poll that is not open yet, and answers it as it was. Needs what changing the poll needs. */
  removeOption?: Maybe<PollOption>;
  /** Accepts or declines one's own nomination, and may do so again until the poll opens. FORBIDDEN for others'; CONFLICT (`ANSWERED`) where it is so already. */
  respondToNomination?: Maybe<Nomination>;
  /** Approves or rejects a nomination, for whoever runs the poll. CONFLICT (`REVIEWED`) where its status does not allow that. */
  reviewNomination?: Maybe<Nomination>;
  /**
   * Lets somebody vote for the viewer at a scope, in place of who did so far; one's own ballot goes before theirs until a poll closes. In an anonymous poll it counts for
   * delegates who vote after this. CONFLICT (`DELEGATION_CYCLE`, `DELEGATION_TOO_DEEP`); NOT_FOUND for somebody who does not belong there.
   */
  setDelegation?: Maybe<Delegation>;
  /**
   * Changes a poll that is not open yet: its author as long as they may make polls there, and whoever holds `voting.poll.manage`; so do all verbs that run a poll.
   * NOT_FOUND where it is hidden from the viewer, else FORBIDDEN; CONFLICT (`POLL_STATUS`) once it is open.
   */
  updatePoll?: Maybe<Poll>;
  /** Takes one's ballot back, and answers it as it was. An anonymous poll needs its receipt; NOT_FOUND where there is no such ballot. */
  withdrawVote?: Maybe<Ballot>;
};


export type MutationAddOptionArgs = {
  input: OptionInput;
  pollId: Scalars['ID']['input'];
};


export type MutationArchivePollArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCancelPollArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationCastVoteArgs = {
  input: CastVoteInput;
};


export type MutationClosePollArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCreatePollArgs = {
  input: CreatePollInput;
};


export type MutationDeletePollArgs = {
  id: Scalars['ID']['input'];
};


export type MutationExtendPollArgs = {
  closesAt?: InputMaybe<Scalars['DateTime']['input']>;
  id: Scalars['ID']['input'];
};


export type MutationInvalidateBallotArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationNominateArgs = {
  input: NominationInput;
  pollId: Scalars['ID']['input'];
};


export type MutationOpenNominationsArgs = {
  id: Scalars['ID']['input'];
};


export type MutationOpenPollArgs = {
  id: Scalars['ID']['input'];
};


export type MutationPutElectorsArgs = {
  electors: Array<ElectorInput>;
  pollId: Scalars['ID']['input'];
};


export type MutationRemoveDelegationArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRemoveElectorsArgs = {
  pollId: Scalars['ID']['input'];
  userIds: Array<Scalars['ID']['input']>;
};


export type MutationRemoveOptionArgs = {
  id: Scalars['ID']['input'];
};


export type MutationRespondToNominationArgs = {
  accept: Scalars['Boolean']['input'];
  id: Scalars['ID']['input'];
};


export type MutationReviewNominationArgs = {
  approve: Scalars['Boolean']['input'];
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};


export type MutationSetDelegationArgs = {
  input: DelegationInput;
};


export type MutationUpdatePollArgs = {
  id: Scalars['ID']['input'];
  input: UpdatePollInput;
};


export type MutationWithdrawVoteArgs = {
  pollId: Scalars['ID']['input'];
  receipt?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A thing that has an id of its own. Ids are UUIDs in lower case; no two things have the same, of whatever type, so that a cache may keep things by their
 * ids alone.
 */
export type Node = {
  /** Id of the thing, for as long as it is there; never given to another. */
  id: Scalars['ID']['output'];
};

/** Somebody who may stand in a poll. */
export type Nomination = Node & {
  __typename?: 'Nomination';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Address of a picture of them, which ends after an hour or two; null where there is none. */
  imageUrl?: Maybe<Scalars['String']['output']>;
  /** Who nominated them first; null where their account cannot be shown. */
  nominatedBy?: Maybe<User>;
  /** Who would stand; null where their account cannot be shown. */
  nominee?: Maybe<User>;
  /** The poll; null where the viewer does not see it. */
  poll?: Maybe<Poll>;
  /** When the nominee answered; null while they did not. */
  respondedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it was rejected; null where no reason was given. */
  reviewReason?: Maybe<Scalars['String']['output']>;
  /** People who nominated them as well; who did first is not counted. */
  seconds: Scalars['Int']['output'];
  /** Markdown, at most 10,000 characters; null where there is none. */
  statement?: Maybe<Scalars['String']['output']>;
  /** The statement as safe HTML; null where there is none. */
  statementHtml?: Maybe<Scalars['String']['output']>;
  /** Where it stands. */
  status: NominationStatus;
  /** What they will be called among the options, 1 to 200 characters. */
  title: Scalars['String']['output'];
};

/** A page of nominations. */
export type NominationConnection = {
  __typename?: 'NominationConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<NominationEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A nomination in a list. */
export type NominationEdge = {
  __typename?: 'NominationEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The nomination. */
  node: Nomination;
};

/** Whom `nominate` nominates. */
export type NominationInput = {
  /** Token of an upload of the kind IMAGE. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** Markdown, at most 10,000 characters. */
  statement?: InputMaybe<Scalars['String']['input']>;
  /** What they will be called among the options, 1 to 200 characters; their display name where it is null. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Id of the person, who must belong where the poll lies; null for oneself. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** Where a nomination stands. */
export type NominationStatus =
  /** The nominee accepts; where nominations are not approved, they stand. */
  | 'ACCEPTED'
  /** The nominee accepts and whoever runs the poll approves: they stand. */
  | 'APPROVED'
  /** The nominee declines. */
  | 'DECLINED'
  /** Somebody was nominated by another and has not answered. */
  | 'PROPOSED'
  /** Whoever runs the poll rejects it. */
  | 'REJECTED';

/** Something to vote for. */
export type OptionInput = {
  /** Markdown, at most 2,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** One line of plain text, 1 to 200 characters. */
  title: Scalars['String']['input'];
};

/** A score given to an option. */
export type OptionScore = {
  __typename?: 'OptionScore';
  /** The option. */
  option: PollOption;
  /** The score. */
  score: Scalars['Int']['output'];
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

/** A page of people who voted. */
export type ParticipantConnection = {
  __typename?: 'ParticipantConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<ParticipantEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** Somebody who voted, in a list. */
export type ParticipantEdge = {
  __typename?: 'ParticipantEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The person; null where their account cannot be shown. */
  node?: Maybe<User>;
};

/** Something that people decide together. */
export type Poll = Node & {
  __typename?: 'Poll';
  /** Whether a ballot can be changed and withdrawn until the poll closes. */
  allowsChange: Scalars['Boolean']['output'];
  /** Whether nobody can tell who voted what. Roll and ballots are parted for good when it closes. */
  anonymous: Scalars['Boolean']['output'];
  /** Who made it; null where their account cannot be shown. */
  author?: Maybe<User>;
  /** Who voted what, oldest first; null of anonymous polls and where the viewer does not see results. */
  ballots?: Maybe<BallotConnection>;
  /** Whether ties are broken by lots from a seed that is made of all ballots; else a tie gives several winners. */
  breakTies: Scalars['Boolean']['output'];
  /** Why it was cancelled; null where it was not. */
  cancelReason?: Maybe<Scalars['String']['output']>;
  /** When it was cancelled; null where it was not. */
  cancelledAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it closed; null before. */
  closedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it closes by itself; null where somebody closes it. */
  closesAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** QUADRATIC: what the squares of one ballot's scores may sum up to; null for other rules. */
  credits?: Maybe<Scalars['Int']['output']>;
  /** Markdown, at most 20,000 characters; null where there is none. */
  description?: Maybe<Scalars['String']['output']>;
  /** The description as safe HTML; null where there is none. */
  descriptionHtml?: Maybe<Scalars['String']['output']>;
  /** When its settings last changed; null if never. */
  editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who is put on the roll when it opens. */
  eligibility: Eligibility;
  /** Key of the role for ROLE, else null. */
  eligibilityRole?: Maybe<Scalars['String']['output']>;
  /**
   * All ballots with what counting them takes, as text of at most 512 kB: CONFLICT (`EXPORT_TOO_LARGE`) beyond that, where `publishedBallots`
   * has them page by page and `npm run voting -- fetch` makes the export of them, and (`NO_SUCH_EXPORT`) for ballots that the format cannot hold. Null until the poll was counted.
   */
  export?: Maybe<Scalars['String']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Choices of one ballot at most; null: one for PLURALITY, any number for APPROVAL, and for other methods. */
  maxChoices?: Maybe<Scalars['Int']['output']>;
  /** Highest score; null where it is not bounded. */
  maxScore?: Maybe<Scalars['Int']['output']>;
  /** What a ballot looks like. */
  method: PollMethod;
  /** Lowest score; null where the method has none. */
  minScore?: Maybe<Scalars['Int']['output']>;
  /** Whether whoever accepted a nomination stands only once whoever runs the poll approved. */
  nominationApproval: Scalars['Boolean']['output'];
  /** Nominations, oldest first. One that was declined or rejected is shown to whoever it is about, who made it and who runs the poll. */
  nominations?: Maybe<NominationConnection>;
  /** Whether none of the above is an option. */
  noneOfTheAbove: Scalars['Boolean']['output'];
  /** When it opened; null before. */
  openedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it opens by itself, by the clock of the database; null where somebody opens it. */
  opensAt?: Maybe<Scalars['DateTime']['output']>;
  /** What is voted on, at most 100, in published order, or in an order of the viewer's own where `shuffleOptions`. */
  options: Array<PollOption>;
  /** People who voted themselves, by their ids and without times; null until the poll was counted. */
  participants?: Maybe<ParticipantConnection>;
  /** All ballots that counted, by their hashes; null until the poll was counted. */
  publishedBallots?: Maybe<PublishedBallotConnection>;
  /** Percentage of the people on the roll for whom a ballot must lie there, abstentions included; null for none. */
  quorum?: Maybe<Scalars['Float']['output']>;
  /**
   * What was decided. Null where `resultsVisibility` hides it from the viewer, before the poll opens, after it was cancelled, while ballots are being counted, and
   * of open polls with more than 20,000 ballots. Of an open poll it may be two seconds old.
   */
  results?: Maybe<PollResults>;
  /** When results are shown. */
  resultsVisibility: ResultsVisibility;
  /** How ballots are counted. */
  rule: CountingRule;
  /** Tenant, community or team where it lies; null where the viewer does not see that place. */
  scope?: Maybe<Scope>;
  /** How many are elected, 1 to 100. */
  seats: Scalars['Int']['output'];
  /** Whether `options` come in another order for each viewer. */
  shuffleOptions: Scalars['Boolean']['output'];
  /** Where it stands. */
  status: PollStatus;
  /** Share of the votes that are not abstentions which the strongest option must have: `2/3`, `50%`, or `>1/2` for more than that; null for none. */
  threshold?: Maybe<Scalars['String']['output']>;
  /** One line of plain text, 1 to 200 characters. */
  title: Scalars['String']['output'];
  /** Tag under which people delegate; null where it has none. */
  topic?: Maybe<Scalars['String']['output']>;
  /** How many voted; null before the poll opens. */
  turnout?: Maybe<Turnout>;
  /** How the number of ballots grew; null of anonymous polls, whose ballots have no time, and until the poll was counted. */
  turnoutOverTime?: Maybe<Array<TurnoutPoint>>;
  /** Percentage of the cast votes that must not be abstentions or blank; null for none. */
  turnoutQuorum?: Maybe<Scalars['Float']['output']>;
  /** The viewer's own ballot; null where they did not vote. Of an anonymous poll it says only that they voted. */
  viewerBallot?: Maybe<Ballot>;
  /** Whether the viewer may change, open, close and cancel it. */
  viewerCanRun: Scalars['Boolean']['output'];
  /** Whether the viewer is on the roll; null before the poll opens. */
  viewerCanVote?: Maybe<Scalars['Boolean']['output']>;
  /**
   * For whom it is once it is no draft: PUBLIC whoever can reach the tenant; COMMUNITY and TEAM the members of the scope; PRIVATE its author. Whoever holds
   * `voting.poll.manage` there sees it always.
   */
  visibility: Visibility;
};


/** Something that people decide together. */
export type PollBallotsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** Something that people decide together. */
export type PollExportArgs = {
  format: ExportFormat;
};


/** Something that people decide together. */
export type PollNominationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** Something that people decide together. */
export type PollParticipantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** Something that people decide together. */
export type PollPublishedBallotsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of polls. */
export type PollConnection = {
  __typename?: 'PollConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<PollEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A poll in a list. */
export type PollEdge = {
  __typename?: 'PollEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The poll. */
  node: Poll;
};

/** What a ballot of a poll looks like. */
export type PollMethod =
  /** Every option that one approves of, or as many as `maxChoices` says. */
  | 'APPROVAL'
  /** One proposal, with which one agrees, to which one objects, or which one blocks. */
  | 'CONSENT'
  /** One option, or as many as `maxChoices` says. */
  | 'PLURALITY'
  /** Options in the order in which one prefers them. */
  | 'RANKED'
  /** A score for each option. */
  | 'SCORE';

/** Something to vote for. */
export type PollOption = Node & {
  __typename?: 'PollOption';
  /** Markdown, at most 2,000 characters, or the statement of a nominee; null where there is none. */
  description?: Maybe<Scalars['String']['output']>;
  /** The description as safe HTML; null where there is none. */
  descriptionHtml?: Maybe<Scalars['String']['output']>;
  /** UUIDv7. */
  id: Scalars['ID']['output'];
  /** Address of the picture of the nominee, which ends after an hour or two; null where there is none. */
  imageUrl?: Maybe<Scalars['String']['output']>;
  /** Who stands; null where it is no person, or their account cannot be shown. */
  nominee?: Maybe<User>;
  /** Whether it stands for none of the others. */
  noneOfTheAbove: Scalars['Boolean']['output'];
  /** One line of plain text, 1 to 200 characters; the name of a nominee. */
  title: Scalars['String']['output'];
};

/** Whether a poll took a decision. */
export type PollOutcome =
  /** Nobody was elected, none of the above was, a tie left a seat open, or the threshold was missed. */
  | 'FAILED'
  /** Too few voted. */
  | 'NO_QUORUM'
  /** Quorum and threshold were reached. */
  | 'PASSED';

/** What a count gave. */
export type PollResults = {
  __typename?: 'PollResults';
  /** Weight of those that say nothing, an exact number. */
  blank: Scalars['String']['output'];
  /** Weight of all ballots, an exact number. */
  cast: Scalars['String']['output'];
  /** Seats that a tie leaves open; null where there are none. */
  openSeats?: Maybe<Scalars['Int']['output']>;
  /** Whether a decision was taken. */
  outcome: PollOutcome;
  /** Every option once, best first, equal ones side by side. */
  ranking: Array<Array<PollOption>>;
  /** Every round of the count. */
  rounds: Array<CountRound>;
  /** The seed of the lots; null where `breakTies` is not set, and while the poll is open. */
  seed?: Maybe<Scalars['String']['output']>;
  /** What people said to the proposal; null of other methods than CONSENT. */
  stances?: Maybe<Array<StanceTally>>;
  /** What each option has in the end by the measure of the rule, in published order. */
  tallies: Array<Tally>;
  /** How ties were broken, in order. */
  tieBreaks: Array<TieBreak>;
  /** Who is elected, best first; more than `seats` where a tie stays. */
  winners: Array<PollOption>;
};

/** Where a poll stands. */
export type PollStatus =
  /** Closed or cancelled, and put away. */
  | 'ARCHIVED'
  /** Ended without a result, with a reason. */
  | 'CANCELLED'
  /** Voting is over, and the ballots count. */
  | 'CLOSED'
  /** Being written; only its author and whoever holds `voting.poll.manage` there see it. */
  | 'DRAFT'
  /** People are nominated. */
  | 'NOMINATION'
  /** People vote. Options and roll no longer change. */
  | 'OPEN';

/** A ballot as it is published when a poll closes. */
export type PublishedBallot = {
  __typename?: 'PublishedBallot';
  /** What it says. */
  content: BallotContent;
  /** Hash of the ballot and of a secret that only the voter has: what a receipt is looked up by. */
  hash: Scalars['String']['output'];
  /** With how many votes it counts; 1 in anonymous polls. */
  weight: Scalars['Int']['output'];
};

/** A page of published ballots. */
export type PublishedBallotConnection = {
  __typename?: 'PublishedBallotConnection';
  /** Entries of the page, in the order of the list. */
  edges: Array<PublishedBallotEdge>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A published ballot in a list. */
export type PublishedBallotEdge = {
  __typename?: 'PublishedBallotEdge';
  /** Place of the entry, to be given as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The published ballot. */
  node: PublishedBallot;
};

export type Query = {
  __typename?: 'Query';
  /** Whom the viewer lets vote for them, newest first. */
  delegations?: Maybe<DelegationConnection>;
  /** A poll by its id; null where it is missing or hidden from the viewer. */
  poll?: Maybe<Poll>;
  /** Polls of the tenant, newest first; only those that the viewer may see. */
  polls?: Maybe<PollConnection>;
  /**
   * Whether ballots counted, by their receipts or hashes, a space between two, at most 1,000. Null until the poll was counted, and where it is missing or hidden from
   * the viewer.
   */
  verifyReceipt?: Maybe<ReceiptCheck>;
};


export type QueryDelegationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  scope?: InputMaybe<ScopeInput>;
};


export type QueryPollArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPollsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  missingMine?: InputMaybe<Scalars['Boolean']['input']>;
  scope?: InputMaybe<ScopeInput>;
  status?: InputMaybe<PollStatus>;
};


export type QueryVerifyReceiptArgs = {
  pollId: Scalars['ID']['input'];
  receipt: Scalars['String']['input'];
};

/** What a receipt shows about a poll that was counted. */
export type ReceiptCheck = {
  __typename?: 'ReceiptCheck';
  /** Whether each secret makes its hash of the ballot published beside it; null where hashes alone were given. */
  authentic?: Maybe<Scalars['Boolean']['output']>;
  /** The ballots that were found, by their hashes. */
  ballots: Array<PublishedBallot>;
  /** Whether every ballot is among those that were published. */
  counted: Scalars['Boolean']['output'];
  /** Hashes that are not among the published ones. */
  missing: Array<Scalars['String']['output']>;
};

/** When results are shown, to whoever sees the poll. */
export type ResultsVisibility =
  /** Once the poll is closed. */
  | 'AFTER_CLOSE'
  /** To those who voted, and to all once the poll is closed. In a small anonymous poll whoever voted early can see what comes after. */
  | 'AFTER_VOTE'
  /** At any time. Not in anonymous polls, where each change would tell how somebody voted. */
  | 'ALWAYS';

/** What a round of a count did, and so what its figures mean. */
export type RoundReason =
  /** Meek: keep values were adjusted. */
  | 'DISTRIBUTION'
  /** Every pair of options compared. */
  | 'DUELS'
  /** Those who had the fewest votes were excluded, and their votes were passed on. */
  | 'EXCLUSION'
  /** The votes as they were cast: first preferences, choices, sums of scores or points. */
  | 'FIRST_COUNT'
  /** As many options remain as seats. */
  | 'LAST_SEATS'
  /** Ranked pairs: these victories stand. */
  | 'LOCKED'
  /** Schulze: the stronger of both strongest paths between two options. */
  | 'PATHS'
  /** What the rule ranks by. */
  | 'RANKING'
  /** STAR: the two finalists compared. */
  | 'RUNOFF'
  /** Ranked pairs: these victories are dropped, as they would close a circle. */
  | 'SKIPPED'
  /** CONSENT: the stances. */
  | 'STANCES'
  /** The surplus of the elected was passed on. */
  | 'SURPLUS'
  /** The tie could not be broken and decides who wins. */
  | 'TIE';

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

/** A score for an option. */
export type ScoreInput = {
  /** Id of the option. */
  optionId: Scalars['ID']['input'];
  /** A whole number within the bounds of the poll. */
  score: Scalars['Int']['input'];
};

/** What somebody says to a proposal. */
export type Stance =
  /** Neither for nor against it. */
  | 'ABSTAIN'
  /** For it. */
  | 'AGREE'
  /** Against its being adopted at all; with a reason. */
  | 'BLOCK'
  /** Against it, without keeping it from being adopted. */
  | 'OBJECT';

/** How many said something to a proposal. */
export type StanceTally = {
  __typename?: 'StanceTally';
  /** Their weight, an exact number. */
  count: Scalars['String']['output'];
  /** What they said. */
  stance: Stance;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** One poll, as it is now and whenever it changes: its status, its turnout with each ballot, its results as far as the viewer may see them. Null where it is missing or hidden. */
  poll?: Maybe<Poll>;
};


export type SubscriptionPollArgs = {
  id: Scalars['ID']['input'];
};

/** What an option has. */
export type Tally = {
  __typename?: 'Tally';
  /** An exact number: `12`, `41.66667`, or `1/3` where no decimal is exact. */
  count: Scalars['String']['output'];
  /** The option. */
  option: PollOption;
};

export type Team = Node & {
  __typename?: 'Team';
  id: Scalars['ID']['output'];
  /** Polls of the team that the viewer may see, newest first. */
  polls?: Maybe<PollConnection>;
};


export type TeamPollsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

export type Tenant = Node & {
  __typename?: 'Tenant';
  id: Scalars['ID']['output'];
};

/** Whom a tie was about. */
export type TieAbout =
  /** To be elected, or ranked higher. */
  | 'ELECTION'
  /** To be excluded. */
  | 'EXCLUSION'
  /** To have the surplus passed on first. */
  | 'SURPLUS';

/** How a tie was broken. */
export type TieBreak = {
  __typename?: 'TieBreak';
  /** What it was about. */
  about: TieAbout;
  /** The tied. */
  among: Array<PollOption>;
  /** What broke it. */
  by: TieBreakBy;
  /** Whom it fell on. */
  chosen: Array<PollOption>;
  /** The round in which it arose. */
  round: Scalars['Int']['output'];
};

/** How a tie was broken. */
export type TieBreakBy =
  /** By the most recent earlier round in which they differed. */
  | 'EARLIER_ROUNDS'
  /** STAR: by the comparison of the tied. */
  | 'HEAD_TO_HEAD'
  /** Not at all: several winners. */
  | 'NONE'
  /** By published order, as no choice among them changes a winner. */
  | 'NO_EFFECT'
  /** STAR: by the higher sum of scores. */
  | 'SCORES'
  /** By lots drawn from the seed. */
  | 'SEED'
  /** All of them were excluded together: no order of excluding them changes a winner. */
  | 'TOGETHER'
  /** STAR: by the greater number of highest scores. */
  | 'TOP_SCORES';

/** How many voted. */
export type Turnout = {
  __typename?: 'Turnout';
  /** People for whom a ballot lies there, their own or a delegate's in an anonymous poll. Of a closed poll: those whose ballots counted. */
  cast: Scalars['Int']['output'];
  /** People on the roll. */
  eligible: Scalars['Int']['output'];
};

/** How many ballots there were by a moment. */
export type TurnoutPoint = {
  __typename?: 'TurnoutPoint';
  /** Ballots until then. */
  cast: Scalars['Int']['output'];
  /** The moment. */
  occurredAt: Scalars['DateTime']['output'];
};

/** What changes about a poll that is not open yet; what is absent stays as it is, and null clears what may be absent. */
export type UpdatePollInput = {
  /** Whether ballots can be changed until it closes. */
  allowsChange?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether nobody can tell who voted what. */
  anonymous?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether ties are broken by lots from a seed made of all ballots. */
  breakTies?: InputMaybe<Scalars['Boolean']['input']>;
  /** When it closes by itself, in the future and after `opensAt`. */
  closesAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** QUADRATIC: credits of one ballot, 1 to 1,000,000. */
  credits?: InputMaybe<Scalars['Int']['input']>;
  /** Markdown, at most 20,000 characters; null clears it. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Who is put on the roll when it opens. */
  eligibility?: InputMaybe<Eligibility>;
  /** Key of the role for ROLE. */
  eligibilityRole?: InputMaybe<Scalars['String']['input']>;
  /** Choices of one ballot at most, 1 to 100, for PLURALITY and APPROVAL. */
  maxChoices?: InputMaybe<Scalars['Int']['input']>;
  /** SCORE: highest score, -1,000 to 1,000. */
  maxScore?: InputMaybe<Scalars['Int']['input']>;
  /** What a ballot looks like. A new one has its own defaults for the rule and its limits. */
  method?: InputMaybe<PollMethod>;
  /** SCORE: lowest score, -1,000 to 1,000. */
  minScore?: InputMaybe<Scalars['Int']['input']>;
  /** Whether nominations are approved by whoever runs the poll. */
  nominationApproval?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether none of the above is an option. */
  noneOfTheAbove?: InputMaybe<Scalars['Boolean']['input']>;
  /** When it opens by itself, in the future. */
  opensAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Share of the people on the roll for whom a ballot must lie there: up to 1 a share (0.5), above that a percentage (50), to two decimals of a percent. */
  quorum?: InputMaybe<Scalars['Float']['input']>;
  /** When results are shown. ALWAYS is refused for anonymous polls. */
  resultsVisibility?: InputMaybe<ResultsVisibility>;
  /** How ballots are counted; one that goes with the method. */
  rule?: InputMaybe<CountingRule>;
  /** How many are elected, 1 to 100. */
  seats?: InputMaybe<Scalars['Int']['input']>;
  /** Whether options come in another order for each viewer. */
  shuffleOptions?: InputMaybe<Scalars['Boolean']['input']>;
  /** Share of the votes that are no abstentions which the strongest option must have: `2/3`, `50%`, `>1/2`. For PLURALITY, APPROVAL and CONSENT. */
  threshold?: InputMaybe<Scalars['String']['input']>;
  /** One line of plain text, 1 to 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Tag under which people delegate, 1 to 60 characters. */
  topic?: InputMaybe<Scalars['String']['input']>;
  /** Share of the cast votes that must not be abstentions or blank, written alike. */
  turnoutQuorum?: InputMaybe<Scalars['Float']['input']>;
  /** For whom it is. TEAM only in a team. */
  visibility?: InputMaybe<Visibility>;
};

export type User = Node & {
  __typename?: 'User';
  /** Ballots with a name that the person cast in this tenant, newest first; null for everybody but themselves. */
  ballots?: Maybe<BallotConnection>;
  id: Scalars['ID']['output'];
};


export type UserBallotsArgs = {
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
  Poll: Poll;
  Team: Team;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Community:
    ( { __typename: 'Community' }
    & GraphQLRecursivePick<FederationTypes['Community'], {"id":true}> );
  Poll:
    ( { __typename: 'Poll' }
    & GraphQLRecursivePick<FederationTypes['Poll'], {"id":true}> );
  Team:
    ( { __typename: 'Team' }
    & GraphQLRecursivePick<FederationTypes['Team'], {"id":true}> );
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
    | ( BallotViewEntity )
    | ( { __typename?: 'Community'; id: string } )
    | ( DelegationRowEntity )
    | ( NominationRowEntity )
    | ( PollRowEntity )
    | ( PollOptionRowEntity )
    | ( { __typename?: 'Team'; id: string } )
    | ( { __typename?: 'Tenant'; id: string } )
    | ( { __typename?: 'User'; id: string } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Ballot: ResolverTypeWrapper<BallotViewEntity>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  BallotConnection: ResolverTypeWrapper<Omit<BallotConnection, 'edges'> & { edges: Array<ResolversTypes['BallotEdge']> }>;
  BallotContent: ResolverTypeWrapper<ShownContentEntity>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  BallotEdge: ResolverTypeWrapper<Omit<BallotEdge, 'node'> & { node: ResolversTypes['Ballot'] }>;
  CastVoteInput: CastVoteInput;
  Community: ResolverTypeWrapper<{ __typename?: 'Community'; id: string }>;
  CountDuel: ResolverTypeWrapper<Omit<CountDuel, 'over' | 'under'> & { over: ResolversTypes['PollOption'], under: ResolversTypes['PollOption'] }>;
  CountRound: ResolverTypeWrapper<Omit<CountRound, 'duels' | 'elected' | 'excluded' | 'tallies' | 'transfers'> & { duels: Array<ResolversTypes['CountDuel']>, elected: Array<ResolversTypes['PollOption']>, excluded: Array<ResolversTypes['PollOption']>, tallies: Array<ResolversTypes['Tally']>, transfers: Array<ResolversTypes['CountTransfer']> }>;
  CountTransfer: ResolverTypeWrapper<Omit<CountTransfer, 'source' | 'target'> & { source?: Maybe<ResolversTypes['PollOption']>, target?: Maybe<ResolversTypes['PollOption']> }>;
  CountingRule: CountingRule;
  CreatePollInput: CreatePollInput;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Delegation: ResolverTypeWrapper<DelegationRowEntity>;
  DelegationConnection: ResolverTypeWrapper<Omit<DelegationConnection, 'edges'> & { edges: Array<ResolversTypes['DelegationEdge']> }>;
  DelegationEdge: ResolverTypeWrapper<Omit<DelegationEdge, 'node'> & { node: ResolversTypes['Delegation'] }>;
  DelegationInput: DelegationInput;
  ElectorInput: ElectorInput;
  Eligibility: Eligibility;
  ExportFormat: ExportFormat;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Nomination: ResolverTypeWrapper<NominationRowEntity>;
  NominationConnection: ResolverTypeWrapper<Omit<NominationConnection, 'edges'> & { edges: Array<ResolversTypes['NominationEdge']> }>;
  NominationEdge: ResolverTypeWrapper<Omit<NominationEdge, 'node'> & { node: ResolversTypes['Nomination'] }>;
  NominationInput: NominationInput;
  NominationStatus: NominationStatus;
  OptionInput: OptionInput;
  OptionScore: ResolverTypeWrapper<Omit<OptionScore, 'option'> & { option: ResolversTypes['PollOption'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParticipantConnection: ResolverTypeWrapper<Omit<ParticipantConnection, 'edges'> & { edges: Array<ResolversTypes['ParticipantEdge']> }>;
  ParticipantEdge: ResolverTypeWrapper<Omit<ParticipantEdge, 'node'> & { node?: Maybe<ResolversTypes['User']> }>;
  Poll: ResolverTypeWrapper<PollRowEntity>;
  PollConnection: ResolverTypeWrapper<Omit<PollConnection, 'edges'> & { edges: Array<ResolversTypes['PollEdge']> }>;
  PollEdge: ResolverTypeWrapper<Omit<PollEdge, 'node'> & { node: ResolversTypes['Poll'] }>;
  PollMethod: PollMethod;
  PollOption: ResolverTypeWrapper<PollOptionRowEntity>;
  PollOutcome: PollOutcome;
  PollResults: ResolverTypeWrapper<ResultsEntity>;
  PollStatus: PollStatus;
  PublishedBallot: ResolverTypeWrapper<PublishedViewEntity>;
  PublishedBallotConnection: ResolverTypeWrapper<Omit<PublishedBallotConnection, 'edges'> & { edges: Array<ResolversTypes['PublishedBallotEdge']> }>;
  PublishedBallotEdge: ResolverTypeWrapper<Omit<PublishedBallotEdge, 'node'> & { node: ResolversTypes['PublishedBallot'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ReceiptCheck: ResolverTypeWrapper<ReceiptCheckEntity>;
  ResultsVisibility: ResultsVisibility;
  RoundReason: RoundReason;
  Scope: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['Scope']>;
  ScopeInput: ScopeInput;
  ScopeType: ScopeType;
  ScoreInput: ScoreInput;
  Stance: Stance;
  StanceTally: ResolverTypeWrapper<StanceTally>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Tally: ResolverTypeWrapper<Omit<Tally, 'option'> & { option: ResolversTypes['PollOption'] }>;
  Team: ResolverTypeWrapper<{ __typename?: 'Team'; id: string }>;
  Tenant: ResolverTypeWrapper<{ __typename?: 'Tenant'; id: string }>;
  TieAbout: TieAbout;
  TieBreak: ResolverTypeWrapper<Omit<TieBreak, 'among' | 'chosen'> & { among: Array<ResolversTypes['PollOption']>, chosen: Array<ResolversTypes['PollOption']> }>;
  TieBreakBy: TieBreakBy;
  Turnout: ResolverTypeWrapper<Turnout>;
  TurnoutPoint: ResolverTypeWrapper<TurnoutPoint>;
  UpdatePollInput: UpdatePollInput;
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
  Ballot: BallotViewEntity;
  ID: Scalars['ID']['output'];
  BallotConnection: Omit<BallotConnection, 'edges'> & { edges: Array<ResolversParentTypes['BallotEdge']> };
  BallotContent: ShownContentEntity;
  Boolean: Scalars['Boolean']['output'];
  BallotEdge: Omit<BallotEdge, 'node'> & { node: ResolversParentTypes['Ballot'] };
  CastVoteInput: CastVoteInput;
  Community: { __typename?: 'Community'; id: string };
  CountDuel: Omit<CountDuel, 'over' | 'under'> & { over: ResolversParentTypes['PollOption'], under: ResolversParentTypes['PollOption'] };
  CountRound: Omit<CountRound, 'duels' | 'elected' | 'excluded' | 'tallies' | 'transfers'> & { duels: Array<ResolversParentTypes['CountDuel']>, elected: Array<ResolversParentTypes['PollOption']>, excluded: Array<ResolversParentTypes['PollOption']>, tallies: Array<ResolversParentTypes['Tally']>, transfers: Array<ResolversParentTypes['CountTransfer']> };
  CountTransfer: Omit<CountTransfer, 'source' | 'target'> & { source?: Maybe<ResolversParentTypes['PollOption']>, target?: Maybe<ResolversParentTypes['PollOption']> };
  CreatePollInput: CreatePollInput;
  Float: Scalars['Float']['output'];
  DateTime: Scalars['DateTime']['output'];
  Delegation: DelegationRowEntity;
  DelegationConnection: Omit<DelegationConnection, 'edges'> & { edges: Array<ResolversParentTypes['DelegationEdge']> };
  DelegationEdge: Omit<DelegationEdge, 'node'> & { node: ResolversParentTypes['Delegation'] };
  DelegationInput: DelegationInput;
  ElectorInput: ElectorInput;
  JSON: Scalars['JSON']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Nomination: NominationRowEntity;
  NominationConnection: Omit<NominationConnection, 'edges'> & { edges: Array<ResolversParentTypes['NominationEdge']> };
  NominationEdge: Omit<NominationEdge, 'node'> & { node: ResolversParentTypes['Nomination'] };
  NominationInput: NominationInput;
  OptionInput: OptionInput;
  OptionScore: Omit<OptionScore, 'option'> & { option: ResolversParentTypes['PollOption'] };
  PageInfo: PageInfo;
  ParticipantConnection: Omit<ParticipantConnection, 'edges'> & { edges: Array<ResolversParentTypes['ParticipantEdge']> };
  ParticipantEdge: Omit<ParticipantEdge, 'node'> & { node?: Maybe<ResolversParentTypes['User']> };
  Poll: PollRowEntity;
  PollConnection: Omit<PollConnection, 'edges'> & { edges: Array<ResolversParentTypes['PollEdge']> };
  PollEdge: Omit<PollEdge, 'node'> & { node: ResolversParentTypes['Poll'] };
  PollOption: PollOptionRowEntity;
  PollResults: ResultsEntity;
  PublishedBallot: PublishedViewEntity;
  PublishedBallotConnection: Omit<PublishedBallotConnection, 'edges'> & { edges: Array<ResolversParentTypes['PublishedBallotEdge']> };
  PublishedBallotEdge: Omit<PublishedBallotEdge, 'node'> & { node: ResolversParentTypes['PublishedBallot'] };
  Query: Record<PropertyKey, never>;
  ReceiptCheck: ReceiptCheckEntity;
  Scope: ResolversUnionTypes<ResolversParentTypes>['Scope'];
  ScopeInput: ScopeInput;
  ScoreInput: ScoreInput;
  StanceTally: StanceTally;
  Subscription: Record<PropertyKey, never>;
  Tally: Omit<Tally, 'option'> & { option: ResolversParentTypes['PollOption'] };
  Team: { __typename?: 'Team'; id: string };
  Tenant: { __typename?: 'Tenant'; id: string };
  TieBreak: Omit<TieBreak, 'among' | 'chosen'> & { among: Array<ResolversParentTypes['PollOption']>, chosen: Array<ResolversParentTypes['PollOption']> };
  Turnout: Turnout;
  TurnoutPoint: TurnoutPoint;
  UpdatePollInput: UpdatePollInput;
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

export type BallotResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Ballot'] = ResolversParentTypes['Ballot']> = {
  castAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  choices?: Resolver<Maybe<Array<ResolversTypes['PollOption']>>, ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['BallotContent']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  invalidReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  invalidatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  poll?: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType>;
  receipt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  voter?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BallotConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BallotConnection'] = ResolversParentTypes['BallotConnection']> = {
  edges?: Resolver<Array<ResolversTypes['BallotEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BallotContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BallotContent'] = ResolversParentTypes['BallotContent']> = {
  abstain?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  choices?: Resolver<Maybe<Array<ResolversTypes['PollOption']>>, ParentType, ContextType>;
  consent?: Resolver<Maybe<ResolversTypes['Stance']>, ParentType, ContextType>;
  ranking?: Resolver<Maybe<Array<Array<ResolversTypes['PollOption']>>>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scores?: Resolver<Maybe<Array<ResolversTypes['OptionScore']>>, ParentType, ContextType>;
};

export type BallotEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BallotEdge'] = ResolversParentTypes['BallotEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Ballot'], ParentType, ContextType>;
};

export type CommunityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Community'] = ResolversParentTypes['Community'], FederationReferenceType extends FederationReferenceTypes['Community'] = FederationReferenceTypes['Community']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Community']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  polls?: Resolver<Maybe<ResolversTypes['PollConnection']>, ParentType, ContextType, Partial<CommunityPollsArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CountDuelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CountDuel'] = ResolversParentTypes['CountDuel']> = {
  against?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  over?: Resolver<ResolversTypes['PollOption'], ParentType, ContextType>;
  under?: Resolver<ResolversTypes['PollOption'], ParentType, ContextType>;
  votes?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CountRoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CountRound'] = ResolversParentTypes['CountRound']> = {
  duels?: Resolver<Array<ResolversTypes['CountDuel']>, ParentType, ContextType>;
  elected?: Resolver<Array<ResolversTypes['PollOption']>, ParentType, ContextType>;
  excluded?: Resolver<Array<ResolversTypes['PollOption']>, ParentType, ContextType>;
  exhausted?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['RoundReason'], ParentType, ContextType>;
  round?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tallies?: Resolver<Array<ResolversTypes['Tally']>, ParentType, ContextType>;
  threshold?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  transfers?: Resolver<Array<ResolversTypes['CountTransfer']>, ParentType, ContextType>;
};

export type CountTransferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CountTransfer'] = ResolversParentTypes['CountTransfer']> = {
  count?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['PollOption']>, ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['PollOption']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DelegationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Delegation'] = ResolversParentTypes['Delegation']> = {
  chain?: Resolver<Maybe<Array<ResolversTypes['User']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  delegate?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  topic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DelegationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DelegationConnection'] = ResolversParentTypes['DelegationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DelegationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DelegationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DelegationEdge'] = ResolversParentTypes['DelegationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Delegation'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addOption: Resolver<Maybe<ResolversTypes['PollOption']>, ParentType, ContextType, RequireFields<MutationAddOptionArgs, 'input' | 'pollId'>>;
  archivePoll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationArchivePollArgs, 'id'>>;
  cancelPoll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationCancelPollArgs, 'id' | 'reason'>>;
  castVote: Resolver<Maybe<ResolversTypes['Ballot']>, ParentType, ContextType, RequireFields<MutationCastVoteArgs, 'input'>>;
  closePoll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationClosePollArgs, 'id'>>;
  createPoll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationCreatePollArgs, 'input'>>;
  deletePoll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationDeletePollArgs, 'id'>>;
  extendPoll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationExtendPollArgs, 'id'>>;
  invalidateBallot: Resolver<Maybe<ResolversTypes['Ballot']>, ParentType, ContextType, RequireFields<MutationInvalidateBallotArgs, 'id' | 'reason'>>;
  nominate: Resolver<Maybe<ResolversTypes['Nomination']>, ParentType, ContextType, RequireFields<MutationNominateArgs, 'input' | 'pollId'>>;
  openNominations: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationOpenNominationsArgs, 'id'>>;
  openPoll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationOpenPollArgs, 'id'>>;
  putElectors: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationPutElectorsArgs, 'electors' | 'pollId'>>;
  removeDelegation: Resolver<Maybe<ResolversTypes['Delegation']>, ParentType, ContextType, RequireFields<MutationRemoveDelegationArgs, 'id'>>;
  removeElectors: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationRemoveElectorsArgs, 'pollId' | 'userIds'>>;
  removeOption: Resolver<Maybe<ResolversTypes['PollOption']>, ParentType, ContextType, RequireFields<MutationRemoveOptionArgs, 'id'>>;
  respondToNomination: Resolver<Maybe<ResolversTypes['Nomination']>, ParentType, ContextType, RequireFields<MutationRespondToNominationArgs, 'accept' | 'id'>>;
  reviewNomination: Resolver<Maybe<ResolversTypes['Nomination']>, ParentType, ContextType, RequireFields<MutationReviewNominationArgs, 'approve' | 'id'>>;
  setDelegation: Resolver<Maybe<ResolversTypes['Delegation']>, ParentType, ContextType, RequireFields<MutationSetDelegationArgs, 'input'>>;
  updatePoll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<MutationUpdatePollArgs, 'id' | 'input'>>;
  withdrawVote: Resolver<Maybe<ResolversTypes['Ballot']>, ParentType, ContextType, RequireFields<MutationWithdrawVoteArgs, 'pollId'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Ballot' | 'Community' | 'Delegation' | 'Nomination' | 'Poll' | 'PollOption' | 'Team' | 'Tenant' | 'User', ParentType, ContextType>;
};

export type NominationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Nomination'] = ResolversParentTypes['Nomination']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imageUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nominatedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  nominee?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  poll?: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType>;
  respondedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reviewReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  statement?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statementHtml?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['NominationStatus'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NominationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NominationConnection'] = ResolversParentTypes['NominationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NominationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type NominationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NominationEdge'] = ResolversParentTypes['NominationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Nomination'], ParentType, ContextType>;
};

export type OptionScoreResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OptionScore'] = ResolversParentTypes['OptionScore']> = {
  option?: Resolver<ResolversTypes['PollOption'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParticipantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParticipantConnection'] = ResolversParentTypes['ParticipantConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ParticipantEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ParticipantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParticipantEdge'] = ResolversParentTypes['ParticipantEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type PollResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Poll'] = ResolversParentTypes['Poll'], FederationReferenceType extends FederationReferenceTypes['Poll'] = FederationReferenceTypes['Poll']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Poll']> | FederationReferenceType, FederationReferenceType, ContextType>;
  allowsChange?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  anonymous?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  ballots?: Resolver<Maybe<ResolversTypes['BallotConnection']>, ParentType, ContextType, Partial<PollBallotsArgs>>;
  breakTies?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  cancelReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cancelledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  closesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  credits?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  descriptionHtml?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  eligibility?: Resolver<ResolversTypes['Eligibility'], ParentType, ContextType>;
  eligibilityRole?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  export?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<PollExportArgs, 'format'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxChoices?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxScore?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  method?: Resolver<ResolversTypes['PollMethod'], ParentType, ContextType>;
  minScore?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  nominationApproval?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  nominations?: Resolver<Maybe<ResolversTypes['NominationConnection']>, ParentType, ContextType, Partial<PollNominationsArgs>>;
  noneOfTheAbove?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  openedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  opensAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  options?: Resolver<Array<ResolversTypes['PollOption']>, ParentType, ContextType>;
  participants?: Resolver<Maybe<ResolversTypes['ParticipantConnection']>, ParentType, ContextType, Partial<PollParticipantsArgs>>;
  publishedBallots?: Resolver<Maybe<ResolversTypes['PublishedBallotConnection']>, ParentType, ContextType, Partial<PollPublishedBallotsArgs>>;
  quorum?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  results?: Resolver<Maybe<ResolversTypes['PollResults']>, ParentType, ContextType>;
  resultsVisibility?: Resolver<ResolversTypes['ResultsVisibility'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['CountingRule'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['Scope']>, ParentType, ContextType>;
  seats?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shuffleOptions?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PollStatus'], ParentType, ContextType>;
  threshold?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  topic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  turnout?: Resolver<Maybe<ResolversTypes['Turnout']>, ParentType, ContextType>;
  turnoutOverTime?: Resolver<Maybe<Array<ResolversTypes['TurnoutPoint']>>, ParentType, ContextType>;
  turnoutQuorum?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  viewerBallot?: Resolver<Maybe<ResolversTypes['Ballot']>, ParentType, ContextType>;
  viewerCanRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  viewerCanVote?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  visibility?: Resolver<ResolversTypes['Visibility'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PollConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PollConnection'] = ResolversParentTypes['PollConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PollEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PollEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PollEdge'] = ResolversParentTypes['PollEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Poll'], ParentType, ContextType>;
};

export type PollOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PollOption'] = ResolversParentTypes['PollOption']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  descriptionHtml?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  imageUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nominee?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  noneOfTheAbove?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PollResultsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PollResults'] = ResolversParentTypes['PollResults']> = {
  blank?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  cast?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  openSeats?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['PollOutcome'], ParentType, ContextType>;
  ranking?: Resolver<Array<Array<ResolversTypes['PollOption']>>, ParentType, ContextType>;
  rounds?: Resolver<Array<ResolversTypes['CountRound']>, ParentType, ContextType>;
  seed?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stances?: Resolver<Maybe<Array<ResolversTypes['StanceTally']>>, ParentType, ContextType>;
  tallies?: Resolver<Array<ResolversTypes['Tally']>, ParentType, ContextType>;
  tieBreaks?: Resolver<Array<ResolversTypes['TieBreak']>, ParentType, ContextType>;
  winners?: Resolver<Array<ResolversTypes['PollOption']>, ParentType, ContextType>;
};

export type PublishedBallotResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishedBallot'] = ResolversParentTypes['PublishedBallot']> = {
  content?: Resolver<ResolversTypes['BallotContent'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PublishedBallotConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishedBallotConnection'] = ResolversParentTypes['PublishedBallotConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PublishedBallotEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PublishedBallotEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublishedBallotEdge'] = ResolversParentTypes['PublishedBallotEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PublishedBallot'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  delegations: Resolver<Maybe<ResolversTypes['DelegationConnection']>, ParentType, ContextType, Partial<QueryDelegationsArgs>>;
  poll: Resolver<Maybe<ResolversTypes['Poll']>, ParentType, ContextType, RequireFields<QueryPollArgs, 'id'>>;
  polls: Resolver<Maybe<ResolversTypes['PollConnection']>, ParentType, ContextType, Partial<QueryPollsArgs>>;
  verifyReceipt: Resolver<Maybe<ResolversTypes['ReceiptCheck']>, ParentType, ContextType, RequireFields<QueryVerifyReceiptArgs, 'pollId' | 'receipt'>>;
};

export type ReceiptCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReceiptCheck'] = ResolversParentTypes['ReceiptCheck']> = {
  authentic?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  ballots?: Resolver<Array<ResolversTypes['PublishedBallot']>, ParentType, ContextType>;
  counted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  missing?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ScopeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Scope'] = ResolversParentTypes['Scope']> = {
  __resolveType: TypeResolveFn<'Community' | 'Team' | 'Tenant', ParentType, ContextType>;
};

export type StanceTallyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StanceTally'] = ResolversParentTypes['StanceTally']> = {
  count?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stance?: Resolver<ResolversTypes['Stance'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  poll: SubscriptionResolver<Maybe<ResolversTypes['Poll']>, "poll", ParentType, ContextType, RequireFields<SubscriptionPollArgs, 'id'>>;
};

export type TallyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tally'] = ResolversParentTypes['Tally']> = {
  count?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  option?: Resolver<ResolversTypes['PollOption'], ParentType, ContextType>;
};

export type TeamResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Team'] = ResolversParentTypes['Team'], FederationReferenceType extends FederationReferenceTypes['Team'] = FederationReferenceTypes['Team']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Team']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  polls?: Resolver<Maybe<ResolversTypes['PollConnection']>, ParentType, ContextType, Partial<TeamPollsArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TieBreakResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TieBreak'] = ResolversParentTypes['TieBreak']> = {
  about?: Resolver<ResolversTypes['TieAbout'], ParentType, ContextType>;
  among?: Resolver<Array<ResolversTypes['PollOption']>, ParentType, ContextType>;
  by?: Resolver<ResolversTypes['TieBreakBy'], ParentType, ContextType>;
  chosen?: Resolver<Array<ResolversTypes['PollOption']>, ParentType, ContextType>;
  round?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TurnoutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Turnout'] = ResolversParentTypes['Turnout']> = {
  cast?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  eligible?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TurnoutPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TurnoutPoint'] = ResolversParentTypes['TurnoutPoint']> = {
  cast?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ballots?: Resolver<Maybe<ResolversTypes['BallotConnection']>, ParentType, ContextType, Partial<UserBallotsArgs>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Ballot?: BallotResolvers<ContextType>;
  BallotConnection?: BallotConnectionResolvers<ContextType>;
  BallotContent?: BallotContentResolvers<ContextType>;
  BallotEdge?: BallotEdgeResolvers<ContextType>;
  Community?: CommunityResolvers<ContextType>;
  CountDuel?: CountDuelResolvers<ContextType>;
  CountRound?: CountRoundResolvers<ContextType>;
  CountTransfer?: CountTransferResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Delegation?: DelegationResolvers<ContextType>;
  DelegationConnection?: DelegationConnectionResolvers<ContextType>;
  DelegationEdge?: DelegationEdgeResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Nomination?: NominationResolvers<ContextType>;
  NominationConnection?: NominationConnectionResolvers<ContextType>;
  NominationEdge?: NominationEdgeResolvers<ContextType>;
  OptionScore?: OptionScoreResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParticipantConnection?: ParticipantConnectionResolvers<ContextType>;
  ParticipantEdge?: ParticipantEdgeResolvers<ContextType>;
  Poll?: PollResolvers<ContextType>;
  PollConnection?: PollConnectionResolvers<ContextType>;
  PollEdge?: PollEdgeResolvers<ContextType>;
  PollOption?: PollOptionResolvers<ContextType>;
  PollResults?: PollResultsResolvers<ContextType>;
  PublishedBallot?: PublishedBallotResolvers<ContextType>;
  PublishedBallotConnection?: PublishedBallotConnectionResolvers<ContextType>;
  PublishedBallotEdge?: PublishedBallotEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ReceiptCheck?: ReceiptCheckResolvers<ContextType>;
  Scope?: ScopeResolvers<ContextType>;
  StanceTally?: StanceTallyResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Tally?: TallyResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  TieBreak?: TieBreakResolvers<ContextType>;
  Turnout?: TurnoutResolvers<ContextType>;
  TurnoutPoint?: TurnoutPointResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  guard?: GuardDirectiveResolver<any, any, ContextType>;
  live?: LiveDirectiveResolver<any, any, ContextType>;
  serves?: ServesDirectiveResolver<any, any, ContextType>;
};
