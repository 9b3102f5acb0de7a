import {
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  print,
  type StringValueNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

export type TypeNode = TypeDefinitionNode | TypeExtensionNode;
export type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;

/** One named place in a schema: `Type`, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`. */
export interface Coordinate {
  at: string;
  /** Null where there is none. */
  description: string | null;
  kind: 'type' | 'field' | 'argument' | 'inputField' | 'value';
}

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

export const isRoot = (typeName: string): boolean => ROOTS.has(typeName);

/** Types of a document, leaving out directives and `extend schema`. */
export function typesOf(document: DocumentNode): TypeNode[] {
  return document.definitions.filter(
    (node): node is TypeNode => 'name' in node && node.kind !== Kind.DIRECTIVE_DEFINITION && /Type/.test(node.kind),
  );
}

export function isObject(node: TypeNode): node is ObjectNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
}

const descriptionOf = (node: { description?: StringValueNode | undefined }): string | null =>
  node.description?.value.trim() || null;

function fieldCoordinates(typeName: string, field: FieldDefinitionNode): Coordinate[] {
  const at = `${typeName}.${field.name.value}`;
  const argument = (node: InputValueDefinitionNode): Coordinate => ({
    at: `${at}(${node.name.value}:)`,
    description: descriptionOf(node),
    kind: 'argument',
  });
  return [{ at, description: descriptionOf(field), kind: 'field' }, ...(field.arguments ?? []).map(argument)];
}

function memberCoordinates(node: TypeNode): Coordinate[] {
  const name = node.name.value;
  if (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_EXTENSION) {
    const value = (each: EnumValueDefinitionNode) => `${name}.${each.name.value}`;
    return (node.values ?? []).map((each) => ({ at: value(each), description: descriptionOf(each), kind: 'value' }));
  }
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) {
    const field = (each: InputValueDefinitionNode) => `${name}.${each.name.value}`;
    return (node.fields ?? []).map((each) => ({
      at: field(each),
      description: descriptionOf(each),
      kind: 'inputField',
    }));
  }
  return 'fields' in node
    ? (node.fields as FieldDefinitionNode[]).flatMap((field) => fieldCoordinates(name, field))
    : [];
}

/** Every place of a document that wants a description. */
export function coordinatesOf(document: DocumentNode): Coordinate[] {
  return typesOf(document).flatMap((node): Coordinate[] => {
    const own: Coordinate = {
      at: node.name.value,
      description: 'description' in node ? descriptionOf(node) : null,
      kind: 'type',
    };
    return isRoot(node.name.value) ? memberCoordinates(node) : [own, ...memberCoordinates(node)];
  });
}

/** Names of the types that this document only refers to: `@key(…, resolvable: false)`. */
export function stubsOf(document: DocumentNode): string[] {
  const isStub = (node: TypeNode): boolean =>
    (node.directives ?? []).some((directive) => /^@key\(.*resolvable: false\)$/.test(print(directive)));
  return typesOf(document)
    .filter(isStub)
    .map((node) => node.name.value);
}
