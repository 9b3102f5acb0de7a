import { readFile } from 'node:fs/promises';
import type { GatewayInterface, GatewaySchemaLoadOrUpdateCallback } from '@apollo/server-gateway-interface';
import { StartError } from '@polity/kernel/config/start-error';
import type { Transport } from '@polity/kernel/graph/transport';
import type { Logger } from '@polity/kernel/log/logger';
import type { GraphQLSchema } from 'graphql';
import type { Carrier } from './context.ts';
import { buildGraph, type Graph, versionOf } from './graph/build.ts';
import { follow } from './graph/follow.ts';
import type { LiveFields } from './live/declared.ts';
import { type Execute, guarded, opened } from './shield/guarded.ts';

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

/** What is done with a graph before it serves in the place of another. */
export interface Preparation {
  /** Throws StartError for one that must not serve; not asked of a graph that is gone back to. */
  judge(next: Graph): Promise<void>;
  /** Works out beforehand what is asked for now. */
  warm(next: Graph): Promise<void>;
}

/** A gateway that says which graph it serves, and serves another when it is told to. */
export interface Supergraph extends GatewayInterface {
  /** What serves now. */
  served(): Graph;
  /** First 12 hex digits of the SHA-256 of the supergraph. */
  version(): string;
  /** Versions that it would go back to, the last one first. */
  before(): readonly string[];
  /** What clients see of it. */
  schema(): GraphQLSchema;
  /** What can be subscribed to. */
  live(): LiveFields;
  /** Runs an operation of it, with the shield in front. */
  execute: Execute;
  /** Has everything about a graph prepared before it serves. */
  prepareBy(preparation: Preparation): void;
  /** Whether this graph would be served, which changes nothing; returns its version. Throws StartError that says why not. */
  check(sdl: string): Promise<string>;
  /** Reads the file again and serves what it holds. Throws StartError, and serves what it did before. */
  reload(): Promise<void>;
  /** Serves the graph before this one again, whatever was published for this one. Throws StartError where there is none. */
  rollBack(): Promise<void>;
}

/** Supergraphs that were served before and are kept as texts, to go back to them. */
const KEPT = 5;

/** Makes what it is given run one after the other. */
function oneByOne() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** The graph that serves, those before it, and the one way from one to the next. */
function graphHolder({ transport, allowLooserGuards = false }: SupergraphOptions) {
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  const before: Graph['sdl'][] = [];
  const inTurn = oneByOne();
  let graph: Graph | undefined;
  let preparation: Preparation = { judge: async () => {}, warm: async () => {} };

  /** The next graph, built beside the one that serves, and held to everything that a newer one must keep. */
  async function judged(sdl: string): Promise<Graph> {
    const next = buildGraph(sdl, transport, allowLooserGuards ? undefined : graph?.guards);
    await preparation.judge(next);
    return next;
  }

  function serve(next: Graph): void {
    graph = next;
    for (const listener of listeners) listener({ apiSchema: next.apiSchema, coreSupergraphSdl: next.sdl });
  }
  return {
    listeners,
    before,
    current: () => graph as Graph,
    prepareBy: (wanted: Preparation) => void (preparation = wanted),
    check: (sdl: string) => inTurn(async () => (await judged(sdl)).version),
    first: (sdl: string) => serve(buildGraph(sdl, transport)),
    replace: (sdl: string) =>
      inTurn(async () => {
        const served = graph as Graph;
        if (sdl === served.sdl) return;
        const next = await judged(sdl);
        await preparation.warm(next);
        before.unshift(served.sdl);
        before.splice(KEPT);
        serve(next);
      }),
    goBack: () =>
      inTurn(async () => {
        const [sdl] = before;
        if (sdl === undefined) throw new StartError('There is no graph before this one that this gateway has served.');
        const next = buildGraph(sdl, transport);
        await preparation.warm(next);
        before.shift();
        serve(next);
      }),
  };
}

/**
 * Serves a supergraph, and others in its place without stopping: the next one is built, held to what is published and warmed beside the one
 * that serves. `load` throws StartError when a root field has no guard, or a guard cannot be read.
 */
export function supergraph(options: SupergraphOptions): Supergraph {
  const { supergraphPath, log, watch } = options;
  const graph = graphHolder(options);
  const stopWatching = new AbortController();
  const execute = guarded(graph.current, options.maxCost);
  const replace = async (sdl: string) => {
    await graph.replace(sdl);
    log.info({ version: graph.current().version }, 'the supergraph was reloaded');
  };
  return {
    served: graph.current,
    version: () => graph.current().version,
    before: () => graph.before.map(versionOf),
    schema: () => graph.current().apiSchema,
    live: () => graph.current().live,
    execute,
    prepareBy: graph.prepareBy,
    check: graph.check,
    reload: async () => replace(await readFile(supergraphPath, 'utf8')),
    async rollBack() {
      await graph.goBack();
      log.warn({ version: graph.current().version }, 'the supergraph before is served again');
    },
    onSchemaLoadOrUpdate(callback) {
      graph.listeners.add(callback);
      return () => void graph.listeners.delete(callback);
    },
    async load() {
      graph.first(await readFile(supergraphPath, 'utf8'));
      if (watch) void follow(supergraphPath, replace, log, stopWatching.signal);
      return {
        executor: async (request) => opened(await ((request.context as Carrier).operation.ran ?? execute(request))),
      };
    },
    stop: async () => stopWatching.abort(),
  };
}
