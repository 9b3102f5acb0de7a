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

/**
 * Reads the JSON of representations of one type whose parts are no objects, as nearly all are, without making one for each of the objects.
 * Null for others.
 */
function compileReadText(requires: readonly QueryPlanSelectionNode[], subtypes: Subtypes): ReadText | null {
  const [only, ...more] = requires;
  if (only?.kind !== 'InlineFragment' || !only.typeCondition || more.length > 0) return null;
  const keys = only.selections.map((node) =>
    node.kind === 'Field' && !node.selections ? (node.alias ?? node.name) : null,
  );
  if (!keys.includes('__typename') || keys.includes(null) || new Set(keys).size < keys.length) return null;
  const types = subtypes(only.typeCondition);
  const heads = keys.map((key, index) => [key as string, `${index > 0 ? ',' : '{'}${JSON.stringify(key)}:`] as const);
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

/** Reads the representation of an object and its JSON. */
type ReadBoth = (source: Tree) => { key: string; make(): Tree } | null;

function compileReadBoth(
  requires: readonly QueryPlanSelectionNode[],
  subtypes: Subtypes,
  rewrite: Rewrite | null,
): ReadBoth {
  const readText = rewrite ? null : compileReadText(requires, subtypes);
  if (readText)
    return (source) => {
      const key = readText(source);
      return key === null ? null : { key, make: () => JSON.parse(key) as Tree };
    };
  const read = compileRead(requires, subtypes);
  return (source) => {
    const representation = read(source);
    if (!representation?.__typename) return null;
    rewrite?.(representation);
    return { key: JSON.stringify(representation), make: () => representation };
  };
}

/** Finds the distinct representations of these objects; one that lacks a part of its key is not asked for. */
export function compileRequires(
  requires: readonly QueryPlanSelectionNode[],
  subtypes: Subtypes,
  rewrite: Rewrite | null,
): (sources: readonly Tree[]) => Wanted {
  const read = compileReadBoth(requires, subtypes, rewrite);
  return (sources) => {
    const known = new Map<string, Tree[]>();
    const representations: Tree[] = [];
    for (const source of sources) {
      const found = read(source);
      if (!found) continue;
      const waiting = known.get(found.key);
      if (waiting) waiting.push(source);
      else {
        known.set(found.key, [source]);
        representations.push(found.make());
      }
    }
    return { representations, keys: [...known.keys()], objects: [...known.values()] };
  };
}
