import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphCommands, supergraphRoute } from '@polity/gateway/graph/command';
import { type Supergraph, supergraph } from '@polity/gateway/supergraph';
import { newSecrets } from '@polity/kernel/config/secrets';
import { StartError } from '@polity/kernel/config/start-error';
import { listen } from '@polity/kernel/http/listen';
import { createLogger } from '@polity/kernel/log/logger';
import { opsServer } from '@polity/kernel/ops/server';
import { memoryNonces } from '@polity/kernel/request/nonces';
import { supergraphLines } from '../../tools/supergraph-command.ts';

const real = await readFile(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const { master } = newSecrets();
const log = createLogger({ service: 'gateway', level: 'fatal' });
const ops = opsServer({ checks: {}, metrics: async () => ({ contentType: 'text/plain', text: '' }) });

let folder: string;
let graph: Supergraph;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polity-command-'));
  const supergraphPath = join(folder, 'supergraph.graphql');
  await writeFile(supergraphPath, real);
  const transport = { execute: async () => ({ data: {} }), close: async () => {} };
  graph = supergraph({ supergraphPath, transport, log, maxCost: 100 });
  await graph.load({ apollo: {} });
  await supergraphRoute(
    ops.app,
    { name: 'gateway', masterSecret: master, nonces: memoryNonces(), log },
    graphCommands(graph),
  );
  url = `http://127.0.0.1:${await listen(ops.app, '127.0.0.1', 0)}`;
});
afterAll(async () => {
  await ops.app.close();
  await graph?.stop();
  await rm(folder, { recursive: true, force: true });
});

const tell = (act: string, secret = master) => supergraphLines([act, '--url', url], 0, async () => secret);
const replace = (sdl: string) => writeFile(join(folder, 'supergraph.graphql'), sdl);

it('reloads and rolls back a gateway by command', async () => {
  const first = graph.version();
  expect(await tell('status')).toEqual([`${url} serves ${first}; before that: nothing since it started`]);
  await replace(`${real}\n# another\n`);
  expect(await tell('reload')).toEqual([`${url} serves ${graph.version()}; before that: ${first}`]);
  expect(graph.version()).not.toBe(first);
  expect(await tell('rollback')).toEqual([`${url} serves ${first}; before that: nothing since it started`]);
});

it('says why a gateway goes on as before', async () => {
  await replace('type {');
  await expect(tell('reload')).rejects.toThrow(`${url} goes on with ${graph.version()}: The supergraph cannot be read`);
  await expect(tell('rollback')).rejects.toThrow('There is no graph before this one');
});

it('says whether a gateway would serve another graph, and changes nothing', async () => {
  const before = graph.version();
  const file = join(folder, 'wanted.graphql');
  const check = (secret = master) => supergraphLines(['check', '--file', file, '--url', url], 0, async () => secret);
  await writeFile(file, `${real}\n# wanted\n`);
  expect(await check()).toEqual([expect.stringMatching(`^${url} would serve [0-9a-f]{12}: it breaks nothing`)]);
  await writeFile(file, real.replace(/( {2}navigation\(.*?) @guard\([^)]*\)/s, '$1'));
  await expect(check()).rejects.toThrow(`${url} would not serve it: `);
  await writeFile(file, 'type {');
  await expect(check()).rejects.toThrow('The supergraph cannot be read');
  await expect(check(newSecrets().master)).rejects.toThrow('POLITY_SECRET is another one there');
  expect([graph.version(), graph.before()]).toEqual([before, []]);
  graph.prepareBy({
    judge: () => Promise.reject(new StartError('The new graph breaks 1 published operations')),
    warm: async () => {},
  });
  await writeFile(file, `${real}\n# wanted\n`);
  await expect(check()).rejects.toThrow('breaks 1 published operations');
  graph.prepareBy({ judge: async () => {}, warm: async () => {} });
});

it('is for those who hold the secret', async () => {
  await expect(tell('reload', newSecrets().master)).rejects.toThrow('POLITY_SECRET is another one there');
  expect((await fetch(`${url}/supergraph`, { method: 'POST', body: 'rollback' })).status).toBe(401);
  await expect(tell('stop')).rejects.toThrow('usage');
});
