import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { quoted } from './leaf.ts';
import { Merger } from './merge.ts';
import type { Rewrite } from './rewrites.ts';
import type { Subtypes } from './subtypes.ts';
import { isTree, own, type Tree } from './tree.ts';

/** Reads out of an object what a subgraph needs to find its entity. */
type Read = (source: Tree) => Tree | null;

/** Entities that a fetch asks for, each once, and the objects that wait for each of them. */
export interface Wanted {
  representations: Tree[];
  /** The JSON of each representation: equal texts ask for the same entity. */
  keys: string[];
  objects: Tree[][];
}

function readField(key: string, inner: Read | null): (source: Tree, into: Tree) => boolean {
  const readInner = (value: unknown) => (inner && isTree(value) ? inner(value) : inner ? null : value);
  return (source, into) => {
    const value = own(source, key);
    if (value === undefined) return false;
    into[key] = inner && Array.isArray(value) ? value.map(readInner) : readInner(value);
    return true;
  };
}

function compileRead(selections: readonly QueryPlanSelectionNode[], subtypes: Subtypes): Read {
  const merger = new Merger();
  const parts = selections.map((node): ((source: Tree, into: Tree) => boolean) => {
    if (node.kind === 'Field')
      return readField(node.alias ?? node.name, node.selections ? compileRead(node.selections, subtypes) : null);
    const read = compileRead(node.selections, subtypes);
    const types = node.typeCondition ? subtypes(node.typeCondition) : null;
    return (source, into) => {
      const found = types?.has(String(own(source, '__typename'))) ? read(source) : null;
      if (found) merger.into(into, found, false);
      return true;
    };
  });
  return (source) => {
    const found: Tree = {};
    for (const part of parts) if (!part(source, found)) return null;
    return found;
  };
}

/** The JSON of what a subgraph needs of an object; null for an object that lacks a part of it. */
type ReadText = (source: Tree) => string | null;

/** Reads the JSON of representations whose parts are no objects, as nearly all are, without making one for each of the objects. */
function compileReadText(keys: readonly string[], types: ReadonlySet<string>): ReadText {
  const heads = keys.map((key, index) => [key, `${index > 0 ? ',' : '{'}${JSON.stringify(key)}:`] as const);
  return (source) => {
    if (!types.has(String(source.__typename))) return null;
    let text = '';
    for (const [key, head] of heads) {
      const value = own(source, key);
      if (value === undefined) return null;
      text += head + (typeof value === 'string' ? quoted(value) : JSON.stringify(value));
    }
    return `${text}}`;
  };
}

/** Names of the parts of a representation of one type, where none is an object; null for any other. */
function plainKeys({ selections }: QueryPlanSelectionNode & { kind: 'InlineFragment' }): readonly string[] | null {
  const keys = selections.flatMap((node) =>
    node.kind === 'Field' && !node.selections ? [node.alias ?? node.name] : [],
  );
  const isPlain = keys.length === selections.length && new Set(keys).size === keys.length;
  return isPlain && keys.includes('__typename') ? keys : null;
}

type Distinct = (sources: readonly Tree[]) => Wanted;

const wantedOf = (known: ReadonlyMap<string, Tree[]>, representations: Tree[]): Wanted => ({
  representations,
  keys: [...known.keys()],
  objects: [...known.values()],
});

/** Tells representations apart by their text. */
function distinctByText(read: ReadText): Distinct {
  return (sources) => {
    const known = new Map<string, Tree[]>();
    for (const source of sources) {
      const text = read(source);
      const waiting = text === null ? null : known.get(text);
      if (waiting) waiting.push(source);
      else if (text !== null) known.set(text, [source]);
    }
    return wantedOf(
      known,
      [...known.keys()].map((text) => JSON.parse(text) as Tree),
    );
  };
}

/** Tells representations that have one key apart by its value, so that only the first of each is written. */
function distinctByKey(read: ReadText, key: string, other: Distinct): Distinct {
  return (sources) => {
    const [first] = sources;
    const known = new Map<unknown, Tree[]>();
    for (const source of sources) {
      const value = own(source, key);
      // Objects of several types may have the same key, and a key may be missing.
      if (typeof value !== 'string' || source.__typename !== first?.__typename) return other(sources);
      const waiting = known.get(value);
      if (waiting) waiting.push(source);
      else known.set(value, [source]);
    }
    const [keys, representations, objects]: [string[], Tree[], Tree[][]] = [[], [], []];
    for (const waiting of known.values()) {
      const text = read(waiting[0] as Tree);
      if (text === null) continue;
      keys.push(text);
      representations.push(JSON.parse(text) as Tree);
      objects.push(waiting);
    }
    return { keys, representations, objects };
  };
}

function compileDistinct(requires: readonly QueryPlanSelectionNode[], subtypes: Subtypes): Distinct | null {
  const [only, ...more] = requires;
  if (only?.kind !== 'InlineFragment' || !only.typeCondition || more.length > 0) return null;
  const keys = plainKeys(only);
  if (!keys) return null;
  const read = compileReadText(keys, subtypes(only.typeCondition));
  const [key, ...others] = keys.filter((name) => name !== '__typename');
  const byText = distinctByText(read);
  return key !== undefined && others.length === 0 ? distinctByKey(read, key, byText) : byText;
}

/** Finds the distinct representations of these objects; one that lacks a part of its key is not asked for. */
export function compileRequires(
  requires: readonly QueryPlanSelectionNode[],
  subtypes: Subtypes,
  rewrite: Rewrite | null,
): Distinct {
  const plain = rewrite ? null : compileDistinct(requires, subtypes);
  if (plain) return plain;
  const read = compileRead(requires, subtypes);
  return (sources) => {
    const known = new Map<string, Tree[]>();
    const representations: Tree[] = [];
    for (const source of sources) {
      const representation = read(source);
      if (!representation?.__typename) continue;
      rewrite?.(representation);
      const text = JSON.stringify(representation);
      const waiting = known.get(text);
      if (waiting) waiting.push(source);
      else {
        known.set(text, [source]);
        representations.push(representation);
      }
    }
    return wantedOf(known, representations);
  };
}
