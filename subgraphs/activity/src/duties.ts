import type { PeopleDuty } from '@polity/kernel/duties/people';

export const people: PeopleDuty = {
  columns: [
    {
      table: 'activity',
      column: 'actor_id',
      exports: ['id', 'type', 'object_type', 'object_id', 'visibility', 'occurred_at'],
      // What they wrote stays by an author without a name, and so does that they did.
      erase: { set: { actor_id: 'null' } },
    },
    { table: 'activity', column: 'owner_id', exports: [], erase: 'keep', because: 'It decides who sees the entry.' },
    {
      table: 'feed_subscription',
      column: 'user_id',
      exports: ['id', 'created_at', 'scope_type', 'scope_id', 'types'],
      erase: 'delete',
    },
    {
      table: 'feed_mute',
      column: 'user_id',
      exports: ['id', 'created_at', 'type', 'scope_type', 'scope_id', 'muted_id'],
      erase: 'delete',
    },
    { table: 'feed_mute', column: 'muted_id', exports: [], erase: 'delete' },
    { table: 'read_mark', column: 'user_id', exports: ['id', 'up_to'], erase: 'delete' },
    {
      table: 'notification',
      column: 'user_id',
      exports: ['id', 'type', 'kind', 'object_type', 'object_id', 'occurred_at', 'read_at'],
      erase: 'delete',
    },
    { table: 'notification', column: 'actor_id', exports: [], erase: { set: { actor_id: 'null' } } },
    {
      table: 'notification_setting',
      column: 'user_id',
      exports: ['id', 'kind', 'listed', 'mail', 'push'],
      erase: 'delete',
    },
    { table: 'digest_zone', column: 'user_id', exports: ['id', 'time_zone'], erase: 'delete' },
    { table: 'push_subscription', column: 'user_id', exports: ['id', 'created_at', 'host'], erase: 'delete' },
  ],
  // Places, and things of which entries speak.
  notPeople: ['community_id', 'team_id', 'scope_id', 'object_id', 'event_id'],
};
