import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../../subgraphs/registry.ts';

interface Locked {
  license?: string;
  /** As packages of before 2014 say it. */
  licenses?: { type: string }[];
  dev?: boolean;
  link?: boolean;
}

const root = join(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, Locked> };

/** Licenses that ask for no more than notices, of what is used and of tools that only developers run. */
const PERMISSIVE = new Set(
  [
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'Unlicense',
    'Zlib',
  ].concat(['CC0-1.0', 'CC-BY-4.0', 'Python-2.0', 'PSF-2.0']),
);
const FOLDER = 'node_modules/';
const nameOf = (path: string) => path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);

/** Packages that say their license in their readme, and not in `package.json`. */
const IN_README_ONLY: ReadonlyMap<string, string> = new Map([['pause', 'MIT']]);

/** Packages of other platforms stand in the lock file only. */
const installed = Object.entries(packages).filter(
  ([path, { link }]) => path.startsWith(FOLDER) && !link && existsSync(join(root, path, 'package.json')),
);
function licenseOf(path: string, { license }: Locked): string {
  const said = JSON.parse(textOf(join(path, 'package.json'))) as Locked;
  const known = license ?? said.license ?? said.licenses?.map(({ type }) => type).join(' OR ');
  return known ?? IN_README_ONLY.get(nameOf(path)) ?? 'none';
}
/** Asks for the source of its own changed files only: tests may use it as it is. */
const ONLY_FOR_TESTS = new Set(['MPL-2.0']);
const isPermissive = (license: string) =>
  license
    .split(/[() ]+|AND|OR/)
    .filter(Boolean)
    .every((word) => PERMISSIVE.has(word));
const restricted = installed
  .map(([path, locked]) => ({ name: nameOf(path), license: licenseOf(path, locked), dev: locked.dev === true }))
  .filter(({ license, dev }) => !isPermissive(license) && !(dev && ONLY_FOR_TESTS.has(license)));

test('the README names every package whose license restricts what operators may do', () => {
  const named = [...textOf('README.md').matchAll(/`(@(?:apollo|img)\/[\w-]+)`/g)].map(([, name]) => name);
  // Libraries come one for each platform, under names that end in it.
  const used = restricted.map(({ name }) => name.replace(/(?<=^@img\/sharp-libvips)-.*/, ''));
  expect([...new Set(used)].sort()).toEqual([...new Set(named)].sort());
  expect(new Set(restricted.map(({ license }) => license))).toEqual(new Set(['Elastic-2.0', 'LGPL-3.0-or-later']));
});

test('every package of Polity is under its license', () => {
  for (const folder of ['.', 'kernel', 'gateway', ...registry.map(({ name }) => `subgraphs/${name}`)]) {
    expect([folder, JSON.parse(textOf(`${folder}/package.json`)).license]).toEqual([folder, 'Apache-2.0']);
  }
  expect(textOf('LICENSE')).toContain('Version 2.0, January 2004');
});
