// npm run crash [-- <kills> [<seeds>]]: the crash suite over several seeds, 200 kills over 5 of them unless given, and NATS away for a minute in each.
// Ends at the first that fails.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { shapes } from '../test/processes/world.ts';
import { root } from './subgraph-list.ts';

const [kills = 200, seeds = 5] = process.argv.slice(2).map(Number);
const each = Math.ceil(kills / seeds / shapes.length);

for (let run = 1; run <= seeds; run++) {
  const seed = randomBytes(4).toString('hex');
  console.log(`crash: seed ${seed} (${run} of ${seeds}), ${each} kills over each of: ${shapes.join(', ')}`);
  const env = { ...process.env, SEED: seed, CRASH_KILLS: String(each), CRASH_OUTAGE_SECONDS: '60' };
  const { status } = spawnSync(process.execPath, ['tools/test.ts', 'test/crash'], { cwd: root, env, stdio: 'inherit' });
  if (status === 0) continue;
  console.error(`crash: failed; SEED=${seed} CRASH_KILLS=${each} npm test -- test/crash repeats its chances`);
  process.exitCode = 1;
  break;
}
