import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '@polity/kernel/graph/transport';
import { createLogger } from '@polity/kernel/log/logger';
import { permissions, trivialRules } from '../src/permissions/table.ts';
import type { GuardTable } from '../src/shield/guards.ts';
import { type Supergraph, supergraph } from '../src/supergraph.ts';

const transport: Transport = { execute: async () => ({ data: {} }), close: async () => {} };
const real = await readFile(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const grown = real.replace(
  '  graphVersion: String @join',
  '  uncovered: String @join__field(graph: GATEWAY)\n  graphVersion: String @join',
);

let folder: string;
let path: string;
let graph: Supergraph | undefined;
let logs: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polity-graph-'));
  path = join(folder, 'supergraph.graphql');
  await writeFile(path, real);
  logs = [];
});
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function load(table: GuardTable = permissions): Promise<Supergraph> {
  const log = createLogger({
    service: 'gateway',
    level: 'info',
    stream: { write: (line: string) => void logs.push(line) },
  });
  const options = { supergraphPath: path, transport, permissions: table, trivial: trivialRules, log, maxCost: 100 };
  graph = supergraph({ ...options, watch: true });
  graph.onSchemaLoadOrUpdate(() => undefined);
  await graph.load({ apollo: {} });
  return graph;
}

async function replace(sdl: string): Promise<void> {
  await writeFile(`${path}.new`, sdl);
  await rename(`${path}.new`, path);
}

/** Waits for a line of the log; the test's own timeout ends the wait. */
async function logged(text: string): Promise<void> {
  while (!logs.some((line) => line.includes(text))) await new Promise((resolve) => setTimeout(resolve, 20));
}

it('does not start with a field that nobody guards', async () => {
  expect(grown).not.toBe(real);
  await writeFile(path, grown);
  await expect(load()).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining('Query.uncovered'),
  });
});

it('takes a new graph when its file is replaced', async () => {
  const { version } = await load();
  const before = version();
  await replace(`${real}\n# changed\n`);
  await logged('the supergraph was reloaded');
  expect(version()).not.toBe(before);
});

it.each([
  ['is broken', 'type {'],
  ['has a field that nobody guards', grown],
])('keeps the old graph when the new one %s', async (_why, sdl) => {
  const { version } = await load();
  const before = version();
  await replace(sdl);
  await logged('the old one stays');
  expect(version()).toBe(before);
  await replace(`${real}\n# mended\n`);
  await logged('the supergraph was reloaded');
  expect(version()).not.toBe(before);
});
