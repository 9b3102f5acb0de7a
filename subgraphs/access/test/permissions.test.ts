import { guardRules } from '@polity/kernel/graph/guard-rules';
import { buildSchema } from '@polity/kernel/graph/schema';
import { isObjectType } from 'graphql';
import { access } from '../src/subgraph.ts';
import { anonymous, aPerson, asService, startTown, type Town } from './factories.ts';

const rootFields = (type: 'Query' | 'Mutation') =>
  Object.keys(buildSchema(access).getType(type) instanceof Object ? fieldsOf(type) : {});
const fieldsOf = (type: string) => {
  const found = buildSchema(access).getType(type);
  return isObjectType(found) ? found.getFields() : {};
};

describe('the door of access', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown();
  });
  afterAll(() => town.world.close());

  it('every root field has its own guard, and federation has no other way in', () => {
    const rules = guardRules(access.typeDefs);
    for (const type of ['Query', 'Mutation'] as const) {
      const present = rootFields(type).filter((field) => field !== '_entities' && field !== '_service');
      expect(Object.keys(rules[type] ?? {}).sort()).toEqual(present.sort());
    }
  });

  const stand: Record<string, string> = {
    'ID!': '"00000000-0000-7000-8000-000000000000"',
    'String!': '"x"',
    'Boolean!': 'true',
    'JSON!': '{}',
    'MasterFlag!': 'SUSPENDED',
    'ScopeInput!': '{ type: TEAM, id: "x" }',
    'ScopeRegistrationInput!': '{ type: TEAM, id: "x" }',
    'ServiceBindInput!': '{ userId: "x", roleKey: "x", scope: { type: TEAM, id: "x" } }',
  };

  function callOf(type: 'Query' | 'Mutation', name: string): string {
    const field = fieldsOf(type)[name];
    const needed = (field?.args ?? []).filter((arg) => String(arg.type).endsWith('!'));
    const args = needed.map((arg) => `${arg.name}: ${stand[String(arg.type)]}`).join(', ');
    return `${type.toLowerCase()} { ${name}${args ? `(${args})` : ''} }`;
  }

  it.each(['Query', 'Mutation'] as const)('internal fields of %s are closed to everyone but services', async (type) => {
    const internal = rootFields(type).filter(
      (name) => name.startsWith('_') && name !== '_entities' && name !== '_service',
    );
    expect(internal.length).toBeGreaterThan(2);
    for (const name of internal) {
      for (const viewer of [anonymous, aPerson(town.world), town.owner]) {
        const { errors } = await town.world.ask('access', viewer, callOf(type, name));
        expect({ name, code: errors?.[0]?.extensions?.code }).toEqual({ name, code: 'FORBIDDEN' });
      }
    }
  });

  it('anonymous viewers may ask what they may do, and nothing else', async () => {
    const { world, communityId } = town;
    const ask = async (query: string) => (await world.ask('access', anonymous, query)).errors?.[0]?.extensions?.code;
    expect(
      await ask(
        `{ can(permission: "shop.order.place", scope: { type: COMMUNITY, id: "${communityId}" }) { allowed reason } }`,
      ),
    ).toBeUndefined();
    for (const query of [
      '{ permissions { code } }',
      '{ roles { edges { cursor } } }',
      '{ roleBindings { edges { cursor } } }',
    ]) {
      expect(await ask(query)).toBe('UNAUTHENTICATED');
    }
  });

  it('a service reads rows, tree and catalogue', async () => {
    const query = 'query($id: ID!) { _accessRows(subjectId: $id) _scopeTree _catalogue }';
    const { data, errors } = await town.world.ask('access', asService, query, { id: town.owner.id });
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      _accessRows: { tenantId: town.tenantId, subjectId: town.owner.id, stamp: expect.stringMatching(/^1\./) },
      _scopeTree: { tenant: town.tenantId, communities: [[town.communityId, town.teamId]] },
      _catalogue: { version: expect.any(Number) },
    });
  });
});
