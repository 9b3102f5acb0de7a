import fc from 'fast-check';
import { makeAuthorizer } from '../src/access/authorizer.ts';
import { allows, decide, decideEach } from '../src/access/decide.ts';
import { effectiveAccess, permissionsAt, scopesWhere } from '../src/access/list.ts';
import { judge, live, pathOf, type StoredAccess } from './access-oracle.ts';
import {
  binding,
  CODES,
  catalogue,
  code,
  compile,
  instant,
  override,
  question,
  REFS,
  runs,
  scopeRef,
  stored,
} from './stored-access.ts';

type Question = { permission: string; scope: (typeof REFS)[number] };
const asked = (from: StoredAccess, { permission, scope }: Question, now = from.now) =>
  decide(compile(from), permission, scope, now);
const liveOnly = (from: StoredAccess, now: number): StoredAccess => {
  const rows = <T extends { validFrom: number | null; validUntil: number | null }>(all: T[]) =>
    all.filter((row) => live(row, now)).map((row) => ({ ...row, validFrom: null, validUntil: null }));
  return { ...from, flags: rows(from.flags), bindings: rows(from.bindings), overrides: rows(from.overrides) };
};

describe('a decision', () => {
  it('is the naive oracle’s, with the same reason and the same row, at any instant', () => {
    fc.assert(
      fc.property(stored, question, instant, (from, { permission, scope }, now) => {
        const set = compile(from);
        const decision = decide(set, permission, scope, now);
        expect(decision).toEqual({ ...judge(from, permission, scope, now), permission, scope, version: '4.3.2.1' });
        expect(allows(set, permission, scope, now)).toBe(decision.allowed);
      }),
      runs,
    );
  });

  it('L1: is never turned from ALLOW into DENY by one more binding or ALLOW', () => {
    fc.assert(
      fc.property(stored, question, binding, override, (from, asking, more, allow) => {
        const before = asked(from, asking).allowed;
        const bound = { ...from, bindings: [...from.bindings, more] };
        const allowed = { ...from, overrides: [...from.overrides, { ...allow, effect: 'ALLOW' as const }] };
        if (before) expect([asked(bound, asking).allowed, asked(allowed, asking).allowed]).toEqual([true, true]);
      }),
      runs,
    );
  });

  it('L2: is never turned from DENY into ALLOW by one more DENY or a suspension', () => {
    fc.assert(
      fc.property(stored, question, override, (from, asking, more) => {
        const before = asked(from, asking).allowed;
        const suspension = {
          flag: 'SUSPENDED' as const,
          level: 'PLATFORM' as const,
          validFrom: null,
          validUntil: null,
        };
        const denied = { ...from, overrides: [...from.overrides, { ...more, effect: 'DENY' as const }] };
        const suspended = { ...from, flags: [...from.flags, suspension] };
        if (!before) expect(asked(denied, asking).allowed).toBe(false);
        expect(asked(suspended, asking).allowed).toBe(false);
      }),
      runs,
    );
  });

  it('L3: does not depend on the order or the repetition of rows', () => {
    const shuffles = stored.chain((from) =>
      fc.record({
        from: fc.constant(from),
        shuffled: fc.record({
          bindings: fc.shuffledSubarray([...from.bindings, ...from.bindings], { minLength: from.bindings.length * 2 }),
          overrides: fc.shuffledSubarray([...from.overrides, ...from.overrides], {
            minLength: from.overrides.length * 2,
          }),
          roles: fc.shuffledSubarray(from.roles, { minLength: from.roles.length }),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffles, question, ({ from, shuffled }, asking) => {
        expect(asked({ ...from, ...shuffled }, asking)).toEqual(asked(from, asking));
      }),
      runs,
    );
  });

  it('L4: is DENY where nothing was granted', () => {
    fc.assert(
      fc.property(stored, question, (from, asking) => {
        const ungranted = from.overrides.filter((row) => row.effect === 'DENY');
        const bare = {
          ...from,
          flags: from.flags.filter((row) => row.flag !== 'SYSTEM_ADMIN'),
          bindings: [],
          overrides: ungranted,
        };
        expect(asked(bare, asking).allowed).toBe(false);
      }),
      runs,
    );
  });

  it('L5: holds at every descendant of the scope unless a DENY lies on the descendant’s path', () => {
    fc.assert(
      fc.property(stored, code, scopeRef, (from, permission, scope) => {
        const set = compile(from);
        if (!decide(set, permission, scope, from.now).allowed) return;
        const below = REFS.filter((ref) => pathOf(from, ref.id).includes(scope.id));
        for (const ref of below) {
          const decision = decide(set, permission, ref, from.now);
          expect(decision.allowed || decision.reason === 'OVERRIDE_DENY').toBe(true);
        }
      }),
      runs,
    );
  });

  it('L6: is untouched by another tenant with the same ids', () => {
    fc.assert(
      fc.property(stored, stored, question, (from, other, { permission, scope }) => {
        const mine = compile(from);
        const before = decide(mine, permission, scope, from.now);
        const theirs = compile({
          ...other,
          scopes: other.scopes.map((row) =>
            row.type === 'TENANT'
              ? { ...row, id: 'b' }
              : { ...row, parentId: row.parentId === 'tenant' ? 'b' : row.parentId },
          ),
        });
        decide(theirs, permission, scope, from.now);
        expect(decide(mine, permission, scope, from.now)).toEqual(before);
        expect(decide(compile(from), permission, scope, from.now)).toEqual(before);
        expect(before).toMatchObject(judge(from, permission, scope));
        expect(decide(theirs, permission, REFS[0]!, from.now).reason).toBe('UNKNOWN');
      }),
      runs,
    );
  });

  it('L7: at an instant is the decision over the rows live then, and stays it for the whole span of the set', () => {
    fc.assert(
      fc.property(stored, question, instant, (from, asking, now) => {
        expect(asked(from, asking, now)).toEqual(asked(liveOnly(from, now), asking, now));
        const { validFromMs, validUntilMs } = compile(from);
        if (validFromMs <= now && now < validUntilMs) expect(asked(from, asking, now)).toEqual(asked(from, asking));
      }),
      runs,
    );
  });

  it('L8: of a batch is the single one, in any order and repeated', () => {
    fc.assert(
      fc.property(stored, fc.array(question, { maxLength: 10 }), (from, asking) => {
        const twice = [...asking, ...asking.toReversed()];
        const set = compile(from);
        expect(decideEach(set, twice, from.now)).toEqual(
          twice.map((one) => decide(set, one.permission, one.scope, from.now)),
        );
      }),
      runs,
    );
  });

  it('L9: agrees with every list of objects, of permissions at a scope and of all access', () => {
    fc.assert(
      fc.property(stored, code, instant, (from, permission, now) => {
        const set = compile(from);
        const held = REFS.filter((ref) => judge(from, permission, ref, now).allowed);
        const { scopeIds, everything } = scopesWhere(set, permission, now);
        expect(scopeIds.toSorted()).toEqual(held.map((ref) => ref.id).toSorted());
        expect(everything).toBe(held.length === REFS.length);
        const codesAt = (scope: Question['scope']) => CODES.filter((each) => judge(from, each, scope, now).allowed);
        for (const scope of REFS) expect(permissionsAt(set, scope, now)).toEqual(codesAt(scope));
        const expected = REFS.map((scope) => ({ scope, permissions: codesAt(scope) })).filter(
          (each) => each.permissions.length > 0,
        );
        expect(effectiveAccess(set, now).toSorted((a, b) => (a.scope.id < b.scope.id ? -1 : 1))).toEqual(
          expected.toSorted((a, b) => (a.scope.id < b.scope.id ? -1 : 1)),
        );
      }),
      { numRuns: Math.ceil(runs.numRuns / 5) },
    );
  });

  it('L10: changes, or names another row, when the row it names is removed', () => {
    fc.assert(
      fc.property(stored, question, (from, asking) => {
        const before = asked(from, asking);
        if (before.bindingId === null && before.overrideId === null) return;
        const after = asked(
          {
            ...from,
            bindings: from.bindings.filter((row) => row.id !== before.bindingId),
            overrides: from.overrides.filter((row) => row.id !== before.overrideId),
          },
          asking,
        );
        expect(after).not.toEqual(before);
      }),
      runs,
    );
  });

  it('holds until an instant where every decision up to it allows', () => {
    fc.assert(
      fc.property(stored, code, scopeRef, instant, (from, permission, scope, until) => {
        const authorizer = makeAuthorizer('someone', compile(from), from.now, () => undefined);
        const each = Array.from({ length: Math.max(1, until - from.now) }, (_, n) => from.now + n);
        const held = each.every((now) => judge(from, permission, scope, now).allowed);
        expect(authorizer.holdsUntil(permission, scope, until)).toBe(held);
        const forGood = judge(from, permission, scope, 2_000).allowed === true;
        expect(authorizer.holdsUntil(permission, scope, Infinity)).toBe(
          forGood && authorizer.holdsUntil(permission, scope, 2_000),
        );
      }),
      runs,
    );
  });

  it('knows nothing of a permission the catalogue lacks, for a system administrator either', () => {
    const flags: StoredAccess['flags'] = [
      { flag: 'SYSTEM_ADMIN', level: 'PLATFORM', validFrom: null, validUntil: null },
    ];
    const [from] = fc.sample(stored, 1);
    const admin = compile({ ...from!, flags });
    expect(catalogue.bits.has('test.noun.gone')).toBe(false);
    expect(decide(admin, 'test.noun.gone', REFS[0]!, 0)).toMatchObject({ allowed: false, reason: 'UNKNOWN' });
    expect(decide(admin, CODES[0]!, { type: 'TEAM', id: 'c1' }, 0)).toMatchObject({
      allowed: false,
      reason: 'UNKNOWN',
    });
    expect(decide(admin, CODES[0]!, { type: 'COMMUNITY', id: 'c1' }, 0)).toMatchObject({
      allowed: true,
      reason: 'SYSTEM_ADMIN',
    });
  });
});
