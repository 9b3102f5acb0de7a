import type { Clock } from '@polity/kernel/clock';
import type { FileStore } from '@polity/kernel/files/store';
import { sweepUploads } from '@polity/kernel/files/sweep';
import { type FileKeys, fileKeys } from '@polity/kernel/files/token';
import type { Platform } from '@polity/kernel/graph/start-subgraph';
import type { KeyValueStore } from '@polity/kernel/kv/store';
import { every, type Repetition } from '@polity/kernel/process/every';

const HOUR_MS = 3_600_000;

/** What uploads and files need of the gateway. */
export interface UploadPorts {
  kv: KeyValueStore;
  store: FileStore;
  keys: FileKeys;
  clock: Clock;
  publicUrl: string;
}

export function uploadPorts({ kv, files, masterSecret, publicUrl }: Platform, clock: Clock): UploadPorts {
  return { kv, store: files, keys: fileKeys(masterSecret), clock, publicUrl };
}

/** Removes what nobody took, once an hour by one of all gateways; the gateway has no database that could keep a job. */
export function sweepHourly({ kv, store, clock }: UploadPorts, { log }: Pick<Platform, 'log'>): Repetition {
  return every(HOUR_MS / 6, async () => {
    try {
      if (!(await kv.setIfAbsent('uploads:sweep', '1', { ttlSeconds: HOUR_MS / 1_000 - 1 }))) return;
      const removed = await sweepUploads(store, 'gateway', clock.nowMs());
      log.info({ removed }, 'uploads that nobody took were removed');
    } catch (error) {
      log.warn({ err: error }, 'uploads that nobody took cannot be removed');
    }
  });
}
