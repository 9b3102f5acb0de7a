import { uuidv7 } from '@polity/kernel/ids';
import {
  type AccessFixture,
  anonymous,
  aPerson,
  asService,
  give,
  must,
  refusal,
  registerScope,
  settled,
  startFixture,
} from './factories.ts';

const EFFECTIVE = `query($u: ID, $n: Int, $a: String) { effectiveAccess(userId: $u, first: $n, after: $a) {
  edges { node { scope { __typename ... on Tenant { id } ... on Community { id } ... on Team { id } } permissions { code } } }
  pageInfo { hasNextPage endCursor } } }`;
const WHO = `query($p: String!, $s: ScopeInput!, $n: Int, $a: String) { whoCan(permission: $p, scope: $s, first: $n, after: $a) {
  edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
const CHECK = `query($u: ID!, $c: [AccessCheckInput!]!, $v: String) { checkAccess(userId: $u, checks: $c, atLeast: $v) {
  allowed reason version role { key } permission { code description } scope { __typename } } }`;

interface Page<Node> {
  edges: { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
interface Held {
  scope: { __typename: string; id: string };
  permissions: { code: string }[];
}

describe('lists are the checks, asked for everything', () => {
  let fixture: AccessFixture;
  const people: ReturnType<typeof aPerson>[] = [];
  const teams: string[] = [];
  const codes = ['shop.order.place', 'shop.order.cancel', 'shop.price.set'];

  beforeAll(async () => {
    fixture = await startFixture();
    const { world, owner, communityId, tenantId } = fixture;
    const other = uuidv7();
    await registerScope(world, 'COMMUNITY', other, tenantId);
    for (let n = 0; n < 6; n++) {
      const id = uuidv7();
      teams.push(id);
      await registerScope(world, 'TEAM', id, n % 2 === 0 ? communityId : other);
    }
    for (let n = 0; n < 12; n++) {
      const person = aPerson(world);
      people.push(person);
      await give(world, person.id, 'tenant.member', 'TENANT', tenantId);
      if (n % 2 === 0) await give(world, person.id, 'shop.buyer', 'COMMUNITY', n % 4 === 0 ? communityId : other);
      if (n % 3 === 0) await give(world, person.id, 'shop.buyer', 'TEAM', teams[n % 6] as string);
    }
    const set = 'mutation($i: PolicyOverrideInput!) { setPolicyOverride(input: $i) { id } }';
    const override = (userId: string, type: string, id: string, effect: string) =>
      must(world, owner, set, {
        i: { userId, permission: 'shop.order.place', scope: { type, id }, effect, reason: 'test' },
      });
    await override(people[0]!.id, 'TEAM', teams[0] as string, 'DENY');
    await override(people[1]!.id, 'COMMUNITY', communityId, 'ALLOW');
    await override(people[2]!.id, 'TENANT', tenantId, 'DENY');
    const flag =
      'mutation($u: ID!, $f: MasterFlag!) { _setMasterFlag(userId: $u, flag: $f, value: true, reason: "test") }';
    await must(world, asService, flag, { u: people[3]!.id, f: 'SYSTEM_ADMIN' });
    await must(world, asService, flag, { u: people[4]!.id, f: 'SUSPENDED' });
  });
  afterAll(() => fixture.world.close());

  async function pages<Node>(read: (after: string | null) => Promise<Page<Node>>): Promise<Node[]> {
    const nodes: Node[] = [];
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await read(after);
      nodes.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) return nodes;
      after = pageInfo.endCursor;
    }
  }
  const effective = (userId: string, size: number) =>
    pages<Held>(
      async (a) =>
        (
          await must<{ effectiveAccess: Page<Held> }>(fixture.world, fixture.owner, EFFECTIVE, {
            u: userId,
            n: size,
            a,
          })
        ).effectiveAccess,
    );
  const whoCan = (p: string, s: object, size: number) =>
    pages<{ id: string }>(
      async (a) =>
        (await must<{ whoCan: Page<{ id: string }> }>(fixture.world, fixture.owner, WHO, { p, s, n: size, a })).whoCan,
    );
  const check = async (u: string, c: object[], v?: string) =>
    (
      await must<{
        checkAccess: { allowed: boolean; reason: string; version: string; role: { key: string } | null }[];
      }>(fixture.world, fixture.owner, CHECK, { u, c, v })
    ).checkAccess;

  const scopes = () => [
    { type: 'TENANT', id: fixture.tenantId },
    { type: 'COMMUNITY', id: fixture.communityId },
    ...[fixture.teamId, ...teams].map((id) => ({ type: 'TEAM', id })),
  ];

  it.each(['nobody', 'a:b', `${uuidv7()}:platform`, ''])('holds nothing for %j, which is no id', async (userId) => {
    const scope = { type: 'TENANT', id: fixture.tenantId };
    expect(await check(userId, [{ permission: codes[0], scope }])).toMatchObject([{ allowed: false }]);
    if (userId) expect(await effective(userId, 10)).toEqual([]);
  });

  it('effective access is the filter of all checks, complete across pages of any size', async () => {
    for (const { id } of people) {
      const all = await effective(id, 100);
      expect(await effective(id, 2)).toEqual(all);
      const asked = scopes().flatMap((scope) => codes.map((permission) => ({ permission, scope })));
      const answers = await check(id, asked);
      for (const [index, { permission, scope }] of asked.entries()) {
        const held =
          all.find((entry) => entry.scope.id === scope.id)?.permissions.some(({ code }) => code === permission) ??
          false;
        expect({ permission, scope, held }).toEqual({ permission, scope, held: answers[index]?.allowed });
      }
    }
  });

  it('who can is the filter of all users, complete across pages of any size', async () => {
    for (const scope of scopes()) {
      for (const permission of codes) {
        const expected: string[] = [];
        for (const { id } of [fixture.owner, fixture.bob, ...people]) {
          const [answer] = await check(id, [{ permission, scope }]);
          if (answer?.allowed) expected.push(id);
        }
        const all = (await whoCan(permission, scope, 100)).map(({ id }) => id);
        expect(all).toEqual(expected.sort());
        expect((await whoCan(permission, scope, 1)).map(({ id }) => id)).toEqual(all);
      }
    }
  });

  it('a check about another user names role, scope and version, and rests on nothing older than asked', async () => {
    const buyer = people[8]!;
    const asked = [{ permission: 'shop.order.place', scope: { type: 'COMMUNITY', id: fixture.communityId } }];
    const [answer] = await check(buyer.id, asked);
    expect(answer).toMatchObject({
      allowed: true,
      reason: 'ROLE',
      role: { key: 'shop.buyer' },
      scope: { __typename: 'Community' },
    });
    const [again] = await check(buyer.id, asked, answer?.version);
    expect(again).toEqual(answer);
    expect(await refusal(fixture.world, fixture.owner, CHECK, { u: buyer.id, c: asked, v: 'yesterday' })).toBe(
      'VALIDATION_ERROR',
    );
    const ahead = answer?.version.replace(/^\d+/, '999999');
    expect(await refusal(fixture.world, fixture.owner, CHECK, { u: buyer.id, c: asked, v: ahead })).toBe(
      'VERSION_NOT_REACHED',
    );
  });

  it('one asks about oneself freely, and about others with the permission to read bindings', async () => {
    const { world, bob, owner, communityId } = fixture;
    const asked = [{ permission: 'shop.order.place', scope: { type: 'COMMUNITY', id: communityId } }];
    expect(await refusal(world, bob, CHECK, { u: bob.id, c: asked })).toBeNull();
    expect(await refusal(world, bob, CHECK, { u: owner.id, c: asked })).toBe('FORBIDDEN');
    expect(await refusal(world, bob, EFFECTIVE, {})).toBeNull();
    expect(await refusal(world, bob, EFFECTIVE, { u: owner.id })).toBe('FORBIDDEN');
    expect(await refusal(world, bob, WHO, { p: 'shop.order.place', s: asked[0]?.scope })).toBe('FORBIDDEN');
    expect(await refusal(world, owner, WHO, { p: 'shop.order.place', s: { type: 'TEAM', id: uuidv7() } })).toBe(
      'FORBIDDEN',
    );
    expect(await refusal(world, anonymous, CHECK, { u: bob.id, c: asked })).toBe('UNAUTHENTICATED');
    const many = Array.from({ length: 101 }, () => asked[0]);
    expect(await refusal(world, owner, CHECK, { u: bob.id, c: many })).toBe('VALIDATION_ERROR');
    expect(
      await refusal(world, bob, 'query($c: [AccessCheckInput!]!) { canEach(checks: $c) { allowed } }', { c: many }),
    ).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, EFFECTIVE, { n: 0 })).toBe('VALIDATION_ERROR');
    expect(await refusal(world, owner, EFFECTIVE, { a: 'nonsense' })).toBe('VALIDATION_ERROR');
  });

  it('a hundred checks cost one set: no statement once it is compiled', async () => {
    const { world, bob, communityId } = fixture;
    const query =
      'query($c: [AccessCheckInput!]!) { canEach(checks: $c) { allowed reason permission { code description } } }';
    const c = Array.from({ length: 100 }, (_, n) => ({
      permission: codes[n % 3],
      scope: { type: 'COMMUNITY', id: communityId },
    }));
    await must(world, bob, query, { c });
    await settled(world);
    const before = world.access.counts.stampReads;
    const { result, counts } = await world.count(() => must<{ canEach: unknown[] }>(world, bob, query, { c }));
    expect(result.canEach).toHaveLength(100);
    expect(counts.statements.access ?? []).toEqual([]);
    expect(counts.transactions.access ?? 0).toBe(0);
    expect(world.access.counts.stampReads - before).toBe(1);
  });

  it('lists that read rows in several steps do not mind scopes that come meanwhile', async () => {
    const { world, owner, communityId } = fixture;
    const input = { key: 'club.lists', name: 'Lists', scopeType: 'TENANT', permissions: ['shop.order.place'] };
    const create = 'mutation($i: CreateRoleInput!) { createRole(input: $i) { id } }';
    const { createRole } = await must<{ createRole: { id: string } }>(world, owner, create, { i: input });
    for (const { id } of people) await give(world, id, 'club.lists', 'TENANT', fixture.tenantId);
    const effect = 'query($id: ID!) { roleEffect(id: $id) { users usersLosing } }';
    const s = { type: 'COMMUNITY', id: communityId };
    const ask = async () => {
      const [{ whoCan }, { roleEffect }] = await Promise.all([
        must<{ whoCan: Page<{ id: string }> }>(world, owner, WHO, { p: 'shop.order.place', s, n: 100 }),
        must<{ roleEffect: object }>(world, owner, effect, { id: createRole.id }),
      ]);
      return { who: whoCan.edges.map(({ node }) => node.id), roleEffect };
    };
    const before = await ask();
    let building = true;
    const builder = (async () => {
      while (building) await registerScope(world, 'TEAM', uuidv7(), communityId);
    })();
    try {
      for (let n = 0; n < 40; n++) expect(await ask()).toEqual(before);
    } finally {
      building = false;
      await builder;
    }
  });
});
