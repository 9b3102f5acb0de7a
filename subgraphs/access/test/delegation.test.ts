import { type AccessFixture, aPerson, asService, give, must, startFixture } from './factories.ts';

const BIND = 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id validUntil } }';
const UNBIND = 'mutation($id: ID!) { unbindRole(id: $id) { id } }';
const OVERRIDE = 'mutation($i: PolicyOverrideInput!) { setPolicyOverride(input: $i) { id } }';
const REMOVE = 'mutation($id: ID!) { removePolicyOverride(id: $id) { id } }';
const UPDATE = 'mutation($id: ID!, $i: UpdateRoleInput!) { updateRole(id: $id, input: $i) { permissions { code } } }';
const MANAGING = ['access.role.manage', 'access.binding.manage', 'access.override.manage'];
const MINUTE = 60_000;

describe('nobody hands on more than they hold', () => {
  let fixture: AccessFixture;
  let roleId: string;
  let keeper: ReturnType<typeof aPerson>;
  let friend: ReturnType<typeof aPerson>;

  beforeEach(async () => {
    fixture = await startFixture();
    const { world, owner, tenantId } = fixture;
    [keeper, friend] = [aPerson(world), aPerson(world)];
    for (const { id } of [keeper, friend]) await give(world, id, 'tenant.member', 'TENANT', tenantId);
    const input = {
      key: 'club.keeper',
      name: 'Keeper',
      scopeType: 'TENANT',
      permissions: [...MANAGING, 'shop.order.place'],
    };
    const create = 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }';
    const { createRole } = await must<{ createRole: { id: string } }>(world, owner, create, { i: input });
    roleId = createRole.id;
  });
  afterEach(() => fixture.world.close());

  const until = (ms: number) => new Date(fixture.world.clock.nowMs() + ms).toISOString();
  const atTenant = () => ({ type: 'TENANT', id: fixture.tenantId });
  const atCommunity = () => ({ type: 'COMMUNITY', id: fixture.communityId });
  const buyer = (more: object = {}) => ({
    i: { userId: friend.id, roleKey: 'shop.buyer', scope: atCommunity(), ...more },
  });
  const allow = (more: object = {}) => ({
    i: {
      userId: friend.id,
      permission: 'shop.order.place',
      scope: atCommunity(),
      effect: 'ALLOW',
      reason: 'x',
      ...more,
    },
  });
  const makeKeeper = (validUntil?: string) =>
    must(fixture.world, fixture.owner, BIND, {
      i: { userId: keeper.id, roleKey: 'club.keeper', scope: atTenant(), validUntil },
    });

  /** The codes that the refusal names; null where there was none. */
  async function missing(viewer: Parameters<typeof must>[1], query: string, variables: Record<string, unknown>) {
    const { errors } = await fixture.world.ask('access', viewer, query, variables);
    if (!errors) return null;
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
    return (errors[0]?.extensions?.details as { missing?: string[] } | undefined)?.missing;
  }

  it('neither gives nor takes a role beyond it', async () => {
    await makeKeeper();
    expect(await missing(keeper, BIND, buyer())).toBeNull();
    const owners = ['shop.order.cancel', 'shop.price.set'];
    expect(await missing(keeper, BIND, buyer({ roleKey: 'shop.owner' }))).toEqual(owners);
    const { bindRole } = await must<{ bindRole: { id: string } }>(
      fixture.world,
      fixture.owner,
      BIND,
      buyer({ roleKey: 'shop.owner' }),
    );
    expect(await missing(keeper, UNBIND, { id: bindRole.id })).toEqual(owners);
  });

  it('renames no role that grants beyond it', async () => {
    await makeKeeper();
    const i = { key: 'club.pricer', name: 'Pricer', scopeType: 'TENANT', permissions: ['shop.price.set'] };
    const create = 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }';
    const { createRole } = await must<{ createRole: { id: string } }>(fixture.world, fixture.owner, create, { i });
    for (const change of [{ name: 'Helper' }, { description: 'Harmless.' }])
      expect(await missing(keeper, UPDATE, { id: createRole.id, i: change })).toEqual(['shop.price.set']);
  });

  it('neither sets nor lifts an override beyond it, one of their own least of all', async () => {
    await makeKeeper();
    expect(await missing(keeper, OVERRIDE, allow({ permission: 'shop.price.set' }))).toEqual(['shop.price.set']);
    const denied = allow({ userId: keeper.id, effect: 'DENY' });
    const { setPolicyOverride } = await must<{ setPolicyOverride: { id: string } }>(
      fixture.world,
      fixture.owner,
      OVERRIDE,
      denied,
    );
    expect(await missing(keeper, REMOVE, { id: setPolicyOverride.id })).toEqual(['shop.order.place']);
    expect(await missing(keeper, OVERRIDE, { i: { ...denied.i, effect: 'ALLOW' } })).toEqual(['shop.order.place']);
  });

  it('gives for no longer than they hold it themselves', async () => {
    await makeKeeper(until(MINUTE));
    expect(await missing(keeper, BIND, buyer())).toEqual(['shop.order.place']);
    expect(await missing(keeper, BIND, buyer({ validUntil: until(MINUTE + 1) }))).toEqual(['shop.order.place']);
    expect(await missing(keeper, BIND, buyer({ validUntil: until(MINUTE) }))).toBeNull();
    expect(await missing(keeper, OVERRIDE, allow())).toEqual(['shop.order.place']);
    expect(await missing(keeper, OVERRIDE, allow({ validUntil: until(MINUTE) }))).toBeNull();
    expect(await missing(keeper, OVERRIDE, allow({ effect: 'DENY' }))).toBeNull();
  });

  it('does not make for good what they were given for a time', async () => {
    await makeKeeper(until(MINUTE));
    const mine = { i: { userId: keeper.id, roleKey: 'club.keeper', scope: atTenant() } };
    expect(await missing(keeper, BIND, mine)).toEqual([...MANAGING, 'shop.order.place'].sort());
    expect(await missing(keeper, UPDATE, { id: roleId, i: { permissions: MANAGING } })).toBeNull();
    expect(
      await missing(keeper, UPDATE, { id: roleId, i: { permissions: [...MANAGING, 'shop.order.place'] } }),
    ).toEqual(['shop.order.place']);
  });

  it('counts what will be denied them later', async () => {
    await makeKeeper();
    const denied = allow({ userId: keeper.id, effect: 'DENY', validFrom: until(MINUTE) });
    await must(fixture.world, fixture.owner, OVERRIDE, denied);
    expect(await missing(keeper, BIND, buyer())).toEqual(['shop.order.place']);
    expect(await missing(keeper, BIND, buyer({ validUntil: until(MINUTE) }))).toBeNull();
  });

  it('whoever administers for a time mends the access of others for good, and not their own', async () => {
    const { world, tenantId, bob } = fixture;
    const [root, helper] = [aPerson(world), aPerson(world)];
    const first = 'mutation($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "x") }';
    await must(world, asService, first, { u: root.id });
    await give(world, helper.id, 'tenant.member', 'TENANT', tenantId);
    const flag =
      'mutation($u: ID!, $t: DateTime) { setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "x", validUntil: $t) { id } }';
    await must(world, root, flag, { u: helper.id, t: until(MINUTE) });
    const owner = (userId: string, more: object = {}) => ({
      i: { userId, roleKey: 'tenant.owner', scope: atTenant(), ...more },
    });
    expect(await missing(helper, BIND, owner(bob.id))).toBeNull();
    expect(await missing(helper, BIND, owner(helper.id))).toContain('access.binding.manage');
    expect(await missing(helper, BIND, owner(helper.id, { validUntil: until(MINUTE) }))).toBeNull();
  });
});
