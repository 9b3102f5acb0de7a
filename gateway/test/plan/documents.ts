import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';

interface Writer {
  schema: GraphQLSchema;
  integer(max: number): number;
  fragments: Map<string, string>;
}

const MAX_DEPTH = 5;

function argumentsOf(field: GraphQLField<unknown, unknown>, w: Writer): string {
  if (field.args.some(({ name }) => name === 'id')) return `(id: "${w.integer(4)}")`;
  if (field.args.some(({ name }) => name === 'express'))
    return ['', '(express: true)', '(express: $yes)'][w.integer(2)] ?? '';
  return '';
}

const directive = (w: Writer) =>
  ['', '', '', '', '', ' @include(if: $yes)', ' @skip(if: $no)', ' @include(if: $no)'][w.integer(7)] ?? '';

function writeField(field: GraphQLField<unknown, unknown>, depth: number, w: Writer): string {
  const given = argumentsOf(field, w);
  // Under one name, a field must mean the same everywhere in a selection.
  const alias = given ? `${field.name}_${given.replace(/\W/g, '')}: ` : w.integer(5) === 0 ? `a_${field.name}: ` : '';
  const named = getNamedType(field.type);
  const inner = isCompositeType(named) ? ` ${writeSet(named, depth + 1, w)}` : '';
  return `${alias}${field.name}${given}${directive(w)}${inner}`;
}

function writeFragment(type: GraphQLCompositeType, depth: number, w: Writer): string {
  const possible = isObjectType(type) ? [type] : [type, ...w.schema.getPossibleTypes(type)];
  const on = possible[w.integer(possible.length - 1)] as GraphQLCompositeType;
  if (w.integer(2) > 0) return `... on ${on.name}${directive(w)} ${writeSet(on, depth + 1, w)}`;
  const name = `F${w.fragments.size}`;
  w.fragments.set(name, '');
  w.fragments.set(name, `fragment ${name} on ${on.name} ${writeSet(on, depth + 1, w)}`);
  return `...${name}`;
}

function writeSet(type: GraphQLCompositeType, depth: number, w: Writer): string {
  const fields = isUnionType(type) ? [] : Object.values(type.getFields());
  const usable = depth < MAX_DEPTH ? fields : fields.filter((field) => !isCompositeType(getNamedType(field.type)));
  const parts: string[] = [];
  const count = depth === 0 ? 1 + w.integer(2) : 1 + w.integer(3);
  for (let n = 0; n < count; n++) {
    const field = usable[w.integer(Math.max(0, usable.length - 1))];
    if (w.integer(4) === 0 && depth > 0 && depth < MAX_DEPTH) parts.push(writeFragment(type, depth, w));
    else if (field) parts.push(writeField(field, depth, w));
    else parts.push('__typename');
  }
  if (w.integer(6) === 0 || (isInterfaceType(type) && depth >= MAX_DEPTH)) parts.push('__typename');
  return `{ ${parts.join(' ')} }`;
}

/** A random operation over the schema; it may break a rule of validation, and is not used then. */
export function writeDocument(
  schema: GraphQLSchema,
  kind: 'query' | 'mutation',
  integer: (max: number) => number,
): string {
  const w: Writer = { schema, integer, fragments: new Map() };
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  const set = writeSet(root as GraphQLCompositeType, 0, w);
  return [`${kind} ($yes: Boolean = true, $no: Boolean!) ${set}`, ...w.fragments.values()].join('\n');
}
