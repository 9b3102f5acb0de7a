import { type MessagePort, type ResourceLimits, Worker } from 'node:worker_threads';

/** Thrown to the caller whose job was ended because it took too much CPU time or memory. */
export class JobEnded extends Error {}

export interface ThreadOptions {
  /** Module of the thread; it calls `answerJobs`. */
  script: URL;
  /** CPU time of one job, after which its thread is ended. Time that the machine gives to others does not count. */
  cpuMs: number;
  resourceLimits: ResourceLimits;
  /** A thread without a job for so long ends; the next job starts another. */
  idleMs: number;
}

/** A thread that does one job at a time, started when the first one comes and again whenever it was ended. */
export interface WorkerThread<I, O> {
  /** Throws JobEnded, or an Error when the work itself threw. */
  run(input: I): Promise<O>;
}

/** What a thread says after each job, and once when it has started. */
interface Said<O> {
  /** CPU milliseconds of the thread so far. */
  cpu: number;
  output?: O;
  failure?: string;
}

const POLL_MS = 50;
const milliseconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;

/** The thread's own side: says that it is ready, then answers each input with what `work` makes of it. */
export function answerJobs<I, O>(port: MessagePort, work: (input: I) => O): void {
  const say = (said: Omit<Said<O>, 'cpu'>) =>
    port.postMessage({ ...said, cpu: milliseconds(process.threadCpuUsage()) } satisfies Said<O>);
  port.on('message', (input: I) => {
    try {
      say({ output: work(input) });
    } catch (error) {
      say({ failure: String(error) });
    }
  });
  say({});
}

/** CPU milliseconds of a thread however busy it is; Node before 24.6 knows wall time only. */
async function cpuOf(worker: Worker, wallSince: number, cpuBefore: number): Promise<number> {
  if (typeof worker.cpuUsage !== 'function') return cpuBefore + performance.now() - wallSince;
  return milliseconds(await worker.cpuUsage());
}

/** Ends the thread when it has used `cpuMs` from now on. Returns what stops the watch. */
function watch(worker: Worker, cpuBefore: number, cpuMs: number): () => void {
  const since = performance.now();
  let over = false;
  const poll = setInterval(async () => {
    // A thread that is gone has no CPU time; whoever waits for it learns so by its exit.
    const cpu = await cpuOf(worker, since, cpuBefore).catch(() => 0);
    if (!over && cpu - cpuBefore > cpuMs) await worker.terminate();
  }, POLL_MS);
  return () => {
    over = true;
    clearInterval(poll);
  };
}

/** The next thing that the thread says. Throws JobEnded when it ends before. */
function heard<O>(worker: Worker): Promise<Said<O>> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => settle(() => reject(error));
    const exited = () => settle(() => reject(new JobEnded('The thread was ended.')));
    const said = (message: Said<O>) => settle(() => resolve(message));
    function settle(then: () => void) {
      worker.off('message', said).off('error', failed).off('exit', exited);
      then();
    }
    worker.on('message', said).on('error', failed).on('exit', exited);
  });
}

const outOfMemory = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';

export function workerThread<I, O>(options: ThreadOptions): WorkerThread<I, O> {
  const { script, cpuMs, resourceLimits, idleMs } = options;
  let live: { worker: Worker; cpu: number } | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function started() {
    // A thread that works on strangers' texts has no business with the settings and secrets of the process.
    const worker = new Worker(script, { resourceLimits, env: {}, execArgv: [] });
    worker.on('exit', () => {
      if (live?.worker === worker) live = undefined;
    });
    // `heard` tells whoever waits; without any listener an error of a thread would end the process.
    worker.on('error', () => {});
    const { cpu } = await heard<O>(worker);
    return { worker, cpu };
  }

  async function end(): Promise<void> {
    const ending = live;
    live = undefined;
    await ending?.worker.terminate();
  }

  return {
    async run(input) {
      clearTimeout(idle);
      const current = (live ??= await started());
      const { worker } = current;
      worker.ref();
      const unwatch = watch(worker, current.cpu, cpuMs);
      try {
        worker.postMessage(input);
        const { cpu, output, failure } = await heard<O>(worker);
        current.cpu = cpu;
        if (failure !== undefined) throw new Error(failure);
        return output as O;
      } catch (error) {
        throw outOfMemory(error) ? new JobEnded('The thread ran out of memory.') : error;
      } finally {
        unwatch();
        worker.unref();
        idle = setTimeout(end, idleMs).unref();
      }
    },
  };
}
