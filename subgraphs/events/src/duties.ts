import type { ContentType } from '@polity/kernel/duties/content';
import type { PeopleDuty } from '@polity/kernel/duties/people';

export const people: PeopleDuty = {
  columns: [
    {
      table: 'event',
      column: 'author_id',
      exports: ['id', 'created_at', 'title', 'visibility', 'edited_at', 'hidden_at'],
      erase: 'keep',
      because: 'What somebody wrote stays, by an author without a name.',
    },
  ],
  notPeople: [],
};

export const content: ContentType[] = [
  {
    type: 'Event',
    table: 'event',
    author: 'author_id',
    visibility: 'visibility',
    communityId: 'cast(null as uuid)',
    teamId: 'cast(null as uuid)',
    texts: { title: 'title' },
  },
];
