import { startWorld, type World } from '@polity/kernel/testing/harness';
import fastify, { type FastifyInstance } from 'fastify';
import { access } from '../../subgraphs/access/src/subgraph.ts';
import { identity } from '../../subgraphs/identity/src/subgraph.ts';
import { portal } from '../../subgraphs/portal/src/subgraph.ts';
import { proxyRoutes } from '../src/proxy.ts';

const NAMES = ['access', 'identity', 'portal'] as const;

let world: World;

beforeAll(async () => {
  world = await startWorld({ subgraphs: [access, identity, portal] });
});
afterAll(() => world?.close());

async function routesOf(register: (app: FastifyInstance) => Promise<void>): Promise<string[]> {
  const app = fastify();
  const urls: string[] = [];
  app.addHook('onRoute', ({ url }) => void urls.push(url));
  await app.register(async (scope) => register(scope));
  await app.ready();
  await app.close();
  return urls;
}

it.each(NAMES)('every public route of %s is passed on where it is a process of its own', async (name) => {
  const passed = await routesOf((app) => proxyRoutes(app, { [name]: 'http://127.0.0.1:9' }));
  const covers = (url: string) =>
    passed.some((route) => (route.endsWith('/*') ? url.startsWith(route.slice(0, -1)) : url === route));
  const served = await routesOf((app) => world.subgraph(name).routes(app));
  expect(served.filter((url) => !covers(url.replace(/:.*$/, 'x')))).toEqual([]);
});
