import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partNames } from '../../gateway/src/pages/messages/scopes.ts';
import { registry } from '../../subgraphs/registry.ts';

// A new subgraph is one folder and one line of subgraphs/registry.ts; whatever speaks of all subgraphs derives from it or is held to it here.
const root = join(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const names = registry.map(({ name }) => name);
const FOLDERS = ['gateway', 'kernel', 'tools', 'test'];

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
).filter((file) => file.endsWith('.ts') && !/(^|\/)node_modules\//.test(file));

const namesAll = (words: readonly string[]) => names.every((name) => words.includes(name));

/** Whether a file names every subgraph in one list, or imports every one by itself. */
function listsAll(text: string): boolean {
  const lists = [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, list = '']) => list.match(/[\w-]+/g) ?? []);
  const imported = [...text.matchAll(/subgraphs\/([\w-]+)\/src\/subgraph/g)].map(([, name = '']) => name);
  return namesAll(imported) || lists.some((words) => words.length <= names.length + 2 && namesAll(words));
}

describe('the list of subgraphs', () => {
  it('has every folder that holds a contract, and no other', () => {
    const folders = readdirSync(join(root, 'subgraphs')).filter((name) =>
      existsSync(join(root, 'subgraphs', name, 'schema.graphql')),
    );
    expect([...names].sort()).toEqual(folders.sort());
  });

  it('gives each its own port, and another a hundred above', () => {
    const ports = registry.flatMap(({ port }) => [port, port + 100]);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('is written by hand nowhere else', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((file) => listsAll(textOf(file)))).toEqual([]);
  });

  it('is met by the gateway in the supergraph: it names who signs people in, and who keeps what clients may send, and no other', () => {
    const known = new Set(['identity', 'operations']);
    const others = names.filter((name) => !known.has(name)).join('|');
    const named = new RegExp(`['"\`/](${others})(['"\`./]|\\\\/)`);
    const lines = sources
      // Pages say in people's languages what an application asks for.
      .filter((file) => file.startsWith('gateway/src/') && !file.endsWith('pages/messages/scopes.ts'))
      .flatMap((file) =>
        textOf(file)
          .split('\n')
          .map((line) => `${file}: ${line.trim()}`),
      )
      .filter((line) => !/(import|from) /.test(line));
    expect(lines.filter((line) => named.test(line.slice(line.indexOf(': '))))).toEqual([]);
  });

  it('is known by name to whoever is asked what an application may do', () => {
    // A new one is called by its name until somebody says what people call it.
    expect(names).toEqual(expect.arrayContaining(Object.keys(partNames)));
  });

  it.each(names)('has %s call the suites that every domain is held to', (name) => {
    const suite = join('subgraphs', name, 'test/domain.test.ts');
    expect(existsSync(join(root, suite)) && textOf(suite)).toMatch(/^domainSuites\(\{\n {2}subgraph: /m);
  });

  it('is whole in docs/permissions.md', () => {
    const text = textOf('docs/permissions.md');
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });
});
