import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import type { Browser } from '../../gateway/test/browser.ts';
import { type GatewayWorld, startGatewayWorld } from '../../gateway/test/gateway-world.ts';
import { operationsLine, partsOf, readOperations } from '../../tools/operations-command.ts';
import { brokenOperations } from '../../tools/released-operations.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'polity-operations-'));
let at: GatewayWorld;
let admin: Browser;
let token: string;

beforeAll(async () => {
  at = await startGatewayWorld();
  admin = await at.person('admin');
  const input = { name: 'build', scopes: ['operations.write', 'operations.read'] };
  const create = 'mutation ($input: CreatePersonalTokenInput!) { createPersonalToken(input: $input) { secret } }';
  token = (await admin.get(create, { input })).secret;
});
afterAll(async () => {
  await at?.close();
  rmSync(folder, { recursive: true });
});

const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const run = (...words: string[]) =>
  operationsLine([...words, '--url', `http://127.0.0.1:${at.port}`, '--token', token]);
const texts = (size: number) => Array.from({ length: size }, (_, n) => `query Q${n} { tenant { slug } }`);

describe('npm run operations', () => {
  it('publishes manifests of every size in parts, tries them first, and retires', async () => {
    const pairs = texts(600).map((text, n) => [`cli-${n}`, text]);
    const path = file('many.json', Object.fromEntries(pairs));
    expect(await run('publish', path, '--dry-run')).toBe('would be added 600, restored 0, unchanged 0');
    expect(await run('publish', path)).toBe('added 600, restored 0, unchanged 0');
    expect(await run('publish', path)).toBe('added 0, restored 0, unchanged 600');
    expect(await run('retire', 'cli-1', 'cli-2', 'unknown')).toBe('retired 2');
    expect(await run('publish', path)).toBe('added 0, restored 2, unchanged 598');
  });

  it('publishes nothing of a manifest with a mistake in its last part, and names it', async () => {
    const pairs = [...texts(600).map((text, n) => [`late-${n}`, text]), ['broken', '{ nothing }']];
    await expect(run('publish', file('late.json', pairs))).rejects.toThrow(
      /VALIDATION_ERROR.*broken: Cannot query field "nothing"/s,
    );
    await admin.get('{ tenant { id } }');
    expect(await run('retire', 'late-0')).toBe('retired 0');
  });

  it("takes Apollo's manifests and folders of documents", async () => {
    const body = 'query Cli { tenant { slug } }';
    const operations = [{ id: 'cli-apollo', name: 'Cli', type: 'query', body }];
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
    expect(await run('publish', file('apollo.json', manifest))).toMatch('added 1');
    expect(await run('publish', join(root, 'schema/operations'))).toMatch(/added [1-9]/);
  });

  it('says what is wrong with its arguments, its file and its token', async () => {
    await expect(operationsLine(['publish'])).rejects.toThrow('usage');
    await expect(run('publish', file('none.json', '{'))).rejects.toThrow('is no manifest');
    await expect(run('publish', file('numbers.json', { id: 1 }))).rejects.toThrow('holds no operations');
    await expect(run('publish', file('empty.json', {}))).rejects.toThrow('holds no operations');
    await expect(
      operationsLine([
        'retire',
        'x',
        '--url',
        `http://127.0.0.1:${at.port}`,
        '--token',
        `@${file('token', 'wrong\n')}`,
      ]),
    ).rejects.toThrow('UNAUTHENTICATED');
  });

  it('splits by operations and by characters, and loses none', () => {
    const long = 'x'.repeat(150_000);
    const pairs: [string, string][] = [
      ...texts(501).map((text, n): [string, string] => [`${n}`, text]),
      ['a', long],
      ['b', long],
    ];
    const parts = partsOf(pairs);
    expect(parts.flat()).toEqual(pairs);
    expect(parts.map(({ length }) => length)).toEqual([250, 250, 2, 1]);
  });
});

describe('the operations of the release', () => {
  it('are there, and run', async () => {
    const [[, home] = []] = readOperations(join(root, 'schema/operations')).filter(([, text]) =>
      text.includes('query Home'),
    );
    const { data, errors } = await admin.ask(home ?? '', { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' });
    expect(errors).toEqual([]);
    expect(data.tenant.slug).toBe('demo');
  });

  it('stop the composition of a graph that breaks one of them', () => {
    file('breaks.graphql', 'query Breaks { gone }');
    file('fits.graphql', 'query Fits { here }');
    expect(brokenOperations(buildSchema('type Query { here: Int }'), folder)).toEqual([
      'breaks.graphql: Cannot query field "gone" on type "Query".',
    ]);
  });
});
