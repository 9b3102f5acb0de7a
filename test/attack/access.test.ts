import { uuidv7 } from '@polity/kernel/ids';
import {
  type AccessFixture,
  aPerson,
  asService,
  can,
  give,
  must,
  refusal,
  registerScope,
  settled,
  startFixture,
} from '../../subgraphs/access/test/factories.ts';

const SERVICE_SET = 'mutation($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "seed") }';
const UNBIND = 'mutation($id: ID!) { unbindRole(id: $id) { id } }';
const UNSET = 'mutation($id: ID!) { removePolicyOverride(id: $id) { id } }';

let fixture: AccessFixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.world.close());

async function aMember() {
  const person = aPerson(fixture.world);
  await give(fixture.world, person.id, 'tenant.member', 'TENANT', fixture.tenantId);
  return person;
}

/** What a refusal cost and said: the texts of its statements in order, its calls and its code. */
async function traceOf(query: string, id: string) {
  await settled(fixture.world);
  const { result, counts } = await fixture.world.count(() => fixture.world.ask('access', fixture.bob, query, { id }));
  return { code: result.errors?.[0]?.extensions?.code, message: result.errors?.[0]?.message, ...counts };
}

describe('what is hidden and what is missing', () => {
  it.each([
    [
      'unbindRole',
      UNBIND,
      'mutation($i: BindRoleInput!) { made: bindRole(input: $i) { id } }',
      { roleKey: 'shop.buyer' },
    ],
    [
      'removePolicyOverride',
      UNSET,
      'mutation($i: PolicyOverrideInput!) { made: setPolicyOverride(input: $i) { id } }',
      { permission: 'shop.order.place', effect: 'DENY', reason: 'x' },
    ],
  ])('%s refuses both after the same statements, calls and words', async (_name, remove, make, input) => {
    const [member, scope] = [await aMember(), { type: 'COMMUNITY', id: fixture.communityId }];
    const variables = { i: { userId: member.id, scope, ...input } };
    const { made } = await must<{ made: { id: string } }>(fixture.world, fixture.owner, make, variables);
    await traceOf(remove, uuidv7());
    const hidden = await traceOf(remove, made.id);
    expect(hidden.code).toBe('NOT_FOUND');
    expect(hidden.statements.access?.length).toBeGreaterThan(0);
    expect(await traceOf(remove, uuidv7())).toEqual(hidden);
    await must(fixture.world, fixture.owner, remove, { id: made.id });
  });

  it('can answers alike about both, whatever is stored about the viewer above', async () => {
    const hidden = uuidv7();
    await registerScope(fixture.world, 'COMMUNITY', hidden, fixture.tenantId);
    const answers = async (viewer: typeof fixture.bob) => {
      const both = [];
      for (const id of [hidden, uuidv7()])
        both.push(await can(fixture.world, viewer, 'shop.order.place', 'COMMUNITY', id));
      return both;
    };
    const suspended = await aMember();
    await must(fixture.world, asService, SERVICE_SET.replace('SYSTEM_ADMIN', 'SUSPENDED'), { u: suspended.id });
    const denied = await aMember();
    const scope = { type: 'TENANT', id: fixture.tenantId };
    const deny = { userId: denied.id, permission: 'shop.order.place', effect: 'DENY', reason: 'x', scope };
    const SET = 'mutation($i: PolicyOverrideInput!) { setPolicyOverride(input: $i) { id } }';
    await must(fixture.world, fixture.owner, SET, { i: deny });
    for (const [viewer, reason] of [
      [fixture.bob, 'NO_GRANT'],
      [suspended, 'SUSPENDED'],
      [denied, 'OVERRIDE_DENY'],
    ] as const) {
      const [known, missing] = await answers(viewer);
      expect(known).toMatchObject({ allowed: false, reason });
      expect(missing).toEqual(known);
    }
  });
});

describe('races for the last one who may repair things', () => {
  it('administrators who all remove each other at once leave one', async () => {
    const admins = Array.from({ length: 5 }, () => aPerson(fixture.world));
    for (const { id } of admins) await must(fixture.world, asService, SERVICE_SET, { u: id });
    const CLEAR =
      'mutation($u: ID!) { setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: false, reason: "race") { id } }';
    const pairs = admins.flatMap((by) => admins.filter((of) => of !== by).map((of) => ({ by, of })));
    await Promise.all(pairs.map(({ by, of }) => refusal(fixture.world, by, CLEAR, { u: of.id })));
    const left = await fixture.world
      .subgraph('access')
      .runtime.em(null)
      .execute<unknown[]>("select 1 from subject_flag where flag = 'SYSTEM_ADMIN' and tenant_id is null");
    expect(left).toHaveLength(1);
  });

  it('owners who all take the role from each other at once leave one, and one who is suspended does not count', async () => {
    const owners = await Promise.all(Array.from({ length: 4 }, aMember));
    const community = uuidv7();
    await registerScope(fixture.world, 'COMMUNITY', community, fixture.tenantId);
    const bindings: string[] = [];
    const BIND = 'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }';
    const scope = { type: 'COMMUNITY', id: community };
    for (const { id } of [...owners, await aMember()]) {
      const i = { userId: id, roleKey: 'shop.owner', scope };
      bindings.push((await must<{ bindRole: { id: string } }>(fixture.world, fixture.owner, BIND, { i })).bindRole.id);
    }
    const { runtime } = fixture.world.subgraph('access');
    const holders = () =>
      runtime
        .em(fixture.tenantId)
        .execute<{ id: string; subject_id: string }[]>('select id, subject_id from role_binding where scope_id = ?', [
          community,
        ]);
    const suspended = (await holders()).find(({ id }) => id === bindings[4])?.subject_id;
    await must(fixture.world, asService, SERVICE_SET.replace('SYSTEM_ADMIN', 'SUSPENDED'), { u: suspended });
    const codes = await Promise.all(
      bindings.slice(0, 4).map((id) => refusal(fixture.world, fixture.owner, UNBIND, { id })),
    );
    expect(codes.toSorted()).toEqual(['LAST_OWNER', null, null, null]);
    expect((await holders()).map(({ subject_id: id }) => id)).toContain(suspended);
    expect(await holders()).toHaveLength(2);
  });
});
