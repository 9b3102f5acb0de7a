import { type FieldDefinitionNode, type InputValueDefinitionNode, Kind, print } from 'graphql';
import type { TypeNode } from './schema-coordinates.ts';

type Field = FieldDefinitionNode | InputValueDefinitionNode;

const fieldsOf = (node: TypeNode): readonly Field[] => ('fields' in node ? (node.fields ?? []) : []);
const namedType = (field: Field): string => print(field.type).replace(/[[\]!]/g, '');
const isInput = (node: TypeNode): boolean => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION;

/** One word for one thing: moments end in At, a life cycle is a status, and a value out of a few is an enum. */
function wordProblem(field: Field): string | null {
  const name = field.name.value;
  if (name === 'at' && namedType(field) === 'DateTime') return 'a moment says of what: createdAt, occurredAt, endsAt';
  if (/^state$|[a-z]State$/.test(name)) return 'where a thing stands in its life is its status';
  if (/^(kind|status)$|[a-z](Kind|Status)$/.test(name) && namedType(field) === 'String')
    return 'a fixed set of values is an enum';
  return null;
}

/** The id of a thing beside the thing itself is one fact told twice, unless it outlives what the viewer may see. */
function twiceProblem(field: Field, siblings: ReadonlySet<string>): string | null {
  const thing = /^([a-z]\w*)(Id|Key)$/.exec(field.name.value)?.[1];
  if (!thing || !siblings.has(thing) || /\balso\b/.test(field.description?.value ?? '')) return null;
  return `stands beside ${thing}; its description says when it is there and ${thing} is not ("also ...")`;
}

/** Absent leaves a value as it is, which a default or a non-null type would take away. */
function updateProblem(field: Field): string | null {
  if (field.type.kind === Kind.NON_NULL_TYPE) return 'a part of an update may be left out';
  return 'defaultValue' in field && field.defaultValue
    ? 'a part of an update has no default: left out it stays as it is'
    : null;
}

/** Breaches of the graph's vocabulary in one type. */
export function vocabulary(node: TypeNode): string[] {
  if (node.kind === Kind.SCALAR_TYPE_DEFINITION) {
    const specified = node.directives?.some(({ name }) => name.value === 'specifiedBy');
    return specified ? [] : [`${node.name.value}: a scalar has @specifiedBy`];
  }
  const siblings = new Set(fieldsOf(node).map(({ name }) => name.value));
  const isUpdate = isInput(node) && node.name.value.startsWith('Update');
  return fieldsOf(node).flatMap((field) => {
    const problems = [
      wordProblem(field),
      isInput(node) ? null : twiceProblem(field, siblings),
      isUpdate ? updateProblem(field) : null,
    ];
    return problems.flatMap((problem) => (problem ? [`${node.name.value}.${field.name.value}: ${problem}`] : []));
  });
}
