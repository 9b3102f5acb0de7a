// A thread whose jobs cost what they are told to.
import { parentPort } from 'node:worker_threads';
import { answerJobs } from '../src/text/worker-thread.ts';

const jobs: Record<string, () => string> = {
  quick: () => 'done',
  throws: () => {
    throw new Error('no');
  },
  spins: () => {
    for (;;);
  },
  hoards: () => {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 10_000 }, (_, at) => `${kept.length} ${at}`));
  },
  exits: () => process.exit(3),
  environment: () => Object.keys(process.env).join(),
};

if (parentPort) answerJobs(parentPort, (job: string) => jobs[job]?.() ?? 'unknown');
