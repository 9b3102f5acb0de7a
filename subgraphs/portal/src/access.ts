import { type AccessDeclaration, addedTo, everyScopeType, permissionsAt } from '@polity/kernel/access/catalogue';

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
    ...permissionsAt(['TENANT'], {
      'portal.community.create': 'Create communities.',
      'portal.community.join': 'Join communities, or ask to.',
    }),
    ...permissionsAt(['COMMUNITY'], {
      'portal.community.read': 'See communities that are not public.',
      'portal.community.update': 'Change a community.',
      'portal.community.archive': 'Archive a community.',
      'portal.member.invite': 'Invite people.',
      'portal.member.approve': 'Accept those who ask to join.',
      'portal.member.remove': 'Remove and ban members.',
      'portal.member.promote': 'Give members other roles.',
      'portal.team.create': 'Create teams.',
    }),
    ...permissionsAt(['COMMUNITY', 'TEAM'], {
      'portal.team.update': 'Change a team and who belongs to it.',
      'portal.team.delete': 'Delete a team with its posts.',
    }),
    ...permissionsAt(everyScopeType, {
      'portal.post.read': 'Read posts for members, at scopes of which one is a member.',
      'portal.post.create': 'Post at scopes of which one is a member.',
      'portal.post.manage': 'See, edit and delete every post.',
      'portal.module.manage': 'Choose the navigation entries.',
    }),
  ],
  roles: [
    ...addedTo('TENANT', {
      'tenant.owner': ['portal.community.create', 'portal.community.join', ...ownerPermissions],
      'tenant.member': ['portal.community.create', 'portal.community.join', 'portal.post.read'],
    }),
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
