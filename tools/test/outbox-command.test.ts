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

  it.each([[[]], [['redrive']], [['redrive', CONSUMER, 'x']], [['status', 'x']], [['dead-letters', 'a', 'b']]])(
    'says how it is used for %j',
    async (argv) => {
      expect(() => outboxCommand(argv)).toThrow(/^usage: /);
    },
  );

  it('says so for a subgraph or a dead letter that is not there', async () => {
    await expect(outboxCommand(['dead-letters', 'nowhere'])(addresses)).rejects.toThrow(
      'There is no subgraph nowhere.',
    );
    await expect(outboxCommand(['redrive', CONSUMER, uuidv7()])(addresses)).rejects.toThrow('has no dead letter');
  });
});
