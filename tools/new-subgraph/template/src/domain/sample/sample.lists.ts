import { lyingAt } from '@polity/kernel/access/placed';
import type { ScopeRef } from '@polity/kernel/access/tree';
import type { Where } from '@polity/kernel/db/rows';
import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { Sample, type SampleRow } from './sample.entity.ts';
import { seenSamples } from './sample.visibility.ts';

interface ListArgs extends ConnectionArgs {
  scope?: ScopeRef | null;
}

export async function list(ctx: Context, { scope, ...args }: ListArgs): Promise<Connection<SampleRow>> {
  const visible = seenSamples(await ctx.access.authorizer());
  const where: Where<Sample>[] = scope ? [lyingAt(scope)] : [];
  return pageOf(ctx.em, Sample, { list: 'samples', args, order: newestFirst, where, visible });
}
