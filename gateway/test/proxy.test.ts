import type { World } from '@polity/kernel/testing/harness';
import fastify, { type FastifyInstance } from 'fastify';
import { proxyRoutes } from '../src/proxy.ts';
import { startFullWorld, subgraphNames } from './every-subgraph.ts';

let world: World;

beforeAll(async () => {
  world = await startFullWorld();
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

it.each(subgraphNames)('every public route of %s is passed on where it is a process of its own', async (name) => {
  const passed = await routesOf((app) => proxyRoutes(app, { [name]: 'http://127.0.0.1:9' }));
  const covers = (url: string) =>
    passed.some((route) => (route.endsWith('/*') ? url.startsWith(route.slice(0, -1)) : url === route));
  const served = await routesOf((app) => world.subgraph(name).routes(app));
  expect(served.filter((url) => !covers(url.replace(/:.*$/, 'x')))).toEqual([]);
});
