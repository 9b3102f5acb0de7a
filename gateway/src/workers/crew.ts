import cluster, { type Worker } from 'node:cluster';
import { StartError } from '@polity/kernel/config/start-error';
import type { Logger } from '@polity/kernel/log/logger';
import { LEAVE, SERVING } from './channel.ts';

/** The gateways that work for one primary. */
export interface Crew {
  /** Those that serve now, oldest first. */
  serving(): Worker[];
  /** Resolves once all have begun to serve. Throws StartError where the first cannot. */
  start(): Promise<void>;
  /** Has all take their leave, and ends those that do not serve yet; none is replaced any more. */
  leave(): void;
  /** Resolves when all have ended. */
  gone(): Promise<void>;
}

/** Pauses before a place is taken again: longer after each worker that did not live for long. */
const PAUSE_MS = 200;
const MAX_PAUSE_MS = 10_000;
const LONG_MS = 30_000;

class ClusterCrew implements Crew {
  readonly #size: number;
  readonly #log: Logger;
  readonly #serving = new Set<Worker>();
  readonly #alive = new Set<Worker>();
  #hasBegun = false;
  #isLeaving = false;
  #shortLives = 0;

  constructor(size: number, log: Logger) {
    this.#size = size;
    this.#log = log;
  }

  serving(): Worker[] {
    return [...this.#serving];
  }

  /** Resolves when the worker serves, or has ended before. */
  #hire(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const worker = cluster.fork();
    const bornAt = performance.now();
    this.#alive.add(worker);
    worker.on('message', (message: unknown) => {
      if (message !== SERVING) return;
      this.#serving.add(worker);
      resolve(true);
    });
    worker.once('exit', (code, signal) => {
      resolve(false);
      this.#alive.delete(worker);
      const hasServed = this.#serving.delete(worker);
      const lifeMs = performance.now() - bornAt;
      this.#shortLives = hasServed && lifeMs > LONG_MS ? 0 : this.#shortLives + 1;
      this.#replace({ pid: worker.process.pid, code, signal });
    });
    return promise;
  }

  /** Nobody is replaced before the first has served: what keeps it from that keeps the others, too. */
  #replace(ended: object): void {
    if (this.#isLeaving || !this.#hasBegun) return;
    const againMs = Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** Math.max(0, this.#shortLives - 1));
    this.#log.error({ ...ended, againMs }, 'a worker of the gateway ended; another takes its place');
    setTimeout(() => this.#isLeaving || void this.#hire(), againMs);
  }

  async start(): Promise<void> {
    const hasServed = await this.#hire();
    if (this.#isLeaving) return;
    if (!hasServed) throw new StartError('its first worker ended before it served; what it said is above.');
    this.#hasBegun = true;
    this.#shortLives = 0;
    await Promise.all(Array.from({ length: this.#size - 1 }, () => this.#hire()));
  }

  leave(): void {
    this.#isLeaving = true;
    for (const worker of this.#alive) {
      if (this.#serving.has(worker) && worker.isConnected()) worker.send(LEAVE);
      else worker.process.kill('SIGKILL');
    }
  }

  async gone(): Promise<void> {
    await Promise.all([...this.#alive].map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
  }
}

/** As many gateways on one port as that; one that ends is replaced. */
export const crew = (size: number, log: Logger): Crew => new ClusterCrew(size, log);
