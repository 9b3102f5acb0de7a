import { isIPv6 } from 'node:net';

/** An IPv6 address counts as its /64, because one household or attacker holds that many. */
export function addressBlock(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':') : [];
  const middle = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0');
  const four = [...groups, ...middle, ...rest].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${four.join(':')}::/64`;
}
