import { connect, type Socket } from 'node:net';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

let at: GatewayWorld;
const open: Socket[] = [];
beforeAll(async () => {
  at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '0' } } });
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});
afterAll(() => at?.close());

const LENGTH = 500_000;
const head = (length: number) =>
  `POST /graphql HTTP/1.1\r\nhost: localhost:4000\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

/** Sends from an address of this machine, and collects what comes back. */
function sender(address: string, text: string) {
  const socket = connect({ port: at.port, host: '127.0.0.1', localAddress: address });
  open.push(socket);
  const sent = { socket, text: '', closed: false };
  socket.on('data', (chunk) => (sent.text += String(chunk)));
  socket.on('error', () => undefined);
  socket.on('close', () => (sent.closed = true));
  socket.write(text);
  return sent;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause();
}
const ask = () => at.browser().ask('{ __typename }');

it('answers a few requests that were sent ahead on one connection, and closes one with many', async () => {
  const query = (text: string) => {
    const body = JSON.stringify({ query: text });
    return head(body.length) + body;
  };
  const few = sender('127.0.0.1', query('{ __typename }').repeat(8));
  await until(() => few.text.split('HTTP/1.1 200').length === 9);
  const quick = sender('127.0.0.1', query('{ __typename }').repeat(500));
  await until(() => quick.closed);
  expect(quick.text.split('HTTP/1.1').length - 1).toBeLessThan(20);
  // The first of them is not answered for a while, and what follows has to wait.
  at.down.set('portal', 'hangs');
  const many = sender('127.0.0.1', query('{ posts { edges { cursor } } }').repeat(500));
  await until(() => many.closed);
  at.down.clear();
  expect(many.text.split('HTTP/1.1').length - 1).toBeLessThan(20);
  expect(many.text).toContain('"code":"RATE_LIMITED"');
});

it('takes a few large bodies of one network at once, and small ones beside them', async () => {
  const slow = Array.from({ length: 16 }, () => sender('127.0.1.1', `${head(LENGTH)}{`));
  await ask();
  const late = sender('127.0.1.1', `${head(LENGTH)}{`);
  await until(() => late.closed);
  expect(late.text).toContain('429');
  expect(slow.map(({ closed }) => closed)).not.toContain(true);
  expect((await ask()).status).toBe(200);
  // Whoever is done makes room.
  const body = JSON.stringify({ query: '{ __typename }', extensions: { text: 'a'.repeat(LENGTH) } });
  slow[0]?.socket.destroy();
  let next = sender('127.0.1.1', head(body.length) + body);
  await until(() => next.text !== '');
  while (next.text.includes('429')) {
    next = sender('127.0.1.1', head(body.length) + body);
    await until(() => next.text !== '');
  }
  expect(next.text).toContain('{"__typename":"Query"}');
});

it('ends the slowest large body where there are too many in all', async () => {
  const first = sender('127.0.2.1', `${head(LENGTH)}{`);
  await ask();
  for (let network = 2; network <= 9; network++)
    for (let n = 0; n < 16; n++) sender(`127.0.2.${network}`, `${head(LENGTH)}{`);
  await until(() => first.closed);
  expect((await ask()).status).toBe(200);
});
