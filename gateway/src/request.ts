import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { AccessReader } from '@polity/kernel/access/reader';
import type { Clock } from '@polity/kernel/clock';
import { AppError, SubgraphUnavailable } from '@polity/kernel/graph/errors';
import { StoreUnavailable } from '@polity/kernel/kv/store';
import { childFor, type Logger } from '@polity/kernel/log/logger';
import { anonymous, type RequestInfo, type Viewer } from '@polity/kernel/request/context';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from './context.ts';
import { type TenantDirectory, tenantOf } from './identify.ts';
import { type CookieOptions, readCookie } from './session/cookie.ts';
import { type SessionKeeper, sessionKeeper, viewerOf } from './session/keeper.ts';
import type { FoundSession, SessionStore } from './session/store.ts';

/** Ten seconds: nobody waits longer for an operation. */
const OPERATION_MS = 10_000;
const REQUEST_ID = /^[A-Za-z0-9-]{8,64}$/;

export interface Door {
  store: SessionStore;
  directory: TenantDirectory;
  access: AccessReader;
  cookie: CookieOptions;
  publicHost: string;
  defaultTenant: string;
  clock: Clock;
  log: Logger;
  /** Keepers of requests under way, for the gateway's own subgraph. */
  keepers: WeakMap<RequestInfo, SessionKeeper>;
}

/** The parts of an HTTP request that say who asks and for which tenant. Client-sent identity headers are never read. */
export interface Caller {
  headers: IncomingHttpHeaders;
  address: string;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function asGraphQLError(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return asGraphQLError(new SubgraphUnavailable('sessions', error));
  if (!(error instanceof AppError)) return error;
  const status = error.code === 'SUBGRAPH_UNAVAILABLE' ? 503 : 400;
  return new GraphQLError(error.message, { originalError: error, extensions: { http: { status } } });
}

async function sessionOf(door: Door, headers: IncomingHttpHeaders): Promise<FoundSession | null> {
  const cookie = readCookie(door.cookie, headers.cookie);
  return cookie ? door.store.find(cookie) : null;
}

/** Works out tenant, viewer and stamp of one request: at most one session read and one stamp read. Throws coded GraphQLErrors. */
export async function contextOf(door: Door, caller: Caller): Promise<GatewayContext> {
  try {
    const found = await sessionOf(door, caller.headers);
    const tenant = await tenantOf(
      {
        host: first(caller.headers.host),
        publicHost: door.publicHost,
        header: first(caller.headers['x-tenant']),
        sessionTenantId: found?.record.tenantId ?? null,
        defaultSlug: door.defaultTenant,
      },
      door.directory,
    );
    const viewer = found ? viewerOf(found.record) : anonymous;
    const stamp = tenant && viewer.id ? await door.access.stamp(tenant.id, viewer.id) : null;
    return makeContext(door, caller, found, infoOf(door, caller, tenant?.id ?? null, viewer, stamp));
  } catch (error) {
    throw asGraphQLError(error);
  }
}

function infoOf(door: Door, caller: Caller, tenantId: string | null, viewer: Viewer, stamp: string | null): RequestInfo {
  const sent = first(caller.headers['x-request-id']);
  return {
    requestId: sent && REQUEST_ID.test(sent) ? sent : randomUUID(),
    tenantId,
    viewer,
    stamp,
    deadline: Date.now() + OPERATION_MS,
    onBehalfOf: null,
    address: caller.address,
    device: first(caller.headers['user-agent'])?.slice(0, 200) ?? null,
  };
}

function makeContext(door: Door, caller: Caller, found: FoundSession | null, request: RequestInfo): GatewayContext {
  const context: GatewayContext = {
    request,
    viewer: request.viewer,
    notes: {},
    cookies: [],
    calls: {},
    log: childFor(door.log, request),
    clock: door.clock,
    access: undefined as never,
    session: undefined as never,
    adopt(next) {
      context.request = next;
      context.viewer = next.viewer;
      context.access = door.access.forRequest(next, context.notes);
      door.keepers.set(next, context.session);
    },
  };
  context.session = sessionKeeper({
    store: door.store,
    cookie: door.cookie,
    found,
    tenantId: request.tenantId,
    device: request.device,
    address: caller.address,
    setCookie: (value) => context.cookies.push(value),
    // Later fetches of this operation act as the person who just signed in; their stamp is read by whoever needs it.
    onViewer: (viewer, tenantId) => context.adopt({ ...context.request, viewer, tenantId, stamp: null }),
  });
  context.adopt(request);
  return context;
}
