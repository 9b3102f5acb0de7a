import { fork } from 'node:child_process';
import { once } from 'node:events';

const MEGABYTE = 1_000_000;
/** What readings and plans may take together. */
const BOUND = 64 * MEGABYTE;

/** Documents that were asked for leave so much in the heap of a process: bytes by kind. */
async function measured(): Promise<Record<string, { once: number; twice: number }>> {
  const child = fork(new URL('./kept-process.ts', import.meta.url), {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [found] = await once(child, 'message');
  return found as Record<string, { once: number; twice: number }>;
}

it('keeps nothing of documents that differ each time, and of those that come again what it says', async () => {
  const found = Object.entries(await measured());
  expect(found).toHaveLength(2);
  // A heavy document takes 0.5 to 0.8 MB: 150 of them would be a hundred, and 200 beyond the bound.
  for (const [kind, { once: leftOfOnce, twice }] of found) {
    expect({ kind, little: leftOfOnce < 10 * MEGABYTE }).toEqual({ kind, little: true });
    expect({ kind, bounded: twice < 1.25 * BOUND }).toEqual({ kind, bounded: true });
  }
  expect(Math.max(...found.map(([, { twice }]) => twice))).toBeGreaterThan(BOUND / 4);
}, 240_000);
