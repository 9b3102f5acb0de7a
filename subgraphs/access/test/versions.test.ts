import { type AccessFixture, anonymous, aPerson, aTenant, give, must, refusal, startFixture } from './factories.ts';

const CAN = `query($s: ScopeInput!, $v: String) { can(permission: "shop.order.place", scope: $s, atLeast: $v) {
  allowed reason permission { code scopeTypes } } }`;
const BIND = 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id user { accessVersion } } }';
const ENTITY = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { accessVersion } } }';

describe('versions of what access knows', () => {
  let fixture: AccessFixture;
  let buyer: ReturnType<typeof aPerson>;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  beforeEach(async () => {
    buyer = aPerson(fixture.world);
    await give(fixture.world, buyer.id, 'tenant.member', 'TENANT', fixture.tenantId);
  });
  afterAll(() => fixture.world.close());

  const scope = () => ({ type: 'COMMUNITY', id: fixture.communityId });
  const asBuyer = async (stamp: string, atLeast: string | null) => {
    const { data } = await fixture.world.ask('access', buyer, CAN, { s: scope(), v: atLeast }, { stamp });
    return (data as { can: { allowed: boolean } }).can.allowed;
  };
  const versionFor = async (viewer: Parameters<typeof must>[1]) => {
    const r = [{ __typename: 'User', id: buyer.id }];
    const { _entities } = await must<{ _entities: [{ accessVersion: string | null }] }>(fixture.world, viewer, ENTITY, {
      r,
    });
    return _entities[0].accessVersion;
  };

  it('a check rests on nothing older than it asks for, however old the operation is', async () => {
    const { world, owner, tenantId } = fixture;
    const { bindRole } = await must<{ bindRole: { id: string; user: { accessVersion: string } } }>(world, owner, BIND, {
      i: { userId: buyer.id, roleKey: 'shop.buyer', scope: scope() },
    });
    const begun = await world.access.stamp(tenantId, buyer.id);
    expect(bindRole.user.accessVersion).toMatch(new RegExp(`^${begun}-`));
    expect(await asBuyer(begun, null)).toBe(true);
    await must(world, owner, 'mutation($id: ID!) { unbindRole(id: $id) { id } }', { id: bindRole.id });
    const revoked = await versionFor(owner);
    expect(revoked).not.toBe(begun);
    expect(await asBuyer(begun, null)).toBe(true);
    expect(await asBuyer(begun, revoked)).toBe(false);
  });

  it.each([
    ['an empty text', async () => ''],
    ['a text that is none', async () => '1.2.3'],
    ['the numbers alone', async () => fixture.world.access.stamp(fixture.tenantId, buyer.id)],
    ['one of another user', async () => (await versionOfBob()) ?? ''],
    ['one of another tenant', async () => versionElsewhere()],
  ])('%s is refused', async (_title, given) => {
    expect(await refusal(fixture.world, buyer, CAN, { s: scope(), v: await given() })).toBe('VALIDATION_ERROR');
  });

  const versionOfBob = async () => {
    const r = [{ __typename: 'User', id: fixture.bob.id }];
    return (await must<{ _entities: [{ accessVersion: string }] }>(fixture.world, fixture.bob, ENTITY, { r }))
      ._entities[0].accessVersion;
  };
  async function versionElsewhere(): Promise<string> {
    const other = await aTenant(fixture.world);
    await give(fixture.world, buyer.id, 'tenant.member', 'TENANT', other.tenantId, other.tenantId);
    const variables = { s: { type: 'TENANT', id: other.tenantId } };
    const query = CAN.replace('allowed', 'allowed version');
    return (await must<{ can: { version: string } }>(fixture.world, buyer, query, variables, other.tenantId)).can
      .version;
  }

  it('that are not reached are refused after the database was read once, of oneself and of others', async () => {
    const { world, owner } = fixture;
    const version = (await versionFor(buyer)) as string;
    const ahead = version.replace(/^\d+/, (n) => String(Number(n) + 1));
    const before = world.access.counts.rowReads;
    expect(await refusal(world, buyer, CAN, { s: scope(), v: ahead })).toBe('VERSION_NOT_REACHED');
    expect(world.access.counts.rowReads - before).toBeLessThanOrEqual(2);
    const check = `query($u: ID!, $v: String, $c: [AccessCheckInput!]!) { checkAccess(userId: $u, checks: $c, atLeast: $v) { allowed } }`;
    const about = { u: buyer.id, v: ahead, c: [{ permission: 'shop.order.place', scope: scope() }] };
    expect(await refusal(world, owner, check, about)).toBe('VERSION_NOT_REACHED');
    await give(world, buyer.id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
    expect(await refusal(world, buyer, CAN, { s: scope(), v: ahead })).toBeNull();
  });

  it('that the store remembers and a restored database does not know answer nothing', async () => {
    const { world, tenantId } = fixture;
    const known = await world.access.stamp(tenantId, buyer.id);
    const subject = Number(known.split('.')[0]);
    await world.subgraph('access').runtime.stamps.max(`stamp:${tenantId}:${buyer.id}`, subject + 1);
    expect(await refusal(world, buyer, CAN, { s: scope(), v: null })).toBe('VERSION_NOT_REACHED');
    await give(world, buyer.id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
    expect(await refusal(world, buyer, CAN, { s: scope(), v: null })).toBeNull();
  });

  it('are for the user and for those who may read their roles', async () => {
    const version = expect.stringContaining(await fixture.world.access.stamp(fixture.tenantId, buyer.id));
    expect(await Promise.all([buyer, fixture.owner, fixture.bob, anonymous].map(versionFor))).toEqual([
      version,
      version,
      null,
      null,
    ]);
  });

  it('a permission names the kinds of scope it is for, and none where nobody declares it', async () => {
    const { world, owner } = fixture;
    const { permissions } = await must<{ permissions: { code: string; scopeTypes: string[] }[] }>(
      world,
      owner,
      '{ permissions { code scopeTypes } }',
    );
    const placing = { code: 'shop.order.place', scopeTypes: ['COMMUNITY', 'TEAM'] };
    expect(permissions).toContainEqual(placing);
    const { can } = await must<{ can: { permission: object } }>(world, owner, CAN, { s: scope() });
    expect(can.permission).toEqual(placing);
    const unknown = CAN.replace('shop.order.place', 'shop.order.eat');
    const { can: none } = await must<{ can: { permission: object } }>(world, owner, unknown, { s: scope() });
    expect(none.permission).toEqual({ code: 'shop.order.eat', scopeTypes: [] });
  });
});
