// A process that takes one job and never ends it, for tests that kill it: `node job-process.ts <database url>`.
import { MikroORM } from '@mikro-orm/postgresql';
import { systemClock } from '../src/clock.ts';
import type { Runtime } from '../src/graph/subgraph.ts';
import { jobRunner } from '../src/jobs/runner.ts';
import { createLogger } from '../src/log/logger.ts';

const orm = await MikroORM.init({
  clientUrl: process.argv[2] as string,
  entities: [],
  discovery: { warnWhenNoEntities: false },
});
const log = createLogger({ service: 'other', level: 'silent' });
const never = {
  name: 'work',
  leaseMs: 2_000,
  run: () => {
    process.stdout.write('running\n');
    return new Promise<never>(() => {});
  },
};
jobRunner(
  [never],
  { name: 'other', clock: systemClock, log } as Runtime,
  { ports: undefined, open: never.run as never },
  orm,
).start();
setInterval(() => {}, 1_000);
