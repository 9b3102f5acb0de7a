import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { redisStore } from '../src/kv/redis.ts';
import { type KeyValueStore, StoreUnavailable } from '../src/kv/store.ts';

/** A server that speaks as much of Redis as a client needs, and hangs on demand. */
let hangs = false;
let asked = 0;
let owed = 0;
let server: Server;
let store: KeyValueStore;
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (chunk) => {
      for (const [, name] of chunk.toString().matchAll(/^\*\d+\r\n\$\d+\r\n(\w+)/gm)) {
        if (name?.toUpperCase() === 'GET') asked++;
        if (hangs) owed++;
        else socket.write(name?.toUpperCase() === 'INFO' ? '$0\r\n\r\n' : '$-1\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  store = redisStore({ url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterAll(async () => {
  await store.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});

it('asks a server that hangs once in a while, and all the others are told at once', async () => {
  expect(await store.get('a')).toBeNull();
  hangs = true;
  await expect(store.get('a')).rejects.toThrow(StoreUnavailable);
  asked = 0;
  const answers = await Promise.allSettled(Array.from({ length: 50 }, () => store.get('a')));
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
  expect(asked).toBe(0);
  await sleep(300);
  await Promise.allSettled(Array.from({ length: 50 }, () => store.get('a')));
  expect(asked).toBe(1);
  // As a process that goes on: it answers what it was asked meanwhile.
  hangs = false;
  for (const socket of sockets) socket.write('$-1\r\n'.repeat(owed));
  await sleep(300);
  expect(await store.get('a')).toBeNull();
  expect(await store.get('a')).toBeNull();
});
