import { allows } from '../src/access/decide.ts';
import { type AccessReader, type AccessSource, accessReader } from '../src/access/reader.ts';
import type { AccessRows } from '../src/access/set.ts';
import { stampKeys } from '../src/access/stamp.ts';
import type { ScopeTreeJson } from '../src/access/tree.ts';
import { manualClock } from '../src/clock.ts';
import { memoryStore } from '../src/kv/memory.ts';
import { type KeyValueStore, StoreUnavailable } from '../src/kv/store.ts';

/** An id that a short name stands for. */
const idOf = (name: string) =>
  `00000000-0000-7000-8000-${Buffer.from(name).toString('hex').slice(-12).padStart(12, '0')}`;
const TENANT = idOf('tenant');
const CODE = 'shop.order.place';
const scope = { type: 'TENANT' as const, id: TENANT };

/** A database of one tenant in memory; a test may hold the next answer of one kind back, after it was read. */
function database() {
  const state = { v: 1, tree: 1, granted: true, teams: [] as string[] };
  const reads = { rows: 0, tree: 0, catalogue: 0 };
  const held = new Map<string, Promise<void>>();
  async function answer<T>(kind: keyof typeof reads, value: T): Promise<T> {
    reads[kind]++;
    const gate = held.get(kind);
    held.delete(kind);
    await (gate ?? new Promise((resolve) => setImmediate(resolve)));
    return value;
  }
  function hold(kind: keyof typeof reads): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    held.set(kind, promise);
    return resolve;
  }
  const always = { validFrom: null, validUntil: null };
  const rowsOf = (tenantId: string, subjectId: string): AccessRows => ({
    tenantId,
    subjectId,
    flags: [],
    bindings: state.granted ? [{ id: 'b', roleId: 'r', scopeId: TENANT, ...always }] : [],
    roles: state.granted ? [{ id: 'r', key: 'shop.buyer', mask: 'AQAAAA==' }] : [],
    overrides: [],
    stamp: `${state.v}.1.${state.tree}.0`,
    catalogueVersion: 1,
    at: 0,
  });
  const treeOf = (): ScopeTreeJson => ({ tenant: TENANT, version: state.tree, communities: [['c', ...state.teams]] });
  const entries = [{ code: CODE, bit: 0, description: 'Place orders.' }];
  const source: AccessSource = {
    rows: (tenantId, subjectId) => answer('rows', rowsOf(tenantId, subjectId)),
    tree: () => answer('tree', treeOf()),
    catalogue: () => answer('catalogue', { version: 1, entries }),
  };
  return { state, reads, source, hold };
}

