import { onePixel } from '@polity/kernel/testing/uploads';
import type { Browser } from '../../gateway/test/browser.ts';
import { type Installation, type Shape, startInstallation } from './installation.ts';

const shapes: Shape[] = ['one process', 'many processes'];
const REQUEST = 'mutation { requestUpload(kind: IMAGE) { url token } }';
const UPDATE = 'mutation ($logo: String) { updateTenant(input: { logo: $logo }) { logoUrl } }';

describe.each(shapes)('a file in %s', (shape) => {
  let at: Installation;
  let admin: Browser;

  beforeAll(async () => {
    at = await startInstallation(shape);
    admin = at.browser();
    await admin.signIn('admin@demo.test');
  }, 90_000);
  afterAll(() => at?.stop(), 30_000);

  const send = async (): Promise<string> => {
    const { url, token } = await admin.get(REQUEST);
    const sent = await fetch(url, { method: 'PUT', body: onePixel });
    expect(sent.status).toBe(201);
    return token;
  };
  const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers });

  it('is asked for, sent, taken by a mutation, and seen by everybody who has its address', async () => {
    const { logoUrl } = await admin.get(UPDATE, { logo: await send() });
    expect(await at.browser().get('{ tenant { logoUrl } }')).toEqual({ logoUrl });
    const seen = await get(logoUrl);
    expect(Buffer.from(await seen.arrayBuffer()).equals(onePixel)).toBe(true);
    expect([seen.status, Object.fromEntries(seen.headers)]).toEqual([
      200,
      expect.objectContaining({
        'content-type': 'image/png',
        'content-length': String(onePixel.length),
        'cache-control': 'public, max-age=604800, immutable',
        'content-disposition': expect.stringMatching(/^inline; filename="[0-9a-f-]{36}\.png"$/),
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
        etag: expect.stringMatching(/^"[0-9a-f-]{36}\.png"$/),
      }),
    ]);
    const again = await get(logoUrl, { 'if-none-match': seen.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await fetch(logoUrl, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(onePixel.length)]);
  });

  it('has an address that nobody can make up or change', async () => {
    const { logoUrl } = await admin.get(UPDATE, { logo: await send() });
    const url = new URL(logoUrl);
    const [, files, signature = '', space, name = ''] = url.pathname.split('/');
    const wrong = [
      `/${files}/${'A'.repeat(22)}/${space}/${name}`,
      `/${files}/${signature}/portal/${name}`,
      `/${files}/${signature}/${space}/${name.replace('.png', '.json')}`,
      `/${files}/${signature}/${space}/${name}?until=99999999999`,
      `/${files}/${signature}/${space}/..%2f..%2fsecrets.json`,
      `/${files}/${signature}`,
    ];
    for (const path of wrong) expect([path, (await get(url.origin + path)).status]).toEqual([path, 404]);
  });

  it('is taken once, with twenty at once', async () => {
    const logo = await send();
    const answers = await Promise.all(Array.from({ length: 20 }, () => admin.ask(UPDATE, { logo })));
    const codes = answers.map((answer) => answer.codes[0] ?? 'ok');
    expect(codes.filter((code) => code === 'ok').length).toBe(1);
    expect(codes.every((code) => ['ok', 'TOKEN_INVALID', 'RATE_LIMITED'].includes(String(code)))).toBe(true);
  });

  it('that somebody else sent is of no use', async () => {
    const alice = at.browser();
    await alice.signIn('alice@demo.test');
    const { url, token } = await alice.get(REQUEST);
    expect((await fetch(url, { method: 'PUT', body: onePixel })).status).toBe(201);
    expect((await admin.ask(UPDATE, { logo: token })).codes).toEqual(['TOKEN_INVALID']);
  });
});
