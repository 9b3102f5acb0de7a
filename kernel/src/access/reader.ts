import type { Clock } from '../clock.ts';
import { keyId, NIL_UUID } from '../ids.ts';
import type { KeyValueStore } from '../kv/store.ts';
import type { ReplyNotes, RequestInfo } from '../request/context.ts';
import { boundTenantOf } from '../request/vouched.ts';
import type { ServiceClient } from '../service/client.ts';
import { type Authorizer, makeAuthorizer } from './authorizer.ts';
import { type CatalogueEntry, createCatalogue, type PermissionCatalogue } from './catalogue.ts';
import type { Decision } from './decide.ts';
import { type AccessRows, type AccessSet, compileAccessSet, emptyAccessSet, withinTenant } from './set.ts';
import { covers, formatStamp, maxStamp, parseStamp, stampKeys, VersionNotReached } from './stamp.ts';
import { compileScopeTree, noScopes, readScopeTree, type ScopeTree, type ScopeTreeJson } from './tree.ts';

/** Where rows come from when no set is fresh enough: the access subgraph, through its internal fields. */
export interface AccessSource {
  rows(tenantId: string, viewerId: string): Promise<AccessRows>;
  tree(tenantId: string): Promise<ScopeTreeJson>;
  catalogue(): Promise<{ version: number; entries: CatalogueEntry[] }>;
}

/** What one request may do; the same set for all of its checks until a change in the request itself makes it stale. */
export interface ViewerAccess {
  /** The viewer's compiled access set, at least as fresh as the stamp of the request. For lists; policies are given an `Authorizer`. */
  set(): Promise<AccessSet>;
  /** The viewer over that set; the same one until the set changes. */
  authorizer(): Promise<Authorizer>;
  /** All scopes of the tenant, as fresh as the set. The set of somebody about whom nothing is stored knows the tenant only. */
  tree(): Promise<ScopeTree>;
  /**
   * The viewer over a set as of now: the stamp is read again, and later checks of the request rest on it. For verbs that destroy, inside
   * their transaction, so that a revoke which was acknowledged since the operation began still counts (protocol 5.6).
   */
  fresh(): Promise<Authorizer>;
  /** The viewer over a set that the caller compiled itself, such as from the rows of an open transaction. */
  over(set: AccessSet): Authorizer;
}

/** Compiled access sets of a process, each tagged with the versions it was compiled from (reference: access protocol 5.4). */
export interface AccessReader {
  /** Reads the viewer's current stamp: one round trip to the key-value store. */
  stamp(tenantId: string, viewerId: string): Promise<string>;
  /** A set that saw everything `stamp` saw. Throws VersionNotReached where the database itself is older, also when read now. */
  load(tenantId: string, viewerId: string, stamp: string): Promise<AccessSet>;
  forRequest(info: RequestInfo, notes: ReplyNotes): ViewerAccess;
  /** Loads since the process started, for tests and metrics. */
  counts: { stampReads: number; rowReads: number };
}

export interface AccessReaderOptions {
  stamps: KeyValueStore;
  source: AccessSource;
  clock: Clock;
  /** Told about every decision of a policy or rule, but for quiet ones; for the decision log. */
  onDecision?(decision: Decision, info: RequestInfo, subjectId: string | null): void;
  /** Sets kept in the process; the least recently used falls out. Default 20,000. */
  maxSets?: number;
}

/** Asks the access subgraph over any transport; `services` gives a client for a tenant. */
export function remoteAccessSource(services: (tenantId: string | null) => ServiceClient): AccessSource {
  return {
    rows: async (tenantId, viewerId) =>
      (
        await services(tenantId).call<{ _accessRows: AccessRows }>(
          'access',
          'query AccessRows($subjectId: ID!) { _accessRows(subjectId: $subjectId) }',
          { subjectId: viewerId },
        )
      )._accessRows,
    tree: async (tenantId) =>
      (await services(tenantId).call<{ _scopeTree: ScopeTreeJson }>('access', 'query ScopeTree { _scopeTree }'))
        ._scopeTree,
    catalogue: async () =>
      (
        await services(null).call<{ _catalogue: { version: number; entries: CatalogueEntry[] } }>(
          'access',
          'query Catalogue { _catalogue }',
        )
      )._catalogue,
  };
}

