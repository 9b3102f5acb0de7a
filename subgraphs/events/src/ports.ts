import { deriveKey } from '@polity/kernel/config/secrets';
import type { Runtime } from '@polity/kernel/graph/subgraph';

/** What lives as long as the process. */
export interface Ports {
  /** Key of the addresses of calendars. */
  feedKey: Buffer;
  /** Key of the codes that are shown on site. */
  checkInKey: Buffer;
  publicUrl: string;
}

export async function openPorts({ masterSecret, publicUrl }: Runtime): Promise<Ports> {
  return {
    feedKey: deriveKey(masterSecret, 'events calendar feed'),
    checkInKey: deriveKey(masterSecret, 'events check-in'),
    publicUrl,
  };
}
