import { anyone } from '@polity/kernel/graph/rules';
import type { GuardTable } from '../shield/guards.ts';
import { idIn, may, openTypes, reachesInto, reads, requestTenant, scopeIn, signedInFor } from './rules.ts';

const atCommunity = (permission: string, name = 'communityId') =>
  may(permission, `community ${name}`, idIn('COMMUNITY', name));
const atTeam = (permission: string, name = 'id') => may(permission, `team ${name}`, idIn('TEAM', name));

const writer = signedInFor('portal.post.create');

const open = reads('portal');
const within = reachesInto('portal');

/** Who may knock on what portal offers; portal decides again, with the rows at hand. */
export const portalPermissions: GuardTable = {
  Query: { community: open, communities: open, team: open, post: open, posts: open, navigation: open },
  Mutation: {
    createCommunity: may('portal.community.create', 'tenant', requestTenant),
    updateCommunity: atCommunity('portal.community.update', 'id'),
    archiveCommunity: atCommunity('portal.community.archive', 'id'),
    joinCommunity: may('portal.community.join', 'tenant', requestTenant),
    leaveCommunity: signedInFor('portal.community.join'),
    inviteToCommunity: atCommunity('portal.member.invite'),
    approveMembership: atCommunity('portal.member.approve'),
    removeFromCommunity: atCommunity('portal.member.remove'),
    setCommunityRole: atCommunity('portal.member.promote'),
    createTeam: atCommunity('portal.team.create'),
    updateTeam: atTeam('portal.team.update'),
    deleteTeam: atTeam('portal.team.delete'),
    addToTeam: atTeam('portal.team.update', 'teamId'),
    removeFromTeam: signedInFor('portal.team.update'),
    createPost: may('portal.post.create', 'input.scope', scopeIn()),
    updatePost: writer,
    deletePost: writer,
    setModule: may('portal.module.manage', 'scope', scopeIn()),
  },
  // The ways that lead from other subgraphs into this one.
  User: { communities: within },
  Tenant: { communities: within },
  Community: { '*': anyone, members: within, teams: within, posts: within },
  Team: { '*': anyone, members: within, posts: within },
  ...openTypes('CommunityConnection', 'CommunityEdge'),
  ...openTypes('CommunityMembership', 'CommunityMembershipConnection', 'CommunityMembershipEdge'),
  ...openTypes('TeamConnection', 'TeamEdge', 'TeamMembership', 'TeamMembershipConnection', 'TeamMembershipEdge'),
  ...openTypes('Post', 'PostConnection', 'PostEdge', 'Module'),
};
