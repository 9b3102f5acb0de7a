import type { IncomingHttpHeaders } from 'node:http';
import type { AccessReader } from '@polity/kernel/access/reader';
import type { Clock } from '@polity/kernel/clock';
import { AppError, SubgraphUnavailable } from '@polity/kernel/graph/errors';
import type { AnswerNotes } from '@polity/kernel/http/answers';
import { StoreUnavailable } from '@polity/kernel/kv/store';
import type { Logger } from '@polity/kernel/log/logger';
import { acceptedLanguage } from '@polity/kernel/pages/language';
import { actorOf } from '@polity/kernel/request/acting';
import { anonymous, type RequestInfo, type Viewer } from '@polity/kernel/request/context';
import { callerSpanOf, continueTrace } from '@polity/kernel/request/trace';
import { boundTenantOf } from '@polity/kernel/request/vouched';
import { isTracing } from '@polity/kernel/tracing/tracing';
import { credentialOf, InvalidToken, type TokenReader, tokenViewer } from './bearer.ts';
import type { GatewayContext } from './context.ts';
import type { Admitted } from './front.ts';
import type { Guests } from './guests.ts';
import { httpError } from './http-error.ts';
import { Operation } from './operation-context.ts';
import type { Purses } from './paying.ts';
import { LEAST_POINTS, payerOf } from './rate-limit.ts';
import { lacksSecondFactor } from './second-factor.ts';
import { type CookieOptions, readCookie } from './session/cookie.ts';
import type { FoundSession } from './session/record.ts';
import { type RequestSession, viewerOf } from './session/request-session.ts';
import type { SessionStore } from './session/store.ts';
import { subdomainOf, type TenantDirectory, tenantOf } from './tenant.ts';

/** Ten seconds: nobody waits longer for an operation. */
const OPERATION_MS = 10_000;

export interface GatewayRuntime extends Purses {
  store: SessionStore;
  directory: TenantDirectory;
  tokens: TokenReader;
  access: AccessReader;
  guests: Guests;
  cookie: CookieOptions;
  publicHost: string;
  /** Milliseconds from which on an operation is slow. */
  slowMs: number;
  defaultTenant: string;
  clock: Clock;
  log: Logger;
  /** Sessions of requests under way, for the gateway's own subgraph. */
  sessions: WeakMap<RequestInfo, RequestSession>;
  /** Calls under way to subgraphs that answer none. */
  stuckCalls(): number;
}

/** The parts of an HTTP request that say who asks and for which tenant. Client-sent identity headers are never read. */
export interface Caller {
  headers: IncomingHttpHeaders;
  address: string;
  /** Host as the client sees it. */
  host: string;
  method: string;
  /** Path with its query. */
  path: string;
  requestId: string;
  /** What the log will say of the answer. */
  notes: AnswerNotes;
  /** Who has paid already, and how they stand. */
  admitted: Admitted;
}

/** Who asks, before their tenant is known. */
interface Authenticated {
  viewer: Viewer;
  found: FoundSession | null;
  tokenTenantId: string | null;
  /** Application of the access token. */
  applicationId: string | null;
  /** Whether what is said here holds; read beside the stamp, so that it costs no wait of its own. */
  isStillValid(): Promise<boolean>;
}

const NO_TOKEN = { tokenTenantId: null, applicationId: null, isStillValid: async () => true };

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

const isUnavailable = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'SUBGRAPH_UNAVAILABLE';

function asGraphQLError(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return httpError(new SubgraphUnavailable('sessions', error));
  return error instanceof AppError ? httpError(error) : error;
}

/** Thrown when the cookie and the token of a request belong to different people. */
class ViewerMismatch extends AppError {
  constructor() {
    super('VIEWER_MISMATCH', 'The session and the access token belong to different viewers.');
  }
}

/** Address of the request as far as it is ours: a proof made for another host stays one for another host, whatever the `Host` header says. */
function addressOf({ cookie, publicHost }: GatewayRuntime, { host, path }: Caller): string {
  const ours = subdomainOf(host, publicHost) === null ? publicHost : host;
  return `${cookie.secure ? 'https' : 'http'}://${ours}${path}`;
}

