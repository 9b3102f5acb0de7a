import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import {
  type DocumentNode,
  executeSync,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Tree } from './tree.ts';

/** Answers `__schema` and `__type` of one operation. */
export type Introspection = (schema: GraphQLSchema, variables: Record<string, unknown>) => Tree;

/** Whether it asks for the schema; nobody but the gateway is asked for that. */
export const isIntrospection = (node: SelectionNode): boolean =>
  node.kind === Kind.FIELD && (node.name.value === '__schema' || node.name.value === '__type');

/** The selections without the fields that subgraphs answer; fragments at the root are written out. */
function onlyIntrospection(set: SelectionSetNode, fragments: Fragments): SelectionNode[] {
  return set.selections.flatMap((node): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return isIntrospection(node) ? [node] : [];
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    const selections = inner ? onlyIntrospection(inner.selectionSet, fragments) : [];
    if (selections.length === 0) return [];
    const { directives = [] } = node;
    return [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
  });
}

/** Null for an operation that does not ask for the schema. */
export function introspectionOf(document: DocumentNode, operation: OperationDefinitionNode): Introspection | null {
  const fragments = fragmentsOf(document);
  const selections = operation.operation === 'query' ? onlyIntrospection(operation.selectionSet, fragments) : [];
  if (selections.length === 0) return null;
  const only = { ...operation, selectionSet: { kind: Kind.SELECTION_SET as const, selections } };
  const asked: DocumentNode = { kind: Kind.DOCUMENT, definitions: [only, ...fragments.values()] };
  return (schema, variables) => {
    const { data, errors } = executeSync({ schema, document: asked, variableValues: variables });
    const [error] = errors ?? [];
    if (error) throw error;
    return { ...data };
  };
}
