import cluster from 'node:cluster';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Connections that the kernel keeps for us until they are accepted; past it clients try again after a second, then after three. */
const BACKLOG = 4_096;
/** Where several sockets can share one port with the load spread over them. */
const SHARES_PORTS = process.platform === 'linux';
/**
 * Node accepts one connection per listening socket in each turn of the event loop (libuv 1.45). Under load a turn takes milliseconds, so one
 * socket would leave clients waiting at the door for seconds, where no limit sees them.
 */
const SOCKETS = 16;

const sharing = new WeakSet<FastifyInstance>();

/** Makes a server that many strangers connect to accept as quickly as they come; to be called before it is ready. */
export function acceptQuickly(app: FastifyInstance): void {
  if (!SHARES_PORTS) return;
  sharing.add(app);
  const others: Server[] = [];
  app.addHook('onListen', async () => {
    const { address: host, port } = app.server.address() as AddressInfo;
    for (let n = 1; n < SOCKETS; n++) {
      // As Node's HTTP server sets up its own.
      const other = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
        app.server.emit('connection', socket),
      );
      others.push(other);
      await new Promise<void>((resolve, reject) => {
        other.once('error', reject);
        other.listen({ host, port, backlog: BACKLOG, reusePort: true }, resolve);
      });
    }
  });
  app.addHook('preClose', async () => {
    for (const other of others) other.close();
  });
}

/** Throws EADDRINUSE where somebody listens already, which a shared port would not tell. */
export async function mustBeFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen({ host, port }, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

/** Listens and returns the port that was bound; workers of one machine share theirs. Throws EADDRINUSE. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  const reusePort = sharing.has(app);
  if (reusePort && port !== 0 && cluster.isPrimary) await mustBeFree(host, port);
  // Fastify's type does not know `reusePort`, which it passes on to Node.
  const how = { host, port, backlog: BACKLOG, reusePort };
  await app.listen(how);
  return (app.server.address() as AddressInfo).port;
}
