import { readFileSync } from 'node:fs';
import { PAGE_OPERATIONS } from '../src/persisted/own-pages.ts';

const root = new URL('../..', import.meta.url);
const PAGES = ['page.js', 'operations.js', 'account.js'].map((name) => `gateway/assets/${name}`);
/** Texts between quotes that begin as an operation does. */
const OPERATION = /'((?:query|mutation)\b[^']*\{[^']*)'/g;

const sent = PAGES.flatMap((page) =>
  [...readFileSync(new URL(page, root), 'utf8').matchAll(OPERATION)].map(([, text]) => text),
);

test('what the pages send is what they may send where only published operations are taken', () => {
  expect(sent.length).toBeGreaterThan(5);
  expect([...new Set(sent)].sort()).toEqual([...PAGE_OPERATIONS].sort());
});
