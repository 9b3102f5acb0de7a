import type { Runtime } from '@polity/kernel/graph/subgraph';
import type { FastifyInstance } from 'fastify';
import { oidcRoutes } from './oidc/routes.ts';
import { accountPages } from './pages/routes.ts';
import type { Ports } from './ports.ts';

/** HTTP beside the graph: the OpenID Connect provider, the pages behind mailed links, and the kept mails of a development start, which production does not have. */
export async function routes(app: FastifyInstance, runtime: Runtime, ports: Ports): Promise<void> {
  await oidcRoutes(app, runtime, ports);
  await accountPages(app);
  if (runtime.production) return;
  app.get('/dev/mail', { config: { open: true } }, async (_, reply) =>
    reply.header('cache-control', 'no-store').send(ports.keptMails()),
  );
}
