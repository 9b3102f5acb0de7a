import type { EntityManager } from '@mikro-orm/postgresql';
import { type Mirrors, recordMirrored } from '../access/mirrored.ts';
import { actorOf } from '../request/acting.ts';
import type { RequestInfo } from '../request/context.ts';
import { recordEvent, recordEvents } from './outbox.ts';

/** Where an event comes from: the same for all events of one request, job or consumed event. */
export interface Cause {
  tenantId: string | null;
  /** Who did it, in the one sense that `actorid` of the envelope has. */
  actorId: string | null;
  requestId: string | null;
  traceparent?: string | undefined;
}

/**
 * Id of the person or application who does what the request asks: whoever acts as somebody else counts as themselves, and a service counts as the
 * person for whom it asks. Null where nobody does it: a service for itself, a job, an anonymous viewer.
 */
export function actorIdOf({ viewer, onBehalfOf }: Pick<RequestInfo, 'viewer' | 'onBehalfOf'>): string | null {
  return actorOf(viewer) ?? onBehalfOf ?? (viewer.kind === 'service' ? null : viewer.id);
}

/** The cause of everything that the request brings about. */
export function causeOf(request: RequestInfo): Cause {
  const { tenantId, requestId, traceparent } = request;
  return { tenantId, actorId: actorIdOf(request), requestId, traceparent };
}

interface Recorded<Data> {
  /** Id of the aggregate whose events keep their order. */
  subject: string;
  data: Data;
  /** Tenant of what changed, where it is another than the cause's. */
  tenantId?: string | null;
}

/**
 * The function by which a subgraph records its events; `Events` maps each type to its data. It flushes the transaction of the change, then writes the
 * event into it: the event exists if and only if that transaction commits. What an event means for access is recorded beside it.
 */
export function recorder<Events>(mirrors: Mirrors<Events> = {}) {
  return async <Type extends keyof Events & string>(
    tx: EntityManager,
    { cause }: { cause: Cause },
    type: Type,
    event: Recorded<Events[Type]>,
  ): Promise<void> => {
    // The rows that changed are locked first, so that events of one aggregate are numbered in the order of their commits.
    await tx.flush();
    const recorded = { ...cause, type, ...event };
    await recordEvent(tx, recorded);
    await recordMirrored(tx, mirrors, recorded);
  };
}

/** An event of many, each with its own cause. */
export type RecordedOf<Events> = {
  [Type in keyof Events & string]: Recorded<Events[Type]> & { type: Type; cause: Cause };
}[keyof Events & string];

/** The same for acts of many requests in one transaction, in one statement; for subgraphs whose events mean nothing to access. */
export function lotRecorder<Events>() {
  return async (tx: EntityManager, events: readonly RecordedOf<Events>[]): Promise<void> => {
    await tx.flush();
    await recordEvents(
      tx,
      events.map(({ cause, ...event }) => ({ ...cause, ...event })),
    );
  };
}
