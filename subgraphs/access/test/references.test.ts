import { type AccessFixture, anonymous, aPerson, asService, give, must, settled, startFixture } from './factories.ts';

const ENTITIES = `query($r: [_Any!]!) { _entities(representations: $r) {
  ... on Role { key } ... on RoleBinding { role { key } user { id } } ... on Permission { description } ... on User { roleBindings { edges { cursor } } } } }`;

describe('entities of access are found from other subgraphs', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  async function bindingIds(): Promise<string[]> {
    const query = '{ roleBindings(first: 100) { edges { node { id } } } }';
    const { roleBindings } = await must<{ roleBindings: { edges: { node: { id: string } }[] } }>(
      fixture.world,
      fixture.owner,
      query,
    );
    return roleBindings.edges.map(({ node }) => node.id);
  }

  it('many references cost one statement per kind', async () => {
    const { world, owner } = fixture;
    const representations = (await bindingIds()).map((id) => ({ __typename: 'RoleBinding', id }));
    expect(representations.length).toBeGreaterThan(1);
    await settled(world);
    const { result, counts } = await world.count(() => world.ask('access', owner, ENTITIES, { r: representations }));
    expect(result.errors).toBeUndefined();
    const tables = counts.statements.access?.filter((sql) => /from "(role_binding|role|scope)"/.test(sql)) ?? [];
    expect(tables).toHaveLength(3);
    expect(counts.transactions.access).toBe(1);
  });

  it('bindings are found by their holder and by those who may read them, and missing for everyone else', async () => {
    const { world, owner, bob } = fixture;
    const representations = (await bindingIds()).map((id) => ({ __typename: 'RoleBinding', id }));
    const keys = async (viewer: typeof owner) => {
      const { data } = await world.ask('access', viewer, ENTITIES, { r: representations });
      return ((data?._entities ?? []) as ({ role: { key: string } } | null)[]).map(
        (entity) => entity?.role.key ?? null,
      );
    };
    expect((await keys(owner)).sort()).toEqual(['tenant.member', 'tenant.owner']);
    expect((await keys(bob)).filter((key) => key !== null)).toEqual(['tenant.member']);
    const unsigned = await world.ask('access', anonymous, ENTITIES, { r: representations });
    expect(unsigned.data?._entities).toEqual(representations.map(() => null));
  });

  it('permissions and users are found by their keys, roles of a user by those who may', async () => {
    const { world, owner, bob } = fixture;
    const r = [
      { __typename: 'Permission', code: 'shop.price.set' },
      { __typename: 'Permission', code: 'shop.price.unset' },
      { __typename: 'User', id: owner.id },
    ];
    expect(await must(world, bob, ENTITIES, { r })).toEqual({
      _entities: [{ description: 'Set prices.' }, null, { roleBindings: null }],
    });
    const { _entities } = await must<{ _entities: { roleBindings: { edges: unknown[] } }[] }>(world, owner, ENTITIES, {
      r: [r[2]],
    });
    expect(_entities[0]?.roleBindings.edges).toHaveLength(1);
  });

  it('roles and flags of many users cost one statement each, on every page of them', async () => {
    const { world, owner } = fixture;
    const people = Array.from({ length: 12 }, () => aPerson(world));
    for (const { id } of people) {
      await give(world, id, 'tenant.member', 'TENANT', fixture.tenantId);
      for (const role of ['shop.buyer', 'shop.owner']) await give(world, id, role, 'COMMUNITY', fixture.communityId);
    }
    await must(
      world,
      asService,
      'mutation($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "x") }',
      { u: owner.id },
    );
    const query = `query($r: [_Any!]!, $a: String) { _entities(representations: $r) { ... on User { masterFlags
      roleBindings(first: 2, after: $a) { edges { node { id role { key } } } pageInfo { hasNextPage endCursor } } } } }`;
    interface Page {
      masterFlags: string[];
      roleBindings: {
        edges: { node: { role: { key: string } } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const r = people.map(({ id }) => ({ __typename: 'User', id }));
    await must(world, owner, '{ can(permission: "shop.price.set", scope: { type: TENANT, id: "x" }) { allowed } }');
    await settled(world);
    const { result, counts } = await world.count(() => must<{ _entities: Page[] }>(world, owner, query, { r }));
    expect(counts.statements.access).toHaveLength(3);
    for (const { roleBindings, masterFlags } of result._entities) {
      expect(masterFlags).toEqual([]);
      expect(roleBindings.edges.map(({ node }) => node.role.key)).toEqual(['tenant.member', 'shop.buyer']);
      expect(roleBindings.pageInfo.hasNextPage).toBe(true);
    }
    const [first] = result._entities;
    const next = await must<{ _entities: Page[] }>(world, owner, query, {
      r: [r[0]],
      a: first?.roleBindings.pageInfo.endCursor,
    });
    expect(next._entities[0]?.roleBindings).toMatchObject({
      edges: [{ node: { role: { key: 'shop.owner' } } }],
      pageInfo: { hasNextPage: false },
    });
  });
});
