import {
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
} from 'graphql';
import { answeringBy } from '../db/lending.ts';
import { reading } from '../db/orm.ts';
import type { RequestInfo } from '../request/context.ts';
import { jsonBytes, MAX_ANSWER_BYTES, tooLargeReply } from './answer-size.ts';
import { type ContextSource, contextFor } from './context.ts';
import { formatError } from './format-error.ts';
import type { AnySubgraph, BaseContext } from './subgraph.ts';
import { textCache } from './text-cache.ts';
import type { GraphReply, GraphRequest } from './transport.ts';
import { problemsOfDocument } from './validation.ts';

/** A subgraph that serves: its schema, and the one way to run an operation on it. */
export interface RunningSubgraph {
  name: string;
  schema: GraphQLSchema;
  execute(request: GraphRequest, info: RequestInfo): Promise<GraphReply>;
}

/** What an operation runs on. */
export interface Engine extends ContextSource {
  schema: GraphQLSchema;
}

// The gateway writes a client's literals into its fetches, so a client decides how long these texts are.
const DOCUMENTS = { maxEntries: 2_000, maxBytes: 32_000_000 };
/** What a document takes for each character of its text, with its tree. */
const BYTES_PER_CHARACTER = 60;

const refused = (error: GraphQLError): GraphQLFormattedError => ({
  ...error.toJSON(),
  extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
});

/** Documents that this schema has accepted, by their text. */
function documentCache(schema: GraphQLSchema) {
  const seen = textCache<DocumentNode | readonly GraphQLFormattedError[]>(DOCUMENTS);
  return (request: GraphRequest) => {
    const known = seen.get(request.query);
    if (known) return known;
    const document = request.document ?? parse(request.query, { noLocation: true });
    const errors = problemsOfDocument(schema, document);
    const result = errors.length > 0 ? errors.map(refused) : document;
    seen.set(request.query, result, BYTES_PER_CHARACTER * request.query.length);
    return result;
  };
}

/**
 * Runs queries inside one read-only transaction, so that a fetch names its tenant to the database once;
 * mutations open their own transaction per verb.
 */
export function runningSubgraph(engine: Engine): RunningSubgraph {
  const { definition, schema } = engine;
  const documentFor = documentCache(schema);

  async function run(document: DocumentNode, request: GraphRequest, context: BaseContext): Promise<GraphReply> {
    const { reply: notes, request: info, log } = context;
    const result = await execute({
      schema,
      document,
      contextValue: context,
      variableValues: request.variables ?? {},
      ...(request.operationName ? { operationName: request.operationName } : {}),
    });
    // Before it is written as JSON, and before the gateway merges it with others.
    const bytes = jsonBytes(result.data, MAX_ANSWER_BYTES);
    if (bytes > MAX_ANSWER_BYTES) return { ...tooLargeReply(), notes };
    const errors = result.errors?.map((error) => formatError(error, info.requestId, log, definition.name));
    return { data: result.data ?? null, ...(errors ? { errors } : {}), notes, bytes };
  }

  return {
    name: definition.name,
    schema,
    async execute(request, info) {
      const document = documentFor(request);
      if (!('kind' in document)) return { data: null, errors: document };
      const context = contextFor(engine, info);
      const answer = () => run(document, request, context);
      if (!engine.orm) return answer();
      const operation = getOperationAST(document, request.operationName)?.operation;
      const reads = operation === 'query' && needsDatabase(definition, document);
      return answeringBy(info.deadline, () => (reads ? reading(context.em, answer) : answer()));
    },
  };
}

function needsDatabase(definition: AnySubgraph, document: DocumentNode): boolean {
  const free = definition.withoutDatabase;
  if (!free) return true;
  return document.definitions.some(
    (node) =>
      node.kind === 'OperationDefinition' &&
      node.selectionSet.selections.some((field) => field.kind !== 'Field' || !free.includes(field.name.value)),
  );
}
