import { takeDownRowSecurity } from '@polity/kernel/testing/walls';
import { type AccessFixture, asService, aTenant, can, give, must, refusal, startFixture } from './factories.ts';

const walls = [
  { name: 'both walls', queries: true },
  { name: 'row level security alone', queries: false },
  { name: 'queries alone', queries: true, policies: false },
];

/** A fixture with one of the walls down. */
async function startBehind({
  queries,
  policies = true,
}: {
  queries: boolean;
  policies?: boolean;
}): Promise<AccessFixture> {
  const fixture = await startFixture({ walls: { queries } });
  if (!policies) await takeDownRowSecurity(fixture.world, 'access');
  return fixture;
}

describe.each(walls)('tenants do not meet, behind $name', (wall) => {
  let fixture: AccessFixture;
  let other: Awaited<ReturnType<typeof aTenant>>;
  beforeAll(async () => {
    fixture = await startBehind(wall);
    other = await aTenant(fixture.world);
  });
  afterAll(() => fixture.world.close());

  it('a role in one tenant grants nothing in another, not even for its own scopes named from outside', async () => {
    const { world, owner } = fixture;
    expect((await can(world, owner, 'shop.price.set', 'TENANT', fixture.tenantId)).allowed).toBe(true);
    expect(await can(world, owner, 'shop.price.set', 'TENANT', other.tenantId)).toMatchObject({ reason: 'NO_GRANT' });
    expect(await can(world, owner, 'shop.price.set', 'COMMUNITY', other.communityId)).toMatchObject({
      reason: 'NO_GRANT',
    });
    expect(await can(world, other.owner, 'shop.price.set', 'TENANT', fixture.tenantId)).toMatchObject({
      reason: 'NO_GRANT',
    });
  });

  it('bindings of another tenant are neither listed, found, nor taken', async () => {
    const { world, owner } = fixture;
    const query = 'query($u: ID) { roleBindings(userId: $u, first: 100) { edges { node { id user { id } } } } }';
    interface Found {
      roleBindings: { edges: { node: { id: string; user: { id: string } } }[] };
    }
    const theirs = await must<Found>(world, other.owner, query, {}, other.tenantId);
    const ours = await must<Found>(world, owner, query);
    const ids = ({ roleBindings }: Found) => roleBindings.edges.map(({ node }) => node.id);
    expect(ids(theirs).filter((id) => ids(ours).includes(id))).toEqual([]);
    expect(ids(await must<Found>(world, owner, query, { u: other.owner.id }))).toEqual([]);
    const [id] = ids(theirs);
    expect(await refusal(world, owner, 'mutation($id: ID!) { unbindRole(id: $id) { id } }', { id })).toBe('NOT_FOUND');
    const reference = { r: [{ __typename: 'RoleBinding', id }] };
    const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on RoleBinding { id } } }';
    expect(await must(world, owner, entities, reference)).toEqual({ _entities: [null] });
  });

  it('people and scopes of another tenant cannot be given roles here', async () => {
    const { world, owner } = fixture;
    const bind = 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }';
    const community = { type: 'COMMUNITY', id: fixture.communityId };
    expect(
      await refusal(world, owner, bind, { i: { userId: other.bob.id, roleKey: 'shop.buyer', scope: community } }),
    ).toBe('NOT_FOUND');
    const theirs = { type: 'COMMUNITY', id: other.communityId };
    expect(
      await refusal(world, owner, bind, { i: { userId: fixture.bob.id, roleKey: 'shop.buyer', scope: theirs } }),
    ).toBe('FORBIDDEN');
  });

  it('services of one tenant cannot take the scopes of another', async () => {
    const { world } = fixture;
    const register = 'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }';
    const theirs = { type: 'COMMUNITY', id: other.communityId, parentId: fixture.tenantId };
    expect(await refusal(world, asService, register, { i: theirs })).toBe('CONFLICT');
    await must(world, asService, 'mutation($s: ScopeInput!) { _removeScope(scope: $s) }', {
      s: { type: 'COMMUNITY', id: other.communityId },
    });
    await give(world, other.bob.id, 'shop.buyer', 'COMMUNITY', other.communityId, other.tenantId);
    expect(
      await refusal(world, asService, 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }', {
        i: { userId: fixture.bob.id, roleKey: 'shop.buyer', scope: { type: 'TEAM', id: other.teamId } },
      }),
    ).toBe('NOT_FOUND');
  });
});

describe('row level security of access', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  const count = async (em: { execute(sql: string): Promise<unknown> }, table: string) =>
    ((await em.execute(`select 1 from ${table}`)) as unknown[]).length;

  it.each(['scope', 'role_binding', 'policy_override', 'subject_version', 'decision_log', 'policy_test'])(
    'a session without a tenant sees no row of %s',
    async (table) => {
      expect(await count(fixture.world.subgraph('access').runtime.em(null), table)).toBe(0);
    },
  );

  it('a tenant reads templates and cannot write them', async () => {
    const { runtime } = fixture.world.subgraph('access');
    const em = () => runtime.em(fixture.tenantId);
    const rows = await em().execute<unknown[]>(
      "update role set permissions = '{}' where tenant_id is null returning id",
    );
    expect(rows).toEqual([]);
    expect(await em().execute<unknown[]>('delete from role where tenant_id is null returning id')).toEqual([]);
    expect(await count(em(), 'role')).toBeGreaterThan(0);
  });

  it('a tenant cannot write flags of the platform', async () => {
    const em = fixture.world.subgraph('access').runtime.em(fixture.tenantId);
    const insert = `insert into subject_flag (id, created_at, subject_id, flag) values (gen_random_uuid(), now(), gen_random_uuid(), 'SYSTEM_ADMIN')`;
    await expect(em.execute(insert, [], 'run')).rejects.toThrow(/row-level security/);
  });
});
