import { uuidv7 } from '@polity/kernel/ids';
import { anonymous } from '@polity/kernel/request/context';
import { CONSUMER, deadLetter } from '../../subgraphs/access/test/dead-letter.ts';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const LIST = `query ($subgraph: String, $first: Int) { deadLetters(subgraph: $subgraph, first: $first) {
  consumer eventId type subject tenantId error attempts firstFailedAt lastFailedAt } }`;
const REDRIVE =
  'mutation ($consumer: String!, $eventId: ID!) { redriveDeadLetter(consumer: $consumer, eventId: $eventId) }';

let at: GatewayWorld;
let root: Browser;

beforeAll(async () => {
  at = await startGatewayWorld();
  root = await at.person('root');
});
afterEach(() => at?.down.clear());
afterAll(() => at?.close());

describe('dead letters in the graph', () => {
  it('are there for a system administrator to see, without what they carried, and to have run again', async () => {
    const eventId = await deadLetter(at.world);
    const { data, errors, text } = await root.ask(LIST);
    expect(errors).toEqual([]);
    expect(data.deadLetters).toEqual([
      expect.objectContaining({ consumer: CONSUMER, eventId, type: 'identity.mirror.changed', attempts: 1 }),
    ]);
    expect(text).not.toContain('what it carried');
    expect(await root.get(REDRIVE, { consumer: CONSUMER, eventId })).toBe('HANDLED');
    expect(await root.get(LIST, { subgraph: 'access' })).toEqual([]);
  });

  it('are run once, of twenty redrives at once', async () => {
    const eventId = await deadLetter(at.world);
    const asked = Array.from({ length: 20 }, () => root.ask(REDRIVE, { consumer: CONSUMER, eventId }));
    const answers = await Promise.all(asked);
    const outcomes = answers.map(({ data, codes }) => data?.redriveDeadLetter ?? codes[0]);
    expect(outcomes).toContain('HANDLED');
    expect(outcomes.filter((outcome) => !['HANDLED', 'NOT_FOUND'].includes(outcome))).toEqual([]);
    expect((await root.ask(REDRIVE, { consumer: CONSUMER, eventId })).codes).toEqual(['NOT_FOUND']);
  });

  it('that fail again say so, and stay', async () => {
    const eventId = await deadLetter(at.world, 'no uuid');
    expect(await root.get(REDRIVE, { consumer: CONSUMER, eventId })).toBe('FAILED');
    expect(await root.get(LIST, { first: 1 })).toEqual([expect.objectContaining({ eventId, attempts: 2 })]);
  });

  it.each([
    [{ consumer: 'nowhere.mirror', eventId: uuidv7() }],
    [{ consumer: 'mirror', eventId: uuidv7() }],
    [{ consumer: CONSUMER, eventId: uuidv7() }],
    [{ consumer: CONSUMER, eventId: "1' or true" }],
  ])('that are not there are NOT_FOUND: %j', async (letter) => {
    expect((await root.ask(REDRIVE, letter)).codes).toEqual(['NOT_FOUND']);
  });

  it('are refused for numbers and names that can never be right', async () => {
    expect((await root.ask(LIST, { first: 0 })).codes).toEqual(['VALIDATION_ERROR']);
    expect((await root.ask(LIST, { first: 101 })).codes).toEqual(['VALIDATION_ERROR']);
    expect((await root.ask(LIST, { subgraph: 'nowhere' })).codes).toEqual(['NOT_FOUND']);
  });

  it('of a subgraph that is away are SUBGRAPH_UNAVAILABLE, those of the others can still be seen', async () => {
    at.down.set('portal', 'away');
    expect((await root.ask(LIST)).codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect((await root.ask(LIST, { subgraph: 'access' })).errors).toEqual([]);
  });

  it.each(['admin', 'alice'] as const)('are no business of %s, who owns or belongs to a tenant', async (name) => {
    const person = await at.person(name);
    expect((await person.ask(LIST)).codes).toEqual(['FORBIDDEN']);
    expect((await person.ask(REDRIVE, { consumer: CONSUMER, eventId: uuidv7() })).codes).toEqual(['FORBIDDEN']);
  });

  it('are no business of strangers, nor can clients ask the services themselves', async () => {
    expect((await at.browser().ask(LIST)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await root.ask('{ _deadLetters(first: 1) }')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    const direct = await at.world.ask('access', anonymous, '{ _deadLetters(first: 1) }');
    expect(direct.errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
