import { decide } from '../src/access/decide.ts';
import { effectiveAccess, scopesWhere } from '../src/access/list.ts';
import { compileAccessSet, emptyAccessSet, StaleScopeTree } from '../src/access/set.ts';
import { covers, formatStamp, maxStamp, parseStamp, stampKeys, zeroStamp } from '../src/access/stamp.ts';
import {
  ARCHIVED,
  compileScopeTree,
  noScopes,
  OPEN,
  readScopeTree,
  type ScopeRow,
  scopeIndex,
  scopePath,
  writeScopeTree,
} from '../src/access/tree.ts';
import { uuidv7 } from '../src/ids.ts';
import type { StoredAccess } from './access-oracle.ts';
import { CODES, catalogue, compile, wireOf } from './stored-access.ts';

const always = { validFrom: null, validUntil: null };
const ROWS: ScopeRow[] = [
  { id: 'team', type: 'TEAM', parentId: 'community' },
  { id: 'community', type: 'COMMUNITY', parentId: 'tenant' },
  { id: 'tenant', type: 'TENANT', parentId: null },
  { id: 'empty', type: 'COMMUNITY', parentId: 'tenant' },
];
const base: StoredAccess = { now: 100, codes: CODES, scopes: ROWS, roles: [], flags: [], bindings: [], overrides: [] };
// wireOf takes the tenant from the first scope.
const rows = (change: Partial<StoredAccess> = {}) => wireOf({ ...base, scopes: [ROWS[2]!], ...change });
const tree = compileScopeTree(ROWS, 5);
const TEAM = { type: 'TEAM', id: 'team' } as const;

describe('the scope tree', () => {
  it('gives the path from a scope up to its tenant, and none for an unknown or wrongly typed scope', () => {
    expect(scopePath(tree, TEAM).map((ref) => ref.id)).toEqual(['team', 'community', 'tenant']);
    expect(scopePath(tree, { type: 'COMMUNITY', id: 'team' })).toEqual([]);
    expect(scopeIndex(tree, { type: 'TEAM', id: 'nowhere' })).toBe(-1);
  });

  it('comes back from its JSON the same, however its rows were ordered', () => {
    const json = JSON.stringify(writeScopeTree(tree));
    expect(json).toBe('{"tenant":"tenant","version":5,"communities":[["community","team"],["empty"]],"states":"00"}');
    expect(readScopeTree(JSON.parse(json))).toEqual(tree);
    expect(compileScopeTree(ROWS.toReversed(), 5)).toEqual(tree);
  });

  it('knows of each community whether it is open and archived, and takes it for hidden and archived where nothing is said', () => {
    const stated = ROWS.map((row) => (row.id === 'community' ? { ...row, isOpen: true, isArchived: true } : row));
    const known = compileScopeTree(stated, 5);
    const stateOf = (of: typeof known, type: ScopeRow['type'], id: string) => of.states[scopeIndex(of, { type, id })];
    expect(stateOf(known, 'TENANT', 'tenant')).toBe(OPEN);
    expect(stateOf(known, 'COMMUNITY', 'community')).toBe(OPEN | ARCHIVED);
    expect(stateOf(known, 'TEAM', 'team')).toBe(OPEN | ARCHIVED);
    expect(stateOf(known, 'COMMUNITY', 'empty')).toBe(0);
    const { states: _, ...silent } = writeScopeTree(known);
    expect(readScopeTree(writeScopeTree(known))).toEqual(known);
    expect(stateOf(readScopeTree(silent), 'TEAM', 'team')).toBe(ARCHIVED);
    expect(stateOf(readScopeTree(silent), 'TENANT', 'tenant')).toBe(OPEN);
  });

  it('refuses two tenants, a repeated id, a lost parent and a parent of the wrong type', () => {
    const [team, community, tenant] = ROWS as [ScopeRow, ScopeRow, ScopeRow];
    expect(() => compileScopeTree([tenant, { ...tenant, id: 'other' }], 1)).toThrow('one tenant');
    expect(() => compileScopeTree([], 1)).toThrow('one tenant');
    expect(() => compileScopeTree([tenant, community, community], 1)).toThrow('comes twice');
    expect(() => compileScopeTree([tenant, team], 1)).toThrow('no parent of type COMMUNITY');
    expect(() => compileScopeTree([tenant, { ...team, parentId: 'tenant' }], 1)).toThrow('no parent of type COMMUNITY');
    expect(() => compileScopeTree([tenant, { ...community, parentId: null }], 1)).toThrow('no parent of type TENANT');
  });
});

