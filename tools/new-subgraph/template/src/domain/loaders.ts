import { rowBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { Sample } from './sample/sample.entity.ts';
import { seenSamples } from './sample/sample.visibility.ts';

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export function makeLoaders({ em, access }: BaseContext) {
  return { sampleById: rowBy(em, Sample, 'id', async () => ({ visible: seenSamples(await access.authorizer()) })) };
}

export type Loaders = ReturnType<typeof makeLoaders>;
