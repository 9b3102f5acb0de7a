import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { ResponsePath } from './tree.ts';

const PREFIX = '_asked_';

/** What a field requires of others with arguments: the arguments, as text, by the path of the other. */
type Required = ReadonlyMap<string, string>;

/** Fields that others require with arguments. */
export interface RequiredFields {
  /** Their names. */
  names: ReadonlySet<string>;
  /** What each field requires, by its coordinate. */
  of: ReadonlyMap<string, Required>;
}

function readRequired({ selections }: SelectionSetNode, path: string, into: Map<string, string>): void {
  for (const node of selections) {
    if (node.kind === Kind.FRAGMENT_SPREAD) continue;
    const name = node.kind === Kind.FIELD ? node.name.value : `... on ${node.typeCondition?.name.value}`;
    const at = `${path}.${name}`;
    if (node.kind === Kind.FIELD && node.arguments?.length) into.set(at, JSON.stringify(node.arguments));
    if (node.selectionSet) readRequired(node.selectionSet, at, into);
  }
}

/** Finds the fields that a supergraph has others require with arguments; in most it has none. */
export function requiredFields(supergraph: DocumentNode): RequiredFields {
  const of = new Map<string, Map<string, string>>();
  let owner = '';
  let coordinate = '';
  visit(supergraph, {
    ObjectTypeDefinition: ({ name }) => void (owner = name.value),
    FieldDefinition: ({ name }) => void (coordinate = `${owner}.${name.value}`),
    Argument({ name, value }) {
      if (name.value !== 'requires' || value.kind !== Kind.STRING) return;
      const found = of.get(coordinate) ?? new Map<string, string>();
      const [read] = parse(`{ ${value.value} }`, { noLocation: true }).definitions;
      if (read?.kind === Kind.OPERATION_DEFINITION) readRequired(read.selectionSet, owner, found);
      if (found.size > 0) of.set(coordinate, found);
    },
  });
  const names = [...of.values()].flatMap((required) =>
    [...required.keys()].map((path) => path.split('.').at(-1) ?? ''),
  );
  return { names: new Set(names), of };
}

/**
 * The key under which a field of the client stands while its operation runs. What others require with arguments of their own keeps its
 * name for them: under one key, the planner would take one for the other.
 */
export function planKey({ alias, name, arguments: given = [] }: FieldNode, { names }: RequiredFields): string {
  const key = (alias ?? name).value;
  const isOther = given.length > 0 && names.has(name.value);
  return isOther || key.startsWith(PREFIX) ? PREFIX + key : key;
}

/** The key of the client again. */
export const clientKey = (key: string): string => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key);

/** A place of the answer in the keys of the client. */
export const clientPath = (path: ResponsePath): ResponsePath =>
  path.map((step) => (typeof step === 'string' ? clientKey(step) : step));

/** What the fields of a plan require with arguments, by place; a plan fetches each but once. */
export class RequiredOnce {
  readonly #fields: RequiredFields;
  readonly #seen = new Map<string, string>();

  constructor(fields: RequiredFields) {
    this.#fields = fields;
  }

  /** Notes what the entities of a fetch require; the path of a field that others at this place require with other arguments, or null. */
  conflict(operation: OperationDefinitionNode, place: string): string | null {
    const [entities] = operation.selectionSet.selections;
    const parts = entities?.kind === Kind.FIELD ? (entities.selectionSet?.selections ?? []) : [];
    for (const part of parts) {
      if (part.kind !== Kind.INLINE_FRAGMENT) continue;
      for (const field of part.selectionSet.selections) {
        if (field.kind !== Kind.FIELD) continue;
        const required = this.#fields.of.get(`${part.typeCondition?.name.value}.${field.name.value}`) ?? [];
        for (const [path, given] of required) {
          const at = `${place} ${path}`;
          if ((this.#seen.get(at) ?? given) !== given) return path;
          this.#seen.set(at, given);
        }
      }
    }
    return null;
  }
}
