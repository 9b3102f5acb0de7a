import { Forbidden } from '@polity/kernel/graph/errors';
import { guardRules } from '@polity/kernel/graph/guard-rules';
import { buildSchema } from '@polity/kernel/graph/schema';
import { allow } from '@polity/kernel/graph/shield';
import type { AnySubgraph } from '@polity/kernel/graph/subgraph';
import { type GraphQLFieldResolver, isObjectType } from 'graphql';
import { sessionSubgraph } from '../../gateway/src/session-subgraph.ts';
import { registry } from '../../subgraphs/registry.ts';

const FEDERATION = new Set(['Query._entities', 'Query._service']);

/** Every field of a subgraph behind its guards, as it is served, with the rule that they come to. */
function fieldsOf(definition: AnySubgraph) {
  const rules = guardRules(definition.typeDefs);
  return Object.values(buildSchema(definition).getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('_')) return [];
    return Object.entries(type.getFields())
      .map(([name, { resolve }]) => ({
        type,
        name,
        coordinate: `${type.name}.${name}`,
        resolve: resolve as GraphQLFieldResolver<unknown, object> | undefined,
        rule: rules[type.name]?.[name] ?? rules[type.name]?.['*'],
      }))
      .filter(({ coordinate, type: { name: typeName } }) => !FEDERATION.has(coordinate) && typeName !== 'PageInfo');
  });
}

/** How often the rule is asked when the field is resolved, and what comes out when it denies. */
async function denied({ type, name, resolve, rule }: ReturnType<typeof fieldsOf>[number]) {
  let asked = 0;
  const own = Object.getOwnPropertyDescriptor(rule, 'resolve');
  const deny = async () => {
    asked++;
    return false;
  };
  Object.defineProperty(rule, 'resolve', { value: deny, configurable: true, writable: true });
  try {
    const info = { parentType: type, fieldName: name, path: { key: name, prev: undefined, typename: type.name } };
    const answer = await Promise.resolve(resolve?.({}, {}, {}, info as never)).catch((error: unknown) => error);
    return { asked, refused: answer instanceof Forbidden };
  } finally {
    if (own) Object.defineProperty(rule, 'resolve', own);
    else delete (rule as { resolve?: unknown }).resolve;
  }
}

const subgraphs = [sessionSubgraph({} as never), ...(await Promise.all(registry.map(({ load }) => load())))];

describe.each(subgraphs.map((each): [string, AnySubgraph] => [each.name, each]))(
  'behind the shield of %s',
  (_name, definition) => {
    const fields = fieldsOf(definition);

    it('every field has a rule', () => {
      expect(fields.filter(({ rule }) => !rule).map(({ coordinate }) => coordinate)).toEqual([]);
      expect(fields.length).toBeGreaterThan(0);
    });

    it('every field whose rule is not `allow` asks its rule, and answers nothing when that denies', async () => {
      const closed = fields.filter(({ rule }) => rule !== allow);
      expect(closed.length).toBeGreaterThan(0);
      for (const field of closed)
        expect({ field: field.coordinate, ...(await denied(field)) }).toEqual({
          field: field.coordinate,
          asked: 1,
          refused: true,
        });
    });
  },
);
