import { Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { GraphReply, GraphRequest, Transport } from '@polity/kernel/graph/transport';
import { execute, type FormattedExecutionResult, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import { PLANNER } from '../../src/graph/build.ts';
import { planExecutor } from '../../src/plan/executor.ts';
import { opened } from '../../src/shield/guarded.ts';
import type { Federation } from './subgraphs.ts';

/** Over JSON, as what comes over HTTP is. */
export const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

export type Answer = (name: string, request: GraphRequest) => Promise<GraphReply>;

/** What the subgraphs answer. */
export function answers({ schemas }: Pick<Federation, 'schemas'>): Answer {
  return async (name, { query, variables }) => {
    const schema = schemas.get(name) as GraphQLSchema;
    const document = parse(query);
    const [invalid] = validate(schema, document);
    if (invalid) throw invalid;
    return plain(await execute({ schema, document, variableValues: variables ?? {} })) as GraphReply;
  };
}

function logged(...all: unknown[]): never {
  throw new Error(`logged: ${JSON.stringify(all)} ${String((all[0] as { err?: Error }).err?.stack)}`);
}

const context = (log: unknown) => ({
  fetches: {},
  notes: {},
  received: 0,
  gone: new AbortController().signal,
  owe() {},
  request: { requestId: 'plan', stamp: null },
  log,
});

/** Our executor over these subgraphs; `answer` may put itself between. */
export async function executorOf(
  graph: Pick<Federation, 'schemas' | 'supergraphSdl'>,
  answer = answers(graph),
  log: unknown = { warn: logged, error: logged },
) {
  const { supergraphSdl } = graph;
  const composed = Supergraph.build(supergraphSdl);
  const apiSchema = composed.apiSchema().toGraphQLJSSchema();
  const transport: Transport = { execute: answer, close: async () => {} };
  const planner = new QueryPlanner(composed, PLANNER);
  const executor = planExecutor({ planner, apiSchema, supergraphSdl, transport });
  return async (text: string, variables: Record<string, unknown> = {}): Promise<FormattedExecutionResult> => {
    const document = parse(text);
    const operation = getOperationAST(document);
    const request = {
      document,
      operation,
      queryHash: text,
      request: { variables },
      context: { operation: context(log) },
    };
    return plain(opened(await executor(request as never, { yes: true, ...variables }))) as FormattedExecutionResult;
  };
}
