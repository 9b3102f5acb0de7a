import { uuidv7 } from '@polity/kernel/ids';
import {
  type AccessFixture,
  anonymous,
  aPerson,
  asService,
  can,
  give,
  must,
  refusal,
  settled,
  startFixture,
} from './factories.ts';

const SET =
  'mutation($u: ID!, $f: MasterFlag!, $v: Boolean!, $r: String!) { setMasterFlag(userId: $u, flag: $f, value: $v, reason: $r) { id masterFlags } }';
const SET_UNTIL =
  'mutation($u: ID!, $f: MasterFlag!, $v: Boolean!, $r: String!, $t: DateTime) { setMasterFlag(userId: $u, flag: $f, value: $v, reason: $r, validUntil: $t) { id } }';
const SERVICE_SET =
  'mutation($u: ID!, $f: MasterFlag!, $v: Boolean!) { _setMasterFlag(userId: $u, flag: $f, value: $v, reason: "seed") }';

describe('master flags stand above all roles', () => {
  let fixture: AccessFixture;
  let root: ReturnType<typeof aPerson>;
  beforeAll(async () => {
    fixture = await startFixture();
    root = aPerson(fixture.world);
    await must(fixture.world, asService, SERVICE_SET, { u: root.id, f: 'SYSTEM_ADMIN', v: true });
  });
  afterAll(() => fixture.world.close());

  const set = (u: string, f: string, v: boolean, r = 'because') => ({ u, f, v, r });

  it('a system administrator may do everything that exists, and nothing that does not', async () => {
    const { world, communityId } = fixture;
    expect(await can(world, root, 'shop.order.place', 'COMMUNITY', communityId)).toMatchObject({
      allowed: true,
      reason: 'SYSTEM_ADMIN',
    });
    expect(await can(world, root, 'shop.order.eat', 'COMMUNITY', communityId)).toMatchObject({
      allowed: false,
      reason: 'UNKNOWN',
    });
    expect(await can(world, root, 'shop.order.place', 'COMMUNITY', uuidv7())).toMatchObject({
      allowed: false,
      reason: 'UNKNOWN',
    });
  });

  it('a suspended user may do nothing from the answer on, whatever they hold, until the flag is cleared', async () => {
    const { world, owner, tenantId } = fixture;
    const may = async () => (await can(world, owner, 'shop.price.set', 'TENANT', tenantId)).reason;
    expect(await may()).toBe('ROLE');
    const answer = await must(world, root, SET, set(owner.id, 'SUSPENDED', true));
    expect(answer).toEqual({ setMasterFlag: { id: owner.id, masterFlags: ['SUSPENDED'] } });
    expect(await may()).toBe('SUSPENDED');
    await must(world, root, SET, set(owner.id, 'SUSPENDED', false));
    expect(await may()).toBe('ROLE');
  });

  it.each([
    ['ended', false],
    ['given an end', true],
  ])('a suspended account stays suspended when the suspension of an administrator is %s', async (_title, v) => {
    const { world, tenantId } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'tenant.owner', 'TENANT', tenantId);
    const may = async () => (await can(world, person, 'shop.price.set', 'TENANT', tenantId)).reason;
    const byAccount = (v: boolean) => must(world, asService, SERVICE_SET, { u: person.id, f: 'SUSPENDED', v });
    await byAccount(true);
    const soon = new Date(world.clock.nowMs() + 60_000).toISOString();
    await must(world, root, SET_UNTIL, { ...set(person.id, 'SUSPENDED', v), ...(v && { t: soon }) });
    world.clock.advance(61_000);
    expect(await may()).toBe('SUSPENDED');
    await byAccount(false);
    expect(await may()).toBe('ROLE');
    // And the other way round.
    await must(world, root, SET, set(person.id, 'SUSPENDED', true));
    await byAccount(true);
    await byAccount(false);
    expect(await may()).toBe('SUSPENDED');
    const GRANTS =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { masterFlagGrants { flag origin } } } }';
    const shown = await must(world, person, GRANTS, { r: [{ __typename: 'User', id: person.id }] });
    expect(shown).toEqual({ _entities: [{ masterFlagGrants: [{ flag: 'SUSPENDED', origin: 'ADMINISTRATOR' }] }] });
  });

  it('each of several changes in one request shows what it left', async () => {
    const { world, bob } = fixture;
    const query = `mutation($u: ID!) {
      first: setMasterFlag(userId: $u, flag: SUSPENDED, value: true, reason: "x") { masterFlags }
      second: setMasterFlag(userId: $u, flag: SUSPENDED, value: false, reason: "x") { masterFlags } }`;
    const answer = await must(world, root, query, { u: bob.id });
    expect(answer).toEqual({ first: { masterFlags: ['SUSPENDED'] }, second: { masterFlags: [] } });
  });

  it('only fresh sessions of system administrators set flags, and never without a reason', async () => {
    const { world, owner, bob } = fixture;
    expect(await refusal(world, owner, SET, set(bob.id, 'SUSPENDED', true))).toBe('FORBIDDEN');
    expect(await refusal(world, anonymous, SET, set(bob.id, 'SUSPENDED', true))).toBe('UNAUTHENTICATED');
    const stale = { ...root, authTime: Math.floor(world.clock.nowMs() / 1000) - 3600 };
    expect(await refusal(world, stale, SET, set(bob.id, 'SUSPENDED', true))).toBe('STEP_UP_REQUIRED');
    expect(await refusal(world, root, SET, set(bob.id, 'SUSPENDED', true, '  '))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, root, SET, set('nobody', 'SUSPENDED', true))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, root, SET, set(root.id, 'SUSPENDED', true))).toBe('CONFLICT');
  });

  it('the last system administrator stays, also when two remove each other at once', async () => {
    const { world } = fixture;
    expect(await refusal(world, root, SET, set(root.id, 'SYSTEM_ADMIN', false))).toBe('LAST_ADMINISTRATOR');
    const second = aPerson(world);
    await must(world, root, SET, set(second.id, 'SYSTEM_ADMIN', true));
    const answers = await Promise.all([
      refusal(world, root, SET, set(second.id, 'SYSTEM_ADMIN', false)),
      refusal(world, second, SET, set(root.id, 'SYSTEM_ADMIN', false)),
    ]);
    expect(answers.filter((code) => code === null)).toHaveLength(1);
    if (answers[0] !== null) root = second;
  });

  it('in an emergency somebody administers until a moment, and nobody has to take it back', async () => {
    const { world, tenantId } = fixture;
    const helper = aPerson(world);
    const until = (seconds: number) => new Date(world.clock.nowMs() + seconds * 1_000).toISOString();
    const setUntil = (value: boolean, validUntil: string | null, u = helper.id) => ({
      ...set(u, 'SYSTEM_ADMIN', value),
      t: validUntil,
    });
    const may = async () => (await can(world, helper, 'shop.price.set', 'TENANT', tenantId)).reason;
    await must(world, root, SET_UNTIL, setUntil(true, until(60)));
    expect(await may()).toBe('SYSTEM_ADMIN');
    world.clock.advance(59_000);
    await must(world, root, SET_UNTIL, setUntil(true, until(60)));
    world.clock.advance(59_000);
    expect(await may()).toBe('SYSTEM_ADMIN');
    world.clock.advance(1_000);
    expect(await may()).toBe('NO_GRANT');
    await must(world, root, SET_UNTIL, setUntil(true, until(60)));
    expect(await may()).toBe('SYSTEM_ADMIN');
    expect(await refusal(world, root, SET_UNTIL, setUntil(true, until(0)))).toBe('VALIDATION_ERROR');
    expect(await refusal(world, root, SET_UNTIL, setUntil(false, until(60)))).toBe('VALIDATION_ERROR');
    await must(world, root, SET_UNTIL, setUntil(false, null));
    expect(await may()).toBe('NO_GRANT');
  });

  it('who administers for a time only is not the one who stays', async () => {
    const { world } = fixture;
    const helper = aPerson(world);
    const validUntil = new Date(world.clock.nowMs() + 60_000).toISOString();
    await must(world, root, SET_UNTIL, { ...set(helper.id, 'SYSTEM_ADMIN', true), t: validUntil });
    expect(await refusal(world, root, SET, set(root.id, 'SYSTEM_ADMIN', false))).toBe('LAST_ADMINISTRATOR');
    expect(await refusal(world, root, SET_UNTIL, { ...set(root.id, 'SYSTEM_ADMIN', true), t: validUntil })).toBe(
      'LAST_ADMINISTRATOR',
    );
  });

  it('who is suspended is not the one who stays, and the last who is not cannot be suspended', async () => {
    const { world } = fixture;
    const second = aPerson(world);
    await must(world, root, SET, set(second.id, 'SYSTEM_ADMIN', true));
    await must(world, root, SET, set(second.id, 'SUSPENDED', true));
    expect(await refusal(world, root, SET, set(root.id, 'SYSTEM_ADMIN', false))).toBe('LAST_ADMINISTRATOR');
    expect(await refusal(world, asService, SERVICE_SET, { u: root.id, f: 'SUSPENDED', v: true })).toBe(
      'LAST_ADMINISTRATOR',
    );
    await must(world, root, SET, set(second.id, 'SUSPENDED', false));
    await must(world, root, SET, set(second.id, 'SYSTEM_ADMIN', false));
  });

  it('of two who suspend each other at once, one stays', async () => {
    const { world } = fixture;
    const second = aPerson(world);
    await must(world, root, SET, set(second.id, 'SYSTEM_ADMIN', true));
    for (let n = 0; n < 10; n++) {
      const answers = await Promise.all([
        refusal(world, root, SET, set(second.id, 'SUSPENDED', true)),
        refusal(world, second, SET, set(root.id, 'SUSPENDED', true)),
      ]);
      expect(answers.filter((code) => code === null)).toHaveLength(1);
      expect(['FORBIDDEN', 'LAST_ADMINISTRATOR']).toContain(answers.find((code) => code !== null));
      const [winner, loser] = answers[0] === null ? [root, second] : [second, root];
      await must(world, winner, SET, set(loser.id, 'SUSPENDED', false));
    }
    await must(world, root, SET, set(second.id, 'SYSTEM_ADMIN', false));
  });

  it('who administers for a time makes nobody administer for longer, themselves neither', async () => {
    const { world } = fixture;
    const [helper, third] = [aPerson(world), aPerson(world)];
    const until = (ms: number) => new Date(world.clock.nowMs() + ms).toISOString();
    await must(world, root, SET_UNTIL, { ...set(helper.id, 'SYSTEM_ADMIN', true), t: until(60_000) });
    for (const { id } of [helper, third]) {
      expect(await refusal(world, helper, SET, set(id, 'SYSTEM_ADMIN', true))).toBe('FORBIDDEN');
      const longer = { ...set(id, 'SYSTEM_ADMIN', true), t: until(60_001) };
      expect(await refusal(world, helper, SET_UNTIL, longer)).toBe('FORBIDDEN');
    }
    await must(world, helper, SET_UNTIL, { ...set(third.id, 'SYSTEM_ADMIN', true), t: until(60_000) });
    await must(world, helper, SET, set(third.id, 'SUSPENDED', true));
    await must(world, helper, SET, set(third.id, 'SYSTEM_ADMIN', false));
  });

  it('the history of a flag says until when it was to count, also where it was set anew', async () => {
    const { world } = fixture;
    const helper = aPerson(world);
    const [first, second] = [60_000, 90_000].map((ms) => new Date(world.clock.nowMs() + ms).toISOString());
    await must(world, root, SET_UNTIL, { ...set(helper.id, 'SUSPENDED', true), t: first });
    await must(world, root, SET_UNTIL, { ...set(helper.id, 'SUSPENDED', true), t: first });
    await must(world, root, SET_UNTIL, { ...set(helper.id, 'SUSPENDED', true), t: second });
    await must(world, root, SET, set(helper.id, 'SUSPENDED', false));
    const rows = await world
      .subgraph('access')
      .runtime.em(null)
      .execute('select kind, before, after from access_change where subject_id = ? order by seq', [helper.id]);
    const flag = (validUntil: string | undefined) => ({
      flag: 'SUSPENDED',
      origin: 'ADMINISTRATOR',
      validUntil,
    });
    expect(rows).toEqual([
      { kind: 'FLAG_SET', before: null, after: flag(first) },
      { kind: 'FLAG_SET', before: flag(first), after: flag(second) },
      { kind: 'FLAG_CLEARED', before: flag(second), after: null },
    ]);
  });

  it('who set a flag as an administrator and who tried to without being one is in the decision log', async () => {
    const { world, owner, bob, tenantId } = fixture;
    await must(world, root, SET, set(bob.id, 'SUSPENDED', false));
    expect(await refusal(world, owner, SET, set(bob.id, 'SUSPENDED', true))).toBe('FORBIDDEN');
    await world.settle();
    await settled(world);
    const logged = async ({ id }: { id: string }) =>
      world
        .subgraph('access')
        .runtime.em(tenantId)
        .execute(
          "select reason from decision_log where subject_id = ? and permission = 'access.flag.manage' order by seq desc limit 1",
          [id],
        );
    expect([await logged(root), await logged(owner)]).toEqual([[{ reason: 'SYSTEM_ADMIN' }], [{ reason: 'NO_GRANT' }]]);
  });

  it('administrators see who holds which flag, since when, until when, by whom and why', async () => {
    const { world, owner, bob } = fixture;
    const query = `query($f: MasterFlag) { masterFlagGrants(flag: $f, first: 100) {
      edges { node { user { id } flag validUntil grantedBy { id } reason createdAt } } } }`;
    interface Grants {
      masterFlagGrants: { edges: { node: { user: { id: string } } }[] };
    }
    const grants = async (f?: string) =>
      (await must<Grants>(world, root, query, { f })).masterFlagGrants.edges.map(({ node }) => node);
    const [soon, later] = [60_000, 90_000].map((ms) => new Date(world.clock.nowMs() + ms).toISOString());
    await must(world, root, SET_UNTIL, { ...set(bob.id, 'SUSPENDED', true, 'spam'), t: soon });
    world.clock.advance(1_000);
    await must(world, root, SET_UNTIL, { ...set(bob.id, 'SUSPENDED', true, 'more spam'), t: later });
    const createdAt = world.clock.now().toISOString();
    const told = { flag: 'SUSPENDED', validUntil: later, grantedBy: { id: root.id }, reason: 'more spam', createdAt };
    expect((await grants('SUSPENDED')).at(-1)).toEqual({ user: { id: bob.id }, ...told });
    expect((await grants('SYSTEM_ADMIN')).map(({ user }) => user.id)).toContain(root.id);
    const ofUser = `query($r: [_Any!]!) { _entities(representations: $r) { ... on User { masterFlagGrants {
      flag validUntil grantedBy { id } reason createdAt } } } }`;
    const r = [{ __typename: 'User', id: bob.id }];
    for (const viewer of [bob, root])
      expect(await must(world, viewer, ofUser, { r })).toEqual({ _entities: [{ masterFlagGrants: [told] }] });
    expect(await must(world, owner, ofUser, { r })).toEqual({ _entities: [{ masterFlagGrants: null }] });
    expect(await refusal(world, owner, query)).toBe('FORBIDDEN');
    world.clock.advance(90_000);
    expect((await grants()).map(({ user }) => user.id)).not.toContain(bob.id);
  });

  it('flags are seen by their user and by system administrators, and by nobody else', async () => {
    const { world, owner, bob } = fixture;
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { masterFlags } } }';
    const flags = (viewer: Parameters<typeof must>[1]) =>
      must(world, viewer, query, { r: [{ __typename: 'User', id: bob.id }] });
    expect(await flags(bob)).toEqual({ _entities: [{ masterFlags: [] }] });
    expect(await flags(root)).toEqual({ _entities: [{ masterFlags: [] }] });
    expect(await flags(owner)).toEqual({ _entities: [{ masterFlags: null }] });
    expect(await flags(anonymous)).toEqual({ _entities: [{ masterFlags: null }] });
  });
});
