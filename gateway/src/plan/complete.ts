import { AnswerTooLarge, MAX_ANSWER_BYTES } from '@polity/kernel/graph/answer-size';
import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { conditionsHold } from '../shield/guards.ts';
import type { ErrorList } from './errors.ts';
import { planKey, type RequiredFields } from './keys.ts';
import { type LeafText, leafText } from './leaf.ts';
import type { Merger } from './merge.ts';
import { isTree, own, type Tree } from './tree.ts';

/** Stands for a value that is null because something required in it is, of which an error tells. */
const BUBBLED = Symbol('null, with an error below');
/** Stands for an object of which a subgraph said that it is not there. */
const GONE = Symbol('null, without an error');
const NULL = 'null';

/** The JSON of a value, or why there is none. */
type Completed = string | typeof BUBBLED | typeof GONE;

/** What completion needs of a run. */
export interface Raw {
  data: Tree;
  merger: Merger;
  missing: ReadonlySet<Tree>;
  errors: ErrorList;
  introspection: Tree;
}

interface State extends Raw {
  path: (string | number)[];
  covered: ((path: readonly (string | number)[]) => boolean) | null;
  /** Objects that stand at several places are completed once per selection. */
  known: Map<readonly Field[], Map<Tree, string>>;
  noted: number;
}

/** Completes a value of the nullable part of a type. */
type Complete = (value: unknown, state: State) => Completed;

interface Field {
  /** Under which it stands in the data, and in the answer. */
  source: string;
  key: string;
  /** What stands in front of its value: a comma, where it is not the first, and its key. */
  head: string;
  coordinate: string;
  required: boolean;
  complete: Complete;
}

interface Walk {
  schema: GraphQLSchema;
  fragments: Fragments;
  values: Record<string, unknown>;
  required: RequiredFields;
}

/** An object's type; or an interface, for objects of which nobody was asked what they are. */
type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

/** A null that breaks a promise of the schema needs an error; that of a failed subgraph stands there already. */
function note(state: State, message: string): typeof BUBBLED {
  state.noted++;
  state.covered ??= state.errors.covers();
  if (!state.covered(state.path))
    state.errors.add({ message, extensions: { code: 'INTERNAL_ERROR' } }, [...state.path], 'gateway');
  return BUBBLED;
}

/** One entity that was fetched once may stand in many places, and is text in each of them. */
function withinCap(text: string): string {
  if (text.length > MAX_ANSWER_BYTES) throw new AnswerTooLarge();
  return text;
}

function completeFields(fields: readonly Field[], source: Tree, state: State): Completed {
  let text = '{';
  for (const { source: from, key, head, coordinate, required, complete } of fields) {
    state.path.push(key);
    const value = complete(own(source, from), state);
    const broken = required ? brokenPromise(value, coordinate, state, source) : null;
    state.path.pop();
    if (broken) return broken;
    text += head;
    text += typeof value === 'string' ? value : NULL;
  }
  return withinCap(`${text}}`);
}

/** What the whole becomes when a required part of it is null; null where it is not. `source` is the object that it is a part of. */
function brokenPromise(
  value: Completed,
  place: string,
  state: State,
  source: Tree | null,
): typeof BUBBLED | typeof GONE | null {
  if (value === BUBBLED) return BUBBLED;
  if (value !== NULL && value !== GONE) return null;
  if (value === NULL && source && state.missing.has(source)) return GONE;
  return note(state, `Cannot return null for non-nullable ${place}.`);
}

function completeOnce(fields: readonly Field[], source: Tree, state: State): Completed {
  if (!state.merger.isShared(source)) return completeFields(fields, source, state);
  const known = state.known.get(fields) ?? new Map<Tree, string>();
  state.known.set(fields, known);
  const before = known.get(source);
  if (before !== undefined) return before;
  const { noted } = state;
  const completed = completeFields(fields, source, state);
  // An error names the place, so an object with one is completed anew at each.
  if (typeof completed === 'string' && noted === state.noted) known.set(source, completed);
  return completed;
}

function completeList(inner: Complete, required: boolean, type: string): Complete {
  return (value, state) => {
    if (value === null || value === undefined) return NULL;
    if (!Array.isArray(value)) return note(state, `A list of ${type} is none.`);
    let text = '[';
    for (let index = 0; index < value.length; index++) {
      state.path.push(index);
      const one = inner(value[index], state);
      const broken = required ? brokenPromise(one, `element of a list of ${type}`, state, null) : null;
      state.path.pop();
      if (broken) return broken;
      if (index > 0) text += ',';
      text += typeof one === 'string' ? one : NULL;
    }
    return withinCap(`${text}]`);
  };
}

