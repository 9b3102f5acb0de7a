import type { EventEnvelope } from '@polity/kernel/events/envelope';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { isUuid } from '@polity/kernel/ids';
import { type ReplyNotes, type RequestInfo, serviceViewer } from '@polity/kernel/request/context';
import { type Context, makeContext } from './context.ts';
import { stampMarks } from './domain/change/stamp-marks.ts';
import { noDecisionLog } from './domain/check/decision-log.ts';

const PATIENCE_MS = 60_000;

/** Context of work that no request asked for, in the walls of one tenant or of none. */
export function serviceContext(runtime: Runtime, tenantId: string | null, cause: Partial<RequestInfo> = {}): Context {
  const request: RequestInfo = {
    requestId: '',
    tenantId,
    viewer: serviceViewer('access'),
    stamp: null,
    deadline: Date.now() + PATIENCE_MS,
    background: true,
    onBehalfOf: null,
    address: null,
    device: null,
    ...cause,
  };
  const { clock, log } = runtime;
  const reply: ReplyNotes = {};
  const services = runtime.services(tenantId);
  const access = runtime.access.forRequest(request, reply);
  return makeContext(
    { request, viewer: request.viewer, em: runtime.em(tenantId), access, services, log, clock, reply },
    { decisions: noDecisionLog, marks: stampMarks(runtime.em, log) },
    runtime,
  );
}

/** The same in answer to an event, which names tenant, actor and request. */
export function eventContext(runtime: Runtime, { tenantid, actorid, requestid, id }: EventEnvelope): Context {
  return serviceContext(runtime, tenantid, {
    requestId: requestid ?? id,
    onBehalfOf: isUuid(actorid) ? actorid : null,
  });
}
