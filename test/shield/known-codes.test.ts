import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guardsIn } from '@polity/kernel/graph/guard';
import { registry } from '../../subgraphs/registry.ts';

const root = join(import.meta.dirname, '../..');
const FOLDERS = ['kernel/src', 'gateway/src', 'subgraphs'];
/** What a question about a permission looks like, in policies and verbs; the code is the last text of the call. */
const ASKED =
  /\b(?:may|mayNow|mayAtTenant|holdsUntil|governed)\((?:[^()']|\([^()']*\))*'([a-z]+\.[a-zA-Z]+\.[a-zA-Z]+)'/g;
/** Codes of things that are read and managed, and the one that AuthZEN's callers need. */
const NAMED = /\b(?:read|manage|permission|NEEDED)(?:: | = )'([a-z]+\.[a-zA-Z]+\.[a-zA-Z]+)'/g;

const subgraphs = await Promise.all(registry.map(({ load }) => load()));
const declared = new Set(subgraphs.flatMap(({ access }) => access.permissions.map(({ code }) => code)));
const guarded = subgraphs.flatMap(({ typeDefs }) => guardsIn(typeDefs).flatMap(({ guard }) => guard.permission ?? []));
const inCode = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(^|\/)(test|generated|node_modules|migrations)\//.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      return [ASKED, NAMED].flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code as string));
    }),
);

const asked = [...guarded, ...inCode];

// A question about a code that nobody declares is always denied, and nobody would notice that it never could be granted.
describe('the permissions that guards, policies and verbs ask for', () => {
  it('are found in both', () => {
    expect(guarded.length).toBeGreaterThan(20);
    expect(inCode.length).toBeGreaterThan(20);
  });

  it('are declared by some subgraph', () => {
    expect(asked.filter((code) => !declared.has(code))).toEqual([]);
  });

  it('are all that is declared', () => {
    expect([...declared].filter((code) => !asked.includes(code))).toEqual([]);
  });
});
