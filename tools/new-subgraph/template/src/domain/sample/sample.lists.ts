import type { Connection, ConnectionArgs } from '@polity/kernel/graph/connection';
import { newestFirst, pageOf } from '@polity/kernel/graph/pages';
import type { Context } from '../../context.ts';
import { Sample, type SampleRow } from './sample.entity.ts';
import { seenSamples } from './sample.visibility.ts';

export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<SampleRow>> {
  const visible = seenSamples(await ctx.access.authorizer());
  return pageOf(ctx.em, Sample, { list: 'samples', args, order: newestFirst, visible });
}