/** Set of the viewer about whom nothing is stored; it needs neither the store nor the access subgraph. */
export function nobody(tenantId: string): AccessSet {
  return emptyAccessSet(
    createCatalogue([], 0),
    compileScopeTree([{ id: tenantId, type: 'TENANT', parentId: null }], 0),
  );
}

interface Counts {
  stampReads: number;
  rowReads: number;
}

/** Shares work under way between all who ask for it by the same key. */
function singleFlight<Result>() {
  const inFlight = new Map<string, Promise<Result>>();
  return (key: string, work: () => Promise<Result>): Promise<Result> => {
    const known = inFlight.get(key);
    if (known) return known;
    const started = work().finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };
}

/**
 * Compiles sets from the source's rows, keeping one tree per tenant and one catalogue. Reads of both are shared, keyed by the version that is
 * needed: one that began before that version was written must not serve it.
 */
function compiler(source: AccessSource, clock: Clock, counts: Counts) {
  const trees = new Map<string, ScopeTree>();
  const treeReads = singleFlight<ScopeTree>();
  const catalogueReads = singleFlight<PermissionCatalogue>();
  let catalogue: PermissionCatalogue | undefined;

  async function catalogueAt(version: number): Promise<PermissionCatalogue> {
    if (catalogue && catalogue.version >= version) return catalogue;
    const read = await catalogueReads(String(version), async () => {
      const found = await source.catalogue();
      return createCatalogue(found.entries, found.version);
    });
    if (!catalogue || catalogue.version < read.version) catalogue = read;
    return read;
  }

  async function treeAt(tenantId: string, version: number): Promise<ScopeTree> {
    const known = trees.get(tenantId);
    if (known && known.version >= version) return known;
    const read = await treeReads(`${tenantId}:${version}`, async () => readScopeTree(await source.tree(tenantId)));
    if ((trees.get(tenantId)?.version ?? -1) < read.version) trees.set(tenantId, read);
    return read;
  }

  async function compile(tenantId: string, viewerId: string): Promise<AccessSet> {
    counts.rowReads++;
    const rows = await source.rows(tenantId, viewerId);
    const tree = await treeAt(tenantId, parseStamp(rows.stamp).tree);
    return compileAccessSet(rows, await catalogueAt(rows.catalogueVersion), tree, clock.nowMs());
  }
  return { compile, treeAt };
}

/** The tree of a tenant for those about whom nothing is stored, at least as new as its stamp. Throws VersionNotReached. */
function treeReader(stamps: KeyValueStore, treeAt: (tenantId: string, version: number) => Promise<ScopeTree>) {
  return async (tenantId: string): Promise<ScopeTree> => {
    const key = stampKeys(tenantId, tenantId).tree;
    const kept = await stamps.get(key);
    // A missing stamp is a miss, never zero: the database says which is the newest.
    const tree = await treeAt(tenantId, kept === null ? Number.MAX_SAFE_INTEGER : Number(kept));
    if (kept === null) await putBack(stamps, key, tree.version);
    else if (tree.version < Number(kept)) throw new VersionNotReached();
    return tree;
  };
}

/** Keeps the newest set of each viewer; whoever asks for the same stamp at once shares one read. */
function setCache(compile: (tenantId: string, viewerId: string) => Promise<AccessSet>, maxSets: number) {
  const sets = new Map<string, AccessSet>();
  const newestTrees = new Map<string, number>();
  const compiling = singleFlight<AccessSet>();

  /** Sets of an older tree serve nobody any more, and would keep that tree in memory for as long as their viewers stay away. */
  function dropOutdated({ tenantId, tree: { version } }: AccessSet): void {
    const newest = newestTrees.get(tenantId);
    if (newest !== undefined && newest >= version) return;
    newestTrees.set(tenantId, version);
    if (newest === undefined) return;
    for (const [key, set] of sets) if (set.tenantId === tenantId && set.tree.version < version) sets.delete(key);
  }

  function keep(key: string, set: AccessSet): void {
    const known = sets.get(key);
    if (known && !covers(parseStamp(set.stamp), parseStamp(known.stamp))) return;
    dropOutdated(set);
    sets.delete(key);
    sets.set(key, set);
    if (sets.size > maxSets) sets.delete(sets.keys().next().value as string);
  }

  return async (tenantId: string, viewerId: string, stamp: string): Promise<AccessSet> => {
    const key = `${keyId(tenantId)}:${keyId(viewerId)}`;
    const known = sets.get(key);
    if (known && covers(parseStamp(known.stamp), parseStamp(stamp))) {
      sets.delete(key);
      sets.set(key, known);
      return known;
    }
    // Keyed by the stamp too: a read that began before a newer stamp was written must not serve who read that stamp.
    const set = await compiling(`${key}:${stamp}`, () => compile(tenantId, viewerId));
    keep(key, set);
    if (!covers(parseStamp(set.stamp), parseStamp(stamp))) throw new VersionNotReached();
    return set;
  };
}

