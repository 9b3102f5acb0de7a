import type { IncomingHttpHeaders } from 'node:http';
import { StoreUnavailable } from '@polity/kernel/kv/store';
import { actorOf } from '@polity/kernel/request/acting';
import { SIGNED_IN_HEADER, type SignedIn, sealSignedIn } from '@polity/kernel/request/signed-in';
import type { FastifyInstance } from 'fastify';
import type { GatewayRuntime } from './request.ts';
import { readCookie } from './session/cookie.ts';

/** Pages of the provider that depend on who is signed in; its other routes are for servers of applications. */
const FOR_PEOPLE = /^\/oidc\/authorize(?:[/?]|$)/;

/** Who is signed in at the browser that sends these headers; null for nobody, and for whoever acts as another. Throws StoreUnavailable. */
export async function signedInOf(
  { store, cookie }: Pick<GatewayRuntime, 'store' | 'cookie'>,
  headers: IncomingHttpHeaders,
): Promise<SignedIn | null> {
  const value = readCookie(cookie, headers.cookie);
  const found = value ? await store.find(value) : null;
  if (!found || actorOf(found.record) !== null) return null;
  const { id: sessionId, userId, amr, acr, authTime, proof } = found.record;
  return { sessionId, userId, amr, acr, authTime, proof };
}

/** Tells the provider with each request of a page who is signed in, so that it never asks somebody who is. */
export function tellProvider(app: FastifyInstance, runtime: GatewayRuntime, key: Buffer): void {
  app.addHook('preHandler', async ({ raw }, reply) => {
    if (!FOR_PEOPLE.test(raw.url ?? '')) return;
    delete raw.headers[SIGNED_IN_HEADER];
    try {
      const signedIn = await signedInOf(runtime, raw.headers);
      if (signedIn) raw.headers[SIGNED_IN_HEADER] = sealSignedIn(key, signedIn);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return reply.code(503).header('retry-after', '1').send({ error: 'temporarily_unavailable' });
    }
  });
}
