import { Overloaded } from '../graph/errors.ts';
import { type ThreadOptions, type WorkerThread, workerThread } from './worker-thread.ts';

export interface PoolOptions extends ThreadOptions {
  threads: number;
  /** Jobs that may wait; past it the caller is told to come back. */
  queueLimit: number;
}

/** Runs jobs on a few threads. Idle threads keep no process alive. */
export interface WorkerPool<I, O> {
  /** Throws Overloaded when too many wait, JobEnded when the job cost too much, an Error when the work itself threw. */
  run(input: I): Promise<O>;
}

export function workerPool<I, O>({ threads, queueLimit, ...options }: PoolOptions): WorkerPool<I, O> {
  const free = Array.from({ length: threads }, () => workerThread<I, O>(options));
  const waiting: ((thread: WorkerThread<I, O>) => void)[] = [];

  async function place(): Promise<WorkerThread<I, O>> {
    const thread = free.pop();
    if (thread) return thread;
    if (waiting.length >= queueLimit) throw new Overloaded();
    return new Promise((resolve) => waiting.push(resolve));
  }

  return {
    async run(input) {
      const thread = await place();
      try {
        return await thread.run(input);
      } finally {
        const next = waiting.shift();
        if (next) next(thread);
        // The one that was used last is taken next, so that the others may end.
        else free.push(thread);
      }
    },
  };
}
