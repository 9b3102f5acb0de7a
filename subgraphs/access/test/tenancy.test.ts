import { openOrm } from '@polity/kernel/db/orm';
import { buildSchema } from '@polity/kernel/graph/schema';
import { uuidv7 } from '@polity/kernel/ids';
import { testAdminUrl } from '@polity/kernel/testing/postgres';
import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
} from 'graphql';
import { orm } from '../orm.config.ts';
import { access } from '../src/subgraph.ts';
import { asService, aTenant, can, give, must, refusal, startTown, type Town } from './factories.ts';

const walls = [
  { name: 'both walls', queries: true },
  { name: 'row level security alone', queries: false },
  { name: 'queries alone', queries: true, policies: false },
];

/** A town with one of the walls down. */
async function startBehind({ queries, policies = true }: { queries: boolean; policies?: boolean }): Promise<Town> {
  const town = await startTown({ walls: { queries } });
  if (policies) return town;
  const em = town.world.subgraph('access').runtime.em(null);
  const [found] = await em.execute<[{ name: string }]>('select current_database() as name');
  const url = new URL(testAdminUrl());
  url.pathname = `/${found.name}`;
  const admin = await openOrm(orm, url.href);
  const tables = "select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity";
  const rows = await admin.em.fork().execute<{ relname: string }[]>(tables);
  expect(rows.length).toBeGreaterThan(5);
  for (const { relname } of rows) await admin.em.fork().execute(`alter table ${relname} disable row level security`);
  await admin.close(true);
  return town;
}

describe.each(walls)('tenants do not meet, behind $name', (wall) => {
  let town: Town;
  let other: Awaited<ReturnType<typeof aTenant>>;
  beforeAll(async () => {
    town = await startBehind(wall);
    other = await aTenant(town.world);
  });
  afterAll(() => town.world.close());

  it('a role in one tenant grants nothing in another, not even for its own scopes named from outside', async () => {
    const { world, owner } = town;
    expect((await can(world, owner, 'shop.price.set', 'TENANT', town.tenantId)).allowed).toBe(true);
    expect(await can(world, owner, 'shop.price.set', 'TENANT', other.tenantId)).toMatchObject({ reason: 'NO_GRANT' });
    expect(await can(world, owner, 'shop.price.set', 'COMMUNITY', other.communityId)).toMatchObject({
      reason: 'NO_GRANT',
    });
    expect(await can(world, other.owner, 'shop.price.set', 'TENANT', town.tenantId)).toMatchObject({
      reason: 'NO_GRANT',
    });
  });

  it('bindings of another tenant are neither listed, found, nor taken', async () => {
    const { world, owner } = town;
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
    const { world, owner } = town;
    const bind = 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }';
    const community = { type: 'COMMUNITY', id: town.communityId };
    expect(
      await refusal(world, owner, bind, { i: { userId: other.bob.id, roleKey: 'shop.buyer', scope: community } }),
    ).toBe('NOT_FOUND');
    const theirs = { type: 'COMMUNITY', id: other.communityId };
    expect(
      await refusal(world, owner, bind, { i: { userId: town.bob.id, roleKey: 'shop.buyer', scope: theirs } }),
    ).toBe('FORBIDDEN');
  });

  it('services of one tenant cannot take the scopes of another', async () => {
    const { world } = town;
    const register = 'mutation($i: ScopeRegistrationInput!) { _registerScope(input: $i) }';
    const theirs = { type: 'COMMUNITY', id: other.communityId, parentId: town.tenantId };
    expect(await refusal(world, asService, register, { i: theirs })).toBe('CONFLICT');
    await must(world, asService, 'mutation($s: ScopeInput!) { _removeScope(scope: $s) }', {
      s: { type: 'COMMUNITY', id: other.communityId },
    });
    await give(world, other.bob.id, 'shop.buyer', 'COMMUNITY', other.communityId, other.tenantId);
    expect(
      await refusal(world, asService, 'mutation($i: ServiceBindInput!) { _bindRole(input: $i) }', {
        i: { userId: town.bob.id, roleKey: 'shop.buyer', scope: { type: 'TEAM', id: other.teamId } },
      }),
    ).toBe('NOT_FOUND');
  });
});

/** A value for each input type that can hold an id; `id` stands for every id in it. */
function sampleOf(type: GraphQLInputType, id: string, scope: { type: string; id: string }): unknown {
  const named = getNamedType(type);
  if (named.name === 'ID') return isListType(getNullableType(type)) ? [id] : id;
  if (named.name === 'ScopeInput') return scope;
  if (named.name === 'String') return isListType(getNullableType(type)) ? ['shop.order.place'] : 'shop.order.place';
  if (named.name === 'Boolean') return true;
  if (isEnumType(named)) return named.getValues()[0]?.value;
  if (!isInputObjectType(named)) return undefined;
  const fields = Object.values(named.getFields()).map(
    (field) => [field.name, sampleOf(field.type, id, scope)] as const,
  );
  const value = Object.fromEntries(fields.filter(([, found]) => found !== undefined));
  return isListType(getNullableType(type)) ? [value] : value;
}

