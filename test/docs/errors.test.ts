import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const FOLDERS = ['kernel/src', 'gateway/src', 'subgraphs'];
const THROWN = /(?:super|new AppError)\(\s*'([A-Z][A-Z_]+)'/g;
/** What Apollo Server says beside our own errors, and what we make of those that nobody expected. */
const FORMATTED = [
  ...['INTERNAL_ERROR', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_REQUEST'],
  'PERSISTED_QUERY_NOT_SUPPORTED',
];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(^|\/)(test|generated|node_modules|migrations)\//.test(file))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'));
}

const inCode = new Set(
  FOLDERS.flatMap(sources).flatMap((text) => [...text.matchAll(THROWN)].map(([, code]) => code as string)),
);
const [codes = '', reasons = ''] = readFileSync(join(root, 'docs/errors.md'), 'utf8').split('## Reasons');
const rowsOf = (part: string) => part.split('\n').filter((line) => line.startsWith('| `'));
const tableRows = rowsOf(codes);
const inDocs = new Set(
  tableRows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code as string)),
);

describe('docs/errors.md', () => {
  it('lists every code that the code throws', () => {
    expect([...inCode, ...FORMATTED].filter((code) => !inDocs.has(code))).toEqual([]);
  });

  it('lists no code that nothing throws', () => {
    expect([...inDocs].filter((code) => !inCode.has(code) && !FORMATTED.includes(code))).toEqual([]);
  });

  it('finds the codes at all', () => {
    expect(inCode.size).toBeGreaterThan(10);
  });

  it('lists every reason that domains give, and no other', () => {
    const given = ['voting', 'events', 'profiles', 'gamification']
      .flatMap((name) => sources(`subgraphs/${name}/src/domain`))
      .flatMap((text) => [...text.matchAll(/\breason: '([A-Z_]+)'/g)].map(([, reason]) => reason as string));
    const listed = rowsOf(reasons).flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, reason]) => reason as string),
    );
    expect([...new Set(listed)].sort()).toEqual([...new Set(given)].sort());
  });
});
