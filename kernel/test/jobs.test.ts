import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import { type ManualClock, manualClock } from '../src/clock.ts';
import { withClient } from '../src/db/provision.ts';
import { eventTablesSql } from '../src/events/outbox.ts';
import { SubgraphUnavailable } from '../src/graph/errors.ts';
import type { Runtime } from '../src/graph/subgraph.ts';
import { uuidv7 } from '../src/ids.ts';
import { cancelJob, enqueueJob, type NewJob } from '../src/jobs/enqueue.ts';
import { type JobDefinition, jobTableDownSql, jobTableSql, type Task } from '../src/jobs/job.ts';
import { retentionJob } from '../src/jobs/retention.ts';
import { type JobRunner, jobRunner, type RunnerOptions } from '../src/jobs/runner.ts';
import { createLogger } from '../src/log/logger.ts';
import { processMetrics } from '../src/metrics/metrics.ts';
import { createTemplate, databaseFromTemplate, type TestDatabase } from '../src/testing/postgres.ts';

const migrate = (ownerUrl: string) =>
  withClient(ownerUrl, async (client) => {
    for (const statement of [...eventTablesSql, ...jobTableSql]) await client.query(statement);
  });

let database: TestDatabase;
let clock: ManualClock;
let lines: Record<string, unknown>[];
const opened: MikroORM[] = [];
const runners: JobRunner[] = [];

beforeEach(async () => {
  database = await databaseFromTemplate(await createTemplate('kernel jobs', migrate));
  clock = manualClock(new Date());
  lines = [];
});

afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.close()));
  await Promise.all(opened.splice(0).map((orm) => orm.close()));
  await database.drop();
});

/** A runner as another process would have it: with a pool of its own. */
async function aRunner(
  jobs: JobDefinition[],
  options: RunnerOptions = {},
): Promise<{ orm: MikroORM; runner: JobRunner }> {
  const orm = await MikroORM.init({
    clientUrl: database.appUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { max: 20 },
  });
  opened.push(orm);
  const stream = new PassThrough().on('data', (line) =>
    lines.push(JSON.parse(String(line)) as Record<string, unknown>),
  );
  const log = createLogger({ service: 'shop', level: 'info', stream });
  const runtime = { name: 'shop', clock, log, em: () => orm.em.fork() } as unknown as Runtime;
  const backoff = { baseMs: 1_000, maxMs: 1_000 };
  const runner = jobRunner(jobs, runtime, { ports: undefined, open: (request) => ({ request }) as never }, orm, {
    idleMs: 20,
    backoff,
    ...options,
  });
  runners.push(runner);
  return { orm, runner };
}

const enqueue = (orm: MikroORM, more: Partial<NewJob> = {}) =>
  orm.em.fork().transactional((tx) => enqueueJob(tx, { job: 'work', tenantId: null, at: clock.now(), ...more }));

const kept = (orm: MikroORM) =>
  orm.em
    .fork()
    .execute<{ name: string; key: string; state: string; attempts: number; last_error: string | null }[]>(
      'select name, key, state, attempts, last_error from job order by name, key',
    );

/** A job that notes its tasks and then does what it is told to. */
function work(act: (task: Task) => Promise<void> = async () => {}, more: Partial<JobDefinition> = {}) {
  const tasks: Task[] = [];
  const job: JobDefinition = {
    name: 'work',
    async run(task) {
      tasks.push(task);
      await act(task);
      return undefined;
    },
    ...more,
  };
  return { tasks, job, keys: () => tasks.map(({ key }) => key).sort() };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(10);
}

