import { AsyncLocalStorage } from 'node:async_hooks';
import { together } from '../src/domain/acts-together.ts';

const whose = new AsyncLocalStorage<string>();
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** An act that ends when it is told to, and serves all but multiples of ten. */
function held() {
  const lots: number[][] = [];
  const ends: (() => void)[] = [];
  const act = async (lot: readonly number[]) => {
    lots.push([...lot]);
    await new Promise<void>((resolve) => ends.push(resolve));
    return new Map(lot.filter((n) => n % 10 !== 0).map((n) => [n, `${n} by ${whose.getStore()}`]));
  };
  const end = async () => {
    ends.shift()?.();
    await turn();
  };
  return { lots, act, end };
}

it('serves at once who comes alone, and those together who come meanwhile, as the first of them', async () => {
  const { lots, act, end } = held();
  const ask = together(act, 3);
  const asked = [1, 2, 3, 4, 5].map((n) => whose.run(`${n}`, () => ask('key', n)));
  expect(lots).toEqual([[1]]);
  await end();
  expect(lots).toEqual([[1], [2, 3, 4]]);
  await end();
  expect(lots).toEqual([[1], [2, 3, 4], [5]]);
  await end();
  expect(await Promise.all(asked)).toEqual(['1 by 1', '2 by 2', '3 by 2', '4 by 2', '5 by 5']);
  const later = ask('key', 6);
  expect(lots.at(-1)).toEqual([6]);
  await end();
  expect(await later).toBe('6 by undefined');
});

it('keeps keys apart, and leaves to each alone what was not served', async () => {
  const { lots, act, end } = held();
  const ask = together(act, 10);
  const asked = [ask('a', 1), ask('b', 2), ask('a', 10), ask('a', 3)];
  expect(lots).toEqual([[1], [2]]);
  for (let n = 0; n < 3; n++) await end();
  expect(await Promise.all(asked)).toEqual(['1 by undefined', '2 by undefined', undefined, '3 by undefined']);
  expect(lots.at(-1)).toEqual([10, 3]);
});

it('serves nobody where it throws, and goes on with the next', async () => {
  let times = 0;
  const ask = together(async (lot: readonly number[]) => {
    if (times++ === 0) throw new Error('no');
    return new Map(lot.map((n) => [n, n]));
  }, 10);
  expect(await Promise.all([ask('key', 1), ask('key', 2)])).toEqual([undefined, 2]);
  expect(await ask('key', 3)).toBe(3);
});
