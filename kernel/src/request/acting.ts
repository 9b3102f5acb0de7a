import type { EventEnvelope } from '../events/envelope.ts';
import { BACKGROUND_CALL_MS } from '../graph/transport.ts';
import { isUuid, uuidv7 } from '../ids.ts';
import { anonymous, type RequestInfo, serviceViewer, type Viewer } from './context.ts';

// Stands among the methods of a session and so travels with every request of it (RFC 8693 section 4.1, "act").
const ACT = 'act:';

/** The method of a session in which that person acts as somebody else. */
export const actingMethod = (actorId: string): `act:${string}` => `${ACT}${actorId}`;

/** Id of the person who acts as the viewer; null for a viewer who acts for themselves. */
export function actorOf({ amr }: { amr: Viewer['amr'] }): string | null {
  return amr.find((method) => method.startsWith(ACT))?.slice(ACT.length) ?? null;
}

/**
 * Viewer of a call that the service `name` makes for whoever is given. The service acts with its own rights; who really acts, where somebody acts as
 * another, goes with it, for whatever is recorded on the other side.
 */
export function serviceViewerFor(name: string, { amr }: Pick<Viewer, 'amr'>): Viewer {
  return { ...serviceViewer(name), amr: amr.filter((method) => method.startsWith(ACT)) };
}

/** Request of work that no client asked for. In the background its calls may take long; else somebody waits for what it finds out. */
export function internalRequest(tenantId: string | null, background = true): RequestInfo {
  return {
    requestId: uuidv7(),
    tenantId,
    viewer: anonymous,
    stamp: null,
    deadline: Date.now() + 2 * BACKGROUND_CALL_MS,
    background,
    onBehalfOf: null,
    address: null,
    device: null,
  };
}

/** Request of a job that a service does for itself in one tenant, or in none. */
export function serviceRequest(service: string, tenantId: string | null): RequestInfo {
  return { ...internalRequest(tenantId), viewer: serviceViewer(service) };
}

/** Request of what a service does about an event: in its tenant, for whoever caused it, and in the request and trace that it comes from. */
export function eventRequest(service: string, event: EventEnvelope): RequestInfo {
  const { tenantid, actorid, requestid, traceparent, id } = event;
  return {
    ...serviceRequest(service, tenantid),
    requestId: requestid ?? id,
    onBehalfOf: isUuid(actorid) ? actorid : null,
    ...(traceparent && { traceparent }),
  };
}

/** Request that a person did not send: what they may do is asked of access, as for any other. For demo data and tests. */
export function personRequest(tenantId: string, userId: string): RequestInfo {
  return { ...internalRequest(tenantId), viewer: { ...anonymous, kind: 'user', id: userId } };
}
