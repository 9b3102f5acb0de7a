import { uuidv7 } from '@polity/kernel/ids';
import { type AccessFixture, anonymous, aPerson, can, give, must, refusal, startFixture } from './factories.ts';

const SET = `mutation($i: PolicyOverrideInput!) {
  setPolicyOverride(input: $i) { id effect reason permission { code description } user { id } grantedBy { id } } }`;
const REMOVE = 'mutation($id: ID!) { removePolicyOverride(id: $id) { id effect permission { code } user { id } } }';
interface SetAnswer {
  setPolicyOverride: { id: string; effect: string };
}

describe('policy overrides', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
    await give(fixture.world, fixture.bob.id, 'shop.buyer', 'COMMUNITY', fixture.communityId);
  });
  afterAll(() => fixture.world.close());

  const override = (more: object = {}) => ({
    i: {
      userId: fixture.bob.id,
      permission: 'shop.order.place',
      scope: { type: 'COMMUNITY', id: fixture.communityId },
      effect: 'DENY',
      reason: 'debts',
      ...more,
    },
  });
  const place = async (type = 'TEAM', id = fixture.teamId) =>
    (await can(fixture.world, fixture.bob, 'shop.order.place', type, id)).reason;

  it('a denial beats the role everywhere below its scope, until it is removed', async () => {
    const { world, owner, bob } = fixture;
    expect(await place()).toBe('ROLE');
    const answer = await must<SetAnswer>(world, owner, SET, override());
    expect(answer.setPolicyOverride).toMatchObject({
      effect: 'DENY',
      reason: 'debts',
      permission: { code: 'shop.order.place', description: 'Place orders.' },
      user: { id: bob.id },
      grantedBy: { id: owner.id },
    });
    expect(await place()).toBe('OVERRIDE_DENY');
    const explain = `query($s: ScopeInput!) { can(permission: "shop.order.place", scope: $s) { role { key } override { id reason } scope { __typename } } }`;
    expect(await must(world, bob, explain, { s: { type: 'TEAM', id: fixture.teamId } })).toEqual({
      can: {
        role: null,
        override: { id: answer.setPolicyOverride.id, reason: 'debts' },
        scope: { __typename: 'Team' },
      },
    });
    expect(await must(world, owner, REMOVE, { id: answer.setPolicyOverride.id })).toEqual({
      removePolicyOverride: {
        id: answer.setPolicyOverride.id,
        effect: 'DENY',
        permission: { code: 'shop.order.place' },
        user: { id: fixture.bob.id },
      },
    });
    expect(await place()).toBe('ROLE');
    expect(await refusal(world, owner, REMOVE, { id: answer.setPolicyOverride.id })).toBe('NOT_FOUND');
  });

  it('the only owner of a scope is denied nothing there, for nobody could give it back', async () => {
    const { world, owner } = fixture;
    const scope = { type: 'TENANT', id: fixture.tenantId };
    const onOwner = override({ userId: owner.id, scope, permission: 'access.override.manage' });
    expect(await refusal(world, owner, SET, onOwner)).toBe('LAST_OWNER');
    const second = aPerson(world);
    await give(world, second.id, 'tenant.owner', 'TENANT', fixture.tenantId);
    const { setPolicyOverride } = await must<SetAnswer>(world, second, SET, onOwner);
    await must(world, second, REMOVE, { id: setPolicyOverride.id });
  });

  it('an allowance grants without a role, a denial above it wins, and setting again replaces', async () => {
    const { world, owner } = fixture;
    const cancel = { permission: 'shop.order.cancel', scope: { type: 'TEAM', id: fixture.teamId }, effect: 'ALLOW' };
    const reason = async () => (await can(world, fixture.bob, 'shop.order.cancel', 'TEAM', fixture.teamId)).reason;
    const first = await must<SetAnswer>(world, owner, SET, override(cancel));
    expect(await reason()).toBe('OVERRIDE_ALLOW');
    const above = await must<SetAnswer>(world, owner, SET, override({ permission: 'shop.order.cancel' }));
    expect(await reason()).toBe('OVERRIDE_DENY');
    const again = await must<SetAnswer>(
      world,
      owner,
      SET,
      override({ permission: 'shop.order.cancel', effect: 'ALLOW' }),
    );
    expect(again.setPolicyOverride.id).toBe(above.setPolicyOverride.id);
    expect(await reason()).toBe('OVERRIDE_ALLOW');
    for (const { setPolicyOverride } of [first, above]) await must(world, owner, REMOVE, { id: setPolicyOverride.id });
    expect(await reason()).toBe('NO_GRANT');
  });

  it('twenty settings at once leave one override', async () => {
    const { world, owner } = fixture;
    const answers = await Promise.all(Array.from({ length: 20 }, () => must<SetAnswer>(world, owner, SET, override())));
    expect(new Set(answers.map(({ setPolicyOverride }) => setPolicyOverride.id)).size).toBe(1);
    await must(world, owner, REMOVE, { id: answers[0]?.setPolicyOverride.id });
  });

  it('an override for a time ends by itself', async () => {
    const { world, owner } = fixture;
    const validUntil = new Date(world.clock.nowMs() + 60_000).toISOString();
    const { setPolicyOverride } = await must<SetAnswer>(world, owner, SET, override({ validUntil }));
    expect(await place()).toBe('OVERRIDE_DENY');
    world.clock.advance(60_000);
    expect(await place()).toBe('ROLE');
    await must(world, owner, REMOVE, { id: setPolicyOverride.id });
  });

  it('leaving takes allowances along and leaves denials', async () => {
    const { world, owner } = fixture;
    const person = aPerson(world);
    await give(world, person.id, 'tenant.member', 'TENANT', fixture.tenantId);
    const both = [
      { userId: person.id, permission: 'shop.order.cancel', effect: 'ALLOW' },
      { userId: person.id, permission: 'shop.order.place', effect: 'DENY' },
    ];
    for (const more of both) await must(world, owner, SET, override(more));
    const leave = 'mutation($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s, below: true) }';
    await world
      .services(fixture.tenantId)
      .call('access', leave, { u: person.id, s: { type: 'TENANT', id: fixture.tenantId } });
    const list = 'query($u: ID) { policyOverrides(userId: $u) { edges { node { effect } } } }';
    expect(await must(world, owner, list, { u: person.id })).toEqual({
      policyOverrides: { edges: [{ node: { effect: 'DENY' } }] },
    });
  });

  it('unknown permissions, empty reasons, strangers and missing scopes are refused', async () => {
    const { world, owner } = fixture;
    const refused = async (more: object) => refusal(world, owner, SET, override(more));
    expect(await refused({ permission: 'shop.order.eat' })).toBe('VALIDATION_ERROR');
    expect(await refused({ reason: ' ' })).toBe('VALIDATION_ERROR');
    expect(await refused({ userId: uuidv7() })).toBe('NOT_FOUND');
    expect(await refused({ scope: { type: 'TEAM', id: uuidv7() } })).toBe('FORBIDDEN');
    expect(await refused({ permission: 'access.flag.manage' })).toBe('FORBIDDEN');
  });

  it('who may not manage overrides here can neither set, list nor find them', async () => {
    const { world, owner, bob } = fixture;
    expect(await refusal(world, bob, SET, override())).toBe('FORBIDDEN');
    expect(await refusal(world, anonymous, SET, override())).toBe('UNAUTHENTICATED');
    const { setPolicyOverride } = await must<SetAnswer>(world, owner, SET, override());
    expect(await refusal(world, bob, REMOVE, { id: setPolicyOverride.id })).toBe('NOT_FOUND');
    expect(await refusal(world, bob, '{ policyOverrides { edges { cursor } } }')).toBe('FORBIDDEN');
    const entity = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on PolicyOverride { effect } } }';
    const r = [{ __typename: 'PolicyOverride', id: setPolicyOverride.id }];
    expect(await must(world, bob, entity, { r })).toEqual({ _entities: [{ effect: 'DENY' }] });
    expect(await must(world, aPerson(world), entity, { r })).toEqual({ _entities: [null] });
  });
});
