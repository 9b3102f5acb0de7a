import { RateLimited } from '@polity/kernel/graph/errors';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { Caller } from '../request.ts';
import type { Subscriber } from './evaluate.ts';
import type { Stream } from './stream.ts';

/** Streams of one viewer, or of one network without one, and of all together in this process. */
const MAX_OF_ONE = 100;
const MAX_OF_ALL = 10_000;

/** A stream that is open. */
export interface OpenStream {
  stream: Stream;
  payer: string;
  transport: Subscriber['transport'];
  caller(): Caller;
  identity: string;
  /** Version of what the viewer may do at the last answer. */
  stamp: string | null;
}

/** The streams that are open in this process, and how many of each payer. */
export function openStreams() {
  const open = new Set<OpenStream>();
  const countOf = new Map<string, number>();
  return {
    all: () => [...open],
    /** Throws RATE_LIMITED where the payer, or all together, have too many. */
    mustHaveRoom(payer: string) {
      if ((countOf.get(payer) ?? 0) >= MAX_OF_ONE || open.size >= MAX_OF_ALL)
        throw new RateLimited(60, 'Too many subscriptions at once. End some before you begin others.');
    },
    add(entry: OpenStream) {
      open.add(entry);
      countOf.set(entry.payer, (countOf.get(entry.payer) ?? 0) + 1);
      metrics().subscriptionsOpen.inc({ transport: entry.transport });
    },
    remove(entry: OpenStream) {
      if (!open.delete(entry)) return;
      const left = (countOf.get(entry.payer) ?? 1) - 1;
      if (left > 0) countOf.set(entry.payer, left);
      else countOf.delete(entry.payer);
      metrics().subscriptionsOpen.dec({ transport: entry.transport });
    },
  };
}
