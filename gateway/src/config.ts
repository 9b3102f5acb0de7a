import { isIP } from 'node:net';
import { type Env, flag, integer, listOf, origins, readEnv } from '@polity/kernel/config/env';
import { z } from 'zod';

/** Settings that only the gateway has; all are optional. */
export interface GatewayConfig {
  /** `TRUSTED_PROXIES`: addresses, networks and the words of `proxy-addr` whose `X-Forwarded-*` headers are believed; none by default. */
  trustedProxies: readonly string[];
  /** `MAX_IN_FLIGHT`: requests that run at once at most, however quick they are; 256 by default. */
  maxInFlight: number;
  /** `MAX_COST`: what one operation may cost before it gets QUERY_TOO_COSTLY; 20,000 by default. */
  maxCost: number;
  /** `RATE_LIMIT`: points that requests of one payer may take per minute before they get RATE_LIMITED; 300,000 by default, 0 for no limit. */
  rateLimit: number;
  /** Points that one payer may take at once: a tenth of a minute's, and no less than what one operation may cost. */
  rateBurst: number;
  /** `ALLOWED_ORIGINS`: origins of other front ends, such as `https://app.example.org`, whose pages may use the graph; none by default. */
  allowedOrigins: ReadonlySet<string>;
  /** `ALLOW_LOOSER_GUARDS`: `true` where a graph that is reloaded may ask viewers for less than the one before; `false` by default. */
  allowLooserGuards: boolean;
  /** `ALLOW_BROKEN_OPERATIONS`: `true` where a graph that is reloaded may break operations that are published; `false` by default. */
  allowBrokenOperations: boolean;
  /** `SLOW_OPERATION_MS`: milliseconds from which on the log has a line about an operation with its plan; 1,000 by default. */
  slowMs: number;
  /** `GRAPHIQL`: whether `GET /` answers GraphiQL; `true` by default. */
  graphiql: boolean;
  /** `GATEWAY_WORKERS`: gateways that one machine runs on the same port, for its cores; 1 by default. */
  workers: number;
}

const GROUPS = new Set(['loopback', 'linklocal', 'uniquelocal']);
const MOST = 1_000_000_000;

function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  return (
    GROUPS.has(text) || (isIP(address) !== 0 && rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits)))
  );
}

/** The gateway's own settings, by the names that operators give them (docs/configuration.md). */
export const settings = z
  .object({
    TRUSTED_PROXIES: listOf(isProxy, 'must list addresses or networks, separated by commas'),
    MAX_IN_FLIGHT: integer(1, MOST).default(256),
    MAX_COST: integer(1, MOST).default(20_000),
    RATE_LIMIT: integer(0, MOST).default(300_000),
    ALLOWED_ORIGINS: origins(),
    ALLOW_LOOSER_GUARDS: flag().default(false),
    ALLOW_BROKEN_OPERATIONS: flag().default(false),
    SLOW_OPERATION_MS: integer(1, MOST).default(1_000),
    GRAPHIQL: flag().default(true),
    GATEWAY_WORKERS: integer(1, 64).default(1),
  })
  // Else an operation that may run could never be paid for.
  .refine(
    (read) => read.RATE_LIMIT === 0 || read.RATE_LIMIT >= read.MAX_COST,
    'RATE_LIMIT must be 0, or at least MAX_COST',
  );

/** Reads the gateway's own settings. Throws a StartError that lists every problem. */
export function gatewayConfig(env: Env): GatewayConfig {
  const read = readEnv(settings, env, 'gateway');
  return {
    trustedProxies: read.TRUSTED_PROXIES,
    maxInFlight: read.MAX_IN_FLIGHT,
    maxCost: read.MAX_COST,
    rateLimit: read.RATE_LIMIT,
    rateBurst: Math.max(read.MAX_COST, Math.floor(read.RATE_LIMIT / 10)),
    allowedOrigins: new Set(read.ALLOWED_ORIGINS),
    allowLooserGuards: read.ALLOW_LOOSER_GUARDS,
    allowBrokenOperations: read.ALLOW_BROKEN_OPERATIONS,
    slowMs: read.SLOW_OPERATION_MS,
    graphiql: read.GRAPHIQL,
    workers: read.GATEWAY_WORKERS,
  };
}
