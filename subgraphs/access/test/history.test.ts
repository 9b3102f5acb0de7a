import type { Ports } from '../src/ports.ts';
import { type AccessFixture, aPerson, asService, can, give, must, refusal, startFixture } from './factories.ts';

const FEED = `query($s: String, $n: Int) { accessChanges(since: $s, first: $n) { resumeToken pageInfo { hasNextPage }
  edges { cursor node { id kind user { id } actor { id } scopeId reason before after } } } }`;
interface Feed {
  accessChanges: {
    resumeToken: string;
    pageInfo: { hasNextPage: boolean };
    edges: {
      cursor: string;
      node: {
        id: string;
        kind: string;
        user: { id: string } | null;
        actor: { id: string } | null;
        scopeId: string | null;
        before: unknown;
        after: unknown;
        reason: string | null;
      };
    }[];
  };
}

describe('the history of access', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  const feed = async (s?: string, n = 100) =>
    (await must<Feed>(fixture.world, fixture.owner, FEED, { s, n })).accessChanges;
  async function drain(since: string | undefined, n: number) {
    const nodes = [];
    for (let token = since; ; ) {
      const page = await feed(token, n);
      nodes.push(...page.edges.map(({ node }) => node));
      token = page.resumeToken;
      if (!page.pageInfo.hasNextPage) return { nodes, token };
    }
  }

  it('says of every role taken which it was, of every role made for which scopes, and nothing of what changed nothing', async () => {
    const { world, owner, bob, communityId } = fixture;
    const { token } = await drain(undefined, 100);
    const scope = { type: 'COMMUNITY', id: communityId };
    const LEAVE = 'mutation($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s, below: true) }';
    await must(world, asService, LEAVE, { u: bob.id, s: scope });
    await give(world, bob.id, 'shop.buyer', 'COMMUNITY', communityId);
    await must(world, asService, LEAVE, { u: bob.id, s: scope });
    const i = { key: 'club.clerk', name: 'Clerk', scopeType: 'TEAM', permissions: ['shop.order.place'] };
    await must(world, owner, 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }', { i });
    const { nodes } = await drain(token, 2);
    expect(nodes.map(({ kind, before, after }) => ({ kind, ...((after ?? before) as object) }))).toMatchObject([
      { kind: 'BINDING_CREATED', id: expect.any(String) },
      { kind: 'BINDING_REMOVED', id: expect.any(String) },
      { kind: 'ROLE_CREATED', scopeType: 'TEAM' },
    ]);
    expect(nodes).toHaveLength(3);
  });

  it('tells every change once, in order, with who, whom, where, before and after', async () => {
    const { world, owner, bob, communityId } = fixture;
    const { token } = await drain(undefined, 100);
    const bind = 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }';
    const input = {
      userId: bob.id,
      roleKey: 'shop.buyer',
      scope: { type: 'COMMUNITY', id: communityId },
      reason: 'helps',
    };
    const { bindRole } = await must<{ bindRole: { id: string } }>(world, owner, bind, { i: input });
    await must(world, owner, bind, { i: input });
    await must(world, owner, 'mutation($id: ID!) { unbindRole(id: $id) { id } }', { id: bindRole.id });
    const { nodes, token: next } = await drain(token, 1);
    expect(nodes.map(({ kind }) => kind)).toEqual(['BINDING_CREATED', 'BINDING_REMOVED']);
    expect(nodes[0]).toMatchObject({
      user: { id: bob.id },
      actor: { id: owner.id },
      scopeId: communityId,
      reason: 'helps',
      before: null,
      after: { id: bindRole.id, role: 'shop.buyer' },
    });
    expect((await drain(next, 5)).nodes).toEqual([]);
    expect((await feed(next)).resumeToken).toBe(next);
  });

  it('is read from its end too, and goes on from there', async () => {
    const { world, owner, bob, communityId } = fixture;
    await give(world, bob.id, 'shop.buyer', 'COMMUNITY', communityId);
    const { nodes, token } = await drain(undefined, 100);
    const query =
      'query($s: String, $n: Int, $b: String, $a: String) { accessChanges(since: $s, last: $n, before: $b, after: $a) { resumeToken pageInfo { startCursor } edges { node { id } } } }';
    interface Ids {
      accessChanges: { resumeToken: string; pageInfo: { startCursor: string }; edges: { node: { id: string } }[] };
    }
    const idsOf = ({ accessChanges }: Ids) => accessChanges.edges.map(({ node }) => node.id);
    const all = nodes.map(({ id }) => id);
    const end = await must<Ids>(world, owner, query, { n: 2 });
    expect([idsOf(end), end.accessChanges.resumeToken]).toEqual([all.slice(-2), token]);
    const before = await must<Ids>(world, owner, query, { n: 2, b: end.accessChanges.pageInfo.startCursor });
    expect(idsOf(before)).toEqual(all.slice(-4, -2));
    expect(idsOf(await must<Ids>(world, owner, query, { n: 100, s: before.accessChanges.resumeToken }))).toEqual(
      all.slice(-2),
    );
    expect(await refusal(world, owner, query, { s: token, a: token })).toBe('VALIDATION_ERROR');
  });

  it('a reader that follows along misses nothing that forty writers write at once', async () => {
    const { world, communityId } = fixture;
    let { token } = await drain(undefined, 100);
    const before = token;
    const people = Array.from({ length: 40 }, () => aPerson(world));
    let writing = true;
    const followed: string[] = [];
    const follow = (async () => {
      while (writing) {
        const page = await drain(token, 7);
        followed.push(...page.nodes.map(({ id }) => id));
        token = page.token;
      }
    })();
    await Promise.all(people.map((person) => give(world, person.id, 'shop.buyer', 'COMMUNITY', communityId)));
    writing = false;
    await follow;
    followed.push(...(await drain(token, 7)).nodes.map(({ id }) => id));
    const all = (await drain(before, 100)).nodes.map(({ id }) => id);
    expect(all).toHaveLength(40);
    expect(followed).toEqual(all);
  });

  it('is read by those who may, and from tokens of this list only', async () => {
    const { world, bob, owner } = fixture;
    expect(await refusal(world, bob, FEED)).toBe('FORBIDDEN');
    expect(await refusal(world, bob, '{ loggedDecisions { edges { cursor } } }')).toBe('FORBIDDEN');
    const { errors } = await world.ask('access', owner, FEED, { s: 'nonsense' });
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { fields: { since: expect.any(String) } },
    });
  });

  it('tells system administrators, and nobody else, what concerns the whole platform', async () => {
    const { world, owner } = fixture;
    const root = aPerson(world);
    const flag =
      'mutation($u: ID!, $f: MasterFlag!, $v: Boolean!) { setMasterFlag(userId: $u, flag: $f, value: $v, reason: "drill") { id } }';
    await must(
      world,
      asService,
      'mutation($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "seed") }',
      { u: root.id },
    );
    await must(world, root, flag, { u: owner.id, f: 'SUSPENDED', v: true });
    await must(world, root, flag, { u: owner.id, f: 'SUSPENDED', v: false });
    const query =
      '{ accessChanges(platform: true, first: 100) { edges { node { kind user { id } actor { id } reason } } } }';
    const { accessChanges } = await must<Feed>(world, root, query);
    const flags = accessChanges.edges.map(({ node }) => node).filter(({ kind }) => kind.startsWith('FLAG'));
    expect(flags).toEqual([
      { kind: 'FLAG_SET', user: { id: root.id }, actor: null, reason: 'seed' },
      { kind: 'FLAG_SET', user: { id: owner.id }, actor: { id: root.id }, reason: 'drill' },
      { kind: 'FLAG_CLEARED', user: { id: owner.id }, actor: { id: root.id }, reason: 'drill' },
    ]);
    expect(await refusal(world, owner, query)).toBe('FORBIDDEN');
    expect((await feed()).edges.filter(({ node }) => node.kind.startsWith('FLAG'))).toEqual([]);
  });

  it('cannot be changed by those who serve requests', async () => {
    const em = fixture.world.subgraph('access').runtime.em(fixture.tenantId);
    expect(await em.execute('delete from access_change returning seq')).toEqual([]);
  });

  it('keeps every denial and every decision by override or administrator, with the version they rest on', async () => {
    const { world, owner, bob, communityId } = fixture;
    const root = aPerson(world);
    await must(
      world,
      asService,
      'mutation($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "test") }',
      { u: root.id },
    );
    const denied = await can(world, bob, 'shop.price.set', 'COMMUNITY', communityId);
    await can(world, root, 'shop.price.set', 'COMMUNITY', communityId);
    await can(world, bob, `shop.${'x'.repeat(5000)}.y`, 'COMMUNITY', communityId);
    await (world.subgraph('access').ports as Ports).decisions.flush();
    const query = `query($u: ID, $a: Boolean) { loggedDecisions(userId: $u, allowed: $a, first: 50) {
      edges { node { id user { id } permission scopeId allowed reason version askedBy } } } }`;
    interface Logged {
      loggedDecisions: { edges: { node: { permission: string; reason: string; version: string; scopeId: string } }[] };
    }
    const { loggedDecisions } = await must<Logged>(world, owner, query, { u: bob.id, a: false });
    expect(loggedDecisions.edges.map(({ node }) => node.permission.length)).toEqual([200, 14]);
    expect(loggedDecisions.edges[1]?.node).toMatchObject({
      permission: 'shop.price.set',
      reason: 'NO_GRANT',
      scopeId: communityId,
      version: denied.version,
      askedBy: bob.id,
    });
    const admin = await must<Logged>(world, owner, query, { u: root.id, a: true });
    expect(admin.loggedDecisions.edges.map(({ node }) => node.reason)).toEqual(['SYSTEM_ADMIN']);
  });
});
