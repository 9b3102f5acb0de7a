import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { httpTransport } from '../src/graph/http-transport.ts';
import { childFor, createLogger } from '../src/log/logger.ts';
import { anonymous, decodeRequestInfo, type RequestInfo } from '../src/request/context.ts';
import { CONTEXT_HEADER } from '../src/request/signature.ts';
import { continueTrace, traceIdOf } from '../src/request/trace.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const FORM = /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/;

describe('the trace of a caller', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, '01'],
    [`00-${TRACE}-${SPAN}-00`, '00'],
    [`00-${TRACE}-${SPAN}-fe`, '00'],
    [`cc-${TRACE}-${SPAN}-03-what-comes-later`, '01'],
  ])('goes on in a span of our own: %s', (header, flags) => {
    const ours = continueTrace(header);
    expect(ours).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-${flags}$`));
    expect(ours).not.toContain(SPAN);
    expect(traceIdOf(ours)).toBe(TRACE);
  });

  it.each([
    [undefined],
    [''],
    [`00-${'0'.repeat(32)}-${SPAN}-01`],
    [`00-${TRACE}-${'0'.repeat(16)}-01`],
    [`ff-${TRACE}-${SPAN}-01`],
    [`00-${TRACE}-${SPAN}-01-more`],
    [`00-${TRACE.toUpperCase()}-${SPAN}-01`],
    [`00-${TRACE}-${SPAN}`],
    [`00-${TRACE}-${SPAN}-01,00-${TRACE}-${SPAN}-01`],
    [` 00-${TRACE}-${SPAN}-01 {"level":"fatal"}`],
  ])('begins anew where the header is %j', (header) => {
    const ours = continueTrace(header);
    expect(ours).toMatch(FORM);
    expect(ours).not.toContain(TRACE);
    expect(ours.endsWith('-00')).toBe(true);
  });
});

const info: RequestInfo = {
  requestId: 'request-1',
  traceparent: `00-${TRACE}-${SPAN}-01`,
  tenantId: null,
  viewer: anonymous,
  stamp: null,
  deadline: Date.now() + 60_000,
  onBehalfOf: null,
  address: null,
  device: null,
};

it('is named in every line of a request', () => {
  const lines: string[] = [];
  const log = createLogger({ service: 'test', stream: { write: (line) => void lines.push(line) } });
  childFor(log, info).info('x');
  expect(JSON.parse(lines[0] as string).trace).toBe(TRACE);
});

it('travels to other services, signed and in the clear', async () => {
  const app = fastify();
  const heard: Record<string, unknown>[] = [];
  app.post('/graphql', async ({ headers }) => {
    heard.push(headers);
    return { data: {} };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const transport = httpTransport({ portal: address }, Buffer.alloc(32, 3).toString('base64url'));
  try {
    await transport.execute('portal', { query: '{ a }' }, info);
    const { traceparent: _, ...untraced } = info;
    await transport.execute('portal', { query: '{ a }' }, untraced);
  } finally {
    await transport.close();
    await app.close();
  }
  expect(heard.map(({ traceparent }) => traceparent)).toEqual([info.traceparent, undefined]);
  expect(decodeRequestInfo(String(heard[0]?.[CONTEXT_HEADER]))).toMatchObject({ traceparent: info.traceparent });
});
