import { type AccessDeclaration, addedTo, everyScopeType, permissionsAt } from '@polity/kernel/access/catalogue';

const voter = ['voting.poll.read', 'voting.vote.cast', 'voting.nomination.create'];
const organizer = [...voter, 'voting.poll.create', 'voting.poll.manage'];

/** What others may grant here, and what it adds to the roles of tenants and communities. */
export const access: AccessDeclaration = {
  permissions: permissionsAt(everyScopeType, {
    'voting.poll.read': 'See polls for members, at scopes of which one is a member.',
    'voting.poll.create': "Make polls, and run one's own.",
    'voting.poll.manage':
      'See every poll, drafts among them, and run it: change, open, extend, close and cancel it, decide about nominations, declare ballots invalid.',
    'voting.vote.cast': 'Vote in polls on whose roll one is, and delegate.',
    'voting.nomination.create': 'Nominate oneself and others.',
  }),
  roles: [
    ...addedTo('TENANT', { 'tenant.owner': organizer, 'tenant.member': voter }),
    ...addedTo('COMMUNITY', { 'portal.owner': organizer, 'portal.moderator': organizer, 'portal.member': voter }),
    ...addedTo('TEAM', { 'portal.member': voter }),
    ...everyScopeType.flatMap((scopeType) => [
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
    ]),
  ],
};
