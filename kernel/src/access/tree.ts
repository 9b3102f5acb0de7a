/** The three kinds of scope; a team lies in a community, a community in a tenant. */
export type ScopeType = 'TENANT' | 'COMMUNITY' | 'TEAM';

/** A scope as clients name it. */
export interface ScopeRef {
  readonly type: ScopeType;
  readonly id: string;
}

/** A stored scope; `parentId` is null for the tenant only. What a community says of itself holds for its teams, too. */
export interface ScopeRow {
  id: string;
  type: ScopeType;
  parentId: string | null;
  /** Whether everybody who reaches the tenant may know of it; else only who belongs to it or manages there. False where absent. */
  isOpen?: boolean;
  /** Whether nothing new may come to it. False where absent. */
  isArchived?: boolean;
}

/** Immutable scopes of one tenant, numbered so that a parent always comes before its children; number 0 is the tenant. */
export interface ScopeTree {
  readonly tenantId: string;
  readonly version: number;
  readonly refs: readonly ScopeRef[];
  /** Number of the parent by scope number; -1 for the tenant. */
  readonly parents: Int32Array;
  /** `OPEN` and `ARCHIVED` by scope number. */
  readonly states: Uint8Array;
  readonly indexes: ReadonlyMap<string, number>;
}

/** Wire form of a tree: each community as `[id, ...ids of its teams]`. */
export interface ScopeTreeJson {
  tenant: string;
  version: number;
  communities: string[][];
  /** A digit for each community, the sum of `OPEN` and `ARCHIVED`; what says nothing of itself is hidden and archived. */
  states?: string;
}

/** Everybody who reaches the tenant may know of the scope. */
export const OPEN = 1;
/** Nothing new may come to the scope. */
export const ARCHIVED = 2;

/** The tree of a request without a tenant: every scope is unknown in it. */
export const noScopes: ScopeTree = Object.freeze({
  tenantId: '',
  version: 0,
  refs: [],
  parents: new Int32Array(0),
  states: new Uint8Array(0),
  indexes: new Map<string, number>(),
});

const PARENT: Record<ScopeType, ScopeType | null> = { TENANT: null, COMMUNITY: 'TENANT', TEAM: 'COMMUNITY' };
const byId = (a: ScopeRow, b: ScopeRow) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Numbers the scopes of one tenant; throws an Error for a second tenant, a repeated id or a parent that is missing or of the wrong type. */
export function compileScopeTree(rows: readonly ScopeRow[], version: number): ScopeTree {
  const tenants = rows.filter((row) => row.type === 'TENANT');
  const [tenant] = tenants;
  if (tenant === undefined || tenants.length > 1)
    throw new Error(`A scope tree has one tenant, not ${tenants.length}.`);
  const of = (type: ScopeType) => rows.filter((row) => row.type === type).sort(byId);
  const ordered = [tenant, ...of('COMMUNITY'), ...of('TEAM')];
  if (ordered.length !== rows.length) throw new Error('A scope is of an unknown type.');
  const indexes = new Map<string, number>();
  const refs: ScopeRef[] = [];
  const parents = new Int32Array(ordered.length);
  const states = new Uint8Array(ordered.length);
  for (const [index, row] of ordered.entries()) {
    const { id, type, parentId } = row;
    if (indexes.has(id)) throw new Error(`Scope ${id} comes twice.`);
    const parent = parentId === null ? -1 : (indexes.get(parentId) ?? -1);
    if ((refs[parent]?.type ?? null) !== PARENT[type] || (type === 'TENANT' && parentId !== null)) {
      throw new Error(`Scope ${id} of type ${type} has no parent of type ${PARENT[type]}.`);
    }
    indexes.set(id, index);
    parents[index] = parent;
    states[index] = stateOf(row, states[parent]);
    refs.push(Object.freeze({ type, id }));
  }
  return Object.freeze({ tenantId: tenant.id, version, refs, parents, states, indexes });
}

function stateOf({ type, isOpen, isArchived }: ScopeRow, above = 0): number {
  if (type === 'TENANT') return OPEN;
  return type === 'TEAM' ? above : (isOpen ? OPEN : 0) + (isArchived ? ARCHIVED : 0);
}

/** Number of the scope in the tree; -1 for an id the tenant does not have or has under another type. */
export function scopeIndex(tree: ScopeTree, scope: ScopeRef): number {
  const index = tree.indexes.get(scope.id);
  return index !== undefined && tree.refs[index]?.type === scope.type ? index : -1;
}

/** The scope, then what it lies in, up to the tenant; empty for a scope the tree does not have. */
export function scopePath(tree: ScopeTree, scope: ScopeRef): ScopeRef[] {
  const path: ScopeRef[] = [];
  for (let index = scopeIndex(tree, scope); index >= 0; index = tree.parents[index] as number)
    path.push(tree.refs[index] as ScopeRef);
  return path;
}

/** Compact JSON of a tree; `readScopeTree` is its inverse. */
export function writeScopeTree(tree: ScopeTree): ScopeTreeJson {
  const communities = new Map<number, string[]>();
  let states = '';
  for (const [index, { type, id }] of tree.refs.entries()) {
    if (type === 'COMMUNITY') {
      communities.set(index, [id]);
      states += String(tree.states[index]);
    }
    if (type === 'TEAM') communities.get(tree.parents[index] as number)?.push(id);
  }
  return { tenant: tree.tenantId, version: tree.version, communities: [...communities.values()], states };
}

/** Tree of its compact JSON; throws an Error as `compileScopeTree` does. */
export function readScopeTree({ tenant, version, communities, states = '' }: ScopeTreeJson): ScopeTree {
  const rows: ScopeRow[] = [{ id: tenant, type: 'TENANT', parentId: null }];
  for (const [index, [community, ...teams]] of communities.entries()) {
    if (community === undefined) throw new Error('A community of a scope tree has no id.');
    const state = Number(states[index] ?? ARCHIVED);
    const [isOpen, isArchived] = [(state & OPEN) > 0, (state & ARCHIVED) > 0];
    rows.push({ id: community, type: 'COMMUNITY', parentId: tenant, isOpen, isArchived });
    for (const id of teams) rows.push({ id, type: 'TEAM', parentId: community });
  }
  return compileScopeTree(rows, version);
}
