import { metrics } from '@polity/kernel/metrics/metrics';
import type { FastifyInstance } from 'fastify';
import { networkOf } from './rate-limit.ts';

/** Connections of one address at a time. */
const CONNECTIONS_PER_ADDRESS = 512;

/** Ends connections of an address that has too many. Not where proxies bring the connections of everybody. */
export function limitConnections(app: FastifyInstance): void {
  const open = new Map<string, number>();
  app.server.on('connection', (socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(network) ?? 0) + 1;
    open.set(network, count);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
    if (count <= CONNECTIONS_PER_ADDRESS) return;
    metrics().shed.inc({ reason: 'connections' });
    socket.destroy();
  });
}
