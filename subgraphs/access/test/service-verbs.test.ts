import { uuidv7 } from '@polity/kernel/ids';
import {
  type AccessFixture,
  aPerson,
  asService,
  can,
  give,
  must,
  refusal,
  registerScope,
  startFixture,
} from './factories.ts';

const UNBIND = `mutation($u: ID!, $s: ScopeInput!, $b: Boolean, $k: [String!], $f: Boolean) {
  _unbindRoles(userId: $u, scope: $s, below: $b, roleKeys: $k, force: $f) }`;
const REMOVE = 'mutation($s: ScopeInput!) { _removeScope(scope: $s) }';
const SCOPE = 'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }';

describe('other services mirror scopes and memberships', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  const place = async (viewer: Parameters<typeof can>[1], type: string, id: string) =>
    (await can(fixture.world, viewer, 'shop.order.place', type, id)).allowed;

  it('a role that replaces others is the only one left, in one step', async () => {
    const { world, communityId } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'shop.buyer', 'COMMUNITY', communityId);
    await give(world, person.id, 'shop.owner', 'COMMUNITY', communityId, world.tenantId, ['shop.buyer', 'shop.owner']);
    const query = 'query($u: ID!) { roleBindings(userId: $u) { edges { node { role { key } } } } }';
    const found = await must<{ roleBindings: { edges: { node: { role: { key: string } } }[] } }>(world, person, query, {
      u: person.id,
    });
    expect(found.roleBindings.edges.map(({ node }) => node.role.key)).toEqual(['shop.owner']);
    const replace = {
      userId: person.id,
      roleKey: 'shop.buyer',
      scope: { type: 'COMMUNITY', id: communityId },
      replaces: ['shop.owner'],
    };
    expect(
      await refusal(world, asService, 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }', { i: replace }),
    ).toBe('LAST_OWNER');
  });

  it('a scope that is made known from many sides at once is one, and nobody hears of the others', async () => {
    const { world, tenantId, communityId } = fixture;
    for (let round = 0; round < 10; round++) {
      const id = uuidv7();
      const known = Array.from({ length: 20 }, () => registerScope(world, 'TEAM', id, communityId));
      await expect(Promise.all(known)).resolves.toHaveLength(20);
    }
    const [taken] = [uuidv7()];
    await registerScope(world, 'COMMUNITY', taken, tenantId);
    expect(await refusal(world, asService, SCOPE, { i: { type: 'TEAM', id: taken, parentId: communityId } })).toBe(
      'CONFLICT',
    );
  });

  it('what comes after whoever asked for it has given up waiting is not done: the membership may have ended or begun anew by then', async () => {
    const { world, communityId } = fixture;
    const person = aPerson(world);
    const query = 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }';
    const i = { userId: person.id, roleKey: 'shop.buyer', scope: { type: 'COMMUNITY', id: communityId } };
    const give = (deadline: number) => world.ask('access', asService, query, { i }, { deadline });
    const late = await give(Date.now() - 1);
    expect(late.errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(await place(person, 'COMMUNITY', communityId)).toBe(false);
    expect((await give(Date.now() + 2_000)).errors).toBeUndefined();
    const leave = { u: person.id, s: { type: 'COMMUNITY', id: communityId } };
    const { errors } = await world.ask('access', asService, UNBIND, leave, { deadline: Date.now() - 1 });
    expect(errors?.[0]?.extensions?.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(await place(person, 'COMMUNITY', communityId)).toBe(true);
  });

  it('leaving a community takes the roles in its teams as well', async () => {
    const { world, communityId, teamId } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'shop.buyer', 'COMMUNITY', communityId);
    await give(world, person.id, 'shop.buyer', 'TEAM', teamId);
    await must(world, asService, UNBIND, { u: person.id, s: { type: 'COMMUNITY', id: communityId } });
    expect(await place(person, 'COMMUNITY', communityId)).toBe(false);
    expect(await place(person, 'TEAM', teamId)).toBe(true);
    await must(world, asService, UNBIND, { u: person.id, s: { type: 'COMMUNITY', id: communityId }, b: true });
    expect(await place(person, 'TEAM', teamId)).toBe(false);
    expect(
      await must(world, asService, UNBIND, { u: person.id, s: { type: 'COMMUNITY', id: communityId }, b: true }),
    ).toEqual({ _unbindRoles: true });
  });

  it('the last owner of a scope leaves only by force', async () => {
    const { world } = fixture;
    const id = uuidv7();
    await registerScope(world, 'COMMUNITY', id, world.tenantId);
    const owner = aPerson(world);
    await give(world, owner.id, 'shop.owner', 'COMMUNITY', id);
    const variables = { u: owner.id, s: { type: 'COMMUNITY', id } };
    expect(await refusal(world, asService, UNBIND, variables)).toBe('LAST_OWNER');
    expect(await place(owner, 'COMMUNITY', id)).toBe(true);
    await must(world, asService, UNBIND, { ...variables, f: true });
    expect(await place(owner, 'COMMUNITY', id)).toBe(false);
  });

  it('owners who are replaced at once meet, and one stays', async () => {
    const { world } = fixture;
    for (let round = 0; round < 5; round++) {
      const id = uuidv7();
      await registerScope(world, 'COMMUNITY', id, world.tenantId);
      const owners = [aPerson(world), aPerson(world), aPerson(world)];
      for (const owner of owners) await give(world, owner.id, 'shop.owner', 'COMMUNITY', id);
      const bind = 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }';
      const demote = (userId: string) => ({
        userId,
        roleKey: 'shop.buyer',
        scope: { type: 'COMMUNITY', id },
        replaces: ['shop.owner'],
      });
      const codes = await Promise.all(owners.map((owner) => refusal(world, asService, bind, { i: demote(owner.id) })));
      expect(codes.toSorted()).toEqual(['LAST_OWNER', null, null]);
    }
  });

  it('a removed scope takes everything below with it, and its ids are unknown from then on', async () => {
    const { world } = fixture;
    const [communityId, teamId] = [uuidv7(), uuidv7()];
    await registerScope(world, 'COMMUNITY', communityId, world.tenantId);
    await registerScope(world, 'TEAM', teamId, communityId);
    const person = aPerson(world);
    await give(world, person.id, 'shop.buyer', 'TEAM', teamId);
    expect(await place(person, 'TEAM', teamId)).toBe(true);
    await must(world, asService, REMOVE, { s: { type: 'COMMUNITY', id: communityId } });
    expect(await can(world, person, 'shop.order.place', 'TEAM', teamId)).toMatchObject({
      allowed: false,
      reason: 'NO_GRANT',
    });
    expect(await must(world, asService, REMOVE, { s: { type: 'COMMUNITY', id: communityId } })).toEqual({
      _removeScope: true,
    });
    expect(await refusal(world, asService, REMOVE, { s: { type: 'TENANT', id: world.tenantId } })).toBe(
      'VALIDATION_ERROR',
    );
  });

  it('a moved team follows its new community at once', async () => {
    const { world, communityId } = fixture;
    const [other, teamId] = [uuidv7(), uuidv7()];
    await registerScope(world, 'COMMUNITY', other, world.tenantId);
    await registerScope(world, 'TEAM', teamId, communityId);
    const person = aPerson(world);
    await give(world, person.id, 'shop.buyer', 'COMMUNITY', communityId);
    expect(await place(person, 'TEAM', teamId)).toBe(true);
    await registerScope(world, 'TEAM', teamId, other);
    expect(await place(person, 'TEAM', teamId)).toBe(false);
  });

  it('scopes of the wrong shape are refused', async () => {
    const { world, communityId, teamId, tenantId } = fixture;
    const register = (i: object) => refusal(world, asService, SCOPE, { i });
    expect(await register({ type: 'TEAM', id: uuidv7() })).toBe('VALIDATION_ERROR');
    expect(await register({ type: 'TEAM', id: uuidv7(), parentId: uuidv7() })).toBe('NOT_FOUND');
    expect(await register({ type: 'TEAM', id: uuidv7(), parentId: teamId })).toBe('NOT_FOUND');
    expect(await register({ type: 'TEAM', id: communityId, parentId: communityId })).toBe('CONFLICT');
    expect(await register({ type: 'TENANT', id: uuidv7() })).toBe('VALIDATION_ERROR');
    expect(await register({ type: 'COMMUNITY', id: 'x', parentId: tenantId })).toBe('VALIDATION_ERROR');
  });

  it('twenty registrations of one scope at once make one', async () => {
    const { world } = fixture;
    const id = uuidv7();
    await Promise.all(Array.from({ length: 20 }, () => registerScope(world, 'COMMUNITY', id, world.tenantId)));
    const { _scopeTree } = await must<{ _scopeTree: { communities: string[][] } }>(world, asService, '{ _scopeTree }');
    expect(_scopeTree.communities.filter(([community]) => community === id)).toHaveLength(1);
  });
});
