import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createVerifier, httpbis } from 'http-message-signatures';
import { manualClock } from '../src/clock.ts';
import { memoryStore } from '../src/kv/memory.ts';
import { StoreUnavailable } from '../src/kv/store.ts';
import { memoryNonces, type NonceStore, storeNonces } from '../src/request/nonces.ts';
import {
  deriveSubgraphKey,
  type RequestToSign,
  type RequestToVerify,
  SignatureRefused,
  signRequest,
  verifyRequest,
} from '../src/request/signature.ts';
import { contentDigest, hmacSha256, signatureBase } from '../src/request/signature-base.ts';

const NOW = new Date(1_795_132_800_000);
const MASTER = Buffer.from('a master secret of 32 bytes long');
const portalKey = deriveSubgraphKey(MASTER, 'portal');
const body = Buffer.from('{"query":"{__typename}"}');
const context = Buffer.from('{"requestId":"r-1","tenantId":"t-1"}').toString('base64url');

const plain: RequestToSign = {
  method: 'POST',
  authority: 'portal.internal:4010',
  path: '/graphql',
  body,
  contextHeader: context,
  key: { id: 'polity-1', secret: portalKey },
  now: NOW,
};

type Headers = Record<string, string>;

const raw = (headers: Headers) => Object.entries({ host: plain.authority, ...headers }).flat();
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

function arriving(headers: Headers, changes: Partial<RequestToVerify> = {}): RequestToVerify {
  const { method, authority, path } = plain;
  const keys = new Map([['polity-1', portalKey]]);
  return {
    method,
    authority,
    path,
    headers: raw(headers),
    rawBody: body,
    keys,
    now: NOW,
    nonces: memoryNonces(),
    ...changes,
  };
}

async function accepts(request: RequestToVerify): Promise<boolean> {
  try {
    await verifyRequest(request);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SignatureRefused);
    expect((error as Error).message).toBe('The request signature was refused.');
    expect((error as Error).cause).toBeUndefined();
    return false;
  }
}

/** The same request as an insider would sign it who holds the key but writes other parameters. */
function resigned(change: (parameters: string) => string): Headers {
  const headers = signRequest(plain);
  const parameters = change((headers['signature-input'] as string).slice('sg='.length));
  const covered = [...(/^\(([^)]*)\)/.exec(parameters)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
  const values: Headers = { ...headers, '@method': 'POST', '@authority': plain.authority, '@path': '/graphql' };
  const base = signatureBase(
    covered.map((name) => [name, values[name] ?? ''] as const),
    parameters,
  );
  return { ...headers, 'signature-input': `sg=${parameters}`, signature: `sg=:${hmacSha256(portalKey, base)}:` };
}

function without(name: string): Headers {
  const { [name]: _gone, ...rest } = signRequest(plain);
  return rest;
}

const changed = (name: string, change: (value: string) => string): Headers => {
  const headers = signRequest(plain);
  return { ...headers, [name]: change(headers[name] as string) };
};

describe('a signed request', () => {
  it('is written in the one form that is read', () => {
    expect(signRequest({ ...plain, nonce: 'AAECAwQFBgcICQoLDA0ODw' })).toEqual({
      'content-type': 'application/json',
      'content-digest': 'sha-256=:mz6w/3EHKCLuWAZU6nr2XR74t4dl+XyDHMDModa/mh4=:',
      'x-polity-context': context,
      'signature-input':
        'sg=("@method" "@authority" "@path" "content-type" "content-digest" "x-polity-context");created=1795132800;expires=1795132830;nonce="AAECAwQFBgcICQoLDA0ODw";keyid="polity-1";alg="hmac-sha256";tag="polity/1"',
      signature: expect.stringMatching(/^sg=:[A-Za-z0-9+/]{43}=:$/),
    });
  });

  it('is accepted', async () => {
    expect(await accepts(arriving(signRequest(plain)))).toBe(true);
  });

  it('is accepted when it was signed anew without a change', async () => {
    expect(await accepts(arriving(resigned((parameters) => parameters)))).toBe(true);
  });

  it('is accepted with a text body, no body, upper-case header names and an authority in another case', async () => {
    expect(await accepts(arriving(signRequest({ ...plain, body: body.toString() })))).toBe(true);
    expect(await accepts(arriving(signRequest({ ...plain, body: '' }), { rawBody: Buffer.alloc(0) }))).toBe(true);
    const headers = raw(signRequest(plain)).map((text, at) => (at % 2 === 0 ? text.toUpperCase() : text));
    expect(await accepts(arriving({}, { headers }))).toBe(true);
    const shouted = { ...signRequest(plain), host: 'Portal.Internal:4010' };
    expect(await accepts(arriving(shouted, { authority: 'Portal.Internal:4010' }))).toBe(true);
  });

  it('is accepted until 30 seconds after it was signed, and up to 30 seconds ahead of our clock', async () => {
    for (const seconds of [-30, 0, 29, 30])
      expect(await accepts(arriving(signRequest(plain), { now: later(seconds) }))).toBe(true);
  });

  it('carries a fresh nonce of 128 bits each time', () => {
    const nonces = Array.from(
      { length: 100 },
      () => /nonce="([^"]+)"/.exec(signRequest(plain)['signature-input'] as string)?.[1] ?? '',
    );
    expect(new Set(nonces).size).toBe(100);
    expect(nonces.every((nonce) => Buffer.from(nonce, 'base64url').length === 16)).toBe(true);
  });
});

