import { BlockList, isIP } from 'node:net';

// IANA's special-purpose registries (RFC 6890), multicast, the reserved end of the space, and the address at which Azure's machines find their host.
const SPECIAL_IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.175.48.0/24'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
];
// Of IPv6, only 2000::/3 is given out to anybody. What lies outside is refused whole: loopback, link-local, unique local, multicast, and the
// forms that carry an IPv4 address (mapped, compatible, NAT64). Inside lie Teredo, 6to4, documentation and the registries' own.
const GLOBAL_IPV6 = '2000::/3';
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

function addTo(list: BlockList, range: string): void {
  const [network = '', bits = ''] = range.split('/');
  list.addSubnet(network, Number(bits), isIP(network) === 6 ? 'ipv6' : 'ipv4');
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) addTo(list, range);
  return list;
}

const special4 = listOf(SPECIAL_IPV4);
const special6 = listOf(SPECIAL_IPV6);
const global6 = listOf([GLOBAL_IPV6]);

/** Whether the address belongs to the public internet; false for whatever is no address, and for IPv6 with a zone. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special4.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}

/** Servers of the own network that may be reached all the same, and by plain http too. */
export interface OutboundAllow {
  /** The host as a URL writes it; an entry without a port stands for all of them. */
  host(host: string, port: string): boolean;
  address(address: string): boolean;
}

const HOST = /^(?=.{1,253}(:|$))[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*(:\d{1,5})?$/;
const RANGE = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/;

function rangeOf(entry: string): string | null {
  const [, network = '', bits] = RANGE.exec(entry) ?? [];
  const version = isIP(network);
  if (version === 0) return null;
  const most = version === 4 ? 32 : 128;
  return Number(bits ?? most) <= most ? `${network}/${bits ?? most}` : null;
}

/** Reads `hooks.internal, git.internal:8443, 10.1.0.0/16, ::1`; null where an entry is neither a host nor an address nor a range. */
export function parseOutboundAllow(text: string): OutboundAllow | null {
  const entries = text
    .toLowerCase()
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const ranges = entries.flatMap((entry) => rangeOf(entry) ?? []);
  const hosts = new Set(entries.filter((entry) => rangeOf(entry) === null));
  if (![...hosts].every((host) => HOST.test(host) && !/^[\d.:]+$/.test(host))) return null;
  const list = listOf(ranges);
  return {
    host: (host, port) => hosts.has(host) || hosts.has(`${host}:${port}`),
    address: (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'),
  };
}
