import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AnswerTooLarge, jsonBytes, MAX_ANSWER_BYTES } from '@polity/kernel/graph/answer-size';
import { httpTransport } from '@polity/kernel/graph/http-transport';
import { anonymous, type RequestInfo } from '@polity/kernel/request/context';
import { assertWithinCap, beyondCap, counted } from '../src/answer-cap.ts';

const megabytes = (count: number) => 'a'.repeat(count * 1024 * 1024);

const refusesToBeRead = {
  ownKeys: () => {
    throw new Error('read');
  },
};

describe('the bytes of an answer', () => {
  it('are those of its JSON, or a little more', () => {
    for (const value of [
      null,
      true,
      'text',
      'ä😀',
      [],
      {},
      { a: [1, 2, { b: null }], c: 'd' },
      Array(50).fill({ id: 'x' }),
    ]) {
      const bytes = Buffer.byteLength(JSON.stringify(value));
      expect(jsonBytes(value, 1e9)).toBeGreaterThanOrEqual(bytes);
      expect(jsonBytes(value, 1e9)).toBeLessThanOrEqual(2 * bytes + 10);
    }
  });

  it('are counted to the limit and no further, however deep or long the answer is', () => {
    let deep: unknown = 'end';
    for (let n = 0; n < 100_000; n++) deep = [deep];
    expect(jsonBytes(deep, 1e9)).toBeGreaterThan(200_000);
    const unread = new Proxy({}, refusesToBeRead);
    expect(jsonBytes([unread, megabytes(1)], 1_000)).toBeGreaterThan(1_000);
  });
});

describe('an operation', () => {
  it('fetches nothing more when what came is too large, and lets that go', () => {
    const context = { received: 0 };
    expect(counted(context, { data: { a: megabytes(5) } }).data).not.toBeNull();
    expect(beyondCap(context)).toBeNull();
    expect(counted(context, { data: { a: megabytes(5) } })).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'ANSWER_TOO_LARGE' } }],
    });
    expect(beyondCap(context)).not.toBeNull();
    expect(() => assertWithinCap(context, { data: '{}' })).toThrow(AnswerTooLarge);
  });

  it('takes the word of who measured the answer on its way', () => {
    const context = { received: 0 };
    const unread = new Proxy({}, refusesToBeRead);
    counted(context, { data: unread, bytes: 40 });
    expect(context.received).toBe(40);
    expect(counted(context, { data: unread, bytes: MAX_ANSWER_BYTES })).toMatchObject({ data: null });
  });

  it('may not answer with one thing in so many places that they are too large together', () => {
    const answer = (places: number, letter = 'a') =>
      JSON.stringify({ authors: Array(places).fill({ bio: letter.repeat(1024 * 1024) }) });
    expect(() => assertWithinCap({ received: 0 }, { data: answer(7) })).not.toThrow();
    expect(() => assertWithinCap({ received: 0 }, { data: answer(8) })).toThrow(AnswerTooLarge);
    // Bytes count, and not letters.
    expect(() => assertWithinCap({ received: 0 }, { data: answer(3, '中') })).toThrow(AnswerTooLarge);
    expect(() => assertWithinCap({ received: 0 }, { data: answer(3, 'ä') })).not.toThrow();
    const errors = [{ message: megabytes(2) }];
    expect(() => assertWithinCap({ received: 0 }, { data: answer(7), errors })).toThrow(AnswerTooLarge);
  });
});

describe('over HTTP', () => {
  let server: Server;
  let sent = 0;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      const chunk = megabytes(1);
      const send = () => {
        for (; sent < 200; ) {
          sent++;
          if (!response.write(chunk)) return;
        }
        response.end();
      };
      response.on('drain', send).on('error', () => undefined);
      response.write('{"data":{"a":"');
      send();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  it('a subgraph is read no further than its answer may be long', async () => {
    const { port } = server.address() as AddressInfo;
    const transport = httpTransport({ portal: `http://127.0.0.1:${port}` }, Buffer.alloc(32, 1).toString('base64url'));
    const info: RequestInfo = {
      requestId: 'r',
      tenantId: null,
      viewer: anonymous,
      stamp: null,
      deadline: Date.now() + 60_000,
      onBehalfOf: null,
      address: null,
      device: null,
      background: true,
    };
    const reply = await transport.execute('portal', { query: '{ a }' }, info);
    expect(reply).toMatchObject({ data: null, errors: [{ extensions: { code: 'ANSWER_TOO_LARGE' } }] });
    expect(sent).toBeLessThan((4 * MAX_ANSWER_BYTES) / 1024 / 1024);
    await transport.close();
  });
});
