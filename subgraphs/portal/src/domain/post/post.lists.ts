import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Match } from '@polity/kernel/db/rows';
import { sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import type { CommunityRow } from '../community/community.entity.ts';
import type { TeamRow } from '../team/team.entity.ts';
import { Post, type PostRow } from './post.entity.ts';
import { seenPosts } from './post.visibility.ts';

interface ListArgs extends ConnectionArgs {
  scope?: ScopeRef | null;
}

function lyingAt({ type, id }: ScopeRef): Match<Post> {
  if (type === 'TEAM') return { team: id };
  return type === 'COMMUNITY' ? { community: id, team: null } : { tenantId: id, community: null };
}

export async function list(ctx: Context, { scope, ...args }: ListArgs): Promise<Connection<PostRow>> {
  const visible = seenPosts(await ctx.access.authorizer());
  const where = scope ? lyingAt(scope) : [];
  // Joined, so that a feed costs one statement for its posts and teams and one for their communities.
  return pageOf(ctx.em, Post, { list: 'posts', args, order: newestFirst, where, visible, join: ['team'] });
}

export async function ofCommunity(
  ctx: Context,
  { id }: CommunityRow,
  args: ConnectionArgs,
): Promise<Connection<PostRow>> {
  const list = { list: 'community.posts', entity: Post, parent: 't.community_id', where: sql('t.team_id is null') };
  return ctx.loaders.pages(
    { ...list, visible: seenPosts(await ctx.access.authorizer()), order: newestFirst },
    id,
    args,
  );
}

export async function ofTeam(ctx: Context, { id }: TeamRow, args: ConnectionArgs): Promise<Connection<PostRow>> {
  const list = { list: 'team.posts', entity: Post, parent: 't.team_id' };
  return ctx.loaders.pages(
    { ...list, visible: seenPosts(await ctx.access.authorizer()), order: newestFirst },
    id,
    args,
  );
}
