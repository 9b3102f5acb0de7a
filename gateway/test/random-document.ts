import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** A number from 0 up to but not including `below`. */
export type Choose = (below: number) => number;

/** Choices that a seed decides (mulberry32). */
export function choices(seed: number): Choose {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export interface Shape {
  schema: GraphQLSchema;
  choose: Choose;
  /** Fields inside fields. */
  depth: number;
  /** Most selections in one set. */
  width: number;
  /** Selections in all, about; no limit by default. */
  most?: number;
  /** `alias: ` for a field; by default one of few, so that many conflict. */
  aliasOf?(typeName: string, field: string): string;
  /** Arguments to give a field, as `(name: "a")`; none by default. */
  argumentsOf?(field: GraphQLField<unknown, unknown>): string;
}

interface Writing extends Shape {
  written: number;
  fragments: Map<string, string>;
}

function objectsOf(schema: GraphQLSchema, typeName: string): readonly string[] {
  const type = schema.getType(typeName);
  if (isAbstractType(type)) return schema.getPossibleTypes(type).map(({ name }) => name);
  return isObjectType(type) ? [typeName] : [];
}

const known = new WeakMap<GraphQLSchema, Map<string, readonly string[]>>();

/** Types that a fragment in a place of this type may name. */
function typesWithin(schema: GraphQLSchema, typeName: string): readonly string[] {
  const ofSchema = known.get(schema) ?? new Map<string, readonly string[]>();
  known.set(schema, ofSchema);
  const here = new Set(objectsOf(schema, typeName));
  const names = Object.keys(schema.getTypeMap()).filter((name) => !name.startsWith('__'));
  const found =
    ofSchema.get(typeName) ?? names.filter((name) => objectsOf(schema, name).some((each) => here.has(each)));
  ofSchema.set(typeName, found);
  return found;
}

function fieldsOf(schema: GraphQLSchema, typeName: string, leavesOnly: boolean) {
  const type = schema.getType(typeName);
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  return fields.filter(
    (field) => !field.args.some(isRequiredArgument) && !(leavesOnly && isCompositeType(getNamedType(field.type))),
  );
}

function fieldIn(writing: Writing, typeName: string, depth: number): string {
  const { schema, choose, argumentsOf, most = Number.POSITIVE_INFINITY } = writing;
  const fields = fieldsOf(schema, typeName, depth === 0 || ++writing.written > most);
  const field = fields[choose(fields.length + 1)];
  const name = field?.name ?? '__typename';
  const alias = writing.aliasOf?.(typeName, name) ?? ['', 'a: ', 'b: '][choose(3)];
  if (!field) return `${alias}${name}`;
  const inner = getNamedType(field.type);
  const below = isCompositeType(inner) ? ` { ${selections(writing, inner.name, depth - 1)} }` : '';
  return `${alias}${name}${argumentsOf?.(field) ?? ''}${below}`;
}

function fragmentIn(writing: Writing, typeName: string, depth: number): string {
  const { schema, choose, fragments } = writing;
  const types = typesWithin(schema, typeName);
  const onType = types[choose(types.length)] as string;
  const form = choose(3);
  if (form === 0) return `... { ${selections(writing, typeName, depth - 1)} }`;
  if (form === 1) return `... on ${onType} { ${selections(writing, onType, depth - 1)} }`;
  const name = `F${onType}${depth}`;
  if (!fragments.has(name)) {
    fragments.set(name, '');
    fragments.set(name, `fragment ${name} on ${onType} { ${selections(writing, onType, depth - 1)} }`);
  }
  return `...${name}`;
}

function selections(writing: Writing, typeName: string, depth: number): string {
  const { choose, width } = writing;
  const one = () =>
    depth > 0 && choose(10) > 6 ? fragmentIn(writing, typeName, depth) : fieldIn(writing, typeName, depth);
  return Array.from({ length: 1 + choose(width) }, one).join(' ');
}

/** A query whose fields exist; with few names for them, so that many overlap. */
export function randomDocument(shape: Shape): string {
  const fragments = new Map<string, string>();
  const root = selections({ ...shape, fragments, written: 0 }, 'Query', shape.depth);
  return [`{ ${root} }`, ...fragments.values()].join('\n');
}
