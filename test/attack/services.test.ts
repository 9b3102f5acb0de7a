import { serviceViewer } from '@polity/kernel/request/context';
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { subgraphNames } from '../../gateway/test/every-subgraph.ts';
import { type GatewayWorld, startGatewayWorld } from '../../gateway/test/gateway-world.ts';
import { type ArguedField, asking, type Sample, sampleOf } from './graph-arguments.ts';
import { type Pool, poolOf, samples } from './pool.ts';

// A service has a name where a person has an id. Whatever it asks of another service, the name must not be taken for an id of somebody.
const viewer = serviceViewer('search');
/** Deep enough for what hangs on the nodes of a connection. */
const DEPTH = 4;

let at: GatewayWorld;
let pool: Pool;
let sample: Sample;
beforeAll(async () => {
  at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '0' } } });
  pool = await poolOf(await at.person('admin'));
  sample = samples(pool);
}, 60_000);
afterAll(() => at?.close());

/** Everything of the type that takes no argument of necessity. */
function selectionOf(type: GraphQLNamedType, depth = DEPTH): string {
  if (!isObjectType(type)) return '__typename';
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some((each) => isNonNullType(each.type)));
  const parts = fields.map((field) => {
    const inner = getNamedType(field.type);
    if (!('getFields' in inner) && !isUnionType(inner)) return field.name;
    return depth > 0 ? `${field.name} { ${selectionOf(inner, depth - 1)} }` : '';
  });
  return `__typename ${parts.join(' ')}`;
}

function questionsOf(queries: GraphQLObjectType) {
  return Object.values(queries.getFields())
    .filter(({ name }) => name !== '_entities' && name !== '_service')
    .map((field) => {
      const argued: ArguedField = { coordinate: field.name, operation: 'query', path: [{ on: null, field }] };
      const values = field.args
        .filter(({ type }) => isNonNullType(type))
        .map(({ name, type }) => [name, sampleOf(type, { field, path: [name] }, sample)]);
      return asking(argued, Object.fromEntries(values), { sample, selection: selectionOf(getNamedType(field.type)) });
    });
}

function referencesOf(types: readonly GraphQLObjectType[]) {
  return types
    .filter(({ name }) => pool.has(name))
    .map((type) => ({
      query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type.name} { ${selectionOf(type)} } } }`,
      variables: { r: [{ __typename: type.name, id: pool.get(type.name) }] },
    }));
}

describe.each(subgraphNames)('a service that asks %s', (name) => {
  it('gets an answer or a coded refusal, never a fault', async () => {
    const { schema } = at.world.subgraph(name);
    const entities = schema.getType('_Entity');
    const questions = [
      ...questionsOf(schema.getQueryType() as GraphQLObjectType),
      ...referencesOf(isUnionType(entities) ? entities.getTypes() : []),
    ];
    expect(questions.length).toBeGreaterThan(0);
    const faults: string[] = [];
    for (const { query, variables } of questions) {
      const { errors } = await at.world.ask(name, viewer, query, variables, { tenantId: pool.get('Tenant') as string });
      for (const { extensions, message, path } of errors ?? [])
        if (
          !extensions?.code ||
          extensions.code === 'INTERNAL_ERROR' ||
          extensions.code === 'GRAPHQL_VALIDATION_FAILED'
        )
          faults.push(`${query.slice(0, 60)} ${path?.join('.')}: ${message}`);
    }
    expect(faults).toEqual([]);
  });
});
