import { Resolver, lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress, type OutboundAllow } from './outbound-addresses.ts';
import { OutboundError } from './outbound-error.ts';

/** All addresses of a host. Names that the operator listed may come from the hosts file and search domains, others from DNS only. */
export type Resolve = (host: string, listed: boolean, signal: AbortSignal) => Promise<string[]>;

const DNS_MS = 2_000;

/** Asks DNS itself: the system's resolver would take one of the few threads that files and passwords need, for as long as a slow server likes. */
async function publicAddresses(host: string, signal: AbortSignal): Promise<string[]> {
  const resolver = new Resolver({ timeout: DNS_MS, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

export const resolveHost: Resolve = async (host, listed, signal) =>
  listed ? (await systemLookup(host, { all: true })).map(({ address }) => address) : publicAddresses(host, signal);

/** Where a request may go: the URL, and the addresses that were checked for it. */
export interface Target {
  url: URL;
  addresses: readonly string[];
}

const refused = (message: string) => new OutboundError('URL_REFUSED', message);

function parsed(address: string): URL {
  const url = URL.parse(address);
  if (!url) throw refused('The URL is not valid.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('Only https URLs are asked.');
  if (url.username || url.password) throw refused('A URL with a name or password is not asked.');
  if (url.hostname.endsWith('.')) throw refused('A host that ends with a dot is not asked.');
  return url;
}

/** The URL parser has read decimal, octal and hexadecimal forms of IPv4 by now: what is a number is an address here. */
function literal(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? null : host;
}

async function addressesOf(url: URL, listed: boolean, resolve: Resolve, signal: AbortSignal): Promise<string[]> {
  const address = literal(url);
  if (address !== null) return [address];
  const found = await resolve(url.hostname, listed, signal).catch((cause: unknown) => {
    throw new OutboundError('UNREACHABLE', 'The host does not resolve.', cause);
  });
  if (found.length === 0) throw new OutboundError('UNREACHABLE', 'The host does not resolve.');
  return found;
}

/** Resolves the host once and checks every address that it has. Throws OutboundError. */
export async function checkedTarget(
  address: string,
  { allow, resolve, signal }: { allow: OutboundAllow; resolve: Resolve; signal: AbortSignal },
): Promise<Target> {
  const url = parsed(address);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const listed = allow.host(url.hostname, port);
  const own = (found: string) => listed || allow.address(found);
  const addresses = await addressesOf(url, listed, resolve, signal);
  if (!addresses.every((found) => own(found) || isPublicAddress(found)))
    throw new OutboundError('ADDRESS_REFUSED', 'The host has an address that is not reached from here.');
  if (url.protocol === 'http:' && !addresses.every(own)) throw refused('Only https URLs are asked.');
  return { url, addresses };
}

/** Name resolution for the connection: whatever DNS says by now, it gets the addresses that were checked. */
export function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, done) => {
    const [first] = all;
    if (options.all) done(null, all);
    else done(null, first?.address ?? '', first?.family ?? 4);
  };
}
