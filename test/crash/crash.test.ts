import { setTimeout as sleep } from 'node:timers/promises';
import { drained, givenUp } from '../processes/drained.ts';
import { openWorld, shapes, type World } from '../processes/world.ts';
import { wrongAnswers } from './answers.ts';
import { business } from './clients.ts';
import { readFacts } from './facts.ts';
import { disagreements, miscounts } from './harmony.ts';
import { brokenPromises } from './promises.ts';
import { randomOf } from './random.ts';
import type { Run } from './run.ts';
import { setScene } from './scene.ts';
import { storm } from './storm.ts';
import { traced } from './trace.ts';

/** The same chances in each run of the gate, which must not hang on chance; `npm run crash` brings others. */
const SEED = process.env.SEED ?? 'gate';
/** How long the storm lasts over each shape: a few kills in the gate, and over one shape only. */
const { CRASH_SECONDS, CRASH_KILLS } = process.env;
const isGate = CRASH_SECONDS === undefined && CRASH_KILLS === undefined;
/** How long NATS is away at the end of the storm, where it is there at all, while business goes on. */
const OUTAGE_SECONDS = Number(process.env.CRASH_OUTAGE_SECONDS ?? 5);
const LENGTH = { seconds: Number(CRASH_SECONDS ?? 3_600), kills: Number(CRASH_KILLS ?? (isGate ? 5 : 1_000_000)) };
/** Longer than anything takes on a machine that does other things, too; no verdict depends on them. */
const READY_MS = 180_000;
const REST_MS = 300_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

describe.each(isGate ? shapes.slice(0, 1) : shapes)(`killed at random (SEED=${SEED}), over %s`, (shape) => {
  let world: World;
  let run: Run;

  beforeAll(async () => {
    world = await openWorld(shape);
    await world.green(READY_MS);
    run = await setScene(SEED, world);
  }, 2 * READY_MS);

  afterAll(() => world?.close(), 60_000);

  async function outage() {
    const broker = world.victims.find(({ name }) => name === 'nats');
    if (!broker) return;
    await world.green(READY_MS);
    await broker.kill();
    await sleep(OUTAGE_SECONDS * 1_000);
    broker.start();
  }

  async function weather() {
    const over = new AbortController();
    const doing = business(run, over.signal);
    const { kills } = await storm(world.victims, randomOf(SEED, 'storm'), LENGTH);
    await outage();
    over.abort();
    await doing;
    say(`Crash suite over ${shape}: SEED=${SEED}, ${[...kills.values()].reduce((sum, times) => sum + times, 0)} kills`);
    say(`  killed: ${[...kills].map(([name, times]) => `${name} ${times}`).join(', ')}`);
    say(`  acknowledged: ${run.tally.acknowledged()} acts\n${run.tally.lines().join('\n')}`);
  }

  it(
    'goes on in the storm and comes back by itself: nothing ends that nobody killed',
    async () => {
      await weather();
      await world.green(READY_MS);
      expect(world.deaths).toEqual([]);
      expect(run.tally.faults()).toBe(0);
      expect(run.tally.acknowledged()).toBeGreaterThan(0);
    },
    (LENGTH.seconds + OUTAGE_SECONDS) * 1_000 + 2 * READY_MS + 60_000,
  );

  it(
    'brings every event to everybody whom it concerns, and gives none up',
    async () => {
      expect(await drained(world.database, REST_MS)).toEqual([]);
      expect(await givenUp(world.database)).toEqual([]);
    },
    REST_MS + 60_000,
  );

  it('keeps what it has acknowledged', async () => {
    expect(brokenPromises(run.ledger, await readFacts(world.database), run.helperRole)).toEqual([]);
  });

  it('agrees with itself: roles with memberships, scopes with communities and teams', async () => {
    const found = disagreements(await readFacts(world.database), run.helperRole);
    expect(await traced(world.database, found)).toEqual([]);
  });

  it('has done nothing twice or by halves', async () => {
    expect(await miscounts(world.database)).toEqual([]);
  });

  it(
    'answers everybody by what they are now, and allowed nobody what had been revoked',
    async () => {
      expect(await wrongAnswers(run, await readFacts(world.database))).toEqual([]);
    },
    READY_MS,
  );
});
