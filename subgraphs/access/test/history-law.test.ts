import { uuidv7 } from '@polity/kernel/ids';
import fc from 'fast-check';
import { DecisionRecord } from '../src/domain/check/decision.entity.ts';
import { replay } from '../src/domain/check/replay.ts';
import type { Ports } from '../src/ports.ts';
import { type AccessFixture, aPerson, asService, give, must, registerScope, startFixture } from './factories.ts';

const CODES = ['shop.order.place', 'shop.order.cancel', 'shop.price.set'];
const SECOND = 1_000;

interface Span {
  from: number | null;
  until: number | null;
}
interface Grant extends Span {
  id: string;
  user: string;
  role: string;
  scope: string;
}
interface Override extends Span {
  id: string;
  user: string;
  code: string;
  scope: string;
  effect: string;
}

/** The rules of `docs/access.md` as a plain loop over plain rows, with nothing of the product in it. */
function oracle() {
  const state = {
    parents: new Map<string, string | null>(),
    roles: new Map<string, string[]>(),
    grants: [] as Grant[],
    overrides: [] as Override[],
    suspended: new Map<string, number | null>(),
    closedAccounts: new Set<string>(),
  };
  const live = ({ from, until }: Span, now: number) =>
    (from === null || from <= now) && (until === null || now < until);
  function decide(user: string, code: string, scope: string, now: number): string {
    if (!CODES.includes(code) || !state.parents.has(scope)) return 'UNKNOWN';
    if (state.closedAccounts.has(user)) return 'SUSPENDED';
    if (live({ from: null, until: state.suspended.get(user) ?? null }, now) && state.suspended.has(user))
      return 'SUSPENDED';
    const path: string[] = [];
    for (let at: string | null | undefined = scope; at; at = state.parents.get(at)) path.push(at);
    const overrides = state.overrides.filter(
      (row) => row.user === user && row.code === code && path.includes(row.scope) && live(row, now),
    );
    if (overrides.some((row) => row.effect === 'DENY')) return 'OVERRIDE_DENY';
    if (overrides.length > 0) return 'OVERRIDE_ALLOW';
    const grants = state.grants.filter((row) => row.user === user && path.includes(row.scope) && live(row, now));
    return grants.some((row) => state.roles.get(row.role)?.includes(code)) ? 'ROLE' : 'NO_GRANT';
  }
  return { state, decide };
}

