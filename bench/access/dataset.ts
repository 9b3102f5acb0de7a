import { createCatalogue, encodeMask, type PermissionCatalogue } from '../../kernel/src/access/catalogue.ts';
import type { AccessRows } from '../../kernel/src/access/set.ts';
import {
  compileScopeTree,
  type ScopeRef,
  type ScopeRow,
  type ScopeTree,
  type ScopeType,
} from '../../kernel/src/access/tree.ts';

/** One question of the bench: indexes into users, permissions and scopes. */
export interface Question {
  user: number;
  permission: string;
  scope: ScopeRef;
}

export interface RoleSpec {
  id: string;
  level: number;
  permissions: string[];
}

export interface Dataset {
  nowMs: number;
  catalogue: PermissionCatalogue;
  tree: ScopeTree;
  roles: RoleSpec[];
  /** Wire rows by user number. */
  users: AccessRows[];
  questions: Question[];
}

const USERS = 1000;
const COMMUNITIES = 100;
const TEAMS = 5;
const QUESTIONS = 100_000;
const NOW = 1_800_000_000_000;

function generator(seed: number) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Ids of the length the product uses. */
const uuid = (kind: number, n: number) =>
  `0192${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const code = (n: number) => `bench.thing.act${String(n).padStart(2, '0')}`;

const ROLES: [number, number[]][] = [
  [0, range(0, 48)],
  [0, range(4, 48)],
  [0, [...range(10, 16), ...range(24, 32), ...range(40, 48)]],
  [0, [14, 15, 31, 47]],
  [1, range(16, 48)],
  [1, range(20, 48)],
  [1, [...range(26, 32), ...range(38, 48)]],
  [1, [28, 29, 30, 31, 45, 46]],
  [2, range(32, 48)],
  [2, range(36, 48)],
  [2, range(41, 48)],
  [2, [44, 45]],
];

function pick(random: number, weighted: [number, number][]): number {
  let rest = random;
  for (const [value, weight] of weighted) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return weighted[weighted.length - 1]?.[0] ?? 0;
}

function scopeRows(): ScopeRow[] {
  const rows: ScopeRow[] = [{ id: uuid(0, 0), type: 'TENANT', parentId: null }];
  for (let c = 0; c < COMMUNITIES; c++) {
    rows.push({ id: uuid(1, c), type: 'COMMUNITY', parentId: uuid(0, 0) });
    for (let t = 0; t < TEAMS; t++) rows.push({ id: uuid(2, c * TEAMS + t), type: 'TEAM', parentId: uuid(1, c) });
  }
  return rows;
}

const TENANT_ROLES: [number, number][] = [
  [0, 0.01],
  [1, 0.02],
  [2, 0.03],
  [3, 0.94],
];
const COMMUNITY_ROLES: [number, number][] = [
  [4, 0.02],
  [5, 0.05],
  [6, 0.13],
  [7, 0.8],
];
const TEAM_ROLES: [number, number][] = [
  [8, 0.08],
  [9, 0.12],
  [10, 0.6],
  [11, 0.2],
];

interface Maker {
  random: () => number;
  int: (n: number) => number;
  full: boolean;
  serial: number;
}

function validUntil({ random, int, full }: Maker): number | null {
  if (!full || random() >= 0.1) return null;
  return random() < 0.5 ? NOW - 1000 - int(1e9) : NOW + 1000 + int(1e9);
}

function bindingsOf(make: Maker): AccessRows['bindings'] {
  const bindings = new Map<string, AccessRows['bindings'][number]>();
  const bind = (role: number, scopeId: string) => {
    const key = `${role}@${scopeId}`;
    const id = uuid(4, make.serial++);
    if (!bindings.has(key))
      bindings.set(key, { id, roleId: uuid(3, role), scopeId, validFrom: null, validUntil: validUntil(make) });
  };
  const { random, int } = make;
  bind(pick(random(), TENANT_ROLES), uuid(0, 0));
  const mine: number[] = [];
  for (let i = 0; i < 8; i++) {
    const c = int(COMMUNITIES);
    mine.push(c);
    bind(pick(random(), COMMUNITY_ROLES), uuid(1, c));
  }
  for (let i = 0; i < 12; i++) {
    const c = random() < 0.5 ? (mine[int(mine.length)] as number) : int(COMMUNITIES);
    bind(pick(random(), TEAM_ROLES), uuid(2, c * TEAMS + int(TEAMS)));
  }
  return [...bindings.values()];
}

function overridesOf(make: Maker): AccessRows['overrides'] {
  const { random, int, full } = make;
  const scopeId = () => {
    if (random() < 0.1) return uuid(0, 0);
    return random() < 0.4 ? uuid(1, int(COMMUNITIES)) : uuid(2, int(COMMUNITIES * TEAMS));
  };
  return range(0, full ? int(5) : 0).map(() => ({
    id: uuid(5, make.serial++),
    permission: code(int(48)),
    scopeId: scopeId(),
    effect: random() < 0.6 ? ('DENY' as const) : ('ALLOW' as const),
    validFrom: null,
    validUntil: validUntil(make),
  }));
}

function rowsOf(make: Maker, user: number, catalogue: PermissionCatalogue, roles: RoleSpec[]): AccessRows {
  const bindings = bindingsOf(make);
  const used = new Set(bindings.map((binding) => binding.roleId));
  const flag = (name: 'SUSPENDED' | 'SYSTEM_ADMIN', share: number): AccessRows['flags'] =>
    make.full && make.random() < share ? [{ flag: name, level: 'TENANT', validFrom: null, validUntil: null }] : [];
  return {
    tenantId: uuid(0, 0),
    subjectId: uuid(6, user),
    flags: [...flag('SUSPENDED', 0.01), ...flag('SYSTEM_ADMIN', 0.003)],
    bindings,
    roles: roles
      .filter(({ id }) => used.has(id))
      .map(({ id, permissions }) => ({ id, key: id, mask: encodeMask(catalogue, permissions) })),
    overrides: overridesOf(make),
    stamp: `${user}.1.1.0`,
    catalogueVersion: catalogue.version,
    at: NOW,
  };
}

/** Half of the questions are about a scope where the user holds something, half about any team. */
function questionOf({ random, int }: Maker, users: AccessRows[], tree: ScopeTree): Question {
  const user = int(USERS);
  const permission = code(int(48));
  const bindings = users[user]?.bindings ?? [];
  const scopeId = random() < 0.5 ? bindings[int(bindings.length)]?.scopeId : uuid(2, int(COMMUNITIES * TEAMS));
  const scope = tree.refs[tree.indexes.get(scopeId ?? uuid(0, 0)) ?? 0] as ScopeRef;
  return { user, permission, scope: { type: scope.type as ScopeType, id: scope.id } };
}

/** 1,000 users, 100 communities of 5 teams, 12 roles, 48 permissions; `full` adds overrides, flags and expiring rows. */
export function makeDataset(full: boolean): Dataset {
  const random = generator(20261120);
  const make: Maker = { random, int: (n) => Math.floor(random() * n), full, serial: 0 };
  const entries = range(0, 48).map((bit) => ({ code: code(bit), bit, description: `Act ${bit}.` }));
  const catalogue = createCatalogue(entries, 1);
  const tree = compileScopeTree(scopeRows(), 1);
  const roles = ROLES.map(([level, bits], n) => ({ id: uuid(3, n), level, permissions: bits.map(code) }));
  const users = range(0, USERS).map((user) => rowsOf(make, user, catalogue, roles));
  const questions = range(0, QUESTIONS).map(() => questionOf(make, users, tree));
  return { nowMs: NOW, catalogue, tree, roles, users, questions };
}
