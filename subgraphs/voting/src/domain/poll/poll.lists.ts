import { lyingAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Where } from '@polity/kernel/db/rows';
import { never, sql } from '@polity/kernel/db/sql';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { Poll, type PollRow } from './poll.entity.ts';
import { seenPolls } from './poll.visibility.ts';

interface ListArgs extends ConnectionArgs {
  scope?: ScopeRef | null;
  status?: PollRow['status'] | null;
  missingMine?: boolean | null;
}

/** Open polls on whose roll the viewer is and for which no ballot of theirs lies there. */
function missing({ viewer }: Context): Where<Poll> {
  if (viewer.kind !== 'user') return never;
  return sql(
    `t.status = 'OPEN' and (t.closes_at is null or t.closes_at > clock_timestamp())
      and exists (select 1 from elector e where e.tenant_id = t.tenant_id and e.poll_id = t.id and e.user_id = ? and e.participation <> 'VOTED')
      and not exists (select 1 from ballot b where b.tenant_id = t.tenant_id and b.poll_id = t.id and b.voter_id = ?)`,
    viewer.id,
    viewer.id,
  );
}

export async function list(
  ctx: Context,
  { scope, status, missingMine, ...args }: ListArgs,
): Promise<Connection<PollRow>> {
  const visible = seenPolls(await ctx.access.authorizer());
  const where: Where<Poll>[] = [
    ...(scope ? [lyingAt(scope)] : []),
    ...(status ? [{ status }] : []),
    ...(missingMine ? [missing(ctx)] : []),
  ];
  return pageOf(ctx.em, Poll, { list: 'polls', args, order: newestFirst, where, visible });
}

export async function ofCommunity(ctx: Context, id: string, args: ConnectionArgs): Promise<Connection<PollRow>> {
  const list = { list: 'community.polls', entity: Poll, parent: 't.community_id', where: sql('t.team_id is null') };
  return ctx.loaders.pages(
    { ...list, visible: seenPolls(await ctx.access.authorizer()), order: newestFirst },
    id,
    args,
  );
}

export async function ofTeam(ctx: Context, id: string, args: ConnectionArgs): Promise<Connection<PollRow>> {
  const list = { list: 'team.polls', entity: Poll, parent: 't.team_id' };
  return ctx.loaders.pages(
    { ...list, visible: seenPolls(await ctx.access.authorizer()), order: newestFirst },
    id,
    args,
  );
}
