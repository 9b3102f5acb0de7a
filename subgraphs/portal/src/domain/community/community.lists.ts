import { containing, never, type Sql, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { byName, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { Community, type CommunityRow } from './community.entity.ts';
import { seenCommunities } from './community.visibility.ts';

interface ListArgs extends ConnectionArgs {
  query?: string | null;
  mine?: boolean | null;
}

const MINE = `exists (select from community_membership m where m.tenant_id = t.tenant_id
  and m.community_id = t.id and m.user_id = ? and m.status = 'ACTIVE')`;

function found(query: string): Sql {
  if (query.length > 100) throw new InvalidInput({ query: 'must be at most 100 characters' });
  return sql('(t.name ilike ? or t.slug ilike ?)', containing(query), containing(query));
}

export async function list(ctx: Context, { query, mine, ...args }: ListArgs): Promise<Connection<CommunityRow>> {
  const authorizer = await ctx.access.authorizer();
  const where = query ? [found(query)] : [];
  if (mine) where.push(authorizer.viewerId ? sql(MINE, authorizer.viewerId) : never);
  return pageOf(ctx.em, Community, {
    list: 'communities',
    args,
    order: byName,
    where,
    visible: seenCommunities(authorizer),
  });
}

/** Communities in which the person is an ACTIVE member, as far as the viewer sees them. */
export async function ofUser(ctx: Context, userId: string, args: ConnectionArgs): Promise<Connection<CommunityRow>> {
  return ctx.loaders.pages(
    {
      list: 'user.communities',
      entity: Community,
      from: 'community_membership m join community t on t.tenant_id = m.tenant_id and t.id = m.community_id',
      parent: 'm.user_id',
      where: sql("m.status = 'ACTIVE'"),
      visible: seenCommunities(await ctx.access.authorizer()),
      order: byName,
    },
    userId,
    args,
  );
}

export async function ofTenant(
  ctx: Context,
  tenantId: string,
  args: ConnectionArgs,
): Promise<Connection<CommunityRow>> {
  const visible = seenCommunities(await ctx.access.authorizer());
  const list = { list: 'tenant.communities', entity: Community, parent: 't.tenant_id', visible, order: byName };
  return ctx.loaders.pages(list, tenantId, args);
}
