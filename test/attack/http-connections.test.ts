import { connect } from 'node:net';
import { type GatewayWorld, startGatewayWorld } from '../../gateway/test/gateway-world.ts';

let at: GatewayWorld;

beforeAll(async () => {
  at = await startGatewayWorld();
});
afterAll(() => at?.close());

/** What the gateway says to these bytes until it ends the connection. */
function conversation(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(at.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (said += String(chunk)));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said));
  });
}

it('ends a connection whose headers never come whole, long before a minute is over', async () => {
  const began = performance.now();
  expect(await conversation('GET / HTTP/1.1\r\nhost: localhost:4000\r\nx-slow: ')).toMatch(/^HTTP\/1.1 408 /);
  // The time-out itself is what is looked at, and not how quick this machine is.
  expect(performance.now() - began).toBeGreaterThan(5_000);
}, 40_000);

it('refuses a request that names two hosts, whichever of them is ours', async () => {
  for (const hosts of ['host: localhost:4000\r\nhost: evil.test', 'host: evil.test\r\nHOST: localhost:4000'])
    expect(await conversation(`GET / HTTP/1.1\r\n${hosts}\r\nconnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 /);
});

it('holds no more connections of one address than it must, and goes on with those that ask', async () => {
  const sockets = Array.from({ length: 700 }, () => connect(at.port, '127.0.0.1').on('error', () => undefined));
  const ended = () =>
    sockets.filter((socket) => socket.destroyed || socket.closed || socket.readyState !== 'open').length;
  while (sockets.some((socket) => socket.connecting) || ended() < 150)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ended()).toBeLessThan(250);
  for (const socket of sockets) socket.destroy();
  while (
    (
      await at
        .browser()
        .ask('{ graphVersion }')
        .catch(() => null)
    )?.status !== 200
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
});
