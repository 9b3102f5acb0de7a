import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { access } from '../../subgraphs/access/src/access.ts';
import { access as identity } from '../../subgraphs/identity/src/access.ts';
import { access as portal } from '../../subgraphs/portal/src/access.ts';

const root = join(import.meta.dirname, '../..');
const FOLDERS = ['kernel/src', 'gateway/src', 'subgraphs'];
/** What a question about a permission looks like, in policies, rules and verbs; the code is the last text of the call. */
const ASKED =
  /\b(?:may|mayNow|mayAtTenant|holdsUntil|signedInFor|governed|atCommunity|atTeam)\((?:[^()']|\([^()']*\))*'([a-z]+\.[a-zA-Z]+\.[a-zA-Z]+)'/g;
/** Codes of things that are read and managed, and the one that AuthZEN's callers need. */
const NAMED = /\b(?:read|manage|permission|NEEDED)(?:: | = )'([a-z]+\.[a-zA-Z]+\.[a-zA-Z]+)'/g;

const declared = new Set([access, identity, portal].flatMap(({ permissions }) => permissions.map(({ code }) => code)));
const asked = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(^|\/)(test|generated|node_modules|migrations)\//.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8');
      return [ASKED, NAMED].flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code as string));
    }),
);

// A question about a code that nobody declares is always denied, and nobody would notice that it never could be granted.
describe('the permissions that rules, policies and verbs ask for', () => {
  it('are declared by some subgraph', () => {
    expect(asked.filter((code) => !declared.has(code))).toEqual([]);
  });

  it('are all that is declared', () => {
    expect([...declared].filter((code) => !asked.includes(code))).toEqual([]);
  });
});
