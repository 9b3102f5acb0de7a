import { rowBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { Poll } from './poll/poll.entity.ts';
import { seenPolls } from './poll/poll.visibility.ts';

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export function makeLoaders({ em, access }: BaseContext) {
  return { pollById: rowBy(em, Poll, 'id', async () => ({ visible: seenPolls(await access.authorizer()) })) };
}

export type Loaders = ReturnType<typeof makeLoaders>;
