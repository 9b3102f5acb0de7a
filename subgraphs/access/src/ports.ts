import type { Runtime } from '@polity/kernel/graph/subgraph';
import { readConfig } from './config.ts';
import { type StampMarks, stampMarks } from './domain/change/stamp-marks.ts';
import { repairStamps } from './domain/change/stamp-repair.ts';
import { type DecisionLog, decisionLog } from './domain/check/decision-log.ts';
import { dropOldDecisions } from './domain/check/decision-retention.ts';
import { every } from './every.ts';

/** What lives as long as the process: the repair of unconfirmed stamps, and what is written in batches. */
export interface Ports {
  decisions: DecisionLog;
  marks: StampMarks;
  close(): Promise<void>;
}

const REPAIR_MS = 5_000;
const FLUSH_MS = 1_000;
const RETENTION_MS = 60 * 60 * 1_000;

/** Repairs once before anything is served, then every five seconds. Throws StartError for a wrong environment. */
export async function openPorts(runtime: Runtime): Promise<Ports> {
  const { allowShare, logDays } = readConfig(runtime.env);
  const decisions = decisionLog({ em: runtime.em, log: runtime.log, allowShare });
  const marks = stampMarks(runtime.em, runtime.log);
  const flush = async () => {
    await Promise.all([decisions.flush(), marks.flush()]);
  };
  await repair(runtime);
  const repetitions = [
    every(REPAIR_MS, () => repair(runtime)),
    every(FLUSH_MS, flush),
    every(RETENTION_MS, () => forget(runtime, logDays)),
  ];
  return {
    decisions,
    marks,
    async close() {
      await Promise.all(repetitions.map((repetition) => repetition.stop()));
      await flush();
    },
  };
}

async function repair(runtime: Runtime): Promise<void> {
  try {
    const repaired = await repairStamps(runtime);
    if (repaired > 0) runtime.log.warn({ repaired }, 'confirmed stamps of earlier changes');
  } catch (error) {
    runtime.log.error({ err: error }, 'stamps could not be confirmed; trying again');
  }
}

async function forget({ em, clock, log }: Runtime, days: number): Promise<void> {
  try {
    await dropOldDecisions({ em, days, now: clock.now() });
  } catch (error) {
    log.error({ err: error }, 'old decisions could not be dropped');
  }
}
