import * as teams from '../domain/team/team.service.ts';
import type { TeamMembershipResolvers } from '../generated/graphql.ts';

export const TeamMembership: TeamMembershipResolvers = {
  team: ({ team }, _, ctx) => teams.of(ctx, team),
  user: ({ userId }) => ({ id: userId }),
};
