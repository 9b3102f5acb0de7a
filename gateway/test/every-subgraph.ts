import { startWorld, type World, type WorldOptions } from '@polity/kernel/testing/harness';
import { registry } from '../../subgraphs/registry.ts';

/** Names of all subgraphs, in the order in which they start. */
export const subgraphNames = registry.map(({ name }) => name);

/** A world of all subgraphs, without demo data. */
export const startFullWorld = async (options: Partial<WorldOptions> = {}): Promise<World> =>
  startWorld({ ...options, subgraphs: await Promise.all(registry.map(({ load }) => load())) });

/** The same with the demo data. */
export async function startDemoWorld(options: Partial<WorldOptions> = {}): Promise<World> {
  const world = await startFullWorld(options);
  for (const name of subgraphNames) await world.subgraph(name).seed();
  await world.settle();
  return world;
}
