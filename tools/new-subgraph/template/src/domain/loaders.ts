import { type Loader, loaderBy } from '@polity/kernel/graph/loader';
import { isUuid } from '@polity/kernel/ids';
import type { Context } from '../context.ts';
import { Sample } from './sample/sample.entity.ts';
import { seenSamples } from './sample/sample.visibility.ts';

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export interface Loaders {
  sampleById: Loader<string, Sample | null>;
}

export function makeLoaders(ctx: Context): Loaders {
  const seen = async (ids: readonly string[]) =>
    ctx.em.find(Sample, { $and: [{ id: ids.filter(isUuid) }, seenSamples(await ctx.access.asker())] });
  return { sampleById: loaderBy(seen, (sample: Sample) => sample.id) };
}
