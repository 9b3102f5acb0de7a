import { type Chore, type Housekeeping, removedBy, startHousekeeping } from '@polity/kernel/db/housekeeping';
import type { Runtime } from '@polity/kernel/graph/subgraph';
import { every } from '@polity/kernel/process/every';
import { type Config, readConfig } from './config.ts';
import { type StampMarks, stampMarks } from './domain/change/stamp-marks.ts';
import { repairStamps } from './domain/change/stamp-repair.ts';
import { type DecisionLog, decisionLog } from './domain/check/decision-log.ts';

/** What lives as long as the process: the repair of unconfirmed stamps, and what is written in batches. */
export interface Ports {
  decisions: DecisionLog;
  marks: StampMarks;
  housekeeping: Housekeeping;
  close(): Promise<void>;
}

const REPAIR_MS = 2_500;
/** With the interval, longest time for which a committed change stays unconfirmed: five seconds. */
const LEFT_TO_WRITERS_MS = 2_500;
const FLUSH_MS = 1_000;

const chores = ({ logDays, changeDays }: Config): Chore[] => [
  { what: 'decisions', days: logDays, remove: removedBy('remove_old_decisions') },
  { what: 'changes', days: changeDays, remove: removedBy('remove_old_changes') },
];

/** Repairs once before anything is served, then every few seconds. Throws StartError for a wrong environment. */
export async function openPorts(runtime: Runtime): Promise<Ports> {
  const config = readConfig(runtime.env);
  const { allowShare } = config;
  const decisions = decisionLog({ em: runtime.em, log: runtime.log, allowShare });
  const marks = stampMarks(runtime.em, runtime.log);
  const flush = async () => {
    await Promise.all([decisions.flush(), marks.flush()]);
  };
  await repair(runtime, 0);
  const repetitions = [every(REPAIR_MS, () => repair(runtime, LEFT_TO_WRITERS_MS)), every(FLUSH_MS, flush)];
  const housekeeping = startHousekeeping(runtime, chores(config));
  return {
    decisions,
    marks,
    housekeeping,
    async close() {
      await housekeeping.stop();
      await Promise.all(repetitions.map((repetition) => repetition.stop()));
      await flush();
    },
  };
}

async function repair({ em, stamps, log }: Runtime, minAgeMs: number): Promise<void> {
  try {
    const repaired = await repairStamps({ em, stamps, minAgeMs });
    if (repaired > 0) log.warn({ repaired }, 'confirmed stamps of earlier changes');
  } catch (error) {
    log.error({ err: error }, 'stamps could not be confirmed; trying again');
  }
}
