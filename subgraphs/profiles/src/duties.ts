import type { Concerns } from '@polity/kernel/duties/concerns';
import type { PeopleDuty } from '@polity/kernel/duties/people';
import { fileUploader } from '@polity/kernel/files/file-table';
import type { ProfilesEvents } from './events.ts';

export const people: PeopleDuty = {
  columns: [
    fileUploader,
    { table: 'avatar_image', column: 'user_id', exports: ['id', 'size', 'format', 'created_at'], erase: 'delete' },
    {
      table: 'profile',
      column: 'user_id',
      exports: [
        ...['id', 'created_at', 'bio', 'pronouns', 'location', 'links', 'interests', 'locale', 'time_zone'],
        ...['status_text', 'status_until', 'field_values', 'privacy', 'approves_followers'],
      ],
      erase: 'delete',
    },
    { table: 'person_name', column: 'user_id', exports: ['id', 'username', 'display_name'], erase: 'delete' },
    {
      table: 'follow',
      column: 'follower_id',
      exports: ['id', 'followed_id', 'status', 'created_at'],
      erase: 'delete',
    },
    {
      table: 'follow',
      column: 'followed_id',
      exports: ['id', 'follower_id', 'status', 'created_at'],
      erase: 'delete',
    },
  ],
  notPeople: [],
};

export const concerns: Concerns<ProfilesEvents> = {
  'profiles.follow.requested': ({ followedId }) => [{ userId: followedId, as: 'PARTICIPANT' }],
  'profiles.follow.created': ({ followedId }) => [{ userId: followedId, as: 'PARTICIPANT' }],
  'profiles.follow.approved': ({ followerId }) => [{ userId: followerId, as: 'PARTICIPANT' }],
};
