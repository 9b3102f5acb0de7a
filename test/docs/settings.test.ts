import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { platformEnv, readEnv } from '@polity/kernel/config/env';
import { parse } from 'yaml';
import { registry } from '../../subgraphs/registry.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

type Settings = Parameters<typeof readEnv>[0];

/** The settings of one `config.ts`, none where a part has no such file; every part that reads the environment exports them under that name. */
async function settingsOf(folder: string): Promise<Settings[]> {
  const file = join(root, folder, 'src/config.ts');
  if (!existsSync(file)) return [];
  const { settings } = (await import(file)) as { settings?: Settings };
  if (!settings) throw new Error(`${folder}/src/config.ts exports no settings`);
  return [settings];
}

const folders = ['gateway', ...registry.map(({ name }) => `subgraphs/${name}`)];
const parts: Settings[] = [platformEnv, ...(await Promise.all(folders.map(settingsOf))).flat()];
/** Read by docker compose alone. */
const COMPOSE = ['POSTGRES_PASSWORD'];
const names = [...parts.flatMap(({ shape }) => Object.keys(shape)), ...COMPOSE];
const sorted = (words: Iterable<string>) => [...new Set(words)].sort();

const example = parseEnv(textOf('.env.example').replaceAll(/^#(?=[A-Z])/gm, '')) as Record<string, string>;

describe('.env.example', () => {
  it('lists every setting, and none that nothing reads', () => {
    expect(sorted(Object.keys(example))).toEqual(sorted(names));
  });

  it('changes nothing where it is uncommented whole', () => {
    for (const part of parts) expect(readEnv(part, example, 'example')).toEqual(readEnv(part, {}, 'example'));
  });
});

describe('docs/configuration.md', () => {
  const rows = [...textOf('docs/configuration.md').matchAll(/^\| `([A-Z][A-Z0-9_]*)` *\| *([^|]*)\|/gm)];

  it('lists every setting once, and none that nothing reads', () => {
    expect(rows.map(([, name]) => name).sort()).toEqual(sorted(names));
  });

  it('says the default of those that have one', () => {
    const said = Object.fromEntries(rows.map(([, name, value]) => [name, /^`([^`]*)`/.exec(value ?? '')?.[1] ?? '']));
    const defaults = Object.entries(example).filter(([, value]) => value !== '');
    expect(defaults.length).toBeGreaterThan(10);
    expect(said).toMatchObject(Object.fromEntries(defaults));
  });
});

// What the containers do not take from outside: they make no files or demo data, and the secret comes as a variable.
const NOT_IN_CONTAINERS = ['PORT', 'OPS_PORT', 'DATA_DIR', 'SEED', 'PGPASSWORD', 'POLITY_SECRET_FILE', 'SUBGRAPH_PORT'];

test('docker compose passes every setting on to the containers', () => {
  const compose = parse(textOf('docker-compose.yml')) as { 'x-environment': Record<string, string> };
  const taken = Object.keys(compose['x-environment']);
  expect(sorted([...taken, ...NOT_IN_CONTAINERS, ...COMPOSE])).toEqual(sorted(names));
});
