import { uuidv7 } from '@polity/kernel/ids';
import {
  type AccessFixture,
  anonymous,
  aPerson,
  can,
  give,
  must,
  refusal,
  register,
  shop,
  startFixture,
} from './factories.ts';

const CREATE =
  'mutation($i: CreateRoleInput!) { createRole(input: $i) { id key template version outdated permissions { code } copiedFrom { key } } }';
const UPDATE =
  'mutation($id: ID!, $i: UpdateRoleInput!) { updateRole(id: $id, input: $i) { id name description version outdated permissions { code } } }';
const DELETE =
  'mutation($id: ID!, $b: Int) { deleteRole(id: $id, bindings: $b) { id name outdated copiedFrom { id } permissions { code } } }';
const EFFECT = `query($id: ID!, $p: [String!]) { roleEffect(id: $id, permissions: $p) {
  bindings users usersGaining usersLosing failures added { code } removed { code } } }`;
const TEST = 'mutation($s: String!) { setPolicyTest(source: $s) { passed failures } }';
interface Made {
  createRole: { id: string; key: string; version: number; permissions: { code: string }[] };
}

describe('roles of a tenant', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  let made = 0;
  const role = (more: object = {}) => ({
    i: { key: `club.role${made++}`, name: 'Clerk', scopeType: 'COMMUNITY', permissions: ['shop.order.place'], ...more },
  });
  const create = async (more: object = {}) =>
    (await must<Made>(fixture.world, fixture.owner, CREATE, role(more))).createRole;
  const roleIds = async () => {
    const query = '{ roles(first: 100) { edges { node { id key scopeType } } } }';
    const { roles } = await must<{ roles: { edges: { node: { id: string; key: string; scopeType: string } }[] } }>(
      fixture.world,
      fixture.owner,
      query,
    );
    return (key: string, scopeType = 'COMMUNITY') =>
      roles.edges.find(({ node }) => node.key === key && node.scopeType === scopeType)?.node.id;
  };

  async function holder(roleKey: string) {
    const person = aPerson(fixture.world);
    await give(fixture.world, person.id, 'tenant.member', 'TENANT', fixture.tenantId);
    await give(fixture.world, person.id, roleKey, 'COMMUNITY', fixture.communityId);
    return person;
  }
  const may = async (viewer: Parameters<typeof can>[1], code: string) =>
    (await can(fixture.world, viewer, code, 'COMMUNITY', fixture.communityId)).allowed;

  it('a role is made, given, edited and deleted, each with effect at its answer', async () => {
    const { world, owner } = fixture;
    const { id, key } = await create();
    const person = await holder(key);
    expect(await may(person, 'shop.order.place')).toBe(true);
    const edited = await must(world, owner, UPDATE, {
      id,
      i: { permissions: ['shop.order.cancel'], name: 'Canceller', description: 'Cancels.' },
    });
    expect(edited).toMatchObject({
      updateRole: {
        id,
        name: 'Canceller',
        description: 'Cancels.',
        version: 2,
        permissions: [{ code: 'shop.order.cancel' }],
      },
    });
    expect([await may(person, 'shop.order.place'), await may(person, 'shop.order.cancel')]).toEqual([false, true]);
    expect(await must(world, owner, DELETE, { id })).toEqual({
      deleteRole: {
        id,
        name: 'Canceller',
        outdated: false,
        copiedFrom: null,
        permissions: [{ code: 'shop.order.cancel' }],
      },
    });
    expect(await may(person, 'shop.order.cancel')).toBe(false);
    expect(await refusal(world, owner, DELETE, { id })).toBe('NOT_FOUND');
  });

  it('what an edit leaves out stays, and null clears the description and nothing else', async () => {
    const { world, owner } = fixture;
    const { id } = await create();
    const edit = async (i: object) =>
      (await must<{ updateRole: { name: string; description: string | null } }>(world, owner, UPDATE, { id, i }))
        .updateRole;
    await edit({ name: 'Clerk', description: 'Orders.' });
    expect(await edit({ name: null })).toMatchObject({ name: 'Clerk', description: 'Orders.' });
    expect(await edit({ description: null })).toMatchObject({ name: 'Clerk', description: null });
    expect(await edit({ description: 'Buys.' })).toMatchObject({ description: 'Buys.' });
    expect(await edit({ description: ' ' })).toMatchObject({ description: null });
  });

  it('the effect of an edit is known before it is made, other roles considered', async () => {
    const { world, owner } = fixture;
    const { id, key } = await create({ permissions: ['shop.order.place', 'shop.order.cancel'] });
    const [loser, safe] = [await holder(key), await holder(key)];
    await give(world, safe.id, 'shop.owner', 'COMMUNITY', fixture.communityId);
    const effect = await must(world, owner, EFFECT, { id, p: ['shop.order.place', 'shop.price.set'] });
    expect(effect).toEqual({
      roleEffect: {
        bindings: 2,
        users: 2,
        usersGaining: 1,
        usersLosing: 1,
        failures: [],
        added: [{ code: 'shop.price.set' }],
        removed: [{ code: 'shop.order.cancel' }],
      },
    });
    expect(await may(loser, 'shop.order.cancel')).toBe(true);
    expect(await refusal(world, owner, DELETE, { id, b: 1 })).toBe('CONFLICT');
    expect(await may(loser, 'shop.order.cancel')).toBe(true);
    await must(world, owner, DELETE, { id, b: 2 });
    expect([await may(loser, 'shop.order.cancel'), await may(safe, 'shop.order.cancel')]).toEqual([false, true]);
  });

  it('a copy of a template says when the template was edited, and does not follow by itself', async () => {
    const { world, owner } = fixture;
    const id = (await roleIds())('shop.buyer');
    const copy = await create({ template: id, permissions: ['shop.order.cancel'] });
    expect(copy).toMatchObject({ outdated: false, template: false, copiedFrom: { key: 'shop.buyer' } });
    expect(copy.permissions.map(({ code }) => code)).toEqual(['shop.order.place', 'shop.order.cancel']);
    const more = shop.roles.map((each) =>
      each.key === 'shop.buyer' ? { ...each, permissions: [...each.permissions, 'shop.price.set'] } : each,
    );
    await register(world, 'shop', { ...shop, roles: more });
    const read =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Role { outdated permissions { code } } } }';
    const { _entities } = await must<{ _entities: { outdated: boolean; permissions: unknown[] }[] }>(
      world,
      owner,
      read,
      { r: [{ __typename: 'Role', id: copy.id }] },
    );
    expect(_entities[0]).toMatchObject({ outdated: true });
    expect(_entities[0]?.permissions).toHaveLength(2);
    const caught = await must<{ updateRole: { outdated: boolean } }>(world, owner, UPDATE, {
      id: copy.id,
      i: { caughtUp: true },
    });
    expect(caught.updateRole.outdated).toBe(false);
    await register(world, 'shop', shop);
  });

  it('nobody makes, widens or narrows a role beyond what they hold', async () => {
    const { world, owner } = fixture;
    const clerk = await create({
      key: 'club.rolemaker',
      scopeType: 'TENANT',
      permissions: ['access.role.manage', 'shop.order.place'],
    });
    const maker = aPerson(world);
    await give(world, maker.id, clerk.key, 'TENANT', fixture.tenantId);
    await must(world, maker, CREATE, role());
    const beyond = await world.ask(
      'access',
      maker,
      CREATE,
      role({ permissions: ['shop.order.place', 'shop.price.set'] }),
    );
    expect(beyond.errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      details: { missing: ['shop.price.set'] },
    });
    const rich = await create({ permissions: ['shop.order.place', 'shop.price.set'] });
    expect(await refusal(world, maker, UPDATE, { id: rich.id, i: { permissions: ['shop.order.place'] } })).toBe(
      'FORBIDDEN',
    );
    expect(await refusal(world, maker, DELETE, { id: rich.id })).toBe('FORBIDDEN');
    expect(await refusal(world, owner, CREATE, role({ permissions: ['access.flag.manage'] }))).toBe('FORBIDDEN');
  });

  it('nobody binds or unbinds a role that grants more than they hold', async () => {
    const { world, owner } = fixture;
    const keeper = await create({ permissions: ['access.binding.manage', 'access.binding.read', 'shop.order.place'] });
    const person = await holder(keeper.key);
    const bind = 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }';
    const input = (roleKey: string) => ({
      i: { userId: fixture.bob.id, roleKey, scope: { type: 'COMMUNITY', id: fixture.communityId } },
    });
    expect(await refusal(world, person, bind, input('shop.buyer'))).toBeNull();
    expect(await refusal(world, person, bind, input('shop.owner'))).toBe('FORBIDDEN');
    const { bindRole } = await must<{ bindRole: { id: string } }>(world, owner, bind, input('shop.owner'));
    expect(await refusal(world, person, 'mutation($id: ID!) { unbindRole(id: $id) { id } }', { id: bindRole.id })).toBe(
      'FORBIDDEN',
    );
  });

  it('keys are unique per kind of scope, twenty at once make one role, and owner keys are reserved', async () => {
    const { world, owner } = fixture;
    const same = role({ key: 'club.treasurer' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => refusal(world, owner, CREATE, same)));
    expect(answers.filter((code) => code === null)).toHaveLength(1);
    expect(answers.filter((code) => code === 'ALREADY_EXISTS')).toHaveLength(19);
    expect(await refusal(world, owner, CREATE, role({ key: 'shop.buyer' }))).toBe('ALREADY_EXISTS');
    expect(await refusal(world, owner, CREATE, role({ key: 'club.treasurer', scopeType: 'TEAM' }))).toBeNull();
    expect(await refusal(world, owner, CREATE, role({ key: 'club.owner' }))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, CREATE, role({ key: 'Club' }))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, CREATE, role({ name: '' }))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, CREATE, role({ permissions: ['shop.order.eat'] }))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, CREATE, role({ permissions: ['access.role.manage'] }))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, CREATE, role({ template: uuidv7() }))).toBe('NOT_FOUND');
  });

  it('an edit based on an older version is a conflict; of twenty edits of one version one is made', async () => {
    const { world, owner } = fixture;
    const { id, version } = await create();
    const edits = Array.from({ length: 20 }, (_, n) =>
      refusal(world, owner, UPDATE, { id, i: { name: `Name ${n}`, version } }),
    );
    const answers = await Promise.all(edits);
    expect(answers.filter((code) => code === null)).toHaveLength(1);
    expect(answers.filter((code) => code === 'CONFLICT')).toHaveLength(19);
  });

  it('templates, missing roles and other people are refused', async () => {
    const { world, owner, bob } = fixture;
    const template = (await roleIds())('shop.buyer');
    expect(await refusal(world, owner, UPDATE, { id: template, i: { name: 'Mine' } })).toBe('FORBIDDEN');
    expect(await refusal(world, owner, DELETE, { id: template })).toBe('FORBIDDEN');
    expect(await refusal(world, owner, UPDATE, { id: uuidv7(), i: { name: 'Mine' } })).toBe('NOT_FOUND');
    const { id } = await create();
    for (const [viewer, code] of [
      [bob, 'FORBIDDEN'],
      [anonymous, 'UNAUTHENTICATED'],
    ] as const) {
      expect(await refusal(world, viewer, CREATE, role())).toBe(code);
      expect(await refusal(world, viewer, UPDATE, { id, i: { name: 'Mine' } })).toBe(code);
      expect(await refusal(world, viewer, DELETE, { id })).toBe(code);
      expect(await refusal(world, viewer, EFFECT, { id })).toBe(code);
      expect(await refusal(world, viewer, TEST, { s: '' })).toBe(code);
      expect(await refusal(world, viewer, '{ policyTest { source } }')).toBe(code);
    }
  });

  it('an edit that breaks what the tenant expects of its roles is refused', async () => {
    const { world, owner } = fixture;
    const { id, key } = await create({ permissions: ['shop.order.place'] });
    const source = `
tests:
  - name: clerks buy and do not price
    given: [{ role: ${key}, at: community }]
    expect:
      - { permission: shop.order.place, at: team, allowed: true, reason: ROLE }
      - { permission: shop.order.place, at: otherTeam, allowed: false }
      - { permission: shop.price.set, at: community, allowed: false, reason: NO_GRANT }
  - name: suspended clerks do nothing
    given: [{ role: ${key}, at: community }]
    flags: [SUSPENDED]
    overrides: [{ permission: shop.price.set, at: tenant, effect: ALLOW }]
    expect: [{ permission: shop.price.set, at: team, allowed: false, reason: SUSPENDED }]
`;
    expect(await must(world, owner, TEST, { s: source })).toEqual({ setPolicyTest: { passed: 4, failures: [] } });
    const priced = await world.ask('access', owner, UPDATE, {
      id,
      i: { permissions: ['shop.order.place', 'shop.price.set'] },
    });
    const failure =
      'clerks buy and do not price: shop.price.set at community should be denied (NO_GRANT), is allowed (ROLE)';
    expect(priced.errors?.[0]?.extensions).toMatchObject({
      code: 'POLICY_TEST_FAILED',
      details: { failures: [failure] },
    });
    expect(await must(world, owner, EFFECT, { id, p: ['shop.order.place', 'shop.price.set'] })).toMatchObject({
      roleEffect: { failures: [failure] },
    });
    expect(await refusal(world, owner, DELETE, { id })).toBe('POLICY_TEST_FAILED');
    expect(
      await refusal(world, owner, UPDATE, { id, i: { permissions: ['shop.order.place', 'shop.order.cancel'] } }),
    ).toBeNull();
    expect(await must(world, owner, '{ policyTest { passed failures } }')).toEqual({
      policyTest: { passed: 4, failures: [] },
    });
    expect(
      await refusal(world, owner, TEST, { s: source.replace('otherTeam, allowed: false', 'otherTeam, allowed: true') }),
    ).toBe('POLICY_TEST_FAILED');
    expect(await refusal(world, owner, TEST, { s: 'tests: [' })).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, TEST, { s: 'tests: [{ name: x, expect: [{ permission: a }] }]' })).toBe(
      'VALIDATION_ERROR',
    );
    expect(await must(world, owner, TEST, { s: '' })).toEqual({ setPolicyTest: null });
    expect(await refusal(world, owner, DELETE, { id })).toBeNull();
  });

  it('of two edits that break the test together, one is refused', async () => {
    const { world, owner } = fixture;
    const [first, second] = [await create({ permissions: [] }), await create({ permissions: [] })];
    const given = [first, second].map(({ key }) => `{ role: ${key}, at: community }`).join(', ');
    const source = `tests: [{ name: some buy, given: [${given}], expect: [{ permission: shop.order.place, at: team, allowed: true }] }]`;
    const edit = (id: string, permissions: string[]) => refusal(world, owner, UPDATE, { id, i: { permissions } });
    for (let n = 0; n < 8; n++) {
      await Promise.all([first, second].map(({ id }) => edit(id, ['shop.order.place'])));
      await must(world, owner, TEST, { s: source });
      const answers = await Promise.all([first, second].map(({ id }) => edit(id, [])));
      expect(answers.sort()).toEqual(['POLICY_TEST_FAILED', null].sort());
    }
    await must(world, owner, TEST, { s: '' });
  });
});
