import type { FastifyInstance } from 'fastify';

/**
 * From the call of what this returns on, every answer ends its connection, so that clients and balancers open their next one elsewhere while
 * this process still serves (https://sre.google/sre-book/load-balancing-datacenter/, "lame duck").
 */
export function lameDuck(app: FastifyInstance): () => void {
  let leaving = false;
  app.addHook('onRequest', async (_request, reply) => {
    if (leaving) reply.raw.setHeader('connection', 'close');
  });
  // Requests that came before answer after it.
  app.addHook('onSend', async (_request, reply) => {
    if (leaving && !reply.raw.headersSent) reply.raw.setHeader('connection', 'close');
  });
  return () => {
    leaving = true;
  };
}
