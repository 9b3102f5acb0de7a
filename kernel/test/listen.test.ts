import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import fastify, { type FastifyInstance } from 'fastify';
import { acceptQuickly, listen } from '../src/http/listen.ts';

const CLIENTS = 64;

/** Another thread connects so often and says through `state` when the kernel has taken all of it, whether or not anybody has accepted. */
const CLIENT = `
  const { connect } = require('node:net');
  const { workerData: { port, state, clients } } = require('node:worker_threads');
  let open = 0;
  for (let n = 0; n < clients; n++) connect(port, '127.0.0.1', () => {
    if (++open === clients) { Atomics.store(state, 0, 1); Atomics.notify(state, 0); }
  });
`;

const apps: FastifyInstance[] = [];
afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

async function listening(port = 0) {
  const app = fastify({ forceCloseConnections: true });
  apps.push(app);
  acceptQuickly(app);
  app.get('/', async () => 'here');
  return { app, port: await listen(app, '127.0.0.1', port) };
}

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('a server that accepts quickly', () => {
  onLinux('takes many connections in a few turns of the event loop', async () => {
    const { app, port } = await listening();
    let accepted = 0;
    app.server.on('connection', () => accepted++);
    const state = new Int32Array(new SharedArrayBuffer(4));
    const client = new Worker(CLIENT, { eval: true, workerData: { port, state, clients: CLIENTS } });
    await new Promise((resolve) => client.once('online', resolve));
    Atomics.wait(state, 0, 0);
    let turns = 0;
    while (accepted < CLIENTS) {
      turns++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await client.terminate();
    expect(turns).toBeLessThan(CLIENTS / 2);
  });

  it('answers on every connection', async () => {
    const { port } = await listening();
    const answers = Array.from({ length: CLIENTS }, () =>
      fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } }),
    );
    for (const answer of await Promise.all(answers)) expect(await answer.text()).toBe('here');
  });

  it('does not share its port with another', async () => {
    const { port } = await listening();
    await expect(listening(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('is gone when it is closed', async () => {
    const { app, port } = await listening();
    await app.close();
    const refused = await new Promise((resolve) => connect(port, '127.0.0.1').once('error', resolve));
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
  });
});
