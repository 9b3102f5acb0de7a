import { uuidv7 } from '@polity/kernel/ids';
import { openSubgraph, type Person, type TestSubgraph } from '@polity/kernel/testing/dialect';
import { serviceViewer } from '@polity/kernel/testing/harness';
import { access } from '../src/subgraph.ts';

const SET = 'mutation ($a: ID!, $b: ID!, $on: Boolean!) { _setBlock(blockerId: $a, blockedId: $b, blocked: $on) }';
const asService = serviceViewer('test');
const none = { blocked: [], blockers: [], hidden: [] };

let test: TestSubgraph;
beforeAll(async () => {
  test = await openSubgraph(access, { beside: [] });
});
afterAll(() => test?.world.close());

const set = (a: Person, b: Person, on: boolean) => test.get<boolean>(asService, SET, { a: a.id, b: b.id, on });

async function blocksOf({ id }: Person, tenantId = test.tenantId) {
  const { access } = test.world;
  return (await access.load(tenantId, id, await access.stamp(tenantId, id))).blocks;
}

describe('a block', () => {
  it('is in the sets of both as soon as it is answered, and in those of nobody else', async () => {
    const [alice, bob, carol] = [await test.person(null), await test.person(null), await test.person(null)];
    // Sets that were compiled before.
    for (const each of [alice, bob, carol]) expect(await blocksOf(each)).toEqual(none);
    expect(await set(alice, bob, true)).toBe(true);
    expect(await blocksOf(alice)).toEqual({ blocked: [bob.id], blockers: [], hidden: [bob.id] });
    expect(await blocksOf(bob)).toEqual({ blocked: [], blockers: [alice.id], hidden: [alice.id] });
    expect(await blocksOf(carol)).toEqual(none);
    expect(await set(alice, bob, false)).toBe(true);
    for (const each of [alice, bob]) expect(await blocksOf(each)).toEqual(none);
  });

  it('stands as long as one of two who blocked each other wants it', async () => {
    const [alice, bob] = [await test.person(null), await test.person(null)];
    await set(alice, bob, true);
    await set(bob, alice, true);
    await set(alice, bob, false);
    expect(await blocksOf(alice)).toEqual({ blocked: [], blockers: [bob.id], hidden: [bob.id] });
    expect(await blocksOf(bob)).toEqual({ blocked: [alice.id], blockers: [], hidden: [alice.id] });
  });

  it('is one however often it is set at once, and ends once', async () => {
    const [alice, bob] = [await test.person(null), await test.person(null)];
    for (const on of [true, false]) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => set(alice, bob, on)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    }
    expect(await blocksOf(bob)).toEqual(none);
  });

  it('holds in its tenant only', async () => {
    const [alice, bob, there] = [await test.person(null), await test.person(null), await test.tenant()];
    await set(alice, bob, true);
    expect(await blocksOf(bob, there)).toEqual(none);
  });

  it('is refused for oneself, for what is no id, beyond a thousand, and to all but services', async () => {
    const [alice, bob] = [await test.person(null), await test.person(null)];
    const asked = { a: alice.id, b: bob.id, on: true };
    expect(await test.codeOf(asService, SET, { ...asked, b: alice.id })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(asService, SET, { ...asked, b: 'bob' })).toBe('VALIDATION_ERROR');
    expect(await test.codeOf(alice, SET, asked)).toBe('FORBIDDEN');
    const values = Array.from(
      { length: 1_000 },
      () => `('${uuidv7()}', now(), '${test.tenantId}', '${alice.id}', '${uuidv7()}')`,
    );
    await test.world
      .subgraph('access')
      .runtime.em(test.tenantId)
      .execute(
        `insert into person_block (id, created_at, tenant_id, blocker_id, blocked_id) values ${values.join(', ')}`,
      );
    expect(await test.codeOf(asService, SET, asked)).toBe('CONFLICT');
    expect(await blocksOf(bob)).toEqual(none);
  });

  it('is told to nobody who reads the history of access', async () => {
    const [owner, alice, bob] = [await test.person('tenant.owner'), await test.person(null), await test.person(null)];
    await set(alice, bob, true);
    const FEED = '{ accessChanges(last: 100) { edges { node { kind user { id } actor { id } before after } } } }';
    const feed = JSON.stringify(await test.get(owner, FEED));
    expect(feed).toContain('BINDING_CREATED');
    expect(feed).not.toContain('BLOCK_CHANGED');
  });
});
