import { createHash } from 'node:crypto';
import { readFile, watch } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import type { QueryPlanner } from '@apollo/query-planner';
import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface';
import { StartError } from '@polity/kernel/config/start-error';
import { installScalars } from '@polity/kernel/graph/scalars';
import type { Transport } from '@polity/kernel/graph/transport';
import type { Logger } from '@polity/kernel/log/logger';
import type { GraphQLSchema } from 'graphql';
import { withoutTelemetry } from './config.ts';
import type { Carrier } from './context.ts';
import { type LiveFields, liveFields } from './live/declared.ts';
import { planExecutor } from './plan/executor.ts';
import { declaredCosts } from './shield/cost.ts';
import { uncovered } from './shield/coverage.ts';
import { type DeclaredGuards, declaredGuards, loosened } from './shield/declared.ts';
import { makeShield, type Shield } from './shield/enforce.ts';
import { type Executor, guarded } from './shield/guarded.ts';
import { trivialRules } from './shield/rules.ts';

export interface SupergraphOptions {
  supergraphPath: string;
  transport: Transport;
  log: Logger;
  /** What one operation may cost. */
  maxCost: number;
  /** Reload when the file changes; a supergraph that does not load leaves the old one in place. */
  watch?: boolean;
  /** Whether a graph that is reloaded may ask for less than the one before. */
  allowLooserGuards?: boolean;
}

type Update = (sdl: string) => void;

/** A gateway that says which graph it serves. */
export interface Supergraph extends GatewayInterface {
  /** First 12 hex digits of the SHA-256 of the supergraph. */
  version(): string;
  /** What clients see of it. */
  schema(): GraphQLSchema;
  /** What can be subscribed to. */
  live(): LiveFields;
  /** Runs an operation of it, with the shield in front. */
  execute: GatewayExecutor;
}

/**
 * Fetches come as parsed documents, with the client's fragments written out, so that several can travel as one. Where parts of an operation
 * could be fetched from several subgraphs, the planner weighs so many ways at most, and then takes the best of fewer.
 */
export const PLANNER = {
  exposeDocumentNodeInFetchNode: true,
  reuseQueryFragments: false,
  debug: { maxEvaluatedPlans: 100 },
} as const;

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const SHOWN = 12;
const someOf = (holes: readonly string[]) =>
  holes.slice(0, SHOWN).join(', ') + (holes.length > SHOWN ? ` and ${holes.length - SHOWN} more` : '');

/** What serves one version of the graph. */
interface Graph {
  apiSchema: GraphQLSchema;
  guards: DeclaredGuards;
  live: LiveFields;
  shield: Shield;
  executor: Executor;
}

/** What the shield needs of a graph. Throws StartError for one whose root fields are not all guarded, or less than those of `before`. */
function guardsOfGraph(apiSchema: GraphQLSchema, supergraphSdl: string, before: DeclaredGuards | undefined) {
  const { guards, table } = declaredGuards(apiSchema, supergraphSdl);
  const holes = uncovered(apiSchema, table);
  if (holes.length > 0) throw new StartError(`The graph has fields that nobody guards: ${someOf(holes)}.`);
  const looser = before ? loosened(before, guards, apiSchema) : [];
  if (looser.length > 0)
    throw new StartError(
      `The new graph guards less than the one that is served: ${someOf(looser)}. Restart the gateway, or set ALLOW_LOOSER_GUARDS.`,
    );
  return { guards, table };
}

/** The newest graph whose guards can be kept. */
function graphHolder({ transport, allowLooserGuards = false }: SupergraphOptions) {
  let graph: Graph | undefined;
  let failure: StartError | undefined;
  let version = '';
  return {
    version: () => version,
    current: () => graph as Graph,
    /** False for a graph whose guards cannot be kept; `settle` throws then. */
    adopt(apiSchema: GraphQLSchema, supergraphSdl: string, planner: QueryPlanner): boolean {
      failure = undefined;
      try {
        const before = allowLooserGuards ? undefined : graph?.guards;
        const { guards, table } = guardsOfGraph(apiSchema, supergraphSdl, before);
        const live = liveFields(apiSchema, supergraphSdl, guards);
        installScalars(apiSchema);
        const shield = makeShield(apiSchema, table, trivialRules, declaredCosts(supergraphSdl));
        graph = {
          apiSchema,
          guards,
          live,
          shield,
          executor: planExecutor({ planner, apiSchema, supergraphSdl, transport }),
        };
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        failure = error;
        return false;
      }
      version = createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 12);
      return true;
    },
    settle() {
      if (failure) throw failure;
    },
  };
}

/** Apollo's gateway keeps its planner to itself, but for tests; it is pinned, and without a planner it does not load. */
function plannerOf(gateway: ApolloGateway): QueryPlanner {
  const { queryPlanner } = gateway.__testing();
  if (!queryPlanner) throw new StartError('The gateway has no query planner: its version does not fit.');
  return queryPlanner;
}

/**
 * Apollo's gateway loads the supergraph and plans; our executor runs the plans, with the shield in front. `load` throws StartError when a root field
 * of the supergraph has no guard, or a guard cannot be read.
 */
export function supergraph(options: SupergraphOptions): Supergraph {
  const { supergraphPath, log } = options;
  const graph = graphHolder(options);
  const stopWatching = new AbortController();
  const gateway = withoutTelemetry(
    () =>
      new ApolloGateway({
        supergraphSdl: async ({ update }) => {
          const sdl = await readFile(supergraphPath, 'utf8');
          if (options.watch) void follow(supergraphPath, safeReload(update, graph, sdl), log, stopWatching.signal);
          return { supergraphSdl: sdl, cleanup: async () => stopWatching.abort() };
        },
        queryPlannerConfig: PLANNER,
        logger: quiet,
        debug: false,
        __exposeQueryPlanExperimental: false,
      }),
  );
  const execute = guarded(graph.current, options.maxCost);
  return {
    version: graph.version,
    schema: () => graph.current().apiSchema,
    live: () => graph.current().live,
    execute,
    onSchemaLoadOrUpdate: (callback) =>
      gateway.onSchemaLoadOrUpdate((loaded) => {
        if (graph.adopt(loaded.apiSchema, loaded.coreSupergraphSdl, plannerOf(gateway))) callback(loaded);
      }),
    async load(config) {
      await gateway.load(config);
      graph.settle();
      return { executor: async (request) => (request.context as Carrier).operation.ran ?? execute(request) };
    },
    stop: () => gateway.stop(),
  };
}

/** Loads another supergraph, and goes back to the one before when its guards cannot be kept. */
function safeReload(update: Update, graph: ReturnType<typeof graphHolder>, first: string): Update {
  let current = first;
  return (sdl) => {
    update(sdl);
    try {
      graph.settle();
      current = sdl;
    } catch (error) {
      update(current);
      throw error;
    }
  };
}

/** Watches the folder: a file that is replaced, as most programs write one, is another file afterwards. */
async function follow(path: string, reload: Update, log: Logger, signal: AbortSignal): Promise<void> {
  let last = '';
  try {
    for await (const { filename } of watch(dirname(path), { signal })) {
      if (filename !== basename(path)) continue;
      const sdl = await readFile(path, 'utf8').catch(() => '');
      if (!sdl || sdl === last) continue;
      last = sdl;
      try {
        reload(sdl);
        log.info('the supergraph was reloaded');
      } catch (error) {
        log.error({ err: error }, 'the new supergraph does not load; the old one stays');
      }
    }
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'the supergraph file is no longer watched');
  }
}
