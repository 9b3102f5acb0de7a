import { manualClock } from '@polity/kernel/clock';
import { adaptiveLimit } from '../src/adaptive-limit.ts';
import { Admission, type Refusal, type Turn } from '../src/admission.ts';
import { crowd } from '../src/crowd.ts';

const clock = manualClock();
const party = (payer: string, more: { network?: string; tenant?: string } = {}) => ({
  ...{ payer, network: payer, tenant: 'demo' },
  ...more,
});

it('forgets payers that are gone, however many there were', () => {
  const payers = crowd(clock);
  for (let n = 0; n < 1_000; n++) payers.of(`payer-${n}`);
  const { size: before } = payers;
  clock.advance(20_000);
  payers.of('another');
  clock.advance(1);
  expect([before, payers.size]).toEqual([1_000, 1]);
});

/** What became of a turn so far: whether it runs, waits, or was refused. */
async function stateOf({ ready }: Turn): Promise<'runs' | 'waits' | Refusal> {
  const state = await Promise.race([ready, new Promise<'waits'>((resolve) => setImmediate(resolve, 'waits'))]);
  return state ?? 'runs';
}

const statesOf = (turns: Turn[]) => Promise.all(turns.map(stateOf));
const many = (at: Admission, count: number, ...of: Parameters<typeof party>) =>
  Array.from({ length: count }, () => at.enter(party(...of)));
const count = (states: string[], state: string) => states.filter((each) => each === state).length;

