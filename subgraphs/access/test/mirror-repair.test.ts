import { communityScope, type MirroredChange, teamScope } from '@polity/kernel/access/mirrored';
import { uuidv7 } from '@polity/kernel/ids';
import { type AccessFixture, aPerson, asService, can, give, must, startFixture } from './factories.ts';

const UNBIND = 'mutation($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s, below: true) }';

const BIND = 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }';
const ROLES = 'query($u: ID!) { roleBindings(userId: $u, first: 100) { edges { node { role { key } } } } }';
const communityRoles = ['portal.owner', 'portal.moderator', 'portal.member'];
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('events repair memberships whose mirroring was cut off', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
    // The portal's own template, which its events name.
    const roles = ['portal.member', 'portal.moderator', 'portal.owner', 'portal.helper'].map((key) => ({
      key,
      name: key,
      description: '',
      scopeType: 'COMMUNITY',
      permissions: key === 'portal.helper' ? [] : ['portal.post.read'],
    }));
    const teams = { ...roles[0], scopeType: 'TEAM' };
    const permissions = [{ code: 'portal.post.read', description: 'Read.', scopeTypes: ['COMMUNITY', 'TEAM'] }];
    const declaration = { permissions, roles: [...roles, teams] };
    await must(
      fixture.world,
      asService,
      'mutation($d: JSON!) { _registerAccess(subgraph: "portal", declaration: $d) }',
      { d: declaration },
      null,
    );
  });
  afterAll(() => fixture.world.close());

  // What the portal publishes, out of the outbox that is there.
  const TELL =
    "insert into outbox (event_id, tenant_id, aggregate_id, type, payload) values (?, ?, ?, 'portal.mirror.changed', ?::jsonb)";
  async function tell(...changes: MirroredChange[]): Promise<void> {
    const em = fixture.world.subgraph('access').runtime.em(fixture.tenantId);
    await em.execute(TELL, [uuidv7(), fixture.tenantId, uuidv7(), JSON.stringify({ changes })]);
  }
  const founded = (communityId: string, userId: string) =>
    tell(
      { change: 'SCOPE', scope: communityScope(communityId), parentId: null },
      { change: 'JOIN', userId, scope: communityScope(communityId), roleKey: 'portal.owner' },
    );
  const joined = ({ id: userId }: { id: string }, scope = communityScope(fixture.communityId)) =>
    tell({ change: 'JOIN', userId, scope, roleKey: 'portal.member' });
  const raised = ({ id: userId }: { id: string }) =>
    tell({
      change: 'JOIN',
      userId,
      scope: communityScope(fixture.communityId),
      roleKey: 'portal.owner',
      replaces: communityRoles,
    });
  const left = ({ id: userId }: { id: string }) =>
    tell({ change: 'LEAVE', userId, scope: communityScope(fixture.communityId), below: true });
  const teamMade = (teamId: string, parentId: string) => tell({ change: 'SCOPE', scope: teamScope(teamId), parentId });
  const reads = async (viewer: Parameters<typeof can>[1], id = fixture.communityId, type = 'COMMUNITY') =>
    (await can(fixture.world, viewer, 'portal.post.read', type, id)).allowed;

  it('a community that was never announced becomes known with its owner', async () => {
    const owner = aPerson(fixture.world);
    const communityId = uuidv7();
    await founded(communityId, owner.id);
    const teamId = uuidv7();
    await teamMade(teamId, communityId);
    await fixture.world.settle();
    expect(await reads(owner, communityId)).toBe(true);
    expect(await reads(owner, teamId, 'TEAM')).toBe(true);
  });

  it('a join that was not mirrored is repaired, and its end as well', async () => {
    const person = aPerson(fixture.world);
    const { communityId } = fixture;
    await joined(person, communityScope(communityId));
    await fixture.world.settle();
    expect(await reads(person)).toBe(true);
    await left(person);
    await fixture.world.settle();
    expect(await reads(person)).toBe(false);
  });

  it('a role that was changed and not mirrored takes the place of the old one', async () => {
    const person = aPerson(fixture.world);
    const { world, communityId } = fixture;
    await give(world, person.id, 'portal.member', 'COMMUNITY', communityId);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await raised(person);
    await world.settle();
    const query = 'query($u: ID!) { roleBindings(userId: $u) { edges { node { role { key } } } } }';
    expect(await must(world, person, query, { u: person.id })).toEqual({
      roleBindings: { edges: [{ node: { role: { key: 'portal.owner' } } }] },
    });
  });

  it('a late message of a join gives nothing back to whoever has left since', async () => {
    const person = aPerson(fixture.world);
    const { communityId } = fixture;
    await joined(person, communityScope(communityId));
    await must(fixture.world, asService, UNBIND, { u: person.id, s: { type: 'COMMUNITY', id: communityId } });
    await fixture.world.settle();
    expect(await reads(person)).toBe(false);
  });

  it('nor where the community itself was not known yet when they left', async () => {
    const { world } = fixture;
    const [owner, person] = [aPerson(world), aPerson(world)];
    const communityId = uuidv7();
    await founded(communityId, owner.id);
    await joined(person, communityScope(communityId));
    await must(world, asService, UNBIND, { u: person.id, s: { type: 'COMMUNITY', id: communityId } });
    await world.settle();
    expect([await reads(owner, communityId), await reads(person, communityId)]).toEqual([true, false]);
  });

  it('nor to whoever has left the tenant or the community above it since', async () => {
    const { world, tenantId, communityId, teamId } = fixture;
    for (const [type, id] of [
      ['TENANT', tenantId],
      ['COMMUNITY', communityId],
    ] as const) {
      const person = aPerson(world);
      await give(world, person.id, type === 'TENANT' ? 'tenant.member' : 'portal.member', type, id);
      if (type === 'TENANT') await joined(person);
      await tell({ change: 'JOIN', userId: person.id, scope: teamScope(teamId), roleKey: 'portal.member' });
      await must(world, asService, UNBIND, { u: person.id, s: { type, id } });
      await world.settle();
      expect([await reads(person), await reads(person, teamId, 'TEAM')]).toEqual([false, false]);
    }
  });

  it('a late message of a join still counts where only another role above it was taken since', async () => {
    const { world, tenantId, communityId, owner } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'tenant.member', 'TENANT', tenantId);
    await give(world, person.id, 'tenant.owner', 'TENANT', tenantId);
    await joined(person, communityScope(communityId));
    const list = 'query($u: ID!) { roleBindings(userId: $u) { edges { node { id role { key } } } } }';
    const { roleBindings } = await must<{ roleBindings: { edges: { node: { id: string; role: { key: string } } }[] } }>(
      world,
      person,
      list,
      { u: person.id },
    );
    const owning = roleBindings.edges.find(({ node }) => node.role.key === 'tenant.owner')!.node;
    await must(world, owner, 'mutation($id: ID!) { unbindRole(id: $id) { id } }', { id: owning.id });
    await world.settle();
    expect(await reads(person)).toBe(true);
  });

  const rolesOf = async (person: Parameters<typeof can>[1]) => {
    type Found = { roleBindings: { edges: { node: { role: { key: string } } }[] } };
    const { roleBindings } = await must<Found>(fixture.world, person, ROLES, { u: person.id });
    return roleBindings.edges.map(({ node }) => node.role.key).sort();
  };

  it('a late message of a join still counts where somebody was given a role beside it since', async () => {
    const person = aPerson(fixture.world);
    const { world, communityId, owner } = fixture;
    await give(world, person.id, 'tenant.member', 'TENANT', fixture.tenantId);
    await joined(person, communityScope(communityId));
    const input = { userId: person.id, roleKey: 'portal.helper', scope: { type: 'COMMUNITY', id: communityId } };
    await must(world, owner, 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }', { i: input });
    await world.settle();
    expect(await rolesOf(person)).toEqual(['portal.helper', 'portal.member', 'tenant.member']);
  });

  it('late messages count in the order in which things happened, whenever they come', async () => {
    const person = aPerson(fixture.world);
    const { world, communityId } = fixture;
    await joined(person, communityScope(communityId));
    await pause();
    await raised(person);
    await world.settle();
    expect(await rolesOf(person)).toEqual(['portal.owner']);
  });

  it('a late message of a higher role gives nothing to whoever has been lowered since', async () => {
    const person = aPerson(fixture.world);
    const { world, communityId } = fixture;
    await give(world, person.id, 'portal.member', 'COMMUNITY', communityId);
    await pause();
    await raised(person);
    const scope = { type: 'COMMUNITY', id: communityId };
    const lowered = { userId: person.id, roleKey: 'portal.member', scope, replaces: communityRoles };
    await must(world, asService, BIND, { i: { ...lowered, membershipId: uuidv7() } });
    await world.settle();
    expect(await rolesOf(person)).toEqual(['portal.member']);
  });

  it('a late message of a leave takes nothing from whoever has joined again since', async () => {
    const person = aPerson(fixture.world);
    const { communityId } = fixture;
    await left(person);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await give(fixture.world, person.id, 'portal.member', 'COMMUNITY', communityId);
    await fixture.world.settle();
    expect(await reads(person)).toBe(true);
  });

  it('a removed team stays removed when its creation is told late', async () => {
    const teamId = uuidv7();
    const { communityId } = fixture;
    await teamMade(teamId, communityId);
    await fixture.world.settle();
    await tell({ change: 'REMOVED', scope: teamScope(teamId) });
    await fixture.world.settle();
    await teamMade(teamId, communityId);
    await fixture.world.settle();
    expect(await can(fixture.world, fixture.owner, 'portal.post.read', 'TEAM', teamId)).toMatchObject({
      allowed: false,
    });
  });
});
