import type { PlatformEnv } from '../config/env.ts';
import { type Outbound, outbound } from '../http/outbound.ts';
import { type OutboundAllow, parseOutboundAllow } from '../http/outbound-addresses.ts';

// Applications under development run beside Polity; elsewhere an address of this machine is an attack.
const OWN_MACHINE = 'localhost,127.0.0.0/8,::1';

/** The client for addresses that others choose, within what OUTBOUND_ALLOW says. */
export function openOutbound({ OUTBOUND_ALLOW, NODE_ENV }: PlatformEnv): Outbound {
  const unsaid = NODE_ENV === 'production' ? '' : OWN_MACHINE;
  return outbound({ allow: OUTBOUND_ALLOW ?? (parseOutboundAllow(unsaid) as OutboundAllow) });
}
