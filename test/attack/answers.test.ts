import type { Browser } from '../../gateway/test/browser.ts';
import { graphql, openTarget, type Target } from './target.ts';

const MEGABYTE = 1024 * 1024;
const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

let target: Target;
let admin: Browser;

beforeAll(async () => {
  target = await openTarget();
  admin = await target.at.person('admin');
  const { id } = await admin.get('{ tenant { id } }');
  const create = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';
  const input = {
    scope: { type: 'TENANT', id },
    title: 'Long',
    body: '& '.repeat(24_000),
    visibility: 'PUBLIC',
  };
  for (let n = 0; n < 20; n++) await admin.get(create, { input });
}, 120_000);
afterAll(() => target?.close());

it('long texts 15 times over are too costly, and refused before anything runs', async () => {
  const query = (run: number) => `{ ${times(15, (i) => `a${i}: posts { edges { node { r${run}: id bodyHtml } } }`)} }`;
  const { status, bytes, text } = await target.withstands('documents', 'long texts 15 times', (run) =>
    graphql(query(run)),
  );
  expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining('QUERY_TOO_COSTLY') });
  expect(bytes).toBeLessThan(1_000);
});

describe('an answer above eight megabytes', () => {
  const tooLarge = { status: 200, text: expect.stringContaining('"code":"ANSWER_TOO_LARGE"') };

  it('is refused where its cost was too low', async () => {
    const query = (run: number) =>
      `{ ${times(4, (i) => `a${i}: posts(first: 20) { edges { node { r${run}: id bodyHtml } } }`)} }`;
    const { status, text, bytes } = await target.withstands('answers', '11 MB of one subgraph', (run) =>
      graphql(query(run)),
    );
    expect({ status, text }).toEqual(tooLarge);
    expect(JSON.parse(text)).toMatchObject({
      data: null,
      errors: [{ extensions: { details: { limit: 8 * MEGABYTE } } }],
    });
    expect(bytes).toBeLessThan(1_000);
  });

  it('is not reached by what a rich client asks for', async () => {
    const query = '{ posts(first: 20) { edges { node { id title body bodyHtml } } } }';
    const { status, bytes, text } = await target.send(graphql(query));
    expect(status).toBe(200);
    expect(text).not.toContain('"errors"');
    expect(bytes).toBeGreaterThan(1.5 * MEGABYTE);
  });
});
