import { deriveKey } from '@polity/kernel/config/secrets';
import type { EnvelopeKey } from '@polity/kernel/crypto/envelope';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { type Vapid, vapidOf } from './domain/push/web-push.ts';

/** What lives as long as the process. */
export interface Ports {
  /** Key of the links that end mails. */
  unsubscribeKey: Buffer;
  /** Key of what browsers gave. */
  pushKey: EnvelopeKey;
  vapid: Vapid;
  publicUrl: string;
}

export async function openPorts({ masterSecret, publicUrl }: Runtime): Promise<Ports> {
  return {
    unsubscribeKey: deriveKey(masterSecret, 'activity/unsubscribe'),
    pushKey: { id: 'k1', key: deriveKey(masterSecret, 'activity/push/k1') },
    vapid: vapidOf(deriveKey(masterSecret, 'activity/vapid'), publicUrl),
    publicUrl,
  };
}
