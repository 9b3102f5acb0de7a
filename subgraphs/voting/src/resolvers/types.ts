import { scopeOfRow, scopeStub } from '@polity/kernel/access/placed';
import * as ballots from '../domain/ballot/ballot.lists.ts';
import { chainOf } from '../domain/delegation/delegation.service.ts';
import * as polls from '../domain/poll/poll.lists.ts';
import type {
  CommunityResolvers,
  DelegationResolvers,
  NominationResolvers,
  PollOptionResolvers,
  ScopeResolvers,
  TeamResolvers,
  UserResolvers,
} from '../generated/graphql.ts';

/** For how long the address of a picture holds, in seconds: not everybody sees the poll. */
const PICTURE_SECONDS = 3_600;

export const PollOption: PollOptionResolvers = {
  nominee: ({ nomineeId }) => (nomineeId ? { id: nomineeId } : null),
  imageUrl: ({ imageFile }, _, ctx) => ctx.files.address(imageFile ?? null, PICTURE_SECONDS),
};

export const Nomination: NominationResolvers = {
  poll: ({ pollId }, _, ctx) => ctx.loaders.pollById.load(pollId),
  nominee: ({ nomineeId }) => ({ id: nomineeId }),
  imageUrl: ({ imageFile }, _, ctx) => ctx.files.address(imageFile ?? null, PICTURE_SECONDS),
  nominatedBy: ({ nominatedBy }) => ({ id: nominatedBy }),
  seconds: async ({ id }, _, ctx) => (await ctx.loaders.secondsOf.load(id))?.cast ?? 0,
};

export const Delegation: DelegationResolvers = {
  scope: (delegation) => scopeStub(scopeOfRow(delegation)),
  topic: ({ topic }) => topic || null,
  delegate: ({ delegateId }) => ({ id: delegateId }),
  chain: (delegation, _, ctx) => chainOf(ctx, delegation),
};

export const User: UserResolvers = {
  ballots: ({ id }, args, ctx) => ballots.ofUser(ctx, id, args),
};

export const Community: CommunityResolvers = {
  polls: ({ id }, args, ctx) => polls.ofCommunity(ctx, id, args),
};

export const Team: TeamResolvers = {
  polls: ({ id }, args, ctx) => polls.ofTeam(ctx, id, args),
};

export const Scope: ScopeResolvers = {
  __resolveType: ({ __typename }) => __typename as 'Tenant' | 'Community' | 'Team',
};