function compileObjects(walk: Walk, type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Complete {
  const known = new Map<string, readonly Field[] | null>();
  const fieldsOf = (name: string): readonly Field[] | null => {
    let fields = known.get(name);
    if (fields === undefined) {
      const found = walk.schema.getType(name);
      // A subgraph that knows an interface as an object type says its name, or none, where no more was needed.
      const isTold = isObjectType(found) || (isInterfaceType(found) && found === type);
      fields = isTold ? compileFields(walk, found, sets) : null;
      known.set(name, fields);
    }
    return fields;
  };
  const declared = isObjectType(type) ? type.name : null;
  return (value, state) => {
    if (value === null || value === undefined) return NULL;
    if (!isTree(value)) return note(state, `An object of type ${String(type)} is none.`);
    const fields = fieldsOf(declared ?? String(value.__typename ?? type));
    // A type that is not public, or that no subgraph could tell although something depends on it.
    return fields
      ? completeOnce(fields, value, state)
      : note(state, `An object of type ${String(type)} has no known type.`);
  };
}

function completeLeaf(textOf: LeafText, type: string): Complete {
  return (value, state) => {
    if (value === null || value === undefined) return NULL;
    return textOf(value) ?? note(state, `A value is none of type ${type}.`);
  };
}

function compileType(walk: Walk, type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
  const nullable = getNullableType(type) as GraphQLOutputType;
  if (isListType(nullable)) {
    const { ofType } = nullable;
    return completeList(compileType(walk, ofType, nodes), isNonNullType(ofType), String(getNullableType(ofType)));
  }
  if (isLeafType(nullable)) return completeLeaf(leafText(nullable), nullable.name);
  return compileObjects(
    walk,
    nullable,
    nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
  );
}

/** Fields that are asked for, by response key, in the order in which they are answered (GraphQL 6.3.2); null where that depends on more than the type says. */
function collect(walk: Walk, type: FieldsType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> | null {
  let depends = false;
  const found = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const applies = (condition: string | undefined) => {
    if (condition === undefined || condition === type.name) return true;
    const named = walk.schema.getType(condition);
    const isOne = isAbstractType(named) && walk.schema.isSubType(named, type);
    depends ||= !isOne && isInterfaceType(type);
    return isOne;
  };
  function visit(set: SelectionSetNode): void {
    for (const node of set.selections) {
      if (node.directives?.length && !conditionsHold([node], walk.values)) continue;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        depends ||= node.name.value === '__typename' && isInterfaceType(type);
        const same = found.get(key);
        if (same) same.push(node);
        else found.set(key, [node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (applies(node.typeCondition?.name.value)) visit(node.selectionSet);
      } else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        const fragment = walk.fragments.get(node.name.value);
        if (fragment && applies(fragment.typeCondition.name.value)) visit(fragment.selectionSet);
      }
    }
  }
  for (const set of sets) visit(set);
  return depends ? null : found;
}

/** Whether null breaks a promise, and how a value is completed. */
function compileValue(walk: Walk, type: FieldsType, key: string, nodes: readonly FieldNode[]) {
  const name = (nodes[0] as FieldNode).name.value;
  const typeName = JSON.stringify(type.name);
  if (name === '__typename') return { required: true, complete: () => typeName };
  if (name === '__schema' || name === '__type') {
    const complete: Complete = (_value, state) => JSON.stringify(state.introspection[key] ?? null);
    return { required: false, complete };
  }
  const { type: fieldType } = type.getFields()[name] ?? {};
  if (!fieldType) throw new Error(`The graph has no field ${type.name}.${name}.`);
  return { required: isNonNullType(fieldType), complete: compileType(walk, fieldType, nodes) };
}

function compileFields(walk: Walk, type: FieldsType, sets: readonly SelectionSetNode[]): readonly Field[] | null {
  const asked = collect(walk, type, sets);
  return (
    asked &&
    [...asked].map(([key, nodes], index): Field => {
      const [first] = nodes as [FieldNode, ...FieldNode[]];
      const coordinate = `field ${type.name}.${first.name.value}`;
      const head = `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`;
      return { source: planKey(first, walk.required), key, head, coordinate, ...compileValue(walk, type, key, nodes) };
    })
  );
}

/** Writes what subgraphs answered as the JSON that an operation answers with. Throws AnswerTooLarge. */
export type Completion = (raw: Raw) => string;

/**
 * Compiles the answer of an operation: its fields in their order, exact propagation of null, and no null without an error but where a
 * subgraph says that there is nothing. `values` decide `@skip` and `@include`; no others of them matter.
 */
export function compileCompletion(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
  values: Record<string, unknown>,
  required: RequiredFields,
): Completion {
  const root = schema.getRootType(operation) as GraphQLObjectType;
  const walk = { schema, fragments: fragmentsOf(document), values, required };
  const fields = compileFields(walk, root, [selectionSet]) ?? [];
  return (raw) => {
    const state: State = { ...raw, path: [], covered: null, known: new Map(), noted: 0 };
    const completed = completeFields(fields, raw.data, state);
    return typeof completed === 'string' ? completed : NULL;
  };
}
