import type { Clock } from '../clock.ts';
import type { KeyValueStore } from '../kv/store.ts';
import type { ReplyNotes, RequestInfo } from '../request/context.ts';
import type { ServiceClient } from '../service/client.ts';
import { type CatalogueEntry, createCatalogue, type PermissionCatalogue } from './catalogue.ts';
import { type Decision, decide } from './decide.ts';
import { type AccessRows, type AccessSet, compileAccessSet, emptyAccessSet } from './set.ts';
import { covers, formatStamp, maxStamp, parseStamp, type Stamp, stampKeys } from './stamp.ts';
import { compileScopeTree, readScopeTree, type ScopeRef, type ScopeTree, type ScopeTreeJson } from './tree.ts';

/** Where rows come from when no set is fresh enough: the access subgraph, through its internal fields. */
export interface AccessSource {
  rows(tenantId: string, viewerId: string): Promise<AccessRows>;
  tree(tenantId: string): Promise<ScopeTreeJson>;
  catalogue(): Promise<{ version: number; entries: CatalogueEntry[] }>;
}

/** What one request may do; the same set for all of its checks until a change in the request itself makes it stale. */
export interface ViewerAccess {
  /** The viewer's compiled access set, at least as fresh as the stamp of the request. */
  set(): Promise<AccessSet>;
  /** Decides one permission at one scope; throws nothing for unknown codes or scopes, which are denied. */
  decide(permission: string, scope: ScopeRef): Promise<Decision>;
}

/** Compiled access sets of a process, each tagged with the versions it was compiled from (reference: access protocol 5.4). */
export interface AccessReader {
  /** Reads the viewer's current stamp: one round trip to the key-value store. */
  stamp(tenantId: string, viewerId: string): Promise<string>;
  /** A set that saw everything `stamp` saw. */
  load(tenantId: string, viewerId: string, stamp: string): Promise<AccessSet>;
  forRequest(info: RequestInfo, notes: ReplyNotes): ViewerAccess;
  /** Loads since the process started, for tests and metrics. */
  counts: { stampReads: number; rowReads: number };
}

export interface AccessReaderOptions {
  stamps: KeyValueStore;
  source: AccessSource;
  clock: Clock;
  /** Sets kept in the process; the least recently used falls out. Default 20,000. */
  maxSets?: number;
}

/** Asks the access subgraph over any transport; `services` gives a client for a tenant. */
export function remoteAccessSource(services: (tenantId: string | null) => ServiceClient): AccessSource {
  return {
    rows: async (tenantId, viewerId) =>
      (await services(tenantId).call<{ _accessRows: AccessRows }>(
        'access',
        'query AccessRows($subjectId: ID!) { _accessRows(subjectId: $subjectId) }',
        { subjectId: viewerId },
      ))._accessRows,
    tree: async (tenantId) =>
      (await services(tenantId).call<{ _scopeTree: ScopeTreeJson }>('access', 'query ScopeTree { _scopeTree }'))._scopeTree,
    catalogue: async () =>
      (await services(null).call<{ _catalogue: { version: number; entries: CatalogueEntry[] } }>('access', 'query Catalogue { _catalogue }'))
        ._catalogue,
  };
}

const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** Set of the viewer about whom nothing is stored; it needs neither the store nor the access subgraph. */
function nobody(tenantId: string): AccessSet {
  return emptyAccessSet(createCatalogue([], 0), compileScopeTree([{ id: tenantId, type: 'TENANT', parentId: null }], 0));
}

/** One reader per process; see `AccessReader`. */
export function accessReader(options: AccessReaderOptions): AccessReader {
  const { stamps, source, clock, maxSets = 20_000 } = options;
  const sets = new Map<string, AccessSet>();
  const trees = new Map<string, ScopeTree>();
  const inFlight = new Map<string, Promise<AccessSet>>();
  const counts = { stampReads: 0, rowReads: 0 };
  let catalogue: PermissionCatalogue | undefined;

  async function currentCatalogue(version: number): Promise<PermissionCatalogue> {
    if (!catalogue || catalogue.version < version) {
      const { entries, version: read } = await source.catalogue();
      catalogue = createCatalogue(entries, read);
    }
    return catalogue;
  }

  async function currentTree(tenantId: string, version: number): Promise<ScopeTree> {
    const known = trees.get(tenantId);
    if (known && known.version >= version) return known;
    const tree = readScopeTree(await source.tree(tenantId));
    trees.set(tenantId, tree);
    return tree;
  }

  async function compile(tenantId: string, viewerId: string): Promise<AccessSet> {
    counts.rowReads++;
    const rows = await source.rows(tenantId, viewerId);
    const tree = await currentTree(tenantId, parseStamp(rows.stamp).tree);
    return compileAccessSet(rows, await currentCatalogue(rows.catalogueVersion), tree, clock.nowMs());
  }

  function keep(key: string, set: AccessSet): void {
    sets.delete(key);
    sets.set(key, set);
    if (sets.size > maxSets) sets.delete(sets.keys().next().value as string);
  }

  function fresh(set: AccessSet | undefined, wanted: Stamp): set is AccessSet {
    return set !== undefined && covers(parseStamp(set.stamp), wanted);
  }

  async function load(tenantId: string, viewerId: string, stamp: string): Promise<AccessSet> {
    const key = `${tenantId}:${viewerId}`;
    const wanted = parseStamp(stamp);
    const known = sets.get(key);
    if (fresh(known, wanted)) return known;
    // Single flight: whoever asks for the same stamp waits for the read that began after the stamp was read.
    const flight = `${key}:${stamp}`;
    let loading = inFlight.get(flight);
    if (!loading) {
      loading = compile(tenantId, viewerId).finally(() => inFlight.delete(flight));
      inFlight.set(flight, loading);
    }
    const set = await loading;
    const newer = sets.get(key);
    if (!newer || covers(parseStamp(set.stamp), parseStamp(newer.stamp))) keep(key, set);
    return set;
  }

  async function stamp(tenantId: string, viewerId: string): Promise<string> {
    counts.stampReads++;
    const keys = stampKeys(tenantId, viewerId);
    const names = [keys.subject, keys.roles, keys.tree, keys.platform];
    const found = await stamps.getMany(names);
    if (found.every((value) => value !== null)) return found.join('.');
    // A missing stamp is a miss, never zero: read the primary, put back the maximum (protocol step 5).
    const rows = await source.rows(tenantId, viewerId);
    const { subject, roles, tree, platform } = parseStamp(rows.stamp);
    const versions = [subject, roles, tree, platform];
    return (await Promise.all(names.map((name, index) => stamps.max(name, versions[index] ?? 0)))).join('.');
  }

  function forRequest(info: RequestInfo, notes: ReplyNotes): ViewerAccess {
    const { tenantId, viewer } = info;
    let read: Promise<string> | undefined;
    const wanted = async () => {
      if (!tenantId || !viewer.id || viewer.kind === 'service') return null;
      const base = info.stamp ?? (await (read ??= stamp(tenantId, viewer.id)));
      return notes.stamp ? formatStamp(maxStamp(parseStamp(base), parseStamp(notes.stamp))) : base;
    };
    const set = async () => {
      const needed = await wanted();
      if (!tenantId || !viewer.id || needed === null) return nobody(tenantId ?? NO_TENANT);
      return load(tenantId, viewer.id, needed);
    };
    return { set, decide: async (permission, scope) => decide(await set(), permission, scope, clock.nowMs()) };
  }

  return { stamp, load, forRequest, counts };
}
