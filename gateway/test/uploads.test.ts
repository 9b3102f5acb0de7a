import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { INCOMING } from '@polity/kernel/files/arrived';
import { type FileStore, FilesUnavailable } from '@polity/kernel/files/store';
import { sweepUploads } from '@polity/kernel/files/sweep';
import { readUpload, signUpload } from '@polity/kernel/files/token';
import { uuidv7 } from '@polity/kernel/ids';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const APP = 'https://app.example.org';
const REQUEST =
  'mutation ($kind: UploadKind!) { requestUpload(kind: $kind) { url token maxBytes mediaTypes expiresAt } }';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const MIB = 1024 * 1024;

interface Upload {
  url: string;
  token: string;
  maxBytes: number;
}

interface Put {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  code: string | undefined;
}

let at: GatewayWorld;
let alice: Browser;
let files: FileStore;

beforeAll(async () => {
  at = await startGatewayWorld({ platform: { env: { ALLOWED_ORIGINS: APP, RATE_LIMIT: '0' } } });
  alice = await at.person('alice');
  files = at.world.platform.files;
});
afterAll(() => at?.close());

const ask = async (kind = 'IMAGE', who: Browser = alice): Promise<Upload> => who.get(REQUEST, { kind });
const pathOf = ({ url }: Pick<Upload, 'url'>) => new URL(url).pathname;

