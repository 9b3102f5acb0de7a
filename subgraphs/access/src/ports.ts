import type { Runtime } from '@polity/kernel/graph/subgraph';
import { repairStamps } from './domain/change/stamp-repair.ts';

/** What lives as long as the process: the repair of stamps that were committed and never confirmed. */
export interface Ports {
  close(): void;
}

const REPAIR_MS = 5_000;

/** Repairs once before anything is served, then every five seconds. */
export async function openPorts(runtime: Runtime): Promise<Ports> {
  const repair = async () => {
    try {
      const repaired = await repairStamps(runtime);
      if (repaired > 0) runtime.log.warn({ repaired }, 'confirmed stamps of earlier changes');
    } catch (error) {
      runtime.log.error({ err: error }, 'stamps could not be confirmed; trying again');
    }
  };
  await repair();
  const timer = setInterval(() => void repair(), REPAIR_MS);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