const holdsId = (type: GraphQLInputType, depth = 0): boolean => {
  const named = getNamedType(type);
  if (named.name === 'ID') return true;
  return (
    isInputObjectType(named) &&
    depth < 3 &&
    Object.values(named.getFields()).some((field) => holdsId(field.type, depth + 1))
  );
};

describe.each(walls)('every public field that takes an id, behind $name', (wall) => {
  let town: Town;
  let other: Awaited<ReturnType<typeof aTenant>>;
  beforeAll(async () => {
    town = await startBehind(wall);
    other = await aTenant(town.world);
  });
  afterAll(() => town.world.close());

  const schema = buildSchema(access);
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {})
      .filter((field) => !field.name.startsWith('_') && field.args.some((arg) => holdsId(arg.type)))
      .map((field) => ({ root: type?.name === 'Query' ? 'query' : 'mutation', field, name: field.name })),
  );

  async function theirIds(): Promise<{ id: string; type: string }[]> {
    const { world, owner, tenantId, communityId, teamId } = { world: town.world, ...other };
    const query =
      '{ roleBindings(first: 100) { edges { node { id user { id } } } } roles(first: 100) { edges { node { id template } } } }';
    interface Found {
      roleBindings: { edges: { node: { id: string; user: { id: string } } }[] };
      roles: { edges: { node: { id: string; template: boolean } }[] };
    }
    const create = 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }';
    const input = { key: `club.r${Date.now()}`, name: 'Role', scopeType: 'COMMUNITY', permissions: [] };
    const made = await must<{ createRole: { id: string } }>(world, owner, create, { i: input }, tenantId);
    const set = 'mutation($i: PolicyOverrideInput!) { setPolicyOverride(input: $i) { id } }';
    const override = {
      userId: other.bob.id,
      permission: 'shop.order.place',
      scope: { type: 'TEAM', id: teamId },
      effect: 'DENY',
      reason: 'x',
    };
    const { setPolicyOverride } = await must<{ setPolicyOverride: { id: string } }>(
      world,
      owner,
      set,
      { i: override },
      tenantId,
    );
    const found = await must<Found>(world, owner, query, {}, tenantId);
    const bindings = found.roleBindings.edges.flatMap(({ node }) => [node.id, node.user.id]);
    const things = [made.createRole.id, setPolicyOverride.id, ...bindings].map((id) => ({ id, type: 'TEAM' }));
    return [
      ...things,
      { id: tenantId, type: 'TENANT' },
      { id: communityId, type: 'COMMUNITY' },
      { id: teamId, type: 'TEAM' },
    ];
  }

  async function answer(
    root: string,
    field: GraphQLField<unknown, unknown>,
    id: string,
    type: string,
  ): Promise<string> {
    const args = field.args
      .map((arg) => [arg, sampleOf(arg.type, id, { type, id })] as const)
      .filter(([, value]) => value !== undefined);
    const declared = args.map(([arg]) => `$${arg.name}: ${String(arg.type)}`).join(', ');
    const given = args.map(([arg]) => `${arg.name}: $${arg.name}`).join(', ');
    const variables = Object.fromEntries(args.map(([arg, value]) => [arg.name, value]));
    const leaf = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
    const reply = await town.world.ask(
      'access',
      town.owner,
      `${root}(${declared}) { ${field.name}(${given})${leaf} }`,
      variables,
    );
    const errors = reply.errors?.map(({ message, extensions }) => ({
      message,
      code: extensions?.code,
      details: extensions?.details,
    }));
    return JSON.stringify({ data: reply.data, errors }).replaceAll(id, 'ID');
  }

  it.each(fields)('$name answers about what another tenant has as about what nobody has', async ({ root, field }) => {
    for (const { id, type } of await theirIds()) {
      const missing = await answer(root, field, uuidv7(), type);
      expect(await answer(root, field, id, type)).toBe(missing);
    }
  });
});

describe('row level security of access', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown();
  });
  afterAll(() => town.world.close());

  const count = async (em: { execute(sql: string): Promise<unknown> }, table: string) =>
    ((await em.execute(`select 1 from ${table}`)) as unknown[]).length;

  it.each(['scope', 'role_binding', 'policy_override', 'subject_version', 'decision_log', 'policy_test'])(
    'a session without a tenant sees no row of %s',
    async (table) => {
      expect(await count(town.world.subgraph('access').runtime.em(null), table)).toBe(0);
    },
  );

  it('a tenant reads templates and cannot write them', async () => {
    const { runtime } = town.world.subgraph('access');
    const em = () => runtime.em(town.tenantId);
    const rows = await em().execute<unknown[]>(
      "update role set permissions = '{}' where tenant_id is null returning id",
    );
    expect(rows).toEqual([]);
    expect(await em().execute<unknown[]>('delete from role where tenant_id is null returning id')).toEqual([]);
    expect(await count(em(), 'role')).toBeGreaterThan(0);
  });

  it('a tenant cannot write flags of the platform', async () => {
    const em = town.world.subgraph('access').runtime.em(town.tenantId);
    const insert = `insert into subject_flag (id, created_at, subject_id, flag) values (gen_random_uuid(), now(), gen_random_uuid(), 'SYSTEM_ADMIN')`;
    await expect(em.execute(insert, [], 'run')).rejects.toThrow(/row-level security/);
  });
});
