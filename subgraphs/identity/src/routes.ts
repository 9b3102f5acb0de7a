import type { Runtime } from '@polity/kernel/graph/subgraph';
import { isLocal } from '@polity/kernel/http/local-only';
import type { FastifyInstance } from 'fastify';
import { registrationRoutes } from './oidc/registration-routes.ts';
import { oidcRoutes } from './oidc/routes.ts';
import type { Ports } from './ports.ts';

/** HTTP beside the graph: the OpenID Connect provider, where passkeys work, and the kept mails of a development start, which production does not have. */
export async function routes(app: FastifyInstance, runtime: Runtime, ports: Ports): Promise<void> {
  await oidcRoutes(app, ports);
  await app.register((scope) => registrationRoutes(scope, { runtime, ports }));
  app.get('/.well-known/webauthn', { config: { open: true } }, async (_, reply) =>
    reply.header('cache-control', 'public, max-age=300').send({ origins: ports.relyingParty.related }),
  );
  if (runtime.production) return;
  // Links in these mails open accounts, so nobody but whoever sits at this machine reads them.
  app.get('/dev/mail', { config: { open: true } }, async (request, reply) =>
    isLocal(request) ? reply.header('cache-control', 'no-store').send(ports.keptMails()) : reply.callNotFound(),
  );
}
