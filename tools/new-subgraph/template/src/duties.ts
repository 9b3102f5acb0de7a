import type { ContentType } from '@polity/kernel/duties/content';
import type { PeopleDuty } from '@polity/kernel/duties/people';

export const people: PeopleDuty = {
  columns: [
    {
      table: 'sample',
      column: 'author_id',
      exports: ['id', 'created_at', 'title', 'visibility', 'edited_at', 'hidden_at'],
      erase: 'keep',
      because: 'What somebody wrote stays, by an author without a name.',
    },
  ],
  // Scopes.
  notPeople: ['community_id', 'team_id'],
};

export const content: ContentType[] = [
  {
    type: 'Sample',
    table: 'sample',
    author: 'author_id',
    visibility: 'visibility',
    communityId: 'community_id',
    teamId: 'team_id',
    texts: { title: 'title' },
  },
];
