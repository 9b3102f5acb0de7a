import { setTimeout as sleep } from 'node:timers/promises';
import { listDeadLetters } from '@polity/kernel/events/dead-letter';
import { uuidv7 } from '@polity/kernel/ids';
import { startWorld, type World } from '@polity/kernel/testing/harness';
import { access } from '../../subgraphs/access/src/subgraph.ts';
import { CONSUMER, deadLetter } from '../../subgraphs/access/test/dead-letter.ts';
import { outboxCommand } from '../outbox-command.ts';

let world: World;
let addresses: Record<string, string>;

beforeAll(async () => {
  world = await startWorld({ subgraphs: [access] });
  const { clientUrl } = world.subgraph('access').orm?.config.getAll() ?? {};
  addresses = { access: clientUrl as string };
});
afterAll(() => world?.close());

const TELL =
  "insert into outbox (event_id, aggregate_id, type, payload) values (?, ?, 'access.scope.removed', ?::jsonb)";

/** A scope whose end access tells of; nobody takes it here. Its id. */
async function removed(): Promise<string> {
  const scopeId = uuidv7();
  await em().execute(TELL, [uuidv7(), scopeId, JSON.stringify({ scopeType: 'TEAM', scopeId })]);
  return scopeId;
}

async function failedOnce(): Promise<void> {
  const failed = 'select 1 from outbox where published_at is null and attempts > 0';
  while ((await em().execute<unknown[]>(failed)).length === 0) await sleep(10);
}

const em = () => world.subgraph('access').runtime.em(null);

describe('npm run outbox', () => {
  it('says how far behind publishing is, and how many dead letters wait', async () => {
    const id = await deadLetter(world);
    expect(await outboxCommand(['status'])(addresses)).toEqual([
      'access       0 to publish (oldest 0 s), 0 to try again, 1 dead letters',
    ]);
    expect(await outboxCommand(['dead-letters'])(addresses)).toEqual([
      expect.stringMatching(`^${CONSUMER} ${id} identity.mirror.changed, 1 tries, last .*: Error: it was down$`),
    ]);
  });

  it('has the running service handle a dead letter, all of them in turn, and says when there are none', async () => {
    await deadLetter(world);
    expect(await outboxCommand(['redrive', CONSUMER, '--all', '--dry-run'])(addresses)).toEqual([
      `${CONSUMER}: 2 to be handled again`,
    ]);
    const lines = await outboxCommand(['redrive', CONSUMER, '--all'])(addresses);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/: handled$/);
    expect(await outboxCommand(['dead-letters', 'access'])(addresses)).toEqual(['No dead letters.']);
    expect(await outboxCommand(['redrive', CONSUMER, '--all'])(addresses)).toEqual([
      `${CONSUMER} has no dead letters.`,
    ]);
  });

  it('says what went wrong where it fails again; the letter stays, with one more try', async () => {
    const id = await deadLetter(world, 'no uuid');
    expect(await outboxCommand(['redrive', CONSUMER, id])(addresses)).toEqual([
      expect.stringMatching(`^${id}: failed again: .+`),
    ]);
    expect(await listDeadLetters(em())).toEqual([expect.objectContaining({ eventId: id, state: 'dead', attempts: 2 })]);
  });

  it('publishes again what was published in a stretch of time, in its order and once per consumer, and first says how much', async () => {
    const since = new Date(Date.now() - 1_000).toISOString();
    const scopes = [await removed(), await removed()];
    await world.settle();
    const seen: string[] = [];
    const stop = await world.bus.subscribe({
      name: 'test.again',
      types: ['access.scope.removed'],
      handle: async ({ subject }) => void seen.push(subject),
    });
    const replay = (...more: string[]) => outboxCommand(['replay', 'access', '--since', since, ...more])(addresses);
    const ofType = ['--type', 'access.scope.removed'];
    expect(await replay(...ofType, '--dry-run')).toEqual(['access: 2 to publish again']);
    expect(await replay('--type', 'access.membership.*')).toEqual(['access: 0 published again']);
    expect(await replay('--until', since)).toEqual(['access: 0 published again']);
    expect(seen).toEqual([]);
    expect(await replay(...ofType)).toEqual(['access: 2 published again']);
    expect(seen).toEqual(scopes);
    await stop();
  });

  it('has what waits for its next try published now', async () => {
    await world.withoutEvents(async () => {
      await removed();
      expect(await outboxCommand(['relay', '--dry-run'])(addresses)).toEqual(['access: 1 to publish']);
      await failedOnce();
    });
    await em().execute("update outbox set next_at = now() + interval '1 hour' where published_at is null");
    expect(await outboxCommand(['relay', 'access'])(addresses)).toEqual(['access: 1 published']);
  });

  it.each(
    [
      [[]],
      [['redrive']],
      [['redrive', CONSUMER, 'x']],
      [['status', 'x']],
      [['dead-letters', 'a', 'b']],
      [['status', '--dry-run']],
    ].concat([[['relay', 'a', 'b']], [['replay', 'access', '--since', 'x', '--to', 'y']]]),
  )('says how it is used for %j', async (argv) => {
    expect(() => outboxCommand(argv)).toThrow(/usage: /);
  });

  it.each([
    [['replay', 'access'], '--since is needed'],
    [['replay', 'access', '--since', 'yesterday'], '--since is no moment'],
    [['replay', 'access', '--since', '2026-11-22', '--type', 'a b'], 'neither an event type nor a pattern'],
  ])('says what is wrong with %j', (argv, problem) => {
    expect(() => outboxCommand(argv)).toThrow(problem);
  });

  it('says so for a subgraph or a dead letter that is not there', async () => {
    await expect(outboxCommand(['dead-letters', 'nowhere'])(addresses)).rejects.toThrow(
      'There is no subgraph nowhere.',
    );
    await expect(outboxCommand(['redrive', CONSUMER, uuidv7()])(addresses)).rejects.toThrow('has no dead letter');
  });
});
