import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
} from 'graphql';
import { type DeclaredGuard, type Guarded, guardsIn, isRootType, UnreadableGuard } from './guard.ts';

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;
type Inputs = ReadonlyMap<string, readonly InputValueDefinitionNode[]>;

const ON_TYPES = new Set(['ANYONE', 'SIGNED_IN', 'PERSON', 'SYSTEM_ADMIN', 'SERVICE']);

const isObject = (node: { kind: string }): node is ObjectNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;

const directiveOf = ({ directives }: { directives?: readonly ConstDirectiveNode[] | undefined }, name: string) =>
  directives?.filter((each) => each.name.value === name) ?? [];

/** References to this type are answered here, by which `_entities` walks around the root fields. */
const isEntity = (node: ObjectNode): boolean =>
  directiveOf(node, 'key').some(
    (key) => !key.arguments?.some(({ name, value }) => name.value === 'resolvable' && 'value' in value && !value.value),
  );

function inputsOf(document: DocumentNode): Inputs {
  const inputs = new Map<string, readonly InputValueDefinitionNode[]>();
  for (const node of document.definitions)
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION)
      inputs.set(node.name.value, [...(inputs.get(node.name.value) ?? []), ...(node.fields ?? [])]);
  return inputs;
}

/** Name of a type that is no list; null for lists. */
function singleName(type: TypeNode): string | null {
  if (type.kind === Kind.LIST_TYPE) return null;
  return type.kind === Kind.NON_NULL_TYPE ? singleName(type.type) : type.name.value;
}

/** Name of the type at the end of a path of arguments; null where the path leads nowhere. */
function typeAt(field: FieldDefinitionNode, path: readonly string[], inputs: Inputs): string | null {
  let [values, found]: [readonly InputValueDefinitionNode[], string | null] = [field.arguments ?? [], null];
  for (const step of path) {
    const value = values.find(({ name }) => name.value === step);
    if (!value) return null;
    found = singleName(value.type);
    values = (found && inputs.get(found)) || [];
  }
  return found;
}

function placeProblem(field: FieldDefinitionNode, { at, scope }: DeclaredGuard, inputs: Inputs): string | null {
  if (!at) return null;
  const [path, type] = [at.join('.'), typeAt(field, at, inputs)];
  if (!type) return `the field has no argument \`${path}\``;
  if (type === 'ScopeInput') return scope ? `\`${path}\` says the kind of scope itself` : null;
  if (type !== 'ID') return `\`${path}\` names no scope: it is neither a ScopeInput nor an ID`;
  return scope ? null : `\`${path}\` is an id: \`scope\` says of what kind`;
}

function fieldProblems(type: string, field: FieldDefinitionNode, guard: DeclaredGuard, inputs: Inputs): string[] {
  const internal = directiveOf(field, 'inaccessible').length > 0;
  const problems = [placeProblem(field, guard, inputs)];
  if (isRootType(type) && (guard.who === 'SERVICE') !== internal)
    problems.push(internal ? 'an @inaccessible root field is for services' : 'what is for services is @inaccessible');
  if ((guard.who === 'SIGNED_IN' || guard.who === 'PERSON') && !guard.permission && !guard.token)
    problems.push('it must name a `permission`, or with `token` what an access token must be approved for');
  return problems.filter((problem) => problem !== null);
}

function typeProblems({ who, permission, token }: DeclaredGuard): string[] {
  if (permission || token) return ['a guard of a type says `who` alone'];
  return ON_TYPES.has(who) ? [] : [`\`who: ${who}\` is for fields; a type takes ${[...ON_TYPES].join(', ')}`];
}

/** Root fields and entities that nobody guards. A supergraph has no `@key` any more; its entities were checked before. */
function unguarded(node: ObjectNode, has: (field: string | null) => boolean): string[] {
  const type = node.name.value;
  if (!isRootType(type)) return isEntity(node) && !has(null) ? [`${type}: an entity without @guard`] : [];
  const bare = (node.fields ?? []).filter((field) => !has(field.name.value));
  return bare.map((field) => `${type}.${field.name.value}: a root field without @guard`);
}

function problemsOf(node: ObjectNode, guards: readonly Guarded[], inputs: Inputs): string[] {
  const type = node.name.value;
  const guardOf = (field: string | null) => guards.find((each) => each.type === type && each.field === field)?.guard;
  const own = guardOf(null);
  const ownProblems = own && directiveOf(node, 'guard').length > 0 ? typeProblems(own) : [];
  const rootProblem = own && isRootType(type) ? ['root fields are guarded one by one'] : [];
  const ofFields = (node.fields ?? []).flatMap((field) => {
    const guard = guardOf(field.name.value);
    const problems = guard ? fieldProblems(type, field, guard, inputs) : [];
    return problems.map((problem) => `${type}.${field.name.value}: @guard: ${problem}`);
  });
  return [
    ...unguarded(node, (field) => guardOf(field) !== undefined),
    ...[...ownProblems, ...rootProblem].map((problem) => `${type}: @guard: ${problem}`),
    ...ofFields,
  ];
}

/** Permissions that a schema asks for and nobody declares; they could never be granted. */
export function unknownPermissions(guards: readonly Guarded[], declared: (code: string) => boolean): string[] {
  return guards
    .filter(({ guard: { permission } }) => permission !== null && !declared(permission))
    .map(
      ({ type, field, guard }) =>
        `${type}.${field}: @guard: no subgraph declares the permission \`${guard.permission}\``,
    );
}

/** All that is wrong with the guards of a subgraph's schema, with its shared part, or of a supergraph. */
export function guardProblems(document: DocumentNode): string[] {
  try {
    const [guards, inputs] = [guardsIn(document), inputsOf(document)];
    return document.definitions.filter(isObject).flatMap((node) => problemsOf(node, guards, inputs));
  } catch (error) {
    if (error instanceof UnreadableGuard) return [error.message];
    throw error;
  }
}
