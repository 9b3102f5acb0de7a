import { isIP } from 'node:net';
import { StartError } from '@polity/kernel/config/start-error';

type Env = Readonly<Record<string, string | undefined>>;

/** Settings that only the gateway has; all are optional. */
export interface GatewayConfig {
  /** `TRUSTED_PROXIES`: addresses, networks and the words of `proxy-addr` whose `X-Forwarded-*` headers are believed; none by default. */
  trustedProxies: readonly string[];
  /** `MAX_IN_FLIGHT`: operations that run at once before further ones get OVERLOADED; 256 by default. */
  maxInFlight: number;
  /** `MAX_COST`: what one operation may cost before it gets QUERY_TOO_COSTLY; 20,000 by default. */
  maxCost: number;
  /** `RATE_LIMIT`: points that operations of one viewer may take per minute before they get RATE_LIMITED; 300,000 by default, 0 for no limit. */
  rateLimit: number;
  /** `ALLOWED_ORIGINS`: origins of other front ends, such as `https://app.example.org`, whose pages may use the graph; none by default. */
  allowedOrigins: ReadonlySet<string>;
}

const GROUPS = new Set(['loopback', 'linklocal', 'uniquelocal']);
const MAX_IN_FLIGHT = 256;
const MAX_COST = 20_000;
const RATE_LIMIT = 300_000;

function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  return (
    GROUPS.has(text) || (isIP(address) !== 0 && rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits)))
  );
}

const listIn = (text = '') =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

/** An origin as browsers send it: no path, no standard port, no `*`, never `null`. */
const isOrigin = (text: string) => /^https?:[^*]*$/.test(text) && URL.parse(text)?.origin === text;

function wholeNumber(env: Env, name: string, byDefault: number, least = 1): number {
  const value = Number(env[name] || byDefault);
  if (!Number.isSafeInteger(value) || value < least)
    throw new StartError(`${name} must be a whole number of at least ${least}.`);
  return value;
}

/** Reads the gateway's own settings. Throws StartError. */
export function gatewayConfig(env: Env): GatewayConfig {
  const trustedProxies = listIn(env.TRUSTED_PROXIES);
  if (!trustedProxies.every(isProxy))
    throw new StartError('TRUSTED_PROXIES must list addresses or networks, separated by commas.');
  const allowedOrigins = listIn(env.ALLOWED_ORIGINS);
  if (!allowedOrigins.every(isOrigin))
    throw new StartError('ALLOWED_ORIGINS must list origins such as https://app.example.org, separated by commas.');
  const maxCost = wholeNumber(env, 'MAX_COST', MAX_COST);
  const rateLimit = wholeNumber(env, 'RATE_LIMIT', RATE_LIMIT, 0);
  // Else an operation that may run could never be paid for.
  if (rateLimit !== 0 && rateLimit < maxCost) throw new StartError('RATE_LIMIT must be 0, or at least MAX_COST.');
  const maxInFlight = wholeNumber(env, 'MAX_IN_FLIGHT', MAX_IN_FLIGHT);
  return { trustedProxies, maxInFlight, maxCost, rateLimit, allowedOrigins: new Set(allowedOrigins) };
}

/** The vendor's gateway sends telemetry unless the environment says no at the moment it is made. */
export function withoutTelemetry<Made>(make: () => Made): Made {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  return make();
}