describe('a job that a verb enqueues', () => {
  test('runs once, with what it was given, and leaves nothing behind', async () => {
    const { tasks, job } = work();
    const { orm, runner } = await aRunner([job]);
    const tenantId = uuidv7();
    await enqueue(orm, { key: 'a', tenantId, payload: { pollId: 'p' } });
    expect(await runner.drain()).toBe(1);
    expect(tasks).toEqual([expect.objectContaining({ key: 'a', tenantId, payload: { pollId: 'p' }, attempt: 1 })]);
    expect(await kept(orm)).toEqual([]);
    expect(await runner.drain()).toBe(0);
  });

  test('runs if and only if its transaction commits, and soon after', async () => {
    const { keys, job } = work();
    const { orm, runner } = await aRunner([job], { idleMs: 3_600_000 });
    runner.start();
    const undone = orm.em.fork().transactional(async (tx) => {
      await enqueueJob(tx, { job: 'work', tenantId: null, key: 'undone', at: clock.now() });
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await enqueue(orm, { key: 'done' });
    await until(() => keys().length > 0);
    expect(keys()).toEqual(['done']);
  });

  test('is refused outside a transaction, and where nobody declares it', async () => {
    const { orm } = await aRunner([work().job]);
    const outside = enqueueJob(orm.em.fork(), { job: 'work', tenantId: null, at: clock.now() });
    await expect(outside).rejects.toThrow('inside a transaction');
    await expect(enqueue(orm, { job: 'unknown' })).rejects.toThrow('no job "unknown" is declared');
  });

  test('twenty enqueues at once with one key are one run, and two tenants have a key each', async () => {
    const { tasks, job } = work();
    const { orm, runner } = await aRunner([job]);
    const [here, there] = [uuidv7(), uuidv7()];
    await Promise.all(Array.from({ length: 20 }, (_, n) => enqueue(orm, { key: 'one', tenantId: here, payload: n })));
    await enqueue(orm, { key: 'one', tenantId: there });
    expect(await runner.drain()).toBe(2);
    expect(tasks.map(({ tenantId }) => tenantId).sort()).toEqual([here, there].sort());
  });

  test('waits for its time, by the clock of the service; the last enqueue and a cancel count', async () => {
    const { tasks, job } = work();
    const { orm, runner } = await aRunner([job]);
    const inMinutes = (minutes: number) => new Date(clock.nowMs() + minutes * 60_000);
    await enqueue(orm, { key: 'a', at: inMinutes(5), payload: 'early' });
    await enqueue(orm, { key: 'a', at: inMinutes(10), payload: 'late' });
    await enqueue(orm, { key: 'b', at: inMinutes(5) });
    await orm.em.fork().transactional((tx) => cancelJob(tx, { job: 'work', tenantId: null, key: 'b' }));
    clock.advance(9 * 60_000);
    expect(await runner.drain()).toBe(0);
    clock.advance(60_000);
    expect(await runner.drain()).toBe(1);
    expect(tasks.map(({ payload }) => payload)).toEqual(['late']);
  });

  test('enqueued again while it runs, it runs once more', async () => {
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    const { tasks, job } = work(({ payload }) => (payload === 1 ? held : Promise.resolve()));
    const { orm, runner } = await aRunner([job]);
    await enqueue(orm, { key: 'a', payload: 1 });
    const drained = runner.drain();
    await until(() => tasks.length === 1);
    await enqueue(orm, { key: 'a', payload: 2 });
    letGo();
    expect(await drained).toBe(2);
    expect(tasks.map(({ payload }) => payload)).toEqual([1, 2]);
    expect(await kept(orm)).toEqual([]);
  });
});

describe('several processes on one database', () => {
  test('run each due job once', async () => {
    const { keys, job } = work(() => sleep(2));
    const [first, second] = [await aRunner([job]), await aRunner([job])];
    const all = Array.from({ length: 60 }, (_, n) => String(n)).sort();
    await Promise.all(all.map((key) => enqueue(first.orm, { key })));
    first.runner.start();
    second.runner.start();
    await until(async () => (await kept(first.orm)).length === 0);
    expect(keys()).toEqual(all);
  });

  test('run what has an interval once per turn, also after a restart', async () => {
    const { tasks, job } = work(undefined, { everyMs: 60_000 });
    const [first, second] = [await aRunner([job]), await aRunner([job])];
    const both = async () => (await Promise.all([first.runner.drain(), second.runner.drain()])).reduce((a, b) => a + b);
    expect(await both()).toBe(1);
    clock.advance(59_000);
    expect(await both()).toBe(0);
    const restarted = await aRunner([job]);
    expect(await restarted.runner.drain()).toBe(0);
    clock.advance(1_000);
    expect(await both()).toBe(1);
    expect(tasks.map(({ key }) => key)).toEqual(['', '']);
  });

  test('take up the work of one that was killed in the middle of it', async () => {
    const { tasks, job } = work();
    const { orm, runner } = await aRunner([job]);
    await enqueue(orm, { key: 'a' });
    const child = spawn(process.execPath, [`${import.meta.dirname}/job-process.ts`, database.appUrl], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(await runner.drain()).toBe(0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    runner.start();
    await until(() => tasks.length > 0);
    await until(async () => (await kept(orm)).length === 0);
    expect(tasks).toEqual([expect.objectContaining({ key: 'a', attempt: 2 })]);
  }, 60_000);

  test('one that lost its lease is told so, and its end changes nothing', async () => {
    const { tasks, job } = work(({ signal }) => until(() => signal.aborted), { leaseMs: 60 });
    const { orm, runner } = await aRunner([job]);
    await enqueue(orm, { key: 'a' });
    const drained = runner.drain();
    await until(() => tasks.length === 1);
    await orm.em.fork().execute(`update job set claim = gen_random_uuid(), leased_until = now() + interval '1 hour'`);
    await drained;
    expect(await kept(orm)).toEqual([expect.objectContaining({ key: 'a', state: 'waiting' })]);
  });

  test('one that stops hands its work on at once, with all its tries', async () => {
    const stopping = work(async ({ signal }) => {
      await until(() => signal.aborted);
      signal.throwIfAborted();
    });
    const next = work();
    const [first, second] = [await aRunner([stopping.job]), await aRunner([next.job])];
    await enqueue(first.orm, { key: 'a' });
    first.runner.start();
    await until(() => stopping.tasks.length === 1);
    await first.runner.close();
    expect(await second.runner.drain()).toBe(1);
    expect(next.tasks).toEqual([expect.objectContaining({ key: 'a', attempt: 1 })]);
  });
});

describe('a job that fails', () => {
  const broken = () => work(() => Promise.reject(new Error('the printer is on fire')));

  /** Runs what is due, again and again, until nothing is left to try. */
  async function untilGivenUp(runner: JobRunner): Promise<void> {
    for (let found = 1; found > 0; clock.advance(1_000)) found = await runner.drain();
  }

  test('is tried a bounded number of times, and then waits for an operator with its error', async () => {
    const { tasks, job } = broken();
    const { orm, runner } = await aRunner([job], { maxAttempts: 3 });
    await enqueue(orm, { key: 'a' });
    await untilGivenUp(runner);
    expect(tasks.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(await kept(orm)).toEqual([
      expect.objectContaining({ state: 'failed', attempts: 3, last_error: 'Error: the printer is on fire' }),
    ]);
    expect((await runner.states()).failed).toBe(1);
    await enqueue(orm, { key: 'a' });
    expect(await runner.drain()).toBeGreaterThan(0);
  });

  test('counts nothing while something else does not answer', async () => {
    let isAway = true;
    const { tasks, job } = work(async () => {
      if (isAway) throw new SubgraphUnavailable('access', new Error('away'));
    });
    const { orm, runner } = await aRunner([job], { maxAttempts: 2 });
    await enqueue(orm, { key: 'a' });
    for (let tries = 0; tries < 5; tries++) {
      await runner.drain();
      clock.advance(1_000);
    }
    isAway = false;
    await runner.drain();
    expect(tasks.length).toBeGreaterThan(2);
    expect(await kept(orm)).toEqual([]);
  });

  test('that kills its process each time is given up as well', async () => {
    const { tasks, job } = work();
    const { orm, runner } = await aRunner([job], { maxAttempts: 3 });
    await enqueue(orm, { key: 'a' });
    await orm.em.fork().execute('update job set attempts = 3, leased_until = now()');
    await runner.drain();
    expect(tasks).toEqual([]);
    expect(await kept(orm)).toEqual([expect.objectContaining({ state: 'failed' })]);
  });

  test('and runs by interval goes on at its turns for ever', async () => {
    const { tasks, job } = work(() => Promise.reject(new Error('no')), { everyMs: 60_000 });
    const { orm, runner } = await aRunner([job], { maxAttempts: 2 });
    for (let turn = 0; turn < 4; turn++) {
      await runner.drain();
      clock.advance(60_000);
    }
    expect(tasks.length).toBeGreaterThanOrEqual(4);
    expect(await kept(orm)).toEqual([expect.objectContaining({ state: 'waiting', last_error: 'Error: no' })]);
  });
});

test('the table can be taken back and made again', async () => {
  const apply = () =>
    withClient(database.ownerUrl, async (client) => {
      for (const statement of [...jobTableDownSql, ...jobTableSql]) await client.query(statement);
    });
  await apply();
  await expect(apply()).resolves.toBeUndefined();
});

describe('what operators see', () => {
  test('a line and a count of each run, and when what has an interval succeeded last', async () => {
    const hourly: JobDefinition = { name: 'hourly', everyMs: 3_600_000, run: async () => ({ found: 3 }) };
    const failing = work(() => Promise.reject(new Error('no')));
    const { orm, runner } = await aRunner([hourly, failing.job], { maxAttempts: 1 });
    await enqueue(orm, { key: 'a' });
    await runner.drain();
    expect(lines).toHaveLength(2);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'info', msg: 'job', job: 'hourly', outcome: 'done', report: { found: 3 } }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', msg: 'job', job: 'work', about: 'a', outcome: 'failed' }),
    );
    expect(await runner.states()).toEqual({
      failed: 1,
      overdueSeconds: 0,
      succeededAt: { hourly: expect.closeTo(clock.nowMs() / 1_000, 3) },
    });
    const { text } = await processMetrics();
    expect(text).toMatch(/job_runs_total\{service="shop",job="hourly",outcome="done"\} \d/);
  });

  test('how long what is due has waited', async () => {
    const { orm, runner } = await aRunner([work().job]);
    await enqueue(orm, { key: 'a' });
    clock.advance(90_000);
    expect((await runner.states()).overdueSeconds).toBeCloseTo(90, 0);
  });

  test('only what was published or consumed long ago is removed', async () => {
    const { orm, runner } = await aRunner([retentionJob()]);
    const add = (days: number | null) =>
      orm.em.fork().execute(
        `insert into outbox (event_id, aggregate_id, type, payload, created_at, published_at)
         values (gen_random_uuid(), ?, 'shop.a.b', '{}', now() - interval '40 days', now() - make_interval(days => ?::int))`,
        [String(days), days],
      );
    for (const days of [6, 8, null]) await add(days);
    for (const days of [29, 31])
      await orm.em
        .fork()
        .execute(`insert into inbox values ('l', ?, now() - make_interval(days => ?))`, [uuidv7(), days]);
    expect(await runner.runNow('retention')).toEqual({ 'published events': 1, inbox: 1 });
    const left = await orm.em.fork().execute('select aggregate_id as id from outbox order by 1');
    expect(left).toEqual([{ id: '6' }, { id: 'null' }]);
  });
});
