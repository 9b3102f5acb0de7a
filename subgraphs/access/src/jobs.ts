import type { Runtime } from '@polity/kernel/graph/subgraph';
import type { JobDefinition } from '@polity/kernel/jobs/job';
import { type Retention, removedBy } from '@polity/kernel/jobs/retention';
import { readConfig } from './config.ts';
import { repairStamps } from './domain/change/stamp-repair.ts';

/** With the interval, longest time for which a committed change stays unconfirmed: five seconds, and a lease more when a process dies repairing. */
const LEFT_TO_WRITERS_MS = 2_500;

const confirmStamps: JobDefinition = {
  name: 'confirm-stamps',
  everyMs: 2_500,
  leaseMs: 2_500,
  quiet: true,
  async run(_task, { em, stamps, log }) {
    const repaired = await repairStamps({ em, stamps, minAgeMs: LEFT_TO_WRITERS_MS });
    if (repaired > 0) log.warn({ repaired }, 'confirmed stamps of earlier changes');
    return { repaired };
  },
};

export const jobs: JobDefinition[] = [confirmStamps];

/** The history of access, as long as operators keep it. */
export function retention({ env }: Runtime): Retention[] {
  const { logDays, changeDays } = readConfig(env);
  return [
    { what: 'decisions', days: logDays, remove: removedBy('remove_old_decisions') },
    { what: 'changes', days: changeDays, remove: removedBy('remove_old_changes') },
  ];
}
