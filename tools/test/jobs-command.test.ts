import { startWorld, type World } from '@polity/kernel/testing/harness';
import { portal } from '../../subgraphs/portal/src/subgraph.ts';
import { jobsCommand } from '../jobs-command.ts';

let world: World;
let addresses: Record<string, string>;

beforeAll(async () => {
  world = await startWorld({ subgraphs: [portal] });
  const { clientUrl } = world.subgraph('portal').orm?.config.getAll() ?? {};
  addresses = { portal: clientUrl as string };
});
afterAll(() => world?.close());

const em = () => world.subgraph('portal').runtime.em(null);

async function aFailedJob(key: string): Promise<string> {
  const [row] = await em().execute<[{ id: string }]>(
    `insert into job (name, key, due_at, state, attempts, last_error) values ('close', ?, now(), 'failed', 8, 'Error: no') returning id`,
    [key],
  );
  return row.id;
}

describe('npm run jobs', () => {
  it('says what runs by interval, what was given up and why, and how much waits', async () => {
    await world.subgraph('portal').jobs?.runNow('retention');
    const id = await aFailedJob('a');
    const [waiting, givenUp, ...byInterval] = await jobsCommand(['status'])(addresses);
    expect([waiting, givenUp]).toEqual([
      'portal: 0 enqueued jobs wait',
      `  ${id} close a: given up, 8 tries, last Error: no`,
    ]);
    expect(byInterval).toContainEqual(expect.stringMatching(/^ {2}\d+ retention: due 20/));
  });

  it('has one that was given up run again, or drops it, once', async () => {
    const [again, gone] = [await aFailedJob('b'), await aFailedJob('c')];
    expect(await jobsCommand(['retry', 'portal', again])(addresses)).toEqual([`close ${again} runs again.`]);
    expect(await jobsCommand(['drop', 'portal', gone])(addresses)).toEqual([`close ${gone} is dropped.`]);
    for (const id of [again, gone])
      await expect(jobsCommand(['drop', 'portal', id])(addresses)).rejects.toThrow(`portal gave up no job ${id}.`);
    const left = await em().execute(`select key, state, attempts from job where key in ('b', 'c')`);
    expect(left).toEqual([{ key: 'b', state: 'waiting', attempts: 0 }]);
  });

  it('shows how it is used for anything else', async () => {
    for (const argv of [[], ['retry'], ['drop', 'portal', 'x']])
      expect(() => jobsCommand(argv)).toThrow('usage: npm run jobs');
    await expect(jobsCommand(['status', 'nowhere'])(addresses)).rejects.toThrow('There is no subgraph nowhere.');
  });
});
