import type { Runtime } from '@polity/kernel/graph/subgraph';
import type { FastifyInstance } from 'fastify';
import type { Ports } from './ports.ts';

/** HTTP beside the graph: the kept mails of a development start. In production the route does not exist. */
export async function routes(app: FastifyInstance, { production }: Runtime, ports: Ports): Promise<void> {
  if (production) return;
  app.get('/dev/mail', async (_, reply) => reply.header('cache-control', 'no-store').send(ports.keptMails()));
}
