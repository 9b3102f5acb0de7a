import { type FieldDefinitionNode, Kind, print, type TypeNode as TypeReference } from 'graphql';
import { isObject, isRoot, type ObjectNode, type TypeNode } from './schema-coordinates.ts';
import { vocabulary } from './schema-vocabulary.ts';

/** What a rule needs to know beside the type it looks at. */
export interface Surroundings {
  /** Types that this subgraph only refers to, or adds fields to. */
  foreign: ReadonlySet<string>;
}

type Rule = (node: TypeNode, surroundings: Surroundings) => string[];

// What belongs to a directive of ours has its prefix, by which composition keeps it out of the API.
const PASCAL = /^(guard__|cache__)?[A-Z][A-Za-z0-9]*$/;
// A leading underscore marks what services say to each other; such fields are @inaccessible.
const CAMEL = /^_?[a-z][A-Za-z0-9]*$/;
const SCALARS = new Set(['Boolean', 'DateTime', 'Float', 'ID', 'Int', 'JSON', 'String']);
const SCREAMING = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

const fieldsOf = (node: ObjectNode): readonly FieldDefinitionNode[] => node.fields ?? [];
const fieldAt = (node: ObjectNode, field: FieldDefinitionNode): string => `${node.name.value}.${field.name.value}`;
const typeOf = (node: { type: TypeReference }): string => print(node.type);
const namedType = (node: { type: TypeReference }): string => typeOf(node).replace(/[[\]!]/g, '');
// What services ask each other is one field per operation: it has no siblings to erase.
const isInternal = (field: FieldDefinitionNode): boolean =>
  field.directives?.some(({ name }) => name.value === 'inaccessible') ?? false;

const names: Rule = (node) => {
  const name = node.name.value;
  const problems = PASCAL.test(name) ? [] : [`${name}: a type is PascalCase`];
  if ('values' in node) {
    const bad = (node.values ?? []).filter((value) => !SCREAMING.test(value.name.value));
    problems.push(...bad.map((value) => `${name}.${value.name.value}: an enum value is UPPER_CASE`));
  }
  if ('fields' in node) {
    const bad = (node.fields ?? []).filter((field) => !CAMEL.test(field.name.value));
    problems.push(...bad.map((field) => `${name}.${field.name.value}: a field is camelCase`));
  }
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && !/(Input|Filter)$/.test(name)) {
    problems.push(`${name}: an input ends in Input or Filter`);
  }
  return problems;
};

/** One failure must never erase its siblings: whatever can fail alone is nullable. */
const nullability: Rule = (node, { foreign }) => {
  // A shareable type is answered whole by whichever subgraph has the field, so nothing of it crosses.
  if (!isObject(node) || node.directives?.some(({ name }) => name.value === 'shareable')) return [];
  const contributes = foreign.has(node.name.value);
  return fieldsOf(node)
    .filter((field) => field.type.kind === Kind.NON_NULL_TYPE && field.name.value !== 'id')
    .flatMap((field) => {
      if (isRoot(node.name.value))
        return isInternal(field) ? [] : [`${fieldAt(node, field)}: a root field is nullable`];
      if (contributes) return [`${fieldAt(node, field)}: a field added to another subgraph's type is nullable`];
      return foreign.has(namedType(field))
        ? [`${fieldAt(node, field)}: a field that crosses subgraphs is nullable`]
        : [];
    });
};

function connectionShape(node: ObjectNode): string[] {
  const types = new Map(fieldsOf(node).map((field) => [field.name.value, typeOf(field)]));
  const name = node.name.value;
  if (name.endsWith('Connection')) {
    const edge = `[${name.replace(/Connection$/, 'Edge')}!]!`;
    return types.get('edges') === edge && types.get('pageInfo') === 'PageInfo!'
      ? []
      : [`${name}: a connection has edges: ${edge} and pageInfo: PageInfo!`];
  }
  if (name.endsWith('Edge')) {
    return types.get('cursor') === 'String!' && types.has('node')
      ? []
      : [`${name}: an edge has cursor: String! and node`];
  }
  return [];
}

function pagedField(node: ObjectNode, field: FieldDefinitionNode): string[] {
  const argumentTypes = new Map(field.arguments?.map((each) => [each.name.value, typeOf(each)]));
  const pages = ['first', 'last'].every((name) => argumentTypes.get(name) === 'Int');
  const between = ['after', 'before'].every((name) => argumentTypes.get(name) === 'String');
  return pages && between
    ? []
    : [`${fieldAt(node, field)}: a connection takes first: Int, after: String, last: Int and before: String`];
}

