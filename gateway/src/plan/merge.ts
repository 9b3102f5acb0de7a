import { isTree, own, type Tree } from './tree.ts';

type Node = Tree | unknown[];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/**
 * Merges answers of subgraphs into one tree. An entity that stands at many places is fetched once, and its parts are referred to from
 * each place; such a part is copied before one of the places gets something of its own.
 */
export class Merger {
  /** Parts that more than one place refers to. */
  readonly #shared = new Set<unknown>();

  /** Whether more than one place may refer to this part. */
  isShared(value: unknown): boolean {
    return this.#shared.has(value);
  }

  /** Puts what `source` has into `target`; with `share`, other places get the same parts. Null replaces, undefined does not. */
  into(target: Tree, source: Tree, share: boolean): void {
    for (const key of Object.keys(source)) {
      const incoming = source[key];
      if (incoming !== undefined) target[key] = this.#joined(own(target, key), incoming, share);
    }
  }

  #joined(existing: unknown, incoming: unknown, share: boolean): unknown {
    if (existing === incoming) return existing;
    if (isTree(existing) && isTree(incoming)) {
      const mine = this.#mine(existing);
      this.into(mine, incoming, share);
      return mine;
    }
    if (Array.isArray(existing) && Array.isArray(incoming) && existing.length === incoming.length) {
      const mine = this.#mine(existing);
      for (const [index, element] of incoming.entries()) mine[index] = this.#joined(mine[index], element, share);
      return mine;
    }
    if (share && isNode(incoming)) this.#shared.add(incoming);
    return incoming;
  }

  /** The part itself where one place refers to it; else a copy, whose own parts are shared then. */
  #mine<Part extends Node>(part: Part): Part {
    if (!this.#shared.has(part)) return part;
    const copy = (Array.isArray(part) ? [...part] : { ...part }) as Part;
    for (const value of Object.values(copy)) if (isNode(value)) this.#shared.add(value);
    return copy;
  }
}
