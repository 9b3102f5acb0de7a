import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { inWords, namesOf, withLine } from '../new-subgraph/names.ts';
import { root } from '../subgraph-list.ts';

/** `SCAFFOLD=full` runs check and the new subgraph's tests in the copy, too, which takes some minutes. */
const full = process.env.SCAFFOLD === 'full';
const GENERATED = ['Dockerfile', 'docker-compose.yml', 'package-lock.json', 'subgraphs/registry.ts'];

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

/** Packages are those of the repository, workspaces those of the copy. */
function linkPackages(copy: string): void {
  const links = join('node_modules', '@polity');
  const names = readdirSync(join(root, links));
  const folders = names.map((name) => relative(root, realpathSync(join(root, links, name))));
  for (const folder of ['.', ...folders]) {
    const packages = join(root, folder, 'node_modules');
    if (!existsSync(packages)) continue;
    mkdirSync(join(copy, folder, 'node_modules'));
    for (const name of readdirSync(packages).filter((each) => each !== '@polity'))
      symlinkSync(join(packages, name), join(copy, folder, 'node_modules', name));
  }
  mkdirSync(join(copy, links));
  for (const [index, name] of names.entries())
    symlinkSync(join('../..', folders[index] as string), join(copy, links, name));
}

/** The repository as it lies here, with packages linked and workspaces of its own. */
function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'polity-scaffold-'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const file of linesOf(files).filter((path) => existsSync(join(root, path)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  linkPackages(copy);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.test', ...args], { cwd: copy });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as it is');
  return copy;
}

describe('npm run subgraph:new', () => {
  let copy: string;
  const run = (...args: string[]) =>
    execFileSync('npm', ['run', '--silent', ...args], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', POLITY_TEST_POSTGRES: undefined },
    });
  beforeAll(() => {
    copy = copyOfRepository();
    run('subgraph:new', '--', 'archives', 'Charter');
  });
  afterAll(() => copy && rmSync(copy, { recursive: true, force: true }));

  it('makes one folder, one line of the registry, and what is generated', () => {
    const changed = linesOf(execFileSync('git', ['status', '--porcelain'], { cwd: copy, encoding: 'utf8' }));
    const others = changed.map((line) => line.slice(3)).filter((path) => !/^(docs|schema|test\/shield)\//.test(path));
    expect(others.sort()).toEqual([...GENERATED, 'subgraphs/archives/'].sort());
    const added = execFileSync('git', ['diff', '--numstat', 'subgraphs/registry.ts'], { cwd: copy, encoding: 'utf8' });
    expect(added.split('\t').slice(0, 2)).toEqual(['1', '0']);
  });

  it('leaves no word of the template, and no more than 25 files and 650 lines with tests', () => {
    const folder = join(copy, 'subgraphs/archives');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('generated'))
      .map((entry) => join(entry.parentPath, entry.name));
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    expect([...files, ...texts].filter((text) => /sample|specimen/i.test(text))).toEqual([]);
    expect(files.length).toBeLessThanOrEqual(25);
    expect(texts.join('').split('\n').length).toBeLessThanOrEqual(650);
  });

  it.each(full ? ['check', 'test'] : ['schema:lint', 'gateway:check'])('passes npm run %s as it is', (script) => {
    run(script, ...(script === 'test' ? ['--', 'subgraphs/archives', 'test/docs', 'test/shield', 'test/deploy'] : []));
  });

  it('passes the compiler as it is', () => {
    const config = { extends: './tsconfig.json', include: ['subgraphs/archives/**/*.ts'] };
    writeFileSync(join(copy, 'tsconfig.archives.json'), JSON.stringify(config));
    const compile = ['--no-install', 'tsc', '--noEmit', '-p', 'tsconfig.archives.json'];
    expect(spawnSync('npx', compile, { cwd: copy, encoding: 'utf8' }).stdout).toBe('');
  });

  it('refuses a name and a type that are taken', () => {
    expect(() => run('subgraph:new', '--', 'portal')).toThrow(/There is a portal already/);
    expect(() => run('subgraph:new', '--', 'boards', 'Post')).toThrow(/has a type Post already/);
    expect(() => run('subgraph:new', '--', 'two-words')).toThrow(/one word/);
  });
});

describe('names of a new subgraph', () => {
  it('follow from its own, or from the noun that is given', () => {
    expect(namesOf('notices')).toEqual({ name: 'notices', Noun: 'Notice', nouns: 'notices' });
    expect(namesOf('stories')).toEqual({ name: 'stories', Noun: 'Story', nouns: 'stories' });
    expect(namesOf('archive', 'Memory')).toEqual({ name: 'archive', Noun: 'Memory', nouns: 'memories' });
    expect([namesOf('Notices'), namesOf('notices', 'notice'), namesOf('two-words')]).toEqual([null, null, null]);
  });

  it('stand in the text and in the registry', () => {
    expect(inWords('samples in Specimens: aSample', { name: 'archive', Noun: 'Memory', nouns: 'memories' })).toBe(
      'memories in Archive: aMemory',
    );
    expect(withLine('[\n  one,\n];\n', 'archive', 4104)).toMatch(
      /^\[\n {2}one,\n {2}\{ name: 'archive', port: 4104, .*\},\n\];\n$/,
    );
  });
});
