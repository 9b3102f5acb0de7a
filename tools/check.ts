// Every gate but the tests, each by its own npm script. Stops at the first that fails; `-- --all` goes on to the last.
import { spawnSync } from 'node:child_process';
import { root } from './subgraph-list.ts';

const gates: [name: string, script: string, ...args: string[]][] = [
  ['types', 'typecheck'],
  ['lint and format', 'lint'],
  ['layering', 'layering'],
  ['schema lint', 'schema:lint'],
  ['codegen drift', 'codegen', '--check'],
  ['composition drift', 'compose', '--check'],
  ['containers drift', 'containers', '--check'],
  ['the gateway loads the graph', 'gateway:check'],
  ['migrations match entities', 'migrations:check'],
  ['dead code', 'dead-code'],
];

function passes([name, script, ...args]: (typeof gates)[number]): boolean {
  const started = performance.now();
  const run = spawnSync('npm', ['run', '--silent', script, '--', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${run.status === 0 ? 'ok    ' : 'FAILED'} ${name} (npm run ${script}, ${seconds} s)`);
  if (run.status !== 0) console.log(`${run.stdout}${run.stderr}`.trimEnd());
  return run.status === 0;
}

const everyGate = process.argv.includes('--all');
let failed = 0;
for (const gate of gates) {
  if (passes(gate)) continue;
  failed += 1;
  if (!everyGate) break;
}
if (failed > 0) {
  console.error(`check: ${failed} of ${gates.length} gates failed`);
  process.exitCode = 1;
}
