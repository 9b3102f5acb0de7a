import { Socket } from 'node:net';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const HERE = new Set(['localhost', '127.0.0.1', '::1']);

/** Where a socket is asked to connect: to a host, or to a path on this machine. */
function targetOf(args: unknown[]): string {
  const [first] = args.flat() as [{ host?: string; path?: string } | number | string, unknown];
  if (typeof first === 'object') return first.path ? 'localhost' : (first.host ?? 'localhost');
  return typeof args[1] === 'string' ? args[1] : 'localhost';
}

it('opens no socket to anywhere but this machine, with the settings of the vendor in place that would have it report', async () => {
  const opened: string[] = [];
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function watched(this: Socket, ...args: never[]) {
    opened.push(targetOf(args));
    return (connect as (...all: never[]) => Socket).apply(this, args);
  } as typeof connect;
  process.env.APOLLO_KEY = 'service:somewhere:a-key';
  process.env.APOLLO_GRAPH_REF = 'somewhere@current';
  process.env.APOLLO_SCHEMA_REPORTING = 'true';
  let at: GatewayWorld | undefined;
  try {
    at = await startGatewayWorld();
    const alice = await at.person('alice');
    await alice.get('{ posts { edges { node { title author { displayName } } } } }');
  } finally {
    await at?.close();
    Socket.prototype.connect = connect;
    for (const name of ['APOLLO_KEY', 'APOLLO_GRAPH_REF', 'APOLLO_SCHEMA_REPORTING']) delete process.env[name];
  }
  expect(opened.length).toBeGreaterThan(0);
  expect(opened.filter((host) => !HERE.has(host))).toEqual([]);
});
