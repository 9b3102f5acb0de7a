import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Leash } from './leash.ts';

/** Something that is killed and comes again. */
export interface Victim {
  readonly name: string;
  /** Grows with every life that has begun. */
  readonly life: number;
  /** Whether it has answered in this life. */
  readonly isGreen: boolean;
  /** Ends it, and keeps it down until `start`; with SIGTERM it may finish what it has begun. */
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Settings in `env` are for this start alone and for what follows from it. */
  start(env?: Record<string, string>): void;
  /** Stops it where it stands, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Resolves once it answers; rejects with what it last said where it does not in that time. */
  green(withinMs: number): Promise<void>;
}

export interface DaemonOptions {
  name: string;
  command: string;
  args: readonly string[];
  env: Record<string, string>;
  cwd: string;
  logFile: string;
  probe(): Promise<boolean>;
  leash: Leash;
  /** Told the id of every process that this starts. */
  onBirth?(pid: number): void;
  /** Told when it ended by itself after it had been serving: no crash of another process may do that to it. */
  onDeath(what: string): void;
}

const AGAIN_MS = 300;
const LOOK_MS = 100;

/** Whether a process of that id is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const lastLines = (file: string, lines = 30) => readFileSync(file, 'utf8').split('\n').slice(-lines).join('\n');

/** A daemon that is started again whenever it ends, as containers and service managers do; `kill` keeps it down until `start`. */
export function daemon(options: DaemonOptions): Victim {
  const { name, logFile, leash } = options;
  let life = 0;
  let child: ChildProcess | undefined;
  let ended = Promise.resolve();
  let isWanted = false;
  let isGreen = false;
  let own: Record<string, string> = {};

  async function watch(mine: ChildProcess) {
    while (child === mine && !isGreen) {
      if (await options.probe().catch(() => false)) {
        if (child !== mine) return;
        isGreen = true;
      } else await sleep(LOOK_MS);
    }
  }

  function onEnd(mine: ChildProcess, code: number | null, signal: string | null) {
    leash.letGo(mine.pid as number);
    if (child === mine) child = undefined;
    const wasGreen = isGreen;
    isGreen = false;
    if (!isWanted) return;
    if (wasGreen) options.onDeath(`${name} ended by itself (code ${code}, signal ${signal}):\n${lastLines(logFile)}`);
    setTimeout(() => isWanted && !child && run(), AGAIN_MS);
  }

  function run() {
    const log = openSync(logFile, 'a');
    const mine = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: { ...options.env, ...own },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child = mine;
    life += 1;
    leash.hold(mine.pid as number);
    options.onBirth?.(mine.pid as number);
    ended = new Promise((resolve) =>
      mine.once('exit', (code, signal) => {
        onEnd(mine, code, signal);
        resolve();
      }),
    );
    void watch(mine);
  }

  return {
    name,
    get life() {
      return life;
    },
    get isGreen() {
      return isGreen;
    },
    async kill(signal = 'SIGKILL') {
      isWanted = false;
      child?.kill(signal);
      if (child) await ended;
    },
    signal: (signal) => void child?.kill(signal),
    start(env = {}) {
      isWanted = true;
      own = env;
      if (!child) run();
    },
    async green(withinMs) {
      const until = Date.now() + withinMs;
      while (!(isGreen && (await options.probe().catch(() => false)))) {
        if (Date.now() > until) throw new Error(`${name} does not come back:\n${lastLines(logFile)}`);
        await sleep(LOOK_MS);
      }
    },
  };
}
