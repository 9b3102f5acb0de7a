import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '../../gateway/test/browser.ts';
import { drained, givenUp } from '../processes/drained.ts';
import { isRunning } from '../processes/process.ts';
import { openWorld, type Shape, shapes, type World } from '../processes/world.ts';
import { type Fault, faults } from './faults.ts';
import { type Load, type Sample, steadyLoad } from './load.ts';
import { operations } from './operations.ts';
import { failed, harmed, slowdown, slowest, table, unforeseen } from './verdict.ts';

/** `FAULTS=all` runs the whole table, over each shape, and holds the run to times; anything else is a part of a fault's name. */
const { FAULTS } = process.env;
const PER_SECOND = Number(process.env.FAULTS_RATE ?? (FAULTS ? 100 : 25));
const BEFORE_MS = FAULTS ? 5_000 : 1_500;
const DURING_MS = FAULTS ? 10_000 : 4_000;
/** Longer than anything takes on a machine that does other things, too. */
const READY_MS = 180_000;
/** The promises: how long an answer may take that a fault touches, and coming back. Only a quiet machine is held to them. */
const ANSWER_MS = 2_300;
const RECOVERY_MS = 5_000;
const SLOWDOWN = 1.5;
/** So many good answers of every class in a row are a recovery. */
const GOOD = 3;

const say = (line: string) => void process.stdout.write(`${line}\n`);

const chosen = (shape: Shape) =>
  faults
    .filter(({ needsBrokers }) => !needsBrokers || shape === 'Redis and NATS')
    .filter(({ isShort, name }) => (FAULTS ? FAULTS === 'all' || name.includes(FAULTS) : isShort));

/** Resolves with the milliseconds after which every class was answered well again, and rejects when that takes for ever. */
async function recovery(since: () => Sample[]): Promise<number> {
  const began = performance.now();
  for (;;) {
    const samples = since();
    const isBack = operations.every(({ name }) => {
      const last = samples.filter(({ operation }) => operation === name).slice(-GOOD);
      return last.length === GOOD && last.every(({ outcome }) => outcome === 'ok');
    });
    if (isBack) return performance.now() - began;
    if (performance.now() - began > READY_MS) throw new Error(`no recovery:\n${table(samples).join('\n')}`);
    await sleep(50);
  }
}

/** The short form takes the shape that every machine offers. */
const offered = (FAULTS ? shapes : shapes.slice(-1)).filter((shape) => chosen(shape).length > 0);

describe.each(offered)('with one fault at a time, over %s', (shape) => {
  let world: World;
  let load: Load;
  const calm: Sample[] = [];

  beforeAll(async () => {
    world = await openWorld(shape, { ownDisk: chosen(shape).some(({ needsDisk }) => needsDisk) });
    await world.green(READY_MS);
    const members: Browser[] = [];
    for (const name of ['alice', 'bob', 'admin', 'root']) {
      const member = world.browser();
      await member.signIn(`${name}@demo.test`);
      members.push(member);
    }
    const administrator = members[2] as Browser;
    load = steadyLoad(operations, { stranger: world.browser(), members, administrator }, PER_SECOND);
    await recovery(load.mark());
  }, 2 * READY_MS);

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= world?.close());
  afterAll(close, 60_000);

  async function suffer(fault: Fault) {
    if (fault.needsDisk && !world.disk) throw new Error('this needs to mount a file system, which only root may');
    const before = load.mark();
    await sleep(BEFORE_MS);
    calm.push(...before());
    const during = load.mark();
    await fault.begin(world);
    await sleep(DURING_MS);
    await fault.end(world);
    const end = load.now();
    const recoveryMs = await recovery(load.mark());
    await world.green(READY_MS);
    return { samples: during(end), recoveryMs };
  }

  it.each(chosen(shape))(
    '$name: nothing else fails, and all is well afterwards',
    async (fault) => {
      const { samples, recoveryMs } = await suffer(fault);
      const slower = slowdown(calm, samples, fault.gone);
      const promised = ['SUBGRAPH_UNAVAILABLE', ...(fault.promised ?? [])];
      say(
        `  ${fault.name}: back after ${Math.round(recoveryMs)} ms, p95 of the rest ${slower.toFixed(2)} of usual\n${table(samples).join('\n')}`,
      );
      expect(harmed(samples, fault.gone)).toEqual([]);
      expect(unforeseen(samples, fault.gone, promised)).toEqual([]);
      // Else the fault never happened, and the run proves nothing.
      if (fault.gone.some((part) => part !== 'bus')) expect(failed(samples, fault.gone)).toBeGreaterThan(0);
      if (fault.said) expect(world.logOf(fault.said.by)).toContain(fault.said.words);
      if (FAULTS !== 'all') return;
      expect(slowest(samples, fault.gone)).toBeLessThan(ANSWER_MS);
      expect(recoveryMs).toBeLessThan(RECOVERY_MS);
      if (!fault.gone.includes('gateway') && !fault.starts) expect(slower).toBeLessThan(SLOWDOWN);
    },
    DURING_MS + 2 * READY_MS,
  );

  it(
    'has lost no event on the way, and given none up',
    async () => {
      await load.stop();
      expect(await drained(world.database, READY_MS)).toEqual([]);
      expect(await givenUp(world.database)).toEqual([]);
    },
    READY_MS + 60_000,
  );

  it('leaves no process behind', async () => {
    const started = world.pids();
    await close();
    expect(started.length).toBeGreaterThan(world.services.length);
    expect(started.filter(isRunning)).toEqual([]);
  }, 60_000);
});