const step = fc.record({
  act: fc.constantFrom(
    'bind',
    'bind',
    'unbind',
    'override',
    'override',
    'unset',
    'suspend',
    'reinstate',
    'account',
    'move',
    'edit',
    'leave',
    'wait',
  ),
  user: fc.nat(1),
  role: fc.nat(2),
  scope: fc.nat(4),
  code: fc.nat(2),
  deny: fc.boolean(),
  codes: fc.subarray(CODES),
  from: fc.option(fc.integer({ min: -2, max: 3 }), { freq: 2 }),
  span: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

describe('after every step of a random history the service decides as the rules say', () => {
  let fixture: AccessFixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(() => fixture.world.close());

  async function start() {
    const { world, tenantId } = fixture;
    const { state, decide } = oracle();
    const users = [aPerson(world), aPerson(world)];
    for (const { id } of users) await give(world, id, 'tenant.member', 'TENANT', tenantId);
    const [a, b, team, other] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const scopes = [
      { type: 'TENANT', id: tenantId },
      { type: 'COMMUNITY', id: a },
      { type: 'COMMUNITY', id: b },
      { type: 'TEAM', id: team },
      { type: 'TEAM', id: other },
    ];
    const parents: [string, string | null][] = [
      [tenantId, null],
      [a, tenantId],
      [b, tenantId],
      [team, a],
      [other, b],
    ];
    for (const [index, [id, parent]] of parents.entries()) {
      if (index > 0) await registerScope(world, scopes[index]?.type as string, id, parent);
      state.parents.set(id, parent);
    }
    const roles: Record<string, { id: string; key: string }> = {};
    for (const type of ['TENANT', 'COMMUNITY', 'TEAM']) {
      const input = {
        key: `law.r${uuidv7().slice(-12)}`,
        name: 'Role',
        scopeType: type,
        permissions: ['shop.order.place'],
      };
      const { createRole } = await must<{ createRole: { id: string; key: string } }>(
        world,
        fixture.owner,
        'mutation($i: CreateRoleInput!) { createRole(input: $i) { id key } }',
        { i: input },
      );
      roles[type] = createRole;
      state.roles.set(createRole.key, ['shop.order.place']);
    }
    const root = { ...aPerson(world), authTime: Math.floor(world.clock.nowMs() / 1000) + 600 };
    await must(
      world,
      asService,
      'mutation($u: ID!) { _setMasterFlag(userId: $u, flag: SYSTEM_ADMIN, value: true, reason: "law") }',
      { u: root.id },
    );
    return { state, decide, users, root, scopes, roles, world };
  }

  type Started = Awaited<ReturnType<typeof start>>;

  const acts: Record<string, (started: Started, step: Step, span: Span) => Promise<void>> = {
    async bind({ state, users, scopes, roles, world }, { user, scope }, span) {
      const place = scopes[scope]!;
      const role = roles[place.type]!.key;
      const input = { userId: users[user]!.id, roleKey: role, scope: place, ...asInput(span) };
      const { bindRole } = await must<{ bindRole: { id: string } }>(
        world,
        fixture.owner,
        'mutation($i: BindRoleInput!) { bindRole(input: $i) { id } }',
        { i: input },
      );
      state.grants = state.grants.filter((row) => row.id !== bindRole.id);
      state.grants.push({ id: bindRole.id, user: users[user]!.id, role, scope: place.id, ...span });
    },
    async unbind({ state, world }, { role }) {
      const grant = state.grants[role % Math.max(1, state.grants.length)];
      if (!grant) return;
      await must(world, fixture.owner, 'mutation($id: ID!) { unbindRole(id: $id) { id } }', { id: grant.id });
      state.grants = state.grants.filter((row) => row !== grant);
    },
    async override({ state, users, scopes, world }, { user, scope, code, deny }, span) {
      const [place, permission, effect] = [scopes[scope]!, CODES[code] as string, deny ? 'DENY' : 'ALLOW'];
      const input = { userId: users[user]!.id, permission, scope: place, effect, reason: 'law', ...asInput(span) };
      const { setPolicyOverride } = await must<{ setPolicyOverride: { id: string } }>(
        world,
        fixture.owner,
        'mutation($i: PolicyOverrideInput!) { setPolicyOverride(input: $i) { id } }',
        { i: input },
      );
      const { id } = setPolicyOverride;
      state.overrides = state.overrides.filter((row) => row.id !== id);
      state.overrides.push({ id, user: users[user]!.id, code: permission, scope: place.id, effect, ...span });
    },
    async unset({ state, world }, { role }) {
      const override = state.overrides[role % Math.max(1, state.overrides.length)];
      if (!override) return;
      await must(world, fixture.owner, 'mutation($id: ID!) { removePolicyOverride(id: $id) { id } }', {
        id: override.id,
      });
      state.overrides = state.overrides.filter((row) => row !== override);
    },
    suspend: (started, { user }, { until }) => flag(started, user, true, until),
    reinstate: (started, { user }) => flag(started, user, false, null),
    async account({ state, users, world }, { user, deny }) {
      const { id } = users[user]!;
      const query =
        'mutation($u: ID!, $v: Boolean!) { _setMasterFlag(userId: $u, flag: SUSPENDED, value: $v, reason: "law") }';
      await must(world, asService, query, { u: id, v: deny });
      if (deny) state.closedAccounts.add(id);
      else state.closedAccounts.delete(id);
    },
    async move({ state, scopes, world }, { scope, deny }) {
      const place = scopes[3 + (scope % 2)]!;
      const parent = scopes[deny ? 1 : 2]!;
      await registerScope(world, 'TEAM', place.id, parent.id);
      state.parents.set(place.id, parent.id);
    },
    async edit({ state, roles, world }, { role, codes }) {
      const { id, key } = Object.values(roles)[role]!;
      await must(
        world,
        fixture.owner,
        'mutation($id: ID!, $i: UpdateRoleInput!) { updateRole(id: $id, input: $i) { id } }',
        { id, i: { permissions: codes } },
      );
      state.roles.set(key, codes);
    },
    async leave({ state, users, scopes, world }, { user, scope }) {
      const place = scopes[1 + (scope % 4)]!;
      const userId = users[user]!.id;
      await must(
        world,
        asService,
        'mutation($u: ID!, $s: ScopeInput!) { _unbindRoles(userId: $u, scope: $s, below: true) }',
        { u: userId, s: place },
      );
      const lies = (id: string) => id === place.id || state.parents.get(id) === place.id;
      state.grants = state.grants.filter((row) => row.user !== userId || !lies(row.scope));
      state.overrides = state.overrides.filter(
        (row) => row.user !== userId || row.effect === 'DENY' || !lies(row.scope),
      );
    },
    wait: async ({ world }) => world.clock.advance(SECOND),
  };

  async function flag({ state, users, root, world }: Started, user: number, value: boolean, until: number | null) {
    const { id } = users[user]!;
    const variables = { u: id, v: value, t: until === null ? null : new Date(until).toISOString() };
    await must(
      world,
      root,
      'mutation($u: ID!, $v: Boolean!, $t: DateTime) { setMasterFlag(userId: $u, flag: SUSPENDED, value: $v, reason: "law", validUntil: $t) { id } }',
      variables,
    );
    if (value) state.suspended.set(id, until);
    else state.suspended.delete(id);
  }

  const asInput = ({ from, until }: Span) => ({
    ...(from !== null && { validFrom: new Date(from).toISOString() }),
    ...(until !== null && { validUntil: new Date(until).toISOString() }),
  });

  function spanOf({ from, span }: Step, now: number): Span {
    const start = from === null ? null : now + from * SECOND;
    return { from: start, until: span === null ? null : Math.max(start ?? now, now) + span * SECOND };
  }

  async function answersOf({ users, scopes, world, decide }: Started) {
    const checks = scopes.flatMap((scope) => CODES.map((permission) => ({ permission, scope })));
    const query = 'query($u: ID!, $c: [AccessCheckInput!]!) { checkAccess(userId: $u, checks: $c) { allowed reason } }';
    const now = world.clock.nowMs();
    const wanted: string[] = [];
    const given: string[] = [];
    for (const { id } of users) {
      const { checkAccess } = await must<{ checkAccess: { allowed: boolean; reason: string }[] }>(
        world,
        fixture.owner,
        query,
        { u: id, c: checks },
      );
      given.push(...checkAccess.map(({ reason }) => reason));
      wanted.push(...checks.map(({ permission, scope }) => decide(id, permission, scope.id, now)));
    }
    return { given, wanted };
  }

  /** What was logged along the way is decided once more, each from the versions of its own moment. */
  async function everyReplay({ users, world }: Started): Promise<void> {
    const { runtime } = world.subgraph('access');
    const entries = await runtime
      .em(fixture.tenantId)
      .find(DecisionRecord, { subjectId: { $in: users.map(({ id }) => id) } });
    expect(entries.length).toBeGreaterThan(10);
    for (const entry of entries.filter((_, index) => index % 7 === 0)) {
      const again = await replay({ em: runtime.em(fixture.tenantId), platform: runtime.em(null) }, entry);
      const row = again.bindingId ?? again.overrideId;
      expect({ reason: again.reason, row }).toEqual({ reason: entry.reason, row: entry.rowId ?? null });
    }
  }

  it('its log says what it answered, and every logged decision can be replayed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
        const started = await start();
        for (const each of steps) {
          await acts[each.act]?.(started, each, spanOf(each, started.world.clock.nowMs()));
          const { given, wanted } = await answersOf(started);
          expect(given).toEqual(wanted);
        }
        const log = (started.world.subgraph('access').ports as Ports).decisions;
        await log.flush();
        const em = started.world.subgraph('access').runtime.em(fixture.tenantId);
        const since = `select reason from decision_log where subject_id = any(?::text[]) and not allowed order by seq desc limit ?`;
        const { given } = await answersOf(started);
        await log.flush();
        const denials = given.filter((reason) => !['ROLE', 'OVERRIDE_ALLOW'].includes(reason));
        const ids = `{${started.users.map(({ id }) => id).join(',')}}`;
        const logged = await em.execute<{ reason: string }[]>(since, [ids, denials.length]);
        expect(logged.map(({ reason }) => reason).reverse()).toEqual(denials);
        expect(log.dropped).toBe(0);
        await everyReplay(started);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
