import type { FetchNode } from '@apollo/query-planner';
import type { GraphReply } from '@polity/kernel/graph/transport';
import {
  type DocumentNode,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { rootKeysOf, SESSION_AUTHORITY } from './call.ts';
import { compileRequires, type Wanted } from './representations.ts';
import { compileRewrites, type Rewrite, renamedKeys } from './rewrites.ts';
import type { Subtypes } from './subtypes.ts';
import type { PlanPath, ResponsePath, Tree } from './tree.ts';

/** An operation for a subgraph, as it is sent. */
export interface FetchOperation {
  query: string;
  /** `query` as JSON. */
  text: string;
  document: DocumentNode;
  definition: OperationDefinitionNode;
  kind: OperationDefinitionNode['operation'];
  rootKeys: readonly string[];
}

/** One fetch of a plan, ready to run. */
export interface Fetch {
  service: string;
  path: PlanPath;
  operation: FetchOperation;
  /** Equal for fetches that ask the same of entities, and take the same from the answer. */
  identity: string;
  /** The root fields of a mutation as operations of their own, in their order, where each may change who the viewer is. */
  oneByOne: readonly FetchOperation[] | null;
  variables: readonly string[];
  /** Null for a fetch of root fields. */
  wanted: ((sources: readonly Tree[]) => Wanted) | null;
  rewriteOutput: Rewrite | null;
  renamed: ReadonlyMap<string, string>;
  subtypes: Subtypes;
}

/** Thrown for a plan that holds something this executor does not run; it is never run wrongly. */
export class UnknownPlan extends Error {
  constructor(what: string) {
    super(`The query plan has a part that this gateway does not run: ${what}.`);
  }
}

export function operationOf(document: DocumentNode, query = print(document)): FetchOperation {
  const [definition, ...more] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || more.length > 0)
    throw new UnknownPlan('a fetch with fragments');
  const { operation: kind } = definition;
  return { query, text: JSON.stringify(query), document, definition, kind, rootKeys: rootKeysOf(definition) };
}

function variablesOf(field: object): Set<string> {
  const names = new Set<string>();
  visit(field as never, { Variable: (node) => void names.add(node.name.value) });
  return names;
}

/** Each field of a mutation may begin or end a session, and the fields after it must run as whoever the viewer is by then. */
function splitMutation({ definition, rootKeys }: FetchOperation): readonly FetchOperation[] | null {
  if (definition.operation !== 'mutation' || rootKeys.length < 2) return null;
  const { name: _name, ...unnamed } = definition;
  return definition.selectionSet.selections.map((field) => {
    const used = variablesOf(field);
    const variableDefinitions = (definition.variableDefinitions ?? []).filter(({ variable }) =>
      used.has(variable.name.value),
    );
    const part = {
      ...unnamed,
      variableDefinitions,
      selectionSet: { kind: Kind.SELECTION_SET as const, selections: [field] },
    };
    return operationOf({ kind: Kind.DOCUMENT, definitions: [part] });
  });
}

/** Without the name that the planner gives each fetch, those that ask the same have the same text, and ask together. */
function namelessOperation({ operationDocumentNode, operation: query }: FetchNode): FetchOperation {
  const document = operationDocumentNode ?? parse(query, { noLocation: true });
  const definitions = document.definitions.map((definition) => ({ ...definition, name: undefined }));
  const nameless = query.replace(/^(query|mutation)\s+\w+/, '$1');
  return operationOf({ kind: Kind.DOCUMENT, definitions } as DocumentNode, nameless);
}

export function compileFetch(node: FetchNode, path: PlanPath, subtypes: Subtypes): Fetch {
  if (node.contextRewrites?.length) throw new UnknownPlan('@fromContext');
  const operation = namelessOperation(node);
  const rewriteInput = compileRewrites(node.inputRewrites, subtypes);
  return {
    service: node.serviceName,
    path,
    operation,
    identity: JSON.stringify([node.serviceName, operation.query, node.outputRewrites]),
    oneByOne: node.serviceName === SESSION_AUTHORITY ? splitMutation(operation) : null,
    variables: node.variableUsages ?? [],
    wanted: node.requires ? compileRequires(node.requires, subtypes, rewriteInput) : null,
    rewriteOutput: compileRewrites(node.outputRewrites, subtypes),
    renamed: renamedKeys(node.outputRewrites),
    subtypes,
  };
}

/** The part of an error's path that follows what was asked for, in the keys of the client. */
export function restOf({ renamed }: Fetch, path: ResponsePath): ResponsePath {
  return renamed.size === 0 ? path : path.map((step) => renamed.get(String(step)) ?? step);
}

/** The errors of a reply of which nothing can be said but that the whole of it failed; there is always one. */
export function failureOf({ errors }: GraphReply): readonly GraphQLFormattedError[] {
  if (errors?.length) return errors;
  return [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_ERROR' } }];
}
