import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const isLoopbackAddress = (address = '') => {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
};

/** `localhost` and what lies below it (RFC 6761 section 6.3), or a loopback address; a name that only resolves to one is somebody else's. */
function isLoopbackHost(host = ''): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name.replace(/^\[(.*)\]$/, '$1'));
}

/** Whether a request comes from this machine and was meant for it: no header can make it so, and each that says otherwise is believed. */
export function isLocal({ headers, hostname, ip, socket }: FastifyRequest): boolean {
  const chain = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const addresses = [socket.remoteAddress, ip, ...chain];
  const hosts = [headers.host, hostname, ...[headers['x-forwarded-host'] ?? []].flat()];
  return headers.forwarded === undefined && addresses.every(isLoopbackAddress) && hosts.every(isLoopbackHost);
}
