import type { Browser } from './browser.ts';
import { type GatewayWorld, type Outage, startGatewayWorld } from './gateway-world.ts';

let at: GatewayWorld;
let alice: Browser;

beforeAll(async () => {
  at = await startGatewayWorld({ apart: true });
  alice = await at.person('alice');
  // What a running installation has seen before something goes down.
  await alice.get('{ tenant { slug } }');
});
afterEach(() => at?.down.clear());
afterAll(() => at?.close());

const EVERYTHING =
  '{ tenant { slug } posts(first: 2) { edges { node { title author { displayName } } } } graphVersion }';
const outages: Outage[] = ['hangs', 'away', 'breaks'];

describe.each(outages)('a subgraph that %s', (outage) => {
  it('takes its own root fields out, with SUBGRAPH_UNAVAILABLE at each, and leaves the others whole', async () => {
    at.down.set('portal', outage);
    const { status, data, errors, codes } = await alice.ask(
      `{ a: posts { edges { cursor } } b: communities { edges { cursor } } tenant { slug } graphVersion }`,
    );
    expect(status).toBe(200);
    expect(data).toEqual({ a: null, b: null, tenant: { slug: 'demo' }, graphVersion: expect.any(String) });
    expect(codes).toEqual(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']);
    expect(errors.map(({ path }) => path)).toEqual([['a'], ['b']]);
    expect(errors[0].extensions.details).toEqual({ service: 'portal', retryable: true });
  });

  it('takes its part out of entities of others, at their paths', async () => {
    at.down.set('identity', outage);
    const { data, errors, codes } = await alice.ask(EVERYTHING);
    expect(data.tenant).toBeNull();
    expect(data.posts.edges).toHaveLength(2);
    for (const { node } of data.posts.edges) expect(node).toEqual({ title: expect.any(String), author: null });
    expect(new Set(codes)).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    const paths = errors.map(({ path }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['tenant', 'posts.edges.0.node.author', 'posts.edges.1.node.author']));
  });

  it('changes nothing for operations that do not need it', async () => {
    at.down.set('portal', outage);
    const { data, errors } = await alice.ask('{ me { email } tenant { slug } }');
    expect(errors).toEqual([]);
    expect(data).toEqual({ me: { email: 'alice@demo.test' }, tenant: { slug: 'demo' } });
  });
});

describe('identity away', () => {
  it('keeps sessions and tenants that the gateway knows in service', async () => {
    at.down.set('identity', 'away');
    at.world.clock.advance(60_000);
    const { data, errors } = await alice.ask('{ communities { edges { node { slug viewerMembership { status } } } } }');
    expect(errors).toEqual([]);
    expect(data.communities.edges[0].node.viewerMembership.status).toBe('ACTIVE');
    expect(await alice.get('mutation { signOut }')).toBe(true);
    at.down.clear();
    alice = await at.person('alice');
  });

  it('holds nobody up who asks for a tenant that it knows', async () => {
    at.down.set('identity', 'hangs');
    at.givenUp.length = 0;
    at.world.clock.advance(60_000);
    expect((await alice.ask('{ communities { edges { node { slug } } } }')).errors).toEqual([]);
    expect((await at.browser().ask('{ communities { edges { node { slug } } } }')).errors).toEqual([]);
    expect(at.givenUp).toEqual([]);
  });

  it('says so, instead of guessing, for a tenant that it does not know', async () => {
    at.down.set('identity', 'away');
    const { status, codes } = await alice.ask('{ tenant { slug } }', {}, { 'x-tenant': 'unknown' });
    expect([status, codes]).toEqual([503, ['SUBGRAPH_UNAVAILABLE']]);
  });
});

describe('access away', () => {
  it('keeps people in service whose rights are known and have not changed', async () => {
    await alice.ask('{ me { id } }');
    at.down.set('access', 'away');
    const { data, codes } = await alice.ask('{ me { email } users { edges { cursor } } }');
    expect(data).toEqual({ me: { email: 'alice@demo.test' }, users: null });
    expect(codes).toEqual(['FORBIDDEN']);
  });

  it('is waited for once in an operation, not once per decision', async () => {
    const bob = await at.person('bob');
    at.down.set('access', 'hangs');
    at.givenUp.length = 0;
    const { data, codes } = await bob.ask(
      '{ me { email } a: users { edges { cursor } } b: auditLog { edges { cursor } } }',
    );
    expect(data).toEqual({ me: { email: 'bob@demo.test' }, a: null, b: null });
    expect(codes).toEqual(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE']);
    expect(at.givenUp.filter((name) => name === 'access')).toHaveLength(1);
  });

  it('denies what it cannot decide and changes nothing for people whose rights are unknown', async () => {
    const bob = await at.person('bob');
    at.down.set('access', 'away');
    const read = await bob.ask('{ me { email } users { edges { cursor } } }');
    expect(read.data).toEqual({ me: { email: 'bob@demo.test' }, users: null });
    expect(read.codes).toEqual(['SUBGRAPH_UNAVAILABLE']);
    const write = await bob.ask('mutation { updateAccount(input: { displayName: "Bobby" }) { id } }');
    expect([write.data, write.codes]).toEqual([null, ['SUBGRAPH_UNAVAILABLE']]);
    expect(await bob.get('mutation { signOut }')).toBe(true);
  });
});

describe('the store of sessions away', () => {
  it('signs nobody out and lets nobody in: SUBGRAPH_UNAVAILABLE, and the cookie stays', async () => {
    const { kv } = at.world.platform;
    const { StoreUnavailable } = await import('@polity/kernel/kv/store');
    const real = kv.get;
    kv.get = async () => {
      throw new StoreUnavailable(new Error('10.0.0.7:6379 is gone'));
    };
    try {
      const { status, codes, text, headers } = await alice.ask('{ me { id } }');
      expect([status, codes, headers['set-cookie']]).toEqual([503, ['SUBGRAPH_UNAVAILABLE'], undefined]);
      expect(text).not.toContain('10.0.0.7');
    } finally {
      kv.get = real;
    }
    expect(await alice.get('{ me { email } }')).toEqual({ email: 'alice@demo.test' });
  });
});
