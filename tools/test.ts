// Runs jest with native ES modules, then prints the counts as the last line, after anything jest or a worker prints while it ends.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { summaryLine, type TestCounts } from './jest/summary.ts';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const nodeOptions = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', process.env.NODE_OPTIONS];

let counts: TestCounts = { passed: 0, failed: 0, skipped: 0 };

const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], {
  cwd: new URL('..', import.meta.url),
  env: { ...process.env, NODE_OPTIONS: nodeOptions.filter(Boolean).join(' ') },
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
child.on('message', (message) => {
  counts = message as TestCounts;
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));

child.on('close', (code) => {
  // Jest can fail without a failed test: a broken global setup, an obsolete snapshot, an interrupted run.
  if (code !== 0 && counts.failed === 0) counts = { ...counts, failed: 1 };
  process.stdout.write(`${summaryLine(counts)}\n`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
});
