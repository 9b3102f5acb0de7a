import { isIP } from 'node:net';
import { StartError } from '@polity/kernel/config/start-error';

type Env = Readonly<Record<string, string | undefined>>;

/** Settings that only the gateway has; all are optional. */
export interface GatewayConfig {
  /** `TRUSTED_PROXIES`: addresses, networks and the words of `proxy-addr` whose `X-Forwarded-*` headers are believed; none by default. */
  trustedProxies: readonly string[];
  /** `MAX_IN_FLIGHT`: operations that run at once before further ones get OVERLOADED; 256 by default. */
  maxInFlight: number;
}

const GROUPS = new Set(['loopback', 'linklocal', 'uniquelocal']);
const MAX_IN_FLIGHT = 256;

function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  return (
    GROUPS.has(text) || (isIP(address) !== 0 && rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits)))
  );
}

/** Reads the gateway's own settings. Throws StartError. */
export function gatewayConfig(env: Env): GatewayConfig {
  const trustedProxies = (env.TRUSTED_PROXIES ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean);
  if (!trustedProxies.every(isProxy))
    throw new StartError('TRUSTED_PROXIES must list addresses or networks, separated by commas.');
  const maxInFlight = Number(env.MAX_IN_FLIGHT || MAX_IN_FLIGHT);
  if (!Number.isSafeInteger(maxInFlight) || maxInFlight < 1)
    throw new StartError('MAX_IN_FLIGHT must be a whole number of at least 1.');
  return { trustedProxies, maxInFlight };
}

/** The vendor's gateway sends telemetry unless the environment says no at the moment it is made. */
export function withoutTelemetry<Made>(make: () => Made): Made {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  return make();
}
