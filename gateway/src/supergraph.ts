import { createHash } from 'node:crypto';
import { readFile, watch } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { StartError } from '@polity/kernel/config/start-error';
import type { ShieldRule } from '@polity/kernel/graph/shield';
import type { Transport } from '@polity/kernel/graph/transport';
import type { Logger } from '@polity/kernel/log/logger';
import type { GraphQLSchema } from 'graphql';
import { withoutTelemetry } from './config.ts';
import { transportDataSource } from './data-source.ts';
import { declaredCosts } from './shield/cost.ts';
import { uncovered } from './shield/coverage.ts';
import { makeShield, type Shield } from './shield/enforce.ts';
import { guarded } from './shield/guarded.ts';
import type { GuardTable } from './shield/guards.ts';

export interface SupergraphOptions {
  supergraphPath: string;
  transport: Transport;
  permissions: GuardTable;
  /** Rules that pass for everyone, left out of the evaluation. */
  trivial: ReadonlySet<ShieldRule>;
  log: Logger;
  /** What one operation may cost. */
  maxCost: number;
  /** Reload when the file changes; a supergraph that does not load leaves the old one in place. */
  watch?: boolean;
}

type Update = (sdl: string) => void;

/** A gateway that says which graph it serves. */
export interface Supergraph extends GatewayInterface {
  /** First 12 hex digits of the SHA-256 of the supergraph. */
  version(): string;
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const SHOWN = 12;
const someOf = (holes: readonly string[]) =>
  holes.slice(0, SHOWN).join(', ') + (holes.length > SHOWN ? ` and ${holes.length - SHOWN} more` : '');

/** The shield of the newest graph that the permission table covers. */
function shieldHolder({ permissions, trivial }: SupergraphOptions) {
  let shield: Shield | undefined;
  let failure: StartError | undefined;
  let version = '';
  return {
    version: () => version,
    current: () => shield as Shield,
    /** False for a graph with holes in the table; `settle` throws then. */
    adopt(apiSchema: GraphQLSchema, sdl: string): boolean {
      const holes = uncovered(apiSchema, permissions);
      failure =
        holes.length > 0
          ? new StartError(`The gateway's permission table does not match the graph: ${someOf(holes)}.`)
          : undefined;
      if (failure) return false;
      shield = makeShield(apiSchema, permissions, trivial, declaredCosts(sdl));
      version = createHash('sha256').update(sdl).digest('hex').slice(0, 12);
      return true;
    },
    settle() {
      if (failure) throw failure;
    },
  };
}

/**
 * Apollo's query planner and executor over our data sources, with the shield in front. `load` throws StartError when the permission
 * table does not cover the schema.
 */
export function supergraph(options: SupergraphOptions): Supergraph {
  const { supergraphPath, transport, log } = options;
  const shield = shieldHolder(options);
  const stopWatching = new AbortController();
  const gateway = withoutTelemetry(
    () =>
      new ApolloGateway({
        supergraphSdl: async ({ update }) => {
          const sdl = await readFile(supergraphPath, 'utf8');
          if (options.watch) void follow(supergraphPath, safeReload(update, shield, sdl), log, stopWatching.signal);
          return { supergraphSdl: sdl, cleanup: async () => stopWatching.abort() };
        },
        buildService: ({ name }) => transportDataSource(name, transport),
        queryPlannerConfig: { exposeDocumentNodeInFetchNode: true },
        logger: quiet,
        debug: false,
        __exposeQueryPlanExperimental: false,
      }),
  );
  return {
    version: shield.version,
    onSchemaLoadOrUpdate: (callback) =>
      gateway.onSchemaLoadOrUpdate((loaded) => {
        if (shield.adopt(loaded.apiSchema, loaded.coreSupergraphSdl)) callback(loaded);
      }),
    async load(config) {
      const { executor } = await gateway.load(config);
      shield.settle();
      return { executor: guarded(shield.current, executor, options.maxCost) };
    },
    stop: () => gateway.stop(),
  };
}

/** Loads another supergraph, and goes back to the one before when the permission table does not cover it. */
function safeReload(update: Update, shield: ReturnType<typeof shieldHolder>, first: string): Update {
  let current = first;
  return (sdl) => {
    update(sdl);
    try {
      shield.settle();
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
