import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
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
import { leafCheck } from './leaf.ts';
import type { Merger } from './merge.ts';
import { isTree, own, type Tree } from './tree.ts';

/** Stands for a value that is null because something required in it is, of which an error tells. */
const BUBBLED = Symbol('null, with an error below');
/** Stands for an object of which a subgraph said that it is not there. */
const GONE = Symbol('null, without an error');

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
  known: Map<readonly Field[], Map<Tree, Tree>>;
  noted: number;
}

/** Completes a value of the nullable part of a type. */
type Complete = (value: unknown, state: State) => unknown;

interface Field {
  key: string;
  coordinate: string;
  required: boolean;
  complete: Complete;
}

interface Walk {
  schema: GraphQLSchema;
  fragments: Fragments;
  values: Record<string, unknown>;
}

/** A null that breaks a promise of the schema needs an error; that of a failed subgraph stands there already. */
function note(state: State, message: string): typeof BUBBLED {
  state.noted++;
  state.covered ??= state.errors.covers();
  if (!state.covered(state.path))
    state.errors.add({ message, extensions: { code: 'INTERNAL_ERROR' } }, [...state.path], 'gateway');
  return BUBBLED;
}

const orNull = (value: unknown) => (value === BUBBLED || value === GONE ? null : value);

function completeFields(fields: readonly Field[], source: Tree, state: State): unknown {
  const completed: Tree = {};
  for (const { key, coordinate, required, complete } of fields) {
    state.path.push(key);
    const value = complete(own(source, key), state);
    const broken = required ? brokenPromise(value, coordinate, state, state.missing.has(source)) : null;
    state.path.pop();
    if (broken) return broken;
    completed[key] = orNull(value);
  }
  return completed;
}

/** What the whole becomes when a required part of it is null; null where it is not. */
function brokenPromise(
  value: unknown,
  place: string,
  state: State,
  gone: boolean,
): typeof BUBBLED | typeof GONE | null {
  if (value === BUBBLED) return BUBBLED;
  if (value === null && gone) return GONE;
  return value === null || value === GONE ? note(state, `Cannot return null for non-nullable ${place}.`) : null;
}

function completeOnce(fields: readonly Field[], source: Tree, state: State): unknown {
  if (!state.merger.isShared(source)) return completeFields(fields, source, state);
  const known = state.known.get(fields) ?? new Map<Tree, Tree>();
  state.known.set(fields, known);
  const before = known.get(source);
  if (before) return before;
  const { noted } = state;
  const completed = completeFields(fields, source, state);
  // An error names the place, so an object with one is completed anew at each.
  if (isTree(completed) && noted === state.noted) known.set(source, completed);
  return completed;
}

function completeList(inner: Complete, required: boolean, type: string): Complete {
  return (value, state) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) return note(state, `A list of ${type} is none.`);
    const completed: unknown[] = [];
    for (const [index, element] of value.entries()) {
      state.path.push(index);
      const one = inner(element, state);
      const broken = required ? brokenPromise(one, `element of a list of ${type}`, state, false) : null;
      state.path.pop();
      if (broken) return broken;
      completed.push(orNull(one));
    }
    return completed;
  };
}

function compileObjects(walk: Walk, type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Complete {
  const known = new Map<string, readonly Field[] | null>();
  const fieldsOf = (name: string): readonly Field[] | null => {
    let fields = known.get(name);
    if (fields === undefined) {
      const found = walk.schema.getType(name);
      fields = isObjectType(found) ? compileFields(walk, found, sets) : null;
      known.set(name, fields);
    }
    return fields;
  };
  const declared = isObjectType(type) ? type.name : null;
  return (value, state) => {
    if (value === null || value === undefined) return null;
    if (!isTree(value)) return note(state, `An object of type ${String(type)} is none.`);
    const fields = fieldsOf(declared ?? String(value.__typename));
    // A type that is not public, or that no subgraph could tell.
    return fields
      ? completeOnce(fields, value, state)
      : note(state, `An object of type ${String(type)} has no known type.`);
  };
}

function compileType(walk: Walk, type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
  const nullable = getNullableType(type) as GraphQLOutputType;
  if (isListType(nullable)) {
    const { ofType } = nullable;
    return completeList(compileType(walk, ofType, nodes), isNonNullType(ofType), String(getNullableType(ofType)));
  }
  if (!isLeafType(nullable))
    return compileObjects(
      walk,
      nullable,
      nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
    );
  const isValid = leafCheck(nullable);
  return (value, state) => {
    if (value === null || value === undefined) return null;
    return isValid(value) ? value : note(state, `A value is none of type ${nullable.name}.`);
  };
}

/** Fields that are asked for, by response key, in the order in which they are answered (GraphQL 6.3.2). */
function collect(walk: Walk, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const applies = (condition: string | undefined) => {
    if (condition === undefined || condition === type.name) return true;
    const named = walk.schema.getType(condition);
    return isAbstractType(named) && walk.schema.isSubType(named, type);
  };
  function visit(set: SelectionSetNode): void {
    for (const node of set.selections) {
      if (node.directives?.length && !conditionsHold([node], walk.values)) continue;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
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
  return found;
}

function compileFields(walk: Walk, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): readonly Field[] {
  return [...collect(walk, type, sets)].map(([key, nodes]): Field => {
    const name = (nodes[0] as FieldNode).name.value;
    const coordinate = `field ${type.name}.${name}`;
    if (name === '__typename') return { key, coordinate, required: true, complete: () => type.name };
    if (name === '__schema' || name === '__type')
      return { key, coordinate, required: false, complete: (_value, state) => state.introspection[key] ?? null };
    const { type: fieldType } = type.getFields()[name] ?? {};
    if (!fieldType) throw new Error(`The graph has no ${coordinate}.`);
    return { key, coordinate, required: isNonNullType(fieldType), complete: compileType(walk, fieldType, nodes) };
  });
}

/** Turns what subgraphs answered into what an operation answers with. */
export type Completion = (raw: Raw) => Tree | null;

/**
 * Compiles the answer of an operation: its fields in their order, exact propagation of null, and no null without an error but where a
 * subgraph says that there is nothing. `values` decide `@skip` and `@include`; no others of them matter.
 */
export function compileCompletion(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
  values: Record<string, unknown>,
): Completion {
  const root = schema.getRootType(operation) as GraphQLObjectType;
  const fields = compileFields({ schema, fragments: fragmentsOf(document), values }, root, [selectionSet]);
  return (raw) => {
    const state: State = { ...raw, path: [], covered: null, known: new Map(), noted: 0 };
    const completed = completeFields(fields, raw.data, state);
    return isTree(completed) ? completed : null;
  };
}
