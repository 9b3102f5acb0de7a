import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const HOME = readFileSync(new URL('../../schema/operations/home.graphql', import.meta.url), 'utf8');
const PUBLISH = 'mutation ($input: PublishOperationsInput!) { publishOperations(input: $input) { added } }';

let at: GatewayWorld;
let bob: Browser;
beforeAll(async () => {
  at = await startGatewayWorld();
  bob = await at.person('bob');
  const admin = await at.person('admin');
  await admin.get(PUBLISH, { input: { manifest: { [hash('sha256', HOME)]: HOME } } });
  await at.world.settle();
});
afterAll(() => at?.close());

/** Four weeks from now by the clock of the world. */
function weeks() {
  const from = at.gateway.runtime.clock.now();
  return { from, to: new Date(from.getTime() + 28 * 86_400_000) };
}

async function home(who = bob) {
  const body = JSON.stringify({ documentId: hash('sha256', HOME), variables: weeks() });
  return who.send('POST', '/graphql', { 'content-type': 'application/json' }, body);
}

it('begins a day: a person, their communities, dates, polls and posts', async () => {
  const { data, errors } = await home();
  expect(errors).toEqual([]);
  expect(data.me.displayName).toBe('Bob');
  for (const list of [data.me.communities, data.calendar, data.polls, data.posts])
    expect(list.edges.length).toBeGreaterThan(0);
  expect(data.navigation.length).toBeGreaterThan(0);
  for (const { node } of data.posts.edges) expect(node.author).not.toBeNull();
  const voted = await home(await at.person('alice'));
  expect(voted.data.polls.edges).toEqual([]);
});

it('asks each subgraph once in each step', async () => {
  await home();
  at.calls.length = 0;
  const held = new Map(['identity', 'portal', 'events', 'voting'].map((name) => [name, Promise.withResolvers<void>()]));
  for (const [name, { promise }] of held) at.held.set(name, promise);
  const answer = home();
  // Everything that the first step asks waits, so that nothing of the second one can be among it.
  while (new Set(at.calls).size < held.size) await new Promise((resolve) => setTimeout(resolve, 10));
  const first = [...at.calls];
  at.held.clear();
  for (const { resolve } of held.values()) resolve();
  expect((await answer).errors).toEqual([]);
  expect(first.toSorted()).toEqual([...held.keys()].toSorted());
  // Communities of the person, and authors of posts.
  expect(at.calls.slice(first.length).toSorted()).toEqual(['identity', 'portal']);
});
