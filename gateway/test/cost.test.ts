import type { Browser } from './browser.ts';
import { type GatewayWorld, startGatewayWorld } from './gateway-world.ts';

const FEED = `{
  posts(first: 20) { edges { node { id title author { id displayName username } scope { __typename
    ... on Tenant { slug name } ... on Community { slug name tenant { slug name } } ... on Team { slug community { slug tenant { slug } } } } } } }
}`;

let at: GatewayWorld;
let alice: Browser;

beforeAll(async () => {
  at = await startGatewayWorld();
  alice = await at.person('alice');
  const admin = await at.person('admin');
  const { id: community } = await alice.get('{ community(slug: "builders") { id } }');
  const { id: tenant } = await alice.get('{ tenant { id } }');
  const create = 'mutation ($input: CreatePostInput!) { createPost(input: $input) { id } }';
  for (let n = 0; n < 20; n++) {
    const scope = n % 2 ? { type: 'COMMUNITY', id: community } : { type: 'TENANT', id: tenant };
    await (n % 2 ? alice : admin).get(create, {
      input: { scope, title: `Post ${n}`, body: 'Text', visibility: 'COMMUNITY' },
    });
  }
  // What others do about these posts would be counted, too.
  await at.world.settle();
});
afterAll(() => at?.close());

/** What one request cost, once everything that is kept between requests is there. */
async function costOf(query: string, variables = {}) {
  await alice.ask(query, variables);
  const before = at.world.access.counts.stampReads;
  const { result, counts } = await at.world.count(() => alice.ask(query, variables));
  const statements = Object.fromEntries(Object.entries(counts.statements).map(([name, list]) => [name, list.length]));
  return {
    result,
    calls: counts.calls,
    statements,
    transactions: counts.transactions,
    stampReads: at.world.access.counts.stampReads - before,
  };
}

describe('a feed of 20 posts with author, community and tenant', () => {
  it('costs one stamp read, one call per subgraph and plan step, and at most two statements per subgraph', async () => {
    const { result, calls, statements, transactions, stampReads } = await costOf(FEED);
    expect(result.errors).toEqual([]);
    expect(result.data.posts.edges).toHaveLength(20);
    expect(
      new Set(
        result.data.posts.edges.map(({ node }: { node: { author: { username: string } } }) => node.author.username),
      ).size,
    ).toBe(2);
    expect(stampReads).toBe(1);
    expect(calls).toEqual({ portal: 1, identity: 1 });
    expect(statements.portal).toBeLessThanOrEqual(2);
    expect(statements.identity).toBeLessThanOrEqual(2);
    expect(transactions).toEqual({ portal: 1, identity: 1 });
  });

  it('costs the same for 5 posts as for 20', async () => {
    const few = await costOf(FEED.replace('first: 20', 'first: 5'));
    const many = await costOf(FEED);
    expect(few.result.data.posts.edges).toHaveLength(5);
    expect(few.calls).toEqual(many.calls);
    expect(few.statements).toEqual(many.statements);
  });

  it('costs an anonymous viewer no stamp read', async () => {
    const before = at.world.access.counts.stampReads;
    expect((await at.browser().ask(FEED)).errors).toEqual([]);
    expect(at.world.access.counts.stampReads).toBe(before);
  });
});

describe('what every operation costs', () => {
  it('is one stamp read, however many permissions are decided', async () => {
    const { id } = await alice.get('{ tenant { id } }');
    const query = `query ($s: ScopeInput!) { a: can(permission: "portal.community.create", scope: $s) { allowed } b: can(permission: "portal.post.create", scope: $s) { allowed } users { edges { cursor } } communities { edges { node { viewerMembership { status } } } } }`;
    const { stampReads, calls } = await costOf(query, { s: { type: 'TENANT', id } });
    expect(stampReads).toBe(1);
    expect(calls).toEqual({ access: 1, portal: 1 });
  });

  it('is no call at all for what the gateway knows itself', async () => {
    const { calls, stampReads } = await costOf('{ graphVersion __typename }');
    expect(calls).toEqual({});
    expect(stampReads).toBe(1);
  });
});
