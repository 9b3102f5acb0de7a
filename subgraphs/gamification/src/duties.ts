import type { Concern, Concerns } from '@polity/kernel/duties/concerns';
import type { ContentType } from '@polity/kernel/duties/content';
import type { PeopleDuty } from '@polity/kernel/duties/people';
import { fileUploader } from '@polity/kernel/files/file-table';
import type { Context } from './context.ts';
import type { GamificationEvents } from './events.ts';

const pastStays = {
  erase: 'keep',
  because: 'It holds ids alone, of people without a name; the past that is looked through again must be what it was.',
} as const;

export const people: PeopleDuty = {
  columns: [
    fileUploader,
    {
      table: 'achievement',
      column: 'author_id',
      exports: ['id', 'created_at', 'key', 'name', 'description', 'visibility', 'edited_at', 'hidden_at'],
      erase: 'keep',
      because: 'What a community awards stays, by an author without a name.',
    },
    {
      table: 'achievement_grant',
      column: 'user_id',
      exports: [
        ...['id', 'achievement_id', 'period', 'status', 'granted_at', 'reason', 'evidence', 'expires_at'],
        ...['revoked_at', 'revoke_reason'],
      ],
      erase: 'delete',
    },
    { table: 'achievement_grant', column: 'granted_by', exports: ['id'], erase: { set: { granted_by: 'null' } } },
    { table: 'achievement_grant', column: 'revoked_by', exports: ['id'], erase: { set: { revoked_by: 'null' } } },
    {
      table: 'progress',
      column: 'user_id',
      exports: ['id', 'achievement_id', 'period', 'current', 'target', 'completed_at'],
      erase: 'delete',
    },
    { table: 'player', column: 'user_id', exports: ['id', 'zones'], erase: 'delete' },
    { table: 'fact', column: 'person_id', exports: ['id', 'type', 'occurred_at'], ...pastStays },
    { table: 'fact', column: 'actor_id', exports: ['id', 'type', 'occurred_at'], ...pastStays },
  ],
  notPeople: ['community_id', 'team_id', 'achievement_id'],
};

export const content: ContentType[] = [
  {
    type: 'Achievement',
    table: 'achievement',
    author: 'author_id',
    visibility: 'visibility',
    communityId: 'community_id',
    teamId: 'team_id',
    texts: { name: 'name', description: 'description' },
  },
];

const holder = ({ userId }: { userId: string }): Concern[] => [{ userId, as: 'OWNER' }];

export const concerns: Concerns<GamificationEvents, Context> = {
  'gamification.grant.awarded': holder,
  'gamification.grant.revoked': holder,
  'gamification.grant.expired': holder,
};
