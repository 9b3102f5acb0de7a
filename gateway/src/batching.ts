import { textCache } from '@polity/kernel/graph/text-cache';
import type { GraphReply, GraphRequest, Transport } from '@polity/kernel/graph/transport';
import type { RequestInfo } from '@polity/kernel/request/context';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql';

/** A fetch that waits for others of its request to the same subgraph. */
interface Waiting {
  request: GraphRequest & { document: DocumentNode };
  settle(reply: Promise<GraphReply>): void;
}

/** Several entity fetches as one operation. */
interface Merged {
  query: string;
  document: DocumentNode;
}

/** Response key of the fetch at that place of a merged operation. */
const rootOf = (index: number) => `_${index}`;

const merged = textCache<Merged>({ maxEntries: 1_000, maxCharacters: 1_000_000 });

function operationOf(document: DocumentNode): OperationDefinitionNode | null {
  const [only, ...more] = document.definitions;
  return only?.kind === Kind.OPERATION_DEFINITION && more.length === 0 ? only : null;
}

/** Only plain entity fetches are merged: one operation without fragments, whose one root is `_entities`. */
function isEntityFetch(request: GraphRequest): request is GraphRequest & { document: DocumentNode } {
  const operation = request.document && operationOf(request.document);
  if (operation?.operation !== 'query' || operation.selectionSet.selections.length !== 1) return false;
  const [root] = operation.selectionSet.selections;
  return root?.kind === Kind.FIELD && root.name.value === '_entities' && !root.alias;
}

/** The operation with every variable renamed by `suffix` and its root under the key `root`. */
function renamed(document: DocumentNode, suffix: string, root: string): OperationDefinitionNode {
  const operation = operationOf(document) as OperationDefinitionNode;
  const withVariables = visit(operation, {
    Variable: (node) => ({ ...node, name: { ...node.name, value: node.name.value + suffix } }),
  });
  const [field] = withVariables.selectionSet.selections as readonly FieldNode[];
  const aliased = { ...(field as FieldNode), alias: { kind: Kind.NAME as const, value: root } };
  return { ...withVariables, selectionSet: { kind: Kind.SELECTION_SET, selections: [aliased] } };
}

function mergeDocuments(requests: readonly Waiting['request'][]): Merged {
  const key = requests.map(({ query }) => query).join('\n');
  const known = merged.get(key);
  if (known) return known;
  const operations = requests.map(({ document }, index) => renamed(document, `_${index}`, rootOf(index)));
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: 'query' as OperationDefinitionNode['operation'],
    variableDefinitions: operations.flatMap(({ variableDefinitions }) => variableDefinitions ?? []),
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: operations.flatMap(({ selectionSet }) => selectionSet.selections),
    },
  };
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation] };
  const made = { query: print(document), document };
  merged.set(key, made);
  return made;
}

function mergeVariables(requests: readonly Waiting['request'][]): Record<string, unknown> {
  const pairs = requests.flatMap(({ variables = {} }, index) =>
    Object.entries(variables).map(([name, value]) => [`${name}_${index}`, value] as const),
  );
  return Object.fromEntries(pairs);
}

/** The part of the reply that belongs to one fetch; an error without a path belongs to all. */
function partOf(reply: GraphReply, root: string): GraphReply {
  const errors = (reply.errors ?? []).flatMap((error): GraphQLFormattedError[] => {
    if (!error.path) return [error];
    return error.path[0] === root ? [{ ...error, path: ['_entities', ...error.path.slice(1)] }] : [];
  });
  const data = reply.data ? { _entities: reply.data[root] ?? null } : null;
  return { data, ...(errors.length > 0 ? { errors } : {}), ...(reply.notes ? { notes: reply.notes } : {}) };
}

function executeMerged(transport: Transport, name: string, waiting: readonly Waiting[], info: RequestInfo): void {
  const requests = waiting.map(({ request }) => request);
  const whole = (async () => {
    const { query, document } = mergeDocuments(requests);
    return transport.execute(name, { query, document, variables: mergeVariables(requests) }, info);
  })();
  for (const [index, { settle }] of waiting.entries()) settle(whole.then((reply) => partOf(reply, rootOf(index))));
}

/**
 * Entity fetches that one plan step makes to one subgraph travel as one operation: one call, one transaction, shared
 * loaders. Apollo's executor sends one per path in the query. Nothing waits: what is asked in one turn goes together.
 */
export function batchingTransport(transport: Transport): Transport {
  const queues = new WeakMap<RequestInfo, Map<string, Waiting[]>>();

  function flush(name: string, info: RequestInfo): void {
    const waiting = queues.get(info)?.get(name) ?? [];
    queues.get(info)?.delete(name);
    const [only, ...more] = waiting;
    if (only && more.length === 0) only.settle(transport.execute(name, only.request, info));
    else executeMerged(transport, name, waiting, info);
  }

  function queue(name: string, info: RequestInfo): Waiting[] {
    const queuesOfRequest = queues.get(info) ?? new Map<string, Waiting[]>();
    queues.set(info, queuesOfRequest);
    const known = queuesOfRequest.get(name);
    if (known) return known;
    const made: Waiting[] = [];
    queuesOfRequest.set(name, made);
    setImmediate(flush, name, info);
    return made;
  }

  return {
    execute(name, request, info) {
      if (!isEntityFetch(request)) return transport.execute(name, request, info);
      return new Promise<GraphReply>((resolve) => queue(name, info).push({ request, settle: resolve }));
    },
    close: () => transport.close(),
  };
}
