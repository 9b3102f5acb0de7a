import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { Merger } from './merge.ts';
import type { Rewrite } from './rewrites.ts';
import type { Subtypes } from './subtypes.ts';
import { isTree, own, type Tree } from './tree.ts';

/** Reads out of an object what a subgraph needs to find its entity. */
type Read = (source: Tree) => Tree | null;

/** Entities that a fetch asks for, each once, and the objects that wait for each of them. */
export interface Wanted {
  representations: Tree[];
  /** The text of each representation: equal texts ask for the same entity. */
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

/** Finds the distinct representations of these objects; one that lacks a part of its key is not asked for. */
export function compileRequires(
  requires: readonly QueryPlanSelectionNode[],
  subtypes: Subtypes,
  rewrite: Rewrite | null,
): (sources: readonly Tree[]) => Wanted {
  const read = compileRead(requires, subtypes);
  return (sources) => {
    const known = new Map<string, Tree[]>();
    const representations: Tree[] = [];
    for (const source of sources) {
      const representation = read(source);
      if (!representation?.__typename) continue;
      rewrite?.(representation);
      const key = JSON.stringify(representation);
      const waiting = known.get(key);
      if (waiting) waiting.push(source);
      else {
        known.set(key, [source]);
        representations.push(representation);
      }
    }
    return { representations, keys: [...known.keys()], objects: [...known.values()] };
  };
}
