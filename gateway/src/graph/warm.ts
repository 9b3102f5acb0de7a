import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { selectionsOf } from '@polity/kernel/document/size';
import { AppError } from '@polity/kernel/graph/errors';
import { Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { DocumentReader } from '../documents/read.ts';
import { UnknownPlan } from '../plan/fetch.ts';
import type { Graph } from './build.ts';

/** Selections up to which an operation is prepared: the planner holds up everybody else for about a tenth of a millisecond per selection. */
const MAX_SELECTIONS = 500;
/** Times as long as each step took that others have the process to themselves. */
const REST = 2;

/** Values of the variables that `@skip` and `@include` may name: their defaults, else false. */
function conditionsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, boolean> {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.BOOLEAN && defaultValue.value,
    ]),
  );
}

/** Works out rules, cost and plan of a document before it is asked for. What cannot run is left for its answer to say. */
function prepare({ shield, executor }: Graph, reader: DocumentReader, text: string): void {
  const reading = reader.expect(text);
  if (!('document' in reading) || selectionsOf(reading.document) > MAX_SELECTIONS) return;
  const { document, hash: queryHash } = reading;
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION || operation.operation === OperationTypeNode.SUBSCRIPTION)
      continue;
    try {
      shield.prepare(document, operation);
      executor.prepare({ document, operation, queryHash }, conditionsOf(operation));
    } catch (error) {
      if (!(error instanceof AppError || error instanceof UnknownPlan)) throw error;
    }
  }
}

/** Prepares documents for a graph one by one, so that they are answered at once when they come; others have their turn in between. */
export async function warm(graph: Graph, reader: DocumentReader, texts: Iterable<string>): Promise<void> {
  for (const text of texts) {
    const startedAt = performance.now();
    prepare(graph, reader, text);
    const tookMs = performance.now() - startedAt;
    await (tookMs > 1 ? sleep(REST * tookMs) : nextTurn());
  }
}
