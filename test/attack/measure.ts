import { Worker } from 'node:worker_threads';

/** The first runs compile, any may collect garbage or share its caches with other work of the machine: what was least is what the work itself costs. */
export const RUNS = 5;

/** CPU milliseconds of this thread: the event loop that all requests share. Other work of the machine does not count into it. */
export async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * What `work` costs the event loop, in CPU milliseconds: the least of several runs. `work` gets the number of its run, so that it can
 * send something new each time; else caches would answer.
 */
export async function leastCpuMs(work: (run: number) => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) least = Math.min(least, await cpuMs(() => work(run)));
  return least;
}

/** The longest that a client of another thread waits for `{ __typename }` while `work` runs, in milliseconds of the clock: for reports, never for verdicts. */
export async function longestWait(port: number, work: () => Promise<unknown>): Promise<number> {
  const bystander = new Worker(new URL('./bystander.ts', import.meta.url), { workerData: { port }, execArgv: [] });
  await new Promise((resolve) => bystander.once('message', resolve));
  await work();
  const waited = new Promise<number>((resolve) => bystander.once('message', resolve));
  bystander.postMessage('enough');
  const longest = await waited;
  await bystander.terminate();
  return longest;
}
