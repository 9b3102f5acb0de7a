// Runs jest with native ES modules, then prints the counts as the last line, after anything jest or a worker prints while it ends.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterSecondRun, slowestLines, summaryLine, type TestRun } from './jest/summary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const nodeOptions = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', process.env.NODE_OPTIONS];

/** Tests start hundreds of processes of ours, which need not strip and compile the same files each. */
const compileCache = fileURLToPath(new URL('../.data/compile-cache', import.meta.url));

/** More failed files than these are no accident of a busy machine. */
const MOST_AGAIN = 5;

/** As many as one subgraph has, or more. */
const MANY_FILES = 10;

const nothing = (): TestRun => ({ counts: { passed: 0, failed: 0, skipped: 0 }, files: 0, failures: [], slowest: [] });

function runJest(args: readonly string[]): Promise<TestRun> {
  let run = nothing();
  const child = spawn(process.execPath, [jest, ...args], {
    cwd: root,
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, NODE_OPTIONS: nodeOptions.filter(Boolean).join(' ') },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (message) => {
    run = message as TestRun;
  });
  const stop = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
      // Jest can fail without a failed test: a broken global setup, an obsolete snapshot, an interrupted run.
      if (code !== 0 && run.counts.failed === 0) run.counts.failed = 1;
      resolve(run);
    });
  });
}

const first = await runJest(process.argv.slice(2));
let { counts } = first;
const { failures } = first;
// What fails beside other files may only have met a busy machine. It is run once more with nothing beside it, and named, so that it is not forgotten.
if (failures.length > 0 && failures.length <= MOST_AGAIN && first.files > failures.length) {
  const names = failures.map(({ file }) => relative(root, file));
  process.stdout.write(`\nOnce more, one by one: ${names.join(', ')}\n`);
  const second = await runJest(['--runInBand', '--runTestsByPath', ...names]);
  counts = afterSecondRun(first, second);
  const still = new Set(second.failures.map(({ file }) => relative(root, file)));
  const unsteady = names.filter((name) => !still.has(name));
  if (unsteady.length > 0) process.stdout.write(`UNSTEADY, passed only when run alone: ${unsteady.join(', ')}\n`);
}
// Who runs many files wants to know where the time went.
if (first.files > MANY_FILES)
  process.stdout.write(`\nSlowest tests\n${slowestLines(first.slowest, (file) => relative(root, file))}\n`);
process.stdout.write(`${summaryLine(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
