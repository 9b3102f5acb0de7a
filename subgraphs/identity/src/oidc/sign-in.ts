import type { Runtime } from '@polity/kernel/graph/subgraph';
import { CALL_TIMEOUT_MS } from '@polity/kernel/graph/transport';
import { anonymous, type ReplyNotes, type RequestInfo } from '@polity/kernel/request/context';
import type { FastifyRequest } from 'fastify';
import { type Context, createContext } from '../context.ts';
import type { SessionGrant } from '../domain/session/session.service.ts';
import type { Ports } from '../ports.ts';

/** What the sign-in verbs answer, of which the interaction pages know only this. */
export type SignInOutcome =
  | { __typename: 'SignedIn'; user: { id: string } }
  | { __typename: 'MfaRequired'; challenge: string; methods: readonly string[] };

/** What a sign-in proved, in the terms of the provider's session. */
export interface ProvedLogin {
  accountId: string;
  acr: string;
  amr: string[];
  /** Epoch seconds. */
  ts: number;
}

function deviceOf(userAgent: string | undefined): string | null {
  return userAgent ? userAgent.slice(0, 200) : null;
}

/** The context in which an interaction page calls the verbs of identity: nobody is signed in yet, the tenant is the application's. */
export function interactionContext(request: FastifyRequest, tenantId: string, runtime: Runtime, ports: Ports): Context {
  const info: RequestInfo = {
    requestId: request.id,
    tenantId,
    viewer: anonymous,
    stamp: null,
    deadline: Date.now() + 5 * CALL_TIMEOUT_MS,
    onBehalfOf: null,
    address: request.ip,
    device: deviceOf(request.headers['user-agent']),
  };
  const reply: ReplyNotes = {};
  const base = {
    request: info,
    viewer: info.viewer,
    em: runtime.em(tenantId),
    access: runtime.access.forRequest(info, reply),
    services: runtime.services(tenantId),
    log: runtime.log.child({ requestId: info.requestId }),
    clock: runtime.clock,
    reply,
  };
  return createContext(base, ports, runtime);
}

/** Reads what a completed sign-in granted; null where no session was granted. */
export function provedLogin({ reply }: Pick<Context, 'reply'>): ProvedLogin | null {
  const grant = reply.session as SessionGrant | undefined;
  if (grant?.kind !== 'start') return null;
  return { accountId: grant.userId, acr: grant.acr, amr: [...grant.amr], ts: grant.authTime };
}
