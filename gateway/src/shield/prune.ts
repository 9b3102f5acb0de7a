import { type Fragments, fragmentsOf } from '@polity/kernel/graph/fragments';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

function inner(node: Exclude<SelectionNode, { kind: Kind.FIELD }>, fragments: Fragments): SelectionSetNode | undefined {
  return node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value)?.selectionSet;
}

/** Fields at the root of an operation, those in fragments included. */
export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): readonly FieldNode[] {
  const fragments = fragmentsOf(document);
  const inside = (set: SelectionSetNode): FieldNode[] =>
    set.selections.flatMap((node) =>
      node.kind === Kind.FIELD
        ? [node]
        : inside(inner(node, fragments) ?? { kind: Kind.SELECTION_SET, selections: [] }),
    );
  return inside(operation.selectionSet);
}

/** Response keys at the root of an operation, in the order in which an answer must list them (GraphQL 6.2.2). */
export function rootKeys(document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  const fragments = fragmentsOf(document);
  const keys = new Set<string>();
  const collect = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) keys.add((node.alias ?? node.name).value);
      else collect(inner(node, fragments) ?? { kind: Kind.SELECTION_SET, selections: [] });
    }
  };
  collect(operation.selectionSet);
  return [...keys];
}

function withoutKeys(set: SelectionSetNode, denied: ReadonlySet<string>, fragments: Fragments): SelectionSetNode {
  const selections = set.selections.flatMap((node): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return denied.has((node.alias ?? node.name).value) ? [] : [node];
    const kept = withoutKeys(inner(node, fragments) ?? { kind: Kind.SELECTION_SET, selections: [] }, denied, fragments);
    if (kept.selections.length === 0) return [];
    // A spread of a root fragment is inlined: the fragment itself may serve other places whole.
    return [
      { kind: Kind.INLINE_FRAGMENT, selectionSet: kept, ...(node.directives ? { directives: node.directives } : {}) },
    ];
  });
  return { kind: Kind.SELECTION_SET, selections };
}

/** The operation without the denied root fields, alone with its fragments; null when nothing is left to run. */
export function pruned(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  denied: ReadonlySet<string>,
): { document: DocumentNode; operation: OperationDefinitionNode } | null {
  const fragments = fragmentsOf(document);
  const selectionSet = withoutKeys(operation.selectionSet, denied, fragments);
  if (selectionSet.selections.length === 0) return null;
  const kept = { ...operation, selectionSet };
  return { document: { kind: Kind.DOCUMENT, definitions: [kept, ...fragments.values()] }, operation: kept };
}
