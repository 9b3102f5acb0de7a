import { encodeMask, type PermissionCatalogue } from '@polity/kernel/access/catalogue';
import { decide } from '@polity/kernel/access/decide';
import { type AccessRows, compileAccessSet } from '@polity/kernel/access/set';
import { compileScopeTree, type ScopeRef, type ScopeTree, type ScopeType } from '@polity/kernel/access/tree';
import { InvalidInput } from '@polity/kernel/graph/errors';
import { parse } from 'yaml';
import { z } from 'zod';

/** Scopes that a policy test can name: a tenant with two communities of one team each. */
const PLACES = {
  tenant: { type: 'TENANT', parentId: null },
  community: { type: 'COMMUNITY', parentId: 'tenant' },
  team: { type: 'TEAM', parentId: 'community' },
  otherCommunity: { type: 'COMMUNITY', parentId: 'tenant' },
  otherTeam: { type: 'TEAM', parentId: 'otherCommunity' },
} as const;
type Place = keyof typeof PLACES;

const place = z.enum(Object.keys(PLACES) as [Place, ...Place[]]);
const reasons = [
  'UNKNOWN',
  'SUSPENDED',
  'SYSTEM_ADMIN',
  'OVERRIDE_DENY',
  'OVERRIDE_ALLOW',
  'ROLE',
  'NO_GRANT',
] as const;
const shape = z.strictObject({
  tests: z.array(
    z.strictObject({
      name: z.string().min(1),
      given: z.array(z.strictObject({ role: z.string(), at: place })).default([]),
      flags: z.array(z.enum(['SUSPENDED', 'SYSTEM_ADMIN'])).default([]),
      overrides: z
        .array(z.strictObject({ permission: z.string(), at: place, effect: z.enum(['ALLOW', 'DENY']) }))
        .default([]),
      expect: z
        .array(
          z.strictObject({
            permission: z.string(),
            at: place,
            allowed: z.boolean(),
            reason: z.enum(reasons).optional(),
          }),
        )
        .min(1),
    }),
  ),
});

export type PolicyTestSource = z.infer<typeof shape>;
type Case = PolicyTestSource['tests'][number];

/** A role as it would be after the edit that is being tested. */
export interface TestedRole {
  key: string;
  scopeType: ScopeType;
  permissions: readonly string[];
}

export interface TestResult {
  passed: number;
  failures: string[];
}

const MAX_SOURCE = 65_536;

/** Reads the YAML of a policy test. Throws InvalidInput that names the first problems. */
export function readPolicyTest(source: string): PolicyTestSource {
  if (source.length > MAX_SOURCE) throw new InvalidInput({ source: 'is longer than 64 KB' });
  try {
    const parsed = shape.safeParse(parse(source, { maxAliasCount: 20 }));
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new InvalidInput({ source: problems.join('; ') });
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput({
      source: error instanceof Error ? `is not YAML: ${error.message.split('\n')[0]}` : 'is not YAML',
    });
  }
}

const tree: ScopeTree = compileScopeTree(
  Object.entries(PLACES).map(([id, { type, parentId }]) => ({ id, type, parentId })),
  0,
);
const refOf = (at: Place): ScopeRef => ({ type: PLACES[at].type, id: at });
const always = { validFrom: null, validUntil: null };

function rowsOf(test: Case, roles: readonly TestedRole[], catalogue: PermissionCatalogue): AccessRows {
  const known = new Map(roles.map((role) => [`${role.key} ${role.scopeType}`, role]));
  const nameOf = ({ role, at }: Case['given'][number]) => `${role} ${PLACES[at].type}`;
  const missing = test.given.map(nameOf).find((name) => !known.has(name));
  if (missing) throw new Error(`there is no role ${missing}`);
  const used = [...new Set(test.given.map(nameOf))].flatMap((id) => [{ id, ...(known.get(id) as TestedRole) }]);
  const live = (codes: readonly string[]) => codes.filter((code) => catalogue.bits.has(code));
  return {
    tenantId: 'tenant',
    subjectId: 'somebody',
    flags: test.flags.map((flag) => ({ flag, level: 'PLATFORM' as const, ...always })),
    bindings: test.given.map((given, index) => ({
      id: `given${index}`,
      roleId: nameOf(given),
      scopeId: given.at,
      ...always,
    })),
    roles: used.map(({ id, key, permissions }) => ({ id, key, mask: encodeMask(catalogue, live(permissions)) })),
    overrides: test.overrides.map(({ permission, at, effect }, index) => ({
      id: `override${index}`,
      permission,
      scopeId: at,
      effect,
      ...always,
    })),
    stamp: '0.0.0.0',
    catalogueVersion: catalogue.version,
    at: 0,
  };
}

function failuresOf(test: Case, roles: readonly TestedRole[], catalogue: PermissionCatalogue): string[] {
  try {
    const set = compileAccessSet(rowsOf(test, roles, catalogue), catalogue, tree, 0);
    return test.expect.flatMap(({ permission, at, allowed, reason }) => {
      const found = decide(set, permission, refOf(at), 0);
      if (found.allowed === allowed && (reason === undefined || reason === found.reason)) return [];
      const wanted = `${allowed ? 'allowed' : 'denied'}${reason ? ` (${reason})` : ''}`;
      return [
        `${test.name}: ${permission} at ${at} should be ${wanted}, is ${found.allowed ? 'allowed' : 'denied'} (${found.reason})`,
      ];
    });
  } catch (error) {
    return [`${test.name}: ${error instanceof Error ? error.message : 'cannot be run'}`];
  }
}

/** Runs every expectation with the same `decide` that answers requests. */
export function runPolicyTest(
  { tests }: PolicyTestSource,
  roles: readonly TestedRole[],
  catalogue: PermissionCatalogue,
): TestResult {
  const failures = tests.flatMap((test) => failuresOf(test, roles, catalogue));
  const expectations = tests.reduce((sum, test) => sum + test.expect.length, 0);
  return { passed: Math.max(0, expectations - failures.length), failures };
}
