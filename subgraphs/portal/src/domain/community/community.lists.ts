import type { FilterQuery } from '@mikro-orm/core';
import { type Connection, type ConnectionArgs, pageOf } from '@polity/kernel/graph/connection';
import { InvalidInput } from '@polity/kernel/graph/errors';
import type { Context } from '../../context.ts';
import { byName } from '../orders.ts';
import { ALIAS, both, containing, matching } from '../sql.ts';
import { Community } from './community.entity.ts';
import { seenCommunities } from './community.visibility.ts';

interface ListArgs extends ConnectionArgs {
  query?: string | null;
  mine?: boolean | null;
}

const MINE = `exists (select from community_membership m where m.tenant_id = ${ALIAS}.tenant_id
  and m.community_id = ${ALIAS}.id and m.user_id = ? and m.status = 'ACTIVE')`;

function found(query: string): FilterQuery<Community> {
  if (query.length > 100) throw new InvalidInput({ query: 'must be at most 100 characters' });
  const pattern = { $ilike: containing(query) };
  return { $or: [{ name: pattern }, { slug: pattern }] };
}

export async function list(ctx: Context, { query, mine, ...args }: ListArgs): Promise<Connection<Community>> {
  const asker = await ctx.access.asker();
  const where: FilterQuery<Community>[] = [matching(seenCommunities(asker, ALIAS))];
  if (query) where.push(found(query));
  if (mine)
    where.push(matching({ sql: asker.viewerId ? MINE : 'false', params: asker.viewerId ? [asker.viewerId] : [] }));
  return pageOf(ctx.em, Community, { list: 'communities', args, order: byName, where: { $and: where } });
}

/** Communities in which the person is an ACTIVE member, as far as the viewer sees them. */
export async function ofUser(ctx: Context, userId: string, args: ConnectionArgs): Promise<Connection<Community>> {
  const active = { sql: "m.status = 'ACTIVE'", params: [] };
  return ctx.loaders.pages(
    {
      name: 'user.communities',
      entity: Community,
      from: 'community_membership m join community t on t.tenant_id = m.tenant_id and t.id = m.community_id',
      parent: 'm.user_id',
      where: both(active, seenCommunities(await ctx.access.asker(), 't')),
      order: byName,
    },
    userId,
    args,
  );
}

export async function ofTenant(ctx: Context, tenantId: string, args: ConnectionArgs): Promise<Connection<Community>> {
  return ctx.loaders.pages(
    {
      name: 'tenant.communities',
      entity: Community,
      from: 'community t',
      parent: 't.tenant_id',
      where: seenCommunities(await ctx.access.asker(), 't'),
      order: byName,
    },
    tenantId,
    args,
  );
}
