import { textCache } from '@polity/kernel/graph/text-cache';
import type { GraphReply, GraphRequest } from '@polity/kernel/graph/transport';
import { type FieldNode, Kind, type OperationDefinitionNode, type VariableDefinitionNode, visit } from 'graphql';
import { type FetchOperation, operationOf } from './fetch.ts';
import type { Tree } from './tree.ts';

type Variables = Record<string, unknown>;

/** Name of the variable that holds the entities asked for. */
const REPRESENTATIONS = 'representations';
/** Root field that finds entities (Apollo Federation, subgraph specification). */
export const ENTITIES = '_entities';

/** Entity fetches of one subgraph that are ready at the same time: those of equal text ask together. */
export interface Part {
  operation: FetchOperation;
  representations: readonly Tree[];
  /** The JSON of each of them. */
  keys: readonly string[];
}

const merged = textCache<FetchOperation>({ maxEntries: 1_000, maxBytes: 16_000_000 });
/** What an operation takes for each character of its text: it is kept as a tree, too. */
const BYTES_PER_CHARACTER = 60;

/** Response key of one part of a merged operation. */
const keyOf = (index: number) => `_${index}`;
const variableOf = (index: number) => `${REPRESENTATIONS}_${index}`;

/** One part with its own representations; all other variables are the client's, so they mean the same in every part. */
function renamed({ definition }: FetchOperation, index: number): OperationDefinitionNode {
  const own = visit(definition, {
    Variable: (node) =>
      node.name.value === REPRESENTATIONS ? { ...node, name: { ...node.name, value: variableOf(index) } } : undefined,
  });
  const [field] = own.selectionSet.selections as readonly FieldNode[];
  const alias = { kind: Kind.NAME as const, value: keyOf(index) };
  return { ...own, selectionSet: { kind: Kind.SELECTION_SET, selections: [{ ...(field as FieldNode), alias }] } };
}

function mergeOperations(parts: readonly Part[]): FetchOperation {
  const text = parts.map(({ operation }) => operation.query).join('\n');
  const known = merged.get(text);
  if (known) return known;
  const operations = parts.map(({ operation }, index) => renamed(operation, index));
  const variables = new Map<string, VariableDefinitionNode>();
  for (const { variableDefinitions = [] } of operations)
    for (const variable of variableDefinitions) variables.set(variable.variable.name.value, variable);
  const definition: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: 'query' as OperationDefinitionNode['operation'],
    variableDefinitions: [...variables.values()],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
    },
  };
  const made = operationOf({ kind: Kind.DOCUMENT, definitions: [definition] });
  merged.set(text, made, BYTES_PER_CHARACTER * text.length);
  return made;
}

/** A request as it is handed over in process, and as it is sent over HTTP. `lists` are the JSON of further variables. */
export function written(
  { query, text, document }: FetchOperation,
  variables: Variables,
  given: Variables = {},
  lists = '',
): GraphRequest {
  const own = JSON.stringify(variables).slice(1, -1);
  const body = `{"query":${text},"variables":{${own}${own && lists ? ',' : ''}${lists}}}`;
  return { query, document, variables: { ...variables, ...given }, body };
}

/** One request for all parts, with the variables that any of them uses. */
export function requestOf(
  parts: readonly Part[],
  variables: Variables,
): { operation: FetchOperation; request: GraphRequest; keys: readonly string[] } {
  const [only, ...more] = parts as [Part, ...Part[]];
  const single = more.length === 0;
  const operation = single ? only.operation : mergeOperations(parts);
  const names = parts.map((_part, index) => (single ? REPRESENTATIONS : variableOf(index)));
  const given = Object.fromEntries(parts.map(({ representations }, index) => [names[index], representations]));
  const lists = parts.map(({ keys }, index) => `"${names[index]}":[${keys.join()}]`).join();
  const answerKeys = single ? [ENTITIES] : parts.map((_part, index) => keyOf(index));
  return { operation, request: written(operation, variables, given, lists), keys: answerKeys };
}

/** What a reply says of one part: its entities and their errors by index; null entities where the part failed whole. */
export interface PartReply {
  entities: readonly (Tree | null)[] | null;
  errors: GraphReply['errors'];
}

/**
 * Takes one part out of a reply. An error without a path belongs to all parts; and where one part fails whole, the reply has no data at
 * all, so the error of that part is the reason why the others have none either.
 */
export function partOf(reply: GraphReply, key: string, length: number): PartReply {
  const found = reply.data?.[key];
  const entities = Array.isArray(found) && found.length === length ? (found as (Tree | null)[]) : null;
  const mine = reply.errors?.filter(({ path }) => !path || path[0] === key);
  return { entities, errors: entities || mine?.length ? mine : reply.errors };
}
