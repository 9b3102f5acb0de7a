import { hash, randomUUID } from 'node:crypto';
import type { Answer, Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const PUBLISH = 'mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { added } }';

let at: GatewayWorld;
let admin: Browser;
beforeAll(async () => {
  at = await startGatewayWorld();
  admin = await at.person('admin');
});
afterAll(() => at?.close());

/** Publishes a query with these fields, and returns its address. */
async function published(fields: string, variables = ''): Promise<string> {
  const text = `query Q${randomUUID().replaceAll('-', '')}${variables} { ${fields} }`;
  const id = hash('sha256', text);
  await admin.get(PUBLISH, { input: { manifest: { [id]: text } } });
  await at.world.settle();
  return `/graphql/${id}`;
}

const get = (path: string, headers: Record<string, string> = {}, by = at.browser()): Promise<Answer> =>
  by.send('GET', path, { 'apollo-require-preflight': '1', ...headers });
const controlOf = ({ headers }: Answer) => headers['cache-control'];
const etagOf = ({ headers }: Answer) => String(headers.etag);

describe('the answer to a published query by GET', () => {
  it('is kept by its viewer, who asks whether it still holds', async () => {
    const path = await published('me { displayName }');
    const alice = await at.person('alice');
    const first = await get(path, {}, alice);
    expect([first.status, controlOf(first)]).toEqual([200, 'private, no-cache']);
    for (const known of [etagOf(first), `"other", ${etagOf(first)}`, etagOf(first).replace('W/', ''), '*']) {
      const again = await get(path, { 'if-none-match': known }, alice);
      expect([again.status, again.text, etagOf(again)]).toEqual([304, '', etagOf(first)]);
    }
    expect((await get(path, { 'if-none-match': '"other"' }, alice)).text).toBe(first.text);
    const bob = await get(path, { 'if-none-match': etagOf(first) }, await at.person('bob'));
    expect([bob.status, bob.data]).toEqual([200, { me: { displayName: 'Bob' } }]);
  });

  it('is of another tag once it is another', async () => {
    const path = await published('me { displayName }');
    const alice = await at.person('alice');
    const before = etagOf(await get(path, {}, alice));
    const RENAME = 'mutation ($name: String!) { updateAccount(input: { displayName: $name }) { displayName } }';
    await alice.get(RENAME, { name: 'Alice A.' });
    const after = await get(path, { 'if-none-match': before }, alice);
    await alice.get(RENAME, { name: 'Alice' });
    expect([after.status, after.data]).toEqual([200, { me: { displayName: 'Alice A.' } }]);
  });

  it('differs by whoever asks, by tenant and by what its sender accepts', async () => {
    const { headers } = await get(await published('tenant { slug }'), { 'accept-encoding': 'gzip' });
    const vary = String(headers.vary).toLowerCase().split(/, */);
    expect(vary).toEqual(expect.arrayContaining(['authorization', 'cookie', 'x-tenant', 'accept']));
  });

  it('may be used again for as long as all of its fields say, for everybody only where nobody asked', async () => {
    const path = await published('tenant { slug name }');
    expect(controlOf(await get(path))).toBe('public, max-age=60');
    expect(controlOf(await get(path, {}, await at.person('alice')))).toBe('private, max-age=60');
    expect(controlOf(await get(await published('tenant { slug } me { id }')))).toBe('private, no-cache');
    expect(controlOf(await get(await published('tenant { members { edges { cursor } } }')))).toBe('private, no-cache');
    expect(controlOf(await get(await published('graphVersion')))).toBe('private, no-cache');
    expect(controlOf(await get(await published('__typename')))).toBe('private, no-cache');
  });
});

describe('no cache keeps', () => {
  const isNotKept = ({ headers }: Answer) => {
    expect(controlOf({ headers } as Answer)).toBe('private, no-store');
    expect(headers.etag).toBeUndefined();
  };

  it('errors, whole or beside data', async () => {
    isNotKept(await get(await published('tenant { slug } auditLog(first: 1) { edges { cursor } }')));
  });

  it('what nobody published, and what comes by POST', async () => {
    isNotKept(await get(`/graphql?${new URLSearchParams({ query: '{ tenant { slug } }' })}`));
    const documentId = (await published('tenant { slug }')).split('/').at(-1);
    const body = JSON.stringify({ documentId });
    isNotKept(await at.browser().send('POST', '/graphql', { 'content-type': 'application/json' }, body));
  });

  it('answers with another status', async () => {
    const wrong = await get(`${await published('tenant(slug: $slug) { id }', '($slug: String!)')}`);
    expect([wrong.status, wrong.headers.etag]).toEqual([400, undefined]);
    const unknown = await get('/graphql/unknown');
    expect(unknown.headers.etag).toBeUndefined();
  });
});
