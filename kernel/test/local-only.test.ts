import fastify from 'fastify';
import { isLocal } from '../src/http/local-only.ts';

const HERE = { remoteAddress: '127.0.0.1', headers: { host: 'localhost:4000' } };

describe.each([
  ['no proxy', false],
  ['proxies that are believed', true],
] as const)('a request, with %s', (_name, trustProxy) => {
  const app = fastify({ trustProxy });
  app.get('/', async (request) => isLocal(request));
  afterAll(() => app.close());

  const judged = async (remoteAddress: string, headers: Record<string, string>) =>
    (await app.inject({ url: '/', remoteAddress, headers })).json<boolean>();

  it.each([
    ['127.0.0.1', 'localhost:4000'],
    ['127.8.8.8', 'demo.localhost'],
    ['::1', '[::1]:4000'],
    ['::ffff:127.0.0.1', '127.0.0.1:4000'],
  ])('of this machine for this machine is local: %s %s', async (remoteAddress, host) => {
    expect(await judged(remoteAddress, { host })).toBe(true);
  });

  it.each<[string, string, Record<string, string>]>([
    ['another machine', '192.0.2.7', {}],
    ['another machine that says it is here', '192.0.2.7', { 'x-forwarded-for': '127.0.0.1' }],
    ['another machine behind a proxy on this one', '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' }],
    ['one that forged the first hop', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1, 192.0.2.7' }],
    ['one behind a proxy that says it in the standard way', '127.0.0.1', { forwarded: 'for=127.0.0.1' }],
    ['a name that was made to resolve to this machine', '127.0.0.1', { host: 'evil.test:4000' }],
    ['a name that begins like this machine', '127.0.0.1', { host: 'localhost.evil.test' }],
    ['a proxy with a public name', '127.0.0.1', { 'x-forwarded-host': 'polity.example.org' }],
    ['a proxy with two names', '127.0.0.1', { 'x-forwarded-host': 'localhost, polity.example.org' }],
  ])('of %s is not', async (_who, remoteAddress, headers) => {
    expect(await judged(remoteAddress, { ...HERE.headers, ...headers })).toBe(false);
  });
});
