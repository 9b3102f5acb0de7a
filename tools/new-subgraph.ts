// npm run subgraph:new -- <name> [Noun]: a folder that passes check, test and start as it is, such as `notices` or `archive Document`.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../subgraphs/registry.ts';
import { inWords, linkWorkspace, type Names, namesOf, withLine } from './new-subgraph/names.ts';
import { root } from './subgraph-list.ts';

const TEMPLATE = join(root, 'tools/new-subgraph/template');

function refuse(problem: string): never {
  console.error(
    `${problem}\nusage: npm run subgraph:new -- <name> [Noun], such as \`notices\` or \`archive Document\``,
  );
  process.exit(1);
}

/** Copies the template under its own names, folders and files included. */
function scaffold(dir: string, names: Names): void {
  cpSync(TEMPLATE, dir, { recursive: true });
  // Deepest first, so that no path changes under a file that is still to be renamed.
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort((a, b) => b.length - a.length);
  for (const path of paths) {
    const from = join(dir, path);
    if (statSync(from).isFile()) writeFileSync(from, inWords(readFileSync(from, 'utf8'), names));
    const [folder, file] = [path.slice(0, path.lastIndexOf('/') + 1), path.slice(path.lastIndexOf('/') + 1)];
    renameSync(from, join(dir, folder, inWords(file, names)));
  }
}

const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: root, stdio: 'inherit' });

/** Everything that is generated from contracts and the registry, in the order in which one needs the other. */
function generate(name: string): void {
  run('npm', 'run', '--silent', 'codegen', '--', '--silent');
  run('npm', 'run', '--silent', 'migrations:create', '--', name, 'initial');
  run(
    'npx',
    '--no-install',
    'biome',
    'check',
    '--write',
    '--log-level=error',
    `subgraphs/${name}`,
    'subgraphs/registry.ts',
  );
  for (const script of ['compose', 'containers']) run('npm', 'run', '--silent', script);
  for (const page of ['subgraphs/access/test/write-permissions-page.ts', 'test/shield/rules-listing.ts'])
    run('node', page);
}

const [name = '', noun] = process.argv.slice(2);
const names = namesOf(name, noun);
if (!names) refuse('A name is one word in lower case, a noun one word with a capital.');
const dir = join(root, 'subgraphs', name);
if (existsSync(dir) || name === 'gateway') refuse(`There is a ${name} already.`);
if (
  new RegExp(`^(type|enum|union|interface) ${names.Noun}\\b`, 'm').test(
    readFileSync(join(root, 'schema/api.graphql'), 'utf8'),
  )
)
  refuse(`The graph has a type ${names.Noun} already; give another noun.`);

const registryFile = join(root, 'subgraphs/registry.ts');
const lockFile = join(root, 'package-lock.json');
const [registryText, lockText] = [readFileSync(registryFile, 'utf8'), readFileSync(lockFile, 'utf8')];
try {
  scaffold(dir, names);
  writeFileSync(registryFile, withLine(registryText, name, Math.max(...registry.map(({ port }) => port)) + 1));
  linkWorkspace(root, name);
  generate(name);
  console.log(`\nsubgraphs/${name} stands. Next: docs/adding-a-subgraph.md, from "The contract" on.`);
} catch (error) {
  rmSync(dir, { recursive: true, force: true });
  writeFileSync(registryFile, registryText);
  writeFileSync(lockFile, lockText);
  throw error;
}
