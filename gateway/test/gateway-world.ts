import { inProcessTransport } from '@polity/kernel/graph/in-process';
import type { RunningSubgraph } from '@polity/kernel/graph/running';
import type { Platform } from '@polity/kernel/graph/start-subgraph';
import type { Transport } from '@polity/kernel/graph/transport';
import { listen } from '@polity/kernel/http/listen';
import { createLogger } from '@polity/kernel/log/logger';
import type { World, WorldOptions } from '@polity/kernel/testing/harness';
import type { FastifyInstance } from 'fastify';
import { type HttpOptions, httpApp } from '../src/http.ts';
import { type StartedGateway, startGateway } from '../src/start-gateway.ts';
import { type Browser, openBrowser } from './browser.ts';
import { startDemoWorld, subgraphNames } from './every-subgraph.ts';

/** How a subgraph fails: it never answers, it cannot be reached, or it breaks in a way nobody foresaw. */
export type Outage = 'hangs' | 'away' | 'breaks';

/** A gateway with real subgraphs and the demo data behind a real port. */
export interface GatewayWorld {
  world: World;
  gateway: StartedGateway;
  port: number;
  /** Subgraphs that are down from the gateway's point of view. */
  down: Map<string, Outage>;
  /** Subgraphs that the gateway's calls reach only when this is over. */
  held: Map<string, Promise<void>>;
  /** Subgraphs that the gateway called, in their order. */
  calls: string[];
  /** Calls to hanging subgraphs that were given up, in their order. */
  givenUp: string[];
  /** What the gateway logged, one JSON line each. */
  logs: string[];
  browser(host?: string): Browser;
  /** A browser in which this demo account is signed in. */
  person(name: 'root' | 'admin' | 'alice' | 'bob'): Promise<Browser>;
  close(): Promise<void>;
}

export interface GatewayWorldOptions {
  /** Of the subgraphs. */
  world?: Partial<WorldOptions>;
  platform?: Partial<Platform>;
  http?: Partial<HttpOptions>;
  /** File of the supergraph; that of the repository unless given. */
  supergraphPath?: string;
  /** The gateway reads access sets over its own transport, as it does as a process of its own. */
  apart?: boolean;
}

const silence: RunningSubgraph = {
  name: 'silence',
  schema: null as never,
  execute: () => new Promise(() => undefined),
};

type Faults = Pick<GatewayWorld, 'down' | 'held' | 'calls' | 'givenUp'>;

/** The transport of the world, except to subgraphs that are down; a hanging one is left to the transport's own deadline. */
function faulty(transport: Transport, { down, held, calls, givenUp }: Faults): Transport {
  return {
    async execute(name, request, info) {
      calls.push(name);
      await held.get(name);
      const outage = down.get(name);
      if (outage === 'away') return inProcessTransport(new Map()).execute(name, request, info);
      if (outage === 'hangs') {
        const call = inProcessTransport(new Map([[name, silence]])).execute(name, request, info);
        return call.finally(() => givenUp.push(name));
      }
      if (outage === 'breaks') throw new Error('connect ECONNREFUSED 10.1.2.3:4102 at secret-host');
      return transport.execute(name, request, info);
    },
    close: () => transport.close(),
  };
}

function lines(): { logs: string[]; stream: { write(line: string): void } } {
  const logs: string[] = [];
  return { logs, stream: { write: (line) => void logs.push(line) } };
}

export async function startGatewayWorld(options: GatewayWorldOptions = {}): Promise<GatewayWorld> {
  const world = await startDemoWorld(options.world);
  const faults: Faults = { down: new Map(), held: new Map(), calls: [], givenUp: [] };
  const { logs, stream } = lines();
  const { access: shared, ...apart } = world.platform;
  const platform: Platform = {
    ...apart,
    ...(options.apart || !shared ? {} : { access: shared }),
    transport: faulty(world.platform.transport, faults),
    log: createLogger({ service: 'gateway', level: 'info', stream }),
    // The clock of the world stands still, and so would the buckets.
    env: { RATE_LIMIT: '100000000' },
    ...options.platform,
  };
  const gateway = await startGateway({
    platform,
    defaultTenant: 'demo',
    ...(options.supergraphPath !== undefined && { supergraphPath: options.supergraphPath }),
  });
  const routes = async (app: FastifyInstance) => {
    for (const name of subgraphNames) await world.subgraph(name).routes(app);
  };
  const http = { ...gateway.settings, maxInFlight: 64, demoAccounts: true, routes, ...options.http };
  const app = await httpApp({ ...gateway, ...http });
  const port = await listen(app, '127.0.0.1', 0);
  const browser = (host?: string) => openBrowser(port, host);
  return {
    world,
    gateway,
    port,
    ...faults,
    logs,
    browser,
    async person(name) {
      const signedIn = browser();
      await signedIn.signIn(`${name}@demo.test`);
      return signedIn;
    },
    async close() {
      await app.close();
      await gateway.close();
      await world.close();
    },
  };
}
