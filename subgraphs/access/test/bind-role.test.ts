import { uuidv7 } from '@polity/kernel/ids';
import { actingMethod } from '@polity/kernel/request/acting';
import { type AccessFixture, anonymous, aPerson, can, give, must, refusal, startFixture } from './factories.ts';

const BIND =
  'mutation($i: BindRoleInput!) { bindRole(input: $i) { id role { key } user { id } grantedBy { id } validUntil reason } }';
const UNBIND =
  'mutation($id: ID!) { unbindRole(id: $id) { id reason user { id } role { key } scope { ... on Community { id } } grantedBy { id } } }';

interface Bound {
  bindRole: {
    id: string;
    role: { key: string };
    user: { id: string };
    grantedBy: { id: string };
    validUntil: string | null;
    reason: string | null;
  };
}

describe('roles are given and taken', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  const community = () => ({ type: 'COMMUNITY', id: fixture.communityId });
  const toBob = (more: object = {}) => ({
    i: { userId: fixture.bob.id, roleKey: 'shop.buyer', scope: community(), ...more },
  });

  it('a role takes effect with the answer, below its scope as well, and ends with the answer that takes it', async () => {
    const { world, owner, bob } = fixture;
    expect(await can(world, bob, 'shop.order.place', 'TEAM', fixture.teamId)).toMatchObject({
      allowed: false,
      reason: 'NO_GRANT',
    });
    const { bindRole } = await must<Bound>(world, owner, BIND, toBob({ reason: 'buys for us' }));
    expect(bindRole).toMatchObject({
      role: { key: 'shop.buyer' },
      user: { id: bob.id },
      grantedBy: { id: owner.id },
      reason: 'buys for us',
    });
    expect(await can(world, bob, 'shop.order.place', 'TEAM', fixture.teamId)).toMatchObject({
      allowed: true,
      reason: 'ROLE',
    });
    expect(await must(world, owner, UNBIND, { id: bindRole.id })).toEqual({
      unbindRole: {
        id: bindRole.id,
        reason: 'buys for us',
        user: { id: bob.id },
        role: { key: 'shop.buyer' },
        scope: { id: fixture.communityId },
        grantedBy: { id: owner.id },
      },
    });
    expect(await can(world, bob, 'shop.order.place', 'TEAM', fixture.teamId)).toMatchObject({
      allowed: false,
      reason: 'NO_GRANT',
    });
    expect(await refusal(world, owner, UNBIND, { id: bindRole.id })).toBe('NOT_FOUND');
  });

  it('twenty binds of one role at once make one binding', async () => {
    const { world, owner } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'tenant.member', 'TENANT', fixture.tenantId);
    const ids = await Promise.all(
      Array.from(
        { length: 20 },
        async () => (await must<Bound>(world, owner, BIND, toBob({ userId: person.id }))).bindRole.id,
      ),
    );
    expect(new Set(ids).size).toBe(1);
    const query = 'query($u: ID!) { roleBindings(userId: $u) { edges { node { role { key } } } } }';
    const { roleBindings } = await must<{ roleBindings: { edges: { node: { role: { key: string } } }[] } }>(
      world,
      owner,
      query,
      { u: person.id },
    );
    expect(roleBindings.edges.map(({ node }) => node.role.key)).toEqual(['tenant.member', 'shop.buyer']);
  });

  it('a role for a time counts from its start to its end', async () => {
    const { world, owner, bob } = fixture;
    const at = (minutes: number) => new Date(world.clock.nowMs() + minutes * 60_000).toISOString();
    const { bindRole } = await must<Bound>(world, owner, BIND, toBob({ validFrom: at(10), validUntil: at(20) }));
    const allowed = async () => (await can(world, bob, 'shop.order.place', 'COMMUNITY', fixture.communityId)).allowed;
    expect(await allowed()).toBe(false);
    world.clock.advance(10 * 60_000);
    expect(await allowed()).toBe(true);
    world.clock.advance(10 * 60_000);
    expect(await allowed()).toBe(false);
    const again = await must<Bound>(world, owner, BIND, toBob());
    expect(again.bindRole).toMatchObject({ id: bindRole.id, validUntil: null });
    expect(await allowed()).toBe(true);
    await must(world, owner, UNBIND, { id: bindRole.id });
  });

  it('an interval that is empty or over, a long reason, an unknown role, user or scope are refused', async () => {
    const { world, owner } = fixture;
    const past = new Date(world.clock.nowMs() - 1).toISOString();
    const later = new Date(world.clock.nowMs() + 60_000).toISOString();
    expect(await refusal(world, owner, BIND, toBob({ validUntil: past }))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, BIND, toBob({ validFrom: later, validUntil: later }))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, BIND, toBob({ reason: 'x'.repeat(501) }))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, BIND, toBob({ roleKey: 'shop.nobody' }))).toBe('NOT_FOUND');
    expect(await refusal(world, owner, BIND, toBob({ userId: uuidv7() }))).toBe('NOT_FOUND');
    expect(await refusal(world, owner, BIND, toBob({ userId: 'nonsense' }))).toBe('NOT_FOUND');
  });

  it('who may not manage a scope gets the answer of a scope that does not exist', async () => {
    const { world, owner, bob } = fixture;
    const elsewhere = { scope: { type: 'COMMUNITY', id: uuidv7() } };
    expect(await refusal(world, bob, BIND, toBob())).toBe('FORBIDDEN');
    expect(await refusal(world, bob, BIND, toBob(elsewhere))).toBe('FORBIDDEN');
    expect(await refusal(world, owner, BIND, toBob(elsewhere))).toBe('FORBIDDEN');
    expect(await refusal(world, anonymous, BIND, toBob())).toBe('UNAUTHENTICATED');
  });

  it('whoever acts as an owner cannot make that right their own', async () => {
    const { world, owner, bob } = fixture;
    const acting = { ...owner, amr: ['pwd', actingMethod(bob.id)] };
    expect(
      await refusal(
        world,
        acting,
        BIND,
        toBob({ roleKey: 'tenant.owner', scope: { type: 'TENANT', id: fixture.tenantId } }),
      ),
    ).toBe('FORBIDDEN');
    expect(await refusal(world, acting, BIND, toBob())).toBe('FORBIDDEN');
    const create = 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }';
    const role = { key: 'club.mine', name: 'Mine', scopeType: 'TENANT', permissions: [] };
    expect(await refusal(world, acting, create, { i: role })).toBe('FORBIDDEN');
  });

  it('the last owner of a scope stays, also when two owners remove each other at once', async () => {
    const { world, owner } = fixture;
    const second = aPerson(world);
    await give(world, second.id, 'tenant.owner', 'TENANT', fixture.tenantId);
    const query = '{ roleBindings(first: 100) { edges { node { id user { id } role { key } } } } }';
    const { roleBindings } = await must<{
      roleBindings: { edges: { node: { id: string; user: { id: string }; role: { key: string } } }[] };
    }>(world, owner, query);
    const owners = roleBindings.edges.map(({ node }) => node).filter(({ role }) => role.key === 'tenant.owner');
    expect(owners).toHaveLength(2);
    const of = (id: string) => owners.find(({ user }) => user.id === id)?.id;
    const answers = await Promise.all([
      refusal(world, owner, UNBIND, { id: of(second.id) }),
      refusal(world, second, UNBIND, { id: of(owner.id) }),
    ]);
    expect(answers.filter((code) => code === null)).toHaveLength(1);
    // Whoever comes second either finds nobody else left, or is no owner any more.
    expect(['LAST_OWNER', 'NOT_FOUND']).toContain(answers.find((code) => code !== null));
    if (answers[0] !== null) await give(world, owner.id, 'tenant.owner', 'TENANT', fixture.tenantId);
  });

  it('the last owner cannot become one for a time, and an owner for a time replaces none', async () => {
    const second = await startFixture();
    const { world, owner, bob, tenantId } = second;
    const scope = { type: 'TENANT', id: tenantId };
    const until = (ms: number) => new Date(world.clock.nowMs() + ms).toISOString();
    const asOwner = (userId: string, more: object = {}) => ({ i: { userId, roleKey: 'tenant.owner', scope, ...more } });
    expect(await refusal(world, owner, BIND, asOwner(owner.id, { validUntil: until(60_000) }))).toBe('LAST_OWNER');
    expect(await refusal(world, owner, BIND, asOwner(owner.id, { validFrom: until(60_000) }))).toBe('LAST_OWNER');
    await must(world, owner, BIND, asOwner(bob.id, { validUntil: until(60_000) }));
    expect(await refusal(world, owner, BIND, asOwner(owner.id, { validUntil: until(60_000) }))).toBe('LAST_OWNER');
    await must(world, owner, BIND, asOwner(bob.id));
    await must(world, owner, BIND, asOwner(owner.id, { validUntil: until(60_000) }));
    await second.world.close();
  });
});
