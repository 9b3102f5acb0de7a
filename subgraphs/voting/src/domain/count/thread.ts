import { workerPool } from '@polity/kernel/text/worker-pool';
import { count } from '../../counting/count.ts';
import type { Count, Election } from '../../counting/types.ts';

/** Ballots times options that are counted at once: a few milliseconds of any rule. */
const INLINE = 4_000;

// One thread for the process, started when the first large poll is counted, so that no request waits for a count.
const pool = workerPool<Election, Count>({
  script: new URL('./count.thread.ts', import.meta.url),
  threads: 1,
  queueLimit: 32,
  cpuMs: 120_000,
  resourceLimits: { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 128, stackSizeMb: 4 },
  idleMs: 30_000,
});

/** Counts an election without holding others up. Throws Overloaded where too many counts wait. */
export async function counted(election: Election): Promise<Count> {
  const isSmall = election.ballots.length * election.options.length ** 2 <= INLINE;
  return isSmall ? count(election) : pool.run(election);
}
