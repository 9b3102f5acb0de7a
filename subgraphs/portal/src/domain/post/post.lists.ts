import type { FilterQuery } from '@mikro-orm/core';
import type { ScopeRef } from '@polity/kernel/access/tree';
import { type Connection, type ConnectionArgs, pageOf } from '@polity/kernel/graph/connection';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../../context.ts';
import type { Community } from '../community/community.entity.ts';
import { newestFirst } from '../orders.ts';
import { ALIAS, both, matching } from '../sql.ts';
import type { Team } from '../team/team.entity.ts';
import { Post } from './post.entity.ts';
import { seenPosts } from './post.visibility.ts';

interface ListArgs extends ConnectionArgs {
  scope?: ScopeRef | null;
}

const nothing = { sql: 'false', params: [] };

function lyingAt({ type, id }: ScopeRef): FilterQuery<Post> {
  if (!isUuid(id)) return matching<Post>(nothing);
  if (type === 'TEAM') return { team: id };
  return type === 'COMMUNITY' ? { community: id, team: null } : { tenantId: id, community: null };
}

export async function list(ctx: Context, { scope, ...args }: ListArgs): Promise<Connection<Post>> {
  const seen = matching<Post>(seenPosts(await ctx.access.asker(), ALIAS));
  const where = { $and: [seen, ...(scope ? [lyingAt(scope)] : [])] };
  // Joined, so that a feed costs one statement for its posts and teams and one for their communities.
  const find = { populate: ['team'], strategy: 'joined' } as const;
  return pageOf<Post, 'team'>(ctx.em, Post, { list: 'posts', args, order: newestFirst, where, find });
}

export async function ofCommunity(ctx: Context, { id }: Community, args: ConnectionArgs): Promise<Connection<Post>> {
  const own = both({ sql: 't.team_id is null', params: [] }, seenPosts(await ctx.access.asker(), 't'));
  const list = { name: 'community.posts', entity: Post, from: 'post t', parent: 't.community_id' };
  return ctx.loaders.pages({ ...list, where: own, order: newestFirst }, id, args);
}

export async function ofTeam(ctx: Context, { id }: Team, args: ConnectionArgs): Promise<Connection<Post>> {
  const list = { name: 'team.posts', entity: Post, from: 'post t', parent: 't.team_id' };
  return ctx.loaders.pages({ ...list, where: seenPosts(await ctx.access.asker(), 't'), order: newestFirst }, id, args);
}
