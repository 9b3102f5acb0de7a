import type { Concern, Concerns } from '@polity/kernel/duties/concerns';
import type { ContentType } from '@polity/kernel/duties/content';
import type { PeopleDuty } from '@polity/kernel/duties/people';
import type { Context } from './context.ts';
import { Post } from './domain/post/post.entity.ts';
import type { PortalEvents } from './events.ts';

export const people: PeopleDuty = {
  columns: [
    {
      table: 'community_membership',
      column: 'user_id',
      exports: ['id', 'community_id', 'status', 'role_key', 'created_at', 'joined_at'],
      erase: 'delete',
    },
    { table: 'community_membership', column: 'invited_by', exports: ['id'], erase: { set: { invited_by: 'null' } } },
    { table: 'departure', column: 'user_id', key: 'user_id', exports: ['left_at'], erase: 'delete' },
    {
      table: 'post',
      column: 'author_id',
      exports: ['id', 'created_at', 'title', 'body', 'visibility', 'edited_at', 'hidden_at'],
      erase: 'keep',
      because: 'What somebody wrote stays part of the conversation, by an author without a name.',
    },
    {
      table: 'team_membership',
      column: 'user_id',
      exports: ['id', 'team_id', 'created_at'],
      erase: 'delete',
    },
  ],
  notPeople: ['place_id', 'scope_id'],
};

export const content: ContentType[] = [
  {
    type: 'Post',
    table: 'post',
    author: 'author_id',
    visibility: 'visibility',
    communityId: 'community_id',
    teamId: 'team_id',
    texts: { title: 'title', body: 'body' },
  },
];

const participant = ({ userId }: { userId: string }): Concern[] => [{ userId, as: 'PARTICIPANT' }];

async function author({ postId }: { postId: string }, ctx: Context): Promise<Concern[]> {
  const post = await ctx.em.findOne(Post, { id: postId });
  return post ? [{ userId: post.authorId, as: 'OWNER' }] : [];
}

export const concerns: Concerns<PortalEvents, Context> = {
  'portal.community.created': ({ ownerId }) => [{ userId: ownerId, as: 'OWNER' }],
  'portal.membership.requested': participant,
  'portal.membership.invited': participant,
  'portal.membership.activated': participant,
  'portal.membership.role_changed': participant,
  'portal.membership.ended': participant,
  'portal.team_membership.created': participant,
  'portal.team_membership.ended': participant,
  'portal.post.created': author,
  'portal.post.updated': author,
};
