import { Forbidden } from '@polity/kernel/graph/errors';
import { buildSchema } from '@polity/kernel/graph/schema';
import { allow, type PermissionTable, type ShieldRule } from '@polity/kernel/graph/shield';
import type { AnySubgraph } from '@polity/kernel/graph/subgraph';
import { type GraphQLFieldResolver, isObjectType } from 'graphql';
import { access } from '../../subgraphs/access/src/subgraph.ts';
import { identity } from '../../subgraphs/identity/src/subgraph.ts';
import { portal } from '../../subgraphs/portal/src/subgraph.ts';

type Row = PermissionTable[string] | undefined;
const FEDERATION = new Set(['Query._entities', 'Query._service']);

function ruleOf(row: Row, field: string): ShieldRule | undefined {
  if (!row || typeof (row as ShieldRule).resolve === 'function') return row as ShieldRule | undefined;
  const rules = row as Record<string, ShieldRule>;
  return rules[field] ?? rules['*'];
}

/** Every field of a subgraph behind its own table, as it is served, with the rule that its row names. */
function fieldsOf(definition: AnySubgraph) {
  return Object.values(buildSchema(definition).getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('_')) return [];
    return Object.entries(type.getFields())
      .map(([name, { resolve }]) => ({
        type,
        name,
        coordinate: `${type.name}.${name}`,
        resolve: resolve as GraphQLFieldResolver<unknown, object> | undefined,
        rule: ruleOf(definition.permissions[type.name], name),
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

describe.each<[string, AnySubgraph]>([
  ['access', access],
  ['identity', identity],
  ['portal', portal],
])('behind the shield of %s', (_name, definition) => {
  const fields = fieldsOf(definition);

  it('every field has a row', () => {
    expect(fields.filter(({ rule }) => !rule).map(({ coordinate }) => coordinate)).toEqual([]);
    expect(fields.length).toBeGreaterThan(50);
  });

  it('every field whose row is not `allow` asks its rule, and answers nothing when that denies', async () => {
    const closed = fields.filter(({ rule }) => rule !== allow);
    expect(closed.length).toBeGreaterThan(10);
    for (const field of closed)
      expect({ field: field.coordinate, ...(await denied(field)) }).toEqual({
        field: field.coordinate,
        asked: 1,
        refused: true,
      });
  });
});
