import type { AccessDeclaration } from '@polity/kernel/access/catalogue';

const EVERYWHERE = ['TENANT', 'COMMUNITY', 'TEAM'] as const;
const participant = ['events.event.read', 'events.rsvp.set'];
const organizer = [...participant, 'events.event.create', 'events.event.manage', 'events.attendance.mark'];

/** What others may grant here: its permissions, its roles, and what it adds to the roles of tenants and communities. */
export const access: AccessDeclaration = {
  permissions: [
    { code: 'events.event.read', description: 'See events for members, at scopes of which one is a member.' },
    {
      code: 'events.event.create',
      description: "Make events at scopes of which one is a member, and change one's own.",
    },
    { code: 'events.event.manage', description: 'See, change and delete every event.' },
    { code: 'events.attendance.mark', description: 'Mark who was there, and read it.' },
    { code: 'events.rsvp.set', description: 'Answer whether one comes to the events that one sees.' },
  ].map((permission) => ({ ...permission, scopeTypes: [...EVERYWHERE] })),
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
      permissions: participant,
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
      permissions: participant,
    },
    {
      key: 'portal.member',
      name: 'Team member',
      description: 'Reads and posts in a team.',
      scopeType: 'TEAM',
      permissions: participant,
    },
    ...EVERYWHERE.flatMap((scopeType) => [
      {
        key: 'events.participant',
        name: 'Event participant',
        description: 'Sees the events of members and answers whether to come.',
        scopeType,
        permissions: participant,
      },
      {
        key: 'events.organizer',
        name: 'Event organizer',
        description: 'Makes and runs events.',
        scopeType,
        permissions: organizer,
      },
    ]),
  ],
};