function put(path: string, body: Buffer, headers: Record<string, string | number> = {}): Promise<Put> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port: at.port,
        method: 'PUT',
        path,
        agent: false,
        headers: { 'content-length': body.length, ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => {
          const code = text.startsWith('{"errors"') ? JSON.parse(text).errors[0].extensions.code : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function stored(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of files.list(INCOMING)) keys.push(key);
  return keys;
}

const refusal = async (body: Buffer, kind: string) => {
  const { status, code } = await put(pathOf(await ask(kind)), body);
  return [status, code];
};

describe('an upload', () => {
  it('is asked for by people, and arrives by one signed PUT without anything else', async () => {
    const upload = await ask();
    expect(upload).toEqual({
      url: `http://localhost:4000/uploads/${upload.token}`,
      token: expect.stringMatching(/^[\w-]{96}$/),
      maxBytes: 10 * MIB,
      mediaTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'],
      expiresAt: new Date(at.world.clock.nowMs() + 900_000).toISOString(),
    });
    const before = await stored();
    const { status, headers, text } = await put(pathOf(upload), PNG);
    expect([status, headers['cache-control'], JSON.parse(text)]).toEqual([
      201,
      'no-store',
      { bytes: PNG.length, mediaType: 'image/png', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect((await stored()).length).toBe(before.length + 1);
    const nobody = await at.browser().ask(REQUEST, { kind: 'IMAGE' });
    expect(nobody.codes).toEqual(['UNAUTHENTICATED']);
  });

  it('is what its bytes say, whatever its sender says', async () => {
    const kinds: [kind: string, body: string | Buffer, mediaType: string][] = [
      ['IMAGE', Buffer.from('ffd8ffe000104a464946000101', 'hex'), 'image/jpeg'],
      ['IMAGE', 'GIF89a\x01\x00\x01\x00', 'image/gif'],
      ['IMAGE', 'RIFF\x24\x00\x00\x00WEBPVP8 ', 'image/webp'],
      ['IMAGE', '\x00\x00\x00\x1cftypavif\x00\x00\x00\x00', 'image/avif'],
      ['CALENDAR', '\uFEFFBEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', 'text/calendar'],
      ['IMPORT', 'name,mail\r\nÄnne,a@people.test\r\n', 'text/csv'],
      ['IMPORT', ' [{"name": "Änne"}]', 'application/json'],
      ['MANIFEST', '{"units": []}', 'application/json'],
    ];
    for (const [kind, content, mediaType] of kinds) {
      const body = typeof content === 'string' ? Buffer.from(content, kind === 'IMAGE' ? 'latin1' : 'utf8') : content;
      const { text } = await put(pathOf(await ask(kind)), body, { 'content-type': 'application/x-whatever' });
      expect([kind, JSON.parse(text).mediaType]).toEqual([kind, mediaType]);
    }
  });

  it('is refused with 415 where its bytes are of no type that is taken, and leaves nothing', async () => {
    const before = await stored();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect(await refusal(svg, 'IMAGE')).toEqual([415, 'VALIDATION_ERROR']);
    expect(await refusal(svg, 'IMPORT')).toEqual([415, 'VALIDATION_ERROR']);
    expect(await refusal(PNG, 'CALENDAR')).toEqual([415, 'VALIDATION_ERROR']);
    expect(await refusal(Buffer.from('name,mail'), 'MANIFEST')).toEqual([415, 'VALIDATION_ERROR']);
    // What begins well, and goes on as no text: in the last chunk, and at the very end.
    const text = (end: Buffer) => Buffer.concat([Buffer.from(`a,b\n${'x,y\n'.repeat(200_000)}`), end]);
    expect(await refusal(text(Buffer.from([0xc3, 0x28])), 'IMPORT')).toEqual([415, 'VALIDATION_ERROR']);
    expect(await refusal(text(Buffer.from([0xc3])), 'IMPORT')).toEqual([415, 'VALIDATION_ERROR']);
    expect(await refusal(text(Buffer.from([0])), 'IMPORT')).toEqual([415, 'VALIDATION_ERROR']);
    expect(await refusal(Buffer.alloc(0), 'IMAGE')).toEqual([415, 'VALIDATION_ERROR']);
    expect(await stored()).toEqual(before);
  });

  it('is refused with 413 above its size, and with 411 without a size', async () => {
    const upload = await ask();
    const large = Buffer.concat([PNG, Buffer.alloc(upload.maxBytes)]);
    const { status, code, text } = await put(pathOf(upload), large);
    expect([status, code]).toEqual([413, 'VALIDATION_ERROR']);
    expect(text).toContain(`at most ${upload.maxBytes} bytes`);
    const chunked = await new Promise<number>((resolve, reject) => {
      const sent = httpRequest(
        {
          host: '127.0.0.1',
          port: at.port,
          method: 'PUT',
          path: pathOf(upload),
          agent: false,
          headers: { 'transfer-encoding': 'chunked' },
        },
        (response) => resolve(response.resume().statusCode ?? 0),
      );
      sent.on('error', reject);
      sent.end(PNG);
    });
    expect(chunked).toBe(411);
    // The largest that fits is taken, after all that.
    expect((await put(pathOf(upload), large.subarray(0, upload.maxBytes))).status).toBe(201);
  });

  it('is taken once, however many send it at once', async () => {
    const upload = await ask();
    const before = (await stored()).length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => put(pathOf(upload), PNG)));
    // Some do not get a place, and may come again.
    expect(answers.filter(({ status }) => status === 201).length).toBe(1);
    expect(answers.every(({ status }) => [201, 410, 429].includes(status))).toBe(true);
    const again = await put(pathOf(upload), PNG);
    expect([again.status, again.code]).toEqual([410, 'TOKEN_INVALID']);
    expect((await stored()).length).toBe(before + 1);
  });

  it('needs a token as it was given out, and in time', async () => {
    const { token } = await ask();
    const grant = readUpload(at.gateway.uploads.keys.uploads, token)!;
    const bytes = Buffer.from(token, 'base64url');
    for (const index of [0, 1, 5, 10, 30, 50, 60, 71]) {
      const forged = Buffer.from(bytes);
      forged[index]! ^= 1;
      const { status, code } = await put(`/uploads/${forged.toString('base64url')}`, PNG);
      expect([index, status, code]).toEqual([index, 401, 'TOKEN_INVALID']);
    }
    for (const other of [
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `${token}A`,
      token.slice(1),
      'x',
      '%00',
    ])
      expect([other, (await put(`/uploads/${other}`, PNG)).status]).toEqual([other, 401]);
    const late = signUpload(at.gateway.uploads.keys.uploads, { ...grant, expiresAt: at.world.clock.nowMs() });
    expect((await put(`/uploads/${late}`, PNG)).status).toBe(410);
    expect((await at.browser().send('GET', `/uploads/${token}`)).status).toBe(404);
    expect((await put(`/uploads/${token}`, PNG)).status).toBe(201);
  });

  it('that breaks off leaves nothing, and may be sent again', async () => {
    const upload = await ask();
    const before = await stored();
    const { id } = readUpload(at.gateway.uploads.keys.uploads, upload.token)!;
    const isUnderWay = async () => (await at.world.platform.kv.get(`upload:${id}`)) !== null;
    const until = async (holds: () => Promise<boolean>) => {
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    for (const part of [PNG.subarray(0, 4), PNG]) {
      const socket = connect(at.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`PUT ${pathOf(upload)} HTTP/1.1\r\nhost: localhost:4000\r\ncontent-length: 500000\r\n\r\n`);
      socket.write(part);
      await until(isUnderWay);
      socket.destroy();
      await until(async () => !(await isUnderWay()));
    }
    while ((await put(pathOf(upload), PNG)).status !== 201) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await stored()).length).toBe(before.length + 1);
  }, 20_000);

  it('of pages of listed origins is let through, and its answer may be read', async () => {
    const upload = await ask();
    const preflight = await at.browser().send('OPTIONS', pathOf(upload), {
      origin: APP,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    });
    expect([
      preflight.status,
      preflight.headers['access-control-allow-methods'],
      preflight.headers['access-control-allow-origin'],
    ]).toEqual([204, 'PUT', APP]);
    const elsewhere = await at
      .browser()
      .send('OPTIONS', pathOf(upload), { origin: 'https://evil.example', 'access-control-request-method': 'PUT' });
    expect(elsewhere.headers['access-control-allow-origin']).toBeUndefined();
    const { status, headers } = await put(pathOf(upload), PNG, { origin: APP });
    expect([status, headers['access-control-allow-origin']]).toEqual([201, APP]);
  });

  it('is counted and logged without its token', async () => {
    const upload = await ask();
    const done = at.logs.length;
    await put(pathOf(upload), PNG);
    await put(pathOf(upload), PNG);
    while (at.logs.slice(done).filter((line) => line.includes('"route":"uploads"')).length < 2)
      await new Promise((resolve) => setTimeout(resolve, 5));
    const lines = at.logs.slice(done).map((line) => JSON.parse(line));
    expect(lines.map(({ status, outcome }) => [status, outcome])).toEqual([
      [201, 'ok'],
      [410, 'gone'],
    ]);
    expect(at.logs.join('')).not.toContain(upload.token);
  }, 20_000);

  it('is SUBGRAPH_UNAVAILABLE while the store is away, and may be sent again', async () => {
    const upload = await ask();
    const { put: real } = files;
    files.put = async () => Promise.reject(new FilesUnavailable(new Error('/secret/path')));
    const { status, code, text } = await put(pathOf(upload), PNG).finally(() => {
      files.put = real;
    });
    expect([status, code]).toEqual([503, 'SUBGRAPH_UNAVAILABLE']);
    expect(text).not.toContain('secret');
    expect((await put(pathOf(upload), PNG)).status).toBe(201);
  });

  it('that nobody takes is removed once nobody can', async () => {
    const upload = await ask();
    await put(pathOf(upload), PNG);
    const now = Date.now();
    expect(await sweepUploads(files, 'gateway', now + 20 * 3_600_000)).toBe(0);
    expect(await sweepUploads(files, 'gateway', now + 22 * 3_600_000)).toBeGreaterThan(0);
    expect(await stored()).toEqual([]);
  });
});

describe('the hour of one person', () => {
  it('ends with RATE_LIMITED after so many uploads, and after so many bytes', async () => {
    const bob = await at.person('bob');
    const ids = new Set<string>();
    for (let asked = 0; asked < 120; asked++) ids.add((await ask('IMPORT', bob)).token);
    expect(ids.size).toBe(120);
    const over = await bob.ask(REQUEST, { kind: 'IMPORT' });
    expect([over.codes, over.errors[0].extensions.details.retryAfter > 0]).toEqual([['RATE_LIMITED'], true]);
    const key = at.gateway.uploads.keys.uploads;
    const grant = { ...readUpload(key, [...ids][0]!)! };
    const next = () => `/uploads/${signUpload(key, { ...grant, id: uuidv7() })}`;
    // Bytes count as they are announced, also of what is refused then.
    const announced = async () => {
      const socket = connect(at.port, '127.0.0.1');
      const answer = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
      socket.on('error', () => undefined);
      socket.write(
        `PUT ${next()} HTTP/1.1\r\nhost: localhost:4000\r\ncontent-length: ${50 * MIB}\r\n\r\n<x>${' '.repeat(100)}`,
      );
      const text = await answer;
      socket.destroy();
      return text;
    };
    for (let sent = 0; sent < 10; sent++) expect(await announced()).toContain('415');
    const { status, code, headers } = await put(next(), Buffer.from('a,b'));
    expect([status, code, Number(headers['retry-after']) > 0]).toEqual([429, 'RATE_LIMITED', true]);
    at.world.clock.advance(3_600_000);
    expect((await put(next(), Buffer.from('a,b'))).status).toBe(410);
    expect((await ask('IMPORT', await at.person('bob'))).token).toBeTruthy();
  });
});
