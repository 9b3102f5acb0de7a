import { textCache } from '@polity/kernel/graph/text-cache';
import type { GraphReply, GraphRequest } from '@polity/kernel/graph/transport';
import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, print, visit } from 'graphql';

type Part = Pick<GraphRequest, 'query'> & { document: DocumentNode };

const remembered = textCache<readonly Part[] | null>({ maxEntries: 500, maxCharacters: 500_000 });

function variablesOf(field: FieldNode): Set<string> {
  const names = new Set<string>();
  visit(field, { Variable: (node) => void names.add(node.name.value) });
  return names;
}

function partOf(operation: OperationDefinitionNode, field: FieldNode): Part {
  const used = variablesOf(field);
  const { name: _name, ...unnamed } = operation;
  const definition: OperationDefinitionNode = {
    ...unnamed,
    variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition] };
  return { query: print(document), document };
}

function split(document: DocumentNode): readonly Part[] | null {
  const [operation, ...more] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== 'mutation' || more.length > 0)
    return null;
  const fields = operation.selectionSet.selections.flatMap((node) => (node.kind === Kind.FIELD ? [node] : []));
  if (fields.length < 2 || fields.length < operation.selectionSet.selections.length) return null;
  return fields.map((field) => partOf(operation, field));
}

/** The root fields of a mutation as requests of their own, in their order; null for everything else. */
export function oneByOne({ query, document, variables }: GraphRequest): readonly GraphRequest[] | null {
  if (!document) return null;
  let parts = remembered.get(query);
  if (parts === undefined) {
    parts = split(document);
    remembered.set(query, parts);
  }
  return parts?.map((part) => ({ ...part, ...(variables ? { variables } : {}) })) ?? null;
}

/** One reply of several; their notes are not in it, because each was taken when it came. */
export function together(replies: readonly GraphReply[]): GraphReply {
  const errors = replies.flatMap((reply) => reply.errors ?? []);
  const data = Object.assign({}, ...replies.map((reply) => reply.data ?? {})) as Record<string, unknown>;
  return { data, ...(errors.length > 0 ? { errors } : {}) };
}
