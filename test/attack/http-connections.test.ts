import { connect, type Socket } from 'node:net';
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

/** A request on a connection of its own, from another address of this machine. */
function fromElsewhere(): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect({ port: at.port, host: '127.0.0.1', localAddress: '127.0.0.2' }, () =>
      socket.write(
        'GET /graphql?query=%7BgraphVersion%7D HTTP/1.1\r\nhost: localhost:4000\r\nconnection: close\r\n\r\n',
      ),
    );
    socket.on('data', (chunk) => (said += String(chunk)));
    socket.on('error', () => undefined).on('close', () => resolve(said));
  });
}

it('holds no more than 512 of ten thousand connections of one address, and goes on with those that ask', async () => {
  const held = new Set<Socket>();
  const openOne = () =>
    new Promise<void>((resolve) => {
      const socket = connect(at.port, '127.0.0.1', () => resolve());
      held.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          held.delete(socket);
          resolve();
        });
    });
  for (let opened = 0; opened < 10_000; opened += 250) await Promise.all(Array.from({ length: 250 }, openOne));
  while (held.size > 512) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(held.size).toBeGreaterThan(400);
  expect(await fromElsewhere()).toMatch(/^HTTP\/1.1 200 /);
  for (const socket of held) socket.destroy();
  const again = () => at.browser().ask('{ graphVersion }');
  while ((await again().catch(() => null))?.status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
}, 60_000);
