import { readFile, watch } from 'node:fs/promises';
import { ApolloGateway } from '@apollo/gateway';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { Logger } from '@polity/kernel/log/logger';
import type { ShieldRule } from '@polity/kernel/graph/shield';
import { StartError } from '@polity/kernel/config/start-error';
import type { Transport } from '@polity/kernel/graph/transport';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from './context.ts';
import { transportDataSource } from './data-source.ts';
import { makeShield, pruned, type Shield } from './shield/enforce.ts';
import { type GuardTable, uncovered } from './shield/guards.ts';

// The vendor's gateway sends telemetry unless told not to; it reads this when it is constructed.
process.env.APOLLO_TELEMETRY_DISABLED = '1';

type Executor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];
type ExecutorRequest = Parameters<Executor>[0];
type ExecutorResult = Awaited<ReturnType<Executor>>;

export interface SupergraphOptions {
  supergraphPath: string;
  transport: Transport;
  permissions: GuardTable;
  /** Rules that pass for everyone, left out of the evaluation. */
  trivial: ReadonlySet<ShieldRule>;
  log: Logger;
  /** Reload when the file changes; a supergraph that does not load leaves the old one in place. */
  watch?: boolean;
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Apollo's query planner and executor over our data sources, with the shield in front: denied query roots are nulled
 * with their error, a denied mutation stops the operation. Throws StartError when the table does not cover the schema.
 */
export function supergraph(options: SupergraphOptions): GatewayInterface {
  const { transport, permissions, trivial, log } = options;
  let shield: Shield | undefined;
  const stopWatching = new AbortController();
  const gateway = new ApolloGateway({
    supergraphSdl: async ({ update }) => {
      if (options.watch) void watchFile(options.supergraphPath, update, log, stopWatching.signal);
      return { supergraphSdl: await readFile(options.supergraphPath, 'utf8'), cleanup: async () => stopWatching.abort() };
    },
    buildService: ({ name }) => transportDataSource(name, transport),
    queryPlannerConfig: { exposeDocumentNodeInFetchNode: true },
    logger: quiet,
    debug: false,
    __exposeQueryPlanExperimental: false,
  });

  function adopt(apiSchema: GraphQLSchema): void {
    const holes = uncovered(apiSchema, permissions);
    if (holes.length > 0) throw new StartError(`The gateway's permission table does not match the graph: ${holes.join(', ')}.`);
    shield = makeShield(apiSchema, permissions, trivial);
  }

  return {
    onSchemaLoadOrUpdate: (callback) =>
      gateway.onSchemaLoadOrUpdate((loaded) => {
        adopt(loaded.apiSchema);
        callback(loaded);
      }),
    async load(config) {
      const { executor } = await gateway.load(config);
      return { executor: (request) => guarded(shield as Shield, executor, request) };
    },
    stop: () => gateway.stop(),
  };
}

async function guarded(shield: Shield, executor: Executor, request: ExecutorRequest): Promise<ExecutorResult> {
  const { document, operation } = request;
  const context = request.context as GatewayContext;
  const verdict = await shield.judge(document, operation, request.request.variables ?? {}, context);
  if (verdict.size === 0) return strip(await executor(request));
  const errors = [...verdict.values()];
  if (operation.operation !== 'query') return { data: null, errors } as ExecutorResult;
  const remaining = pruned(document, operation, verdict);
  const nulls = Object.fromEntries([...verdict.keys()].map((key) => [key, null]));
  if (!remaining) return { data: nulls, errors } as ExecutorResult;
  const kept = remaining.definitions.find((node) => node.kind === 'OperationDefinition' && node.name?.value === operation.name?.value);
  const result = strip(
    await executor({
      ...request,
      document: remaining,
      operation: kept as typeof operation,
      queryHash: `${request.queryHash}:${[...verdict.keys()].sort().join()}`,
    }),
  );
  return { ...result, data: { ...nulls, ...result.data }, errors: [...(result.errors ?? []), ...errors] } as ExecutorResult;
}

/** `valueCompletion` would tell clients how the schema is spread over services. */
function strip(result: ExecutorResult): ExecutorResult {
  if (!result.extensions) return result;
  const { extensions: _hidden, ...rest } = result;
  return rest;
}

async function watchFile(path: string, update: (sdl: string) => void, log: Logger, signal: AbortSignal): Promise<void> {
  try {
    for await (const _change of watch(path, { signal })) {
      try {
        update(await readFile(path, 'utf8'));
        log.info('the supergraph was reloaded');
      } catch (error) {
        log.error({ err: error }, 'the new supergraph does not load; the old one stays');
      }
    }
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'the supergraph file is no longer watched');
  }
}

/** Errors of the shield and of subgraphs both arrive as GraphQLErrors; named here for the formatter. */
export type { GraphQLError };