describe('what runs at once', () => {
  let at: Admission;
  let turns: Turn[];
  beforeEach(() => {
    at = new Admission(48, clock);
    turns = [];
  });
  afterEach(() => {
    for (const turn of turns) turn.over(false);
  });
  const enter = (number: number, ...of: Parameters<typeof party>) => {
    const made = many(at, number, ...of);
    turns.push(...made);
    return made;
  };

  it('is an eighth of the limit for one payer; some of the rest waits, and more is refused', async () => {
    const states = await statesOf(enter(100, 'flood'));
    expect([count(states, 'runs'), count(states, 'waits'), count(states, 'payer')]).toEqual([6, 32, 62]);
    expect(at.refuseEarly(party('flood'))).toBe('payer');
    expect(await statesOf(enter(6, 'other'))).toEqual(Array(6).fill('runs'));
  });

  it('is one at a time for whoever asks for more than may wait, as long as there are others', async () => {
    const flood = enter(100, 'flood');
    enter(1, 'other');
    for (const turn of flood.slice(0, 6)) turn.over(true);
    expect(count(await statesOf(flood.slice(6, 38)), 'runs')).toBe(1);
    clock.advance(2_000);
    flood[6]?.over(true);
    expect(count(await statesOf(flood.slice(7, 38)), 'runs')).toBe(6);
  });

  it('leaves most of the time to the others while somebody floods', async () => {
    const flood = enter(100, 'flood');
    enter(1, 'other');
    const waiting = flood.slice(6, 38);
    clock.advance(20);
    for (const turn of flood.slice(0, 6)) turn.over(true);
    expect(count(await statesOf(waiting), 'runs')).toBe(0);
    expect(await statesOf(enter(1, 'third'))).toEqual(['runs']);
    clock.advance(80);
    // The pause is over, so a turn goes on without anybody else coming or going.
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(count(await statesOf(waiting), 'runs')).toBe(1);
  });

  it('is one at a time for a tenant of whose people many wait, as long as there are others, and leaves two thirds of the time to them', async () => {
    enter(1, 'somebody', { tenant: 'small' });
    const crowd = Array.from({ length: 80 }, (_, n) => enter(1, `fan-${n}`, { tenant: 'loud' })).flat();
    expect(at.running).toBe(1 + 16);
    for (const turn of crowd.slice(0, 16)) turn.over(true);
    expect(at.running).toBe(1 + 1);
    expect(await statesOf(enter(6, 'neighbour', { tenant: 'small' }))).toEqual(Array(6).fill('runs'));
    clock.advance(30);
    crowd[16]?.over(true);
    expect(await stateOf(crowd[17] as Turn)).toBe('waits');
    clock.advance(2_000);
    turns[1 + 80]?.over(true);
    expect(at.running).toBe(1 + 5 + 16);
  });

  it('refuses at once whoever would wait in vain, by how long answers take', async () => {
    const alike = (names: string, number: number) =>
      Array.from({ length: number }, (_, n) => enter(1, `${names}-${n}`)).flat();
    const first = alike('first', 48);
    clock.advance(200);
    for (const turn of first) turn.over(true);
    alike('second', at.limit);
    // Each place is free again after 200 ms, so two for each place can be served within the 400 ms that anybody waits.
    const states = await statesOf(alike('late', 200));
    expect([count(states, 'waits'), count(states, 'load')]).toEqual([2 * at.limit + 1, 200 - 2 * at.limit - 1]);
    expect(at.refuseEarly(party('later'))).toBe('load');
  });

  it('makes room in a full queue at the cost of whoever floods', async () => {
    enter(6, 'somebody', { tenant: 'small' });
    const crowd = Array.from({ length: 300 }, (_, n) => enter(1, `fan-${n}`, { tenant: 'loud' })).flat();
    const before = await statesOf(crowd);
    expect([count(before, 'waits'), count(before, 'load')]).toEqual([256, 300 - 256 - 16]);
    expect(await statesOf(enter(1, 'somebody', { tenant: 'small' }))).toEqual(['waits']);
    expect(count(await statesOf(crowd), 'waits')).toBe(255);
  });

  it('does not count what waits for a subgraph that answers nobody', async () => {
    let stuck = 0;
    const beside = new Admission(48, clock, () => stuck);
    const hung = many(beside, 40, 'office');
    expect(count(await statesOf(hung), 'runs')).toBe(6);
    stuck = 6;
    const others = Array.from({ length: 48 }, (_, n) => many(beside, 1, `other-${n}`)).flat();
    expect(count(await statesOf(others), 'runs')).toBe(48);
    for (const turn of [...hung, ...others]) turn.over(false);
  });

  it('is a third for one tenant and half for one network as long as there are others, and all of it else', async () => {
    const alone = enter(48, 'a').length && Array.from({ length: 8 }, (_, n) => enter(6, `lone-${n}`)).flat();
    expect(at.running).toBe(48);
    for (const turn of turns.splice(0)) turn.over(false);
    expect(alone).toHaveLength(48);
    clock.advance(20_000);
    enter(1, 'somebody', { tenant: 'small', network: 'far' });
    for (let n = 0; n < 8; n++) enter(6, `loud-${n}`, { tenant: 'loud' });
    expect(at.running).toBe(1 + 16);
    for (const turn of turns.splice(0)) turn.over(false);
    for (let n = 0; n < 8; n++) enter(6, `near-${n}`, { network: 'near', tenant: `t${n}` });
    expect(at.running).toBe(24);
  });

  it('is given next to whoever had the least of it lately, whatever others have waiting', async () => {
    const running = Array.from({ length: 8 }, (_, n) => enter(6, `busy-${n}`)).flat();
    const waiting = enter(30, 'busy-0');
    const late = enter(1, 'late')[0] as Turn;
    clock.advance(50);
    running[47]?.over(true);
    expect(await stateOf(late)).toBe('runs');
    expect(count(await statesOf(waiting), 'runs')).toBe(0);
  });

  it('makes room in a full queue at the cost of whoever has the most in it', async () => {
    for (let n = 0; n < 8; n++) enter(6, `busy-${n}`);
    const crowds = Array.from({ length: 8 }, (_, n) => enter(32, `crowd-${n}`));
    expect(at.waiting).toBe(256);
    const late = enter(1, 'late')[0] as Turn;
    expect(await stateOf(late)).toBe('waits');
    expect(count((await Promise.all(crowds.map(statesOf))).flat(), 'load')).toBe(1);
  });

  it('forgets whoever went away while they waited', async () => {
    for (let n = 0; n < 8; n++) enter(6, `busy-${n}`);
    const [gone] = enter(1, 'gone');
    gone?.over(false);
    expect([at.waiting, at.running]).toEqual([0, 48]);
    gone?.over(false);
    expect([at.waiting, at.running]).toEqual([0, 48]);
  });

  it('is refused after a short wait in a full house, and not before a long one where there is room for others', async () => {
    const patient = enter(20, 'page')[19] as Turn;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await stateOf(patient)).toBe('waits');
    for (let n = 0; n < 8; n++) enter(6, `busy-${n}`);
    expect(await (enter(1, 'late')[0] as Turn).ready).toBe('load');
    expect(await patient.ready).toBe('load');
  });
});

describe('the limit', () => {
  function windows(limit: ReturnType<typeof adaptiveLimit>, number: number, times: number[], crowded = true) {
    for (let n = 0; n < number; n++) {
      clock.advance(101);
      if (crowded) limit.crowded();
      // All of a window but the last come within it.
      for (const ms of times) limit.took(ms);
    }
  }

  it('falls while half of all answers are slow, to a floor, and rises again while they are quick and somebody waits', () => {
    const limit = adaptiveLimit(256, clock);
    windows(limit, 3, [10]);
    const before = limit.value;
    windows(limit, 5, [300]);
    expect(limit.value).toBeLessThan(before);
    windows(limit, 100, [300]);
    expect(limit.value).toBe(16);
    windows(limit, 40, [20]);
    expect(limit.value).toBe(256);
  });

  it('stays where it is while nobody waits', () => {
    const limit = adaptiveLimit(256, clock);
    windows(limit, 50, [20], false);
    expect(limit.value).toBe(48);
  });

  it('takes what is always slow for what it is', () => {
    const limit = adaptiveLimit(256, clock);
    windows(limit, 50, [400]);
    expect(limit.value).toBe(256);
  });

  it('never exceeds what it was told', () => {
    expect(adaptiveLimit(5, clock).value).toBe(5);
  });
});
