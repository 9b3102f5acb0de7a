import { StartError } from '@polity/kernel/config/start-error';
import { parseTypeDefs } from '@polity/kernel/graph/schema';
import { startSubgraph } from '@polity/kernel/graph/start-subgraph';
import { defineSubgraph } from '@polity/kernel/graph/subgraph';
import {
  type AccessFixture,
  aPerson,
  asService,
  can,
  give,
  must,
  refusal,
  register,
  shop,
  startFixture,
} from './factories.ts';

interface Catalogue {
  version: number;
  entries: { code: string; bit: number }[];
}

describe('subgraphs declare permissions and templates', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  const catalogue = async () =>
    (await must<{ _catalogue: Catalogue }>(fixture.world, asService, '{ _catalogue }'))._catalogue;
  const bitOf = async (code: string) => (await catalogue()).entries.find((entry) => entry.code === code)?.bit;

  it('a declaration that is repeated changes nothing', async () => {
    const before = await catalogue();
    await register(fixture.world, 'shop', shop);
    expect(await catalogue()).toEqual(before);
  });

  it('templates of several subgraphs become one role with the permissions of all', async () => {
    const query = '{ roles(first: 100) { edges { node { key scopeType template permissions { code } } } } }';
    interface Roles {
      roles: {
        edges: { node: { key: string; scopeType: string; template: boolean; permissions: { code: string }[] } }[];
      };
    }
    const { roles } = await must<Roles>(fixture.world, fixture.bob, query);
    const owners = roles.edges.map(({ node }) => node).filter(({ key }) => key === 'tenant.owner');
    expect(owners).toHaveLength(1);
    const codes = owners[0]?.permissions.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['access.binding.manage', 'shop.price.set']));
    expect(codes).not.toContain('access.flag.manage');
    expect(
      roles.edges
        .filter(({ node }) => node.key === 'shop.buyer')
        .map(({ node }) => node.scopeType)
        .sort(),
    ).toEqual(['COMMUNITY', 'TEAM']);
  });

  it('a dropped code stops counting at once and leaves its bit unused for ever', async () => {
    const { world, tenantId, communityId } = fixture;
    const buyer = aPerson(world);
    await give(world, buyer.id, 'shop.buyer', 'COMMUNITY', communityId);
    const bit = await bitOf('shop.order.place');
    expect((await can(world, buyer, 'shop.order.place', 'COMMUNITY', communityId)).allowed).toBe(true);
    const without = (role: (typeof shop.roles)[number]) => ({
      ...role,
      permissions: role.permissions.filter((code) => code !== 'shop.order.place'),
    });
    const less = {
      permissions: shop.permissions.filter(({ code }) => code !== 'shop.order.place'),
      roles: shop.roles.map(without),
    };
    await register(world, 'shop', less);
    expect((await can(world, buyer, 'shop.order.place', 'COMMUNITY', communityId)).reason).toBe('UNKNOWN');
    const added = { code: 'shop.stock.count', description: 'Count stock.', scopeTypes: ['TENANT' as const] };
    await register(world, 'shop', { ...less, permissions: [...less.permissions, added] });
    expect(await bitOf('shop.stock.count')).not.toBe(bit);
    expect((await can(world, buyer, 'shop.stock.count', 'TENANT', tenantId)).allowed).toBe(false);
    await register(world, 'shop', shop);
    expect(await bitOf('shop.order.place')).toBe(bit);
    expect((await can(world, buyer, 'shop.order.place', 'COMMUNITY', communityId)).allowed).toBe(true);
  });

  it('an edited template counts in every tenant with the answer of its registration', async () => {
    const { world, communityId } = fixture;
    const buyer = aPerson(world);
    await give(world, buyer.id, 'shop.buyer', 'COMMUNITY', communityId);
    expect((await can(world, buyer, 'shop.order.cancel', 'COMMUNITY', communityId)).allowed).toBe(false);
    const more = (role: (typeof shop.roles)[number]) =>
      role.key === 'shop.buyer' ? { ...role, permissions: [...role.permissions, 'shop.order.cancel'] } : role;
    await register(world, 'shop', { ...shop, roles: shop.roles.map(more) });
    expect((await can(world, buyer, 'shop.order.cancel', 'COMMUNITY', communityId)).allowed).toBe(true);
    await register(world, 'shop', shop);
    expect((await can(world, buyer, 'shop.order.cancel', 'COMMUNITY', communityId)).allowed).toBe(false);
  });

  it('unknown, foreign, repeated and unusable codes are refused, and nothing of that declaration counts', async () => {
    const { world } = fixture;
    const query = 'mutation($d: JSON!) { _registerAccess(subgraph: "desk", declaration: $d) }';
    const permission = { code: 'desk.key.hold', description: 'Hold keys.', scopeTypes: ['TENANT'] };
    const role = {
      key: 'desk.porter',
      name: 'Porter',
      description: '',
      scopeType: 'TENANT',
      permissions: ['desk.key.copy'],
    };
    const refused = [
      { permissions: [permission], roles: [role] },
      { permissions: [permission], roles: [{ ...role, scopeType: 'TEAM', permissions: ['desk.key.hold'] }] },
      { permissions: [permission], roles: [1, 2].map(() => ({ ...role, permissions: [] })) },
      { permissions: [permission], roles: [{ ...role, key: 'porter', permissions: [] }] },
      { permissions: [{ ...permission, scopeTypes: [] }], roles: [] },
      { permissions: [{ ...permission, code: 'shop.key.hold' }], roles: [] },
      { permissions: [permission, permission], roles: [] },
      { permissions: [{ ...permission, code: 'desk.hold' }], roles: [] },
      { permissions: [{ ...permission, description: ' ' }], roles: [] },
      { permissions: 'none' },
    ];
    for (const declaration of refused)
      expect(await refusal(world, asService, query, { d: declaration })).toBe('VALIDATION_ERROR');
    expect(await bitOf('desk.key.hold')).toBeUndefined();
  });

  it('a subgraph that declares what cannot be granted does not start, and says what', async () => {
    const role = (permissions: string[]) => ({
      key: 'desk.porter',
      name: 'Porter',
      description: '',
      scopeType: 'TENANT' as const,
      permissions,
    });
    const desk = defineSubgraph({
      name: 'desk',
      typeDefs: parseTypeDefs(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
        type Query { keys: Int @guard(who: ANYONE) } type Key @key(fields: "id") @guard(who: ANYONE) { id: ID! }`),
      resolvers: {},
      access: { permissions: [], roles: [role(['desk.key.copy'])] },
    });
    const started = await startSubgraph(desk, fixture.world.platform, null);
    await expect(started.ready()).rejects.toThrow(StartError);
    await expect(started.ready()).rejects.toThrow('desk.porter names the unknown permission desk.key.copy');
  });

  it('registrations at the same time draw different bits', async () => {
    const names = ['alpha', 'beta', 'gamma', 'delta'];
    const declare = (name: string) => ({
      permissions: [1, 2, 3].map((n) => ({
        code: `${name}.thing.do${n}`,
        description: 'Do it.',
        scopeTypes: ['TENANT'],
      })),
      roles: [],
    });
    await Promise.all(names.map((name) => register(fixture.world, name, declare(name))));
    const { entries } = await catalogue();
    expect(new Set(entries.map(({ bit }) => bit)).size).toBe(entries.length);
    expect(entries.filter(({ code }) => code.includes('.thing.'))).toHaveLength(12);
  });
});
