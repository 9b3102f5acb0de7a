import { uuidv7 } from '@polity/kernel/ids';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const REPLAY = 'mutation ($input: ReplayEventsInput!) { replayEvents(input: $input) { events since until } }';
const TELL = `insert into outbox (event_id, aggregate_id, type, payload, created_at, published_at)
  select gen_random_uuid(), 'x', 'access.scope.removed', '{}', ?::timestamptz, now() from generate_series(1, ?)`;

let at: GatewayWorld;
let root: Browser;

beforeAll(async () => {
  at = await startGatewayWorld();
  root = await at.person('root');
});
afterEach(() => at?.down.clear());
afterAll(() => at?.close());

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const publishedAt = (when: string, count: number) =>
  at.world.subgraph('access').runtime.em(null).execute(TELL, [when, count]);
const input = (more: object) => ({ input: { subgraph: 'access', types: ['access.scope.removed'], ...more } });

describe('replayEvents', () => {
  it('has what was recorded in a stretch of time published again, and only says how much where it is asked to', async () => {
    await publishedAt(daysAgo(2), 3);
    await publishedAt(daysAgo(4), 2);
    const seen: string[] = [];
    const stop = await at.world.bus.subscribe({
      name: 'test.again',
      types: ['access.scope.removed'],
      handle: async ({ id }) => void seen.push(id),
    });
    const stretch = { since: daysAgo(3), until: daysAgo(1) };
    expect(await root.get(REPLAY, input({ ...stretch, dryRun: true }))).toEqual({ events: 3, ...stretch });
    await at.world.settle();
    expect(seen).toEqual([]);
    expect(await root.get(REPLAY, input(stretch))).toEqual({ events: 3, ...stretch });
    await at.world.settle();
    expect(seen).toHaveLength(3);
    expect(await root.get(REPLAY, input({ ...stretch, types: ['access.membership.*'] }))).toEqual({
      events: 0,
      ...stretch,
    });
    await stop();
  });

  it('is refused for more than 10,000 events, none of which is published again', async () => {
    await publishedAt(daysAgo(6), 10_001);
    const answer = await root.ask(REPLAY, input({ since: daysAgo(7), until: daysAgo(5) }));
    expect(answer.codes).toEqual(['VALIDATION_ERROR']);
    const pending = 'select count(*)::int as n from outbox where published_at is null';
    expect(await at.world.subgraph('access').runtime.em(null).execute(pending)).toEqual([{ n: 0 }]);
  });

  it.each([
    [{ types: ['x'] }, 'VALIDATION_ERROR'],
    [{ types: Array.from({ length: 21 }, () => 'access.scope.removed') }, 'VALIDATION_ERROR'],
    [{ subgraph: 'nowhere' }, 'NOT_FOUND'],
    [{ subgraph: `nowhere${uuidv7()}` }, 'NOT_FOUND'],
  ])('is refused for what can never be right: %j', async (more, code) => {
    expect((await root.ask(REPLAY, input({ since: daysAgo(1), ...more }))).codes).toEqual([code]);
  });

  it('is SUBGRAPH_UNAVAILABLE where the subgraph is away', async () => {
    at.down.set('access', 'away');
    expect((await root.ask(REPLAY, input({ since: daysAgo(1) }))).codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
  });

  it.each(['admin', 'alice'] as const)('is no business of %s, who owns or belongs to a tenant', async (name) => {
    const person = await at.person(name);
    expect((await person.ask(REPLAY, input({ since: daysAgo(1) }))).codes).toEqual(['FORBIDDEN']);
  });

  it('is no business of strangers', async () => {
    expect((await at.browser().ask(REPLAY, input({ since: daysAgo(1) }))).codes).toEqual(['UNAUTHENTICATED']);
  });
});
