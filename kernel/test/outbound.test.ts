import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type OutboundOptions, outbound } from '../src/http/outbound.ts';
import { type OutboundAllow, parseOutboundAllow } from '../src/http/outbound-addresses.ts';
import { outboundFetch } from '../src/http/outbound-fetch.ts';

const servers: Server[] = [];
async function serve(listener: RequestListener, host = '127.0.0.1', port = 0): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return (server.address() as AddressInfo).port;
}
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const client = (allowed: string, resolve?: OutboundOptions['resolve']) =>
  outbound({ allow: parseOutboundAllow(allowed) as OutboundAllow, ...(resolve && { resolve }) });
const own = client('127.0.0.1');
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'sent',
    (error: { code: string }) => error.code,
  );

describe('the outbound client', () => {
  it('sends what it is given and brings the answer', async () => {
    const port = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () =>
        response
          .writeHead(201, { 'x-seen': `${request.method} ${request.url}` })
          .end(`${request.headers['x-a']} ${body}`),
      );
    });
    const reply = await own.send(`http://127.0.0.1:${port}/hook?a=b`, {
      method: 'POST',
      headers: { 'X-A': '1' },
      body: 'text',
    });
    expect(reply).toMatchObject({ status: 201, headers: { 'x-seen': 'POST /hook?a=b' }, body: Buffer.from('1 text') });
  });

  it.each([
    ...[
      'https://127.0.0.1/',
      'https://127.1/',
      'https://0x7f000001/',
      'https://0177.0.0.1/',
      'https://2130706433/',
      'https://127.0.0.1./',
    ],
    ...[
      'https://0/',
      'https://10.0.0.1/',
      'https://169.254.169.254/latest/meta-data/',
      'https://１２７.０.０.１/',
      'https://127%2e0.0.1/',
    ],
    ...[
      'https://[::1]/',
      'https://[::]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:7f00:1]/',
      'https://[::127.0.0.1]/',
      'https://[fd00::1]/',
    ],
    ...[
      'https://[64:ff9b::7f00:1]/',
      'https://[2002:7f00:1::]/',
      'https://[2001:0:7f00:1::]/',
      'https://[fe80::1]/',
      'https://[ff02::1]/',
    ],
  ])('refuses the address %s', async (url) => {
    expect(await codeOf(client('').send(url))).toBe('ADDRESS_REFUSED');
  });

  it.each([
    ...[
      'ftp://a.test/',
      'file:///etc/passwd',
      'data:,a',
      'javascript:1',
      'gopher://a.test',
      '//a.test/',
      'a.test',
      '',
      'https://',
    ],
    ...[
      'https://user@a.test/',
      'https://user:pass@a.test/',
      'https://a.test./',
      'https://[fe80::1%25eth0]/',
      'https://a b/',
      'http://a.test/',
    ],
  ])('refuses the URL %j', async (url) => {
    expect(await codeOf(client('', async () => ['1.1.1.1']).send(url))).toBe('URL_REFUSED');
  });

  it.each([
    ['a private address', ['10.0.0.1']],
    ['one private address among public ones', ['1.1.1.1', '127.0.0.1', '8.8.8.8']],
    ['an IPv6 address of its own machine', ['1.1.1.1', '::1']],
    ['no address at all', []],
  ])('refuses a name with %s', async (_, addresses) => {
    const expected = addresses.length === 0 ? 'UNREACHABLE' : 'ADDRESS_REFUSED';
    expect(await codeOf(client('', async () => addresses).send('https://a.test/'))).toBe(expected);
  });

  it('asks neither the hosts file nor search domains for names that nobody listed', async () => {
    expect(await codeOf(client('').send('https://localhost/'))).not.toBe('sent');
    const port = await serve((_, response) => response.end('here'));
    expect((await client('localhost').send(`http://localhost:${port}/`)).body.toString()).toBe('here');
  });

  it('connects to the address that it checked, whatever the name resolves to by then', async () => {
    // 127.0.0.2 stands for the public address that the check sees, 127.0.0.1 for the private one that the name resolves to afterwards.
    const port = await serve((_, response) => response.end('private'));
    await serve((request, response) => response.end(`checked ${request.headers.host}`), '127.0.0.2', port);
    let asked = 0;
    const rebinding = client('127.0.0.2', async () => (asked++ === 0 ? ['127.0.0.2'] : ['127.0.0.1']));
    const url = `http://rebind.test:${port}/`;
    expect((await rebinding.send(url)).body.toString()).toBe(`checked rebind.test:${port}`);
    expect(asked).toBe(1);
    // Nothing of the first check is left over for the next request.
    expect(await codeOf(rebinding.send(url))).toBe('ADDRESS_REFUSED');
  });

  it('keeps no connection for the next request', async () => {
    const port = await serve((_, response) => response.end());
    let connections = 0;
    servers[0]?.on('connection', () => connections++);
    for (let request = 0; request < 3; request++) await own.send(`http://127.0.0.1:${port}/`);
    expect(connections).toBe(3);
  });

  it('follows no redirect', async () => {
    let followed = 0;
    const other = await serve((_, response) => response.end(`${followed++}`));
    for (const status of [301, 302, 303, 307, 308]) {
      const port = await serve((_, response) =>
        response.writeHead(status, { location: `http://127.0.0.1:${other}/` }).end(),
      );
      expect((await own.send(`http://127.0.0.1:${port}/`)).status).toBe(status);
    }
    expect(followed).toBe(0);
  });

  it('knows no proxy', async () => {
    let proxied = 0;
    const proxy = `http://127.0.0.1:${await serve((_, response) => response.end(`${proxied++}`))}`;
    const port = await serve((_, response) => response.end('direct'));
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : proxy;
    try {
      expect((await own.send(`http://127.0.0.1:${port}/`)).body.toString()).toBe('direct');
    } finally {
      for (const name of names) delete process.env[name];
    }
    expect(proxied).toBe(0);
  });

  it('gives up on a name, an answer and a body that take too long', async () => {
    const never = client('', () => new Promise(() => {}));
    expect(await codeOf(never.send('https://a.test/', { timeoutMs: 50 }))).toBe('TIMED_OUT');
    const silent = await serve(() => {});
    expect(await codeOf(own.send(`http://127.0.0.1:${silent}/`, { timeoutMs: 50 }))).toBe('TIMED_OUT');
    const slow = await serve((_, response) => {
      const drip = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(drip));
    });
    expect(await codeOf(own.send(`http://127.0.0.1:${slow}/`, { timeoutMs: 200 }))).toBe('TIMED_OUT');
  });

  it('gives up when its caller does', async () => {
    const port = await serve(() => {});
    expect(await codeOf(own.send(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(50) }))).toBe('TIMED_OUT');
    expect(await codeOf(own.send(`http://127.0.0.1:${port}/`, { signal: AbortSignal.abort() }))).toBe('TIMED_OUT');
  });

  it('stops an answer without an end, and hangs up', async () => {
    let hungUp = () => {};
    const closed = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const port = await serve((_, response) => {
      const pour = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', pour).on('close', hungUp);
      pour();
    });
    expect(await codeOf(own.send(`http://127.0.0.1:${port}/`, { maxBytes: 200_000 }))).toBe('TOO_LARGE');
    await closed;
  });

  it('takes an answer of exactly as much as allowed, and no byte more', async () => {
    const port = await serve((request, response) => response.end(Buffer.alloc(Number(request.url?.slice(1)))));
    expect((await own.send(`http://127.0.0.1:${port}/1000`, { maxBytes: 1000 })).body).toHaveLength(1000);
    expect(await codeOf(own.send(`http://127.0.0.1:${port}/1001`, { maxBytes: 1000 }))).toBe('TOO_LARGE');
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('unpacks %s within the limit only', async (encoding, pack) => {
    // Packed before anybody waits for it.
    const packed = new Map([1_000, 50_000_000].map((size) => [`/${size}`, pack(Buffer.alloc(size, 'a'))]));
    const port = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.writeHead(200, { 'content-encoding': encoding }).end(packed.get(request.url as string));
    });
    expect((await own.send(`http://127.0.0.1:${port}/1000`)).body.toString()).toBe('a'.repeat(1000));
    expect(await codeOf(own.send(`http://127.0.0.1:${port}/50000000`))).toBe('TOO_LARGE');
  });

  it('refuses what is no HTTP, what is packed otherwise, and what nobody serves', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end('x');
      else if (request.url === '/torn') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
      else response.socket?.end('nonsense\r\n\r\n');
    });
    for (const path of ['', 'packed', 'torn'])
      expect(await codeOf(own.send(`http://127.0.0.1:${port}/${path}`))).toBe('UNREACHABLE');
    servers[0]?.close();
    servers[0]?.closeAllConnections();
    expect(await codeOf(own.send(`http://127.0.0.1:${port}/`))).toBe('UNREACHABLE');
  });

  it('tells whoever chose the address nothing about the own network', async () => {
    const error = (await client('', async () => ['10.1.2.3'])
      .send('https://a.test/')
      .catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).not.toMatch(/10\.|a\.test/);
  });
});

describe('the outbound client as a fetch', () => {
  it('is a fetch for libraries, without its redirects', async () => {
    const port = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        if (request.url === '/away') response.writeHead(302, { location: '/' }).end();
        else if (request.url === '/none') response.writeHead(204).end();
        else
          response
            .writeHead(200, { 'content-encoding': 'gzip' })
            .end(gzipSync(`${request.headers['content-type']} ${body}`));
      });
    });
    const send = outboundFetch(own, {});
    const base = `http://127.0.0.1:${port}`;
    const reply = await send(new URL(base), { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect([reply.status, await reply.text()]).toEqual([200, 'application/x-www-form-urlencoded;charset=UTF-8 a=b']);
    expect((await send(`${base}/away`, { redirect: 'follow' })).status).toBe(302);
    expect((await send(`${base}/none`)).status).toBe(204);
    await expect(outboundFetch(client(''), {})('https://127.0.0.1/')).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
  });
});
