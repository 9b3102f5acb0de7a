import { CALL_TIMEOUT_MS } from '@polity/kernel/graph/transport';
import { internalRequest } from '@polity/kernel/request/acting';
import type { RequestInfo } from '@polity/kernel/request/context';
import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { SessionGrant } from '../domain/session/session.service.ts';

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

/** The request in which an interaction page calls the verbs of identity: nobody is signed in yet, the tenant is the application's. */
export function interactionRequest(request: FastifyRequest, tenantId: string): RequestInfo {
  return {
    ...internalRequest(tenantId, false),
    requestId: request.id,
    deadline: Date.now() + 5 * CALL_TIMEOUT_MS,
    address: request.ip,
    device: deviceOf(request.headers['user-agent']),
  };
}

/** Reads what a completed sign-in granted; null where no session was granted. */
export function provedLogin({ reply }: Pick<Context, 'reply'>): ProvedLogin | null {
  const grant = reply.session as SessionGrant | undefined;
  if (grant?.kind !== 'start') return null;
  return { accountId: grant.userId, acr: grant.acr, amr: [...grant.amr], ts: grant.authTime };
}
