import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { AnswerTooLarge } from '../src/graph/answer-size.ts';
import { Cancelled } from '../src/graph/errors.ts';
import { exchange } from '../src/graph/exchange.ts';

const post = { path: '/graphql', headers: { 'content-type': 'application/json' }, body: '{"query":"{ Ä }"}' };
const ENOUGH_MS = 10_000;

describe('an exchange with another service', () => {
  const open: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  async function poolTo(listener: RequestListener, connections = 1): Promise<{ pool: Pool; server: Server }> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections });
    open.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    open.push(() => pool.destroy());
    return { pool, server };
  }

  it('gives status and text, also of letters that come in halves', async () => {
    const { pool } = await poolTo(async (request, response) => {
      const [chunk] = await request.toArray();
      response.statusCode = 418;
      const echo = Buffer.from(String(chunk));
      for (const byte of echo) {
        response.write(Buffer.of(byte));
        await sleep(0);
      }
      response.end();
    });
    expect(await exchange(pool, post, { timeoutMs: ENOUGH_MS, maxBytes: 1_000 })).toEqual({
      status: 418,
      text: post.body,
    });
  });

  it('ends an answer that drips when its time is over, and leaves the connection to the next', async () => {
    let drips = true;
    const closed: Promise<unknown>[] = [];
    const { pool } = await poolTo((_request, response) => {
      if (!drips) {
        response.end('{}');
        return;
      }
      closed.push(new Promise((resolve) => response.once('close', resolve)));
      const timer = setInterval(() => response.write(' '), 10);
      response.once('close', () => clearInterval(timer));
    });
    await expect(exchange(pool, post, { timeoutMs: 100, maxBytes: 1_000 })).rejects.toThrow('in time');
    await Promise.all(closed);
    expect(closed).toHaveLength(1);
    drips = false;
    expect(await exchange(pool, post, { timeoutMs: ENOUGH_MS, maxBytes: 1_000 })).toEqual({ status: 200, text: '{}' });
  });

  it('is never sent when its time was over before a connection was free', async () => {
    const bodies: string[] = [];
    const waiting: (() => void)[] = [];
    const { pool } = await poolTo(async (request, response) => {
      bodies.push(String(Buffer.concat(await request.toArray())));
      waiting.push(() => response.end('{}'));
    });
    const first = exchange(pool, post, { timeoutMs: ENOUGH_MS, maxBytes: 1_000 });
    while (waiting.length === 0) await sleep(5);
    await expect(exchange(pool, { ...post, body: 'late' }, { timeoutMs: 50, maxBytes: 1_000 })).rejects.toThrow(
      'in time',
    );
    waiting[0]?.();
    expect(await first).toEqual({ status: 200, text: '{}' });
    const third = exchange(pool, { ...post, body: 'third' }, { timeoutMs: ENOUGH_MS, maxBytes: 1_000 });
    while (waiting.length < 2) await sleep(5);
    waiting[1]?.();
    await third;
    expect(bodies).toEqual([post.body, 'third']);
  });

  it('ends when it is cancelled, and is not sent at all when it was before', async () => {
    let arrived = 0;
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const { pool } = await poolTo((_request, response) => {
      arrived += 1;
      response.once('close', resolve);
    });
    const controller = new AbortController();
    const bounds = { timeoutMs: ENOUGH_MS, maxBytes: 1_000, signal: controller.signal };
    const asked = exchange(pool, post, bounds);
    while (arrived === 0) await sleep(5);
    controller.abort();
    await expect(asked).rejects.toBeInstanceOf(Cancelled);
    await closed;
    await expect(exchange(pool, post, bounds)).rejects.toBeInstanceOf(Cancelled);
    expect(arrived).toBe(1);
  });

  it('reads no further than an answer may be long', async () => {
    const { pool } = await poolTo((_request, response) => response.end('x'.repeat(2_000)));
    await expect(exchange(pool, post, { timeoutMs: ENOUGH_MS, maxBytes: 1_999 })).rejects.toBeInstanceOf(
      AnswerTooLarge,
    );
    expect((await exchange(pool, post, { timeoutMs: ENOUGH_MS, maxBytes: 2_000 })).text).toHaveLength(2_000);
  });

  it('says that nobody is there', async () => {
    const { pool, server } = await poolTo((_request, response) => response.end());
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(exchange(pool, post, { timeoutMs: ENOUGH_MS, maxBytes: 1_000 })).rejects.toThrow('ECONNREFUSED');
  });
});
