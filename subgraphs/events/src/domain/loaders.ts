import { pagesBelow } from '@polity/kernel/graph/pages';
import { rowBy } from '@polity/kernel/graph/row-loaders';
import type { BaseContext } from '@polity/kernel/graph/subgraph';
import { statsLoader } from './attendance/attendance.lists.ts';
import { Event } from './event/event.entity.ts';
import { seenEvents } from './event/event.visibility.ts';
import { factsLoader } from './rsvp/rsvp.lists.ts';

/** Batch reads of one request: each costs one statement, however many ask. Hidden rows read as null. */
export function makeLoaders(ctx: BaseContext) {
  const { em, access } = ctx;
  return {
    eventById: rowBy(em, Event, 'id', async () => ({ visible: seenEvents(await access.authorizer()) })),
    facts: factsLoader(ctx),
    stats: statsLoader(ctx),
    pages: pagesBelow(em),
  };
}

export type Loaders = ReturnType<typeof makeLoaders>;
