import { type ChildProcess, spawn } from 'node:child_process';

/** A process that is started again whenever it ends. */
export interface Child {
  name: string;
  /** Whether it ended before it ever lived for long, so that waiting for it makes no sense. */
  hasFailed(): boolean;
  /** Ends it for good. */
  stop(): Promise<void>;
}

const root = new URL('..', import.meta.url);
/** Ends a child when its parent is gone, however the parent ended. */
const LEASH = new URL('./leash.ts', import.meta.url).href;
/** One that lived that long did start; what ends it then passes. */
const STEADY_MS = 10_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
const PATIENCE_MS = 25_000;
const HOPELESS = 3;

/** Runs a script of this repository and starts it again, with growing pauses, whenever it ends. */
export function keepRunning(
  name: string,
  script: string,
  env: Record<string, string>,
  say: (line: string) => void,
): Child {
  let child: ChildProcess | null = null;
  let ended = Promise.resolve();
  let failures = 0;
  let wasSteady = false;
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;

  function launch(): void {
    const startedAt = Date.now();
    const mine = spawn(process.execPath, ['--import', LEASH, script], {
      cwd: root,
      env: { ...process.env, ...env },
      // Ctrl-C must reach only the parent: a second signal would end a child at once.
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child = mine;
    ended = new Promise((resolve) => {
      mine.once('exit', (code, signal) => {
        child = null;
        resolve();
        if (isStopping) return;
        wasSteady ||= Date.now() - startedAt >= STEADY_MS;
        failures = Date.now() - startedAt >= STEADY_MS ? 1 : failures + 1;
        const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
        say(`${name} ended (${signal ?? `code ${code}`}); starting it again in ${pauseMs / 1_000} s`);
        timer = setTimeout(launch, pauseMs);
      });
    });
  }

  launch();
  return {
    name,
    hasFailed: () => !wasSteady && failures >= HOPELESS,
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      child?.kill('SIGTERM');
      const last = setTimeout(() => child?.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(last);
    },
  };
}
