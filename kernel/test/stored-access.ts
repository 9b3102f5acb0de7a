import fc from 'fast-check';
import { createCatalogue, encodeMask } from '../src/access/catalogue.ts';
import { type AccessRows, type AccessSet, compileAccessSet } from '../src/access/set.ts';
import { compileScopeTree, type ScopeRef } from '../src/access/tree.ts';
import type { StoredAccess } from './access-oracle.ts';

const NOW = 1_000;
// 40 codes on bits with gaps, so that masks have two words and retired bits.
export const CODES = Array.from({ length: 40 }, (_, n) => `test.noun.verb${n}`);
export const catalogue = createCatalogue(
  CODES.map((code, n) => ({ code, bit: n + Math.floor(n / 10), description: code })),
  7,
);

const SCOPES: StoredAccess['scopes'] = [
  { id: 'tenant', type: 'TENANT', parentId: null },
  { id: 'c1', type: 'COMMUNITY', parentId: 'tenant' },
  { id: 'c2', type: 'COMMUNITY', parentId: 'tenant' },
  { id: 't11', type: 'TEAM', parentId: 'c1' },
  { id: 't12', type: 'TEAM', parentId: 'c1' },
  { id: 't21', type: 'TEAM', parentId: 'c2' },
];

export const REFS: ScopeRef[] = SCOPES.map(({ id, type }) => ({ id, type }));
export const scopeId = fc.constantFrom(...SCOPES.map((row) => row.id));
/** Few codes, so that rows meet; one of them lies in the second word of a mask. */
export const code = fc.constantFrom('test.noun.verb0', 'test.noun.verb1', 'test.noun.verb39');
export const scopeRef = fc.constantFrom(...REFS);
/** Questions of which some name what does not exist, or a scope under a wrong type. */
export const question = fc.record({
  permission: fc.oneof({ weight: 9, arbitrary: code }, { weight: 1, arbitrary: fc.constant('test.noun.gone') }),
  scope: fc.oneof(
    { weight: 9, arbitrary: scopeRef },
    { weight: 1, arbitrary: fc.constantFrom<ScopeRef>({ type: 'TEAM', id: 'c1' }, { type: 'TEAM', id: 'elsewhere' }) },
  ),
});
export const instant = fc.constantFrom(990, 999, 1_000, 1_001, 1_010);

const edge = fc.option(instant, { freq: 3 });
const bounds = { validFrom: edge, validUntil: edge };
const ids = (prefix: string) => fc.nat(10_000).map((n) => `${prefix}${n}`);
const roleIds = ['r0', 'r1', 'r2', 'r3'];

export const binding = fc.record({ id: ids('b'), roleId: fc.constantFrom(...roleIds), scopeId, ...bounds });
export const override = fc.record({
  id: ids('o'),
  permission: code,
  scopeId,
  effect: fc.constantFrom<'ALLOW' | 'DENY'>('ALLOW', 'DENY'),
  ...bounds,
});
const flag = fc.record({
  flag: fc.constantFrom<'SUSPENDED' | 'SYSTEM_ADMIN'>('SUSPENDED', 'SYSTEM_ADMIN'),
  level: fc.constantFrom<'TENANT' | 'PLATFORM'>('TENANT', 'PLATFORM'),
  ...bounds,
});
const roles = fc.tuple(...roleIds.map((id) => fc.uniqueArray(code).map((permissions) => ({ id, permissions }))));

/** Random stored access of one subject, flags rare enough that rows get their turn. */
export const stored: fc.Arbitrary<StoredAccess> = fc.record({
  now: fc.constant(NOW),
  codes: fc.constant(CODES),
  scopes: fc.constant(SCOPES),
  roles,
  flags: fc.oneof(
    { weight: 3, arbitrary: fc.constant<StoredAccess['flags']>([]) },
    { weight: 1, arbitrary: fc.array(flag, { maxLength: 2 }) },
  ),
  bindings: fc.uniqueArray(binding, { maxLength: 8, selector: (row) => row.id }),
  overrides: fc.uniqueArray(override, { maxLength: 4, selector: (row) => row.id }),
});

/** Rows as the access service would send them. */
export function wireOf(from: StoredAccess): AccessRows {
  const { roles: known, flags, bindings, overrides, now, scopes } = from;
  const wire: AccessRows = {
    tenantId: scopes[0]!.id,
    subjectId: 'someone',
    flags,
    bindings,
    overrides,
    roles: known.map(({ id, permissions }) => ({ id, key: `test.${id}`, mask: encodeMask(catalogue, permissions) })),
    stamp: '4.3.2.1',
    catalogueVersion: catalogue.version,
    at: now,
  };
  return JSON.parse(JSON.stringify(wire)) as AccessRows;
}

export function compile(from: StoredAccess): AccessSet {
  return compileAccessSet(wireOf(from), catalogue, compileScopeTree(from.scopes, 2), from.now);
}

/** More runs of every property than a test run needs: `ACCESS_RUNS=100000`. */
export const runs = { numRuns: Number(process.env.ACCESS_RUNS ?? 500) };
