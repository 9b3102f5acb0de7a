import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documentIdOf, isSha256 } from '@polity/kernel/document/document-id';
import { normalHash } from '@polity/kernel/document/normal-form';
import { readDocument } from '@polity/kernel/document/read';
import { installScalars } from '@polity/kernel/graph/scalars';
import { buildSchema, type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { Entry } from './domain/operation/manifest.ts';
import type { Check, Outcome } from './domain/operation/operation.check.ts';

const API = fileURLToPath(new URL('../../../schema/api.graphql', import.meta.url));
const MAX_MESSAGE = 300;

function readGraph(): GraphQLSchema {
  const graph = buildSchema(readFileSync(API, 'utf8'), { noLocation: true });
  installScalars(graph);
  return graph;
}

const breach = (code: string, message: string): Outcome => ({
  breach: { code, message: message.slice(0, MAX_MESSAGE).toWellFormed() },
});

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode | null {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  return operations.length === 1 ? (operations[0] as OperationDefinitionNode) : null;
}

/** What a manifest says of an operation beside its text, and the text does not. */
function contradiction(entry: Entry, name: string | null, type: string): string | null {
  if (typeof entry.name === 'string' && entry.name !== (name ?? ''))
    return `The operation is called ${name}, not ${entry.name}.`;
  return typeof entry.type === 'string' && entry.type !== type
    ? `The operation is a ${type}, not a ${entry.type}.`
    : null;
}

/** The same bounds and rules that the gateway has for every document, so that what is published can also be run. */
function check(graph: GraphQLSchema, entry: Entry): Outcome {
  const documentId = documentIdOf(entry.id);
  if (documentId === null)
    return breach('ID_INVALID', 'An id is 1 to 256 characters without spaces, quotes and backslashes.');
  const reading = readDocument(graph, entry.body);
  if ('problems' in reading) {
    const [problem] = reading.problems;
    return breach(String(problem?.extensions.code), problem?.message ?? '');
  }
  const { document, hash: sha256 } = reading;
  if (isSha256(documentId) && documentId !== sha256)
    return breach('HASH_MISMATCH', 'The id is not the SHA-256 of the text.');
  const operation = operationOf(document);
  if (!operation || operation.operation === 'subscription')
    return breach('OPERATION_COUNT', 'A document holds one query or mutation.');
  const name = operation.name?.value ?? null;
  const type = operation.operation;
  const wrong = contradiction(entry, name, type);
  if (wrong) return breach('CONTRADICTION', wrong);
  return { documentId, name, type, body: entry.body, sha256, normalHash: normalHash(document) };
}

/** Checks operations against the graph of this release, which is read when the first one comes: a process in which nobody publishes needs none. */
export function documentCheck(): Check {
  let graph: GraphQLSchema | undefined;
  return (entry) => {
    graph ??= readGraph();
    return check(graph, entry);
  };
}
