import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const running = new Set<ChildProcess>();

/** A process that a test started. */
export interface Started {
  child: ChildProcess;
  output(): string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

/** Runs a script of the repository with just these settings; `start.ts` by default. */
export function start(env: Record<string, string>, script = 'start.ts', args: readonly string[] = []): Started {
  const { PATH = '', HOME = '/', NODE_COMPILE_CACHE = '' } = process.env;
  const clean = { PATH, HOME, NODE_COMPILE_CACHE };
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve)).finally(() =>
    running.delete(child),
  );
  return { child, output: () => text, ended };
}

/** Resolves once it said that; throws when it ended before. */
export async function until(started: Started, phrase: string): Promise<void> {
  let over = false;
  void started.ended.then(() => (over = true));
  while (!started.output().includes(phrase)) {
    if (over) throw new Error(`It ended before it said "${phrase}":\n${started.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks it to stop; resolves with its exit code. */
export async function stop({ child, ended }: Started): Promise<number | null> {
  child.kill('SIGTERM');
  return ended;
}

/** Ends what a failed test left. */
export function killRunning(): void {
  for (const child of running) child.kill('SIGKILL');
}
