import type { OpenContext } from '@polity/kernel/graph/subgraph';
import { anonymous, type Viewer } from '@polity/kernel/request/context';
import type { Context } from '../src/context.ts';
import { seedBuilders } from '../src/seed.ts';
import { type Portal, startPortal } from './harness.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.world.close());

interface Titles {
  edges: { node: { title: string } }[];
}

const titles = async (viewer: Viewer) => {
  const { edges } = await portal.get<Titles>(viewer, '{ posts { edges { node { title } } } }');
  return edges.map(({ node }) => node.title);
};

describe('the demo data', () => {
  it('shows each visibility to those for whom it is, and comes once', async () => {
    const admin = await portal.person('tenant.owner');
    const [alice, bob] = [await portal.person(), await portal.person()];
    const people = {
      tenantId: portal.tenantId,
      admin: admin.id as string,
      alice: alice.id as string,
      bob: bob.id as string,
    };
    const open = portal.world.subgraph('portal').open as OpenContext<Context>;
    await seedBuilders(open, people);
    await seedBuilders(open, people);
    expect(await titles(anonymous)).toEqual(['What Builders do', 'Welcome to the demo']);
    expect(await titles(admin)).toHaveLength(8);
    const seenByAlice = await titles(alice);
    const seenByBob = await titles(bob);
    expect(seenByAlice).toContain('Keys to the workshop');
    expect(seenByBob).not.toContain('Keys to the workshop');
    expect(seenByBob).toContain('Draft: a boat in ten evenings');
    expect(seenByAlice).not.toContain('Draft: a boat in ten evenings');
    const query = '{ community(slug: "builders") { name memberCount teams { edges { node { slug memberCount } } } } }';
    expect(await portal.get(anonymous, query)).toEqual({
      name: 'Builders',
      memberCount: 3,
      teams: { edges: [{ node: { slug: 'core', memberCount: 2 } }] },
    });
  });
});
