import { connect } from 'node:net';

/** The address from the environment, else the usual one on loopback if something listens there, else null. */
export async function reachable(fromEnvironment: string | undefined, usual: string): Promise<string | null> {
  if (fromEnvironment) return fromEnvironment;
  const { hostname, port } = new URL(usual);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 500 });
    const answer = (found: string | null) => () => {
      socket.destroy();
      resolve(found);
    };
    socket.once('connect', answer(usual));
    for (const event of ['error', 'timeout']) socket.once(event, answer(null));
  });
}