describe('a request is refused', () => {
  const accessKey = deriveSubgraphKey(MASTER, 'access');
  const signedWith = (secret: Buffer, id = 'polity-1') =>
    signRequest({ ...plain, key: { id, secret: createSecretKey(secret) } });
  const reorder = (parameters: string) => parameters.replace('"@method" "@authority"', '"@authority" "@method"');
  const insert = (header: string, value: string) => [...raw(signRequest(plain)), header, value];

  it.each<[string, () => RequestToVerify]>([
    ['without any signature header', () => arriving({ 'content-type': 'application/json' })],
    ['without a signature', () => arriving(without('signature'))],
    ['without a signature input', () => arriving(without('signature-input'))],
    ['without a digest', () => arriving(without('content-digest'))],
    ['without a context', () => arriving(without('x-polity-context'))],
    ['without a content type', () => arriving(without('content-type'))],
    ['signed with a wrong key', () => arriving(signedWith(randomBytes(32)))],
    ['signed with an empty key', () => arriving(signedWith(Buffer.alloc(0)))],
    ["signed with another subgraph's key", () => arriving(signedWith(accessKey.export()))],
    ['signed with the master secret', () => arriving(signedWith(MASTER))],
    ['of an unknown key id', () => arriving(signedWith(portalKey.export(), 'polity-9'))],
    ['when no key is live', () => arriving(signRequest(plain), { keys: new Map() })],
    ['after it expired', () => arriving(signRequest(plain), { now: later(31) })],
    ['from the future', () => arriving(signRequest(plain), { now: later(-31) })],
    [
      'with a longer life than 30 seconds',
      () => arriving(resigned((text) => text.replace('expires=1795132830', 'expires=1795132831'))),
    ],
    [
      'that expires before it was made',
      () => arriving(resigned((text) => text.replace('expires=1795132830', 'expires=1795132800'))),
    ],
    [
      'whose body was changed',
      () => arriving(signRequest(plain), { rawBody: Buffer.from('{"query":"{__typenamf}"}') }),
    ],
    [
      'whose body and digest were changed',
      () => arriving({ ...signRequest(plain), 'content-digest': contentDigest('{}') }, { rawBody: Buffer.from('{}') }),
    ],
    ['whose body was cut off', () => arriving(signRequest(plain), { rawBody: body.subarray(0, -1) })],
    ['whose context was changed', () => arriving(changed('x-polity-context', (value) => `${value.slice(0, -1)}A`))],
    ['whose content type was changed', () => arriving(changed('content-type', () => 'text/plain'))],
    ['for another method', () => arriving(signRequest(plain), { method: 'PUT' })],
    ['for another path', () => arriving(signRequest(plain), { path: '/events' })],
    ['with a query behind the path', () => arriving(signRequest(plain), { path: '/graphql?x=1' })],
    [
      'signed with a query behind the path',
      () => arriving(signRequest({ ...plain, path: '/graphql?x=1' }), { path: '/graphql?x=1' }),
    ],
    [
      'for another host',
      () => arriving({ ...signRequest(plain), host: 'identity.internal' }, { authority: 'identity.internal' }),
    ],
    ['for another host than its forwarded one', () => arriving({ ...signRequest(plain), host: 'evil.test' })],
    ['with a second context', () => arriving({}, { headers: insert('X-Polity-Context', 'e30') })],
    ['with the same context twice', () => arriving({}, { headers: insert('x-polity-context', context) })],
    ['with two signatures', () => arriving({}, { headers: insert('Signature', 'sg=:AAAA:') })],
    ['with two signature inputs', () => arriving({}, { headers: insert('signature-input', 'sg=()') })],
    ['with two digests', () => arriving({}, { headers: insert('content-digest', contentDigest(body)) })],
    ['with two hosts', () => arriving({}, { headers: insert('host', plain.authority) })],
    ['with a label twice in one header', () => arriving(changed('signature-input', (value) => `${value}, ${value}`))],
    ['with a second label', () => arriving(changed('signature-input', (value) => `${value}, other=("@method")`))],
    ['with another label', () => arriving(changed('signature-input', (value) => value.replace('sg=', 'sig1=')))],
    ['with a label twice in the signature', () => arriving(changed('signature', (value) => `${value}, ${value}`))],
    ['with reordered components', () => arriving(resigned(reorder))],
    ['with a component left out', () => arriving(resigned((text) => text.replace(' "x-polity-context"', '')))],
    ['with a component added', () => arriving(resigned((text) => text.replace('"@method"', '"@method" "@scheme"')))],
    [
      'with reordered parameters',
      () => arriving(resigned((text) => text.replace(/(;alg="[^"]*")(;tag="[^"]*")/, '$2$1'))),
    ],
    ['with a parameter added', () => arriving(resigned((text) => `${text};x=1`))],
    ['with another algorithm', () => arriving(resigned((text) => text.replace('hmac-sha256', 'hmac-sha512')))],
    ['with the algorithm none', () => arriving(resigned((text) => text.replace('hmac-sha256', 'none')))],
    [
      'with an unsigned swap of the algorithm',
      () => arriving(changed('signature-input', (value) => value.replace('hmac-sha256', 'rsa-v1_5-sha256'))),
    ],
    ['of another tag', () => arriving(resigned((text) => text.replace('polity/1', 'polity/2')))],
    ['without a nonce', () => arriving(resigned((text) => text.replace(/;nonce="[^"]*"/, '')))],
    ['with a nonce of less than 128 bits', () => arriving(signRequest({ ...plain, nonce: 'AAECAwQFBgcICQoLDA0OD' }))],
    [
      'with white space in the digest',
      () => arriving(changed('content-digest', (value) => value.replace('=:', '=: '))),
    ],
    [
      'with a second digest in the header',
      () => arriving(changed('content-digest', (value) => `${value}, sha-512=:AAAA:`)),
    ],
    ['with white space in the signature', () => arriving(changed('signature', (value) => value.replace(':', ': ')))],
    ['with a signature cut off', () => arriving(changed('signature', (value) => `${value.slice(0, -10)}:`))],
    ['with an empty signature', () => arriving(changed('signature', () => 'sg=::'))],
    ['with white space in the components', () => arriving(resigned((text) => text.replace('" "', '"  "')))],
  ])('%s', async (_what, request) => {
    expect(await accepts(request())).toBe(false);
  });

  it('whichever single bit of it was flipped', async () => {
    const headers = signRequest(plain);
    const parts: [string, Buffer][] = [
      ...Object.entries(headers).map(([name, value]): [string, Buffer] => [name, Buffer.from(value)]),
      ['body', body],
    ];
    const flip = fc
      .nat({ max: parts.length - 1 })
      .chain((part) => fc.tuple(fc.constant(part), fc.nat({ max: (parts[part]?.[1].length ?? 1) * 8 - 1 })));
    await fc.assert(
      fc.asyncProperty(flip, async ([part, bit]) => {
        const [name, original] = parts[part] as [string, Buffer];
        const bytes = Buffer.from(original);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const tampered =
          name === 'body'
            ? arriving(headers, { rawBody: bytes })
            : arriving({ ...headers, [name]: bytes.toString('latin1') });
        expect(await accepts(tampered)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it('whatever the headers say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('signature', 'signature-input', 'content-digest'),
        fc.string(),
        async (name, value) => {
          expect(await accepts(arriving(changed(name, () => value)))).toBe(false);
        },
      ),
    );
  });
});

describe('a replay', () => {
  const away = { setIfAbsent: () => Promise.reject(new StoreUnavailable(new Error('away'))) };
  const hanging = { setIfAbsent: () => new Promise<boolean>(() => undefined) };
  const kinds: [string, () => NonceStore][] = [
    ['the memory of a process', () => memoryNonces()],
    ['a key-value store', () => storeNonces(memoryStore(), 'portal')],
    ['the memory of a process whose store is away', () => storeNonces(away, 'portal')],
    ['the memory of a process whose store hangs', () => storeNonces(hanging, 'portal')],
  ];

  it.each(kinds)('is refused by %s', async (_where, make) => {
    const nonces = make();
    const headers = signRequest(plain);
    expect(await accepts(arriving(headers, { nonces }))).toBe(true);
    expect(await accepts(arriving(headers, { nonces }))).toBe(false);
    expect(await accepts(arriving(signRequest(plain), { nonces }))).toBe(true);
  });

  it.each(kinds)('of twenty at once is accepted once by %s', async (_where, make) => {
    const nonces = make();
    const headers = signRequest(plain);
    const answers = await Promise.all(Array.from({ length: 20 }, () => accepts(arriving(headers, { nonces }))));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('is refused as long as its signature could hold, by a clock that is behind', async () => {
    const clock = manualClock(NOW);
    const nonces = memoryNonces(clock);
    const headers = signRequest({ ...plain, now: later(30) });
    expect(await accepts(arriving(headers, { nonces }))).toBe(true);
    clock.advance(60_000);
    expect(await accepts(arriving(headers, { nonces, now: clock.now() }))).toBe(false);
    expect(await accepts(arriving(headers, { now: clock.now() }))).toBe(true);
  });

  it('of a request that was refused costs no nonce', async () => {
    const nonces = memoryNonces();
    const headers = signRequest(plain);
    expect(await accepts(arriving(headers, { nonces, rawBody: Buffer.from('{}') }))).toBe(false);
    expect(await accepts(arriving(headers, { nonces }))).toBe(true);
  });

  it('leaves a store alone for a second that did not answer, and asks it again afterwards', async () => {
    const clock = manualClock(NOW);
    const store = memoryStore();
    let isAway = true;
    let asked = 0;
    const outages: unknown[] = [];
    const flaky = {
      async setIfAbsent(...claim: Parameters<typeof store.setIfAbsent>) {
        asked += 1;
        if (isAway) throw new StoreUnavailable(new Error('away'));
        return store.setIfAbsent(...claim);
      },
    };
    const nonces = storeNonces(flaky, 'portal', (error) => outages.push(error), clock);
    for (let i = 0; i < 3; i++) expect(await accepts(arriving(signRequest(plain), { nonces }))).toBe(true);
    expect([asked, outages.length]).toEqual([1, 1]);
    isAway = false;
    clock.advance(1_000);
    // The one that finds the store there again does not wait for it.
    expect(await accepts(arriving(signRequest(plain), { nonces }))).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
    const headers = signRequest(plain);
    expect(await accepts(arriving(headers, { nonces }))).toBe(true);
    expect(await accepts(arriving(headers, { nonces: storeNonces(flaky, 'portal') }))).toBe(false);
  });

  it('is not waited for once the store was silent, however often it is tried again', async () => {
    const clock = manualClock(NOW);
    let asked = 0;
    const silent = {
      setIfAbsent() {
        asked++;
        return new Promise<boolean>(() => undefined);
      },
    };
    const nonces = storeNonces(silent, 'portal', undefined, clock);
    const claim = async () => {
      const late = Symbol('late');
      const waited = new Promise((resolve) => setTimeout(resolve, 50, late));
      return (await Promise.race([nonces.claim(`nonce-${asked}-${clock.nowMs()}`, 30), waited])) === late;
    };
    expect(await claim()).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 400));
    for (let second = 0; second < 5; second++) {
      clock.advance(1_000);
      expect(await claim()).toBe(false);
    }
    expect(asked).toBe(6);
  });
});

describe('the reason of a refusal', () => {
  const refusal = (request: RequestToVerify) => verifyRequest(request).catch((error: unknown) => error);

  it.each<[string, () => RequestToVerify, object]>([
    ['malformed', () => arriving(without('signature')), { reason: 'malformed' }],
    ['key', () => arriving(signRequest(plain), { keys: new Map() }), { reason: 'key' }],
    [
      'signature',
      () => arriving(signRequest({ ...plain, key: { id: 'polity-1', secret: createSecretKey(randomBytes(32)) } })),
      { reason: 'signature' },
    ],
    ['digest', () => arriving(signRequest(plain), { rawBody: Buffer.from('{}') }), { reason: 'digest' }],
    ['time', () => arriving(signRequest(plain), { now: later(300) }), { reason: 'time', skewSeconds: 300 }],
  ])('is %s, for the log alone', async (_reason, request, expected) => {
    expect(await refusal(request())).toMatchObject(expected);
  });

  it('is never the time for somebody who does not hold the key', async () => {
    const forged = signRequest({ ...plain, key: { id: 'polity-1', secret: createSecretKey(randomBytes(32)) } });
    expect(await refusal(arriving(forged, { now: later(300) }))).toMatchObject({ reason: 'signature' });
  });

  it('is not there for a request that holds: it says how far the clocks are apart', async () => {
    expect(await verifyRequest(arriving(signRequest(plain), { now: later(7) }))).toBe(7);
  });
});

describe('keys', () => {
  it('of two ids are live during a rotation, and the old one ends with it', async () => {
    const next = deriveSubgraphKey(randomBytes(32), 'portal');
    const both = new Map([
      ['polity-1', portalKey],
      ['polity-2', next],
    ]);
    const old = () => arriving(signRequest(plain), { keys: both });
    const fresh = () => arriving(signRequest({ ...plain, key: { id: 'polity-2', secret: next } }), { keys: both });
    expect([await accepts(old()), await accepts(fresh())]).toEqual([true, true]);
    const afterwards = new Map([['polity-2', next]]);
    expect([await accepts({ ...old(), keys: afterwards }), await accepts({ ...fresh(), keys: afterwards })]).toEqual([
      false,
      true,
    ]);
    const crossed = signRequest({ ...plain, key: { id: 'polity-2', secret: portalKey } });
    expect(await accepts(arriving(crossed, { keys: both }))).toBe(false);
  });

  it('differ for each subgraph and each master secret, and are the same everywhere else', () => {
    const keys = [
      deriveSubgraphKey(MASTER, 'portal'),
      deriveSubgraphKey(MASTER, 'access'),
      deriveSubgraphKey(randomBytes(32), 'portal'),
    ];
    expect(new Set(keys.map((key) => key.export().toString('hex'))).size).toBe(3);
    expect(deriveSubgraphKey(MASTER.toString('base64url'), 'portal').equals(portalKey)).toBe(true);
    // HKDF (RFC 5869) by hand: extract with a salt of zeros, then one block of expand.
    const extracted = createHmac('sha256', Buffer.alloc(32)).update(MASTER).digest();
    expect(createHmac('sha256', extracted).update('polity-subgraph:portal\u0001').digest()).toEqual(portalKey.export());
  });
});

describe('RFC 9421', () => {
  it('gives the signature of its example B.2.5', () => {
    const secret = createSecretKey(
      'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
      'base64',
    );
    const base = signatureBase(
      [
        ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
        ['@authority', 'example.com'],
        ['content-type', 'application/json'],
      ],
      '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    );
    expect(hmacSha256(secret, base)).toBe('pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=');
  });

  const request = (headers: Headers) => ({ method: 'POST', url: `http://${plain.authority}/graphql`, headers });
  const keyLookup = async ({ keyid }: { keyid?: string }) =>
    keyid === 'polity-1'
      ? { id: keyid, algs: ['hmac-sha256'], verify: createVerifier(portalKey, 'hmac-sha256') }
      : null;
  const byOthers = (headers: Headers) =>
    httpbis
      .verifyMessage({ keyLookup, tolerance: 1e9, notAfter: later(1), all: true }, request(headers))
      .catch(() => false);

  it('is read the same by another implementation, which verifies what we sign', async () => {
    expect(await byOthers(signRequest(plain))).toBe(true);
    expect(await byOthers(changed('x-polity-context', () => 'e30'))).toBe(false);
  });
});
