import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import {
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
} from 'graphql';
import type { AccessReader } from '../access/reader.ts';
import { answeringBy } from '../db/lending.ts';
import { reading, tenantEm, type Walls } from '../db/orm.ts';
import { childFor } from '../log/logger.ts';
import type { ReplyNotes, RequestInfo } from '../request/context.ts';
import { serviceClient } from '../service/client.ts';
import { jsonBytes, MAX_ANSWER_BYTES, tooLargeReply } from './answer-size.ts';
import { formatError } from './format-error.ts';
import type { AnySubgraph, BaseContext, Runtime } from './subgraph.ts';
import { textCache } from './text-cache.ts';
import type { GraphReply, GraphRequest, Transport } from './transport.ts';
import { problemsOfDocument } from './validation.ts';

/** A subgraph that serves: its schema, and the one way to run an operation on it. */
export interface RunningSubgraph {
  name: string;
  schema: GraphQLSchema;
  execute(request: GraphRequest, info: RequestInfo): Promise<GraphReply>;
}

/** What an operation runs on; `orm` is null for a subgraph without a database. */
export interface Engine {
  definition: AnySubgraph;
  schema: GraphQLSchema;
  runtime: Runtime;
  ports: unknown;
  orm: MikroORM | null;
  transport: Transport;
  access: AccessReader;
  walls: Walls;
}

// The gateway writes a client's literals into its fetches, so a client decides how long these texts are.
// Their trees take sixty times as much: fifty megabytes here.
const DOCUMENTS = { maxEntries: 2_000, maxCharacters: 1_000_000 };

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
    seen.set(request.query, result);
    return result;
  };
}

function baseContext(engine: Engine, info: RequestInfo, em: EntityManager | null, reply: ReplyNotes): BaseContext {
  const { definition, runtime, transport, access } = engine;
  return {
    request: info,
    viewer: info.viewer,
    em: em as EntityManager,
    access: access.forRequest(info, reply),
    services: serviceClient(transport, definition.name, info, reply),
    log: childFor(runtime.log, info),
    clock: runtime.clock,
    reply,
  };
}

/**
 * Runs queries inside one read-only transaction, so that a fetch names its tenant to the database once;
 * mutations open their own transaction per verb.
 */
export function runningSubgraph(engine: Engine): RunningSubgraph {
  const { definition, schema, runtime } = engine;
  const documentFor = documentCache(schema);

  async function run(
    document: DocumentNode,
    request: GraphRequest,
    info: RequestInfo,
    em: EntityManager | null,
  ): Promise<GraphReply> {
    const reply: ReplyNotes = {};
    const base = baseContext(engine, info, em, reply);
    const result = await execute({
      schema,
      document,
      contextValue: definition.context(base, engine.ports, runtime),
      variableValues: request.variables ?? {},
      ...(request.operationName ? { operationName: request.operationName } : {}),
    });
    // Before it is written as JSON, and before the gateway merges it with others.
    if (jsonBytes(result.data, MAX_ANSWER_BYTES) > MAX_ANSWER_BYTES) return { ...tooLargeReply(), notes: reply };
    const errors = result.errors?.map((error) => formatError(error, info.requestId, base.log, definition.name));
    return { data: result.data ?? null, ...(errors ? { errors } : {}), notes: reply };
  }

  return {
    name: definition.name,
    schema,
    async execute(request, info) {
      const document = documentFor(request);
      if (!('kind' in document)) return { data: null, errors: document };
      if (!engine.orm) return run(document, request, info, null);
      const em = tenantEm(engine.orm, info.tenantId, info.onBehalfOf ?? info.viewer.id, engine.walls);
      const operation = getOperationAST(document, request.operationName)?.operation;
      const answer = () => run(document, request, info, em);
      const reads = operation === 'query' && needsDatabase(definition, document);
      return answeringBy(info.deadline, () => (reads ? reading(em, answer) : answer()));
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
