import { type AccessDeclaration, addedTo, everyScopeType, permissionsAt } from '@polity/kernel/access/catalogue';

const participant = ['events.event.read', 'events.rsvp.set'];
const organizer = [...participant, 'events.event.create', 'events.event.manage', 'events.attendance.mark'];

/** What others may grant here: its permissions, its roles, and what it adds to the roles of tenants and communities. */
export const access: AccessDeclaration = {
  permissions: permissionsAt(everyScopeType, {
    'events.event.read': 'See events for members, at scopes of which one is a member.',
    'events.event.create': "Make events at scopes of which one is a member, and change one's own.",
    'events.event.manage': 'See, change and delete every event.',
    'events.attendance.mark': 'Mark who was there, and read it.',
    'events.rsvp.set': 'Answer whether one comes to the events that one sees.',
  }),
  roles: [
    ...addedTo('TENANT', { 'tenant.owner': organizer, 'tenant.member': participant }),
    ...addedTo('COMMUNITY', {
      'portal.owner': organizer,
      'portal.moderator': organizer,
      'portal.member': participant,
    }),
    ...addedTo('TEAM', { 'portal.member': participant }),
    ...everyScopeType.flatMap((scopeType) => [
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
