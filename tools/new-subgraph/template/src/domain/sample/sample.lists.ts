import { type Connection, type ConnectionArgs, pageOf } from '@polity/kernel/graph/connection';
import type { Order } from '@polity/kernel/graph/cursor';
import type { Context } from '../../context.ts';
import { Sample } from './sample.entity.ts';
import { seenSamples } from './sample.visibility.ts';

/** UUIDv7 ids ascend with time. */
const newestFirst: Order = [{ column: 'id', direction: 'desc', type: 'uuid' }];

export async function list(ctx: Context, args: ConnectionArgs): Promise<Connection<Sample>> {
  const where = seenSamples(await ctx.access.asker());
  return pageOf<Sample>(ctx.em, Sample, { list: 'samples', args, order: newestFirst, where });
}
