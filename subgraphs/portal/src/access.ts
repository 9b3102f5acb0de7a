import type { AccessDeclaration } from '@polity/kernel/access/catalogue';

const memberPermissions = ['portal.community.read', 'portal.post.read', 'portal.post.create'];
const moderatorPermissions = [
  ...memberPermissions,
  'portal.post.manage',
  'portal.member.invite',
  'portal.member.approve',
  'portal.member.remove',
  'portal.team.create',
  'portal.team.update',
];
const ownerPermissions = [
  ...moderatorPermissions,
  'portal.community.update',
  'portal.community.archive',
  'portal.member.promote',
  'portal.team.delete',
  'portal.module.manage',
];

/** What the portal lets others grant: its permissions, its roles, and what it adds to the roles of tenants. */
export const access: AccessDeclaration = {
  permissions: [
    { code: 'portal.community.create', description: 'Create communities.', scopeTypes: ['TENANT'] },
    { code: 'portal.community.join', description: 'Join communities, or ask to.', scopeTypes: ['TENANT'] },
    { code: 'portal.community.read', description: 'See communities that are not public.', scopeTypes: ['COMMUNITY'] },
    { code: 'portal.community.update', description: 'Change a community.', scopeTypes: ['COMMUNITY'] },
    { code: 'portal.community.archive', description: 'Archive a community.', scopeTypes: ['COMMUNITY'] },
    { code: 'portal.member.invite', description: 'Invite people.', scopeTypes: ['COMMUNITY'] },
    { code: 'portal.member.approve', description: 'Accept those who ask to join.', scopeTypes: ['COMMUNITY'] },
    { code: 'portal.member.remove', description: 'Remove and ban members.', scopeTypes: ['COMMUNITY'] },
    { code: 'portal.member.promote', description: 'Give members other roles.', scopeTypes: ['COMMUNITY'] },
    { code: 'portal.team.create', description: 'Create teams.', scopeTypes: ['COMMUNITY'] },
    {
      code: 'portal.team.update',
      description: 'Change a team and who belongs to it.',
      scopeTypes: ['COMMUNITY', 'TEAM'],
    },
    { code: 'portal.team.delete', description: 'Delete a team with its posts.', scopeTypes: ['COMMUNITY', 'TEAM'] },
    {
      code: 'portal.post.read',
      description: 'Read posts for members, at scopes of which one is a member.',
      scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'],
    },
    {
      code: 'portal.post.create',
      description: 'Post at scopes of which one is a member.',
      scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'],
    },
    {
      code: 'portal.post.manage',
      description: 'See, edit and delete every post.',
      scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'],
    },
    {
      code: 'portal.module.manage',
      description: 'Choose the navigation entries.',
      scopeTypes: ['TENANT', 'COMMUNITY', 'TEAM'],
    },
  ],
  roles: [
    {
      key: 'tenant.owner',
      name: 'Owner',
      description: 'Runs the tenant.',
      scopeType: 'TENANT',
      permissions: ['portal.community.create', 'portal.community.join', ...ownerPermissions],
    },
    {
      key: 'tenant.member',
      name: 'Member',
      description: 'Belongs to the tenant.',
      scopeType: 'TENANT',
      permissions: ['portal.community.create', 'portal.community.join', 'portal.post.read'],
    },
    {
      key: 'portal.owner',
      name: 'Community owner',
      description: 'Runs a community and its teams.',
      scopeType: 'COMMUNITY',
      permissions: ownerPermissions,
    },
    {
      key: 'portal.moderator',
      name: 'Community moderator',
      description: 'Keeps order among the members, teams and posts of a community.',
      scopeType: 'COMMUNITY',
      permissions: moderatorPermissions,
    },
    {
      key: 'portal.member',
      name: 'Community member',
      description: 'Reads and posts in a community.',
      scopeType: 'COMMUNITY',
      permissions: memberPermissions,
    },
    {
      key: 'portal.member',
      name: 'Team member',
      description: 'Reads and posts in a team.',
      scopeType: 'TEAM',
      permissions: ['portal.post.read', 'portal.post.create'],
    },
  ],
};
