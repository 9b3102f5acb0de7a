import type { Runtime } from '@polity/kernel/graph/subgraph';
import { every } from '@polity/kernel/process/every';
import { readConfig } from './config.ts';
import { type StampMarks, stampMarks } from './domain/change/stamp-marks.ts';
import { repairStamps } from './domain/change/stamp-repair.ts';
import { type DecisionLog, decisionLog } from './domain/check/decision-log.ts';

/** What lives as long as the process: what it writes in batches. */
export interface Ports {
  decisions: DecisionLog;
  marks: StampMarks;
  close(): Promise<void>;
}

const FLUSH_MS = 1_000;

/** Repairs stamps before anything is served; from then on a job does. Throws StartError for a wrong environment. */
export async function openPorts(runtime: Runtime): Promise<Ports> {
  const { allowShare } = readConfig(runtime.env);
  const decisions = decisionLog({ em: runtime.em, log: runtime.log, allowShare });
  const marks = stampMarks(runtime.em, runtime.log);
  const flush = async () => {
    await Promise.all([decisions.flush(), marks.flush()]);
  };
  await repair(runtime);
  const flushing = every(FLUSH_MS, flush);
  return {
    decisions,
    marks,
    async close() {
      await flushing.stop();
      await flush();
    },
  };
}

async function repair({ em, stamps, log }: Runtime): Promise<void> {
  try {
    const repaired = await repairStamps({ em, stamps });
    if (repaired > 0) log.warn({ repaired }, 'confirmed stamps of earlier changes');
  } catch (error) {
    log.error({ err: error }, 'stamps could not be confirmed; a job tries again');
  }
}
