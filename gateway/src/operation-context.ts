import type { ViewerAccess } from '@polity/kernel/access/reader';
import { isSuspended, isSystemAdmin } from '@polity/kernel/access/set';
import type { Clock } from '@polity/kernel/clock';
import type { AppError } from '@polity/kernel/graph/errors';
import type { AnswerNotes } from '@polity/kernel/http/answers';
import { childFor, type Logger } from '@polity/kernel/log/logger';
import { actorOf } from '@polity/kernel/request/acting';
import type { RequestInfo, Viewer } from '@polity/kernel/request/context';
import type { GatewayContext } from './context.ts';
import { owe, pay } from './paying.ts';
import type { GatewayRuntime } from './request.ts';
import type { FoundSession } from './session/record.ts';
import { type RequestSession, requestSession } from './session/request-session.ts';
import { unreachable } from './unreachable-access.ts';

/** What is left for other subgraphs once access kept an operation waiting in vain. */
const AFTER_OUTAGE_MS = 400;

/** Asked with every request: the session belongs to the person, so nothing that happens to the actor would end it. */
async function actorMayAct(context: GatewayContext, { access }: GatewayRuntime): Promise<boolean> {
  const { viewer, request } = context;
  const actor = actorOf(viewer);
  if (actor === null || !request.tenantId) return actor === null;
  const set = await access.load(request.tenantId, actor, await access.stamp(request.tenantId, actor));
  return context.access.over(set).mayAtTenant('identity.user.impersonate');
}

async function readFlags(context: GatewayContext, { clock }: GatewayRuntime): Promise<void> {
  const set = await context.access.set();
  const now = clock.nowMs();
  const flags = [...(isSuspended(set, now) ? ['SUSPENDED'] : []), ...(isSystemAdmin(set, now) ? ['SYSTEM_ADMIN'] : [])];
  if (flags.length > 0) context.adopt({ ...context.request, viewer: { ...context.viewer, flags } });
}

/** What an operation is told of the request that it came with. */
interface Surroundings {
  notes: AnswerNotes;
  gone: AbortSignal;
  tenantOfHost: boolean;
  lacksFactor(viewer: Viewer): boolean;
}

/** What one operation carries; a class, because objects of many parts are made quickly only if all are made alike. */
export class Operation implements GatewayContext {
  request: RequestInfo;
  viewer: Viewer;
  readonly answer: AnswerNotes;
  readonly gone: AbortSignal;
  readonly log: Logger;
  readonly clock: Clock;
  readonly slowMs: number;
  readonly session: RequestSession;
  access: ViewerAccess;
  readonly notes: GatewayContext['notes'] = {};
  authorizeAgain: GatewayContext['authorizeAgain'] = null;
  judgedFor: GatewayContext['judgedFor'] = null;
  applicationId: GatewayContext['applicationId'] = null;
  client: GatewayContext['client'] = null;
  read: GatewayContext['read'] = null;
  published: GatewayContext['published'] = null;
  verdict: GatewayContext['verdict'] = null;
  cookies: GatewayContext['cookies'] = [];
  cost: GatewayContext['cost'] = null;
  standing: GatewayContext['standing'] = null;
  standings: GatewayContext['standings'] = [];
  uses: GatewayContext['uses'] = null;
  callerSpan: GatewayContext['callerSpan'] = null;
  plan: GatewayContext['plan'] = null;
  startedAt = 0;
  ran: GatewayContext['ran'] = null;
  received = 0;
  fetches: GatewayContext['fetches'] = {};
  readonly #runtime: GatewayRuntime;
  readonly #lacksFactor: Surroundings['lacksFactor'];

  constructor(runtime: GatewayRuntime, found: FoundSession | null, request: RequestInfo, surroundings: Surroundings) {
    const { notes, gone, tenantOfHost, lacksFactor } = surroundings;
    this.#runtime = runtime;
    this.#lacksFactor = lacksFactor;
    this.request = request;
    this.viewer = request.viewer;
    this.answer = notes;
    this.gone = gone;
    this.log = childFor(runtime.log, request);
    this.clock = runtime.clock;
    this.slowMs = runtime.slowMs;
    this.session = sessionOf(runtime, found, this, tenantOfHost);
    this.access = runtime.access.forRequest(request, this.notes);
    runtime.sessions.set(request, this.session);
  }

  get lacksFactor(): boolean {
    return this.#lacksFactor(this.viewer);
  }

  adopt(next: RequestInfo): void {
    this.request = next;
    this.viewer = next.viewer;
    this.access = this.#runtime.access.forRequest(next, this.notes);
    this.#runtime.sessions.set(next, this.session);
  }

  giveUpAccess(error: AppError): void {
    const deadline = Math.min(this.request.deadline, Date.now() + AFTER_OUTAGE_MS);
    this.adopt({ ...this.request, deadline });
    this.access = unreachable(error);
  }

  pay(points: number): void {
    pay(this, this.#runtime, points);
  }

  owe(points: number): void {
    owe(this, this.#runtime, points);
  }

  readFlags(): Promise<void> {
    return readFlags(this, this.#runtime);
  }

  actorMayAct(): Promise<boolean> {
    return actorMayAct(this, this.#runtime);
  }
}

function sessionOf(
  { store, cookie }: GatewayRuntime,
  found: FoundSession | null,
  context: Pick<GatewayContext, 'request' | 'cookies' | 'adopt'>,
  tenantOfHost: boolean,
): RequestSession {
  const { tenantId, device, address } = context.request;
  return requestSession({
    store,
    cookie,
    found,
    tenantId,
    tenantOfHost,
    device,
    address,
    setCookie: (value) => context.cookies.push(value),
    // Later fetches of this operation act as the person who just signed in; their stamp is read by whoever needs it.
    onViewer: (viewer, at) => context.adopt({ ...context.request, viewer, tenantId: at, stamp: null }),
  });
}
