import type { Browser } from '../../gateway/test/browser.ts';
import { graphql, openTarget, type Target } from './target.ts';

let target: Target;
let admin: Browser;
let scope: { type: string; id: string };

beforeAll(async () => {
  target = await openTarget();
  admin = await target.at.person('admin');
  scope = { type: 'TENANT', id: (await admin.get('{ tenant { id } }')).id };
}, 120_000);
afterAll(() => target?.close());

const CREATE = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';
const table = `${'|a'.repeat(1_000)}\n${'|-'.repeat(1_000)}\n`;

it.each([
  ['delimiters', '_a*'.repeat(16_000), undefined],
  ['images that never end', '![*a* '.repeat(8_000), undefined],
  ['a table of 1,000 columns and 22,900 rows', table + 'a\n'.repeat(22_900), 'VALIDATION_ERROR'],
  ['one long address used often', `[a]: ${'b'.repeat(20_000)}\n\n${'[a]'.repeat(9_000)}`, 'VALIDATION_ERROR'],
  ['quotes in quotes', '>'.repeat(50_000), 'VALIDATION_ERROR'],
])('a post of %s leaves the event loop to others', async (name, body, code) => {
  const cookie = `polity=${admin.cookie}`;
  const { status, text } = await target.withstands('markdown', name, (run) =>
    graphql(CREATE, { input: { scope, title: `T${run}`, body, visibility: 'PUBLIC' } }, { cookie }),
  );
  expect(status).toBe(200);
  if (code) expect(text).toContain(code);
  else expect(JSON.parse(text)).toEqual({ data: { createPost: { id: expect.any(String) } } });
});
