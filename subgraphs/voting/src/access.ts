import type { AccessDeclaration } from '@polity/kernel/access/catalogue';

const anywhere = ['TENANT', 'COMMUNITY', 'TEAM'] as const;
const voter = ['voting.poll.read', 'voting.vote.cast', 'voting.nomination.create'];
const organizer = [...voter, 'voting.poll.create', 'voting.poll.manage'];

const rolesFor = (scopeType: (typeof anywhere)[number]) => [
  {
    key: 'voting.voter',
    name: 'Voter',
    description: 'Votes, nominates and delegates here.',
    scopeType,
    permissions: voter,
  },
  {
    key: 'voting.organizer',
    name: 'Organizer of polls',
    description: 'Makes polls here, and runs those of others.',
    scopeType,
    permissions: organizer,
  },
];

/** What others may grant here, and what it adds to the roles of tenants and communities. */
export const access: AccessDeclaration = {
  permissions: [
    {
      code: 'voting.poll.read',
      description: 'See polls for members, at scopes of which one is a member.',
      scopeTypes: [...anywhere],
    },
    { code: 'voting.poll.create', description: "Make polls, and run one's own.", scopeTypes: [...anywhere] },
    {
      code: 'voting.poll.manage',
      description:
        'See every poll, drafts among them, and run it: change, open, extend, close and cancel it, decide about nominations, declare ballots invalid.',
      scopeTypes: [...anywhere],
    },
    {
      code: 'voting.vote.cast',
      description: 'Vote in polls on whose roll one is, and delegate.',
      scopeTypes: [...anywhere],
    },
    { code: 'voting.nomination.create', description: 'Nominate oneself and others.', scopeTypes: [...anywhere] },
  ],
  roles: [
    {
      key: 'tenant.owner',
      name: 'Owner',
      description: 'Runs the tenant.',
      scopeType: 'TENANT',
      permissions: organizer,
    },
    {
      key: 'tenant.member',
      name: 'Member',
      description: 'Belongs to the tenant.',
      scopeType: 'TENANT',
      permissions: voter,
    },
    {
      key: 'portal.owner',
      name: 'Community owner',
      description: 'Runs a community and its teams.',
      scopeType: 'COMMUNITY',
      permissions: organizer,
    },
    {
      key: 'portal.moderator',
      name: 'Community moderator',
      description: 'Keeps order among the members, teams and posts of a community.',
      scopeType: 'COMMUNITY',
      permissions: organizer,
    },
    {
      key: 'portal.member',
      name: 'Community member',
      description: 'Reads and posts in a community.',
      scopeType: 'COMMUNITY',
      permissions: voter,
    },
    {
      key: 'portal.member',
      name: 'Team member',
      description: 'Reads and posts in a team.',
      scopeType: 'TEAM',
      permissions: voter,
    },
    ...anywhere.flatMap(rolesFor),
  ],
};
