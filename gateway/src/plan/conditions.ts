import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { conditionsHold } from '../shield/guards.ts';
import { isIntrospection } from './introspection.ts';
import { planKey, type RequiredFields } from './keys.ts';

type Values = Record<string, unknown>;

const isCondition = ({ name }: DirectiveNode) => name.value === 'skip' || name.value === 'include';

/** The variables on which `@skip` and `@include` of a document depend. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      for (const { value } of isCondition(node) ? (node.arguments ?? []) : [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

const typeName: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function renamed(node: FieldNode, required: RequiredFields): FieldNode {
  const value = planKey(node, required);
  return value === (node.alias ?? node.name).value ? node : { ...node, alias: { kind: Kind.NAME, value } };
}

/** Keeps what is asked for; an object of which nothing is must be found all the same. */
function resolvedSet({ selections }: SelectionSetNode, values: Values, required: RequiredFields): SelectionSetNode {
  const kept = selections.flatMap((node): SelectionNode[] => {
    if (isIntrospection(node)) return [];
    if (node.directives?.length && !conditionsHold([node], values)) return [];
    const directives = node.directives?.filter((directive) => !isCondition(directive)) ?? [];
    if (node.kind === Kind.FRAGMENT_SPREAD) return [{ ...node, directives }];
    const selectionSet = node.selectionSet && resolvedSet(node.selectionSet, values, required);
    if (node.kind === Kind.FIELD)
      return [{ ...renamed(node, required), directives, ...(selectionSet && { selectionSet }) }];
    return [{ ...node, directives, selectionSet: selectionSet as SelectionSetNode }];
  });
  return { kind: Kind.SELECTION_SET, selections: kept.length > 0 ? kept : [typeName] };
}

const isOfIntrospection = ({ typeCondition }: FragmentDefinitionNode) => typeCondition.name.value.startsWith('__');

/**
 * The document of one operation without its conditions. Plans are made of it, one per outcome: Apollo's planner lets a field that is not
 * skipped wait for what one that is skipped requires, and then nobody asks for either. Introspection is left out too: the planner has
 * types of its own for it, which lack fields that tools ask for (`isOneOf`). Fields stand under the keys of `planKey`.
 */
export function resolved(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  values: Values,
  required: RequiredFields,
): DocumentNode {
  const definitions = document.definitions.flatMap((node): DefinitionNode[] => {
    if (node.kind === Kind.FRAGMENT_DEFINITION)
      return isOfIntrospection(node)
        ? []
        : [{ ...node, selectionSet: resolvedSet(node.selectionSet, values, required) }];
    return node === operation
      ? [{ ...operation, selectionSet: resolvedSet(operation.selectionSet, values, required) }]
      : [];
  });
  return { kind: Kind.DOCUMENT, definitions };
}