function stampReader({ stamps, source }: AccessReaderOptions, counts: Counts) {
  return async (tenantId: string, viewerId: string): Promise<string> => {
    counts.stampReads++;
    const keys = stampKeys(tenantId, viewerId);
    const names = [keys.subject, keys.roles, keys.tree, keys.platform];
    const found = await stamps.getMany(names);
    if (found.every((value) => value !== null)) return found.join('.');
    // A missing stamp is a miss, never zero: read the primary, put back the maximum (protocol step 5).
    const { subject, roles, tree, platform } = parseStamp((await source.rows(tenantId, viewerId)).stamp);
    const versions = [subject, roles, tree, platform];
    const put = await Promise.all(names.map((name, index) => putBack(stamps, name, versions[index] ?? 0)));
    return put.join('.');
  };
}

/** Nothing was ever written under a stamp of zero: whoever asks about ids that nobody has must not fill the store for good. */
const UNWRITTEN = { ttlSeconds: 600 };

/** Stores a stamp that was missing, unless a newer one came meanwhile; returns the one that is there. */
async function putBack(stamps: KeyValueStore, name: string, version: number): Promise<number | string> {
  if (version > 0) return stamps.max(name, version);
  return (await stamps.setIfAbsent(name, '0', UNWRITTEN)) ? version : ((await stamps.get(name)) ?? version);
}

/** One reader per process; see `AccessReader`. */
export function accessReader(options: AccessReaderOptions): AccessReader {
  const counts: Counts = { stampReads: 0, rowReads: 0 };
  const { compile, treeAt } = compiler(options.source, options.clock, counts);
  const load = setCache(compile, options.maxSets ?? 20_000);
  const treeOf = treeReader(options.stamps, treeAt);
  const stamp = stampReader(options, counts);
  return {
    stamp,
    load,
    counts,
    forRequest(info, notes) {
      const { tenantId, viewer } = info;
      let read: Promise<string> | undefined;
      // A service has a name, which is nobody's id: it sees what everybody sees (decision 13).
      const viewerId = viewer.kind === 'service' ? null : viewer.id;
      const set = async () => {
        if (!tenantId || !viewerId) return nobody(tenantId ?? NIL_UUID);
        read ??= info.stamp === null ? stamp(tenantId, viewerId) : Promise.resolve(info.stamp);
        const base = await read;
        const found = await load(tenantId, viewerId, notes.stamp ? newer(base, notes.stamp) : base);
        return boundTenantOf(viewer) === null ? found : withinTenant(found);
      };
      const over = (own: AccessSet) =>
        makeAuthorizer(viewerId, own, options.clock.nowMs(), (decision) =>
          options.onDecision?.(decision, info, own.subjectId),
        );
      let authorizer: Authorizer | undefined;
      let tree: Promise<ScopeTree> | undefined;
      return {
        set,
        over,
        async tree() {
          if (tenantId && viewerId) return (await set()).tree;
          tree ??= tenantId ? treeOf(tenantId) : Promise.resolve(noScopes);
          return tree;
        },
        async authorizer() {
          const own = await set();
          if (authorizer?.set !== own) authorizer = over(own);
          return authorizer;
        },
        async fresh() {
          if (tenantId && viewerId) read = stamp(tenantId, viewerId);
          authorizer = over(await set());
          return authorizer;
        },
      };
    },
  };
}

function newer(a: string, b: string): string {
  return formatStamp(maxStamp(parseStamp(a), parseStamp(b)));
}
