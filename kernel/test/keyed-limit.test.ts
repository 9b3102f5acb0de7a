import { keyedLimit } from '../src/events/keyed-limit.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a keyed limit', () => {
  it('lets no more than their width run at a time, and runs all in the end', async () => {
    const two = keyedLimit(2);
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await turn();
      running -= 1;
    };
    await Promise.all(Array.from({ length: 9 }, (_, n) => two.run(`key ${n}`, work)));
    expect(most).toBe(2);
  });

  it('joins a key that is under way instead of running it again', async () => {
    const one = keyedLimit(1);
    let runs = 0;
    const work = async () => {
      runs += 1;
      await turn();
    };
    await Promise.all([one.run('same', work), one.run('same', work)]);
    await one.run('same', work);
    expect(runs).toBe(2);
  });

  it('goes on after work that fails', async () => {
    const one = keyedLimit(1);
    await expect(one.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(one.run('b', async () => {})).resolves.toBeUndefined();
  });
});