const connections: Rule = (node) => {
  if (!isObject(node)) return [];
  const paged = fieldsOf(node).filter((field) => namedType(field).endsWith('Connection'));
  return [...connectionShape(node), ...paged.flatMap((field) => pagedField(node, field))];
};

const scalars: Rule = (node) => {
  if (!('fields' in node)) return [];
  return (node.fields ?? []).flatMap((field) => {
    const at = `${node.name.value}.${field.name.value}`;
    if (/[a-z]At$/.test(field.name.value) && namedType(field) !== 'DateTime') return [`${at}: a time is a DateTime`];
    // iCalendar names a date of a series by its original start, and calls that RECURRENCE-ID.
    if (
      /^id$|[a-z]Id$/.test(field.name.value) &&
      namedType(field) !== (field.name.value === 'recurrenceId' ? 'DateTime' : 'ID')
    )
      return [`${at}: an id is an ID`];
    return [];
  });
};

/** A field added to another subgraph's type leads into this one, past its root fields; it says who may come, and what tokens need. */
const waysIn: Rule = (node, { foreign }) => {
  if (!isObject(node) || isRoot(node.name.value) || !foreign.has(node.name.value)) return [];
  if (node.directives?.some(({ name }) => name.value === 'shareable')) return [];
  return fieldsOf(node)
    .filter(({ name, directives }) => name.value !== 'id' && !directives?.some((each) => each.name.value === 'guard'))
    .map((field) => `${fieldAt(node, field)}: a field added to another subgraph's type has a @guard`);
};

/** Their ids are made by clients' tools, and two applications may have the same. */
const NAMED_BY_PUBLISHERS = new Set(['PersistedOperation']);

/** Clients keep things in their caches by id alone, and know by the interface which things those are. */
const nodes: Rule = (node) => {
  if (!isObject(node)) return [];
  const name = node.name.value;
  const id = fieldsOf(node).find((field) => field.name.value === 'id');
  const isNode = node.interfaces?.some((each) => each.name.value === 'Node') ?? false;
  if (id && typeOf(id) !== 'ID!') return [`${name}.id: an id is an ID!`];
  const isEntity = node.directives?.some((each) => each.name.value === 'key') ?? false;
  if (NAMED_BY_PUBLISHERS.has(name)) return [];
  if ((id || isEntity) && !isNode) return [`${name}: a type with an id or a key implements Node`];
  return [];
};

/** The contract's exceptions: what they end is not one thing that a client has in its cache. */
const ENDS_NO_ONE_THING = new Set(['deleteAccount', 'revokeOtherSessions']);

/** Clients drop what was destroyed from their caches by the id in the answer. */
const destroyingVerbs: Rule = (node) => {
  if (!isObject(node) || node.name.value !== 'Mutation') return [];
  return fieldsOf(node)
    .filter((field) => /^(delete|leave|remove|revoke|un[a-z]+)[A-Z]/.test(field.name.value) && !isInternal(field))
    .filter((field) => !ENDS_NO_ONE_THING.has(field.name.value) && SCALARS.has(namedType(field)))
    .map((field) => `${fieldAt(node, field)}: what deletes, removes, leaves or revokes answers the thing as it was`);
};

/** Characters that a text may have for one point of cost, the same as an object: fields whose texts are long weigh what they can be long. */
const CHARACTERS_PER_POINT = 500;

function weightOf({ directives }: FieldDefinitionNode): number {
  const cost = directives?.find(({ name }) => name.value === 'cost');
  const weight = cost?.arguments?.find(({ name }) => name.value === 'weight')?.value;
  return weight?.kind === Kind.INT ? Number(weight.value) : 0;
}

/** Else a few fields of long texts could answer with hundreds of megabytes for the price of their objects. */
const longTexts: Rule = (node) => {
  if (!isObject(node)) return [];
  return fieldsOf(node).flatMap((field) => {
    if (isRoot(node.name.value) || namedType(field) !== 'String') return [];
    const lengths = field.description?.value.matchAll(/([\d,]+)\s+characters/g) ?? [];
    const longest = Math.max(0, ...Array.from(lengths, ([, digits = '']) => Number(digits.replaceAll(',', ''))));
    const least = Math.floor(longest / CHARACTERS_PER_POINT);
    return least < 2 || weightOf(field) >= least
      ? []
      : [`${fieldAt(node, field)}: a text of up to ${longest} characters has @cost(weight: ${least}) or more`];
  });
};

const rules: readonly Rule[] = [
  names,
  nullability,
  connections,
  scalars,
  longTexts,
  waysIn,
  nodes,
  destroyingVerbs,
  vocabulary,
];

/** Every breach of the rules above in one type. */
export function breachesOf(node: TypeNode, surroundings: Surroundings): string[] {
  return rules.flatMap((rule) => rule(node, surroundings));
}
