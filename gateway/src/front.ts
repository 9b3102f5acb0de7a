import { systemClock } from '@polity/kernel/clock';
import { Overloaded, RateLimited } from '@polity/kernel/graph/errors';
import { answerNotes } from '@polity/kernel/http/answers';
import { metrics } from '@polity/kernel/metrics/metrics';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Admission, type Party, type Refusal } from './admission.ts';
import { STREAM_PATH } from './live/sse.ts';
import { isServed } from './public-routes.ts';
import { LEAST_POINTS, networkOf, outOfPoints, rateHeaders, type Standing } from './rate-limit.ts';
import { refuseQuickly } from './refusals.ts';
import type { GatewayRuntime } from './request.ts';
import { subdomainOf } from './tenant.ts';

/** Seconds after which a shed request may come again. */
const RETRY_AFTER = 1;

/** What a request of a route takes before anything is done for it, in points; the first that fits. Operations then pay what they cost. */
const POINTS: readonly [place: RegExp, points: number][] = [
  [/^\/graphql(\/|$)/, LEAST_POINTS],
  [/^\/oidc\/(token|userinfo|jwks|end-session|revocation|introspection)$/, 50],
  [/^\/oidc\/authorize\/[:\w-]+$/, 100],
  // Whoever begins to sign in leaves an interaction in the database for a quarter of an hour; the provider takes other spellings of that, too.
  [/^\/oidc\//, 1_000],
  [/^\/uploads\//, 100],
];
/** Other routes of subgraphs, which ask the database. */
const SERVED_POINTS = 50;
const OTHER_POINTS = 2;

/** Takes as long as its client's line is slow, and next to no work: its turn would be taken from those who have work to be done. */
const IS_LONG = /^\/(uploads|files)\//;

function pointsOf({ raw, routeOptions }: FastifyRequest): number {
  const pattern = routeOptions.url ?? '/';
  // Routes of the provider are one pattern, so what its client wrote says more.
  const place = pattern === '/oidc/*' ? ((raw.url ?? pattern).split('?', 1)[0] as string) : pattern;
  const other = isServed(pattern) ? SERVED_POINTS : OTHER_POINTS;
  const dearest = pattern === '/oidc/*' ? 1_000 : other;
  return POINTS.find(([route]) => route.test(place))?.[1] ?? dearest;
}

/** Whom a request counts for and what it paid, found out before its body was read. */
export interface Admitted {
  payer: string;
  standing: Standing | null;
  /** Aborted when the client goes before it was answered. */
  gone: AbortSignal;
}

interface Entered extends Admitted {
  party: Party;
  leaving: AbortController;
  /** What is done for the request, where that may go on after its client went. */
  work: Promise<unknown> | null;
}

const entered = new WeakMap<FastifyRequest, Entered>();

/** Who has paid for a request so far. */
export const admittedAs = (request: FastifyRequest): Admitted => enteredAs(request);

function enteredAs(request: FastifyRequest): Entered {
  const found = entered.get(request);
  if (!found) throw new Error('A request came past the limits of every route.');
  return found;
}

/** The place of a request is free only once this is done: else clients that ask and go at once would have any number of them. */
export function holdsItsPlace<Result>(request: FastifyRequest, work: Promise<Result>): Promise<Result> {
  enteredAs(request).work = work;
  return work;
}

function partyOf({ guests, publicHost, defaultTenant }: GatewayRuntime, { headers, ip, host }: FastifyRequest): Party {
  const guest = guests.of(headers);
  const network = networkOf(ip);
  // A name that nobody proved is only as good as its host; whoever makes some up shares the one of strangers.
  const tenant = guest?.tenantId ?? (subdomainOf(host, publicHost) || headers['x-tenant'] ? 'unproven' : defaultTenant);
  return { payer: guest?.payer ?? network, network, tenant };
}

// Made once: a flood of refusals must not pay for as many stack traces.
const FULL_HOUSE = new Overloaded(RETRY_AFTER);
const TOO_MANY_AT_ONCE = new RateLimited(
  RETRY_AFTER,
  'Too many requests at once. Wait for answers before you ask more.',
);

function turnAway(reply: FastifyReply, refusal: Refusal): void {
  reply.header('retry-after', RETRY_AFTER);
  if (refusal === 'load') {
    metrics().shed.inc({ reason: 'load' });
    refuseQuickly(reply, 503, FULL_HOUSE);
    return;
  }
  metrics().rateLimited.inc({ bucket: 'at once' });
  refuseQuickly(reply, 429, TOO_MANY_AT_ONCE);
}

/** Whether the time of this request says how loaded this process is: not where it waited for a part that did not answer, nor for pages. */
function isSample(request: FastifyRequest, reply: FastifyReply): boolean {
  const { code, fields } = answerNotes(request);
  const codes = (fields?.codes as unknown[] | undefined) ?? [code];
  const route = routeOf(request);
  const isWork = route.startsWith('/graphql') || isServed(route);
  return isWork && reply.raw.writableFinished && !codes.includes('SUBGRAPH_UNAVAILABLE') && reply.raw.statusCode < 500;
}

const routeOf = ({ routeOptions }: FastifyRequest) => routeOptions.url ?? '';

function takeTurn(turns: Admission, request: FastifyRequest, reply: FastifyReply, goOn: () => void): void {
  const at = enteredAs(request);
  const turn = turns.enter(at.party);
  const over = () => turn.over(isSample(request, reply));
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) return over();
    at.leaving.abort();
    void Promise.allSettled([at.work]).then(over);
  });
  void turn.ready.then((refusal) => {
    if (!refusal) return goOn();
    if (!reply.raw.destroyed) turnAway(reply, refusal);
  });
}

/** In front of every route, before its body is read and before anything is looked up: points, then a place among what runs at once. */
export function limitEveryRoute(app: FastifyInstance, runtime: GatewayRuntime, maxInFlight: number): void {
  const turns = new Admission(maxInFlight, systemClock, runtime.stuckCalls);
  app.addHook('onRequest', (request, reply, goOn) => {
    const party = partyOf(runtime, request);
    const standing = runtime.rateLimit?.take(party.payer, pointsOf(request)) ?? null;
    const leaving = new AbortController();
    entered.set(request, { payer: party.payer, standing, party, leaving, gone: leaving.signal, work: null });
    if (standing && standing.retryAfter !== null) {
      return refuseQuickly(reply.headers(Object.fromEntries(rateHeaders(standing))), 429, outOfPoints(standing));
    }
    const refusal = turns.refuseEarly(party);
    return refusal ? turnAway(reply, refusal) : goOn();
  });
  // Once the body is there, so that nobody holds a place by sending it slowly.
  app.addHook('preHandler', (request, reply, goOn) =>
    // What stays open has a turn for each of its answers.
    request.ws || routeOf(request) === STREAM_PATH || IS_LONG.test(routeOf(request))
      ? goOn()
      : takeTurn(turns, request, reply, goOn),
  );
}