async function authenticate(runtime: GatewayRuntime, caller: Caller): Promise<Authenticated> {
  const { store, cookie, tokens } = runtime;
  const { headers, method } = caller;
  const url = addressOf(runtime, caller);
  const credential = credentialOf(first(headers.authorization), first(headers.dpop), { method, url });
  const value = readCookie(cookie, headers.cookie);
  const found = value ? await store.find(value) : null;
  if (!credential) return { ...NO_TOKEN, viewer: found ? viewerOf(found.record) : anonymous, found };
  // A token that nobody knows costs identity as much as a good one, so its sender has paid already.
  const read = await tokens.read(credential);
  if (!read) throw new InvalidToken();
  const { facts, isStillValid } = read;
  if (found && (facts.kind !== 'user' || facts.id !== found.record.userId)) throw new ViewerMismatch();
  // The token is the narrower of the two, and a client that sends it means it.
  const { tenantId: tokenTenantId, clientId: applicationId } = facts;
  return { viewer: tokenViewer(facts), found: null, tokenTenantId, applicationId, isStillValid };
}

interface StampRead {
  stamp: string | null;
  /** Why access could not be asked. */
  failure: AppError | null;
}

/** Without access the operation goes on: what needs no decision is served. */
async function stampOf({ access, log }: GatewayRuntime, tenantId: string | null, viewer: Viewer): Promise<StampRead> {
  if (!tenantId || !viewer.id) return { stamp: null, failure: null };
  try {
    return { stamp: await access.stamp(tenantId, viewer.id), failure: null };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log.warn({ err: error }, 'the stamp of a viewer could not be read');
    return { stamp: null, failure: error };
  }
}

/** Works out tenant, viewer and stamp of one request: at most one session read and one stamp read. Throws coded GraphQLErrors. */
export async function contextOf(runtime: GatewayRuntime, caller: Caller): Promise<GatewayContext> {
  try {
    const { headers } = caller;
    const { viewer, found, tokenTenantId, applicationId, isStillValid } = await authenticate(runtime, caller);
    const question = {
      host: caller.host,
      publicHost: runtime.publicHost,
      header: first(headers['x-tenant']),
      sessionTenantId: found?.record.tenantId ?? null,
      // Who may act as another was decided in one tenant, and a tenant's provider speaks for that tenant: in others neither is this person.
      sessionBound: found !== null && (actorOf(found.record) !== null || boundTenantOf(found.record) !== null),
      tokenTenantId,
      defaultSlug: runtime.defaultTenant,
    };
    const tenant = await tenantOf(question, runtime.directory);
    const tenantId = tenant?.id ?? null;
    const [{ stamp, failure }, holds] = await Promise.all([stampOf(runtime, tenantId, viewer), isStillValid()]);
    if (!holds) return await contextOf(runtime, caller);
    const info = infoOf(caller, tenantId, viewer, stamp);
    const tenantOfHost = subdomainOf(question.host, runtime.publicHost) !== null;
    const lacksFactor = (who: Viewer) => lacksSecondFactor(tenant, who);
    const context = new Operation(runtime, found, info, {
      notes: caller.notes,
      gone: caller.admitted.gone,
      tenantOfHost,
      lacksFactor,
    });
    context.applicationId = applicationId;
    if (isTracing()) context.callerSpan = callerSpanOf(first(headers.traceparent));
    caller.notes.log = context.log;
    if (failure) context.giveUpAccess(failure);
    settlePoints(context, runtime, caller);
    return context;
  } catch (error) {
    throw asGraphQLError(error);
  }
}

function infoOf(
  { headers, address, requestId }: Caller,
  tenantId: string | null,
  viewer: Viewer,
  stamp: string | null,
): RequestInfo {
  const language = acceptedLanguage(first(headers['accept-language']));
  return {
    requestId,
    traceparent: continueTrace(first(headers.traceparent), isTracing()),
    tenantId,
    viewer,
    stamp,
    deadline: Date.now() + OPERATION_MS,
    onBehalfOf: null,
    address,
    ...(language && { language }),
    device: first(headers['user-agent'])?.slice(0, 200) ?? null,
  };
}

/** The least points were taken from whom the sender was taken for; if it is somebody else, they pay for themselves. */
function settlePoints(context: GatewayContext, runtime: GatewayRuntime, { headers, admitted: paid }: Caller): void {
  const payer = payerOf(context.request);
  if (payer === paid.payer) context.standing = paid.standing;
  else context.pay(LEAST_POINTS);
  if (context.viewer.id) runtime.guests.remember(headers, { payer, tenantId: context.request.tenantId });
}
