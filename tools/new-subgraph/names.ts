import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a new subgraph and its noun are called. */
export interface Names {
  /** Of the subgraph: `notices`. */
  name: string;
  /** Its entity: `Notice`. */
  Noun: string;
  /** Many of them: `notices`. */
  nouns: string;
}

const singular = (name: string) => name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
const plural = (noun: string) =>
  /[^aeiou]y$/.test(noun) ? noun.replace(/y$/, 'ies') : `${noun}${/(s|x|ch|sh)$/.test(noun) ? 'es' : 's'}`;
const capital = (word: string) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

/** Names by the words that somebody gave; the noun is that of the name unless given. Null for what is no such word. */
export function namesOf(name: string, noun: string = capital(singular(name))): Names | null {
  if (!/^[a-z]{3,30}$/.test(name) || !/^[A-Z][a-z]{2,30}$/.test(noun)) return null;
  return { name, Noun: noun, nouns: plural(noun.toLowerCase()) };
}

/** The template's text in these words; it is written about samples in the subgraph specimens. */
export function inWords(text: string, { name, Noun, nouns }: Names): string {
  return text
    .replaceAll('specimens', name)
    .replaceAll('Specimens', capital(name))
    .replaceAll('samples', nouns)
    .replaceAll('Samples', capital(nouns))
    .replaceAll('sample', Noun.toLowerCase())
    .replaceAll('Sample', Noun);
}

/** The registry with one line more. */
export function withLine(registry: string, name: string, port: number): string {
  const line = `  { name: '${name}', port: ${port}, load: async () => (await import('./${name}/src/subgraph.ts')).${name} },\n`;
  return registry.replace(/^\];$/m, `${line}];`);
}

interface Lock {
  packages: Record<string, unknown>;
}

const byKey = (packages: Lock['packages']) =>
  Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Makes the new folder a workspace, as `npm install` would, without asking any registry. */
export function linkWorkspace(root: string, name: string): void {
  const path = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock;
  const { version, license, dependencies } = JSON.parse(
    readFileSync(join(root, 'subgraphs', name, 'package.json'), 'utf8'),
  );
  lock.packages = byKey({
    ...lock.packages,
    [`node_modules/@polity/${name}`]: { resolved: `subgraphs/${name}`, link: true },
    [`subgraphs/${name}`]: { name: `@polity/${name}`, version, license, dependencies },
  });
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  const link = join(root, 'node_modules/@polity', name);
  mkdirSync(join(root, 'node_modules/@polity'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(`../../subgraphs/${name}`, link, 'dir');
}
