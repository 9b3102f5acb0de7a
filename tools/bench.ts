// npm run bench [-- <part of a name>]: runs every bench/**/*.bench.ts, each in a process of its own so that none warms another.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { root } from './subgraph-list.ts';

const [part = ''] = process.argv.slice(2);
const files = globSync('bench/**/*.bench.ts', { cwd: root })
  .filter((file) => file.includes(part))
  .sort();
if (files.length === 0) console.error(`bench: no bench/**/*.bench.ts has "${part}" in its name`);

const failed = files.filter((file) => {
  console.log(`\n== ${file}`);
  return spawnSync(process.execPath, [file], { cwd: root, stdio: 'inherit' }).status !== 0;
});
process.exitCode = failed.length > 0 || files.length === 0 ? 1 : 0;
