import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type PoolOptions, workerPool } from '../src/text/worker-pool.ts';

const options: PoolOptions = {
  script: new URL('./hungry-worker.ts', import.meta.url),
  threads: 1,
  queueLimit: 4,
  cpuMs: 300,
  resourceLimits: { maxOldGenerationSizeMb: 32 },
  idleMs: 60_000,
};
const pool = (changes: Partial<PoolOptions> = {}) => workerPool<string, string>({ ...options, ...changes });

describe('a pool of threads', () => {
  it.each(['spins', 'hoards', 'exits'])('ends a job that %s, and does the next one on a new thread', async (job) => {
    const { run } = pool();
    const results = await Promise.allSettled([run('quick'), run(job), run('quick')]);
    expect(results).toEqual([
      { status: 'fulfilled', value: 'done' },
      { status: 'rejected', reason: expect.objectContaining({ message: expect.stringMatching(/ended|memory/) }) },
      { status: 'fulfilled', value: 'done' },
    ]);
  });

  it('hands on what the work throws, and keeps the thread', async () => {
    const { run } = pool();
    await expect(run('throws')).rejects.toThrow('no');
    expect(await run('quick')).toBe('done');
  });

  it('refuses jobs that would wait behind too many others', async () => {
    const { run } = pool();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => run('quick')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(results.at(-1)).toMatchObject({ reason: { code: 'OVERLOADED' } });
    expect(await run('quick')).toBe('done');
  });

  it('charges a job only with its own CPU time', async () => {
    const { run } = pool({ cpuMs: 150 });
    for (let job = 0; job < 200; job++) expect(await run('quick')).toBe('done');
  });

  it('starts a thread again that had nothing to do', async () => {
    const { run } = pool({ idleMs: 1 });
    for (let job = 0; job < 3; job++) {
      expect(await run('quick')).toBe('done');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  it('shows its threads nothing of the environment', async () => {
    expect(await pool().run('environment')).toBe('');
  });

  it('keeps no process alive', async () => {
    const module = new URL('../src/text/markdown.ts', import.meta.url).href;
    const script = `const { renderMarkdown } = await import('${module}');
      console.log((await renderMarkdown('a\\n\\n'.repeat(2_000))).length);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(Number(stdout)).toBeGreaterThan(10_000);
  });
});