describe('the reader of access sets', () => {
  let db: ReturnType<typeof database>;
  let store: KeyValueStore;
  let reader: AccessReader;
  beforeEach(() => {
    db = database();
    store = memoryStore();
    reader = accessReader({ stamps: store, source: db.source, clock: manualClock(new Date(0)), maxSets: 3 });
  });

  const load = (stamp: string, who = 'bob') => reader.load(TENANT, idOf(who), stamp);
  const allowed = async (loading: ReturnType<typeof load>) => allows(await loading, CODE, scope, 0);

  it('reads rows, tree and catalogue once for all who ask for the same at once', async () => {
    const sets = await Promise.all(Array.from({ length: 20 }, () => load('1.1.1.0')));
    expect(new Set(sets).size).toBe(1);
    expect(db.reads).toEqual({ rows: 1, tree: 1, catalogue: 1 });
  });

  it('reads a changed tree once, however many viewers it made stale', async () => {
    const many = accessReader({ stamps: store, source: db.source, clock: manualClock(new Date(0)) });
    const everybody = (stamp: string) =>
      Promise.all(Array.from({ length: 50 }, (_, n) => many.load(TENANT, idOf(`v${n}`), stamp)));
    await everybody('1.1.1.0');
    db.state.tree = 2;
    await everybody('1.1.2.0');
    expect(db.reads).toEqual({ rows: 100, tree: 2, catalogue: 1 });
  });

  it('never answers from rows that were read before the stamp that is asked for', async () => {
    const release = db.hold('rows');
    const before = load('1.1.1.0');
    Object.assign(db.state, { v: 2, granted: false });
    const after = load('2.1.1.0');
    release();
    expect([await allowed(before), await allowed(after)]).toEqual([true, false]);
  });

  it('never answers from a tree that was read before the version that is asked for', async () => {
    const release = db.hold('tree');
    const before = load('1.1.1.0', 'early');
    while (db.reads.tree === 0) await new Promise((resolve) => setImmediate(resolve));
    Object.assign(db.state, { tree: 2, teams: ['t'] });
    const after = load('1.1.2.0', 'late');
    expect((await after).tree.indexes.has('t')).toBe(true);
    release();
    expect((await before).tree.indexes.has('t')).toBe(false);
    expect((await load('1.1.1.0', 'third')).tree.indexes.has('t')).toBe(true);
    expect(db.reads.tree).toBe(2);
  });

  it('keeps the newer of two sets, whichever was read last', async () => {
    const release = db.hold('rows');
    const slow = load('1.1.1.0');
    Object.assign(db.state, { v: 2, granted: false });
    expect(await allowed(load('2.1.1.0'))).toBe(false);
    release();
    await slow;
    expect(await allowed(load('1.1.1.0'))).toBe(false);
    expect(db.reads.rows).toBe(2);
  });

  it('says by its version which tree a decision rests on, also where that is newer than the rows', async () => {
    const release = db.hold('rows');
    const loading = load('1.1.1.0');
    Object.assign(db.state, { tree: 2, teams: ['t'] });
    await load('1.1.2.0', 'other');
    release();
    const { tree, stamp } = await loading;
    expect([tree.indexes.has('t'), stamp]).toEqual([true, '1.1.2.0']);
  });

  it('lets go of the sets of a tree that is gone, and of those used least', async () => {
    for (const who of ['a', 'b', 'c']) await load('1.1.1.0', who);
    await load('1.1.1.0', 'a');
    await load('1.1.1.0', 'd');
    expect(db.reads.rows).toBe(4);
    await load('1.1.1.0', 'a');
    expect(db.reads.rows).toBe(4);
    await load('1.1.1.0', 'b');
    expect(db.reads.rows).toBe(5);
    db.state.tree = 2;
    await load('1.1.2.0', 'e');
    await load('1.1.1.0', 'a');
    expect(db.reads.rows).toBe(7);
  });

  it('takes a missing stamp for a miss, reads the database and puts the greater back', async () => {
    const { subject, roles, tree, platform } = stampKeys(TENANT, idOf('bob'));
    await store.max(roles, 7);
    expect(await reader.stamp(TENANT, idOf('bob'))).toBe('1.7.1.0');
    expect(await store.getMany([subject, roles, tree, platform])).toEqual(['1', '7', '1', '0']);
    expect(db.reads.rows).toBe(1);
    expect(await reader.stamp(TENANT, idOf('bob'))).toBe('1.7.1.0');
    expect(db.reads.rows).toBe(1);
  });

  it('knows nothing while the store does not answer', async () => {
    await reader.stamp(TENANT, idOf('bob'));
    await load('1.1.1.0');
    await store.close();
    await expect(reader.stamp(TENANT, idOf('bob'))).rejects.toThrow(StoreUnavailable);
  });

  it('throws for an id in any other spelling: what would be kept under it, no revoke would ever reach', async () => {
    const bob = 'aaaaaaaa-0000-7000-8000-00000000000a';
    await expect(reader.stamp(TENANT, bob.toUpperCase())).rejects.toThrow('in a key');
    await expect(reader.load(TENANT, bob.toUpperCase(), '1.1.1.0')).rejects.toThrow('in a key');
  });

  it('puts a missing stamp back, and lets one that nobody ever wrote end again', async () => {
    const clock = manualClock(new Date(0));
    const expiring = memoryStore({ clock });
    const own = accessReader({ stamps: expiring, source: db.source, clock });
    const written = stampKeys(TENANT, idOf('bob'));
    expect(await own.stamp(TENANT, idOf('bob'))).toBe('1.1.1.0');
    expect(await expiring.getMany([written.subject, written.platform])).toEqual(['1', '0']);
    clock.advance(11 * 60 * 1_000);
    expect(await expiring.getMany([written.subject, written.platform])).toEqual(['1', null]);
    expect(await own.stamp(TENANT, idOf('bob'))).toBe('1.1.1.0');
    await expiring.max(written.platform, 1);
    clock.advance(11 * 60 * 1_000);
    expect(await own.stamp(TENANT, idOf('bob'))).toBe('1.1.1.1');
  });

  it('answers nothing where the database is older than the stamp, also when it is read now', async () => {
    await expect(load('2.1.1.0')).rejects.toMatchObject({ code: 'VERSION_NOT_REACHED' });
    expect(db.reads.rows).toBe(1);
    db.state.v = 2;
    expect(await allowed(load('2.1.1.0'))).toBe(true);
  });
});
