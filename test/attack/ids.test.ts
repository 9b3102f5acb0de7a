import {
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
  visit,
} from 'graphql';
import { subgraphNames } from '../../gateway/test/every-subgraph.ts';
import { type GatewayWorld, startGatewayWorld } from '../../gateway/test/gateway-world.ts';
import { type ArguedField, arguedFields, asking, leavesOf, type Sample, sampleOf } from './graph-arguments.ts';
import { apiSchema, asLiteral, type Pool, poolOf, samples } from './pool.ts';

const LOWER = 'abcdef01-0000-7000-8000-abcdef012345';
const UPPER = LOWER.toUpperCase();

const fieldOf = ({ path }: ArguedField) => (path.at(-1) as ArguedField['path'][number]).field;
const takesId = (argued: ArguedField) =>
  leavesOf(fieldOf(argued)).some(({ type }) => ['ID', '_Any'].includes(getNamedType(type).name));

/** Every argument of the field with all that belongs to it. */
function valuesOf(argued: ArguedField, sample: Sample): Record<string, unknown> {
  const field = fieldOf(argued);
  return Object.fromEntries(
    field.args.map(({ name, type }) => [name, sampleOf(type, { field, path: [name] }, sample)]),
  );
}

/** The arguments as a rule or a resolver of this schema is given them. */
function received(schema: GraphQLSchema, argued: ArguedField, literal: boolean): unknown {
  const upper: Sample = (place) => {
    if (place.type === 'ID') return UPPER;
    return place.type === '_Any' ? { __typename: 'Any', id: UPPER } : samples(new Map())(place);
  };
  const how = { sample: upper, selection: '__typename', ...(literal ? { literal: asLiteral } : {}) };
  const { query, variables } = asking(argued, valuesOf(argued, upper), how);
  const document = parse(query);
  const problems = validate(schema, document);
  const { coerced, errors = problems } = getVariableValues(
    schema,
    getOperationAST(document)?.variableDefinitions ?? [],
    variables,
  );
  if (problems.length > 0 || !coerced) throw new Error(`${query}: ${[...problems, ...errors].join()}`);
  let node: FieldNode | undefined;
  visit(document, { Field: (each) => void (each.name.value === fieldOf(argued).name ? (node = each) : null) });
  return getArgumentValues(fieldOf(argued), node as FieldNode, coerced);
}

/** Arguments that would contradict the others: a community is named by its id or its slug, and a page has one cursor. */
const APART = new Set(['slug', 'after', 'before', 'last', 'atLeast']);

let at: GatewayWorld;
let schemas: Map<string, GraphQLSchema>;
let pool: Pool;
beforeAll(async () => {
  at = await startGatewayWorld({ platform: { env: { RATE_LIMIT: '0' } } });
  schemas = new Map([
    ['gateway', apiSchema()],
    ...subgraphNames.map((name) => [name, at.world.subgraph(name).schema] as const),
  ]);
  pool = await poolOf(await at.person('admin'));
});
afterAll(() => at.close());

describe('ids in upper case', () => {
  it.each(['gateway', ...subgraphNames])('are in lower case behind the door of %s', (name) => {
    const schema = schemas.get(name) as GraphQLSchema;
    const asked = arguedFields(schema).filter(takesId);
    expect(asked.length).toBeGreaterThan(0);
    for (const argued of asked)
      for (const literal of [false, true]) {
        const text = JSON.stringify(received(schema, argued, literal));
        expect([argued.coordinate, text.includes(LOWER), text.includes(UPPER)]).toEqual([
          argued.coordinate,
          true,
          false,
        ]);
      }
  });

  it('are answered by every query of the graph as in lower case', async () => {
    const admin = await at.person('admin');
    const sample = samples(pool);
    const upper: Sample = (place) => (place.type === 'ID' ? String(sample(place)).toUpperCase() : sample(place));
    async function ask(argued: ArguedField, spell: Sample, literal: boolean): Promise<unknown> {
      const values = Object.fromEntries(Object.entries(valuesOf(argued, spell)).filter(([name]) => !APART.has(name)));
      const how = { sample: spell, selection: selectionOf(argued), ...(literal ? { literal: asLiteral } : {}) };
      const { query, variables } = asking(argued, values, how);
      const { data, codes } = await admin.ask(query, variables);
      return { coordinate: argued.coordinate, data, codes };
    }
    const queries = arguedFields(apiSchema()).filter((argued) => argued.operation === 'query' && takesId(argued));
    expect(queries.length).toBeGreaterThan(10);
    for (const argued of queries) {
      const expected = await ask(argued, sample, false);
      expect(expected).toMatchObject({ coordinate: argued.coordinate, codes: [] });
      for (const literal of [false, true]) expect(await ask(argued, upper, literal)).toEqual(expected);
    }
  });
});

function selectionOf(argued: ArguedField): string {
  const name = getNamedType(fieldOf(argued).type).name;
  if (name.endsWith('Connection')) return 'edges { cursor }';
  return name === 'Decision' ? 'allowed reason' : '__typename';
}
