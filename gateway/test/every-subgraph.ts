import { startWorld, type World } from '@polity/kernel/testing/harness';
import { registry } from '../../subgraphs/registry.ts';

/** Names of all subgraphs, in the order in which they start. */
export const subgraphNames = registry.map(({ name }) => name);

/** A world of all subgraphs, without demo data. */
export const startFullWorld = async (): Promise<World> =>
  startWorld({ subgraphs: await Promise.all(registry.map(({ load }) => load())) });

/** The same with the demo data. */
export async function startDemoWorld(): Promise<World> {
  const world = await startFullWorld();
  for (const name of subgraphNames) await world.subgraph(name).seed();
  await world.settle();
  return world;
}