describe('an access set', () => {
  it('is the wire rows compiled: nothing is lost through JSON', () => {
    const binding = { id: 'b1', roleId: 'r', scopeId: 'community', ...always };
    const wire = rows({ roles: [{ id: 'r', permissions: [CODES[0]!] }], bindings: [binding] });
    const set = compileAccessSet(wire, catalogue, tree, 100);
    expect(decide(set, CODES[0]!, TEAM, 100)).toEqual({
      allowed: true,
      reason: 'ROLE',
      permission: CODES[0],
      scope: TEAM,
      roleId: 'r',
      bindingId: 'b1',
      overrideId: null,
      version: '4.3.5.1',
    });
  });

  it('knows the nearest instants before and after its compilation at which a row starts or ends', () => {
    const flags: StoredAccess['flags'] = [{ flag: 'SYSTEM_ADMIN', level: 'PLATFORM', validFrom: 50, validUntil: 150 }];
    const overrides: StoredAccess['overrides'] = [
      { id: 'o', permission: CODES[0]!, scopeId: 'team', effect: 'DENY', validFrom: 60, validUntil: 140 },
    ];
    expect(compileAccessSet(rows({ flags, overrides }), catalogue, tree, 100)).toMatchObject({
      validFromMs: 60,
      validUntilMs: 140,
    });
    expect(compileAccessSet(rows({ flags, overrides }), catalogue, tree, 140)).toMatchObject({
      validFromMs: 140,
      validUntilMs: 150,
    });
    expect(compileAccessSet(rows(), catalogue, tree, 100)).toMatchObject({
      validFromMs: -Infinity,
      validUntilMs: Infinity,
    });
  });

  it('leaves out rows at scopes that are gone, and refuses a binding without its role', () => {
    const binding = { id: 'b1', roleId: 'r', scopeId: 'gone', ...always };
    const wire = rows({ roles: [{ id: 'r', permissions: CODES }], bindings: [binding] });
    expect(effectiveAccess(compileAccessSet(wire, catalogue, tree, 0), 0)).toEqual([]);
    expect(() => compileAccessSet({ ...wire, roles: [] }, catalogue, tree, 0)).toThrow('names a role');
  });

  it('refuses a bound that is no time, since a DENY must not lapse by accident', () => {
    const wire = rows({ overrides: [{ id: 'o', permission: CODES[0]!, scopeId: 'team', effect: 'DENY', ...always }] });
    const broken = { ...wire, overrides: [{ ...wire.overrides[0]!, validUntil: Number.NaN }] };
    expect(() => compileAccessSet(broken, catalogue, tree, 0)).toThrow('not a time');
  });

  it('refuses the tree of another tenant and one older than its stamp', () => {
    expect(() => compileAccessSet({ ...rows(), tenantId: 'other' }, catalogue, tree, 0)).toThrow('different tenants');
    expect(() => compileAccessSet({ ...rows(), stamp: '1.1.6.1' }, catalogue, tree, 0)).toThrow(StaleScopeTree);
  });

  it('of nobody grants nothing, with a tenant or without', () => {
    const nobody = emptyAccessSet(catalogue, tree);
    expect(nobody).toMatchObject({ subjectId: null, stamp: '0.0.5.0' });
    expect(decide(nobody, CODES[0]!, TEAM, 0)).toMatchObject({ allowed: false, reason: 'NO_GRANT' });
    const homeless = emptyAccessSet(catalogue, noScopes);
    expect(decide(homeless, CODES[0]!, TEAM, 0)).toMatchObject({ allowed: false, reason: 'UNKNOWN' });
    expect(scopesWhere(homeless, CODES[0]!, 0)).toEqual({ everything: false, scopeIds: [] });
  });

  it('finds every scope of a tenant with thousands of them', () => {
    const many: ScopeRow[] = Array.from({ length: 3000 }, (_, n) => ({
      id: `c${n}`,
      type: 'COMMUNITY',
      parentId: 'tenant',
    }));
    const mine = many.filter((_, n) => n % 3 === 0);
    const bindings = mine.map(({ id }, n) => ({
      id: `b${n}`,
      roleId: 'r',
      scopeId: id,
      validFrom: null,
      validUntil: n % 2 ? 200 : null,
    }));
    const set = compile({
      ...base,
      scopes: [ROWS[2]!, ...many],
      roles: [{ id: 'r', permissions: [CODES[39]!] }],
      bindings,
    });
    const held = (now: number) =>
      many.filter(({ id }) => decide(set, CODES[39]!, { type: 'COMMUNITY', id }, now).allowed);
    expect(held(100)).toEqual(mine);
    expect(held(200)).toEqual(mine.filter((_, n) => n % 2 === 0));
  });
});

describe('a stamp', () => {
  const a = { subject: 3, roles: 1, tree: 2, platform: 0 };
  const b = { subject: 1, roles: 4, tree: 2, platform: 0 };

  it('reads back from its text', () => {
    expect(parseStamp(formatStamp(a))).toEqual(a);
    expect(formatStamp(zeroStamp)).toBe('0.0.0.0');
  });

  it('that is malformed is refused, never taken for an old one', () => {
    for (const text of [
      '',
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.x',
      '-1.2.3.4',
      '01.2.3.4',
      '1.2.3.4 ',
      '1.2.3.99999999999999999',
    ]) {
      expect(() => parseStamp(text)).toThrow('subject.roles.tree.platform');
    }
  });

  it('covers another when no part of it is older, and the maximum covers both', () => {
    expect([covers(a, b), covers(b, a), covers(a, a)]).toEqual([false, false, true]);
    expect(maxStamp(a, b)).toEqual({ subject: 3, roles: 4, tree: 2, platform: 0 });
    expect([covers(maxStamp(a, b), a), covers(maxStamp(a, b), b)]).toEqual([true, true]);
  });

  it('has keys that no id can bend to another subject or tenant', () => {
    const [t, s] = [uuidv7(), uuidv7()];
    expect(stampKeys(t, s)).toEqual({
      subject: `stamp:${t}:${s}`,
      roles: `stamp:${t}:roles`,
      tree: `stamp:${t}:tree`,
      platform: `stamp:platform:${s}`,
    });
    for (const id of ['', 'roles', 'tree', 'platform', 'a:b', s.toUpperCase()]) {
      expect(() => stampKeys(t, id)).toThrow('in a key');
      expect(() => stampKeys(id, s)).toThrow('in a key');
    }
  });
});
